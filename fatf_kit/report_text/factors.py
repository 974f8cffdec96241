"""The deficiencies behind the ratings: the cells of a table of ratings divided into factors."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from fatf_kit.core.ratings import ComplianceRating
from fatf_kit.report_text.model import Deficiency, PrintedTable, RatingRow
from fatf_kit.report_text.words import ReportPatterns, read_suffix
from fatf_kit.texts.folding import fold
from fatf_kit.texts.lists import divide_items, ends_with_stop
from fatf_kit.texts.model import TextLine
from fatf_kit.texts.sentences import SentenceWords

_WITHOUT = (ComplianceRating.C, ComplianceRating.NA)
"""Ratings of Recommendations that have no deficiency."""

_FEW = 5
"""A table has full stops if at least one row in so many ends with one."""


def find_named_criteria(unit: str, text: str, patterns: ReportPatterns) -> tuple[str, ...]:
    """Return the criteria of a Recommendation that a text names, each once, whether the edition has them or not.

    >>> find_named_criteria("R.10", "No duty (c.10.2), see also criterion 11.1", ReportPatterns("en"))
    ('R.10/10.2',)
    """
    chapter = unit.removeprefix("R.")
    named = (
        f"{unit}/{chapter}.{int(match['second'])}{read_suffix(match)}"
        for match in patterns.criterion_reference.finditer(fold(text))
        if match["first"].lstrip("0") == chapter and len(match["second"]) <= 2
    )
    return tuple(dict.fromkeys(named))


def divide_factors(
    tables: Sequence[PrintedTable], patterns: ReportPatterns, lines: Sequence[TextLine]
) -> tuple[Deficiency, ...]:
    """Return the deficiencies of the table of factors; of several such tables the last one counts.

    A Recommendation that is rated C or NA for certain has none, whatever its cell says. `lines` are those of the whole
    report, which show the words that begin a sentence where the factors of the table have no full stop.
    """
    with_factors = [table for table in tables if table.has_factors]
    if not with_factors:
        return ()
    most = max(_count_filled(table) for table in with_factors)
    table = next(table for table in reversed(with_factors) if _count_filled(table) * 2 >= most)
    begins = None if _has_stops(table) else SentenceWords(line.text for line in lines).begins_sentence
    return tuple(deficiency for row in table.rows.values() for deficiency in _divide_row(row, table, patterns, begins))


def _has_stops(table: PrintedTable) -> bool:
    """Return whether the factors of a table end with full stops, by the last lines of its rows."""
    ends = [ends_with_stop(row.lines[-1].text) for row in table.rows.values() if row.lines]
    return sum(ends) * _FEW >= len(ends)


def _count_filled(table: PrintedTable) -> int:
    return sum(bool(row.lines) for row in table.rows.values())


def _divide_row(
    row: RatingRow, table: PrintedTable, patterns: ReportPatterns, begins: Callable[[str], bool] | None
) -> Iterator[Deficiency]:
    if row.rating in _WITHOUT and row.is_sure:
        return
    for item in divide_items(row.lines, edges=table.edges, begins_sentence=begins):
        if not patterns.is_fulfilled(item.text):
            named = find_named_criteria(row.unit, item.text, patterns)
            yield Deficiency(unit=row.unit, criteria=named, page=item.page, text=item.text)
