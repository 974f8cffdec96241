"""The status that evidence shows, worked out by hand for each thing that an item can ask for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from fatf_kit.action_plan.items.choices import Direction, ItemEvidenceKind
from fatf_kit.action_plan.items.cycles import fill_days, find_cycle
from fatf_kit.action_plan.items.model import CycleRecord, ItemEvidence, ItemRegister, PlanItem, ReportCycle
from fatf_kit.action_plan.items.periods import parse_series
from fatf_kit.action_plan.items.proof import ProofSources, prove_item, resolve_evidence
from fatf_kit.action_plan.items.statuses import list_history, measure_progress
from fatf_kit.laws.matching import CitationMatcher
from fatf_kit.laws.model import LawRegister, Provision
from fatf_kit.statistics.figures import CaseEntry, Statistics
from tests.unit.action_plan.items.registers import CYCLES, FIRST, REGISTER, SECOND, THIRD, years
from tests.unit.laws.registers import REGISTER as LAWS

REGISTERED = LawRegister(
    instruments=LAWS.instruments, provisions=(*LAWS.provisions, Provision(instrument="L-003", article="art. 5"))
)
CASES = tuple(CaseEntry(id=f"ML-{number}", outcome="IO.7") for number in (1, 2))
SOURCES = ProofSources(
    laws=CitationMatcher(REGISTERED, None), statistics=Statistics(returns=(), years=(), values={}, cases=CASES)
)
LAW, FIGURES, CASE, DOCUMENT = ItemEvidenceKind


def _shown(asks: str, *evidence: tuple[ItemEvidenceKind, str] | ItemEvidence) -> tuple[int | None, dict[str, int]]:
    item = PlanItem(id="PI-01", label="x", plans=("icrg",), asks=asks)
    rows = tuple(
        one if isinstance(one, ItemEvidence) else ItemEvidence(id=str(at), item="PI-01", kind=one[0], what=one[1])
        for at, one in enumerate(evidence)
    )
    register = ItemRegister(items=(item,), evidence=rows, cycles=CYCLES)
    proof = prove_item(register, item, "icrg", CYCLES[0], SOURCES)
    return proof.step, dict(proof.missing)


def _figures(direction: Direction | None = None, **by_year: float) -> ItemEvidence:
    return ItemEvidence(
        id="f", item="PI-01", kind=FIGURES, what="figures", series=years(**by_year), direction=direction
    )


@pytest.mark.parametrize(
    ("evidence", "step", "missing"),
    [
        ((), 0, {"instruments": 1}),
        (((LAW, "Some Act that is not registered"),), 1, {"in_force": 1}),
        (((LAW, "L-004"),), 1, {"in_force": 1}),
        (((LAW, "L-003"),), 2, {"articles": 1}),
        (((LAW, "L-003 art. 5"),), 3, {}),
        (((DOCUMENT, "Decree"),), 1, {"in_force": 1}),
    ],
)
def test_a_law(evidence: tuple[tuple[ItemEvidenceKind, str], ...], step: int, missing: dict[str, int]) -> None:
    """A bill shows a beginning, a law in force without its article less than with it."""
    assert _shown("law-or-system", *evidence) == (step, missing)


def test_practice_is_not_shown_by_a_law() -> None:
    """A law alone leaves practice partly addressed."""
    assert _shown("process-or-practice", (LAW, "L-003 art. 5")) == (1, {"periods": 1})
    assert _shown("process-or-practice", (LAW, "L-003 art. 5"), _figures(y2025=4)) == (2, {"documents": 1})
    assert _shown("process-or-practice", (DOCUMENT, "Manual"), (DOCUMENT, "Report"), _figures(y2025=4)) == (3, {})


def test_results_need_change_and_cases() -> None:
    """Two rises, two known cases and a document show the whole; a law shows nothing."""
    cases = ((CASE, "ML-1"), (CASE, "ml-2"))
    rising = _figures(Direction.RISE, y2023=3, y2024=5, y2025=9)
    assert _shown("demonstrated-results", (LAW, "L-003 art. 5")) == (0, {"periods": 1})
    assert _shown("demonstrated-results", rising) == (1, {"cases": 2})
    assert _shown("demonstrated-results", rising, *cases) == (2, {"documents": 1})
    assert _shown("demonstrated-results", rising, *cases, (DOCUMENT, "Analysis")) == (3, {})
    assert _shown("demonstrated-results", rising, (CASE, "ML-1"), (CASE, "ML-1")) == (1, {"cases": 1})
    assert _shown("demonstrated-results", rising, (CASE, "ML-1"), (CASE, "ML-99")) == (1, {"cases": 1})
    falling = _figures(Direction.RISE, y2023=3, y2024=9, y2025=5)
    assert _shown("demonstrated-results", falling, *cases) == (1, {"changes": 1})


def test_of_several_lines_the_one_with_the_fewest_changes_counts() -> None:
    """A line that only informs takes nothing away."""
    cases = ((CASE, "ML-1"), (CASE, "ML-2"))
    rising, informing = _figures(Direction.RISE, y2024=1, y2025=2), _figures(None, y2025=7)
    assert _shown("demonstrated-results", rising, informing, *cases)[0] == 2
    assert _shown("demonstrated-results", rising, _figures(Direction.FALL, y2024=1, y2025=2), *cases)[0] == 1


def test_a_period_that_is_not_over_does_not_count() -> None:
    """The report is due on 16 November 2026, before the year 2026 ends."""
    cases = ((CASE, "ML-1"), (CASE, "ML-2"))
    assert _shown("demonstrated-results", _figures(Direction.RISE, y2025=1, y2026=2), *cases)[0] == 1


@pytest.mark.parametrize(
    ("series", "changes"),
    [
        ("2023: 3; 2024: 5; 2025: 9", 2),
        ("2025: 4; 2026 H1: 9", 0),
        ("2025 H1: 4; 2025 H2: 9; 2026 H1: 12", 2),
        ("2022: 3; 2024: 5; 2025: 9", 1),
        ("2025 Q2: 1; 2025 Q3: 2; 2025: 9", 0),
        ("2025 Q4: 1; 2026 Q1: 2", 1),
    ],
)
def test_only_periods_of_one_length_are_compared(series: str, changes: int) -> None:
    """A half-year is no change against a year, and a gap ends the row."""
    figures = replace(_figures(Direction.RISE), series=parse_series(series)[0])
    assert resolve_evidence(figures, SOURCES, date.max).changes == changes


def test_a_part_without_its_item_is_counted() -> None:
    """It is an item of its own, because its item is missing."""
    orphan = PlanItem(id="PI-07.1", label="Lost", plans=("icrg",), asks="law-or-system", deadline="2027-01")
    progress = measure_progress(replace(REGISTER, items=(*REGISTER.items, orphan)), "icrg", CYCLES[0], SOURCES)
    assert [one.item.id for one in progress.heads] == ["PI-01", "PI-02", "PI-07.1"]
    assert sum(progress.count("claimed").values()) == 3


def test_without_what_it_asks_for_nothing_is_calculated() -> None:
    """No status is guessed."""
    assert _shown("", (LAW, "L-003 art. 5")) == (None, {})


def test_the_weakest_part_decides() -> None:
    """PI-02.1 has figures and a case, PI-02.2 nothing."""
    item = REGISTER.by_id["PI-02"]
    proof = prove_item(REGISTER, item, "icrg", CYCLES[0], SOURCES)
    assert (proof.step, proof.weakest, dict(proof.missing)) == (0, "PI-02.2", {"periods": 1})


def test_statuses_of_a_cycle() -> None:
    """Claimed and decided are the last ones; evidence of a later cycle does not count before."""
    first = measure_progress(REGISTER, "icrg", CYCLES[0], SOURCES)
    law = first.items[0]
    assert (law.claimed, law.shown, law.decided) == ("addressed", "addressed", "largely addressed")
    assert law.before is None
    assert (law.is_due, law.is_overdue) == (False, False)
    second = measure_progress(REGISTER, "icrg", fill_days(CYCLES[1]), SOURCES)
    assert (second.items[0].decided, second.items[0].before) == ("largely addressed", "largely addressed")
    assert second.items[0].is_due
    assert not second.items[0].is_overdue, "it is decided as done"
    assert (first.count_done("decided"), second.count_done("claimed"), second.is_ready) == (1, 1, False)
    assert [one.item.id for one in first.items] == ["PI-01", "PI-02", "PI-02.1", "PI-02.2"]
    third = measure_progress(REGISTER, "icrg", fill_days(CYCLES[2]), SOURCES)
    assert third.items[1].is_due, "its deadline is September, which the Plenary of October judges"
    assert not third.items[1].is_overdue
    fourth = measure_progress(REGISTER, "icrg", ReportCycle(id="2028-02"), SOURCES)
    assert [one.is_overdue for one in fourth.items] == [False, True, True, True], "sub-items have the status of theirs"
    parts = {one.item.id: len(one.proof.evidence) for one in second.items}
    assert parts["PI-02.1"] == 3
    assert {one.item.id: len(one.proof.evidence) for one in first.items}["PI-02.1"] == 2


def test_a_claim_that_was_decided_is_not_proposed_again() -> None:
    """It is the claim of its own cycle; after the decision the decided status is, until another one is claimed."""
    later = ReportCycle(id="2028-02")
    rows = (("2027-02", "partly addressed", None), ("2027-06", "addressed", "largely addressed"))
    records = [
        CycleRecord(id="", item="PI-01", cycle=cycle, plan="icrg", claimed=claimed, decided=decided)
        for cycle, claimed, decided in rows
    ]

    def claims(*more: CycleRecord) -> list[str | None]:
        register = replace(REGISTER, records=(*records, *more))
        cycles = (*CYCLES, later)
        return [measure_progress(register, "icrg", fill_days(one), SOURCES).items[0].claimed for one in cycles]

    assert claims() == ["partly addressed", "addressed", "largely addressed", "largely addressed"]
    decided = CycleRecord(id="", item="PI-01", cycle=THIRD, plan="icrg", decided="addressed")
    assert claims(decided)[2:] == ["largely addressed", "addressed"], "a report never has what was decided after it"
    again = CycleRecord(id="", item="PI-01", cycle=THIRD, plan="icrg", claimed="addressed")
    assert claims(again)[2:] == ["addressed", "addressed"]


def test_history_counts_what_was_decided() -> None:
    """A status stays until another one is decided."""
    found = {cycle.id: dict(counts) for cycle, counts in list_history(REGISTER, "icrg", THIRD)}
    assert list(found) == [FIRST, SECOND, THIRD]
    assert found[SECOND] == {
        "not addressed": 0, "partly addressed": 0, "largely addressed": 1, "addressed": 0, "": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("today", "cycle"),
    [
        (date(2026, 11, 29), FIRST),
        (date(2027, 2, 21), FIRST),
        (date(2027, 2, 22), SECOND),
        (date(2027, 6, 30), SECOND),
        (date(2027, 7, 1), THIRD),
        (date(2031, 1, 1), THIRD),
    ],
)
def test_the_next_cycle(today: date, cycle: str) -> None:
    """The cycle whose Plenary is not over, which lasts a week; after all of them the last."""
    found = find_cycle(REGISTER, today)
    assert found is not None
    assert found.id == cycle
    assert find_cycle(replace(REGISTER, cycles=()), today) is None


def test_what_is_newly_proposed_and_what_was_decided_before_do_not_overlap() -> None:
    """So their sum is never more than the items of the plan."""
    for cycle in (CYCLES[0], fill_days(CYCLES[1])):
        progress = measure_progress(REGISTER, "icrg", cycle, SOURCES)
        before, proposed = progress.count_done("before"), progress.count_proposed()
        assert before + proposed <= len(progress.heads)
        assert proposed == progress.count_done("claimed") - before
