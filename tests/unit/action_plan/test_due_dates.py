"""The two dates of an action in the workbook of a plan: the planned one, which leads, and the earliest possible one."""

from __future__ import annotations

import io
from datetime import date, datetime

import openpyxl

from fatf_kit import PlanResult, plan_of
from fatf_kit.action_plan.schema import ACTIONS
from fatf_kit.core.messages import Translator
from tests.unit.action_plan.conftest import RURITANIA


def test_the_date_of_the_country_leads_and_the_possible_one_is_named(planned: PlanResult, english_plan: bytes) -> None:
    """As in every paper: the planned date is the due date, and a later possible date is in the notes.

    A planned date before the plan begins is in the notes only.
    """
    plan, sheet = planned.plan, openpyxl.load_workbook(io.BytesIO(english_plan))["Actions"]
    columns = {column.key: number for number, column in enumerate(ACTIONS.columns, start=1)}
    for place, action in enumerate(plan.actions, start=3):
        due, possible = plan.find_due(action), plan.slots[action.id].due
        day = plan.find_planned_day(action)
        assert due == (day if day and day >= plan.start else possible)
        cell, note = sheet.cell(place, columns["due"]).value, str(sheet.cell(place, columns["note"]).value)
        assert isinstance(cell, datetime)
        assert cell.date() == due
        assert (f"possible from {Translator('en').day(possible)}" in note) == (possible > due)
    assert any(action.planned_due and plan.slots[action.id].due > plan.find_due(action) for action in plan.actions)


def test_no_work_begins_before_the_plan() -> None:
    """A day that passed before the plan begins is named, and the work begins with the plan."""
    late = plan_of(RURITANIA, start=date(2026, 12, 1))
    sheet = openpyxl.load_workbook(io.BytesIO(late.workbook()))["Actions"]
    columns = {column.key: number for number, column in enumerate(ACTIONS.columns, start=1)}
    passed = 0
    for place, action in enumerate(late.plan.actions, start=3):
        begins, due = (sheet.cell(place, columns[key]).value for key in ("start", "due"))
        assert isinstance(begins, datetime)
        assert isinstance(due, datetime)
        assert late.plan.start <= begins.date() <= due.date()
        day, note = late.plan.find_planned_day(action), str(sheet.cell(place, columns["note"]).value)
        is_past = day is not None and day < late.plan.start
        assert ("was planned for" in note) == is_past
        passed += is_past
    assert passed > 0
