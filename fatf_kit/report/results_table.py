"""One declaration of a results table gives its table in a document, its sheet in Excel, its CSV file and its frame.

A table of counts by agency, whole:

    table = ResultsTable[AgencyCount](
        "agencies",
        t("Agencies"),
        (
            ResultColumn("agency", t("Agency"), kind=ID, sheet=14, page=3),
            ResultColumn("name", t("Name"), lambda row: row.agency.title, sheet=40, page=5),
            ResultColumn("asked", t("Asked"), kind=COUNT, sheet=9, page=2),
            ResultColumn("first_due", t("Due"), lambda row: row.due, DATE, sheet=12),
        ),
    )
    block, sheet = table.in_document(rows), table.in_sheet(rows)

`block` is a part of a section; `sheet` goes into `Report.tables`, from which the Excel file, the CSV files and
`fatf_kit.report_frames` are made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import KW_ONLY, dataclass
from datetime import date
from typing import Generic, TypeVar

from fatf_kit.core.problems import CellRef
from fatf_kit.report.model import (
    DataColumn,
    DataTable,
    DocumentTable,
    FlatValue,
    TableCell,
    TableColumn,
    TableRow,
    ValueKind,
)

R = TypeVar("R")
"""The subject of a row of the table, such as a finding."""

ID, RATING, RANGE_END = ValueKind.ID, ValueKind.RATING, ValueKind.RANGE_END
COUNT, NUMBER, DATE, YES_NO = ValueKind.COUNT, ValueKind.NUMBER, ValueKind.DATE, ValueKind.YES_NO
AMOUNT = ValueKind.AMOUNT


@dataclass(frozen=True)
class ResultColumn(Generic[R]):
    """A column of a results table.

    Attributes:
        key: The stable name of the column in CSV files and frames.
        title: Its heading in the language of the reader.
        value: Gives the value of a row; the field `key` of the row where it is left out. None and "" are missing,
            several texts are joined by commas, a date is written as ISO 8601 has it, a `TableCell` is its rating,
            else its text, and everything else that is no number is its text.
        kind: What the values are; numbers are aligned in a document, and ids keep their direction.
        sheet: The width in the sheet, in letters; 0 leaves the column out of sheet, CSV and frame.
        page: The share of the width in a document; 0 leaves the column out of the document.
        cell: Gives the cell in the document, where it shows more than the value.
    """

    key: str
    title: str
    value: Callable[[R], object] | None = None
    kind: ValueKind = ValueKind.TEXT
    _: KW_ONLY
    sheet: int = 0
    page: int = 0
    cell: Callable[[R], TableCell] | None = None

    def find_value(self, row: R) -> FlatValue | TableCell:
        """Return the value of a row, or the cell that `value` made of it."""
        found = self.value(row) if self.value else getattr(row, self.key)
        if isinstance(found, TableCell | int | float):
            return found
        if isinstance(found, tuple | list) and not isinstance(found, CellRef):
            found = ", ".join(map(str, found))
        return (found.isoformat() if isinstance(found, date) else str(found)) if found not in (None, "") else None

    def make_cell(self, row: R) -> TableCell:
        """Return the cell of a row in a document."""
        shown = self.cell(row) if self.cell else self.find_value(row)
        if isinstance(shown, TableCell):
            return shown
        return TableCell(
            text="" if shown is None else str(shown),
            ltr=self.kind is ValueKind.ID,
            day=str(shown) if shown and self.kind is ValueKind.DATE else "",
            order=shown if isinstance(shown, int | float) else None,
        )

    def make_value(self, row: R) -> FlatValue:
        """Return the value of a row in a sheet."""
        value = self.find_value(row)
        return (value.rating or value.text or None) if isinstance(value, TableCell) else value


@dataclass(frozen=True)
class ResultsTable(Generic[R]):
    """A table of results. `facets` gives what a reader of a page may filter a row by (see `TableRow`)."""

    key: str
    title: str
    columns: tuple[ResultColumn[R], ...]
    facets: Callable[[R], Mapping[str, tuple[str, ...]]] = lambda _: {}

    def in_sheet(self, rows: Iterable[R]) -> DataTable:
        """Return the flat table for the Excel sheet, the CSV file and the data frame."""
        columns = [column for column in self.columns if column.sheet]
        return DataTable(
            key=self.key,
            title=self.title,
            columns=tuple(DataColumn(key=c.key, title=c.title, width=c.sheet, kind=c.kind) for c in columns),
            rows=tuple(tuple(column.make_value(row) for column in columns) for row in rows),
        )

    def in_document(self, rows: Iterable[R], *, name: str = "", caption: str = "", empty: str = "") -> DocumentTable:
        """Return the table of a document.

        Args:
            rows: What the table is about, in its order.
            name: The id of the table in the document; the key where it is left out.
            caption: The caption; the title where it is left out.
            empty: The text of the document where there are no rows.
        """
        columns = [column for column in self.columns if column.page]
        numbers = (COUNT, NUMBER, AMOUNT)
        return DocumentTable(
            id=name or self.key,
            caption=caption or self.title,
            columns=tuple(TableColumn(title=c.title, width=c.page, number=c.kind in numbers) for c in columns),
            rows=tuple(
                TableRow(cells=tuple(column.make_cell(row) for column in columns), facets=self.facets(row))
                for row in rows
            ),
            empty=empty,
        )


def make_link_cell(name: str, *, target: str = "", detail: str = "") -> TableCell:
    """Return a cell with an id that leads to a section of the document: the one of that name, or `target`."""
    return TableCell(text=name, detail=detail, target=target or name, ltr=True)
