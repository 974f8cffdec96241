"""Filled workbooks in the wrong folder and copies of the tables of a folder are reported."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from fatf_kit import agency_templates, init_assessment
from fatf_kit.assessment.answers.folder_answers import read_assessment
from fatf_kit.assessment.folder.folder import read_workspace
from fatf_kit.assessment.folder.model import Workspace
from fatf_kit.assessment.workbook.reader import read_workbook
from fatf_kit.spreadsheets.stamp import is_as_written

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A new folder with the blank templates of two agencies."""
    made = init_assessment(tmp_path_factory.mktemp("made") / "home", country="IRQ")
    assert all(written for *_, written in agency_templates(made.path, agencies=["fiu", "police"]))
    return made


@pytest.fixture
def home(made: Workspace, tmp_path: Path) -> Workspace:
    """A copy of it."""
    return replace(made, path=Path(shutil.copytree(made.path, tmp_path / "home")))


def answer(path: Path, target: Path, *, answered: bool = True) -> Path:
    """Save a template as another program does, with one answer or blank."""
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    if answered:
        sheet = next(sheet for sheet in book if sheet["A2"].value == "id")
        sheet["D3"] = "We comply."
    book.save(target)
    return target


def codes_and_files(home: Workspace) -> list[tuple[str, str]]:
    """Return the code and file of each problem except that responses/ is empty."""
    return [
        (p.code, p.ref.file if p.ref else "") for p in read_assessment(home).problems if p.code != "nothing-to-read"
    ]


def test_blank_templates_are_not_even_opened(home: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unchanged template is not opened; one saved without an answer is opened and not reported."""
    opened: list[str] = []

    def reading(path: Path) -> object:
        opened.append(path.name)
        return read_workbook(path)

    monkeypatch.setattr("fatf_kit.assessment.folder.unread_files.read_workbook", reading)
    assert (codes_and_files(home), opened) == ([], [])
    templates = home.path / "templates"
    answer(templates / "fiu.xlsx", templates / "fiu.xlsx", answered=False)
    assert (codes_and_files(home), opened) == ([], ["fiu.xlsx"])


def test_answers_in_the_wrong_folder_are_reported(home: Workspace) -> None:
    """Each misplaced workbook is reported once; blank, foreign and broken workbooks are not."""
    templates = home.path / "templates"
    answer(templates / "fiu.xlsx", templates / "fiu (filled).xlsx")
    answer(templates / "police.xlsx", home.path / "police.xlsx")
    shutil.copy(templates / "fiu.xlsx", home.path / "blank.xlsx")
    openpyxl.Workbook().save(home.path / "budget.xlsx")
    (home.path / "broken.xlsx").write_bytes(b"PK\x03\x04")
    misplaced = "workbook-misplaced"
    assert codes_and_files(home) == [(misplaced, "police.xlsx"), (misplaced, "templates/fiu (filled).xlsx")]


def test_copy_of_a_response_is_not_reported(home: Workspace) -> None:
    """A copy with the same bytes as a file in responses/ is not reported."""
    sent = answer(home.path / "templates" / "fiu.xlsx", home.path / "responses" / "fiu.xlsx")
    shutil.copy(sent, home.path / "templates" / "fiu.xlsx")
    assert [one for one in codes_and_files(home) if one[0] == "workbook-misplaced"] == []


@pytest.mark.parametrize(
    "damage", [lambda data: data[:200], lambda _: b"", lambda data: data.replace(b"docProps/core", b"docProps/corf")]
)
def test_damaged_template_is_not_as_written(home: Workspace, damage: Callable[[bytes], bytes]) -> None:
    """A damaged template does not count as unchanged, so that it is opened behind the guard."""
    path = home.path / "templates" / "fiu.xlsx"
    assert is_as_written(path)
    path.write_bytes(damage(path.read_bytes()))
    assert not is_as_written(path)


def test_copies_of_the_tables_are_reported(home: Workspace) -> None:
    """A copy of a table in any format is reported with the name of the file that is read."""
    names = ("agencies.xlsx", "Agencies (1).csv", "assignment.ods", "decisions final.xlsx")
    for name in (*names, "~$agencies.xlsx", "agencies.json", "notes.txt"):
        (home.path / name).write_bytes(b"x")
    _, problems = read_workspace(home.path)
    found = {(p.ref.file if p.ref else "", p.code, dict(p.facts)["used"]) for p in problems}
    read = ("agencies.csv", "agencies.csv", "assignment.csv", "decisions.xlsx")
    assert {(name, "table-copy", used) for name, used in zip(names, read, strict=True)} == found
