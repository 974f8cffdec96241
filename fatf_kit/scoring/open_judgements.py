"""Open judgements are what people have to decide before ratings are final, such as conflicts of agencies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from fatf_kit.assessment.answers.model import Answer, Confidentiality
from fatf_kit.assessment.folder.model import AgencyRating, Assignment, OpenQuestion, QuestionReason
from fatf_kit.framework.catalog import get_enclosing_id
from fatf_kit.scoring.evidence import EvidenceStatus
from fatf_kit.scoring.model import Assessment, CoreIssueResult, CriterionResult, OutcomeResult

_UNASSIGNED = Assignment()


def list_questions(
    assessment: Assessment, answers: Iterable[Answer], assignment: Assignment = _UNASSIGNED
) -> tuple[OpenQuestion, ...]:
    """Return one question for each requirement that must be decided, in the order of the Methodology.

    `answers` are the settled ones. A conflict about a part is a question about its criterion, because parts are not
    decided by themselves. An outcome that is answered and still open is a matter of judgement; a Recommendation in that
    state lacks proof, which is work and no decision. Questions that are decided are marked, not left out.
    """
    settled = tuple(answers)
    conflicts = _in_conflict(settled)
    ratings, in_use = _ratings_by_requirement(settled, assignment), _answers_by_requirement(settled)
    found: list[OpenQuestion] = []
    for unit in assessment.units:
        span = unit.shown
        is_answered = unit.coverage.answered == unit.coverage.total
        if isinstance(unit, OutcomeResult) and is_answered and span.rating is None:
            found.append(
                OpenQuestion(
                    requirement=unit.id,
                    why=(QuestionReason.RANGE,),
                    indicative=(span.worst.value, span.best.value),
                    is_decided=unit.decided is not None,
                )
            )
        for result in unit.requirements:
            if why := _list_reasons(result, is_in_conflict=result.id in conflicts):
                lead = assignment.duty(result.id).lead
                found.append(
                    OpenQuestion(
                        requirement=result.id,
                        why=why,
                        agency_ratings=ratings.get(result.id, ()),
                        indicative=(result.shown.worst.value, result.shown.best.value),
                        lead=lead,
                        lead_answer=_find_lead_answer(result, why, in_use.get(result.id, ()), lead),
                        is_decided=result.decided is not None or unit.decided is not None,
                    )
                )
    return tuple(found)


def _list_reasons(result: CriterionResult | CoreIssueResult, *, is_in_conflict: bool) -> tuple[QuestionReason, ...]:
    why = []
    if is_in_conflict:
        why.append(QuestionReason.CONFLICT)
    if isinstance(result, CriterionResult) and result.above_parts is not None:
        why.append(QuestionReason.ABOVE_PARTS)
    if result.status is EvidenceStatus.NO_REASON:
        why.append(QuestionReason.NO_REASON)
    return tuple(why)


def _find_lead_answer(
    result: CriterionResult | CoreIssueResult,
    why: tuple[QuestionReason, ...],
    in_use: Iterable[Answer],
    lead: str | None,
) -> str | None:
    """Return the lead's own answer, else what its answers to the parts amount to where no other agency's is used.

    None for a requirement that is said not to apply, since the question is why.
    """
    if lead is None or QuestionReason.NO_REASON in why:
        return None
    answers = [answer for answer in in_use if answer.rating is not None]
    whole = next((answer for answer in answers if answer.requirement == result.id), None)
    if whole is not None:
        return str(whole.rating) if whole.agency == lead else None
    is_of_lead = bool(answers) and all(answer.agency == lead for answer in answers)
    return str(result.claimed.rating) if is_of_lead and result.claimed.rating is not None else None


def _answers_by_requirement(answers: Iterable[Answer]) -> Mapping[str, tuple[Answer, ...]]:
    """Return the answers in use by criterion or core issue, those to its parts too."""
    found: dict[str, list[Answer]] = {}
    for answer in answers:
        found.setdefault(get_enclosing_id(answer.requirement), []).append(answer)
    return {top: tuple(given) for top, given in found.items()}


def _ratings_by_requirement(
    answers: Iterable[Answer], assignment: Assignment
) -> Mapping[str, tuple[AgencyRating, ...]]:
    """Return every agency's answer by criterion or core issue: where they disagree, else about the whole.

    If the lead rated a criterion by its parts and another agency the whole, the ratings of the parts are returned too.
    """
    given = tuple(answers)
    conflicts = _in_conflict(given)
    led_in_parts = {one.requirement for one in given if one.lowest is not None and one.rating is None}
    found: dict[str, list[AgencyRating]] = {}
    for answer in given:
        top = get_enclosing_id(answer.requirement)
        is_in_conflict = answer.lowest is not None or top in led_in_parts
        if not is_in_conflict and (top in conflicts or top != answer.requirement):
            continue
        lead = assignment.duty(answer.requirement).lead
        ratings = (_make_rating(one, lead) for one in answer.agency_answers or (answer,))
        found.setdefault(top, []).extend(rating for rating in ratings if rating is not None)
    return {top: tuple(ratings) for top, ratings in found.items()}


def _make_rating(answer: Answer, lead: str | None) -> AgencyRating | None:
    """Return what may be shown of an agency's answer; None where it gives no rating."""
    if answer.rating is None:
        return None
    is_restricted = answer.confidentiality is Confidentiality.RESTRICTED
    return AgencyRating(
        agency=answer.agency or "",
        requirement=answer.requirement,
        rating=answer.rating.value,
        place=str(answer.ref or ""),
        is_lead=lead is not None and answer.agency == lead,
        explanation="" if is_restricted else answer.explanation,
        citation="" if is_restricted else answer.citation,
        is_restricted=is_restricted,
    )


def _in_conflict(answers: Iterable[Answer]) -> frozenset[str]:
    """Return criteria and core issues on which, or on a part of which, agencies disagree."""
    return frozenset(get_enclosing_id(answer.requirement) for answer in answers if answer.lowest is not None)


def shown_ratings(assessment: Assessment) -> frozenset[str]:
    """Return the criteria and core issues whose answers are shown, or need no proof."""
    return frozenset(result.id for result in assessment.requirements if result.status.is_shown)
