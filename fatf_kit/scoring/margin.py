"""How firmly a rating holds: which single steps move it, and the smallest sets of upgrades to the next level.

Exact, not greedy. A step moves one criterion or core issue up one level. What the next level asks comes down to three
sums (credit gained, and two counts of weak answers to be reduced) and to criteria that must leave a ceiling; so sets
are counted by dynamic programming over what is still missing of each sum, and no set is tried one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from fatf_kit.core.ratings import (
    ACHIEVEMENT_SCALE,
    COMPLIANCE_SCALE,
    CRITERION_SCALE,
    EFFECTIVENESS_SCALE,
    Achievement,
    ComplianceRating,
    CriterionRating,
    EffectivenessRating,
)
from fatf_kit.scoring.compliance import RatedCriterion, ceiling_of, rate_recommendation
from fatf_kit.scoring.effectiveness import RatedCoreIssue, outcome_ceiling_of, rate_outcome
from fatf_kit.scoring.model import Margin
from fatf_kit.scoring.policy import Policy

SETS_SHOWN = 5
"""How many of the smallest sets are written out; all of them are counted."""

Sums = tuple[int, int, int]
"""Credit, and two counts of weak answers; as missing amounts none is below zero."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Upgrade:
    """One requirement that can rise: `gains[n]` is what n steps bring to each sum; `least` are steps it must take."""

    id: str
    gains: tuple[Sums, ...]
    least: int = 0


def compliance_margin(criteria: Sequence[RatedCriterion], policy: Policy, *, shown: int = SETS_SHOWN) -> Margin | None:
    """Return the margin of a Recommendation from its criteria; None where no criterion applies.

    >>> from fatf_kit.scoring.policy import load_policy
    >>> half = [RatedCriterion("a", CriterionRating.MET, 2), RatedCriterion("b", CriterionRating.PARTLY_MET, 2)]
    >>> margin = compliance_margin(half, load_policy())
    >>> margin.up, margin.to, margin.sets
    (('b',), <ComplianceRating.LC: 'LC'>, (('b',),))
    """
    counted = [one for one in criteria if one.rating is not CriterionRating.NOT_APPLICABLE]
    trace = rate_recommendation(counted, policy)
    if not counted or trace.rating is ComplianceRating.NA:
        return None

    def rank(steps: Sequence[int]) -> int:
        moved = [one._replace(rating=CRITERION_SCALE[step]) for one, step in zip(counted, steps, strict=True)]
        return COMPLIANCE_SCALE.index(rate_recommendation(moved, policy).rating)

    levels = [CRITERION_SCALE.index(one.rating) for one in counted]
    ids = [one.id for one in counted]
    down, up = _single_steps(ids, levels, len(CRITERION_SCALE), rank)
    if trace.rating is ComplianceRating.C:
        return Margin(down=down)
    target = COMPLIANCE_SCALE[COMPLIANCE_SCALE.index(trace.rating) + 1]
    if target is ComplianceRating.C:
        everything = tuple(
            key for key, level in zip(ids, levels, strict=True) for _ in range(len(CRITERION_SCALE) - 1 - level)
        )
        return Margin(down=down, up=up, to=target, steps=len(everything), sets=(everything,), sets_total=1)
    limits = policy.compliance[target]

    def missing(points: int, partly: int, not_met: int) -> Sums:
        return (
            max(0, limits.average_from * trace.weight - points),
            max(0, 100 * partly - limits.partly_or_worse_up_to * trace.weight),
            max(0, 100 * not_met - limits.not_met_up_to * trace.weight),
        )

    climbers = tuple(
        _Upgrade(
            id=one.id,
            gains=tuple(_gain(one.rating, risen, one.weight, policy) for risen in CRITERION_SCALE[level:]),
            least=_steps_out_of_ceiling(one, target, policy),
        )
        for one, level in zip(counted, levels, strict=True)
    )
    search = _Search(climbers, missing(trace.points, trace.partly_or_worse, trace.not_met))
    return search.margin(down, up, target, shown)


def effectiveness_margin(issues: Sequence[RatedCoreIssue], policy: Policy, *, shown: int = SETS_SHOWN) -> Margin | None:
    """Return the margin of an outcome from its core issues; None where there are none.

    >>> from fatf_kit.scoring.policy import load_policy
    >>> some = [RatedCoreIssue(name, Achievement.SOME, 2) for name in "ab"]
    >>> effectiveness_margin(some, load_policy()).sets_total
    3
    """
    if not issues:
        return None

    def rank(steps: Sequence[int]) -> int:
        moved = [one._replace(extent=ACHIEVEMENT_SCALE[step]) for one, step in zip(issues, steps, strict=True)]
        return EFFECTIVENESS_SCALE.index(rate_outcome(moved, policy).rating)

    levels = [ACHIEVEMENT_SCALE.index(one.extent) for one in issues]
    down, up = _single_steps([one.id for one in issues], levels, len(ACHIEVEMENT_SCALE), rank)
    trace = rate_outcome(issues, policy)
    if trace.rating is EffectivenessRating.HE:
        return Margin(down=down)
    target = EFFECTIVENESS_SCALE[EFFECTIVENESS_SCALE.index(trace.rating) + 1]
    limits = policy.effectiveness[target]
    large, lowest = ACHIEVEMENT_SCALE.index(Achievement.LARGE), 0
    climbers = tuple(
        _Upgrade(
            id=one.id,
            gains=tuple(
                (
                    100 * one.weight * (policy.extents[risen] - policy.extents[one.extent]),
                    int(level < large <= ACHIEVEMENT_SCALE.index(risen)),
                    int(level == lowest < ACHIEVEMENT_SCALE.index(risen)),
                )
                for risen in ACHIEVEMENT_SCALE[level:]
            ),
            least=_steps_out_of_outcome_ceiling(one, target, policy),
        )
        for one, level in zip(issues, levels, strict=True)
    )
    missing = (
        max(0, limits.average_from * trace.full * trace.weight - 100 * trace.points),
        max(0, trace.below_large - limits.below_large_up_to),
        max(0, trace.negligible - limits.negligible_up_to),
    )
    return _Search(climbers, missing).margin(down, up, target, shown)


def _gain(before: CriterionRating, after: CriterionRating, weight: int, policy: Policy) -> Sums:
    """Return the gain of a rising criterion: credit, and weight no longer partly met or worse, or not met."""

    def leaves(limit: CriterionRating) -> int:
        at = CRITERION_SCALE.index
        return 100 * weight * int(at(before) <= at(limit) < at(after))

    credit = weight * (policy.credits[after] - policy.credits[before])
    return credit, leaves(CriterionRating.PARTLY_MET), leaves(CriterionRating.NOT_MET)


def _steps_out_of_ceiling(one: RatedCriterion, target: ComplianceRating, policy: Policy) -> int:
    """Return how many steps a criterion must rise before it no longer holds the Recommendation below the target."""
    for steps, rating in enumerate(CRITERION_SCALE[CRITERION_SCALE.index(one.rating) :]):
        cap = ceiling_of(one._replace(rating=rating), policy)
        if cap is None or COMPLIANCE_SCALE.index(cap) >= COMPLIANCE_SCALE.index(target):
            return steps
    return len(CRITERION_SCALE)


def _steps_out_of_outcome_ceiling(one: RatedCoreIssue, target: EffectivenessRating, policy: Policy) -> int:
    """Return how many steps a core issue must rise before it no longer holds the outcome below the target."""
    for steps, extent in enumerate(ACHIEVEMENT_SCALE[ACHIEVEMENT_SCALE.index(one.extent) :]):
        cap = outcome_ceiling_of(one._replace(extent=extent), policy)
        if cap is None or EFFECTIVENESS_SCALE.index(cap) >= EFFECTIVENESS_SCALE.index(target):
            return steps
    return len(ACHIEVEMENT_SCALE)


def _single_steps(
    ids: Sequence[str], levels: Sequence[int], height: int, rank: Callable[[Sequence[int]], int]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the ids of which one step down, or one step up, changes the rating."""
    here = rank(levels)
    found: dict[int, list[str]] = {-1: [], 1: []}
    for at, level in enumerate(levels):
        for step, moving in found.items():
            if 0 <= level + step < height and rank([*levels[:at], level + step, *levels[at + 1 :]]) != here:
                moving.append(ids[at])
    return tuple(found[-1]), tuple(found[1])


class _Search:
    """Counts the ways to cover what is missing in exactly so many steps."""

    def __init__(self, climbers: Sequence[_Upgrade], missing: Sums) -> None:
        self._place = {one.id: at for at, one in enumerate(climbers)}
        # Alike climbers stand together: what is missing after them is then often the same, and is counted once.
        self._climbers = sorted(climbers, key=lambda one: (-one.least, one.gains))
        self._missing = missing
        self._most = [self._best_from(at) for at in range(len(self._climbers) + 1)]
        self._count = cache(self._ways)

    def margin(self, down: tuple[str, ...], up: tuple[str, ...], target: str, shown: int) -> Margin:
        """Return the margin with the smallest sets; none where the target is out of reach."""
        longest = sum(len(one.gains) - 1 for one in self._climbers)
        for steps in range(1, longest + 1):
            total = self._count(0, steps, self._missing)
            if total:
                found = self._sets(0, steps, self._missing, shown)
                sets = tuple(tuple(sorted(one, key=self._place.__getitem__)) for one in found)
                return Margin(down=down, up=up, to=target, steps=steps, sets=sets, sets_total=total)
        return Margin(down=down, up=up, to=target)

    def _best_from(self, at: int) -> tuple[tuple[int, ...], ...]:
        """For each sum, the most that 0, 1, 2 … steps can bring from here on: a bound, not always reached."""
        rest = self._climbers[at:]
        bounds = []
        for which in range(3):
            single = [
                max(0, after[which] - before[which])
                for one in rest
                for before, after in zip(one.gains, one.gains[1:], strict=False)
            ]
            bounds.append((0, *accumulate(sorted(single, reverse=True))))
        return tuple(bounds)

    def _out_of_reach(self, at: int, steps: int, missing: Sums) -> bool:
        return any(lack > most[min(steps, len(most) - 1)] for lack, most in zip(missing, self._most[at], strict=True))

    def _ways(self, at: int, steps: int, missing: Sums) -> int:
        if at == len(self._climbers):
            return int(steps == 0 and not any(missing))
        if self._out_of_reach(at, steps, missing):
            return 0
        return sum(self._count(at + 1, steps - taken, left) for taken, left in self._choices(at, steps, missing))

    def _choices(self, at: int, steps: int, missing: Sums) -> Iterator[tuple[int, Sums]]:
        one = self._climbers[at]
        for taken in range(one.least, min(steps, len(one.gains) - 1) + 1):
            gain = one.gains[taken]
            yield (
                taken,
                (max(0, missing[0] - gain[0]), max(0, missing[1] - gain[1]), max(0, missing[2] - gain[2])),
            )

    def _sets(self, at: int, steps: int, missing: Sums, shown: int) -> Iterator[tuple[str, ...]]:
        """At most so many of the sets, always in the same order; fewest requirements first is not promised."""
        if at == len(self._climbers):
            yield ()
            return
        left_to_show = shown
        for taken, left in reversed(tuple(self._choices(at, steps, missing))):
            if left_to_show <= 0 or not self._count(at + 1, steps - taken, left):
                continue
            for rest in self._sets(at + 1, steps - taken, left, left_to_show):
                yield (*(self._climbers[at].id,) * taken, *rest)
                left_to_show -= 1
