"""An Arabic plan saved by LibreOffice reads back the same, and still has its direction and drop-downs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl

from fatf_kit import follow_up, plan_of
from fatf_kit.action_plan.reading import read_plan

EXAMPLE = Path(__file__).parents[2] / "examples" / "ruritania" / "workbook" / "ruritania-2022.xlsx"


def test_a_plan_survives_libreoffice(convert: Callable[[Path, str], Path], tmp_path: Path) -> None:
    """Actions, dates, gaps and the baseline are the same after being opened and saved."""
    path = tmp_path / "plan.xlsx"
    path.write_bytes(plan_of(EXAMPLE, start=date(2026, 1, 4), target="leave-icrg").workbook("ar"))
    saved = convert(path, "xlsx")
    before, after = read_plan(path)[0], read_plan(saved)[0]
    assert before.units == after.units
    assert [(one.action, one.slot, one.status, one.what) for one in before.actions] == [
        (one.action, one.slot, one.status, one.what) for one in after.actions
    ]
    book = openpyxl.load_workbook(saved)
    assert all(sheet.sheet_view.rightToLeft for sheet in book.worksheets if sheet.sheet_state == "visible")
    rules = [rule.formula1 for rule in book.worksheets[1].data_validations.dataValidation]
    assert any("plan_status" in str(rule) for rule in rules)


def test_overviews_follow_the_sheet_of_actions(convert: Callable[[Path, str], Path], tmp_path: Path) -> None:
    """A status that is changed and sorted elsewhere is shown on the sheet of the agency, and nothing is reported."""
    path = tmp_path / "plan.xlsx"
    path.write_bytes(plan_of(EXAMPLE, start=date(2026, 1, 4)).workbook())
    book = openpyxl.load_workbook(path)
    actions = book["Actions"]
    first = [cell.value for cell in actions[3]]
    for place, cell in enumerate(actions[3]):
        cell.value, actions[5][place].value = actions[5][place].value, first[place]
    actions.cell(5, 4).value = "under way"
    book.save(path)
    saved = convert(path, "xlsx")
    shown = {
        row[0]: row[3]
        for sheet in openpyxl.load_workbook(saved, data_only=True).worksheets
        if "This sheet only shows" in str(sheet["A2"].value)
        for row in sheet.iter_rows(min_row=4, values_only=True)
    }
    assert shown[first[0]] == "under way"
    assert {status for name, status in shown.items() if name != first[0]} == {"not started"}
    assert read_plan(saved)[1] == ()


def test_a_follow_up_workbook_survives_libreoffice(convert: Callable[[Path, str], Path], tmp_path: Path) -> None:
    """A request typed in before is read after."""
    path = tmp_path / "follow-up.xlsx"
    path.write_bytes(follow_up("IRQ").workbook("ar"))
    book = openpyxl.load_workbook(path)
    book.worksheets[2]["D3"] = "LC"
    book.save(path)
    assert len(follow_up(workbook=convert(path, "xlsx")).case.requests) == 1
