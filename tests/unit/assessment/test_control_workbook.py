"""assessment.xlsx: what people change in it is read, what they leave follows the roles, faults are at their cells."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from fatf_kit import agency_templates, refresh_control
from fatf_kit.assessment.folder.folder import read_workspace
from fatf_kit.assessment.folder.model import Materiality, Workspace
from fatf_kit.core.problems import Problem
from tests.examples import make_folder

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")

TEN = (
    ("Council", "coordination finance_ministry foreign_affairs sanctions_authority data_protection statistics_office"),
    ("AML Office", "fiu dnfbp_supervisor"),
    ("Central Bank of Iraq", "central_bank mvts_supervisor vasp_supervisor"),
    ("Securities Commission", "securities_supervisor insurance_supervisor"),
    ("Ministry of Justice", "justice_ministry self_regulatory_body asset_management company_registry trust_authority"),
    ("Judicial Council", "prosecution courts"),
    ("Ministry of Interior", "interior_ministry police security_service"),
    ("Integrity Commission", "anti_corruption"),
    ("NGO Directorate", "npo_regulator"),
    ("Customs", "customs tax export_control"),
)

"""Ten agencies of one country with all roles between them."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A new folder of Iraq in English."""
    visit = (date(2027, 10, 3), date(2027, 10, 19))
    return make_folder(tmp_path / "home", country="Iraq", on_site=visit, today=date(2026, 11, 28)).path


def edit(home: Path, change: Callable[[openpyxl.Workbook], None]) -> tuple[Workspace, list[Problem]]:
    """Change the workbook as a person would, and read it."""
    path = home / "assessment.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    change(book)
    book.save(path)
    workspace, problems = read_workspace(home)
    assert workspace is not None
    return workspace, list(problems)


def column(sheet: Worksheet, key: str) -> int:
    """The number of the column with a key."""
    return next(int(cell.column) for row in sheet.iter_rows(max_row=12) for cell in row if cell.value == key)


def row(sheet: Worksheet, name: str) -> int:
    """The number of the row with an id."""
    return next(int(cells[0].row) for cells in sheet.iter_rows() if cells[0].value == name)


def put(sheet: Worksheet, name: str, key: str, value: str | int | date) -> None:
    """Type a value into a cell, by the id of its row and the key of its column."""
    sheet.cell(row(sheet, name), column(sheet, key)).value = value


def replace_agencies(book: openpyxl.Workbook) -> None:
    """Type ten agencies over the proposed ones, and choose them for all roles, as the guide says."""
    agencies, roles = book["Agencies"], book["Roles"]
    first = row(agencies, "coordination")
    for number in range(28):
        for at in range(1, 12):
            agencies.cell(first + number, at).value = None
        if number < len(TEN):
            agencies.cell(first + number, column(agencies, "name_en")).value = TEN[number][0]
    for name, held in TEN:
        for role in held.split():
            put(roles, role, "has_role", name)


@pytest.mark.full
def test_ten_own_agencies_get_ten_workbooks(home: Path) -> None:
    """No line of the assignment is touched: it follows the roles, and one note says which agencies are gone."""
    workspace, problems = edit(home, replace_agencies)
    assert [problem.code for problem in problems] == ["agency-removed", "control-outdated"]
    assert [agency.names for agency in workspace.agencies] == [{"en": name} for name, _ in TEN]
    assert all(duty.lead for duty in workspace.assignment.duties.values())
    assert refresh_control(home)[0] is True
    again, left = read_workspace(home)
    assert left == ()
    assert again is not None
    assert (again.agencies, again.assignment) == (workspace.agencies, workspace.assignment)
    written = [path.name for _, path, is_written in agency_templates(home) if is_written]
    assert len(written) == len(TEN)
    assert "central-bank-of-iraq.xlsx" in written


def test_a_renamed_agency_keeps_its_roles_and_requirements(home: Path) -> None:
    """A renamed agency keeps its roles and requirements, though the other sheets have its old name."""
    workspace, problems = edit(home, lambda book: put(book["Agencies"], "fiu", "name_en", "AML/CFT Office"))
    assert problems == []
    assert workspace.by_id["fiu"].roles == ("fiu",)
    assert workspace.assignment.duty("R.29/29.1").lead == "fiu"


def test_a_chosen_lead_stays_when_roles_change(home: Path) -> None:
    """A person chose the police for one requirement; another agency then gets the role of the unit."""
    before, _ = read_workspace(home)
    assert before is not None
    names = {agency.id: agency.names["en"] for agency in before.agencies}

    def choose(book: openpyxl.Workbook) -> None:
        put(book["Assignment"], "R.29/29.1", "lead", names["police"])
        put(book["Roles"], "fiu", "has_role", names["customs"])

    workspace, problems = edit(home, choose)
    assert {problem.code for problem in problems} == {"control-outdated"}
    assert workspace.assignment.duty("R.29/29.1").lead == "police"
    assert workspace.assignment.duty("R.29/29.2(a)").lead == "customs"
    refresh_control(home)
    again, _ = read_workspace(home)
    assert again is not None
    assert again.assignment.duty("R.29/29.1").is_lead_chosen
    assert not again.assignment.duty("R.29/29.2").is_lead_chosen


def test_a_tick_adds_a_supporting_agency(home: Path) -> None:
    """A tick in the column of an agency makes it a supporting agency."""
    workspace, _ = edit(home, lambda book: put(book["Assignment"], "R.8/8.1", "support:police", "x"))
    assert "police" in workspace.assignment.duty("R.8/8.1").supporting
    assert workspace.assignment.duty("R.8/8.1").is_supporting_chosen


@pytest.mark.full(keep_every=4)
@pytest.mark.parametrize("typed", ["no", "-", "0", 0, False, "لا", "كلا", "non", "Non"])
def test_no_makes_no_supporting_agency(home: Path, typed: str | int) -> None:
    """An agency that declines is not asked."""
    workspace, problems = edit(home, lambda book: put(book["Assignment"], "R.8/8.1", "support:police", typed))
    assert "police" not in workspace.assignment.duty("R.8/8.1").supporting
    assert "choice-unknown" not in {problem.code for problem in problems}


def test_other_words_in_a_supporting_column_are_a_question(home: Path) -> None:
    """A remark is neither yes nor no."""
    remark = "not us"
    workspace, problems = edit(home, lambda book: put(book["Assignment"], "R.8/8.1", "support:police", remark))
    assert "police" not in workspace.assignment.duty("R.8/8.1").supporting
    (asked,) = (problem for problem in problems if problem.code == "choice-unknown")
    assert (asked.requirement, dict(asked.facts)["found"]) == ("R.8/8.1", remark)


def test_lists_are_read(home: Path) -> None:
    """Sectors, weights, facts, own dates, holidays and contacts are read."""

    def change(book: openpyxl.Workbook) -> None:
        put(book["Sectors"], "banks", "materiality", "most important")
        put(book["Sectors"], "banks", "materiality_reason", "All assets")
        weights = book["Weights"]
        at = column(weights, "weighted")
        weights.cell(5, at).value = "R.10/10.1"
        weights.cell(5, at + 1).value = 5
        weights.cell(5, at + 2).value = "Cash"
        put(book["Outlook facts"], "fatf_member", "fact_answer", "كلا")
        put(book["Outlook facts"], "banks", "fact_answer", 64)
        put(book["Calendar"], "tc-submission", "own_day", date(2027, 3, 1))
        holidays = book["Holidays"]
        holidays.cell(5, column(holidays, "holiday")).value = "Army Day"
        holidays.cell(5, column(holidays, "holiday_day")).value = date(2027, 1, 6)
        put(book["Agencies"], "fiu", "contact", "Ms A., +964 1")
        put(book["Agencies"], "fiu", "due", date(2027, 1, 31))

    workspace, problems = edit(home, change)
    settings = workspace.settings
    assert problems == []
    assert (settings.sectors[0].materiality, settings.sectors[0].reason) == (Materiality.MOST, "All assets")
    assert [(one.requirement, one.weight, one.reason) for one in settings.weights] == [("R.10/10.1", 5, "Cash")]
    assert settings.facts == {"fatf_member": False, "banks": 64}
    assert settings.dates == {"tc-submission": date(2027, 3, 1)}
    assert settings.holidays == {date(2027, 1, 6): "Army Day"}
    fiu = workspace.by_id["fiu"]
    assert (fiu.contact, fiu.due) == ("Ms A., +964 1", date(2027, 1, 31))


@pytest.mark.full(keep_every=3)
@pytest.mark.parametrize(
    ("sheet", "name", "key", "value", "code"),
    [
        ("Sectors", "banks", "materiality", "huge", "choice-unknown"),
        ("Outlook facts", "banks", "fact_answer", "many", "fact-unknown"),
        ("Calendar", "tc-submission", "own_day", "soon", "date-unknown"),
        ("Roles", "fiu", "has_role", "Nobody's office", "agency-unknown"),
        ("Assignment", "R.8/8.1", "lead", "Nobody's office", "agency-unknown"),
        ("Agencies", "fiu", "answers_in", "Kurdish", "choice-unknown"),
    ],
)
def test_faults_are_at_their_cells(home: Path, sheet: str, name: str, key: str, value: str, code: str) -> None:
    """Each fault is reported with its sheet and cell."""
    places = []

    def change(book: openpyxl.Workbook) -> None:
        put(book[sheet], name, key, value)
        places.append(book[sheet].cell(row(book[sheet], name), column(book[sheet], key)).coordinate)

    _, problems = edit(home, change)
    found = [(one.code, one.ref.sheet, one.ref.cell) for one in problems if one.ref and one.code == code]
    assert found == [(code, sheet, places[0])]


def test_an_agency_that_is_deleted_is_named_where_it_is_chosen(home: Path) -> None:
    """In full, however long: the name is the coordinator's own."""
    name = "Central bank and supervisor of all banks and exchange houses"
    _, problems = edit(home, lambda book: put(book["Roles"], "fiu", "has_role", name))
    (found,) = [problem for problem in problems if problem.code == "agency-unknown"]
    assert found.text.startswith(f"'{name}' is not an agency")


def test_missing_sheet_is_reported(home: Path) -> None:
    """A missing sheet is reported, and the other sheets are read."""
    workspace, problems = edit(home, lambda book: book.remove(book["Sectors"]))
    assert [problem.code for problem in problems] == ["control-sheet"]
    assert workspace.settings.country == "IRQ"


@pytest.mark.full
def test_another_country_is_read_from_its_name(home: Path) -> None:
    """The country is read from its name in any language; an unknown name is reported at its field."""

    def write(text: str) -> Callable[[openpyxl.Workbook], None]:
        def change(book: openpyxl.Workbook) -> None:
            sheet = book.worksheets[0]
            at = next(cell for cells in sheet.iter_rows() for cell in cells if cell.value == "country_name")
            sheet.cell(at.row, at.column + 2).value = text

        return change

    assert edit(home, write("الأردن"))[0].settings.country == "JOR"
    _, problems = edit(home, write("Narnia"))
    assert "folder-country" in [problem.code for problem in problems]


def test_a_new_name_leaves_names_of_the_country_and_their_source(tmp_path: Path) -> None:
    """A name typed in one language changes that language; names from the country's file stay, with their source."""
    home = make_folder(tmp_path / "home", country="Iraq", today=date(2026, 11, 28)).path
    proposed = read_workspace(home)[0]
    assert proposed is not None
    before = proposed.by_id["fiu"]
    workspace, problems = edit(home, lambda book: put(book["Agencies"], "fiu", "name_fr", "Bureau LBC"))
    assert workspace.by_id["fiu"].names == {**before.names, "fr": "Bureau LBC"}
    assert (workspace.by_id["fiu"].source, problems) == (before.source, [])
    workspace, problems = edit(home, lambda book: put(book["Agencies"], "fiu", "name_en", "AML/CFT Office"))
    assert workspace.by_id["fiu"].names == {**before.names, "en": "AML/CFT Office", "fr": "Bureau LBC"}
    assert workspace.by_id["fiu"].source == "fatf-kit's country data: confirmed (Arabic)"
    assert problems == []
    refresh_control(home)
    again = read_workspace(home)[0]
    assert again is not None
    assert again.by_id["fiu"] == workspace.by_id["fiu"]


@pytest.mark.full
def test_another_body_in_a_role_does_not_keep_the_names_of_the_role(tmp_path: Path) -> None:
    """The name of a role in another language is left out, and told, once the agency has a name of its own.

    A judicial council that is written over a ministry is called a ministry in no language.
    """
    home = make_folder(tmp_path / "home", country="Iraq", languages=("en", "ar"), today=date(2026, 11, 28)).path
    workspace, problems = edit(home, lambda book: put(book["Agencies"], "justice-ministry", "name_en", "Council"))
    council = workspace.by_id["justice-ministry"]
    assert (council.names, council.source, council.name("ar")) == ({"en": "Council"}, "", "Council")
    assert [(problem.code, dict(problem.facts)["found"]) for problem in problems] == [("agency-renamed", "Council")]
    refresh_control(home)
    workspace, problems = edit(home, lambda book: put(book["Agencies"], "justice-ministry", "name_ar", "وزارة العدل"))
    assert workspace.by_id["justice-ministry"].names == {"en": "Council", "ar": "وزارة العدل"}
    assert problems == []
