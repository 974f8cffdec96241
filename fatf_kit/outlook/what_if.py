"""The smallest sets of one-step upgrades that reach a target: all counted, the first ones listed."""

from __future__ import annotations

from collections.abc import Mapping

from fatf_kit.core.ratings import COMPLIANCE_SCALE
from fatf_kit.framework.page_rules import RECOMMENDATIONS
from fatf_kit.outlook.evaluate import find_best_case, find_worst_case, is_line_met, list_open_units
from fatf_kit.outlook.model import Line, Rating, Ratings, Rules, Target, UpgradePath, UpgradeStep, WhatIf
from fatf_kit.outlook.search import UpgradeMoves, find_fewest_steps, has_single_levels, list_first_sets
from fatf_kit.scoring.span import Span

SETS_SHOWN = 20


def find_smallest_sets(
    rules: Rules,
    ratings: Ratings,
    target: Target,
    *,
    shown: int = SETS_SHOWN,
    shortcomings: Mapping[str, int] | None = None,
) -> WhatIf:
    """Return all smallest sets of steps after which no threshold of the target is met, from both ends of the ratings.

    Only Recommendations move, because outcomes are not re-rated technically. At the best end everything that is open
    is shown, so that what is not known counts nowhere; at the worst end nothing of it is.

    Args:
        rules: The lines of an edition.
        ratings: As for `fatf_kit.outlook.evaluate`.
        target: What is to be reached.
        shown: How many sets are written out at most.
        shortcomings: Open shortcomings by Recommendation, for ranking; None where they are not known.
    """
    best, worst = find_best_case(ratings), find_worst_case(ratings)
    at_best = _way(rules, best, target, shown, shortcomings or {})
    at_worst = at_best if best == worst else _way(rules, worst, target, shown, shortcomings or {})
    return WhatIf(
        rules=rules,
        target=target,
        ends=Span(worst=at_worst, best=at_best),
        ranked_by_shortcomings=shortcomings is not None,
        open_units=list_open_units(ratings),
    )


def _way(
    rules: Rules, ratings: Mapping[str, Rating], target: Target, shown: int, shortcomings: Mapping[str, int]
) -> UpgradePath:
    """Return the smallest sets from settled ratings."""
    technical, others = _by_scale(rules, target)
    if held_by := tuple(line.id for line in others if is_line_met(line, ratings)):
        return UpgradePath(held_by=held_by)
    found = find_fewest_steps(technical, ratings)
    return UpgradePath(
        steps=found.steps,
        sets=tuple(map(_steps, list_first_sets(found, shown, shortcomings))),
        sets_total=found.total,
        moves_once=has_single_levels(found),
    )


def _by_scale(rules: Rules, target: Target) -> tuple[list[Line], list[Line]]:
    """Return the target's lines that count Recommendations, and those that count outcomes."""
    technical: list[Line] = []
    others: list[Line] = []
    for line in rules.lines:
        if line.kind in target.kinds:
            (technical if line.counts[0].units <= set(RECOMMENDATIONS) else others).append(line)
    return technical, others


def _steps(moves: UpgradeMoves) -> tuple[UpgradeStep, ...]:
    return tuple(
        UpgradeStep(unit=RECOMMENDATIONS[place], before=COMPLIANCE_SCALE[rank], after=COMPLIANCE_SCALE[rank + 1])
        for place, start, end in moves
        for rank in range(start, end)
    )
