"""Settings with which tests take less time than commands, because they do the same thing many times in one process.

Many files are read in the process of the test: a worker takes longer to start than they take to be read. Next to the
threads of pytest-xdist no process can be copied, so that each worker would be started anew. Commands that run in a
process of their own start workers, and so do the tests of `core.processes`.

The pictures of the example are kept, because many tests write it. Objects that live as long as the run are not looked
at again by the search for garbage.
"""

from __future__ import annotations

import gc
import sys
from functools import lru_cache

from fatf_kit.core import processes
from fatf_kit.report import charts

FEWEST_FOR_WORKERS = processes._WORTH_IT
"""The number of files from which on workers are started where no test runs."""

_PICTURES = 512
_NEW_OBJECTS = 50_000


def save_time() -> None:
    """Read all files in this process, keep more pictures and look for garbage less often from now on."""
    processes._WORTH_IT = sys.maxsize
    charts._drawn = lru_cache(maxsize=_PICTURES)(charts._drawn.__wrapped__)
    gc.set_threshold(_NEW_OBJECTS, 20, 50)


def keep_what_there_is() -> None:
    """Never look for garbage among the objects that exist now, as those of the collected tests."""
    gc.freeze()
