"""A flat table of a report as a CSV file, for statistics programs and for spreadsheets."""

from __future__ import annotations

import csv
import io

from fatf_kit.core.languages import remove_unreadable
from fatf_kit.report.model import DataTable, FlatValue

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def render_csv(table: DataTable) -> bytes:
    """Return the table as UTF-8 with a byte order mark, by which Excel knows it; the first line has the keys.

    A missing value is an empty field. "NA" is the rating "not applicable".
    """
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow(column.key for column in table.columns)
    writer.writerows([_written(value) for value in row] for row in table.rows)
    return target.getvalue().encode("utf-8-sig")


def guard_formula(text: str) -> str:
    """Return the text, after an apostrophe where a spreadsheet would take it for a formula.

    >>> guard_formula("=1+1"), guard_formula("R.10")
    ("'=1+1", 'R.10')
    """
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text


def _written(value: FlatValue) -> str | int | float | None:
    if isinstance(value, str):
        return guard_formula(remove_unreadable(value))
    return int(value) if isinstance(value, bool) else value
