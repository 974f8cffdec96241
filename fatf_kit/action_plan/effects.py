"""Ratings with some gaps closed, rolled up again by the rules of scoring. Exact, not an estimate.

Source: fatf-kit's own. Closing a shortcoming makes a criterion met; one round of changed practice raises a core issue
by some extents, up to a limit (frameworks/plan/efforts.json); closing missing proof raises the worst end to the claim.
Where proof is still missing, closing a shortcoming raises the best end alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from fatf_kit.action_plan.efforts import Efforts
from fatf_kit.action_plan.model import (
    Action,
    Effect,
    Gain,
    Gap,
    RatingChange,
    RequirementRating,
    RequirementState,
    UnitState,
)
from fatf_kit.core.ratings import (
    ACHIEVEMENT_SCALE,
    COMPLIANCE_SCALE,
    EFFECTIVENESS_SCALE,
    ComplianceRating,
    CriterionRating,
    FindingKind,
)
from fatf_kit.framework.catalog import get_enclosing_id
from fatf_kit.outlook.evaluate import evaluate
from fatf_kit.outlook.model import Outlook, Rating, Ratings, Rules
from fatf_kit.scoring.assessor import rate_requirements
from fatf_kit.scoring.finding import Finding
from fatf_kit.scoring.model import Assessment, CriterionResult
from fatf_kit.scoring.policy import Policy
from fatf_kit.scoring.roll_up import RatedRequirement
from fatf_kit.scoring.span import Span


def collect_states(assessment: Assessment, findings: Iterable[Finding]) -> tuple[UnitState, ...]:
    """Return the state of every unit, with the gaps of each of its requirements."""
    gaps: dict[str, set[FindingKind]] = {}
    for finding in findings:
        gaps.setdefault(get_enclosing_id(finding.requirement), set()).add(finding.kind)
    return tuple(
        UnitState(
            unit=unit.id,
            requirements=tuple(
                RequirementState(
                    requirement=result.id,
                    weight=result.weight,
                    now=Span(worst=result.counted.worst, best=result.counted.best),
                    claimed=result.claimed.rating,
                    gaps=frozenset(gaps.get(result.id, ())),
                    decided=result.decided is not None,
                    is_duty=isinstance(result, CriterionResult) and result.is_duty,
                )
                for result in unit.requirements
            ),
            decided=unit.decided,
        )
        for unit in assessment.units
    )


class Rerating:
    """The ratings of all units for any set of closed gaps. Each unit is rolled up once for each of its own sets.

    `open_at_best` lets everything unanswered turn out at its best, as the outlook's what-if does.
    """

    def __init__(
        self, units: Sequence[UnitState], policy: Policy, efforts: Efforts, *, open_at_best: bool = False
    ) -> None:
        self._units, self._policy, self._efforts = units, policy, efforts
        self._open_at_best = open_at_best
        self._known: dict[tuple[str, frozenset[Gap]], Span[Rating]] = {}
        self._own = {
            unit.unit: frozenset((one.requirement, gap) for one in unit.requirements for gap in one.gaps)
            or {(unit.unit, FindingKind.SHORTCOMING)}
            for unit in units
        }

    def ratings(self, closed: frozenset[Gap]) -> Ratings:
        """Return a rating for each unit, as a span while answers are open."""
        return cast("Ratings", {unit.unit: self._span(unit, closed & self._own[unit.unit]) for unit in self._units})

    def claimed(self) -> Ratings:
        """Return the ratings that the answers claim, as a span while some are open; decided ratings stay."""
        found: dict[str, Span[Rating]] = {}
        for unit in self._units:
            claims = [(one, _claimed_span(one)) for one in unit.requirements]
            found[unit.unit] = self._roll_up(claims) if unit.decided is None else make_span(unit.decided)
        return cast("Ratings", found)

    def points(self, closed: frozenset[Gap]) -> Span[int]:
        """Return weight times credit of all that applies, at both ends."""
        after = [(one.weight, self._after(one, closed)) for unit in self._units for one in unit.requirements]
        return Span(
            worst=sum(weight * self._credit(span.worst) for weight, span in after),
            best=sum(weight * self._credit(span.best) for weight, span in after),
        )

    def _span(self, unit: UnitState, mine: frozenset[Gap]) -> Span[Rating]:
        """Return worst and best rating of one unit when these of its gaps are closed."""
        key = (unit.unit, mine)
        if key not in self._known:
            if not unit.requirements:
                assert unit.decided is not None  # noqa: S101 - the baseline has its rating
                self._known[key] = make_span(raise_rating(unit.decided) if mine else unit.decided)
            elif unit.decided:
                self._known[key] = self._raise_decided(unit, unit.decided, mine)
            else:
                self._known[key] = self._rolled(unit, mine)
        return self._known[key]

    def _rolled(self, unit: UnitState, closed: frozenset[Gap]) -> Span[Rating]:
        return self._roll_up([(one, self._after(one, closed)) for one in unit.requirements])

    def _roll_up(self, spans: Sequence[tuple[RequirementState, Span[RequirementRating]]]) -> Span[Rating]:
        return Span(
            worst=self._rate([(one, span.worst) for one, span in spans]),
            best=self._rate([(one, span.best) for one, span in spans]),
        )

    def _rate(self, values: Sequence[tuple[RequirementState, RequirementRating]]) -> Rating:
        rated = [RatedRequirement(one.requirement, v, one.weight, one.is_duty) for one, v in values]
        return rate_requirements(rated, self._policy).rating

    def _raise_decided(self, unit: UnitState, decided: Rating, closed: frozenset[Gap]) -> Span[Rating]:
        """Return what people decided, raised by as many levels as the roll-up rises; the best end is never below."""
        if decided is ComplianceRating.NA:
            return make_span(decided)
        before, after = self._rolled(unit, frozenset()), self._rolled(unit, closed)
        at_worst = count_levels(before.worst, after.worst)
        at_best = max(at_worst, count_levels(before.best, after.best))
        return Span(worst=_raise(decided, at_worst), best=_raise(decided, at_best))

    def _after(self, one: RequirementState, closed: frozenset[Gap]) -> Span[RequirementRating]:
        """Return the range of a requirement when some of its gaps are closed.

        Where proof is still missing, the worst end stays, and closing a shortcoming raises the best end.
        """
        if self._open_at_best and FindingKind.UNANSWERED in one.gaps:
            return Span(worst=one.now.best, best=one.now.best)
        short = (one.requirement, FindingKind.SHORTCOMING) in closed
        shown = (one.requirement, FindingKind.UNDEMONSTRATED) in closed
        lacks_proof = FindingKind.UNDEMONSTRATED in one.gaps and not shown and not one.decided
        if short:
            value = self._improved(one)
            best = max(value, one.now.best, key=lambda rating: -1 if rating.rank is None else rating.rank)
            return Span(worst=one.now.worst if lacks_proof else value, best=best)
        if shown and not one.decided and one.claimed is not None:
            return Span(worst=one.claimed, best=one.claimed)
        return one.now

    def _improved(self, one: RequirementState) -> RequirementRating:
        base = one.now.worst if one.decided or one.claimed is None else one.claimed
        if isinstance(base, CriterionRating):
            return CriterionRating.MET
        rank = ACHIEVEMENT_SCALE.index(base)
        most = ACHIEVEMENT_SCALE.index(self._efforts.core_issue_most)
        return ACHIEVEMENT_SCALE[max(rank, min(rank + self._efforts.core_issue_steps, most))]

    def _credit(self, value: RequirementRating) -> int:
        if isinstance(value, CriterionRating):
            return self._policy.credits.get(value, 0)
        return self._policy.extents[value] * 100 // max(self._policy.extents.values())


def raise_rating(rating: Rating) -> Rating:
    """Return a rating after all named gaps close, where nothing else is known: at least LC, or one level more.

    >>> raise_rating(ComplianceRating.NC), raise_rating(ComplianceRating.C)
    (<ComplianceRating.LC: 'LC'>, <ComplianceRating.C: 'C'>)
    """
    if isinstance(rating, ComplianceRating):
        is_na = rating is ComplianceRating.NA
        return rating if is_na else max(rating, ComplianceRating.LC, key=COMPLIANCE_SCALE.index)
    return _raise(rating, 1)


def work_out_effects(actions: Iterable[Action], rerating: Rerating, rules: Rules) -> dict[str, Effect]:
    """Return the effect of each action alone, by id."""
    ratings = rerating.ratings(frozenset())
    before = (ratings, evaluate(rules, ratings), rerating.points(frozenset()))
    return {action.id: _work_out_effect(action, rerating, rules, before) for action in actions}


def _work_out_effect(
    action: Action, rerating: Rerating, rules: Rules, before: tuple[Ratings, Outlook, Span[int]]
) -> Effect:
    ratings, outlook, points = before
    closed = frozenset(action.closes)
    after = rerating.ratings(closed)
    moves = tuple(
        RatingChange(unit=unit, before=old, after=new)
        for unit in after
        if (old := make_span(ratings[unit])) != (new := make_span(after[unit]))
    )
    evaluated = evaluate(rules, after) if moves else outlook
    won = rerating.points(closed)

    def count_gain(end: str) -> Gain:
        levels = (count_levels(getattr(one.before, end), getattr(one.after, end)) for one in moves)
        return Gain(levels=sum(levels), points=getattr(won, end) - getattr(points, end))

    return Effect(
        moves=moves,
        clears=list_cleared(outlook, evaluated),
        nearer=tuple(
            old.line.id
            for old, new in zip(outlook.lines, evaluated.lines, strict=True)
            if new.holds is not False and sum(c.high for c in new.counts) < sum(c.high for c in old.counts)
        ),
        shown=count_gain("worst"),
        claimed=count_gain("best"),
    )


def list_cleared(before: Outlook, after: Outlook) -> tuple[str, ...]:
    """Return the ids of the thresholds of follow-up and referral that are certainly no longer met."""
    changed = zip(before.lines, after.lines, strict=True)
    return tuple(old.line.id for old, new in changed if old.holds is not False and new.holds is False)


def make_span(value: object) -> Span[Rating]:
    """Return a rating as a range, and a range as it is."""
    return cast("Span[Rating]", value if isinstance(value, Span) else Span(worst=value, best=value))


def _claimed_span(one: RequirementState) -> Span[RequirementRating]:
    """Return the claim; where there is no answer, or people decided, what counts now."""
    return one.now if one.decided or one.claimed is None else Span(worst=one.claimed, best=one.claimed)


def count_levels(before: Rating, after: Rating) -> int:
    """Return how many levels a rating rises; 0 where one of them is NA.

    >>> count_levels(ComplianceRating.NC, ComplianceRating.LC)
    2
    """
    return 0 if before.rank is None or after.rank is None else after.rank - before.rank


def _raise(rating: Rating, by: int) -> Rating:
    ladder: Sequence[Rating] = COMPLIANCE_SCALE if isinstance(rating, ComplianceRating) else EFFECTIVENESS_SCALE
    return ladder[min(ladder.index(rating) + by, len(ladder) - 1)]


def collect_gaps(actions: Iterable[Action]) -> frozenset[Gap]:
    """Return everything that these actions close."""
    return frozenset(gap for action in actions for gap in action.closes)
