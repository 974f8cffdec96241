"""Contradictions in action-plan.xlsx are problems with their cells."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from fatf_kit.action_plan.items.checks import check_items
from fatf_kit.action_plan.items.choices import ItemEvidenceKind
from fatf_kit.action_plan.items.model import CycleRecord, ItemEvidence, ItemRegister
from fatf_kit.action_plan.items.proof import ProofSources
from fatf_kit.core.problems import CellRef
from tests.unit.action_plan.items.registers import EVIDENCE, FIRST, LAW, RECORDS, REGISTER, WORK, years
from tests.unit.action_plan.items.test_proof import SOURCES

AFTER = date(2028, 1, 1)
SOUND = replace(
    REGISTER,
    items=(LAW,),
    evidence=EVIDENCE[:1],
    records=RECORDS[:1],
    cycles=REGISTER.cycles[:1],
    work=(replace(WORK[0], items=("PI-01",)),),
)


def _codes(register: ItemRegister, today: date = AFTER, sources: ProofSources = SOURCES) -> list[str]:
    return [one.code for one in check_items(register, sources, today, frozenset({"A-003"}))]


def test_a_sound_register_has_no_problem() -> None:
    """Each test below changes one thing of it."""
    assert _codes(SOUND) == []


CHANGES: dict[str, dict[str, Any]] = {
    "item-parent": {"items": (LAW, replace(LAW, id="PI-05.1", label="x", plans=("icrg",)))},
    "item-plan-open": {"items": (replace(LAW, plans=()),)},
    "item-no-deadline": {"items": (replace(LAW, deadline=""),)},
    "item-no-asks": {"items": (replace(LAW, asks=""),)},
    "item-cycle-order": {"cycles": (REGISTER.cycles[1], REGISTER.cycles[0])},
    "item-cycle-month": {"cycles": (replace(REGISTER.cycles[0], plenary=date(2027, 3, 1)),)},
    "item-cycle-days": {"cycles": (replace(REGISTER.cycles[0], meeting=date(2026, 11, 1)),)},
    "item-closed-unproven": {"evidence": ()},
    "item-claim-unproven": {"evidence": (), "records": (replace(RECORDS[0], decided=None),)},
    "item-no-baseline": {"items": (replace(LAW, baseline="", place=""),)},
    "item-claim-unshown": {"evidence": (replace(EVIDENCE[0], what="L-003"),)},
    "item-evidence-empty": {"evidence": (*SOUND.evidence, replace(EVIDENCE[0], what="", annex=9))},
    "item-annex-twice": {"evidence": (*SOUND.evidence, replace(EVIDENCE[0], what="L-003 art. 5"))},
    "item-law": {"evidence": (*SOUND.evidence, replace(EVIDENCE[0], what="Some Act", annex=9))},
    "item-law-article": {"evidence": (*SOUND.evidence, replace(EVIDENCE[0], what="L-003", annex=9))},
    "item-case": {
        "evidence": (
            *SOUND.evidence,
            ItemEvidence(id="9", item="PI-01", kind=ItemEvidenceKind.CASE, what="ML-9", annex=9, ref=CellRef(file="x")),
        )
    },
    "item-figures": {
        "evidence": (
            *SOUND.evidence,
            ItemEvidence(id="9", item="PI-01", kind=ItemEvidenceKind.FIGURES, what="a/b/c", annex=9),
        )
    },
    "item-annex-open": {"evidence": (replace(EVIDENCE[0], annex=None),)},
    "item-work-unproven": {"work": (replace(SOUND.work[0], evidence=""),)},
    "item-work-idle": {"work": (replace(SOUND.work[0], items=(), own=()),)},
    "item-work-own": {"work": (replace(SOUND.work[0], own=("A-999",)),)},
}


@pytest.mark.parametrize("code", CHANGES)
def test_a_contradiction_is_reported(code: str) -> None:
    """It is the only problem."""
    assert set(_codes(replace(SOUND, **CHANGES[code]))) == {code} | (
        {"item-law-article"} if code == "item-claim-unshown" else set()
    )


def test_a_decision_before_its_plenary() -> None:
    """The Plenary of February 2027 has not begun in November 2026."""
    assert _codes(SOUND, date(2026, 11, 29)) == ["item-decided-early"]


def test_figures_that_differ_from_the_statistics() -> None:
    """A typed figure is used, and the difference is reported."""

    class OneLine(ProofSources):
        def series_of(self, line: str) -> Any:
            return years(y2025=4) if line == "t/r/m" else ()

    typed = ItemEvidence(
        id="9", item="PI-01", kind=ItemEvidenceKind.FIGURES, what="t/r/m", series=years(y2025=5), cycle=FIRST, annex=9
    )
    sources = OneLine(laws=SOURCES.laws, statistics=SOURCES.statistics)
    found = check_items(replace(SOUND, evidence=(*SOUND.evidence, typed)), sources, AFTER)
    facts = [(one.code, dict(one.facts)["found"], dict(one.facts)["used"]) for one in found]
    assert facts == [("item-figures-differ", "5", "4")]


def test_a_law_alone_does_not_close_a_results_item() -> None:
    """124 of 146 published items ask for more than a law."""
    item = replace(LAW, asks="demonstrated-results")
    record = CycleRecord(id="1", item="PI-01", cycle=FIRST, plan="icrg", claimed="addressed")
    assert _codes(replace(SOUND, items=(item,), records=(record,))) == ["item-claim-unshown"]
