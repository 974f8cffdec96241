"""A coordinator's way from an empty folder to the minister's brief: ten agencies of Iraq, in Arabic, by double clicks.

Each double click is one `update`; what she edits in between is saved by LibreOffice, as her program would save it.
"""

from __future__ import annotations

import io
import shutil
import zlib
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from fatf_kit import folder_status
from fatf_kit.assessment.folder.agency_templates import build_agency_layout, find_agency
from fatf_kit.assessment.folder.folder import open_workspace
from fatf_kit.assessment.folder.model import Workspace
from fatf_kit.assessment.workbook.model import RowPlan
from fatf_kit.assessment.workbook.question_sheets import table_of
from fatf_kit.assessment.workbook.template import write_template
from fatf_kit.spreadsheets.sheet import CellValue
from tests.office.files import Convert
from tests.unit.cli.commands import invoke

pytestmark = [pytest.mark.full, pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")]

ConvertAll = Callable[[Sequence[Path], str], list[Path]]

AGENCIES = {
    "مجلس مكافحة غسل الأموال وتمويل الإرهاب": "coordination foreign_affairs sanctions_authority data_protection",
    "مكتب مكافحة غسل الأموال وتمويل الإرهاب": "fiu dnfbp_supervisor",
    "البنك المركزي العراقي": "central_bank mvts_supervisor vasp_supervisor insurance_supervisor",
    "هيئة الأوراق المالية": "securities_supervisor",
    "وزارة العدل": "justice_ministry self_regulatory_body asset_management trust_authority",
    "مجلس القضاء الأعلى": "prosecution courts",
    "وزارة الداخلية": "interior_ministry police security_service",
    "هيئة النزاهة الاتحادية": "anti_corruption",
    "دائرة المنظمات غير الحكومية": "npo_regulator company_registry statistics_office",
    "الهيئة العامة للكمارك": "customs tax export_control finance_ministry",
}
"""Ten agencies with all roles between them."""

CENTRAL_BANK, SECURITIES, INTEGRITY = (list(AGENCIES)[at] for at in (2, 3, 7))
COMMANDS, LINES = 6, 25
"""How many commands and double clicks the way may take, and how many lines each may print."""


def find(sheet: Worksheet, value: str) -> tuple[int, int]:
    """The row and column of the first cell with a value."""
    cells = (cell for row in sheet.iter_rows() for cell in row)
    return next((int(cell.row), int(cell.column)) for cell in cells if cell.value == value)


def edit(path: Path, convert: Convert, change: Callable[[openpyxl.Workbook], None]) -> None:
    """Change a workbook and save it by LibreOffice."""
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    change(book)
    book.save(path)
    shutil.copy(convert(path, "xlsx"), path)


def name_ten_agencies(book: openpyxl.Workbook) -> None:
    """Type ten agencies over the proposed ones, sent and due on days that are past, and choose them for the roles."""
    agencies, roles = book["الجهات"], book["الأدوار"]
    first = find(agencies, "coordination")[0]
    name_column, sent_column, due_column = (find(agencies, key)[1] for key in ("name_ar", "sent", "due"))
    for row in agencies.iter_rows(min_row=first):
        for cell in row:
            cell.value = None
    for number, name in enumerate(AGENCIES):
        agencies.cell(first + number, name_column).value = name
        agencies.cell(first + number, sent_column).value = date.today() - timedelta(days=20)
        agencies.cell(first + number, due_column).value = date.today() - timedelta(days=1)
    role_column = find(roles, "has_role")[1]
    for name, held in AGENCIES.items():
        for role in held.split():
            roles.cell(find(roles, role)[0], role_column).value = name


def rate(row: RowPlan, agency: str) -> str:
    """A rating that agencies mostly agree on: one in five differs."""
    scale = ("met", "mostly met", "partly met") if row.scale == "criterion" else ("large", "some", "some")
    seed = zlib.crc32(row.requirement.encode())
    return scale[(seed + (zlib.crc32(agency.encode()) % 5 == 0)) % len(scale)]


def answer(workspace: Workspace, name: str, target: Path, language: str = "ar") -> Path:
    """Write the answers of an agency as it would fill its workbook: every row, each third without a law."""
    agency = find_agency(workspace, next(one.id for one in workspace.agencies if one.names["ar"] == name))
    layout = build_agency_layout(workspace, agency, language)
    assert layout is not None
    typed: dict[str, dict[str, CellValue]] = {}
    for sheet in layout.sheets:
        for number, row in enumerate(sheet.rows):
            given: dict[str, CellValue] = {
                "rating": rate(row, name),
                "explanation": f"إجابة {name}",
                **({"citation": f"قانون رقم 39 لسنة 2015، المادة {number + 1}"} if number % 3 else {}),
            }
            allowed = set(table_of(sheet).value_keys) - (set() if row.scale else {"rating"})
            typed[row.requirement] = {key: value for key, value in given.items() if key in allowed}
    write_template(layout, target, prefill=typed)
    return target


def decide_all(book: openpyxl.Workbook) -> None:
    """Take the lead agency's answer for every blank row, with one reason."""
    sheet = book.worksheets[0]
    row = find(sheet, "كل الصفوف")[0]
    options = [cell.value for cells in book["_lists"].iter_cols() for cell in cells if cell.column and cell.value]
    at = options.index("decided_bulk")
    for key, value in {
        "decided": options[at + 2],
        "reason": "الجهة القائدة هي المسؤولة",
        "decided_by": "لجنة التنسيق",
        "day": date.today(),
    }.items():
        sheet.cell(row, find(sheet, key)[1]).value = value


def test_the_way_to_the_brief(tmp_path: Path, convert: Convert, convert_all: ConvertAll) -> None:
    """Four commands; the late and the silent agency are named; decided questions are gone; the brief is Arabic."""
    home, printed = tmp_path / "العراق", []

    def run(*args: object) -> None:
        done = invoke(*args)
        assert done.exception is None
        printed.append(len((done.stdout + done.stderr).splitlines()))

    run("init", home, "--country", "العراق", "--on-site", "2027-10-03..2027-10-19", "--lang", "ar")
    edit(home / "assessment.xlsx", convert, name_ten_agencies)
    run("update", home, "--no-open")
    statistics = set((home / "templates").glob("statistics-*.xlsx"))
    assert len(set((home / "templates").glob("*.xlsx")) - statistics) == len(statistics) == len(AGENCIES)

    workspace, _ = open_workspace(home)
    _return_answers(workspace, home / "inbox", convert_all)
    run("update", home, "--no-open")
    status = folder_status(home, today=date.today())
    assert {one.name for one in status.agencies if not one.returned} == {SECURITIES}
    assert {SECURITIES, INTEGRITY} <= {one.name for one in status.agencies if one.fact.is_overdue}
    assert status.facts.decisions.questions > 0

    edit(home / "decisions.xlsx", convert, decide_all)
    run("update", home, "--no-open")
    assert folder_status(home, today=date.today()).facts.decisions.questions < status.facts.decisions.questions
    brief = (home / "reports" / "brief-ar.docx").stat()
    assert brief.st_size > 0
    assert len(printed) <= COMMANDS
    assert max(printed) <= LINES


def _return_answers(workspace: Workspace, inbox: Path, convert_all: ConvertAll) -> None:
    """Nine of ten send something: one an empty workbook, one in French, one a copy and its correction."""
    sent: list[Path] = []
    for number, name in enumerate(AGENCIES):
        if name in (SECURITIES, INTEGRITY):
            continue
        sent.append(answer(workspace, name, inbox / f"رد {number}.xlsx", "fr" if number == 1 else "ar"))
    for path, saved in zip(sent, convert_all(sent, "xlsx"), strict=True):
        shutil.copy(saved, path)
    empty = next(one.id for one in workspace.agencies if one.names["ar"] == INTEGRITY)
    shutil.copy(workspace.path / "templates" / f"{empty}.xlsx", inbox / "النزاهة.xlsx")
    first = answer(workspace, CENTRAL_BANK, inbox / "البنك المركزي القديم.xlsx")
    edit(first, lambda path, suffix: convert_all([path], suffix)[0], _change_first_answer)


def _change_first_answer(book: openpyxl.Workbook) -> None:
    """Clear the first typed explanation."""
    sheet = book["R.1"]
    row, column = find(sheet, "إجابة " + CENTRAL_BANK)
    sheet.cell(row, column).value = None
