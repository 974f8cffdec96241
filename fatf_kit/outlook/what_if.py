"""The smallest sets of one-step upgrades that reach a target: all counted, the first ones listed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fatf_kit.framework.rules import RECOMMENDATIONS
from fatf_kit.outlook.evaluate import best_case, line_holds, open_units, worst_case
from fatf_kit.outlook.listing import Moves, first_sets
from fatf_kit.outlook.model import Line, Rating, Ratings, Rules, Step, Target, WhatIf
from fatf_kit.outlook.search import search
from fatf_kit.ratings import COMPLIANCE_LADDER

SETS_SHOWN = 20


def find_smallest_sets(
    rules: Rules,
    ratings: Ratings,
    target: Target,
    *,
    shown: int = SETS_SHOWN,
    shortcomings: Mapping[str, int] | None = None,
) -> WhatIf:
    """All smallest sets of steps after which no line of the target holds.

    Only Recommendations move, because outcomes are not re-rated technically. Open ratings stand at their best, so that
    what is not known counts nowhere; `worst_case_steps` says what it takes at their worst.

    Args:
        rules: The lines of an edition.
        ratings: As for `fatf_kit.outlook.evaluate`.
        target: What is to be reached.
        shown: How many sets are written out at most.
        shortcomings: Open shortcomings by Recommendation, for ranking; None where they are not known.
    """
    technical, others = _by_scale(rules, target)
    best, worst = best_case(ratings), worst_case(ratings)
    held_by = _holding(others, best)
    found = None if held_by else search(technical, best)
    if best == worst:
        worst_case_steps = found.steps if found else None
    else:
        worst_case_steps = None if _holding(others, worst) else search(technical, worst).steps
    return WhatIf(
        rules=rules,
        target=target,
        reachable=found is not None,
        held_by=held_by,
        steps=found.steps if found else None,
        worst_case_steps=worst_case_steps,
        sets=tuple(map(_steps, first_sets(found, shown, shortcomings or {}))) if found else (),
        sets_total=found.total if found else 0,
        ranked_by_shortcomings=shortcomings is not None,
        open_units=open_units(ratings),
    )


def _by_scale(rules: Rules, target: Target) -> tuple[list[Line], list[Line]]:
    """The target's lines that count Recommendations, and those that count outcomes."""
    technical: list[Line] = []
    others: list[Line] = []
    for line in rules.lines:
        if line.kind in target.kinds:
            (technical if line.counts[0].units <= set(RECOMMENDATIONS) else others).append(line)
    return technical, others


def _holding(lines: Sequence[Line], ratings: Mapping[str, Rating]) -> tuple[str, ...]:
    return tuple(line.id for line in lines if line_holds(line, ratings))


def _steps(moves: Moves) -> tuple[Step, ...]:
    return tuple(
        Step(unit=RECOMMENDATIONS[place], before=COMPLIANCE_LADDER[rank], after=COMPLIANCE_LADDER[rank + 1])
        for place, start, end in moves
        for rank in range(start, end)
    )
