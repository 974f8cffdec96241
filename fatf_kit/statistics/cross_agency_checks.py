"""What two authorities count of the same thing: sent and received, asked for and handed in.

Years that begin in different months shift files from one year to the next without anything being lost. So where the
calendars differ and the sums over all years agree, no alarm is raised; it is noted that the years were not compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from fatf_kit.core.problems import CellRef
from fatf_kit.statistics.figures import Number, Statistics
from fatf_kit.statistics.line_selection import expand_selector, find_returns_behind, sum_in_year
from fatf_kit.statistics.model import AgencyComparison, Definitions, Unit
from fatf_kit.statistics.observations import Observation, ObservationKind


def check_across_agencies(statistics: Statistics, definitions: Definitions) -> Iterator[Observation]:
    """Every comparison, over the years for which both sides are known."""
    for comparison in definitions.comparisons:
        for left, right in _pairs(comparison, definitions):
            yield from _compare(comparison, left, right, statistics, definitions)


def _pairs(comparison: AgencyComparison, definitions: Definitions) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Both sides as lines; row by row where the comparison says so."""
    if not comparison.each_row:
        yield comparison.left, comparison.right
        return
    rows = dict.fromkeys(
        line.split("/")[1] for line in chain(*(expand_selector(s, definitions) for s in comparison.right))
    )
    for row in rows:
        yield (
            tuple(selector.replace("*", row) for selector in comparison.left),
            tuple(selector.replace("*", row) for selector in comparison.right),
        )


def _compare(
    comparison: AgencyComparison,
    left: tuple[str, ...],
    right: tuple[str, ...],
    statistics: Statistics,
    definitions: Definitions,
) -> Iterator[Observation]:
    pairs = _both(left, right, statistics, definitions)
    if not pairs:
        return
    here = find_returns_behind(left, statistics, definitions)
    there = find_returns_behind(right, statistics, definitions)
    limits = _Limits(definitions, left[0], alone=_roles(left, definitions) == _roles(right, definitions))
    at_most = comparison.kind == "at_most"
    years = tuple(y for y, (one, other) in pairs.items() if limits.differ(one, other, at_most=at_most))
    if not years:
        return
    totals = [sum(values) for values in zip(*pairs.values(), strict=True)]
    agree = not limits.differ(totals[0], totals[1], at_most=at_most, overall=True)
    shifted = len({one.calendar for one in (*here, *there)}) > 1
    kind = ObservationKind.EXPLAINED if agree and shifted else ObservationKind.BETWEEN
    table, _, _ = definitions.find(expand_selector(left[0], definitions)[0])
    other_table, _, _ = definitions.find(expand_selector(right[0], definitions)[0])
    yield Observation(
        kind=kind,
        comparison=comparison.id,
        outcomes=tuple(dict.fromkeys((*table.outcomes, *other_table.outcomes))),
        line=expand_selector(left[0], definitions)[0],
        other=expand_selector(right[0], definitions)[0],
        by_row=comparison.each_row,
        years=years,
        agencies=tuple(dict.fromkeys(one.agency for one in (*here, *there))),
        numbers={
            "left": sum(pairs[y][0] for y in years),
            "right": sum(pairs[y][1] for y in years),
            "left_total": totals[0],
            "right_total": totals[1],
        },
        refs=_refs(left, right, years, statistics, definitions),
    )


def _both(
    left: tuple[str, ...], right: tuple[str, ...], statistics: Statistics, definitions: Definitions
) -> dict[int, tuple[Number, Number]]:
    """Both amounts, for the years in which both are known in full."""
    pairs: dict[int, tuple[Number, Number]] = {}
    for year in statistics.years:
        one, other = sum_in_year(left, year, statistics, definitions), sum_in_year(right, year, statistics, definitions)
        if one is not None and other is not None and not _is_partial(right, year, statistics, definitions):
            pairs[year] = (one, other)
    return pairs


def _roles(selectors: tuple[str, ...], definitions: Definitions) -> set[str]:
    """Who counts these lines."""
    found = [definitions.find(line) for selector in selectors for line in expand_selector(selector, definitions)]
    return {role for table, row, measure in found for role in table.roles_of(row, measure)}


class _Limits:
    """How far two counts may lie apart. What one authority tells twice has to be the same but for rounding."""

    def __init__(self, definitions: Definitions, line: str, *, alone: bool) -> None:
        unit = definitions.find(expand_selector(line, definitions)[0])[2].unit
        amount = unit is Unit.AMOUNT
        if alone:
            self._share = self._total = definitions.limit("amount_rounding") if amount else 0
            self._least: float = 0
        else:
            self._share, self._total = definitions.limit("between_share"), definitions.limit("between_total_share")
            self._least = 0 if amount else definitions.limit("between_least")

    def differ(self, one: Number, other: Number, *, at_most: bool, overall: bool = False) -> bool:
        """Whether two counts differ by more than is usual; with `at_most` only where the first is the larger one."""
        gap = one - other if at_most else abs(one - other)
        share = self._total if overall else self._share
        return gap > max(self._least, share * max(one, other)) + 1e-9


def _is_partial(selectors: tuple[str, ...], year: int, statistics: Statistics, definitions: Definitions) -> bool:
    """Whether somebody who should have counted gave nothing, so that the sum is too low."""
    lines = (line for selector in selectors for line in expand_selector(selector, definitions))
    return any(v.partial for line in lines if (v := statistics.values.get((line, year))))


def _refs(
    left: tuple[str, ...],
    right: tuple[str, ...],
    years: tuple[int, ...],
    statistics: Statistics,
    definitions: Definitions,
) -> tuple[CellRef, ...]:
    lines = (line for selector in (*left, *right) for line in expand_selector(selector, definitions))
    found = [v for line in lines for y in years if (v := statistics.values.get((line, y)))]
    return tuple(ref for value in found for ref in value.refs)
