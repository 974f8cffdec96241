"""The ratings that rise if all named gaps of some units close, and the thresholds that they cross.

A Recommendation is assumed to reach LC and an outcome to rise one level, as in a plan from published ratings. Assessors
may find other gaps.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from fatf_kit.action_plan.effects import list_cleared, raise_rating
from fatf_kit.core.ratings import COMPLIANCE_SCALE, EFFECTIVENESS_SCALE, ComplianceRating
from fatf_kit.outlook.evaluate import evaluate, find_best_case, find_worst_case
from fatf_kit.outlook.model import Ratings, Rules
from fatf_kit.scoring.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedGaps:
    """The effect of closing all named gaps of some units.

    `rises` are the units that rise from either end of their ratings, `may_rise` those that rise from the worst end
    only. `cleared` are ids of the thresholds of follow-up and referral that are no longer met.
    """

    rises: tuple[str, ...]
    may_rise: tuple[str, ...]
    cleared: tuple[str, ...]


def close_gaps(units: Iterable[str], ratings: Ratings, rules: Rules) -> ClosedGaps:
    """Return the effect of closing all named gaps of these units."""
    wanted = set(units)
    worst, best = find_worst_case(ratings), find_best_case(ratings)
    known = [unit for unit in worst if unit in wanted and ratings.get(unit) is not None]
    from_best = tuple(unit for unit in known if raise_rating(best[unit]) != best[unit])
    from_worst = tuple(unit for unit in known if raise_rating(worst[unit]) != worst[unit])
    after: Mapping[str, object] = {
        **ratings,
        **{unit: Span(worst=raise_rating(worst[unit]), best=raise_rating(best[unit])) for unit in known},
    }
    before = evaluate(rules, ratings)
    return ClosedGaps(
        rises=tuple(unit for unit in from_best if unit in from_worst),
        may_rise=tuple(unit for unit in from_worst if unit not in from_best),
        cleared=list_cleared(before, evaluate(rules, cast("Ratings", after))),
    )


def find_crossing(ratings: Ratings, rules: Rules) -> frozenset[str]:
    """Return the units whose rise alone crosses a threshold."""
    units = (unit for unit, rating in ratings.items() if rating is not None)
    return frozenset(unit for unit in units if close_gaps((unit,), ratings, rules).cleared)


def find_best(ratings: Ratings) -> frozenset[str]:
    """Return the units that nothing can raise: already at their best rating, or not applicable."""
    worst = find_worst_case(ratings)
    tops = (COMPLIANCE_SCALE[-1], EFFECTIVENESS_SCALE[-1], ComplianceRating.NA)
    return frozenset(unit for unit in worst if ratings.get(unit) is not None and worst[unit] in tops)
