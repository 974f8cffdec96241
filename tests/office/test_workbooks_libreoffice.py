"""Workbooks of every kind, opened and saved by LibreOffice: they say the same, and are still templates."""

from __future__ import annotations

from datetime import date
from operator import attrgetter
from pathlib import Path

import openpyxl
import pytest

from fatf_kit import follow_up, init_assessment, mock_debrief, plan_of
from fatf_kit.action_plan.reading import read_plan
from fatf_kit.assessment.answers.intake import read_responses
from fatf_kit.assessment.decisions.reader import DecisionBook, make_row, parse_decisions, read_decision_book
from fatf_kit.assessment.decisions.workbook import render_decisions
from fatf_kit.assessment.folder.agency_templates import build_agency_layout, find_agency
from fatf_kit.assessment.folder.model import AgencyRating, OpenQuestion, QuestionReason, Workspace
from fatf_kit.assessment.workbook.layout import build_layout
from fatf_kit.assessment.workbook.reader import read_workbook
from fatf_kit.assessment.workbook.template import write_template
from fatf_kit.core.resources import data_folder
from fatf_kit.framework import load_framework
from fatf_kit.mock_visit.reader import read_mock_sheets
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.statistics.reader import read_return
from fatf_kit.statistics.template import WorkbookContents, make_plan, render_template
from tests.office.files import Convert, open_saved
from tests.rows import values_in

pytestmark = pytest.mark.full
RURITANIA = data_folder("examples") / "ruritania"
SHEET = RURITANIA / "mock" / "sheets" / "mock-IO.10-ar.xlsx"
EXAMPLE = RURITANIA / "workbook" / "ruritania-2022.xlsx"
PAGE = "https://example.org/law?a=1"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A folder in Arabic."""
    return init_assessment(tmp_path_factory.mktemp("home") / "iraq", country="IRQ", languages=("ar",))


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_agency_workbook(home: Workspace, convert: Convert, tmp_path: Path, suffix: str) -> None:
    """Answers, agency and cover survive; nothing of what fatf-kit printed about leads is taken for a remark."""
    layout = build_agency_layout(home, find_agency(home, "npo-regulator"))
    assert layout is not None
    text, path = "زيارات بحسب الخطر", tmp_path / "npo.xlsx"
    given: dict[str, dict[str, CellValue]] = {"R.8/8.3": {"rating": "mostly met", "explanation": text}}
    write_template(layout, path, prefill=given)
    copy = convert(path, suffix)
    raw, problems = read_workbook(copy)
    assert raw is not None
    assert problems == ()
    _, responses, _ = read_responses([copy])
    assert [(a.requirement, a.rating, a.explanation, a.agency) for a in responses.answers] == [
        ("R.8/8.3", "mostly met", text, "npo-regulator")
    ]
    if suffix == "xlsx":
        sheet = open_saved(copy)["R.8"]
        assert sheet.sheet_view.rightToLeft
        assert sheet.protection.sheet
        assert [v for v in sheet.data_validations.dataValidation if v.type == "list"]


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_decisions(home: Workspace, convert: Convert, tmp_path: Path, suffix: str) -> None:
    """A decision survives with its drop-down, direction and filter."""
    rating = AgencyRating(agency="npo-regulator", requirement="R.8/8.3", rating="mostly met")
    question = OpenQuestion(
        requirement="R.8/8.3",
        why=(QuestionReason.CONFLICT,),
        agency_ratings=(rating,),
        indicative=("partly met", "mostly met"),
    )
    reason, day = "قائمتان لم تُقارنا", date(2026, 9, 30)
    keys, values = ("decided", "reason", "decided_by", "day"), ("partly met", reason, "المجلس", day)
    typed: dict[str, CellValue] = dict(zip(keys, values, strict=True))
    book, edition = DecisionBook(rows=(make_row("R.8/8.3", typed),)), load_framework("fatf-2022", "ar")
    path = tmp_path / "decisions.xlsx"
    path.write_bytes(render_decisions([question], book, home, edition, "ar"))
    copy = convert(path, suffix)
    decisions, problems = parse_decisions(read_decision_book(copy), edition)
    assert problems == ()
    assert [(d.requirement, d.value, d.reason, d.day) for d in decisions] == [("R.8/8.3", "partly met", reason, day)]
    if suffix == "xlsx":
        sheet = open_saved(copy).worksheets[0]
        assert sheet.sheet_view.rightToLeft
        assert (sheet.auto_filter.ref, sheet.freeze_panes) == ("A3:I25", "B5")
        assert not sheet.protection.sheet
        assert [v for v in sheet.data_validations.dataValidation if v.type == "list"]


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_addresses_behind_texts_are_the_links(tmp_path: Path, convert: Convert, suffix: str) -> None:
    """Those laid over a text and those that a formula makes; one that is calculated is reported."""
    path = tmp_path / "a.xlsx"
    items = [{"id": f"E-{number}", "title": "Law"} for number in range(1, 6)]
    write_template(build_layout(load_framework("fatf-2022"), only=["R.9"]), path, evidence=items)
    book = openpyxl.load_workbook(path)
    sheet = book["Evidence"]
    formulas = (f'=HYPERLINK("{PAGE}","the law")', f'=HYPERLINK("{PAGE}/قانون", "law")', "=HYPERLINK(A1)")
    for row, formula in enumerate(formulas, start=3):
        sheet.cell(row, 6).value = formula
    for row, address in ((6, f"{PAGE}#part"), (7, r"\\office\laws\a.pdf")):
        sheet.cell(row, 6).hyperlink = address
        sheet.cell(row, 6).value = "see here"
    book.save(path)
    workbook, problems = read_workbook(convert(path, suffix))
    assert workbook is not None
    links = {row.id: str(values_in(row).get("link")) for row in workbook.evidence}
    assert [links["E-1"], links["E-2"]] == [f"the law ({PAGE})", f"law ({PAGE}/قانون)"]
    assert links["E-4"] == f"see here ({PAGE}#part)"
    assert links["E-5"].replace("\\", "/").endswith("//office/laws/a.pdf)")
    assert {(p.code, p.ref.cell if p.ref else None) for p in problems} == {("cell-link", "F5")}


@pytest.mark.parametrize("suffix", ["xlsx", "ods", "xls"])
def test_sheets_of_a_rehearsal_say_the_same(convert: Convert, suffix: str) -> None:
    """Every score, note and cover field; the only problem is that .xls is an old format."""
    before, problems = read_mock_sheets([SHEET])
    assert problems == ()
    copy, problems = read_mock_sheets([convert(SHEET, suffix)])
    assert (["file-values-only"] if suffix == "xls" else []) == [problem.code for problem in problems]
    fields = attrgetter("id", "agency", "score", "note", "text", "strong", "spare", "assessors")
    assert [*map(fields, before.answers)] == [*map(fields, copy.answers)]
    fields = attrgetter("names", "officials", "notices")
    assert fields(before) == fields(copy)


def test_a_sheet_of_a_rehearsal_is_still_a_sheet(convert: Convert) -> None:
    """It runs from right to left, its drop-downs and protection are there, keys and marks are hidden."""
    before, after = open_saved(SHEET), open_saved(convert(SHEET, "xlsx"))
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
    fields = attrgetter("id", "question", "note", "score")
    assert [*map(fields, one.findings)] == [*map(fields, other.findings)]
    assert one.core_issues == other.core_issues


def test_a_plan_survives(convert: Convert, tmp_path: Path) -> None:
    """Actions, dates, gaps, the baseline, the direction and the drop-downs are the same."""
    path = tmp_path / "plan.xlsx"
    path.write_bytes(plan_of(EXAMPLE, start=date(2026, 1, 4), target="leave-icrg").workbook("ar"))
    saved = convert(path, "xlsx")
    before, after = read_plan(path)[0], read_plan(saved)[0]
    assert before.units == after.units
    fields = attrgetter("action", "slot", "status", "what")
    assert [*map(fields, before.actions)] == [*map(fields, after.actions)]
    book = openpyxl.load_workbook(saved)
    assert all(sheet.sheet_view.rightToLeft for sheet in book.worksheets if sheet.sheet_state == "visible")
    rules = [rule.formula1 for rule in book.worksheets[1].data_validations.dataValidation]
    assert any("plan_status" in str(rule) for rule in rules)


def test_overviews_of_a_plan_follow_the_sheet_of_actions(convert: Convert, tmp_path: Path) -> None:
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
    sheets = openpyxl.load_workbook(saved, data_only=True).worksheets
    shown = {
        row[0]: row[3]
        for sheet in sheets
        if "This sheet only shows" in str(sheet["A2"].value)
        for row in sheet.iter_rows(min_row=4, values_only=True)
    }
    assert shown[first[0]] == "under way"
    assert {status for name, status in shown.items() if name != first[0]} == {"not started"}
    assert read_plan(saved)[1] == ()


def test_a_follow_up_workbook_survives(convert: Convert, tmp_path: Path) -> None:
    """A request typed in before is read after."""
    path = tmp_path / "follow-up.xlsx"
    path.write_bytes(follow_up("IRQ").workbook("ar"))
    book = openpyxl.load_workbook(path)
    book.worksheets[2]["D3"] = "LC"
    book.save(path)
    assert len(follow_up(workbook=convert(path, "xlsx")).case.requests) == 1


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_figures_come_back(convert: Convert, tmp_path: Path, suffix: str) -> None:
    """Every figure, word, case and field of an Arabic workbook, from both formats of the program."""
    path = tmp_path / "ar.xlsx"
    line = "disseminations/police/received-here"
    given = WorkbookContents(
        cover={"country": "روريتانيا", "currency": "RUC", "multiple": 1000, "year_kind": "hijri", "year_starts": 8},
        figures={(line, 2021): 0, (line, 2022): 12, (line, 2023): "not available"},
        notes={line: "=تُحسب الملفات"},
        cases=[{"case": "1", "outcome": "IO.7", "predicate": "fraud", "done": "أ", "result": "ب", "shows": "ج"}],
    )
    path.write_bytes(render_template(make_plan(["police"], years=(2021, 2022, 2023), language="ar"), given))
    ours, problems = read_return(path)
    theirs, more = read_return(convert(path, suffix))
    assert ours is not None
    assert theirs is not None
    assert () == problems == more
    for names, one, other in (
        (("line", "year", "value", "none"), ours.figures, theirs.figures),
        (("calendar", "currency", "notes", "requested"), (ours,), (theirs,)),
        (("outcome", "predicate", "shows"), ours.cases, theirs.cases),
    ):
        fields = attrgetter(*names)
        assert [*map(fields, one)] == [*map(fields, other)]


def test_a_workbook_of_figures_is_still_a_template(convert: Convert, tmp_path: Path) -> None:
    """Drop-downs, filters and direction are kept; nothing is protected, so that rows can be sorted."""
    path = tmp_path / "ar.xlsx"
    path.write_bytes(render_template(make_plan(["npo_regulator"], years=(2024, 2025), language="ar")))
    book = openpyxl.load_workbook(convert(path, "xlsx"))
    sheet = book["الإشراف على المنظمات"]
    assert sheet.sheet_view.rightToLeft
    assert not sheet.protection.sheet
    assert "A3:" in (sheet.auto_filter.ref or "")
    assert any("E5" in rule.sqref for rule in sheet.data_validations.dataValidation)
    rules = [rule.type for one in book for rule in one.data_validations.dataValidation]
    assert rules.count("list") >= 6
