"""What mutation testing says at its end, and how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.upkeep.mutants import ROOMS, account, named
from tests.upkeep.mutating import Change, changes
from tests.upkeep.verdicts import Verdicts, state_of

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


def test_rooms_and_modules_are_called_by_their_names() -> None:
    """With or without the package; a room is all of its modules, and a name that is none is refused."""
    npo = [f"fatf_kit.npo.{name}" for name in ROOMS["npo"][0]]
    assert npo == named(["npo"]) == named(["fatf_kit.npo"])
    assert ["fatf_kit.scoring.margin", "fatf_kit.npo.method.scope"] == named(["npo.method.scope", "scoring.margin"])
    assert sum(len(modules) for modules, _ in ROOMS.values()) == len(named([]))
    with pytest.raises(SystemExit, match=r"fatf_kit\.npo\.scop is no room"):
        named(["npo.scop"])


def test_a_verdict_counts_for_one_state_only(tmp_path: Path) -> None:
    """After any change of code, data or tests it says no more than which test to ask first."""
    for folder in ("fatf_kit", "tests"):
        (tmp_path / folder).mkdir()
    (tmp_path / "fatf_kit" / "rule.py").write_text("1", encoding="utf-8")
    listed = tmp_path / "tests" / "listed.json"
    before, kept = state_of(tmp_path, listed), tmp_path / "kept.jsonl"
    first = Verdicts(kept, before)
    first.keep(LESS.key, "a test")
    first.keep(MADE[1].key, None)
    listed.write_text("[]", encoding="utf-8")
    again = Verdicts(kept, state_of(tmp_path, listed))
    assert {LESS.key: "a test", MADE[1].key: None} == again.now == again.earlier
    (tmp_path / "fatf_kit" / "rule.py").write_text("2", encoding="utf-8")
    later = Verdicts(kept, state_of(tmp_path, listed))
    assert ({}, {LESS.key: "a test", MADE[1].key: None}) == (later.now, later.earlier)
