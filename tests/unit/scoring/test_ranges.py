"""Missing answers widen the range: the cases and figures that the method was changed for."""

from __future__ import annotations

from datetime import date

import pytest

from fatf_kit.assessment.answers.model import Answer, AnswerRating, ResponseSet
from fatf_kit.assessment.folder.model import Materiality, RecordedDecision, Sector
from fatf_kit.core.ratings import Achievement, CriterionRating
from fatf_kit.framework import load_framework
from fatf_kit.framework.model import list_requirements, walk
from fatf_kit.scoring import Assessment, load_policy
from fatf_kit.scoring.evidence import EvidenceStatus
from fatf_kit.scoring.model import Adjustments
from fatf_kit.scoring.span import RangeEnd, Span
from tests.proof import assess

EDITION = load_framework("fatf-2022")
LONG_AGO = date(2020, 1, 1)
MET, MOSTLY, PARTLY, NOT_MET = (CriterionRating[n] for n in ("MET", "MOSTLY_MET", "PARTLY_MET", "NOT_MET"))


def cited(requirement: str, rating: AnswerRating, citation: str = "AML Act, art. 5", **more: object) -> Answer:
    """An answer with a law, an article and a date, unless it says otherwise."""
    given = {"citation": citation, "in_force_from": LONG_AGO} | more
    return Answer(requirement=requirement, rating=rating, **given)  # type: ignore[arg-type]


def rated(unit: str, *others: Answer, **adjusted: object) -> Assessment:
    """A unit met and cited throughout, but for other answers; a criterion answered by its parts has none of its own."""
    told = {answer.requirement for answer in others}
    answers = [
        cited(one.id, MET)
        for found in EDITION.units
        if found.id == unit
        for one in list_requirements(found)
        if not told & {node.id for node, _ in walk(one)}
    ]
    responses = ResponseSet(edition=EDITION.id, answers=(*answers, *others), cut_off=date(2027, 3, 19))
    return assess(EDITION, responses, load_policy(), adjustments=Adjustments(**adjusted))  # type: ignore[arg-type]


def by_parts(requirement: str, *short: str) -> tuple[Answer, ...]:
    """Every lowest part of a criterion met, but those named."""
    (criterion,) = (one for unit in EDITION.units for one in list_requirements(unit) if one.id == requirement)
    return tuple(
        cited(node.id, NOT_MET if node.id in {f"{requirement}{part}" for part in short} else MET)
        for node, _ in walk(criterion)
        if not node.parts
    )


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (cited("R.10/10.2", MET, "CDD Regulation 2017, art. 4"), EvidenceStatus.LAW_NEEDED),
        (cited("R.10/10.2", MET, "AML/CFT Law No. 39 of 2015"), EvidenceStatus.NO_ARTICLE),
        (cited("R.10/10.5", MET, "CDD Instructions 2017"), EvidenceStatus.NO_ARTICLE),
        (cited("R.10/10.2", MET, in_force_from=None), EvidenceStatus.NO_DATE),
    ],
)
def test_one_open_question_never_makes_r10_nc(answer: Answer, status: EvidenceStatus) -> None:
    """Domain A4: one such cell made R.10 NC or PC with everything met."""
    unit = rated("R.10", answer).by_id["R.10"]
    result = next(one for one in unit.requirements if one.id == answer.requirement)
    assert (unit.claimed.rating, unit.shown.describe(), unit.resolved) == ("C", "LC – C", None)
    assert (status, (answer.requirement,)) == (result.status, unit.open)
    assert result.instrument is not None
    assert result.instrument.label == answer.citation


def test_a_public_register_is_not_punished() -> None:
    """Domain A3: 24.6(b)(i) met and the alternative (ii) not met gave PC; R.24 is C as claimed."""
    assert rated("R.24", *by_parts("R.24/24.6", "(b)(ii)")).by_id["R.24"].resolved == "C"
    assert rated("R.24", *by_parts("R.24/24.6", "(b)(i)")).by_id["R.24"].resolved == "C"
    worse = rated("R.24", *by_parts("R.24/24.6", "(b)(i)", "(b)(ii)")).by_id["R.24"]
    assert worse.resolved in ("LC", "PC")


def test_notification_of_bearer_shares_alone_is_not_enough() -> None:
    """Domain A3: existing shares neither converted nor immobilised, only notified, gave 24.12 met."""
    answers = by_parts("R.24/24.12", "(b)(i)", "(b)(ii)")
    unit = rated("R.24", *answers).by_id["R.24"]
    result = next(one for one in unit.requirements if one.id == "R.24/24.12")
    assert MET is not result.resolved


@pytest.mark.parametrize(
    ("materiality", "expected"),
    [
        (None, "LC"),
        (Materiality.MOST, "PC"),
        (Materiality.HIGH, "PC"),
        (Materiality.MODERATE, "LC"),
        (Materiality.LOW, "LC"),
    ],
)
def test_a_sector_that_is_left_out_weighs_by_its_importance(materiality: Materiality | None, expected: str) -> None:
    """Domain A8: real estate outside due diligence gave LC whatever the country said of it."""
    sectors = (Sector(id="real-estate", materiality=materiality),) if materiality else ()
    assert rated("R.22", *by_parts("R.22/22.1", "(b)"), sectors=sectors).by_id["R.22"].resolved == expected


@pytest.mark.parametrize("duty", ["R.3/3.1", "R.5/5.1", "R.20/20.1"])
def test_only_the_duty_itself_makes_nc_alone(duty: str) -> None:
    """The duty not met is NC; another decisive criterion not met is PC."""
    unit = duty.partition("/")[0]
    assert rated(unit, cited(duty, NOT_MET)).by_id[unit].resolved == "NC"
    for decisive in ("R.24/24.8", "R.29/29.7", "R.6/6.4"):
        other = decisive.partition("/")[0]
        assert rated(other, cited(decisive, NOT_MET)).by_id[other].resolved == "PC"


@pytest.mark.parametrize("decisive", ["IO.6/6.4", "IO.8/8.5", "IO.9/9.2", "IO.10/10.1", "IO.11/11.3", "IO.5/5.3"])
def test_a_decisive_core_issue_holds_its_outcome(decisive: str) -> None:
    """Domain A7: with it negligible and the others very large the outcome was SE."""
    unit = decisive.partition("/")[0]
    (outcome,) = (one for one in EDITION.outcomes if one.id == unit)
    very = tuple(Answer(requirement=one.id, rating=Achievement.VERY_LARGE) for one in outcome.core_issues)
    answers = tuple(a._replace(rating=Achievement.NEGLIGIBLE) if a.requirement == decisive else a for a in very)
    found = assess(EDITION, ResponseSet(edition=EDITION.id, answers=answers), load_policy()).by_id[unit]
    assert found.claimed.rating == "ME"
    assert found.shown.worst == "LE"


def test_a_ceiling_acts_on_an_open_criterion_at_the_worst_end_only() -> None:
    """R.10 with 10.3, important, uncited: held at PC at worst, C at best."""
    unit = rated("R.10", Answer(requirement="R.10/10.3", rating=MET)).by_id["R.10"]
    assert (unit.shown.worst, unit.shown.best) == ("PC", "C")
    assert (unit.shown_traces.worst.held_by, unit.shown_traces.best.held_by) == (("R.10/10.3",), ())


def test_a_law_that_comes_too_late_counts_as_not_met() -> None:
    """It is known not to count; the claim stays the best end."""
    answer = cited("R.36/36.1", MET, in_force_from=date(2027, 6, 1))
    result = rated("R.36", answer).by_id["R.36"].requirements[0]
    assert (Span(worst=NOT_MET, best=MET), date(2027, 6, 1)) == (result.shown, result.in_force_from)


def test_margins_run_on_both_ends() -> None:
    """At the worst end a step of the open criterion helps; at the best end nothing is left to gain."""
    unit = rated("R.36", Answer(requirement="R.36/36.2", rating=MET)).by_id["R.36"]
    assert unit.margins.worst is not None
    assert unit.margins.best is not None
    assert (unit.margins.worst.to, unit.margins.best.to) == ("LC", None)


def test_what_would_resolve_a_rating_is_named() -> None:
    """At most three, the one that raises the worst end most first; none once people decided."""
    open_ones = tuple(Answer(requirement=f"R.10/10.{n}", rating=MET) for n in (1, 2, 3, 4, 5, 6))
    unit = rated("R.10", *open_ones).by_id["R.10"]
    assert len(unit.open) == 3
    assert set(unit.open[:2]) == {"R.10/10.2", "R.10/10.5"}
    decision = RecordedDecision(requirement="R.10", value="LC", reason="So", decided_by="Council", day=LONG_AGO)
    assert rated("R.10", *open_ones, decisions=(decision,)).by_id["R.10"].open == ()


def test_answers_that_cite_one_instrument_are_resolved_together() -> None:
    """Two questions about one law are one instrument; it settles more than a single uncited criterion."""
    pair = tuple(
        cited(f"R.10/10.{n}", MET, f"Know Your Customer Law 2019, art. {n}", in_force_from=None) for n in (2, 5)
    )
    found = rated("R.10", *pair, Answer(requirement="R.10/10.9", rating=MET)).open
    assert sorted(((one.instrument, one.requirements) for one in found), key=lambda pair: not pair[0]) == [
        ("Know Your Customer Law 2019", ("R.10/10.2", "R.10/10.5")),
        ("", ("R.10/10.9",)),
    ]
    assert len(found) <= 10


def test_ends_have_names() -> None:
    """Readers choose the end that they print."""
    span = Span(worst="PC", best="LC")
    assert (span.at(RangeEnd.WORST), span.at(RangeEnd.BEST)) == ("PC", "LC")


def test_earlier_policies_have_successors() -> None:
    """Settings of older folders name policies that are not bundled any more."""
    assert load_policy("indicative-1") is load_policy("indicative-2")
