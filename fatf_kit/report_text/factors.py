"""The deficiencies behind the ratings: the cells of a table of ratings divided into factors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fatf_kit.core.ratings import ComplianceRating
from fatf_kit.report_text.model import Deficiency, PrintedTable, RatingRow
from fatf_kit.report_text.words import ReportPatterns, read_suffix
from fatf_kit.texts.folding import fold
from fatf_kit.texts.lists import divide_items

_WITHOUT = (ComplianceRating.C, ComplianceRating.NA)
"""Ratings of Recommendations that have no deficiency."""


def find_named_criteria(unit: str, text: str, patterns: ReportPatterns) -> tuple[str, ...]:
    """Return the criteria of a Recommendation that a text names, each once, whether the edition has them or not.

    >>> find_named_criteria("R.10", "No duty (c.10.2), see also criterion 11.1", ReportPatterns("en"))
    ('R.10/10.2',)
    """
    own = unit.removeprefix("R.")
    named = (
        f"{unit}/{own}.{int(found['second'])}{read_suffix(found)}"
        for found in patterns.criterion_reference.finditer(fold(text))
        if found["first"].lstrip("0") == own and len(found["second"]) <= 2
    )
    return tuple(dict.fromkeys(named))


def divide_factors(tables: Sequence[PrintedTable], patterns: ReportPatterns) -> tuple[Deficiency, ...]:
    """Return the deficiencies of the table of factors; of several such tables the last one counts.

    A Recommendation that is rated C or NA for certain has none, whatever its cell says.
    """
    with_factors = [table for table in tables if table.has_factors]
    if not with_factors:
        return ()
    most = max(_count_filled(table) for table in with_factors)
    table = next(table for table in reversed(with_factors) if _count_filled(table) * 2 >= most)
    return tuple(part for row in table.rows.values() for part in _divide_row(row, table, patterns))


def _count_filled(table: PrintedTable) -> int:
    return sum(bool(row.lines) for row in table.rows.values())


def _divide_row(row: RatingRow, table: PrintedTable, patterns: ReportPatterns) -> Iterator[Deficiency]:
    if row.rating in _WITHOUT and row.is_sure:
        return
    for item in divide_items(row.lines, edges=table.edges):
        if not patterns.is_fulfilled(item.text):
            named = find_named_criteria(row.unit, item.text, patterns)
            yield Deficiency(unit=row.unit, criteria=named, page=item.page, text=item.text)
