"""Counts of the same thing by two authorities are compared: sent and received, asked for and handed in.

Years that begin in different months shift files from one year to the next without anything being lost. So where the
calendars differ and the sums over all years agree, it is only noted that the years were not compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.figures import Number, Statistics
from fatf_kit.statistics.model import AgencyComparison, Unit
from fatf_kit.statistics.observations import Observation, ObservationKind


def check_across_agencies(statistics: Statistics) -> Iterator[Observation]:
    """Yield what every comparison finds, over the years for which both sides are known."""
    for comparison in load_definitions().comparisons.values():
        left, right = comparison.left, comparison.right
        if comparison.each_row:
            lines = load_definitions().expand(right)
            for row in dict.fromkeys(line.split("/")[1] for line in lines):
                here = tuple(selector.replace("*", row) for selector in left)
                there = tuple(selector.replace("*", row) for selector in right)
                yield from _compare(comparison, here, there, statistics)
        else:
            yield from _compare(comparison, left, right, statistics)


def _compare(
    comparison: AgencyComparison, left: tuple[str, ...], right: tuple[str, ...], statistics: Statistics
) -> Iterator[Observation]:
    definitions = load_definitions()
    here, there = definitions.expand(left), definitions.expand(right)
    pairs: dict[int, tuple[Number, Number]] = {}
    for year in statistics.years:
        one, other = statistics.sum_in_year(left, year), statistics.sum_in_year(right, year)
        given = [value for line in there if (value := statistics.values.get((line, year)))]
        if one is not None and other is not None and not any(value.is_partial for value in given):
            pairs[year] = (one, other)
    differ = partial(_differ, comparison, here, there)
    years = tuple(year for year, values in pairs.items() if differ(*values))
    if not years:
        return
    totals = [sum(values) for values in zip(*pairs.values(), strict=True)]
    lines_of = [(one, {figure.line for figure in one.figures}) for one in statistics.returns]
    returns = [one for side in (here, there) for one, lines in lines_of if lines & set(side)]
    is_shifted = len({one.calendar for one in returns}) > 1
    is_explained = is_shifted and not differ(*totals, is_overall=True)
    found = [statistics.values.get((line, year)) for line in (*here, *there) for year in years]
    tables = [definitions.lines[side[0]][0] for side in (here, there)]
    yield Observation(
        kind=ObservationKind.EXPLAINED if is_explained else ObservationKind.BETWEEN,
        comparison=comparison.id,
        outcomes=tuple(dict.fromkeys(outcome for table in tables for outcome in table.outcomes)),
        line=here[0],
        other=there[0],
        is_by_row=comparison.each_row,
        years=years,
        agencies=tuple(dict.fromkeys(one.agency for one in returns)),
        numbers={
            "left": sum(pairs[year][0] for year in years),
            "right": sum(pairs[year][1] for year in years),
            "left_total": totals[0],
            "right_total": totals[1],
        },
        refs=tuple(ref for value in found if value for ref in value.refs),
    )


def _differ(
    comparison: AgencyComparison,
    here: tuple[str, ...],
    there: tuple[str, ...],
    one: Number,
    other: Number,
    *,
    is_overall: bool = False,
) -> bool:
    """Return whether two counts differ by more than is usual.

    What one authority reports twice has to be the same but for rounding. A count that is at most another one differs
    only where it is the larger one.
    """
    definitions = load_definitions()
    is_amount = definitions.lines[here[0]][2].unit is Unit.AMOUNT
    share, least = 0.0, 0.0
    if definitions.all_roles_of(here) != definitions.all_roles_of(there):
        share = definitions.limit("between_total_share" if is_overall else "between_share")
        least = 0 if is_amount else definitions.limit("between_least")
    elif is_amount:
        share = definitions.limit("amount_rounding")
    gap = one - other if comparison.kind == "at_most" else abs(one - other)
    return gap > max(least, share * max(one, other)) + 1e-9
