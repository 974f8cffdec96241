"""`fatf-kit plan`, `progress`, `calendar`, `compare` and `follow-up` from the command line."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fatf_kit import plan_of
from fatf_kit.cli.main import cli
from fatf_kit.core.json_files import check_json

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
    assert "Leaving aside the thresholds that depend on effectiveness" in result.stdout
    assert report.is_file()


@pytest.mark.parametrize(
    ("schema", "args"),
    [
        ("plan-2", ("plan", WORKBOOK, "--start", "2026-01-04", "--target", "leave-icrg", "-o", "plan.xlsx")),
        ("plan-2", ("plan", "--published", "IRQ", "--start", "2026-01-04", "-o", "plan.xlsx")),
        ("calendar-1", ("calendar", "--visit", "2027-03-01", "--country", "Ruritania", "-o", "dates.ics")),
        ("calendar-1", ("calendar", WORKBOOK, "--start", "2026-01-04")),
        ("follow-up-1", ("follow-up", "report", "--published", "IRQ", "-o", "report.docx")),
    ],
)
def test_what_is_printed_is_there_as_json_too(
    schema: str, args: tuple[object, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One document after its schema on standard output, in codes and in the language asked for, and the file beside."""
    monkeypatch.chdir(tmp_path)
    told = json.loads(run(*args, "--json", "--lang", "fr").stdout)
    assert check_json(told, f"{schema}.schema.json", "stdout") == ()
    assert all((tmp_path / str(name)).is_file() for flag, name in pairwise(args) if flag == "-o")


def test_a_plan_as_json_says_what_its_workbook_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The way to the target, and the first of its actions with its dates."""
    monkeypatch.chdir(tmp_path)
    told = json.loads(run("plan", WORKBOOK, "--start", "2026-01-04", "--target", "leave-icrg", "--json").stdout)
    planned = plan_of(WORKBOOK, start="2026-01-04", target="leave-icrg").plan
    assert planned.way is not None
    assert tuple(told["way"]["actions"]) == planned.way.actions
    assert {one["id"] for one in told["actions"] if one["late"]} == set(planned.late)
    assert {"id", "from", "to"} == set(told["actions"][0]["effect"]["moves"][0])
    assert {"claimed", "shown"} == set(told["ratings"]["R.1"])
    assert "ratings_after" not in told
