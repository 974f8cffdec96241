"""action-plan.xlsx is written and read back whole, and what cannot be used is a problem with its cell."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fatf_kit.action_plan.items.make import make_plan_items
from fatf_kit.action_plan.items.model import ItemRegister
from fatf_kit.core.messages import Translator
from tests.unit.action_plan.items.registers import REGISTER
from tests.unit.action_plan.written_plans import check_round_trip, edit_register, read_register, write_register


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_every_cell_comes_back(language: str, tmp_path: Path) -> None:
    """Each field of the register has another value than its default somewhere."""
    check_round_trip(tmp_path, REGISTER, language, ("items", "evidence", "records", "cycles", "work"))


def test_proposed_cycles_come_back(tmp_path: Path) -> None:
    """A new plan proposes cycles by their month alone."""
    made = make_plan_items(ItemRegister(items=REGISTER.items), "icrg", today=date(2026, 11, 29)).register
    register, problems = read_register(write_register(tmp_path, made))
    assert problems == ()
    assert list(register.cycles_by_id) == ["2027-02", "2027-06", "2027-10", "2028-02"]


@pytest.mark.full(keep_every=4)
@pytest.mark.parametrize(
    ("sheet", "cells", "code"),
    [
        ("Items", {"id": "A"}, "id-changed"),
        ("Items", {"wording": None, "label": None}, "item-untitled"),
        ("Reports by cycle", {"plan": None}, "item-plan"),
        ("Reports by cycle", {"claimed": "fully addressed"}, "item-status"),
        ("Evidence", {"row": "2"}, "item-number-twice"),
        ("Evidence", {"series": "2025: 3; 2025: 4"}, "item-series"),
        ("Actions", {"what": None}, "row-nameless"),
        ("Actions", {"start": "2027-01-31"}, "item-dates"),
    ],
)
def test_what_cannot_be_used_is_reported(sheet: str, cells: dict[str, Any], code: str, tmp_path: Path) -> None:
    """The problem names the cell or row."""
    _, problems = edit_register(tmp_path, REGISTER, sheet, cells)
    found = [one for one in problems if one.code == code]
    assert found, problems
    assert found[0].ref is not None
    assert found[0].ref.sheet == sheet
    assert all(dict(one.facts).get("found") != "–" for one in problems)


def test_statuses_in_messages_are_in_the_language_of_the_reader(tmp_path: Path) -> None:
    """A status of another scale is named with those of this one."""
    _, problems = edit_register(tmp_path, REGISTER, "Reports by cycle", {"claimed": "fully addressed"})
    for language in ("ar", "fr"):
        t = Translator(language)
        text = next(one for one in problems if one.code == "item-status").text_in(t)
        for name in ("fully addressed", "not addressed", "addressed"):
            assert t(name) in text
            assert f"{name}" not in text
