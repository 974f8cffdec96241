"""Ratings as they would be with some gaps closed, rolled up again by the one home of the roll-up. Exact, no estimate.

Source: fatf-kit's own. Closing what falls short makes a criterion met; one round of changed practice gains a core
issue so many extents, up to a limit (frameworks/plan/efforts.json); closing what lacks proof raises the worst end to
the claim. Where proof is still lacking, closing what falls short raises the best end alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from fatf_kit.action_plan.efforts import Efforts
from fatf_kit.action_plan.model import (
    Action,
    Effect,
    Gain,
    Gap,
    Rating,
    RatingChange,
    RequirementRating,
    RequirementState,
    UnitState,
)
from fatf_kit.core.ratings import (
    ACHIEVEMENT_SCALE,
    COMPLIANCE_SCALE,
    EFFECTIVENESS_SCALE,
    Achievement,
    ComplianceRating,
    CriterionRating,
    FindingKind,
)
from fatf_kit.framework.catalog import get_enclosing_id
from fatf_kit.outlook.evaluate import evaluate
from fatf_kit.outlook.model import Outlook, Ratings, Rules
from fatf_kit.scoring.compliance import RatedCriterion, rate_recommendation
from fatf_kit.scoring.effectiveness import RatedCoreIssue, rate_outcome
from fatf_kit.scoring.finding import Finding
from fatf_kit.scoring.model import Assessment, CriterionResult
from fatf_kit.scoring.policy import Policy
from fatf_kit.scoring.span import RangeEnd, Span


def collect_states(assessment: Assessment, findings: Iterable[Finding]) -> tuple[UnitState, ...]:
    """How every unit stands, with the gaps of each of its requirements."""
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
    """The ratings of all units for any set of closed gaps. Each unit is rolled up once for each of its own sets."""

    def __init__(
        self, units: Sequence[UnitState], policy: Policy, efforts: Efforts, *, open_at_best: bool = False
    ) -> None:
        """`open_at_best` lets what nobody answered turn out at its best, as the outlook's what-if does."""
        self._units, self._policy, self._efforts = units, policy, efforts
        self._open_at_best = open_at_best
        self._known: dict[tuple[str, frozenset[Gap]], Span[Rating]] = {}
        self._own = {
            unit.unit: frozenset((one.requirement, gap) for one in unit.requirements for gap in one.gaps)
            or {(unit.unit, FindingKind.SHORTCOMING)}
            for unit in units
        }

    def ratings(self, closed: frozenset[Gap]) -> Ratings:
        """A rating for each unit, as a span while answers are open."""
        return cast("Ratings", {unit.unit: self.span(unit, closed) for unit in self._units})

    def span(self, unit: UnitState, closed: frozenset[Gap]) -> Span[Rating]:
        """Worst and best rating of one unit."""
        mine = closed & self._own[unit.unit]
        key = (unit.unit, mine)
        if key not in self._known:
            if unit.requirements:
                self._known[key] = self._decided(unit, mine) if unit.decided else self._rolled(unit, mine)
            else:
                self._known[key] = _published(unit, bool(mine))
        return self._known[key]

    def claimed(self) -> Ratings:
        """The ratings that the answers claim, as a span where nobody answered; decided and published ratings stay."""
        found: dict[str, Span[Rating]] = {}
        for unit in self._units:
            if unit.decided is not None:
                found[unit.unit] = Span(worst=unit.decided, best=unit.decided)
            else:
                found[unit.unit] = Span(
                    worst=self._rate([(one, _claim(one, RangeEnd.WORST)) for one in unit.requirements]),
                    best=self._rate([(one, _claim(one, RangeEnd.BEST)) for one in unit.requirements]),
                )
        return cast("Ratings", found)

    def points(self, closed: frozenset[Gap]) -> Span[int]:
        """Weight times credit of all that applies, at both ends."""
        after = [(one.weight, self._after(one, closed)) for unit in self._units for one in unit.requirements]
        return Span(
            worst=sum(weight * self._credit(span.worst) for weight, span in after),
            best=sum(weight * self._credit(span.best) for weight, span in after),
        )

    def _rolled(self, unit: UnitState, closed: frozenset[Gap]) -> Span[Rating]:
        after = [(one, self._after(one, closed)) for one in unit.requirements]
        return Span(
            worst=self._rate([(one, span.worst) for one, span in after]),
            best=self._rate([(one, span.best) for one, span in after]),
        )

    def _rate(self, values: Sequence[tuple[RequirementState, RequirementRating]]) -> Rating:
        if isinstance(values[0][1], CriterionRating):
            criteria = [
                RatedCriterion(one.requirement, v, one.weight, one.is_duty)
                for one, v in values
                if isinstance(v, CriterionRating)
            ]
            return rate_recommendation(criteria, self._policy).rating
        issues = [RatedCoreIssue(one.requirement, v, one.weight) for one, v in values if isinstance(v, Achievement)]
        return rate_outcome(issues, self._policy).rating

    def _decided(self, unit: UnitState, closed: frozenset[Gap]) -> Span[Rating]:
        """What people decided goes up as far as the roll-up goes; until something changes it stands."""
        assert unit.decided is not None  # noqa: S101 - asked by the caller
        if unit.decided is ComplianceRating.NA:
            return Span(worst=unit.decided, best=unit.decided)
        before, after = self._rolled(unit, frozenset()), self._rolled(unit, closed)
        raised = [
            _raised(unit.decided, count_levels(b, a))
            for b, a in ((before.worst, after.worst), (before.best, after.best))
        ]
        return Span(worst=raised[0], best=raised[1])

    def _after(self, one: RequirementState, closed: frozenset[Gap]) -> Span[RequirementRating]:
        """The range of a requirement when some of its gaps are closed.

        Where proof is still lacking, the worst end stays, and closing what falls short raises the best end.
        """
        if self._open_at_best and FindingKind.UNANSWERED in one.gaps:
            return Span(worst=one.now.best, best=one.now.best)
        short = (one.requirement, FindingKind.SHORTCOMING) in closed
        shown = (one.requirement, FindingKind.UNDEMONSTRATED) in closed
        lacks_proof = FindingKind.UNDEMONSTRATED in one.gaps and not shown and not one.decided
        if short:
            value = self._improved(one)
            best = max(value, one.now.best, key=_order)
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


def _published(unit: UnitState, closed: bool) -> Span[Rating]:
    """A unit of which only the rating is known: a Recommendation gets to LC, an outcome one level up."""
    assert unit.decided is not None  # noqa: S101 - the baseline has its rating
    rating = unit.decided
    if closed and isinstance(rating, ComplianceRating) and rating in COMPLIANCE_SCALE:
        rating = max(rating, ComplianceRating.LC, key=COMPLIANCE_SCALE.index)
    elif closed and not isinstance(rating, ComplianceRating):
        rating = _raised(rating, 1)
    return Span(worst=rating, best=rating)


def effect_of(action: Action, rerating: Rerating, rules: Rules, before: tuple[Ratings, Outlook, Span[int]]) -> Effect:
    """What one action does alone, against ratings, outlook and points as they are."""
    ratings, outlook, points = before
    closed = frozenset(action.closes)
    after = rerating.ratings(closed)
    moves = tuple(
        RatingChange(unit=unit, before=old, after=new)
        for unit in after
        if (old := make_span(ratings[unit])) != (new := make_span(after[unit]))
    )
    changed = list(zip(outlook.lines, evaluate(rules, after).lines, strict=True)) if moves else []
    won = rerating.points(closed)
    return Effect(
        moves=moves,
        clears=tuple(old.line.id for old, new in changed if old.holds is not False and new.holds is False),
        nearer=tuple(
            old.line.id
            for old, new in changed
            if new.holds is not False and sum(c.high for c in new.counts) < sum(c.high for c in old.counts)
        ),
        shown=Gain(
            levels=sum(count_levels(move.before.worst, move.after.worst) for move in moves),
            points=won.worst - points.worst,
        ),
        claimed=Gain(
            levels=sum(count_levels(move.before.best, move.after.best) for move in moves), points=won.best - points.best
        ),
    )


def make_span(value: object) -> Span[Rating]:
    """A rating as a range; a range as it is."""
    return cast("Span[Rating]", value if isinstance(value, Span) else Span(worst=value, best=value))


def _order(value: RequirementRating) -> int:
    return -1 if value.rank is None else value.rank


def _claim(one: RequirementState, case: RangeEnd) -> RequirementRating:
    """What a requirement is claimed to be; where nobody answered, the given end of what may be."""
    return one.now.at(case) if one.decided or one.claimed is None else one.claimed


def worst_of(ratings: Ratings, unit: str) -> Rating:
    """The worst rating a unit can still have."""
    return make_span(ratings[unit]).worst


def count_levels(before: Rating, after: Rating) -> int:
    """How many levels a rating goes up; 0 where one of them is NA.

    >>> levels(ComplianceRating.NC, ComplianceRating.LC)
    2
    """
    ladder = _ladder(before)
    if before not in ladder or after not in ladder:
        return 0
    return ladder.index(after) - ladder.index(before)


def _raised(rating: Rating, by: int) -> Rating:
    ladder = _ladder(rating)
    return ladder[min(ladder.index(rating) + by, len(ladder) - 1)]


def _ladder(rating: Rating) -> Sequence[Rating]:
    return COMPLIANCE_SCALE if isinstance(rating, ComplianceRating) else EFFECTIVENESS_SCALE


def collect_gaps(actions: Iterable[Action]) -> frozenset[Gap]:
    """Everything that these actions close."""
    return frozenset(gap for action in actions for gap in action.closes)


def by_id(actions: Iterable[Action]) -> Mapping[str, Action]:
    """Actions by their id."""
    return {action.id: action for action in actions}
