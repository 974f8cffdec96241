"""Tables that only a document has, built from their headings and the texts of their rows.

A table that also becomes a sheet or a data frame is a `ResultsTable`. For one that only a page shows, its keys
and kinds would be lines that nothing uses.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from fatf_kit.core.messages import Translator
from fatf_kit.report.model import DocumentTable, TableCell, TableColumn, TableRow

Heading = tuple[str, int] | tuple[str, int, bool]
"""The title of a column, its share of the width, and True where it holds numbers."""


def make_table(
    name: str,
    caption: str,
    headings: Iterable[Heading],
    rows: Iterable[TableRow | Iterable[object]],
    *,
    empty: str = "",
) -> DocumentTable:
    """Return a table; `empty` is what the document says where there are no rows.

    >>> make_table("ratings", "Ratings", (("Unit", 2), ("Rating", 1)), [("R.1", "LC")]).rows[0].cells[1].text
    'LC'
    """
    return DocumentTable(
        id=name,
        caption=caption,
        columns=tuple(TableColumn(title=title, width=width, number=any(number)) for title, width, *number in headings),
        rows=tuple(row if isinstance(row, TableRow) else make_row(row) for row in rows),
        empty=empty,
    )


def make_row(cells: Iterable[object], **facets: str) -> TableRow:
    """Return a row of cells, or of values that are shown as texts; `facets` are what a reader may filter by."""
    return TableRow(
        cells=tuple(
            cell if isinstance(cell, TableCell) else TableCell(text=str(cell), order=_find_number(cell))
            for cell in cells
        ),
        facets={name: (value,) for name, value in facets.items()},
    )


def keep_ltr(value: object, target: str | None = None) -> TableCell:
    """Return a cell for an id, a code or a number, which keeps its direction in right-to-left text."""
    return TableCell(text=str(value), target=target, ltr=True, order=_find_number(value))


def make_day_cell(day: date | None, t: Translator, missing: str = "–", *, detail: str = "") -> TableCell:
    """Return a cell with a day in words, which sorts by time."""
    return TableCell(text=t.day(day) if day else missing, day=str(day or ""), detail=detail)


def make_month_cell(month: str, t: Translator, missing: str = "–", *, detail: str = "") -> TableCell:
    """Return a cell with a month, given as "YYYY-MM" or empty, in words, which sorts by time."""
    return TableCell(text=t.month(month) if month else missing, day=month, detail=detail)


def make_sources_table(name: str, rules: Iterable[tuple[str, str, str]], t: Translator) -> DocumentTable:
    """Return the table of rules with their sources and degrees of confidence, both of which are messages."""
    heads = ((t("Rule"), 4), (t("Source"), 10), (t("Confidence"), 3))
    rows = ((rule, t(source), t(confidence)) for rule, source, confidence in rules)
    return make_table(name, t("Rules and their sources"), heads, rows)


def _find_number(value: object) -> float | None:
    return value if isinstance(value, int | float) else None


def make_rating_cell(unit: str, text: str, detail: str = "") -> TableCell:
    """Return the cell of a rating, or of a range of ratings, in the colours of the unit's scale."""
    scale = "effectiveness" if unit.startswith("IO.") else "compliance"
    return TableCell(text=text, rating=text, scale=scale, detail=detail, ltr=True)
