"""From core issues to an outcome.

Source: levels after FATF Methodology (2022), para. 72; the numbers are the policy's. Core issues are mandatory
questions of unequal weight and no checklist, so the result is a starting point for judgement.
"""

from __future__ import annotations

from collections.abc import Sequence

from fatf_kit.core.ratings import ACHIEVEMENT_SCALE, EFFECTIVENESS_SCALE, Achievement, EffectivenessRating
from fatf_kit.scoring.model import EffectivenessTrace
from fatf_kit.scoring.policy import Policy
from fatf_kit.scoring.roll_up import RatedRequirement, RollUp, Sums


def rate_outcome(core_issues: Sequence[RatedRequirement], policy: Policy) -> EffectivenessTrace:
    """Return the level of effectiveness from extents and weights of all core issues, with its trace.

    >>> from fatf_kit.scoring.policy import load_policy
    >>> extents = (Achievement.LARGE, Achievement.LARGE, Achievement.SOME)
    >>> trace = rate_outcome([RatedRequirement(str(n), extent, 2) for n, extent in enumerate(extents)], load_policy())
    >>> str(trace.rating)
    'SE'
    """
    roll_up = EffectivenessRollUp(policy)
    points, below_large, negligible = roll_up.measure(core_issues)
    return EffectivenessTrace(
        points=points // 100,
        full=roll_up.full,
        below_large=below_large,
        negligible=negligible,
        **roll_up.trace(core_issues),
    )


class EffectivenessRollUp(RollUp[EffectivenessRating]):
    """From core issues to an outcome. The credit is 100 times weight and extent, for averages in per cent."""

    answers = ACHIEVEMENT_SCALE
    ratings = EFFECTIVENESS_SCALE

    def __init__(self, policy: Policy) -> None:
        super().__init__(policy, policy.extents)
        self.full = max(policy.extents.values())

    def measure(self, rated: Sequence[RatedRequirement]) -> Sums:
        """Return 100 times weight and extent, and the numbers of core issues below "large" and at the bottom."""
        points = sum(self.worth[one.rating] * one.weight for one in rated)
        low = self.answers[: self.answers.index(Achievement.LARGE)]
        negligible = sum(one.rating == low[0] for one in rated)
        return 100 * points, sum(one.rating in low for one in rated), negligible

    def find_limits(self, rating: EffectivenessRating, weight: int, easing: int = 0) -> Sums:
        """Return the limits of any level but the lowest."""
        limits = self.policy.effectiveness[rating]
        least = (limits.average_from - easing) * self.full * weight
        return least, limits.below_large_up_to, limits.negligible_up_to

    def rate_by_limits(self, rated: Sequence[RatedRequirement], easing: int = 0) -> EffectivenessRating:
        """Return the level by average and counts."""
        return self.find_best(rated, tuple(self.policy.effectiveness), easing)

    def find_ceiling(self, one: RatedRequirement) -> EffectivenessRating | None:
        """Return the best level that a core issue allows."""
        caps = [
            ceiling.at_most
            for ceiling in self.policy.outcome_ceilings
            if ceiling.weight == one.weight and self.answers.index(one.rating) <= self.answers.index(ceiling.core_issue)
        ]
        return min(caps, key=self.ratings.index, default=None)
