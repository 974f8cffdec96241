"""The decisions that people have to make: each reason for itself, with the answer of every agency."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from fatf_kit.assessment.answers.model import (
    Answer,
    AnswerRating,
    Confidentiality,
    EvidenceItem,
    EvidenceKind,
    ResponseSet,
)
from fatf_kit.assessment.folder.model import (
    AgencyRating,
    Assignment,
    Duty,
    OpenQuestion,
    QuestionReason,
    RecordedDecision,
)
from fatf_kit.core.ratings import Achievement, CriterionRating
from fatf_kit.framework import load_framework
from fatf_kit.scoring import load_policy
from fatf_kit.scoring.model import Adjustments
from fatf_kit.scoring.open_judgements import list_questions, shown_ratings
from tests.proof import assess
from tests.rows import row_ref

EDITION = load_framework("fatf-2022")
ITEM = EvidenceItem(id="E-1", kind=EvidenceKind.STATISTICS, title="Figures")
UNASSIGNED, UNADJUSTED = Assignment(), Adjustments()
MET, MOSTLY, NOT_MET = CriterionRating.MET, CriterionRating.MOSTLY_MET, CriterionRating.NOT_MET


def answer(requirement: str, rating: AnswerRating | None, **fields: object) -> Answer:
    """An answer with a citation and evidence."""
    shown = {"citation": "AML Act, art. 5", "in_force_from": date(2020, 1, 1), "evidence": ("E-1",)}
    return Answer(requirement=requirement, rating=rating, **(shown | fields))  # type: ignore[arg-type]


def find_questions(
    *answers: Answer, assignment: Assignment = UNASSIGNED, adjustments: Adjustments = UNADJUSTED
) -> tuple[OpenQuestion, ...]:
    """The questions that a few answers leave."""
    responses = ResponseSet(edition=EDITION.id, answers=answers, evidence=(ITEM,), cut_off=date(2027, 3, 19))
    return list_questions(assess(EDITION, responses, load_policy(), adjustments=adjustments), answers, assignment)


def disputed(requirement: str, high: AnswerRating, low: AnswerRating) -> Answer:
    """Two agencies of different opinions, the lead's standing."""
    voices = (
        answer(requirement, high, agency="fiu", row=row_ref("fiu.xlsx", "R.5", 7)),
        answer(requirement, low, agency="bank"),
        answer(requirement, None, agency="police"),
    )
    return answer(requirement, high, agency="fiu", lowest=low, agency_answers=voices)


def test_nothing_to_decide() -> None:
    """Agencies agree, parts agree, and what is open is a matter of answering."""
    answers = answer("R.5/5.1", MET), answer("R.5/5.2(a)", MET), answer("IO.2/2.1", Achievement.LARGE)
    assert find_questions(*answers) == ()


def test_agencies_disagree() -> None:
    """Both are quoted with the lead's cell; one that gives no rating is not."""
    (question,) = find_questions(disputed("R.5/5.1", MET, NOT_MET))
    bank = AgencyRating(agency="bank", requirement="R.5/5.1", rating="not met", citation="AML Act, art. 5")
    assert (
        OpenQuestion(
            requirement="R.5/5.1",
            why=(QuestionReason.CONFLICT,),
            agency_ratings=(
                replace(bank, agency="fiu", rating="met", place="fiu.xlsx, R.5!C7"),
                bank,
            ),
            indicative=("not met", "met"),
        )
        == question
    )


def test_a_conflict_about_a_part_is_one_about_its_criterion() -> None:
    """Parts are not decided by themselves; the criterion's other parts are not quoted."""
    (question,) = find_questions(disputed("R.5/5.2(a)", MET, NOT_MET), answer("R.5/5.2(b)", MET, agency="fiu"))
    assert (question.requirement, question.why) == ("R.5/5.2", (QuestionReason.CONFLICT,))
    assert [voice.requirement for voice in question.agency_ratings] == ["R.5/5.2(a)", "R.5/5.2(a)"]


def test_the_lead_and_its_answer_are_named() -> None:
    """Its own answer, or what its answers to the parts amount to where no other agency's is used."""
    lead = Assignment(duties={"R.5": Duty(requirement="R.5", lead="fiu"), "R.6": Duty(requirement="R.6", lead="bank")})
    given = (
        disputed("R.5/5.1", MET, NOT_MET),
        disputed("R.5/5.2(a)", MET, NOT_MET),
        answer("R.5/5.2(b)", MET, agency="fiu"),
        disputed("R.6/6.1(a)", MET, NOT_MET),
    )
    found = {one.requirement: one for one in find_questions(*given, assignment=lead)}
    assert {name: (one.lead, one.lead_answer) for name, one in found.items()} == {
        "R.5/5.1": ("fiu", "met"),
        "R.5/5.2": ("fiu", "met"),
        "R.6/6.1": ("bank", None),
    }
    assert [one.is_lead for one in found["R.5/5.1"].agency_ratings] == [True, False]


def lead_answer(*given: Answer, lead: str | None = "fiu") -> str | None:
    """The lead's answer in the one question that these answers leave."""
    duties = {"R.5": Duty(requirement="R.5", lead=lead)} if lead else {}
    (question,) = find_questions(*given, assignment=Assignment(duties=duties))
    return question.lead_answer


def test_the_lead_may_have_answered_the_whole_or_nothing() -> None:
    """Its answer about the whole comes before its parts; that of another agency is not the lead's."""
    parts = [answer(f"R.5/5.2({part})", NOT_MET, agency="fiu") for part in "ab"]
    assert lead_answer(answer("R.5/5.2", MET, agency="fiu"), *parts) == "met"
    assert lead_answer(answer("R.5/5.2", MET, agency="bank"), *parts) is None
    others = [one._replace(agency="bank") for one in parts]
    assert lead_answer(answer("R.5/5.2", MET, agency="fiu"), *others) == "met"
    assert lead_answer(disputed("R.5/5.1", MET, NOT_MET), lead=None) is None


def test_parts_answered_in_part_are_no_answer_of_the_lead() -> None:
    """R.5/5.2 has another part, of which nothing is known yet."""
    assert lead_answer(disputed("R.5/5.2(a)", MET, NOT_MET)) is None


def test_the_lead_is_not_quoted_where_the_reason_is_missing() -> None:
    """That it does not apply is what is asked about."""
    assert lead_answer(answer("R.5/5.1", CriterionRating.NOT_APPLICABLE, agency="fiu")) is None


def test_parts_of_the_lead_are_quoted_with_the_whole_of_another_agency() -> None:
    """Only if the other one alone rated the criterion itself; parts of other criteria are not quoted."""
    whole = answer("R.5/5.2", NOT_MET, agency="bank")
    given = (
        answer("R.5/5.3", MET, agency="fiu"),
        answer("R.5/5.2", None, agency="fiu", lowest=NOT_MET, agency_answers=(whole,)),
        answer("R.5/5.2(a)", MET, agency="fiu"),
        answer("R.5/5.2(b)", MOSTLY, agency="fiu"),
        answer("R.5/5.5(a)", MET, agency="fiu"),
        disputed("R.5/5.9", MET, NOT_MET),
    )
    found = {one.requirement: one for one in find_questions(*given)}
    assert [(one.agency, one.requirement) for one in found["R.5/5.2"].agency_ratings] == [
        ("bank", "R.5/5.2"),
        ("fiu", "R.5/5.2(a)"),
        ("fiu", "R.5/5.2(b)"),
    ]
    assert [one.agency for one in found["R.5/5.9"].agency_ratings] == ["fiu", "bank"]


def test_a_restricted_answer_shows_its_rating_only() -> None:
    """Neither its explanation nor its citation."""
    voices = tuple(
        answer("R.5/5.1", rating, agency=agency, explanation="secret", confidentiality=level)
        for rating, agency, level in (
            (MET, "fiu", Confidentiality.RESTRICTED),
            (NOT_MET, "bank", Confidentiality.GOVERNMENT),
        )
    )
    (question,) = find_questions(voices[0]._replace(lowest=NOT_MET, agency_answers=voices))
    assert [(one.rating, one.explanation, one.citation, one.is_restricted) for one in question.agency_ratings] == [
        ("met", "", "", True),
        ("not met", "secret", "AML Act, art. 5", False),
    ]


@pytest.mark.parametrize("decided", ["R.5/5.1", "R.5"])
def test_a_decision_answers_the_question(decided: str) -> None:
    """One on the criterion, or on its whole Recommendation."""
    value = "met" if "/" in decided else "LC"
    decision = RecordedDecision(
        requirement=decided, value=value, reason="Agreed", decided_by="Council", day=date(2026, 5, 1)
    )
    given = (disputed("R.5/5.1", MET, NOT_MET), disputed("R.6/6.1", MET, NOT_MET))
    found = find_questions(*given, adjustments=Adjustments(decisions=(decision,)))
    assert [one.requirement for one in found if one.is_decided] == ["R.5/5.1"]
    assert [one.requirement for one in found if not one.is_decided] == ["R.6/6.1"]


def test_better_than_its_parts() -> None:
    """The one answer about the whole is quoted, without the parts."""
    (question,) = find_questions(
        answer("R.5/5.2", MET, agency="fiu"), answer("R.5/5.2(a)", NOT_MET), answer("R.5/5.2(b)", NOT_MET)
    )
    assert (question.requirement, question.why) == ("R.5/5.2", (QuestionReason.ABOVE_PARTS,))
    assert [(one.agency, one.requirement, one.rating) for one in question.agency_ratings] == [("fiu", "R.5/5.2", "met")]


def test_not_applicable_without_a_reason() -> None:
    """It is asked; with a reason it is not. An answer without an agency is quoted without one."""
    (question,) = find_questions(answer("R.5/5.1", CriterionRating.NOT_APPLICABLE))
    assert (
        question.requirement,
        question.why,
        [voice.agency for voice in question.agency_ratings],
    ) == ("R.5/5.1", (QuestionReason.NO_REASON,), [""])
    assert find_questions(answer("R.5/5.1", CriterionRating.NOT_APPLICABLE, explanation="There are none.")) == ()


def test_a_range_though_everything_is_answered() -> None:
    """An outcome without evidence: all answered, none shown. One answer short, it is not asked yet."""
    answers = [answer(f"IO.2/2.{n}", Achievement.LARGE, evidence=()) for n in range(1, 5)]
    assert find_questions(*answers) == (
        OpenQuestion(requirement="IO.2", why=(QuestionReason.RANGE,), indicative=("LE", "SE")),
    )
    assert find_questions(*answers[:3]) == ()


def test_what_is_shown() -> None:
    """Shown, and what needs no proof."""
    answers = (
        answer("R.5/5.1", MET),
        answer("R.5/5.3", MET, citation="", evidence=()),
        answer("R.5/5.4", NOT_MET, citation="", evidence=()),
        answer("IO.2/2.1", Achievement.LARGE),
        answer("IO.2/2.2", Achievement.LARGE, evidence=()),
    )
    responses = ResponseSet(edition=EDITION.id, answers=answers, evidence=(ITEM,))
    assert shown_ratings(assess(EDITION, responses, load_policy())) == {"R.5/5.1", "R.5/5.4", "IO.2/2.1"}
