"""The sheets of agencies in the plan only show; words on them are reported."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.unit.action_plan.written_plans import list_problems


@pytest.mark.full
def test_words_on_the_sheet_of_an_agency_are_problems(english_plan: bytes, tmp_path: Path) -> None:
    """An agency that writes on the sheet that only shows its actions is told where to write."""
    titles: list[str] = []
    path = tmp_path / "plan.xlsx"
    path.write_bytes(english_plan)

    def change(book: openpyxl.Workbook) -> None:
        shows = (sheet for sheet in book.worksheets if "fatf-kit:overview" in [cell.value for cell in sheet[1]])
        sheet = list(shows)[-1]
        titles.append(sheet.title)
        sheet["J4"], sheet["H4"] = "We cannot do this before 2029", "done"
        sheet.cell(sheet.max_row + 2, 1).value = "See our letter"

    assert list_problems(path, lambda _: None) == set()
    found = list_problems(path, change)
    assert {(code, sheet) for code, sheet, _ in found} == {("cell-unplaced", titles[0])}
    assert {"J4", "H4"} < {cell for _, _, cell in found}
    assert len(found) == 3
