"""Answers become an Assessment."""

from __future__ import annotations

from datetime import date

import pytest

from fatf_kit.framework import load_framework
from fatf_kit.ratings import Achievement, ComplianceRating, CriterionRating, EffectivenessRating
from fatf_kit.responses.model import Answer, EvidenceItem, EvidenceKind, Rating, ResponseSet
from fatf_kit.scoring import Assessment, assess, load_policy
from fatf_kit.scoring.checks import check_assessment
from fatf_kit.scoring.model import Showing

EDITION = load_framework("fatf-2022")
DAY = date(2020, 1, 1)
ITEM = EvidenceItem(id="E-1", kind=EvidenceKind.STATISTICS, title="Figures")


def result(answers: dict[str, Rating], *, cite: bool = True, **fields: object) -> Assessment:
    """An assessment of a few answers, all of them cited unless told otherwise."""
    shown = {"citation": "AML Act, art. 5", "in_force_from": DAY, "evidence": ("E-1",)} if cite else {}
    given = tuple(Answer(requirement=key, rating=rating, **(shown | fields)) for key, rating in answers.items())  # type: ignore[arg-type]
    return assess(
        EDITION,
        ResponseSet(edition=EDITION.id, answers=given, evidence=(ITEM,), cut_off=date(2027, 3, 19)),
        load_policy(),
    )


def test_nobody_answered() -> None:
    """Every unit stays open from worst to best, and nothing is NC."""
    blank = result({})
    assert {None} == {unit.demonstrated for unit in blank.units}
    assert (339, 0, 0) == (blank.coverage.asked, blank.coverage.answered, blank.coverage.demonstrated)


def test_partly_answered_stays_open_until_it_is_settled() -> None:
    """R.36 has two criteria: one answer leaves a span, two settle it."""
    one = result({"R.36/36.1": CriterionRating.MET}).by_id["R.36"]
    both = result({"R.36/36.1": CriterionRating.MET, "R.36/36.2": CriterionRating.MET}).by_id["R.36"]
    assert (None, ComplianceRating.C) == (one.claimed, both.claimed)


def test_claim_without_citation_is_not_shown() -> None:
    """Claimed C, demonstrated NC, and the reason is told."""
    unit = result({f"R.36/36.{n}": CriterionRating.MET for n in (1, 2)}, cite=False).by_id["R.36"]
    assert (ComplianceRating.C, ComplianceRating.NC) == (unit.claimed, unit.demonstrated)
    assert {Showing.NOTHING_CITED} == {c.showing for c in unit.criteria}  # type: ignore[union-attr]


def test_parts_make_up_a_criterion() -> None:
    """Only the parts of 5.2 are answered."""
    found = result({"R.5/5.2(a)": CriterionRating.MET, "R.5/5.2(b)": CriterionRating.MOSTLY_MET})
    criterion = found.by_id["R.5"].criteria[1]  # type: ignore[union-attr]
    assert ("R.5/5.2", CriterionRating.MOSTLY_MET) == (criterion.id, criterion.demonstrated)


def test_some_parts_leave_a_criterion_open() -> None:
    """One part of two: between its worst and best case."""
    criterion = result({"R.5/5.2(a)": CriterionRating.MET}).by_id["R.5"].criteria[1]  # type: ignore[union-attr]
    assert (None, CriterionRating.PARTLY_MET) == (criterion.claimed, criterion.claimed_span.worst)


def test_one_alternative_settles_a_criterion() -> None:
    """Parts of 24.13 are alternatives: one that is met is enough."""
    unit = result({"R.24/24.13(c)": CriterionRating.MET}).by_id["R.24"]
    criterion = next(c for c in unit.criteria if c.id == "R.24/24.13")  # type: ignore[union-attr]
    assert CriterionRating.MET == criterion.claimed


def test_own_answer_stands_and_is_held_against_its_parts() -> None:
    """A criterion better than its parts keeps its answer and gets a Problem."""
    found = result(
        {"R.5/5.2": CriterionRating.MET, "R.5/5.2(a)": CriterionRating.NOT_MET, "R.5/5.2(b)": CriterionRating.NOT_MET}
    )
    (problem,) = check_assessment(found)
    assert CriterionRating.MET == found.by_id["R.5"].criteria[1].claimed  # type: ignore[union-attr]
    assert "criterion-above-parts" == problem.code
    assert "R.5/5.2" == problem.requirement


def test_a_part_may_rest_on_its_criterions_citation() -> None:
    """One article often serves all parts and is written once, on the criterion's row."""
    above = Answer(requirement="R.5/5.2", rating=None, citation="Penal Code, art. 3", in_force_from=DAY)
    parts = tuple(Answer(requirement=f"R.5/5.2({x})", rating=CriterionRating.MET) for x in "ab")
    found = assess(EDITION, ResponseSet(edition=EDITION.id, answers=(above, *parts)), load_policy())
    assert CriterionRating.MET == found.by_id["R.5"].criteria[1].demonstrated  # type: ignore[union-attr]


def test_outcome_without_evidence_is_open_downwards() -> None:
    """Extents without evidence are no information: never silently low, never as claimed."""
    unit = result({f"IO.2/2.{n}": Achievement.LARGE for n in range(1, 5)}, cite=False).by_id["IO.2"]
    assert EffectivenessRating.SE == unit.claimed
    assert (None, EffectivenessRating.LE, EffectivenessRating.SE) == (
        unit.demonstrated,
        unit.demonstrated_span.worst,
        unit.demonstrated_span.best,
    )


def test_outcome_with_evidence_is_settled() -> None:
    """The same extents with an item of the register."""
    unit = result({f"IO.2/2.{n}": Achievement.LARGE for n in range(1, 5)}).by_id["IO.2"]
    assert EffectivenessRating.SE == unit.demonstrated


@pytest.mark.parametrize("citation", ["Regulation 3, s. 1", "Central Bank Instruction 5, art. 2"])
def test_r10_wants_a_law(citation: str) -> None:
    """The duty of due diligence itself needs a law; other criteria of R.10 and all of R.12 do not."""
    strict = result({"R.10/10.2": CriterionRating.MET}, citation=citation, evidence=()).by_id["R.10"]
    loose = result({"R.12/12.1": CriterionRating.MET}, citation=citation, evidence=()).by_id["R.12"]
    assert Showing.LAW_NEEDED == strict.criteria[1].showing  # type: ignore[union-attr]
    assert Showing.SHOWN == loose.criteria[0].showing  # type: ignore[union-attr]


def test_whole_recommendation_not_applicable() -> None:
    """All criteria not applicable with a reason: NA."""
    answers: dict[str, Rating] = {f"R.17/17.{n}": CriterionRating.NOT_APPLICABLE for n in (1, 2, 3)}
    assert ComplianceRating.NA == result(answers, explanation="Reliance is prohibited.").by_id["R.17"].demonstrated
