"""One declaration of a results table gives its table in a document, its sheet in Excel, its CSV file and its frame.

A table of counts by agency, whole:

    table = ResultsTable[AgencyCount](
        "agencies",
        t("By agency"),
        (
            ResultColumn("agency", t("Agency"), lambda row: row.agency, ValueKind.ID, sheet=14, document=3),
            ResultColumn("name", t("Name"), lambda row: row.name, sheet=40, document=5),
            ResultColumn("asked", t("Asked"), lambda row: row.asked, ValueKind.COUNT, sheet=9, document=2),
            ResultColumn("first_due", t("Due"), lambda row: row.due, ValueKind.DATE, sheet=12),
        ),
    )
    block, sheet = table.in_document(rows), table.in_sheet(rows)

`block` is a part of a section; `sheet` goes into `Report.tables`, from which the Excel file, the CSV files and
`fatf_kit.report_frames` are made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import KW_ONLY, dataclass
from typing import Generic, TypeVar

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
"""What a row of the table is about, such as a finding."""

_NUMBERS = (ValueKind.COUNT, ValueKind.NUMBER)


@dataclass(frozen=True)
class ResultColumn(Generic[R]):
    """A column of a results table.

    Attributes:
        key: The stable name of the column in CSV files and frames.
        title: Its heading in the language of the reader.
        value: Gives the value of a row; None where it is missing. A `TableCell` is taken for its rating, else its text.
        kind: What the values are; numbers are aligned in a document, and ids keep their direction.
        sheet: The width in the sheet, in letters; 0 leaves the column out of sheet, CSV and frame.
        document: The share of the width in a document; 0 leaves the column out of the document.
        cell: Gives the cell in the document, where it shows more than the value.
        is_end: Whether the column has one end of a range of ratings (see `DataColumn`).
        is_plain: Whether ratings in the sheet have no colours (see `DataColumn`).
    """

    key: str
    title: str
    value: Callable[[R], FlatValue | TableCell]
    kind: ValueKind = ValueKind.TEXT
    _: KW_ONLY
    sheet: int = 0
    document: int = 0
    cell: Callable[[R], TableCell] | None = None
    is_end: bool = False
    is_plain: bool = False

    def make_cell(self, row: R) -> TableCell:
        """Return the cell of a row in a document."""
        shown = (self.cell or self.value)(row)
        if isinstance(shown, TableCell):
            return shown
        return TableCell(text="" if shown is None else str(shown), ltr=self.kind is ValueKind.ID)

    def make_value(self, row: R) -> FlatValue:
        """Return the value of a row in a sheet."""
        value = self.value(row)
        return (value.rating or value.text or None) if isinstance(value, TableCell) else value


@dataclass(frozen=True)
class ResultsTable(Generic[R]):
    """A table of results. `facets` gives what a reader of a page may filter a row by (see `TableRow`)."""

    key: str
    title: str
    columns: tuple[ResultColumn[R], ...]
    facets: Callable[[R], Mapping[str, tuple[str, ...]]] | None = None

    def in_sheet(self, rows: Iterable[R]) -> DataTable:
        """Return the flat table for the Excel sheet, the CSV file and the data frame."""
        columns = [column for column in self.columns if column.sheet]
        return DataTable(
            key=self.key,
            title=self.title,
            columns=tuple(
                DataColumn(
                    key=column.key,
                    title=column.title,
                    width=column.sheet,
                    kind=column.kind,
                    is_end=column.is_end,
                    is_plain=column.is_plain,
                )
                for column in columns
            ),
            rows=tuple(tuple(column.make_value(row) for column in columns) for row in rows),
        )

    def in_document(self, rows: Iterable[R], *, name: str = "", caption: str = "", empty: str = "") -> DocumentTable:
        """Return the table of a document.

        Args:
            rows: What the table is about, in its order.
            name: The id of the table in the document; the key where it is left out.
            caption: The caption; the title where it is left out.
            empty: What the document says where there are no rows.
        """
        columns = [column for column in self.columns if column.document]
        return DocumentTable(
            id=name or self.key,
            caption=caption or self.title,
            columns=tuple(
                TableColumn(title=column.title, width=column.document, number=column.kind in _NUMBERS)
                for column in columns
            ),
            rows=tuple(
                TableRow(
                    cells=tuple(column.make_cell(row) for column in columns),
                    facets=self.facets(row) if self.facets else {},
                )
                for row in rows
            ),
            empty=empty,
        )
