"""Helpers that make filled rows as the reader of workbooks returns them, and give their values by column key."""

from __future__ import annotations

from fatf_kit.assessment.workbook.schema import REGISTER, REQUIREMENTS
from fatf_kit.spreadsheets.rows import FilledRow, RowRef, TableAddress
from fatf_kit.spreadsheets.sheet import CellValue

_LETTERS = "ABCDEFGHIJK"


def raw_row(requirement: str, line: int = 3, **values: CellValue) -> FilledRow:
    """Return a filled row with a column for each value: of requirements, or of the register for one of its columns."""
    keys = (REGISTER if {"kind", "title", "link", "holder", "article"} & values.keys() else REQUIREMENTS).value_keys
    table = TableAddress("a.xlsx", "R.1", dict(zip(["id", *values], _LETTERS, strict=False)))
    ref = RowRef(table, line, "A", _LETTERS[len(values)])
    return FilledRow(requirement, keys, tuple(values.get(key, "") for key in keys), ref)


def values_in(row: FilledRow) -> dict[str, CellValue]:
    """Return the values of a row by column key, in the order of the layout."""
    return row.values


def row_ref(file: str = "a.xlsx", sheet: str = "R.1", line: int = 3, last: str = "F") -> RowRef:
    """Return the reference of a row filled from column A to `last`; the id is in A, the rating in C."""
    return RowRef(TableAddress(file, sheet, {"id": "A", "rating": "C", "missing": "F"}), line, "A", last)
