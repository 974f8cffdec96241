"""Deadlines of bills and translations are dates of the status, the calendar and the plan."""

from __future__ import annotations

import io
import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from fatf_kit import calendar, folder_status, plan_of
from fatf_kit.action_plan.items.book import render_items
from fatf_kit.core.messages import Translator
from fatf_kit.core.resources import data_folder
from fatf_kit.workflows.plan import PlanResult
from tests.unit.action_plan.items.registers import REGISTER

START = date(2026, 12, 1)


@pytest.fixture(scope="module")
def home() -> Path:
    """The example, whose register has two bills and an ordered translation."""
    return data_folder("examples") / "ruritania"


@pytest.fixture(scope="module")
def planned(home: Path) -> PlanResult:
    """Its plan."""
    return plan_of([home], start=START)


@pytest.mark.full
def test_the_plan_has_them_in_its_calendar(planned: PlanResult) -> None:
    """With the other dates, in order of time."""
    book = openpyxl.load_workbook(io.BytesIO(planned.workbook("en")))
    rows = [row for row in book["Calendar"].iter_rows(min_row=3, values_only=True) if row[2]]
    steps = [str(row[2]) for row in rows]
    assert any(step.startswith("L-040 ") and "expected to come into force" in step for step in steps)
    assert any(": translation into " in step for step in steps)
    days = [str(row[0]) for row in rows]
    assert days == sorted(days)


@pytest.mark.full
def test_the_calendar_reminds_of_them(home: Path) -> None:
    """As a page and for calendar programs."""
    dates = calendar([home], start=START)
    text = dates.ics(today=START).decode().replace("\r\n ", "")
    assert "UID:law-commencement-l-040." in text
    assert "L-040" in str(dates.document(today=START))


def test_the_status_counts_and_lists_them(home: Path) -> None:
    """Late bills, and instruments without a current translation."""
    days = (date(2026, 11, 28), date(2028, 1, 1))
    early, late = (folder_status(home, today=day) for day in days)
    assert early.bills_late <= late.bills_late == 2
    assert early.untranslated > 0
    assert any("L-041" in one.step for one in late.dates)


@pytest.mark.full
def test_cycles_of_plans_are_dates_too(home: Path, tmp_path: Path) -> None:
    """The day on which a report is due is counted back from the Plenary where the country has not entered it."""
    ignored = shutil.ignore_patterns("workbook", "libreoffice", "mock", "ar", "fr", "statistics")
    folder = Path(shutil.copytree(home, tmp_path / "home", ignore=ignored))
    (folder / "action-plan.xlsx").write_bytes(render_items(REGISTER, Translator("en")))
    text = calendar([folder], start=START).ics(today=START).decode().replace("\r\n ", "")
    assert "UID:cycle-2027-02-due." in text
    assert "Report handed in to the joint group (Plenary of February 2027)" in text
    steps = {one.step: one.day for one in folder_status(folder, today=START).dates}
    assert steps["Report handed in to the joint group (Plenary of June 2027)"] == date(2027, 3, 2)
