"""Several agencies answer one requirement: the answer that is used, the conflicts and the coverage."""

from __future__ import annotations

import pytest

from fatf_kit.assessment.answers.conflicts import AgencyCoverage, coverage_by_agency, resolve_conflicts
from fatf_kit.assessment.answers.model import Answer
from fatf_kit.assessment.folder.model import Assignment, Duty
from fatf_kit.core.ratings import Achievement, CriterionRating
from fatf_kit.framework import load_framework
from tests.rows import row_ref

EDITION = load_framework("fatf-2022")
LED = Assignment(duties={"R.1/1.1": Duty(requirement="R.1/1.1", lead="fiu", supporting=("bank", "police"))})
OPEN = Assignment(duties={"R.1/1.1": Duty(requirement="R.1/1.1", supporting=("bank", "fiu", "police"))})
MET, MOSTLY, PARTLY = CriterionRating.MET, CriterionRating.MOSTLY_MET, CriterionRating.PARTLY_MET
NA = CriterionRating.NOT_APPLICABLE


def make_answer(
    agency: str | None, rating: CriterionRating | None, requirement: str = "R.1/1.1", text: str = ""
) -> Answer:
    """Return one agency's answer with the address of its cell."""
    row = row_ref(f"{agency}.xlsx")
    return Answer(requirement=requirement, rating=rating, agency=agency, explanation=text, row=row)


def test_same_answers_agree() -> None:
    """Equal answers are no conflict, and the answers of both agencies are kept."""
    found = resolve_conflicts(EDITION, [make_answer("bank", MET), make_answer("fiu", MET)], LED)
    assert (found.problems, found.conflicts) == ((), ())
    assert [(a.agency, a.rating, a.lowest) for a in found.answers] == [("fiu", MET, None)]
    assert [one.agency for one in found.answers[0].agency_answers] == ["fiu", "bank"]


def test_lead_is_used_and_lowest_rating_is_kept() -> None:
    """A conflict names both agencies and both cells."""
    found = resolve_conflicts(
        EDITION, [make_answer("police", PARTLY), make_answer("bank", MOSTLY), make_answer("fiu", MET)], LED
    )
    assert [(a.agency, a.rating, a.lowest) for a in found.answers] == [("fiu", MET, PARTLY)]
    assert [p.code for p in found.problems] == ["answers-conflict"] * 2
    line = found.problems[0].message
    assert all(
        part in line
        for part in ("bank.xlsx, R.1!C3", "fiu.xlsx, R.1!C3", "bank: mostly met", "fiu: met", "answer (met)")
    )


@pytest.mark.parametrize(
    ("ratings", "stands"),
    [((MET, PARTLY, MOSTLY), PARTLY), ((NA, MET, NA), MET), ((NA, NA, NA), NA), ((None, MET, None), MET)],
)
def test_lowest_rating_is_used_without_lead(
    ratings: tuple[CriterionRating | None, ...], stands: CriterionRating
) -> None:
    """The rating "not applicable" is used only if no agency gives another rating."""
    answers = [make_answer(name, rating) for name, rating in zip(("bank", "fiu", "police"), ratings, strict=True)]
    assert [answer.rating for answer in resolve_conflicts(EDITION, answers, OPEN).answers] == [stands]


def test_blank_rating_never_replaces_a_rating() -> None:
    """A lead agency that writes only text does not remove the rating of another agency."""
    found = resolve_conflicts(
        EDITION, [make_answer("fiu", None, text="We think about it"), make_answer("bank", MOSTLY)], LED
    )
    assert [answer.rating for answer in found.answers] == [MOSTLY]
    assert found.problems == ()
    assert [one.explanation for one in found.answers[0].agency_answers] == ["We think about it", ""]


def test_answer_outside_the_assignment_is_kept_and_reported() -> None:
    """An answer of an agency without an assignment is kept with the others, and reported."""
    found = resolve_conflicts(EDITION, [make_answer("fiu", MET), make_answer("customs", MET)], LED)
    assert [p.code for p in found.problems] == ["answer-unassigned"]
    assert [one.agency for one in found.answers[0].agency_answers] == ["fiu", "customs"]


def test_one_workbook_for_the_whole_country() -> None:
    """An answer for the whole country has no other answer to compare with and is not changed."""
    answer = make_answer(None, MET)
    assert resolve_conflicts(EDITION, [answer], LED).answers == (answer,)


def test_lead_of_criterion_leads_on_its_parts() -> None:
    """The duty for 8.2 applies to 8.2(a)."""
    duties = Assignment(duties={"R.8/8.2": Duty(requirement="R.8/8.2", lead="npo", supporting=("fiu",))})
    answers = [make_answer("fiu", MET, "R.8/8.2(a)"), make_answer("npo", PARTLY, "R.8/8.2(a)")]
    assert [(a.agency, a.rating) for a in resolve_conflicts(EDITION, answers, duties).answers] == [("npo", PARTLY)]


def test_core_issues_have_their_own_scale() -> None:
    """Extents of core issues are compared on their own scale."""
    answers = [
        Answer(requirement="IO.6/6.1", rating=Achievement.LARGE, agency="fiu"),
        Answer(requirement="IO.6/6.1", rating=Achievement.NEGLIGIBLE, agency="police"),
    ]
    assert [a.rating for a in resolve_conflicts(EDITION, answers, Assignment()).answers] == [Achievement.NEGLIGIBLE]


def test_coverage_counts_assigned_criteria() -> None:
    """A criterion with a rated part counts; text without a rating and unassigned answers do not."""
    duties = Assignment(
        duties={
            "R.1/1.1": Duty(requirement="R.1/1.1", lead="fiu"),
            "R.8/8.2": Duty(requirement="R.8/8.2", lead="fiu", supporting=("npo",)),
        }
    )
    answers = [make_answer("fiu", None), make_answer("fiu", MET, "R.8/8.2(a)"), make_answer("npo", MET, "R.9/9.1")]
    expected = (
        AgencyCoverage(agency="fiu", requested=2, answered=1, shown=1),
        AgencyCoverage(agency="npo", requested=1, answered=0, shown=0),
    )
    assert coverage_by_agency(EDITION, duties, answers, frozenset({"R.8/8.2"})) == expected
