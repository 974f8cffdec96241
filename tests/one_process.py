"""Many files are read in the process of the test: a worker takes longer to start than they take to be read.

Next to the threads of pytest-xdist no process can be copied, so that each worker would be started anew. Commands that
run in a process of their own start workers, and so do the tests of the pool.
"""

from __future__ import annotations

import sys

from fatf_kit.spreadsheets import pool

FEWEST_FOR_WORKERS = pool._WORTH_IT
"""The number of files from which on workers are started where no test runs."""


def start_no_workers() -> None:
    """Read all files in this process from now on."""
    pool._WORTH_IT = sys.maxsize
