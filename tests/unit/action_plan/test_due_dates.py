"""The two dates of an action in the workbook of a plan: the planned one, which leads, and the earliest possible one."""

from __future__ import annotations

import io
from datetime import date, datetime

import openpyxl

from fatf_kit import PlanResult
from fatf_kit.action_plan.schema import ACTIONS
from fatf_kit.core.messages import Translator


def test_the_date_of_the_country_leads_and_the_possible_one_is_named(planned: PlanResult, english_plan: bytes) -> None:
    """As in every paper: the planned date is the due date, and a later possible date is in the notes."""
    plan, sheet = planned.plan, openpyxl.load_workbook(io.BytesIO(english_plan))["Actions"]
    columns = {column.key: number for number, column in enumerate(ACTIONS.columns, start=1)}
    for place, action in enumerate(plan.actions, start=3):
        due, possible = plan.find_due(action), plan.slots[action.id].due
        assert due == (date.fromisoformat(action.planned_due) if action.planned_due else possible)
        cell, note = sheet.cell(place, columns["due"]).value, str(sheet.cell(place, columns["note"]).value)
        assert isinstance(cell, datetime)
        assert cell.date() == due
        assert (f"possible from {Translator('en').day(possible)}" in note) == (possible > due)
    assert any(action.planned_due and plan.slots[action.id].due > plan.find_due(action) for action in plan.actions)
