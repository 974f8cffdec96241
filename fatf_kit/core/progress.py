"""Progress of a long task, which the task counts and a callback shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

ProgressCallback = Callable[[int, int], None]
"""A callback with the number of finished pieces and of all pieces; the first call has 0 finished pieces."""

_Piece = TypeVar("_Piece")


def ignore_progress(done: int, of: int) -> None:
    """Do nothing: the callback for a caller that shows no progress."""


def with_progress(pieces: Iterable[_Piece], of: int, on_progress: ProgressCallback | None) -> Iterator[_Piece]:
    """Yield the pieces; each counts as finished when the next one is requested. None as callback shows nothing.

    >>> for name in with_progress(["a.xlsx", "b.xlsx"], 2, lambda done, of: print(done, "of", of)):
    ...     print(name)
    0 of 2
    a.xlsx
    1 of 2
    b.xlsx
    2 of 2
    """
    report = on_progress or ignore_progress
    report(0, of)
    for done, piece in enumerate(pieces, start=1):
        yield piece
        report(done, of)
