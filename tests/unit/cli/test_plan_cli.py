"""`fatf-kit plan`, `progress`, `calendar`, `compare` and `follow-up` from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fatf_kit import plan_of
from fatf_kit.core.json_files import check_json
from tests.unit.cli.commands import WORKBOOK, invoke, json_of


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan in Arabic."""
    path = tmp_path_factory.mktemp("plan") / "plan.xlsx"
    result = invoke("plan", WORKBOOK, "--start", "2026-01-04", "--target", "leave-icrg", "--lang", "ar", "-o", path)
    assert result.exception is None
    assert path.is_file()
    return path


def test_a_plan_that_is_there_stays(book: Path, tmp_path: Path) -> None:
    """A filled plan is work of weeks: only --force replaces it."""
    filled = tmp_path / "plan.xlsx"
    filled.write_bytes(book.read_bytes())
    before = filled.read_bytes()
    assert "--force" in str(invoke("plan", WORKBOOK, "-o", filled).exception)
    assert before == filled.read_bytes()


@pytest.mark.full
def test_progress_as_json_and_as_a_report(book: Path, tmp_path: Path) -> None:
    """One document is on standard output, and the report has a picture of the plan."""
    out = tmp_path / "out"
    result = invoke("progress", book, "--today", "2026-07-01", "-o", out, "--json", "--lang", "ar")
    assert check_json(json.loads(result.stdout), "progress-1.schema.json", "stdout") == ()
    assert {"report.html", "report.docx", "charts"} <= {path.name for path in out.iterdir()}
    assert (out / "charts" / "timeline.png").is_file()


def test_progress_in_words(book: Path) -> None:
    """States, and the outlook under each assumption."""
    result = invoke("progress", book, "--today", "2026-07-01")
    assert "overdue" in result.stdout
    assert "at the present pace" in result.stdout


def test_calendar_from_a_day_alone(tmp_path: Path) -> None:
    """Dates in words, as a calendar file and as a page."""
    result = invoke("calendar", "--visit", "2027-03-01", "--country", "Ruritania")
    assert "2026-09-01" in result.stdout
    files = [tmp_path / name for name in ("a.ics", "a.html", "a.docx")]
    outputs = [arg for file in files for arg in ("-o", file)]
    assert invoke("calendar", "--plenary", "2027-11-01", "--edition", "fatf-2013", *outputs).exception is None
    assert all(file.is_file() for file in files)


@pytest.mark.full
def test_compare_with_itself() -> None:
    """Nothing moved."""
    assert json_of("compare", WORKBOOK, WORKBOOK)["movements"] == []


def test_follow_up_of_iraq(tmp_path: Path) -> None:
    """The workbook, and the report in Word from the published ratings alone."""
    book, report = tmp_path / "f.xlsx", tmp_path / "f.docx"
    assert invoke("follow-up", "template", "--published", "IRQ", "-o", book).exception is None
    result = invoke("follow-up", "report", book, "-o", report)
    assert "Apart from the thresholds that depend on effectiveness" in result.stdout
    assert report.is_file()


@pytest.mark.full
def test_a_plan_as_json_says_what_its_workbook_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The way to the target, and the first of its actions with its dates."""
    monkeypatch.chdir(tmp_path)
    found = json_of("plan", WORKBOOK, "--start", "2026-01-04", "--target", "leave-icrg")
    planned = plan_of(WORKBOOK, start="2026-01-04", target="leave-icrg").plan
    assert planned.way is not None
    assert tuple(found["way"]["actions"]) == planned.way.actions
    assert {one["id"] for one in found["actions"] if one["late"]} == set(planned.late)
    assert set(found["actions"][0]["effect"]["moves"][0]) == {"id", "from", "to"}
    assert set(found["ratings"]["R.1"]) == {"claimed", "shown"}
    assert "ratings_after" not in found
