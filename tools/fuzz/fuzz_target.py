"""A fuzz target: a reader with a good input, the way to damage it, and the call that must not fail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tools.fuzz.damage import DamageFunction

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE, NPO, FRAMEWORKS = ROOT / "examples" / "ruritania", ROOT / "examples" / "npo", ROOT / "frameworks"


@dataclass(frozen=True, slots=True)
class FuzzTarget:
    """A reader with the name of its input file, a good input, the way to damage it and the call that must not fail.

    `test_inputs` is the number of damaged inputs in a full run of the tests.
    """

    file: str
    seed: Callable[[], bytes]
    damage: DamageFunction
    read: Callable[[Path], object]
    test_inputs: int = 2


def first_lines(path: Path, count: int) -> bytes:
    """Return the first lines of a file."""
    return b"".join(path.read_bytes().splitlines(keepends=True)[:count])
