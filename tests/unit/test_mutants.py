"""What mutation testing says at its end, and how it ends."""

from __future__ import annotations

import pytest

from tests.upkeep.mutants import account
from tests.upkeep.mutating import Change, changes

SOURCE = "def f(a, b):\n    return a < b\n\n\ndef g(a, b):\n    return a == b\n"
MADE = [one for name in ("x.first", "x.second") for one in changes(name, SOURCE, "x.py")]
ALL = {"x.first": 2, "x.second": 2}
LESS = MADE[0]


@pytest.mark.parametrize(
    ("tried", "alive", "known", "last", "code"),
    [
        (ALL, [], [], "Judged wholly, 2 of 2: x.first, x.second.", 0),
        (ALL, [LESS], [LESS.key], "Judged wholly, 2 of 2: x.first, x.second.", 0),
        (ALL, [LESS], [], "Judged wholly, 2 of 2: x.first, x.second.", 1),
        (ALL, [], [("x.first", "f", "a", "b")], "Judged wholly, 2 of 2: x.first, x.second.", 1),
        (ALL, [], [("x.third", "f", "a", "b")], "Judged wholly, 2 of 2: x.first, x.second.", 0),
        ({"x.first": 2, "x.second": 1}, [], [], "Time ended before all of these was judged: x.second.", 2),
        ({"x.first": 1}, [LESS], [], "Time ended before all of these was judged: x.first, x.second.", 1),
    ],
)
def test_ends_well_only_where_all_is_judged_and_nothing_unexplained_lives(
    tried: dict[str, int],
    alive: list[Change],
    known: list[tuple[str, str, str, str]],
    last: str,
    code: int,
) -> None:
    """0 says that every change of these modules was noticed or is explained; a list of another module is no fault."""
    lines, ended = account(["x.first", "x.second"], MADE, tried, alive, known)
    assert (last, code) == (lines[-1], ended)


def test_survivors_are_told_with_their_line() -> None:
    """The module's counts, then each survivor that is not explained."""
    lines, _ = account(["x.first"], MADE, ALL, [LESS], [])
    assert [
        "x.first: 2 of 2 changes tried, 1 survived, 1 unexplained",
        "  2 f: return a < b  ->  return a <= b",
    ] == lines[:2]
