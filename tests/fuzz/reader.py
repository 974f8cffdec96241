"""What a reader is to those who throw files at it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz.mutators import Mutator

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE, NPO, FRAMEWORKS = ROOT / "examples" / "ruritania", ROOT / "examples" / "npo", ROOT / "frameworks"


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader: the name its input bears, how a good input is made and spoilt, and the call that may not fail.

    `tried` is how many spoilt inputs are thrown in every run of the tests.
    """

    file: str
    seed: Callable[[], bytes]
    mutate: Mutator
    read: Callable[[Path], object]
    tried: int = 10


def lines_of(path: Path, count: int) -> bytes:
    """The first lines of a file."""
    return b"".join(path.read_bytes().splitlines(keepends=True)[:count])
