"""Figures by line: "ml-cases/total/investigations", or "disseminations/*/used" for every row but the total."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fatf_kit.statistics.figures import Number, Statistics, StatisticsReturn
from fatf_kit.statistics.model import Definitions, TotalKind


def expand_selector(line: str, definitions: Definitions) -> tuple[str, ...]:
    """The lines a selector stands for.

    >>> from fatf_kit.statistics.definitions import load_definitions
    >>> expand("ml-sanctions/*/custodial", load_definitions())
    ('ml-sanctions/natural/custodial', 'ml-sanctions/legal/custodial')
    """
    table_id, row_id, measure_id = line.split("/")
    if row_id != "*":
        return (line,)
    table = definitions.tables[table_id]
    return tuple(
        table.line(row.id, measure.id)
        for row, measure in table.lines()
        if measure.id == measure_id and row.id != table.total
    )


def sum_in_year(selectors: Iterable[str], year: int, statistics: Statistics, definitions: Definitions) -> Number | None:
    """The sum over the lines in a year; None where none of them is known.

    A row of totals that nobody gave is the sum of the rows above, where each case stands in one row only.
    """
    found = [v for selector in selectors for v in _numbers(selector, year, statistics, definitions)]
    return sum(found) if found else None


def sum_over_years(selectors: Iterable[str], statistics: Statistics, definitions: Definitions) -> Number | None:
    """The sum over all years; None where no year is known."""
    lines = tuple(selectors)
    found = [v for y in statistics.years if (v := sum_in_year(lines, y, statistics, definitions)) is not None]
    return sum(found) if found else None


def find_returns_behind(
    selectors: Iterable[str], statistics: Statistics, definitions: Definitions
) -> tuple[StatisticsReturn, ...]:
    """The returns that gave a figure for any of the lines."""
    lines = {line for selector in selectors for line in expand_selector(selector, definitions)}
    return tuple(one for one in statistics.returns if any(figure.line in lines for figure in one.figures))


def _numbers(selector: str, year: int, statistics: Statistics, definitions: Definitions) -> Iterator[Number]:
    table_id, row_id, measure_id = selector.split("/")
    table = definitions.tables[table_id]
    if row_id == table.total and statistics.value(selector, year) is None and table.total_kind is TotalKind.EXACT:
        selector = f"{table_id}/*/{measure_id}"
    for line in expand_selector(selector, definitions):
        value = statistics.value(line, year)
        if value is not None:
            yield value
