"""Open judgements are what people have to decide before ratings are final, such as conflicts of agencies.

Each question has the effect of every possible decision on the rating of its unit, so that people decide first what
matters most.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from fatf_kit.assessment.answers.model import Answer, Confidentiality
from fatf_kit.assessment.folder.model import (
    AgencyRating,
    Assignment,
    DecisionEffect,
    EffectKind,
    OpenQuestion,
    PossibleOutcome,
    QuestionReason,
)
from fatf_kit.core.ratings import (
    ACHIEVEMENT_SCALE,
    CRITERION_SCALE,
    EFFECTIVENESS_SCALE,
    Achievement,
    CriterionRating,
)
from fatf_kit.framework.catalog import get_enclosing_id
from fatf_kit.scoring.assessor import rate_answers
from fatf_kit.scoring.evidence import EvidenceStatus
from fatf_kit.scoring.model import (
    AnyRequirement,
    AnyUnit,
    Assessment,
    CriterionResult,
    OutcomeResult,
)
from fatf_kit.scoring.policy import Policy
from fatf_kit.scoring.span import Span

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


def _list_reasons(result: AnyRequirement, *, is_in_conflict: bool) -> tuple[QuestionReason, ...]:
    why = []
    if is_in_conflict:
        why.append(QuestionReason.CONFLICT)
    if isinstance(result, CriterionResult) and result.above_parts is not None:
        why.append(QuestionReason.ABOVE_PARTS)
    if result.status is EvidenceStatus.NO_REASON:
        why.append(QuestionReason.NO_REASON)
    return tuple(why)


def _find_lead_answer(
    result: AnyRequirement,
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


_Answer = CriterionRating | Achievement


def add_effects(questions: Iterable[OpenQuestion], assessment: Assessment, policy: Policy) -> tuple[OpenQuestion, ...]:
    """Return the questions with the effect of each possible decision, as `assess` would rate the unit after it.

    Possible decisions are the answers that agencies gave and those of the indicative range. Only the unit of a question
    is rated again. A question of a unit that is decided as a whole has no effect.
    """
    units, groups = assessment.by_id, dict[str, list[OpenQuestion]]()
    given = tuple(questions)
    for question in given:
        groups.setdefault(question.requirement.partition("/")[0], []).append(question)
    effects: dict[str, DecisionEffect] = {}
    for unit, several in groups.items():
        effects |= _measure_unit(units[unit], several, policy)
    return tuple(replace(question, effect=effects.get(question.requirement)) for question in given)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Unit:
    """A unit that is rated again: its requirements, the answers that count, and the roll-up."""

    result: AnyUnit
    policy: Policy

    def rate(self, changed: Mapping[str, Span[Any]]) -> Span[Any]:
        """Return the range of the rating with other answers to some of its requirements."""
        spans = [changed.get(one.id, one.counted) for one in self.result.requirements]
        return rate_answers(self.result.requirements, spans, self.policy)


def _measure_unit(result: AnyUnit, questions: Sequence[OpenQuestion], policy: Policy) -> dict[str, DecisionEffect]:
    """Return the effects of the questions of one unit, by requirement."""
    if result.decided is not None:
        return {}
    unit = _Unit(result=result, policy=policy)
    results: Mapping[str, AnyRequirement] = {one.id: one for one in result.requirements}
    effects: dict[str, DecisionEffect] = {}
    for question in questions:
        if question.requirement == result.id:
            effects[result.id] = _measure_outcome(result)
        else:
            options = list_options(question, results[question.requirement])
            effects[question.requirement] = _measure(unit, results[question.requirement], options)
    waiting = {question.requirement: question for question in questions if not question.is_decided}
    idle = [name for name in waiting if effects[name].kind is EffectKind.NOTHING]
    if not _is_idle_together(unit, {name: list_options(waiting[name], results[name]) for name in idle}):
        for name in idle:
            effects[name] = replace(effects[name], kind=EffectKind.WITH_OTHERS)
    return effects


def list_options(question: OpenQuestion, result: AnyRequirement) -> tuple[_Answer, ...]:
    """Return the decisions that are likely for a requirement, the worst first and "not applicable" last.

    These are the ratings of agencies where they disagree on the requirement itself, both readings of a criterion that
    is rated better than its parts, and the whole scale where "not applicable" has no reason. Where agencies disagree
    on parts only, it is the indicative range.
    """
    scale: Sequence[_Answer] = CRITERION_SCALE if isinstance(result, CriterionResult) else ACHIEVEMENT_SCALE
    if QuestionReason.NO_REASON in question.why:
        return (*scale, CriterionRating.NOT_APPLICABLE)
    make: Callable[[str], _Answer] = CriterionRating if isinstance(result, CriterionResult) else Achievement
    found = {make(one.rating) for one in question.agency_ratings if one.requirement == result.id}
    if isinstance(result, CriterionResult) and result.above_parts is not None:
        found.add(result.above_parts)
    if len(found) < 2:
        found |= {result.shown.worst, result.shown.best}
        ends = [one.rank for one in (result.shown.worst, result.shown.best) if one.rank is not None]
        found |= set(scale[min(ends) : max(ends) + 1]) if ends else set()
    return tuple(one for one in (*scale, CriterionRating.NOT_APPLICABLE) if one in found)


def _measure(unit: _Unit, result: AnyRequirement, options: Iterable[_Answer]) -> DecisionEffect:
    now = unit.rate({result.id: result.shown})
    after = {option: unit.rate({result.id: Span(worst=option, best=option)}) for option in options}
    is_changed = any(span != now for span in after.values())
    return DecisionEffect(
        unit=unit.result.id,
        kind=EffectKind.CHANGES if is_changed else EffectKind.NOTHING,
        now=_name_ends(now),
        outcomes=tuple(PossibleOutcome(decision=str(one), rating=_name_ends(span)) for one, span in after.items()),
        levels=max(_count_levels(now, span) for span in after.values()),
    )


def _measure_outcome(result: AnyUnit) -> DecisionEffect:
    """Return the effect of a decision on an outcome itself: its rating is the one that is decided."""
    now: Span[Any] = result.shown
    options = [one for one in EFFECTIVENESS_SCALE if now.worst.rank <= one.rank <= now.best.rank]
    return DecisionEffect(
        unit=result.id,
        kind=EffectKind.CHANGES,
        now=_name_ends(now),
        outcomes=tuple(PossibleOutcome(decision=str(one), rating=(str(one), str(one))) for one in options),
        levels=max(_count_levels(now, Span(worst=one, best=one)) for one in options),
    )


def _is_idle_together(unit: _Unit, options: Mapping[str, Sequence[_Answer]]) -> bool:
    """Return whether decisions that change nothing one by one change nothing together.

    The roll-up is monotone, so their worst and their best are enough; "not applicable" has no place on the scale, and
    with it several decisions may always change something.
    """
    if len(options) < 2:
        return True
    if any(one.rank is None for several in options.values() for one in several):
        return False
    now = unit.rate({})
    ends = ({name: Span(worst=one[at], best=one[at]) for name, one in options.items()} for at in (0, -1))
    return all(unit.rate(decided) == now for decided in ends)


def _count_levels(now: Span[Any], after: Span[Any]) -> int:
    """Return by how many levels the two ends move; to or from a rating without a rank is one level."""
    pairs = ((now.worst, after.worst), (now.best, after.best))
    return sum(
        int(one != other) if None in (one.rank, other.rank) else abs(one.rank - other.rank) for one, other in pairs
    )


def _name_ends(span: Span[Any]) -> tuple[str, str]:
    return str(span.worst), str(span.best)
