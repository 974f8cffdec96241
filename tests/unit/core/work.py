"""Functions that the workers run in the tests of this folder."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

from fatf_kit.core.problems import Problem


def process_of(path: Path) -> tuple[str, int]:
    """Return the file and the process that read it; a file with "dies" in its name ends the process."""
    if "dies" in path.name:
        os.abort()
    time.sleep(0.02)
    return path.name, os.getpid()


def lost(path: Path) -> tuple[str, int]:
    """Return the result for a file whose reader died."""
    return path.name, -1


def read_nothing(_: Path) -> tuple[None, tuple[Problem, ...]]:
    """Return the result for a workbook whose reader died."""
    return None, ()


def read_unguarded(path: Path, **given: Any) -> object:
    """Read a workbook without any limit on the position of its cells."""
    from fatf_kit.assessment.answers.intake import read_file
    from fatf_kit.spreadsheets.formats.limits import CellTally

    CellTally.add = lambda *_args, **_more: None  # type: ignore[method-assign]
    return read_file(path, **given)


def take_memory(count: int) -> int:
    """Hold so many bytes."""
    return len(bytearray(count))
