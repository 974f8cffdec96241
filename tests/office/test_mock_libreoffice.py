"""Sheets of a rehearsal in Arabic, opened and saved by LibreOffice."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from fatf_kit.core.resources import data_folder
from fatf_kit.mock_visit.reader import read_mock_sheets
from fatf_kit.workflows.mock_visit import mock_debrief

SHEET = data_folder("examples") / "ruritania" / "mock" / "sheets" / "mock-IO.10-ar.xlsx"
Convert = Callable[[Path, str], Path]


def opened(path: Path) -> openpyxl.Workbook:
    """A workbook as it lies on the disk."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return openpyxl.load_workbook(io.BytesIO(path.read_bytes()))


@pytest.mark.parametrize("suffix", ["xlsx", "ods", "xls"])
def test_a_saved_copy_says_the_same(convert: Convert, suffix: str) -> None:
    """Every score, note and cover field, and nothing is said but that .xls is an old format."""
    before, problems = read_mock_sheets([SHEET])
    assert problems == ()
    copy, problems = read_mock_sheets([convert(SHEET, suffix)])
    assert (["file-values-only"] if suffix == "xls" else []) == [problem.code for problem in problems]
    said = [(a.id, a.agency, a.score, a.note, a.text, a.strong, a.spare, a.assessors) for a in before.answers]
    assert said == [(a.id, a.agency, a.score, a.note, a.text, a.strong, a.spare, a.assessors) for a in copy.answers]
    assert (before.names, before.officials, before.notices) == (copy.names, copy.officials, copy.notices)


def test_a_saved_copy_is_still_a_sheet(convert: Convert) -> None:
    """It runs from right to left, its drop-downs and protection are there, keys and marks are hidden."""
    before, after = opened(SHEET), opened(convert(SHEET, "xlsx"))
    assert before.sheetnames == after.sheetnames
    for title in (name for name in before.sheetnames if name.startswith("IO.10")):
        sheet, first = after[title], before[title]
        assert sheet.sheet_view.rightToLeft
        assert sheet.protection.sheet
        assert sheet.row_dimensions[4].hidden
        assert all(one.column_dimensions[letter].hidden for one in (first, sheet) for letter in "BH")
        lists = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
        assert [str(rule.formula1).lstrip("=") for rule in lists] == ["mock_scores"]


def test_the_debrief_is_the_same(convert: Convert) -> None:
    """Its findings, but for the file they came from."""
    one, other = mock_debrief(SHEET).found, mock_debrief(convert(SHEET, "ods")).found
    assert [(f.id, f.question, f.note, f.score) for f in one.findings] == [
        (f.id, f.question, f.note, f.score) for f in other.findings
    ]
    assert one.core_issues == other.core_issues
