"""The state of a folder is counted from its files, and an update does what is due without losing anything."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import openpyxl
import pytest
from openpyxl.packaging.custom import CustomPropertyList

from fatf_kit import folder_status, init_assessment, score, status_report, update_folder
from fatf_kit.assessment.answers.intake import read_responses
from fatf_kit.assessment.folder.agency_templates import build_agency_layout, find_agency
from fatf_kit.assessment.folder.assignment import propose_duties
from fatf_kit.assessment.folder.folder import open_workspace
from fatf_kit.assessment.folder.model import Assignment
from fatf_kit.assessment.workbook.template import write_template
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.json_files import check_json
from fatf_kit.core.store import write_file
from fatf_kit.framework import load_framework
from fatf_kit.report.formats.xlsx import render_xlsx
from fatf_kit.workflows.assessment_folder import write_control, write_launchers
from fatf_kit.workflows.problems import problems_report
from tests.samples import take_sample
from tests.unit.cli.commands import invoke

NOW = datetime(2027, 2, 1, 9, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of Iraq in English with three agencies, in which the FIU's answers were due yesterday."""
    visit = (date(2027, 10, 3), date(2027, 10, 19))
    made = init_assessment(
        tmp_path_factory.mktemp("made") / "home", country="IRQ", on_site=visit, today=date(2026, 11, 28)
    )
    few = [one for one in made.agencies if one.id in ("fiu", "police", "npo-regulator")]
    agencies = tuple(
        replace(one, due=date(2027, 1, 31), sent=date(2026, 12, 1)) if one.id == "fiu" else one for one in few
    )
    duties = propose_duties(load_framework("fatf-2022"), agencies)
    folder = replace(made, agencies=agencies, assignment=Assignment(duties=duties))
    write_control(folder, today=date(2026, 11, 28))
    return made.path


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(made, tmp_path / "home"))


def send(home: Path, agency: str, target: Path, rating: str = "met") -> Path:
    """Write an agency's answer to 29.1 into a file."""
    workspace, _ = open_workspace(home)
    layout = build_agency_layout(workspace, find_agency(workspace, agency), "en")
    assert layout is not None
    prefill: Any = {"R.29/29.1": {"rating": rating, "explanation": "Because"}}
    target.parent.mkdir(exist_ok=True)
    write_template(layout, target, prefill=prefill)
    return target


def test_an_agency_that_sent_nothing_is_late_after_its_due_day(home: Path) -> None:
    """On the due day itself it is not; no other agency has a due day."""
    late = {one.agency for one in folder_status(home, today=TODAY).agencies if one.fact.is_overdue}
    assert late == {"fiu"}
    assert not any(one.fact.is_overdue for one in folder_status(home, today=date(2027, 1, 31)).agencies)


def test_answers_are_counted_by_the_agency_that_gave_them(home: Path) -> None:
    """With the file and the day on which it was saved; nobody else's count rises."""
    file = send(home, "fiu", home / "responses" / "from the FIU.xlsx")
    os.utime(file, (0, datetime(2027, 1, 20, 12, tzinfo=UTC).timestamp()))
    status = folder_status(home, today=TODAY)
    answered = {one.agency: one.fact.answered for one in status.agencies if one.fact.answered}
    fiu = next(one for one in status.agencies if one.agency == "fiu")
    assert answered == {"fiu": 1}
    assert [(one.name, one.day) for one in fiu.returned] == [("from the FIU.xlsx", date(2027, 1, 20))]
    assert (fiu.fact.shown, fiu.sent, fiu.fact.due) == (0, date(2026, 12, 1), date(2027, 1, 31))


def test_each_agency_has_a_sheet_of_its_own_problems(home: Path) -> None:
    """After the sheet of all problems; the police have none. Names are numbered, because two may begin alike."""
    for agency in ("fiu", "police"):
        send(home, agency, home / "responses" / f"{agency}.xlsx")
    report = problems_report(score(home), generated_at="2027-02-01")
    book = openpyxl.load_workbook(io.BytesIO(render_xlsx(report)))
    assert [sheet.title for sheet in book][1:] == ["Problems", "1 Financial intelligence unit"]
    assert {row[0] for row in book.worksheets[2].iter_rows(min_row=2, values_only=True)} == {"fiu.xlsx"}


def test_past_dates_are_marked(home: Path) -> None:
    """The first step of the calendar was on 3 February."""
    days = [one.days for one in folder_status(home, today=date(2027, 2, 5)).dates]
    assert min(days) < 0 < max(days)
    page = status_report(folder_status(home, today=date(2027, 12, 1)))
    table = next(section for section in page.document.sections if section.anchor == "dates").blocks[0]
    assert "past" in {row.cells[0].detail for row in table.rows}  # type: ignore[union-attr]


def test_steps_lead_to_what_is_missing(home: Path) -> None:
    """Templates first, then the reminder to the late agency; after an update its letter is there."""
    places = [step.place for step in folder_status(home, today=TODAY).steps]
    figures = f"fatf-kit statistics template {home}"
    template, letters = (f"fatf-kit {command} {home}" for command in ("template", "letters"))
    assert places == ["assessment.xlsx", template, figures, letters, "laws.xlsx"]
    places = [step.place for step in update_folder(home, now=NOW).status.steps]
    template, letters = "templates/, assessment.xlsx", "letters/…-reminder.docx"
    assert places == ["assessment.xlsx", template, letters, "laws.xlsx"]
    assert figures not in [step.place for step in folder_status(home, today=TODAY).steps]


def test_the_page_links_every_file_that_it_names(home: Path) -> None:
    """The files of the next steps, and the file that goes to each agency: its workbook, later its paper."""
    send(home, "fiu", home / "responses" / "fiu.xlsx")
    update_folder(home, now=NOW, formats=("json",))
    page = (home / "status.html").read_text(encoding="utf-8")
    linked = [unquote(address) for address in re.findall(r'<a href="([^#"]+)"', page)]
    assert {"assessment.xlsx", "laws.xlsx", "templates/police.xlsx", "reports/agency-fiu.docx"} <= set(linked)
    assert [address for address in linked if not (home / address).exists()] == []


@pytest.mark.full
def test_an_update_writes_the_letters_that_are_due(home: Path) -> None:
    """The first ones until the workbook is sent or returned, and a reminder to an agency that is late."""
    send(home, "police", home / "responses" / "police.xlsx")
    letters = {path.stem for path in update_folder(home, now=NOW, formats=("json",)).letters}
    first = {f"npo-regulator-{kind}" for kind in ("cover", "focal-points", "training")}
    assert letters == {*first, "fiu-reminder", "decree", "terms"}


@pytest.mark.full
def test_a_workbook_that_was_not_sent_follows_the_assignment(home: Path) -> None:
    """The police lead on 29.1 now: their workbook is written again; the FIU has its own since December.

    Once the day of sending is cleared, the FIU's is written too, with what it answered; nothing is written twice.
    """
    update_folder(home, now=NOW)
    send(home, "fiu", home / "responses" / "fiu.xlsx")
    workspace, _ = open_workspace(home)
    duty = workspace.assignment.duty("R.29/29.1")
    duty = replace(duty, lead="police", supporting=("fiu",), is_lead_chosen=True)
    changed = replace(workspace, assignment=Assignment(duties={**workspace.assignment.duties, "R.29/29.1": duty}))
    write_control(changed, today=TODAY)
    done = update_folder(home, now=NOW, formats=("json",))
    assert [path.name for path in done.templates] == ["police.xlsx"]
    assert len(list((home / "history").glob("* police.xlsx"))) == 1
    assert [step.place for step in done.status.steps if "day of sending" in step.text] == ["assessment.xlsx"]
    cleared = tuple(replace(one, sent=None) for one in changed.agencies)
    write_control(replace(changed, agencies=cleared), today=TODAY)
    again = [update_folder(home, now=NOW, formats=("json",)).templates for _ in range(2)]
    assert [[path.name for path in each] for each in again] == [["fiu.xlsx"], []]
    _, answers, _ = read_responses([home / "templates" / "fiu.xlsx"])
    assert [one.explanation for one in answers.answers] == ["Because"]


@pytest.mark.full
@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
def test_an_agency_in_a_stamp_is_one_of_the_folder(home: Path) -> None:
    """Else the copy has the name of the file, so that none is written outside the folder."""
    path = send(home, "fiu", home / "inbox" / "answers.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    for row in book["_stamp"].iter_rows():
        if row[0].value == "agency":
            row[1].value = "../../fiu"
    book.custom_doc_props = CustomPropertyList()  # type: ignore[attr-defined]
    book.save(path)
    done = update_folder(home, now=NOW, formats=("json",))
    assert [target.parent for _, target in done.filed] == [home / "responses"]
    assert {file.parent for file in home.parent.glob("*.xlsx")} == set()


@pytest.mark.full
def test_an_agency_without_requirements_does_not_stop_an_update(home: Path) -> None:
    """It gets neither a workbook nor a paper."""
    workspace, _ = open_workspace(home)
    idle = replace(workspace.agencies[0], id="archive", names={"en": "National Archive"}, roles=())
    write_control(replace(workspace, agencies=(*workspace.agencies, idle)), today=TODAY)
    send(home, "fiu", home / "responses" / "fiu.xlsx")
    names = {path.name for path in update_folder(home, now=NOW, formats=("json",)).written}
    assert "agency-fiu.docx" in names
    assert "agency-archive.docx" not in names


@pytest.mark.parametrize("language", take_sample(["en", "ar", "fr"], ["ar"]))
def test_the_json_conforms_to_its_schema(home: Path, language: str) -> None:
    """In every language."""
    report = status_report(folder_status(home, today=TODAY, language=language))
    assert check_json(report.payload, "status-1.schema.json", "status") == ()


def test_an_update_writes_what_is_missing_and_nothing_twice(home: Path) -> None:
    """Three workbooks at first; with an answer the reports; then only what changes."""
    first = update_folder(home, now=NOW, formats=("json",))
    assert len(first.templates) == 6
    assert {path.name for path in first.written} == {"status.html", "status.xlsx"}
    send(home, "fiu", home / "inbox" / "answers.xlsx")
    second = update_folder(home, now=NOW, formats=("json",))
    assert second.templates == ()
    assert [target.name for _, target in second.filed] == [f"fiu {date.today()} answers.xlsx"]
    assert {"assessment.json", "brief-en.docx", "agency-fiu.docx"} <= {path.name for path in second.written}
    assert update_folder(home, now=NOW, formats=("json",)).filed == ()


@pytest.mark.full
def test_the_inbox_is_copied_and_stays(home: Path) -> None:
    """Files of fatf-kit by kind, agency and day; others are named and left."""
    original = send(home, "fiu", home / "inbox" / "a.xlsx")
    before = original.read_bytes()
    (home / "inbox" / "letter.docx").write_bytes(b"Dear colleague")
    corrected = send(home, "fiu", home / "inbox" / "b.xlsx", "partly met")
    done = update_folder(home, now=NOW, formats=("json",))
    day = date.today()
    assert [target.name for _, target in done.filed] == [f"fiu {day} a.xlsx", f"fiu {day} b.xlsx"]
    assert [file.path.name for file in done.left] == ["letter.docx"]
    assert (original.read_bytes(), corrected.exists()) == (before, True)


@pytest.mark.full
def test_a_workbook_that_is_open_elsewhere_is_named(home: Path) -> None:
    """By the marks that Excel and LibreOffice leave."""
    (home / "~$assessment.xlsx").write_bytes(b"")
    (home / ".~lock.decisions.xlsx#").write_bytes(b"")
    assert update_folder(home, now=NOW).open_files == ("assessment.xlsx", "decisions.xlsx")


@pytest.mark.full
def test_a_file_that_cannot_be_replaced_gets_a_copy_next_to_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As Windows refuses where a program has the file open; the old one stays whole."""
    import fatf_kit.workflows.update as module

    update_folder(home, now=NOW)
    before = (home / "status.html").read_bytes()

    def refuse(path: Path, content: bytes) -> Path:
        if path.name == "status.html":
            raise FatfKitError("The file is used by another process.")
        return write_file(path, content)

    monkeypatch.setattr(module, "write_file", refuse)
    (home / "assessment.xlsx").touch()
    done = update_folder(home, now=NOW)
    assert [path.name for path in done.waiting] == ["status-new.html"]
    assert (home / "status.html").read_bytes() == before


@pytest.mark.full
def test_a_paper_finished_by_hand_stays(home: Path) -> None:
    """The new one is next to it; those that no person has changed are replaced, by the command as well."""
    send(home, "fiu", home / "responses" / "fiu.xlsx")
    update_folder(home, now=NOW, formats=("json",))
    brief, page = home / "reports" / "brief-en.docx", home / "reports" / "report.html"
    for path in (brief, page):
        path.write_bytes(b"Finished by hand")
    done = update_folder(home, now=NOW, formats=("html", "json"))
    assert [path.name for path in done.waiting] == ["report-new.html", "brief-en-new.docx"]
    assert (brief.read_bytes(), page.read_bytes()) == (b"Finished by hand", b"Finished by hand")
    assert invoke("paper", "roadmap", home).return_value == 0
    assert "was changed since" in str(invoke("paper", "brief", home).exception)


@pytest.mark.full
def test_a_filed_copy_keeps_what_its_name_says(home: Path) -> None:
    """A word such as "corrected" answers the question which of two copies is valid."""
    for name in ("fiu", "fiu corrected", "معدل"):
        send(home, "fiu", home / "inbox" / f"{name}.xlsx", name)
    filed = sorted(target.stem for _, target in update_folder(home, now=NOW, formats=("json",)).filed)
    day = filed[0].removeprefix("fiu ")
    assert filed == [f"fiu {day}", f"fiu {day} corrected", f"fiu {day} معدل"]


@pytest.mark.full
def test_a_copy_with_a_long_name_is_filed(home: Path) -> None:
    """The agency and the day stand before the name, which may be as long as the system allows by itself."""
    name = "ردود البنك المركزي على استبيان الالتزام الفني " * 2 + "بعد المراجعة الأخيرة من الإدارة"
    assert len(f"{name}.xlsx".encode()) <= 255
    send(home, "fiu", home / "inbox" / f"{name}.xlsx")
    ((_, target),) = update_folder(home, now=NOW, formats=("json",)).filed
    assert target.name.startswith("fiu ")
    assert name[:40] in target.name


@pytest.mark.full
def test_a_changed_role_is_written_into_the_workbook(home: Path) -> None:
    """The earlier copy is kept in history/."""
    book = openpyxl.load_workbook(io.BytesIO((home / "assessment.xlsx").read_bytes()))
    roles = book["Roles"]
    row = next(cells[0].row for cells in roles.iter_rows() if cells[0].value == "npo_regulator")
    roles.cell(row, 4).value = next(one.names["en"] for one in open_workspace(home)[0].agencies if one.id == "police")
    book.save(home / "assessment.xlsx")
    assert update_folder(home, now=NOW).is_refreshed
    workspace, problems = open_workspace(home)
    assert [problem.code for problem in problems] == ["assignment-open"]
    assert workspace.assignment.duty("R.8/8.1").lead == "police"
    assert any(home.glob("history/* assessment.xlsx"))


def test_launchers_run_on_every_system(tmp_path: Path) -> None:
    """ASCII; Windows needs its line ends, the others the right to run."""
    windows, mac, linux = write_launchers(tmp_path)
    for path in (windows, mac, linux):
        assert path.read_bytes().isascii()
        assert b"fatf-kit update ." in path.read_bytes()
    assert b"\r\n" in windows.read_bytes()
    assert b"\r" not in mac.read_bytes() + linux.read_bytes()
    assert os.access(mac, os.X_OK)
    assert os.access(linux, os.X_OK)


@pytest.mark.skipif(os.name == "nt", reason="the launchers of Linux and macOS")
def test_a_launcher_finds_a_program_that_is_not_on_the_path(tmp_path: Path) -> None:
    """A double click on a Mac does not know ~/.local/bin, into which the archive without internet installs."""
    program = tmp_path / "home" / ".local" / "bin" / "fatf-kit"
    program.parent.mkdir(parents=True)
    program.write_text('#!/bin/sh\necho "called with $* in $PWD"\n', encoding="utf-8")
    program.chmod(0o755)
    folder = tmp_path / "my folder"
    folder.mkdir()
    *_, linux = write_launchers(folder)
    found = subprocess.run(
        ["/bin/sh", str(linux)],
        env={"HOME": str(tmp_path / "home"), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout == f"called with update . in {folder}\n"
