"""Figures by line: "ml-cases/total/investigations", or "disseminations/*/used" for every row but the total."""

from __future__ import annotations

from collections.abc import Iterable

from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.figures import Number, Statistics, StatisticsReturn
from fatf_kit.statistics.model import TotalKind


def expand_selector(line: str) -> tuple[str, ...]:
    """Return the lines that a selector means.

    >>> expand_selector("ml-sanctions/*/custodial")
    ('ml-sanctions/natural/custodial', 'ml-sanctions/legal/custodial')
    """
    table_id, row_id, measure_id = line.split("/")
    if row_id != "*":
        return (line,)
    table = load_definitions().tables[table_id]
    return tuple(
        table.line(row.id, measure.id)
        for row, measure in table.lines()
        if measure.id == measure_id and row.id != table.total
    )


def expand_selectors(selectors: Iterable[str]) -> tuple[str, ...]:
    """Return the lines that several selectors mean."""
    return tuple(line for selector in selectors for line in expand_selector(selector))


def sum_in_year(selectors: Iterable[str], year: int, statistics: Statistics) -> Number | None:
    """Return the sum over the lines in a year; None where none of them is known.

    A row of totals that no agency gave is the sum of the rows above, where each case is in one row only.
    """
    found: list[Number] = []
    for selector in selectors:
        table_id, row_id, measure_id = selector.split("/")
        table = load_definitions().tables[table_id]
        is_exact = row_id == table.total and table.total_kind is TotalKind.EXACT
        is_summed = is_exact and statistics.value(selector, year) is None
        lines = expand_selector(f"{table_id}/*/{measure_id}" if is_summed else selector)
        found += [value for line in lines if (value := statistics.value(line, year)) is not None]
    return sum(found) if found else None


def sum_over_years(selectors: Iterable[str], statistics: Statistics) -> Number | None:
    """Return the sum over all years; None where no year is known."""
    lines = tuple(selectors)
    found = [v for year in statistics.years if (v := sum_in_year(lines, year, statistics)) is not None]
    return sum(found) if found else None


def find_returns_behind(lines: Iterable[str], statistics: Statistics) -> tuple[StatisticsReturn, ...]:
    """Return the returns that gave a figure for any of the lines."""
    wanted = set(lines)
    return tuple(one for one in statistics.returns if any(figure.line in wanted for figure in one.figures))
