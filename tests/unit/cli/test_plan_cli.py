"""`fatf-kit plan`, `progress`, `calendar`, `compare` and `follow-up` from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fatf_kit.cli.main import cli
from fatf_kit.framework.jsonfiles import check_json

WORKBOOK = Path(__file__).parents[3] / "examples" / "ruritania" / "workbook" / "ruritania-2022.xlsx"


def run(*args: object) -> Result:
    """A command with these arguments."""
    return CliRunner().invoke(cli, [*map(str, args)], standalone_mode=False)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan in Arabic."""
    path = tmp_path_factory.mktemp("plan") / "plan.xlsx"
    result = run("plan", WORKBOOK, "--start", "2026-01-04", "--target", "leave-icrg", "--lang", "ar", "-o", path)
    assert result.exception is None
    assert path.is_file()
    return path


def test_a_plan_that_is_there_stays(book: Path) -> None:
    """A filled plan is work of weeks: only --force replaces it."""
    before = book.read_bytes()
    assert "--force" in str(run("plan", WORKBOOK, "-o", book).exception)
    assert before == book.read_bytes()


def test_progress_as_json_and_as_a_report(book: Path, tmp_path: Path) -> None:
    """One document on standard output, the report beside the picture of the plan."""
    out = tmp_path / "out"
    result = run("progress", book, "--today", "2026-07-01", "-o", out, "--json", "--lang", "ar")
    assert check_json(json.loads(result.stdout), "progress-1.schema.json", "stdout") == ()
    assert {"report.html", "report.docx", "charts"} <= {path.name for path in out.iterdir()}
    assert (out / "charts" / "timeline.png").is_file()


def test_progress_in_words(book: Path) -> None:
    """States, and the outlook under each assumption."""
    result = run("progress", book, "--today", "2026-07-01")
    assert "overdue" in result.stdout
    assert "at today's pace" in result.stdout


def test_calendar_from_a_day_alone(tmp_path: Path) -> None:
    """Dates in words, as a calendar file and as a page."""
    result = run("calendar", "--visit", "2027-03-01", "--country", "Ruritania")
    assert "2026-09-01" in result.stdout
    files = [tmp_path / name for name in ("a.ics", "a.html", "a.docx")]
    outputs = [arg for file in files for arg in ("-o", file)]
    assert run("calendar", "--plenary", "2027-11-01", "--edition", "fatf-2013", *outputs).exception is None
    assert all(file.is_file() for file in files)


def test_compare_with_itself() -> None:
    """Nothing moved, and that is said as JSON too."""
    result = run("compare", WORKBOOK, WORKBOOK, "--json")
    assert [] == json.loads(result.stdout)["movements"]


def test_follow_up_of_iraq(tmp_path: Path) -> None:
    """The workbook, and the report in Word from the published ratings alone."""
    book, report = tmp_path / "f.xlsx", tmp_path / "f.docx"
    assert run("follow-up", "template", "--published", "IRQ", "-o", book).exception is None
    result = run("follow-up", "report", book, "-o", report)
    assert "Leaving aside the lines that count outcomes" in result.stdout
    assert report.is_file()
