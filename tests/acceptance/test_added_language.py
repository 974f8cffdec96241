"""A language is added to a copy of fatf-kit as CONTRIBUTING.md says, with a few texts, and a country works in it.

A usual run begins a folder; a full run fills it in, and runs every command that writes something.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

import fatf_kit
from fatf_kit.assessment.folder.control_reader import read_control
from fatf_kit.core.resources import data_folder
from tools.catalogues import write_catalogue
from tools.compile_catalogues import compile_catalogue

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
MESSAGES = {
    "Agencies": "Taasisi",
    "Country": "Nchi",
    "Name in {language}": "Jina kwa {language}",
    "Outlook facts": "Maswali ya mwelekeo",
}
DATA = {
    "labels.json": {
        "criterion": {"met": ["imetimizwa"], "not met": ["haijatimizwa"]},
        "yes_no": {"yes": ["ndiyo"], "no": ["hapana"]},
    },
    "roles.json": {"roles": {"fiu": {"name": "Kitengo cha Taarifa za Fedha"}}},
    "workbook-words.json": {"sheet.cover": "Jalada", "column.rating": "Ukadiriaji"},
}
READ = """
import json, sys
from pathlib import Path
from fatf_kit.assessment.folder.control_reader import read_control
workspace, problems = read_control(Path(sys.argv[1]))
names = {agency.id: dict(agency.names) for agency in workspace.agencies}
facts = dict(workspace.settings.facts)
print(json.dumps([workspace.settings.languages, names, facts, [problem.message for problem in problems]]))
"""
KEPT = ("coordination", "fiu")
"""The agencies that stay; the fewer there are, the less is written."""


class Copy:
    """A copy of fatf-kit with one language more, and what it prints."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, *arguments: str | Path, code: int = 0) -> str:
        """Run a command of the copy and return what it printed; it must end with the exit code."""
        return self._call("-m", "fatf_kit", *arguments, code=code)

    def read(self, workbook: Path) -> list[object]:
        """Read assessment.xlsx: the languages, the names of agencies, the facts and the problems."""
        found: list[object] = json.loads(self._call("-c", READ, workbook))
        return found

    def _call(self, *arguments: str | Path, code: int = 0) -> str:
        command = [sys.executable, *map(str, arguments)]
        variables = {
            name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "LANG", "LC_"))
        }
        result = subprocess.run(
            command, cwd=self.folder, env=variables, capture_output=True, text=True, encoding="utf-8", check=False
        )
        assert result.returncode == code, (command[2:], result.stdout[-2_000:], result.stderr[-2_000:])
        return result.stdout + result.stderr


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """A copy with Swahili: its code, some labels and words of workbooks, and a catalogue with a few messages."""
    folder = tmp_path_factory.mktemp("kit")
    shutil.copytree(Path(fatf_kit.__file__).parent, folder / "fatf_kit")
    shutil.copytree(data_folder("frameworks"), folder / "frameworks")
    languages = folder / "fatf_kit" / "core" / "languages.py"
    code, count = re.subn(r"(LANGUAGE_TAGS = .*)}\)", r'\1, "sw": "sw-KE"})', languages.read_text(encoding="utf-8"))
    assert count == 1
    languages.write_text(code, encoding="utf-8")
    locale = folder / "frameworks" / "locale"
    for name, texts in DATA.items():
        (locale / "sw").mkdir(exist_ok=True)
        (locale / "sw" / name).write_text(json.dumps(texts), encoding="utf-8")
    write_catalogue("sw", [*MESSAGES, "Main language"], locale)
    catalogue = (locale / "sw.po").read_text(encoding="utf-8")
    for english, swahili in MESSAGES.items():
        catalogue = catalogue.replace(f'msgid "{english}"\nmsgstr ""', f'msgid "{english}"\nmsgstr "{swahili}"')
    (locale / "sw.po").write_text(catalogue, encoding="utf-8")
    (locale / "sw.mo").write_bytes(compile_catalogue(locale / "sw.po"))
    return Copy(folder)


@pytest.fixture(scope="module")
def assessment(copy: Copy, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An assessment folder in Swahili after an update, in which one agency has answered."""
    folder = tmp_path_factory.mktemp("country") / "kenya"
    copy.run("init", folder, "--country", "KEN", "--lang", "sw")
    control = openpyxl.load_workbook(folder / "assessment.xlsx")
    fields = {row[0].value: row[2] for row in control.worksheets[0].iter_rows()}
    fields["on_site_from"].value, fields["on_site_to"].value = date(2027, 6, 1), date(2027, 6, 15)
    agencies = sheet_with(control, "name_sw")
    for row in agencies.iter_rows(min_row=1 + row_of(agencies, "name_sw")):
        if row[0].value == "fiu":
            cell(agencies, row[0].row, "name_sw").value = "Kitengo chetu"
        elif row[0].value not in KEPT:
            for place in row:
                place.value = None
    facts = sheet_with(control, "fact_answer")
    cell(facts, 1 + row_of(facts, "fact_answer"), "fact_answer").value = "ndiyo"
    control.save(folder / "assessment.xlsx")
    copy.run("template", folder, "--agency", "fiu")
    answers = openpyxl.load_workbook(folder / "templates" / "fiu.xlsx")
    sheet = next(sheet for sheet in answers if sheet.title == "R.29")
    for number, label in enumerate(("imetimizwa", "haijatimizwa"), start=1 + row_of(sheet, "rating")):
        cell(sheet, number, "rating").value = label
    answers.save(folder / "inbox" / "fiu.xlsx")
    copy.run("update", folder)
    return folder


def sheet_with(book: Workbook, key: str) -> Worksheet:
    """Find the sheet that has a column of a key."""
    return next(sheet for sheet in book.worksheets if any(key in row for row in sheet.iter_rows(values_only=True)))


def row_of(sheet: Worksheet, key: str) -> int:
    """Find the row of keys."""
    return next(number for number, row in enumerate(sheet.iter_rows(values_only=True), start=1) if key in row)


def cell(sheet: Worksheet, row: int, key: str) -> Cell:
    """Find the cell of a row in the column of a key."""
    keys = [place.value for place in sheet[row_of(sheet, key)]]
    found = sheet.cell(row, 1 + keys.index(key))
    assert isinstance(found, Cell)
    return found


def words_of(path: Path) -> set[str]:
    """Return every text in a workbook, line by line."""
    sheets = openpyxl.load_workbook(path).worksheets
    texts = (str(value) for sheet in sheets for row in sheet.iter_rows(values_only=True) for value in row)
    return {line for text in texts for line in text.split("\n")}


def test_a_folder_begins_in_it(copy: Copy, tmp_path: Path) -> None:
    """The workbook of the folder has the translated texts, and columns of the language that are read back."""
    copy.run("init", tmp_path / "kenya", "--country", "KEN", "--lang", "sw")
    control = words_of(tmp_path / "kenya" / "assessment.xlsx")
    assert {"Taasisi", "Nchi", "Jina kwa Kiswahili", "Jina kwa Kiingereza", "name_sw", "Main language"} <= control
    languages, names, _, problems = copy.read(tmp_path / "kenya" / "assessment.xlsx")
    assert (languages, problems) == (["sw"], [])
    assert isinstance(names, dict)
    assert names["fiu"]["en"] == "Financial Reporting Centre"


@pytest.mark.full
def test_what_is_translated_is_shown_and_all_else_is_english(assessment: Path) -> None:
    """The workbook of the folder and a template have both; the new language has its own columns."""
    control = words_of(assessment / "assessment.xlsx")
    assert {"Taasisi", "Nchi", "Jina kwa Kiswahili", "Jina kwa Kiingereza", "name_sw", "Main language"} <= control
    answers = words_of(assessment / "templates" / "fiu.xlsx")
    assert {"Ukadiriaji", "imetimizwa", "Explanation", "partly met", "Kitengo chetu"} <= answers
    laws = words_of(assessment / "laws.xlsx")
    assert {"title_sw", "Title in Kiswahili"} <= laws


@pytest.mark.full
def test_what_people_type_in_it_is_read_back(copy: Copy, assessment: Path) -> None:
    """Names, yes and no, and ratings, also after the workbook was written again."""
    languages, names, facts, problems = copy.read(assessment / "assessment.xlsx")
    assert languages == ["sw"]
    assert isinstance(names, dict)
    assert {name: names[name]["sw"] for name in names} == {
        "coordination": "National AML/CFT coordination committee",
        "fiu": "Kitengo chetu",
    }
    assert names["fiu"]["en"] == "Financial Reporting Centre"
    assert isinstance(facts, dict)
    assert list(facts.values()) == [True]
    assert isinstance(problems, list)
    assert [text for text in problems if "is not" in text] == []
    checked = copy.run("check", assessment)
    assert "Kitengo chetu: 2 of 112 answered" in checked
    assert "rating-unknown" not in checked
    assert "Kitengo chetu" in copy.run("status", assessment)


@pytest.mark.full
def test_workbooks_of_before_and_after_are_read(copy: Copy, assessment: Path, tmp_path: Path) -> None:
    """One without the language lacks no column in the copy; one with it reports that here its columns are not read."""
    fatf_kit.init_assessment(tmp_path / "irq", country="IRQ", languages=("fr", "ar"))
    control = tmp_path / "irq" / "assessment.xlsx"
    workspace, problems = read_control(control)
    assert workspace is not None
    languages, names, _, found = copy.read(control)
    assert languages == ["fr", "ar"]
    assert names == {agency.id: dict(agency.names) for agency in workspace.agencies}
    assert found == [problem.message for problem in problems]
    workspace, problems = read_control(assessment / "assessment.xlsx")
    assert workspace is not None
    assert workspace.settings.languages == ("en",)
    assert {agency.id: agency.names["en"] for agency in workspace.agencies}["fiu"] == "Financial Reporting Centre"
    assert [problem.facts for problem in problems if problem.code == "languages-newer"] == [(("found", "sw"),)]


@pytest.mark.full
def test_every_command_works_in_it(copy: Copy, assessment: Path, tmp_path: Path) -> None:
    """No command stops where texts of the language are missing."""
    register = data_folder("examples") / "npo" / "register.csv"
    copy.run("score", assessment, "-o", tmp_path / "score")
    copy.run("explain", assessment, "R.29")
    copy.run("outlook", assessment)
    copy.run("what-if", assessment)
    copy.run("calendar", assessment, "-o", tmp_path / "calendar.docx")
    copy.run("letters", assessment, "-o", tmp_path / "letters")
    copy.run("plan", assessment, "-o", tmp_path / "plan.xlsx")
    copy.run("progress", tmp_path / "plan.xlsx")
    copy.run("compare", assessment, assessment, "-o", tmp_path / "compare")
    copy.run("mock", "template", assessment, "-o", tmp_path / "mock")
    copy.run("mock", "debrief", *(tmp_path / "mock").glob("*.xlsx"), "-o", tmp_path / "debrief")
    copy.run("training", "template", assessment)
    copy.run("training", "report", assessment, "-o", tmp_path / "training.docx")
    copy.run("statistics", "template", assessment)
    shutil.copytree(assessment / "templates", tmp_path / "figures")
    copy.run(
        "statistics", "report", *(tmp_path / "figures").glob("statistics-*.xlsx"), "--lang", "sw", "-o", tmp_path / "s"
    )
    copy.run("laws", "propose", assessment)
    copy.run("laws", "check", assessment)
    copy.run("laws", "list", assessment)
    copy.run("laws", "annex", assessment, "-o", tmp_path / "annex.docx")
    copy.run("laws", "concordance", assessment, "-o", tmp_path / "concordance.docx")
    copy.run("action-plan", "make", assessment, "--kind", "icrg")
    copy.run("action-plan", "check", assessment)
    copy.run("follow-up", "template", "--published", "KEN", "--lang", "sw", "-o", tmp_path / "follow-up.xlsx")
    copy.run("follow-up", "report", tmp_path / "follow-up.xlsx", "--lang", "sw", "-o", tmp_path / "follow-up.docx")
    for kind in ("gap.html", "brief.docx", "slide.pptx", "deck.pptx", "roadmap.docx", "compliance.docx"):
        copy.run("paper", kind.partition(".")[0], assessment, "-o", tmp_path / kind)
    copy.run("paper", "agency", assessment, "--agency", "fiu", "-o", tmp_path / "agency.docx")
    copy.run("guide", "IO.6", "--lang", "sw", "-o", tmp_path / "guide.docx")
    copy.run("overview", assessment, "-o", tmp_path / "overview.docx")
    copy.run("peers", "KEN", "--lang", "sw", "-o", tmp_path / "peers")
    copy.run("published", "show", "KEN", "--lang", "sw")
    copy.run("npo", "template", "--lang", "sw", "-o", tmp_path / "npo")
    copy.run("npo", "map", register, "--lang", "sw", "-o", tmp_path / "map.xlsx")
    copy.run("npo", "classify", register, "--lang", "sw", "-o", tmp_path / "classified")
    copy.run("npo", "questionnaire", register, "--lang", "sw", "-o", tmp_path / "questions")
    copy.run("template", "--lang", "sw", "-o", tmp_path / "whole.xlsx")
    copy.run("frameworks", "check", "--translation", "sw", code=1)
    copy.run("frameworks", "check")
    copy.run("doctor")
