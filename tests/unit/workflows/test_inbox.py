"""Whatever lies in the inbox goes to its place by what it is, or is named with the reason; nothing is replaced."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from fatf_kit import init_assessment, template, update_folder
from fatf_kit.assessment.answers.intake import read_responses
from fatf_kit.assessment.folder.assignment import propose_duties
from fatf_kit.assessment.folder.folder import open_workspace
from fatf_kit.assessment.folder.model import Assignment, Workspace
from fatf_kit.assessment.workbook.layout import build_layout
from fatf_kit.assessment.workbook.template import write_template
from fatf_kit.core.resources import data_folder
from fatf_kit.framework import load_framework
from fatf_kit.workflows.assessment_folder import write_control
from fatf_kit.workflows.inbox import InboxResult, LeftBecause, file_inbox, list_carried

KEPT = Path("tests/data/written-by-1.0.0rc1")
REPORT = data_folder("examples") / "last-report" / "ruritania-2019.txt"
NOW = datetime(2027, 2, 1, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of Iraq in English with the FIU alone."""
    made = init_assessment(tmp_path_factory.mktemp("made") / "home", country="IRQ", today=date(2026, 12, 1))
    agencies = tuple(agency for agency in made.agencies if agency.id == "fiu")
    duties = propose_duties(load_framework("fatf-2022"), agencies)
    write_control(replace(made, agencies=agencies, assignment=Assignment(duties=duties)), today=date(2026, 12, 1))
    return made.path


@pytest.fixture
def workspace(made: Path, tmp_path: Path) -> Workspace:
    """A copy of it."""
    return open_workspace(shutil.copytree(made, tmp_path / "home"))[0]


def drop(workspace: Workspace, file: Path, name: str = "") -> Path:
    """Copy a file into the inbox."""
    return Path(shutil.copy2(file, workspace.path / "inbox" / (name or file.name)))


def list_places(workspace: Workspace, result: InboxResult) -> list[str]:
    """List the places of what was filed."""
    return [target.relative_to(workspace.path).as_posix() for _, target in result.filed]


def list_left(result: InboxResult) -> list[tuple[str, LeftBecause, str]]:
    """List what was left, with the reasons."""
    return [(file.path.name, file.why, file.detail) for file in result.left]


@pytest.mark.parametrize(
    ("kind", "name"), [("training", "training.xlsx"), ("laws", "laws.xlsx"), ("plan-items", "action-plan.xlsx")]
)
def test_a_workbook_of_which_a_folder_has_one(workspace: Workspace, kind: str, name: str) -> None:
    """It becomes the folder's own where there is none; later another one is left, and that one stays as it is."""
    (workspace.path / name).unlink(missing_ok=True)
    drop(workspace, KEPT / f"{kind}-en.xlsx", "from the academy.xlsx")
    assert list_places(workspace, file_inbox(workspace)) == [name]
    before = (workspace.path / name).read_bytes()
    assert file_inbox(workspace) == InboxResult()
    drop(workspace, KEPT / f"{kind}-fr.xlsx", "another.xlsx")
    assert list_left(file_inbox(workspace)) == [("another.xlsx", LeftBecause.KEPT, name)]
    assert (workspace.path / name).read_bytes() == before


def test_a_report_is_read_into_the_last_report(workspace: Workspace) -> None:
    """Its recommended actions can be answered; a text that only cites Recommendations stays where it is."""
    drop(workspace, REPORT, "MER.txt")
    (workspace.path / "inbox" / "letter.txt").write_text("We refer to 10.7 and to R.8 of the report.", encoding="utf-8")
    result = file_inbox(workspace)
    assert list_left(result) == [("letter.txt", LeftBecause.UNKNOWN, "")]
    ((_, target),) = result.filed
    assert (target.parent.name, target.read_bytes()) == ("earlier", REPORT.read_bytes())
    assert result.reports == (workspace.path / "inbox" / "MER.txt",)
    assert list_carried(workspace) == ()
    book = openpyxl.load_workbook(workspace.path / "last-report.xlsx")
    assert len(book.sheetnames) > 2
    assert file_inbox(workspace).filed == ()


def test_what_a_command_reads_is_left_with_its_name(workspace: Workspace) -> None:
    """A questionnaire to organisations belongs to the classification; a workbook of another program is not known."""
    drop(workspace, KEPT / "npo-questions-en.xlsx", "questions.xlsx")
    openpyxl.Workbook().save(workspace.path / "inbox" / "staff.xlsx")
    assert list_left(file_inbox(workspace)) == [
        ("questions.xlsx", LeftBecause.COMMAND, "fatf-kit npo classify"),
        ("staff.xlsx", LeftBecause.UNKNOWN, ""),
    ]


def answer_older_edition(path: Path, text: str = "Law 39 set it up", number: str = "29.1") -> Path:
    """Write a workbook of the edition of 2013 for the whole country with one answer."""
    layout = build_layout(load_framework("fatf-2013"), only=("R.29",))
    write_template(layout, path, prefill={f"R.29/{number}": {"rating": "met", "explanation": text}})
    return path


def test_answers_to_an_older_edition_begin_the_new_workbooks(workspace: Workspace, tmp_path: Path) -> None:
    """They are carried forward; the workbook of the lead agency is written again with them until it is sent."""
    update_folder(workspace.path, now=NOW, formats=("json",))
    path = workspace.path / "templates" / "fiu.xlsx"
    before = path.read_bytes()
    drop(workspace, answer_older_edition(tmp_path / "round 4.xlsx"))
    done = update_folder(workspace.path, now=NOW, formats=("json",))
    assert [file.name for file in done.carried] == ["round 4.xlsx"]
    assert [file.name for file in list_carried(workspace)] == ["round 4 fatf-2022.xlsx"]
    assert path in done.templates
    assert path.read_bytes() != before
    _, responses, _ = read_responses([path])
    assert "Law 39 set it up" in [answer.explanation for answer in responses.answers]
    assert [copy.read_bytes() for copy in (workspace.path / "history").glob("* fiu.xlsx")] == [before]


@pytest.mark.full
def test_two_older_workbooks_of_one_name_are_both_carried(workspace: Workspace) -> None:
    """Agencies often leave the name as it was; one in a folder of its own replaces no other."""
    for folder, number, text in (("fiu", "29.1", "Law 39 set it up"), ("police", "29.3", "Decree 4")):
        path = workspace.path / "inbox" / folder / "answers.xlsx"
        path.parent.mkdir()
        answer_older_edition(path, text, number)
    assert len(file_inbox(workspace).carried) == 2
    _, responses, _ = read_responses(list_carried(workspace))
    assert {"Law 39 set it up", "Decree 4"} <= {answer.explanation for answer in responses.answers}


def test_statistics_are_requested_with_the_answers(workspace: Workspace) -> None:
    """One workbook for each agency that counts something, for the full years before the visit; once."""
    done = update_folder(workspace.path, now=NOW, formats=("json",))
    assert {path.name for path in done.templates} == {"fiu.xlsx", "statistics-fiu.xlsx"}
    assert update_folder(workspace.path, now=NOW, formats=("json",)).templates == ()


def test_a_blank_template_is_filed_like_any_answer(workspace: Workspace) -> None:
    """An agency may return it without an answer."""
    template(workspace.path / "inbox" / "blank.xlsx", only=("R.29",))
    (place,) = list_places(workspace, file_inbox(workspace))
    assert place.startswith("responses/blank ")
