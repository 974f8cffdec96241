"""How far long work has come: who does it counts, who asked for it may look on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

ProgressCallback = Callable[[int, int], None]
"""Is told how many pieces are done and how many there are in all; first with 0, before the first one."""

_Piece = TypeVar("_Piece")


def ignore_progress(done: int, of: int) -> None:
    """Looks on where nobody does."""


def with_progress(pieces: Iterable[_Piece], of: int, on_progress: ProgressCallback | None) -> Iterator[_Piece]:
    """The pieces as they are; each counts as done when the next one is asked for. None: nobody looks on.

    >>> for name in counted(["a.xlsx", "b.xlsx"], 2, lambda done, of: print(done, "of", of)):
    ...     print(name)
    0 of 2
    a.xlsx
    1 of 2
    b.xlsx
    2 of 2
    """
    tell = on_progress or ignore_progress
    tell(0, of)
    for done, piece in enumerate(pieces, start=1):
        yield piece
        tell(done, of)
