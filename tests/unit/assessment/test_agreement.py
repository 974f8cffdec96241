"""What stands where several agencies answer one requirement."""

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


def said(agency: str | None, rating: CriterionRating | None, requirement: str = "R.1/1.1", text: str = "") -> Answer:
    """One agency's answer at a cell of its workbook."""
    row = row_ref(f"{agency}.xlsx")
    return Answer(requirement=requirement, rating=rating, agency=agency, explanation=text, row=row)


def test_same_answers_agree() -> None:
    """No problem, no lowest, both are heard."""
    found = resolve_conflicts(EDITION, [said("bank", MET), said("fiu", MET)], LED)
    assert (found.problems, found.conflicts) == ((), ())
    assert [(a.agency, a.rating, a.lowest) for a in found.answers] == [("fiu", MET, None)]
    assert [voice.agency for voice in found.answers[0].agency_answers] == ["fiu", "bank"]


def test_lead_stands_and_the_lowest_is_kept() -> None:
    """A Problem names both agencies and both cells."""
    found = resolve_conflicts(EDITION, [said("police", PARTLY), said("bank", MOSTLY), said("fiu", MET)], LED)
    assert [(a.agency, a.rating, a.lowest) for a in found.answers] == [("fiu", MET, PARTLY)]
    assert [p.code for p in found.problems] == ["answers-conflict"] * 2
    line = found.problems[0].message
    assert all(part in line for part in ("bank.xlsx, R.1!C3", "fiu.xlsx, R.1!C3", "bank (mostly met)", "(fiu: met)"))


@pytest.mark.parametrize(
    ("ratings", "stands"),
    [((MET, PARTLY, MOSTLY), PARTLY), ((NA, MET, NA), MET), ((NA, NA, NA), NA), ((None, MET, None), MET)],
)
def test_without_a_lead_the_lowest_stands(ratings: tuple[CriterionRating | None, ...], stands: CriterionRating) -> None:
    """Being not applicable is no place on the ladder: it stands only where nobody says anything else."""
    answers = [said(name, rating) for name, rating in zip(("bank", "fiu", "police"), ratings, strict=True)]
    assert [answer.rating for answer in resolve_conflicts(EDITION, answers, OPEN).answers] == [stands]


def test_a_blank_never_overwrites() -> None:
    """A lead that gave words only does not take away what another has rated."""
    found = resolve_conflicts(EDITION, [said("fiu", None, text="We think about it"), said("bank", MOSTLY)], LED)
    assert [answer.rating for answer in found.answers] == [MOSTLY]
    assert found.problems == ()
    assert [voice.explanation for voice in found.answers[0].agency_answers] == ["We think about it", ""]


def test_an_answer_outside_the_assignment_is_kept_and_told() -> None:
    """It is a voice like any other."""
    found = resolve_conflicts(EDITION, [said("fiu", MET), said("customs", MET)], LED)
    assert [p.code for p in found.problems] == ["answer-unassigned"]
    assert [voice.agency for voice in found.answers[0].agency_answers] == ["fiu", "customs"]


def test_one_workbook_for_the_whole_country() -> None:
    """Nobody to agree with: nothing changes."""
    answer = said(None, MET)
    assert resolve_conflicts(EDITION, [answer], LED).answers == (answer,)


def test_parts_belong_to_their_criterions_lead() -> None:
    """The duty of 8.2 holds for 8.2(a)."""
    duties = Assignment(duties={"R.8/8.2": Duty(requirement="R.8/8.2", lead="npo", supporting=("fiu",))})
    answers = [said("fiu", MET, "R.8/8.2(a)"), said("npo", PARTLY, "R.8/8.2(a)")]
    assert [(a.agency, a.rating) for a in resolve_conflicts(EDITION, answers, duties).answers] == [("npo", PARTLY)]


def test_core_issues_have_their_own_scale() -> None:
    """Extents are compared on their ladder."""
    answers = [
        Answer(requirement="IO.6/6.1", rating=Achievement.LARGE, agency="fiu"),
        Answer(requirement="IO.6/6.1", rating=Achievement.NEGLIGIBLE, agency="police"),
    ]
    assert [a.rating for a in resolve_conflicts(EDITION, answers, Assignment()).answers] == [Achievement.NEGLIGIBLE]


def test_coverage_counts_what_was_asked() -> None:
    """By criterion: a rated part counts, words alone and answers that were not asked do not."""
    duties = Assignment(
        duties={
            "R.1/1.1": Duty(requirement="R.1/1.1", lead="fiu"),
            "R.8/8.2": Duty(requirement="R.8/8.2", lead="fiu", supporting=("npo",)),
        }
    )
    answers = [said("fiu", None), said("fiu", MET, "R.8/8.2(a)"), said("npo", MET, "R.9/9.1")]
    expected = (
        AgencyCoverage(agency="fiu", requested=2, answered=1, shown=1),
        AgencyCoverage(agency="npo", requested=1, answered=0, shown=0),
    )
    assert coverage_by_agency(EDITION, duties, answers, frozenset({"R.8/8.2"})) == expected
