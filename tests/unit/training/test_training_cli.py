"""`fatf-kit training`: the example's record, written again, reported on, and tested by two papers."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.json_files import check_json
from tests.unit.cli.commands import RURITANIA, end_of, invoke, json_of

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The folder of the example."""
    folder = tmp_path / "ruritania"
    left_out = shutil.ignore_patterns("workbook", "libreoffice", "ar", "fr", "texts", "mock")
    shutil.copytree(RURITANIA, folder, ignore=left_out)
    return folder


def test_the_example_has_137_seats_in_three_sessions(home: Path) -> None:
    """Added up by hand: 41, 44 and 52; the college (4) and the charities commission (2) are merged."""
    found = json_of("training", "report", home, "--today", "2026-11-28")
    assert check_json(found, "training-1.schema.json", "stdout") == ()
    assert [one["seats"] for one in found["sessions"]] == [41, 44, 52]
    assert found["seats"] == 137
    assert found["by_sex"] == {"women": 57, "men": 74, "not_stated": 6}
    assert found["agencies"][-1] == {"agency": "", "is_merged": True, "seats": 6, "by_sex": None}
    assert [one["change"] for one in found["tests"]] == [18.5, 19.5, None]
    assert found["needs"] is None


@pytest.mark.full
def test_the_government_sees_its_needs(home: Path) -> None:
    """Outcomes rated low without a session, three of them."""
    found = json_of("training", "report", home, "--today", "2026-11-28", "--audience", "government")
    covered = {one["unit"] for one in found["covered"]}
    assert len(found["needs"]) == 3
    assert covered.isdisjoint(one["outcome"] for one in found["needs"])
    assert {one["agency"] for one in found["agencies"]} >= {"charities", "College of Magistrates"}


@pytest.mark.parametrize("ending", ["html", "docx", "xlsx", "csv"])
def test_the_report_is_written_in_each_format(home: Path, tmp_path: Path, ending: str) -> None:
    """An existing file is kept without --force; the CSV file has a line for each session."""
    target = tmp_path / f"training.{ending}"
    assert invoke("training", "report", home, "-o", target, "--today", "2026-11-28").exception is None
    assert target.stat().st_size > 200
    if ending == "csv":
        rows = list(csv.DictReader(target.read_text(encoding="utf-8-sig").splitlines()))
        assert [row["seats"] for row in rows] == ["41", "44", "52"]
    target.write_bytes(b"changed by a person")
    assert isinstance(invoke("training", "report", home, "-o", target).exception, FatfKitError)


def test_what_is_filled_in_stays(home: Path) -> None:
    """Nothing is written while nothing changes; an added row stays, and the earlier file is in history/."""
    invoke("training", "template", home)  # the example may have been written by another version of the writer
    assert "is up to date" in invoke("training", "template", home).stderr
    before = len(list((home / "history").glob("*training.xlsx")))
    book = openpyxl.load_workbook(home / "training.xlsx")
    sheet = book.worksheets[2]
    for column, value in ((2, "T-02"), (3, "Charities Commission"), (4, 1), (5, 2)):
        sheet.cell(18, column, value)
    book.save(home / "training.xlsx")
    result = invoke("training", "template", home)
    assert "Written" in result.stderr
    assert len(list((home / "history").glob("*training.xlsx"))) == before + 1
    found = json_of("training", "report", home, "--today", "2026-11-28", "--audience", "government")
    assert found["seats"] == 140


def test_a_workbook_that_cannot_be_read_whole_is_not_written(home: Path) -> None:
    """The exit code says so."""
    book = openpyxl.load_workbook(home / "training.xlsx")
    book.worksheets[2]["B3"] = "T-09"
    book.save(home / "training.xlsx")
    before = (home / "training.xlsx").read_bytes()
    result = invoke("training", "template", home)
    assert result.return_value == 1
    assert "[training-kept]" in result.stderr
    assert (home / "training.xlsx").read_bytes() == before


def test_a_test_has_two_papers(home: Path) -> None:
    """As many questions as asked, in a file named after the outcomes; it is kept without --force."""
    result = invoke("training", "template", home, "--test", "io3,IO.6", "--questions", "2", "--lang", "fr")
    assert result.exception is None
    made = Document(str(home / "training-test-IO.3-IO.6-fr.docx"))
    assert [len(table.rows) - 1 for table in made.tables if len(table.columns) == 3] == [4, 4, 8]
    (home / "training-test-IO.3-IO.6-fr.docx").write_bytes(b"changed by a person")
    again = invoke("training", "template", home, "--test", "io3,IO.6", "--questions", "2", "--lang", "fr")
    assert isinstance(again.exception, FatfKitError)


def test_too_few_questions_are_reported(home: Path) -> None:
    """The bank has 16 on IO.2, so eight for each paper."""
    result = invoke("training", "template", home, "--test", "IO.2", "--questions", "9")
    assert "IO.2: 8 for each paper instead of 9" in result.stderr
    assert result.return_value == 0


def test_wrong_calls_are_explained(home: Path) -> None:
    """A Recommendation, an unknown outcome, papers without a test."""
    assert "is a Recommendation" in str(invoke("training", "template", home, "--test", "R.10").exception)
    assert end_of("training", "template", home, "--test", "IO.12") == 3
    assert end_of("training", "template", home, "-o", home / "x.docx") == 2


def test_without_a_record_the_next_step_is_named(home: Path) -> None:
    """Zero seats are reported; the first template is blank."""
    (home / "training.xlsx").unlink()
    result = invoke("training", "report", home)
    assert "fatf-kit training template" in result.stderr
    assert json_of("training", "report", home)["sessions"] == []
    assert invoke("training", "template", home).return_value == 0
    assert json_of("training", "report", home)["seats"] == 0


def test_the_record_is_checked_for_the_day_that_is_given(home: Path) -> None:
    """On the day before the first session every session is later."""
    before = invoke("training", "template", home, "--today", "2020-01-01").stderr
    assert before.count("1 January 2020") == 3
    assert "1 January 2020" not in invoke("training", "template", home, "--today", "2026-11-28").stderr
