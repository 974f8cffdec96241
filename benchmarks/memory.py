"""The most memory a process ever held, and what a value takes of it."""

from __future__ import annotations

import gc
import re
import resource
import sys
from pathlib import Path
from types import FunctionType, ModuleType


def peak_megabytes() -> float:
    """Of this process alone: on Linux the usual count begins with the memory of the process that started it."""
    status = Path("/proc/self/status")
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else None
    return int(found[1]) / 1024 if found else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def worker_megabytes() -> float:
    """Of the largest process that was started and has ended; what it shares with this one counts too."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def held_megabytes(value: object) -> float:
    """What a value holds: every object within it once, with neither code nor classes."""
    seen: set[int] = set()
    left, size = [value], 0
    while left:
        one = left.pop()
        if id(one) not in seen and not isinstance(one, type | ModuleType | FunctionType):
            seen.add(id(one))
            size += sys.getsizeof(one)
            left += gc.get_referents(one)
    return size / 1024**2
