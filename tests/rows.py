"""Filled rows as the workbook room hands them on, made and looked into by column key."""

from __future__ import annotations

from fatf_kit.assessment.workbook.schema import REGISTER, REQUIREMENTS
from fatf_kit.spreadsheets.rows import FilledRow, RowRef, TableAddress
from fatf_kit.spreadsheets.sheet import CellValue

_LETTERS = "ABCDEFGHIJK"


def raw_row(requirement: str, line: int = 3, **values: CellValue) -> FilledRow:
    """A filled row of requirements, or of the register where a value belongs there, with a column for each value."""
    keys = (REGISTER if {"kind", "title", "link", "holder", "article"} & values.keys() else REQUIREMENTS).value_keys
    table = TableAddress("a.xlsx", "R.1", dict(zip(["id", *values], _LETTERS, strict=False)))
    ref = RowRef(table, line, "A", _LETTERS[len(values)])
    return FilledRow(requirement, keys, tuple(values.get(key, "") for key in keys), ref)


def values_in(row: FilledRow) -> dict[str, CellValue]:
    """What a row says, by column key, in the order of the layout."""
    return row.values


def row_ref(file: str = "a.xlsx", sheet: str = "R.1", line: int = 3, last: str = "F") -> RowRef:
    """A row filled from column A to `last`; the id stands in A, the rating in C."""
    return RowRef(TableAddress(file, sheet, {"id": "A", "rating": "C", "missing": "F"}), line, "A", last)
