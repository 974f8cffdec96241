"""Open judgements are what people have to decide before ratings are final, such as conflicts of agencies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from fatf_kit.assessment.answers.model import Answer
from fatf_kit.assessment.folder.model import AgencyRating, OpenQuestion, QuestionReason
from fatf_kit.framework.catalog import get_enclosing_id
from fatf_kit.scoring.evidence import EvidenceStatus
from fatf_kit.scoring.model import Assessment, CriterionResult, OutcomeResult


def list_open_questions(assessment: Assessment, answers: Iterable[Answer]) -> tuple[OpenQuestion, ...]:
    """One question for each requirement that somebody has to decide, in the order of the Methodology.

    `answers` are the settled ones. A conflict about a part is a question about its criterion, because parts are not
    decided by themselves. An outcome that is answered and still open is a matter of judgement; a Recommendation in that
    state lacks proof, which is work and no decision.
    """
    settled = tuple(answers)
    voices, conflicts = _answers_by_requirement(settled), _in_conflict(settled)
    found: list[OpenQuestion] = []
    for unit in assessment.units:
        span = unit.shown
        is_answered = unit.coverage.answered == unit.coverage.total
        if isinstance(unit, OutcomeResult) and is_answered and span.rating is None:
            found.append(
                OpenQuestion(
                    requirement=unit.id, why=(QuestionReason.RANGE,), indicative=(span.worst.value, span.best.value)
                )
            )
        for result in unit.requirements:
            why = []
            if result.id in conflicts:
                why.append(QuestionReason.CONFLICT)
            if isinstance(result, CriterionResult) and result.above_parts is not None:
                why.append(QuestionReason.ABOVE_PARTS)
            if result.status is EvidenceStatus.NO_REASON:
                why.append(QuestionReason.NO_REASON)
            if why:
                shown = result.shown
                pair = shown.worst.value, shown.best.value
                said = voices.get(result.id, ())
                found.append(OpenQuestion(requirement=result.id, why=tuple(why), agency_ratings=said, indicative=pair))
    return tuple(found)


def _answers_by_requirement(answers: Iterable[Answer]) -> Mapping[str, tuple[AgencyRating, ...]]:
    """Return every agency's answer by criterion or core issue: where they disagree, else about the whole."""
    given = tuple(answers)
    conflicts = _in_conflict(given)
    found: dict[str, list[AgencyRating]] = {}
    for answer in given:
        top = get_enclosing_id(answer.requirement)
        if answer.lowest is None and (top in conflicts or top != answer.requirement):
            continue
        for one in answer.agency_answers or (answer,):
            if one.rating is not None:
                place = str(one.ref or "")
                voice = AgencyRating(
                    agency=one.agency or "", requirement=one.requirement, rating=one.rating.value, place=place
                )
                found.setdefault(top, []).append(voice)
    return {top: tuple(voices) for top, voices in found.items()}


def _in_conflict(answers: Iterable[Answer]) -> frozenset[str]:
    """Criteria and core issues on which, or on a part of which, agencies disagree."""
    return frozenset(get_enclosing_id(answer.requirement) for answer in answers if answer.lowest is not None)


def shown_ratings(assessment: Assessment) -> frozenset[str]:
    """Return the criteria and core issues whose answers are shown, or need no proof."""
    return frozenset(result.id for result in assessment.requirements if result.status.is_shown)
