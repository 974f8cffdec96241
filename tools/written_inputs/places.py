"""Tables of workbooks that were written, by_table again by their row of keys, to type into them with openpyxl."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from fatf_kit.spreadsheets.schema import CellKind, SheetColumn, SheetTable

_TOP, _DEEP = 30, 40
"""Rows among which the keys of a table are, and rows below them among which its rows are."""


@dataclass(frozen=True)
class Place:
    """A table in a workbook: the row of its keys, the column of each (from 1), the rows that are filled in."""

    sheet: Worksheet
    table: SheetTable
    keys: int
    columns: Mapping[str, int]
    rows: tuple[int, ...]

    @property
    def typed_columns(self) -> list[SheetColumn]:
        """The columns in which people type."""
        columns = (column for column in self.table.columns if column.key in self.table.value_keys)
        return [c for c in columns if c.kind is not CellKind.PRINTED and c.key in self.columns]

    def typed_columns_of(self, *kinds: CellKind) -> list[SheetColumn]:
        """Return the columns of some kinds in which people type."""
        return [column for column in self.typed_columns if column.kind in kinds]

    def cell(self, row: int, key: str) -> str:
        """The address of a cell in a row that is filled in (from 0)."""
        return str(self.sheet.cell(self.rows[row], self.columns[key]).coordinate)


def find_places(book: Workbook, tables: Iterable[SheetTable], rows: int) -> list[Place]:
    """Return one place for each table that a workbook has, on the first sheet that has it, with so many rows."""
    known = tuple(tables)
    by_table: dict[str, Place] = {}
    for sheet in book.worksheets:
        if of_sheet := [place for table in known if (place := _find_place(sheet, table, rows))]:
            place = max(of_sheet, key=lambda place: len(place.columns))
            by_table.setdefault(place.table.name, place)
    return list(by_table.values())


def _find_place(sheet: Worksheet, table: SheetTable, wanted: int) -> Place | None:
    for row in sheet.iter_rows(max_row=_TOP):
        columns = {str(cell.value): int(cell.column or 0) for cell in row if cell.value in table.by_key}
        if table.id in columns and len(columns) >= max(table.enough, len(table.read_keys) // 2):
            keys = int(row[0].row or 0)
            first = keys + 1
            below = range(first, first + _DEEP)
            named = [n for n in below if sheet.cell(n, columns[table.id]).value]
            blank = [n for n in below if n not in named]
            return Place(sheet, table, keys, columns, tuple([*named, *blank][:wanted]))
    return None
