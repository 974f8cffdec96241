"""A clock that does not move, so that the same commit gives the same outputs on any day.

Only commands, public functions and the reader of a folder look at the clock. Each module that does is found by its text
and gets a `date` and `datetime` whose present is a fixed moment.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import time
from importlib import import_module
from pathlib import Path
from typing import Any

_READS_CLOCK = re.compile(r"\b(?:date\.today|datetime\.now)\(")
_HOUR = dt.time(9, 0)


class FrozenClock:
    """The present moment of all modules that read it; `day` may be changed between runs."""

    def __init__(self, day: dt.date) -> None:
        self.day = day

    def today(self) -> dt.date:
        """Return the day on which everything happens."""
        return self.day

    def now(self, tz: dt.tzinfo | None = None) -> dt.datetime:
        """Return nine o'clock of that day in a time zone, or without one."""
        return dt.datetime.combine(self.day, _HOUR, tz)


class _FrozenType:
    """A class of `datetime`, but for the method that reads the clock."""

    def __init__(self, real: type, method: str, read: Any) -> None:
        self._real = real
        setattr(self, method, read)

    def __call__(self, *parts: Any, **named: Any) -> Any:
        return self._real(*parts, **named)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def __instancecheck__(self, value: object) -> bool:
        return isinstance(value, self._real)


def freeze_clock(package: Path, day: dt.date) -> FrozenClock:
    """Stop the clock of every module of the package `fatf_kit` at `package`, in UTC; return it.

    Raises:
        RuntimeError: a module reads the clock in another way than by the names `date` and `datetime`.
    """
    os.environ["TZ"] = "UTC"
    if hasattr(time, "tzset"):  # Windows has none
        time.tzset()
    clock = FrozenClock(day)
    types = {
        "date": _FrozenType(dt.date, "today", clock.today),
        "datetime": _FrozenType(dt.datetime, "now", clock.now),
    }
    for path in sorted(package.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if not _READS_CLOCK.search(text):
            continue
        module = import_module(".".join((package.name, *path.relative_to(package).with_suffix("").parts)))
        names = [name for name in types if getattr(module, name, None) is getattr(dt, name)]
        if not names:
            raise RuntimeError(f"{path} reads the clock in a way that tools/outputs/clock.py does not know.")
        for name in names:
            setattr(module, name, types[name])
    return clock
