"""Each piece of evidence keeps one annex number, whatever is added later."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from fatf_kit.action_plan.items.annexes import find_open_annexes, number_annexes
from fatf_kit.action_plan.items.choices import ItemEvidenceKind
from fatf_kit.action_plan.items.make import make_plan_items
from fatf_kit.action_plan.items.model import ItemEvidence, ItemRegister
from tests.unit.action_plan.items.registers import FIRST, REGISTER, SECOND
from tests.unit.action_plan.written_plans import read_register, write_register

TODAY = date(2026, 11, 29)


def _paper(what: str, cycle: str = FIRST, annex: int | None = None, name: str = "1") -> ItemEvidence:
    return ItemEvidence(id=name, item="PI-01", kind=ItemEvidenceKind.DOCUMENT, what=what, cycle=cycle, annex=annex)


def _numbers(*evidence: ItemEvidence) -> list[int | None]:
    return [one.annex for one in number_annexes(evidence)]


def test_a_row_added_later_moves_no_number() -> None:
    """Not even one that was handed in before all cycles; a gap among typed numbers stays a gap."""
    made = make_plan_items(ItemRegister(evidence=(_paper("A"), _paper("B", SECOND))), "icrg", today=TODAY)
    assert [one.annex for one in made.register.evidence] == [1, 2]
    assert _numbers(_paper("Early", ""), *made.register.evidence) == [3, 1, 2]
    assert _numbers(_paper("A", annex=7), _paper("B"), _paper("A")) == [7, 8, 7]


def test_two_rows_with_one_number_are_two_annexes() -> None:
    """The first column may have a number twice, and figures may have no name."""
    assert _numbers(_paper("A"), _paper("B")) == [1, 2]
    assert _numbers(_paper(""), _paper("")) == [1, 2]
    assert _numbers(_paper("A", annex=3), _paper("A", annex=4)) == [3, 4], "typed numbers stay"


def test_open_numbers_are_counted_once() -> None:
    """Another row of a document that has its number is not open."""
    found = find_open_annexes((_paper("A", annex=1), _paper("A"), _paper("B"), _paper("C")))
    assert [(one.code, dict(one.facts)["count"]) for one in found] == [("item-annex-open", "2")]
    assert find_open_annexes((_paper("A", annex=1),)) == ()


def test_numbers_twice_are_reported_and_no_row_is_lost(tmp_path: Path) -> None:
    """Actions without a number get the next one."""
    work = REGISTER.work[0]
    rows = tuple(replace(work, id=name, what=name or "x") for name in ("W-07", "w-07", "", "own 1"))
    register, problems = read_register(write_register(tmp_path, replace(REGISTER, work=rows)))
    assert [one.id for one in register.work] == ["W-07", "W-08", "W-09", "own 1"]
    assert [(one.code, dict(one.facts)["found"]) for one in problems] == [("item-number-twice", "w-07")]
