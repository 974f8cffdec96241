"""The effect of each possible decision on the rating of its unit, so that people decide first what matters most."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from fatf_kit.assessment.folder.model import DecisionEffect, EffectKind, OpenQuestion, PossibleOutcome, QuestionReason
from fatf_kit.core.ratings import (
    ACHIEVEMENT_SCALE,
    COMPLIANCE_SCALE,
    CRITERION_SCALE,
    EFFECTIVENESS_SCALE,
    Achievement,
    CriterionRating,
)
from fatf_kit.scoring.assessor import rate_answers
from fatf_kit.scoring.model import Assessment, CoreIssueResult, CriterionResult, OutcomeResult, RecommendationResult
from fatf_kit.scoring.policy import Policy
from fatf_kit.scoring.span import Span

_Answer = CriterionRating | Achievement
_Result = CriterionResult | CoreIssueResult


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

    result: RecommendationResult | OutcomeResult
    policy: Policy

    def rate(self, changed: Mapping[str, Span[Any]]) -> Span[Any]:
        """Return the range of the rating with other answers to some of its requirements."""
        spans = [changed.get(one.id, one.counted) for one in self.result.requirements]
        return rate_answers(self.result.requirements, spans, self.policy)


def _measure_unit(
    result: RecommendationResult | OutcomeResult, questions: Sequence[OpenQuestion], policy: Policy
) -> dict[str, DecisionEffect]:
    """Return the effects of the questions of one unit, by requirement."""
    if result.decided is not None:
        return {}
    unit = _Unit(result=result, policy=policy)
    results: Mapping[str, _Result] = {one.id: one for one in result.requirements}
    effects: dict[str, DecisionEffect] = {}
    for question in questions:
        if question.requirement == result.id:
            effects[result.id] = _measure_whole(result)
        else:
            options = list_options(question, results[question.requirement])
            effects[question.requirement] = _measure(unit, results[question.requirement], options)
    idle = [q for q in questions if not q.is_decided and effects[q.requirement].kind is EffectKind.NOTHING]
    if not _is_idle_together(unit, {q.requirement: list_options(q, results[q.requirement]) for q in idle}):
        for q in idle:
            effects[q.requirement] = replace(effects[q.requirement], kind=EffectKind.WITH_OTHERS)
    return effects


def list_options(question: OpenQuestion, result: _Result) -> tuple[_Answer, ...]:
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


def _measure(unit: _Unit, result: _Result, options: Iterable[_Answer]) -> DecisionEffect:
    now = unit.rate({result.id: result.shown})
    after = {option: unit.rate({result.id: Span(worst=option, best=option)}) for option in options}
    is_changed = any(span != now for span in after.values())
    return DecisionEffect(
        unit=unit.result.id,
        kind=EffectKind.CHANGES if is_changed else EffectKind.NOTHING,
        now=_name_ends(now),
        outcomes=tuple(PossibleOutcome(decision=str(one), rating=_name_ends(span)) for one, span in after.items()),
        levels=max((_count_levels(now, span) for span in after.values()), default=0),
    )


def _measure_whole(result: RecommendationResult | OutcomeResult) -> DecisionEffect:
    """Return the effect of a decision on the unit itself: its rating is the one that is decided."""
    scale: Sequence[Any] = COMPLIANCE_SCALE if isinstance(result, RecommendationResult) else EFFECTIVENESS_SCALE
    now = result.shown
    options = [one for one in scale if now.worst.rank <= one.rank <= now.best.rank]
    return DecisionEffect(
        unit=result.id,
        kind=EffectKind.CHANGES,
        now=_name_ends(now),
        outcomes=tuple(PossibleOutcome(decision=str(one), rating=(str(one), str(one))) for one in options),
        levels=max((_count_levels(now, Span(worst=one, best=one)) for one in options), default=0),
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
