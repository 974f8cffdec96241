"""Filled rows of a table as they were read, each with its address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from fatf_kit.core.problems import CellRef
from fatf_kit.spreadsheets.sheet import CellValue


class TableAddress(NamedTuple):
    """The place of the rows of a table: `columns` has the letters of each column by key, in the order of the sheet."""

    file: str
    sheet: str
    columns: Mapping[str, str]

    def cell(self, key: str, line: int) -> CellRef:
        """Return the cell of a column in a row counted from 1; the row's first one where the sheet has no such column.

        >>> TableAddress("fiu.xlsx", "R.10", {"rating": "C"}).cell("rating", 14).cell
        'C14'
        """
        letters = self.columns.get(key) or next(iter(self.columns.values()))
        return CellRef(self.file, self.sheet, f"{letters}{line}")


class RowRef(NamedTuple):
    """A filled row: line `line` from 1 of a table, filled from the column with the letters `first` to that of `last`.

    Tens of thousands are kept, so that addresses are put together when they are needed.

    >>> row = RowRef(TableAddress("fiu.xlsx", "R.10", {"id": "A", "rating": "C", "missing": "H"}), 14, "A", "H")
    >>> row.at("rating").cell, row.at("action", "id").cell, row.place.cell
    ('C14', 'A14', 'A14:H14')
    """

    table: TableAddress
    line: int
    first: str
    last: str

    def at(self, *keys: str) -> CellRef:
        """Return the cell of the first of these columns that the sheet has, filled or not; else the row's first one."""
        return self.table.cell(next((key for key in keys if key in self.table.columns), keys[-1]), self.line)

    @property
    def place(self) -> CellRef:
        """Return the run of its filled cells, for what concerns the row as a whole."""
        begin, end = f"{self.first}{self.line}", f"{self.last}{self.line}"
        return CellRef(self.table.file, self.table.sheet, begin if begin == end else f"{begin}:{end}")


class FilledRow(NamedTuple):
    """One filled row. `cells` has the value under each of the keys of its table, else "".

    `id` is the id as found, without invisible marks; empty where the row has none. `typed_over` are the keys of printed
    columns in which people have put something else.

    >>> at = TableAddress("fiu.xlsx", "R.10", {"id": "A", "rating": "C", "missing": "H"})
    >>> FilledRow("R.10/10.1", ("rating", "missing"), ("met", ""), RowRef(at, 14, "A", "C")).values
    {'rating': 'met'}
    """

    id: str
    keys: tuple[str, ...]
    cells: tuple[CellValue, ...]
    ref: RowRef
    typed_over: tuple[str, ...] = ()

    @property
    def values(self) -> dict[str, CellValue]:
        """Return what is filled in, by key."""
        return {key: value for key, value in zip(self.keys, self.cells, strict=True) if value != ""}
