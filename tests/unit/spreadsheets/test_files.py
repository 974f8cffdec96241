"""The parser's sheets are compared with the findings of the guard."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from fatf_kit.follow_up_report.schema import FOLLOW_UP
from fatf_kit.spreadsheets.finding import find_table
from fatf_kit.spreadsheets.fingerprints import PrintedCells
from fatf_kit.spreadsheets.formats.limits import MAX_MERGES, SheetScan
from fatf_kit.spreadsheets.ledger import CellLedger
from fatf_kit.spreadsheets.sheet import SheetContent
from fatf_kit.spreadsheets.tables import read_table
from tests.unit.spreadsheets.packing import old_workbook, open_sheets


def test_merged_cells_are_those_that_the_parser_gives(tmp_path: Path) -> None:
    """On the sheet where they are, from 0: first row, first column, last row, last column."""
    book = openpyxl.Workbook()
    sheet = book.create_sheet("merged")
    sheet["B2"] = "value"
    sheet.merge_cells("B2:C4")
    sheet.merge_cells("A7:A8")
    book.save(tmp_path / "a.xlsx")
    sheets = open_sheets(tmp_path / "a.xlsx")
    assert isinstance(sheets, list), sheets
    assert [(one.title, sorted(one.scan.merges)) for one in sheets] == [
        ("Sheet", []),
        ("merged", [(1, 1, 3, 2), (6, 0, 7, 0)]),
    ]


@pytest.mark.parametrize("count", [1, 9])
def test_old_workbooks_are_read_in_workers_too(tmp_path: Path, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker starts a separate process for each workbook in the old format."""
    from fatf_kit.assessment.answers.intake import read_responses

    monkeypatch.setattr("os.cpu_count", lambda: 2)
    paths = [tmp_path / f"{number}.xls" for number in range(count)]
    for path in paths:
        path.write_bytes(old_workbook((0x0203, b"\0" * 14)))
    _, _, problems = read_responses(paths)
    assert ["workbook-not-ours"] * count == [problem.code for problem in problems]


def test_merges_down_a_whole_sheet_are_not_walked_through() -> None:
    """Thousands of merged cells over a small table are read without a walk over all their rows."""
    keys = [column.key for column in FOLLOW_UP.tables[0].columns]
    merges = [(1, 0, 1_048_575, 16_383)] * MAX_MERGES
    sheet = SheetContent(file="a", title="b", grid=[keys, ["x"] * len(keys)], scan=SheetScan(merges=merges))
    found = find_table(sheet, FOLLOW_UP)
    assert found is not None
    ledger = CellLedger("a")
    read_table(sheet, found, PrintedCells([sheet]), ledger)
    assert [problem.code for problem in ledger.of(sheet).problems].count("cell-merged") == MAX_MERGES
