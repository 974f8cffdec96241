"""From core issues to an outcome.

Source: levels after FATF Methodology (2022), para. 72; the numbers are the policy's. Core issues are mandatory
questions of unequal weight and no checklist, so the result is a starting point for judgement.
"""

from __future__ import annotations

from collections.abc import Sequence

from fatf_kit.ratings import ACHIEVEMENT_LADDER, Achievement, EffectivenessRating
from fatf_kit.scoring.model import EffectivenessTrace
from fatf_kit.scoring.policy import Policy


def rate_outcome(core_issues: Sequence[tuple[Achievement, int]], policy: Policy) -> EffectivenessTrace:
    """The level of effectiveness from extents and weights of all core issues, with its trace.

    >>> from fatf_kit.scoring.policy import load_policy
    >>> two_thirds = [(Achievement.LARGE, 2), (Achievement.LARGE, 2), (Achievement.SOME, 2)]
    >>> str(rate_outcome(two_thirds, load_policy()).rating)
    'SE'
    """
    points = sum(policy.extents[extent] * weight for extent, weight in core_issues)
    total = sum(weight for _, weight in core_issues)
    full = max(policy.extents.values())
    large = ACHIEVEMENT_LADDER.index(Achievement.LARGE)
    below_large = sum(ACHIEVEMENT_LADDER.index(extent) < large for extent, _ in core_issues)
    negligible = sum(extent is Achievement.NEGLIGIBLE for extent, _ in core_issues)
    rating = next(
        (
            level
            for level, limits in policy.effectiveness.items()
            if 100 * points >= limits.average_from * full * total
            and below_large <= limits.below_large_up_to
            and negligible <= limits.negligible_up_to
        ),
        EffectivenessRating.LE,
    )
    return EffectivenessTrace(
        rating=rating, points=points, weight=total, full=full, below_large=below_large, negligible=negligible
    )
