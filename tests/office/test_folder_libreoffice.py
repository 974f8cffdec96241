"""An agency's workbook and decisions.xlsx in Arabic, opened and saved by LibreOffice."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from fatf_kit.assessment.answers.intake import read_responses
from fatf_kit.assessment.decisions.reader import DecisionBook, make_row, parse_decisions, read_decision_book
from fatf_kit.assessment.decisions.workbook import render_decisions
from fatf_kit.assessment.folder.agency_templates import build_agency_layout, find_agency
from fatf_kit.assessment.folder.model import AgencyRating, OpenQuestion, QuestionReason, Workspace
from fatf_kit.assessment.workbook.reader import read_workbook
from fatf_kit.assessment.workbook.template import write_template
from fatf_kit.framework import load_framework
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.workflows.assessment_folder import init_assessment

Convert = Callable[[Path, str], Path]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A folder in Arabic."""
    return init_assessment(tmp_path_factory.mktemp("home") / "iraq", country="IRQ", languages=("ar",))


def saved(path: Path) -> openpyxl.Workbook:
    """A workbook as it lies on the disk, whatever openpyxl thinks of its extensions."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return openpyxl.load_workbook(io.BytesIO(path.read_bytes()))


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_agency_workbook(home: Workspace, convert: Convert, tmp_path: Path, suffix: str) -> None:
    """Answers, agency and cover survive; nothing of what fatf-kit printed about leads is taken for a remark."""
    layout = build_agency_layout(home, find_agency(home, "npo-regulator"))
    assert layout is not None
    told: dict[str, dict[str, CellValue]] = {"R.8/8.3": {"rating": "mostly met", "explanation": "زيارات بحسب الخطر"}}
    path = tmp_path / "npo.xlsx"
    write_template(layout, path, prefill=told)
    copy = convert(path, suffix)
    raw, problems = read_workbook(copy)
    assert raw is not None
    assert problems == ()
    _, responses, _ = read_responses([copy])
    assert [(a.requirement, a.rating, a.explanation, a.agency) for a in responses.answers] == [
        ("R.8/8.3", "mostly met", "زيارات بحسب الخطر", "npo-regulator")
    ]
    if suffix == "xlsx":
        sheet = saved(copy)["R.8"]
        assert sheet.sheet_view.rightToLeft
        assert sheet.protection.sheet
        assert [v for v in sheet.data_validations.dataValidation if v.type == "list"]


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_decisions(home: Workspace, convert: Convert, tmp_path: Path, suffix: str) -> None:
    """A decision survives with its drop-down, direction and filter."""
    question = OpenQuestion(
        requirement="R.8/8.3",
        why=(QuestionReason.CONFLICT,),
        agency_ratings=(AgencyRating(agency="npo-regulator", requirement="R.8/8.3", rating="mostly met"),),
        indicative=("partly met", "mostly met"),
    )
    typed: dict[str, CellValue] = {
        "decided": "partly met",
        "reason": "قائمتان لم تُقارنا",
        "decided_by": "المجلس",
        "day": date(2026, 9, 30),
    }
    row = make_row("R.8/8.3", typed)
    edition = load_framework("fatf-2022", "ar")
    path = tmp_path / "decisions.xlsx"
    path.write_bytes(render_decisions([question], DecisionBook(rows=(row,)), home, edition, "ar"))
    copy = convert(path, suffix)
    decisions, problems = parse_decisions(read_decision_book(copy), edition)
    assert problems == ()
    assert [(d.requirement, d.value, d.reason, d.day) for d in decisions] == [
        ("R.8/8.3", "partly met", "قائمتان لم تُقارنا", date(2026, 9, 30))
    ]
    if suffix == "xlsx":
        sheet = saved(copy).worksheets[0]
        assert sheet.sheet_view.rightToLeft
        assert (sheet.auto_filter.ref, sheet.freeze_panes) == ("A3:I25", "B5")
        assert not sheet.protection.sheet
        assert [v for v in sheet.data_validations.dataValidation if v.type == "list"]
