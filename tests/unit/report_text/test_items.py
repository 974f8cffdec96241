"""last-report.xlsx is read back with both its tables, and no filled cell of it is lost."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from fatf_kit.core.resources import data_folder
from fatf_kit.report_text.items import ReportAnswers, read_report_items
from fatf_kit.workflows.report_in import report_in

REPORT = data_folder("examples") / "last-report" / "ruritania-2019.txt"
SHEETS = ("Recommended actions", "Deficiencies", "Ratings compared")


@pytest.fixture
def book(tmp_path: Path) -> openpyxl.Workbook:
    """The workbook of the made-up report."""
    report_in(REPORT, tmp_path)
    return openpyxl.load_workbook(tmp_path / "last-report.xlsx")


def read(book: openpyxl.Workbook, tmp_path: Path) -> ReportAnswers:
    """Return what is read of a changed workbook."""
    book.save(tmp_path / "changed.xlsx")
    return read_report_items(tmp_path / "changed.xlsx")


def find_row(sheet: Worksheet, name: str) -> int:
    """Return the row with a number."""
    return next(cell.row for (cell,) in sheet.iter_rows(max_col=1) if cell.value == name)


def test_both_tables_are_read(book: openpyxl.Workbook, tmp_path: Path) -> None:
    """With their units, pages and criteria, and the file of the report."""
    found = read(book, tmp_path)
    assert (found.report, found.problems) == ("ruritania-2019.txt", ())
    assert [(one.id, one.units, one.criteria, one.page, one.is_deficiency) for one in found.items] == [
        ("RA-001", ("IO.6", "R.29"), (), "58", False),
        ("RA-002", ("IO.6",), (), "58", False),
        ("RA-003", ("IO.6",), (), "58", False),
        ("RA-004", ("IO.7",), (), "58", False),
        ("D-001", ("R.1",), ("1.1",), "63", True),
        ("D-002", ("R.2",), ("2.3",), "63", True),
        ("D-003", ("R.4",), ("4.2",), "63", True),
        ("D-004", ("R.5",), ("5.2bis",), "63", True),
    ]
    assert not any(one.is_answered for one in found.items)


def test_rows_that_cannot_be_used_are_reported(book: openpyxl.Workbook, tmp_path: Path) -> None:
    """One without a number, and one with the number of another row; an answer in any column counts."""
    for name, first in zip(SHEETS[:2], ("RA-004", "D-004"), strict=True):
        sheet = book[name]
        row = find_row(sheet, first)
        for place, column in enumerate((6, 7, 9, 10), start=1):
            sheet.cell(row + place, column).value = "A lamp"
        sheet.cell(row + 5, 1).value = first
        sheet.cell(row + 5, 6).value = "Another lamp"
    problems = read(book, tmp_path).problems
    assert [one.code for one in problems] == ["id-missing"] * 8 + ["report-row-twice"] * 2


def test_words_next_to_the_tables_are_reported(book: openpyxl.Workbook, tmp_path: Path) -> None:
    """Beside their columns and on the sheet of ratings, which is only shown."""
    for name in SHEETS:
        sheet = book[name]
        sheet.cell(sheet.max_row + 1, 12).value = f"A remark on {name}"
    found = read(book, tmp_path).problems
    assert [(one.code, one.ref and one.ref.sheet) for one in found] == [("cell-unplaced", name) for name in SHEETS]
