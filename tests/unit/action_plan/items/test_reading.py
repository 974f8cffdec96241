"""action-plan.xlsx is written and read back whole, and what cannot be used is a problem with its cell."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from fatf_kit.action_plan.items.book import render_items
from fatf_kit.action_plan.items.make import make_plan_items
from fatf_kit.action_plan.items.model import ItemRegister
from fatf_kit.action_plan.items.reading import read_items
from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import Problem
from fatf_kit.framework import load_framework
from tests.unit.action_plan.items.registers import REGISTER

PARTS = ("items", "evidence", "records", "cycles", "work")


def _plain(register: ItemRegister) -> dict[str, Any]:
    """The register without cells."""
    return {name: [dataclasses.replace(one, ref=None) for one in getattr(register, name)] for name in PARTS}


def write_register(tmp_path: Path, register: ItemRegister, language: str = "en") -> Path:
    """Return the workbook of a register."""
    path = tmp_path / "action-plan.xlsx"
    path.write_bytes(render_items(register, Translator(language), country="Ruritania", notices=("Made up.",)))
    return path


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_every_cell_comes_back(language: str, tmp_path: Path) -> None:
    """Each field of the register has another value than its default somewhere."""
    register, problems = read_items(write_register(tmp_path, REGISTER, language), load_framework("fatf-2022"))
    assert problems == ()
    assert _plain(register) == _plain(REGISTER)
    for name in PARTS:
        rows = getattr(REGISTER, name)
        for field in dataclasses.fields(rows[0]):
            if field.name not in ("ref", "id", "item", "cycle", "plan") and field.default is not dataclasses.MISSING:
                assert any(getattr(row, field.name) != field.default for row in rows), (name, field.name)


def test_proposed_cycles_come_back(tmp_path: Path) -> None:
    """A new plan proposes cycles by their month alone."""
    made = make_plan_items(ItemRegister(items=REGISTER.items), "icrg", today=date(2026, 11, 29)).register
    register, problems = read_items(write_register(tmp_path, made), load_framework("fatf-2022"))
    assert problems == ()
    assert list(register.cycles_by_id) == ["2027-02", "2027-06", "2027-10", "2028-02"]


def _edited(tmp_path: Path, sheet: str, cells: dict[str, Any]) -> tuple[ItemRegister, tuple[Problem, ...]]:
    path = write_register(tmp_path, REGISTER)
    book = openpyxl.load_workbook(path)
    keys = next(row for row in book[sheet].iter_rows(max_row=12) if _is_keys(row))
    columns = {str(cell.value): cell.coordinate.rstrip("0123456789") for cell in keys}
    for key, value in cells.items():
        book[sheet][f"{columns[key]}{int(keys[0].row or 0) + 1}"] = value
    book.save(path)
    return read_items(path, load_framework("fatf-2022"))


def _is_keys(row: Any) -> bool:
    return {"note", "reason"} & {str(cell.value) for cell in row} != set()


@pytest.mark.parametrize(
    ("sheet", "cells", "code"),
    [
        ("Items", {"id": "A"}, "item-unnumbered"),
        ("Items", {"id": "PI-02"}, "item-twice"),
        ("Items", {"wording": None, "label": None}, "item-untitled"),
        ("Items", {"units": "R.99"}, "item-unit"),
        ("Items", {"deadline": "soon"}, "item-month"),
        ("Items", {"asks": "wonders"}, "choice-unknown"),
        ("Reports by cycle", {"item": "PI-77"}, "item-unknown"),
        ("Reports by cycle", {"cycle": "2031-02"}, "item-cycle"),
        ("Reports by cycle", {"cycle": None}, "row-nameless"),
        ("Reports by cycle", {"plan": None}, "item-plan"),
        ("Reports by cycle", {"claimed": "fully addressed"}, "item-status"),
        ("Items", {"id": None}, "row-nameless"),
        ("Reports by cycle", {"item": None}, "row-nameless"),
        ("Evidence", {"item": None}, "row-nameless"),
        ("Cycles", {"cycle": None}, "row-nameless"),
        ("Evidence", {"row": "2"}, "item-number-twice"),
        ("Evidence", {"kind": None}, "item-evidence-kind"),
        ("Evidence", {"series": "2025: many"}, "item-series"),
        ("Evidence", {"series": "2025: 3; 2025: 4"}, "item-series"),
        ("Cycles", {"cycle": "later"}, "item-month"),
        ("Cycles", {"cycle": "2027-06"}, "item-twice"),
        ("Actions", {"what": None}, "row-nameless"),
        ("Actions", {"items": "PI-88"}, "item-unknown"),
        ("Actions", {"start": "2027-01-31"}, "item-dates"),
    ],
)
def test_what_cannot_be_used_is_reported(sheet: str, cells: dict[str, Any], code: str, tmp_path: Path) -> None:
    """The problem names the cell or row."""
    _, problems = _edited(tmp_path, sheet, cells)
    found = [one for one in problems if one.code == code]
    assert found, problems
    assert found[0].ref is not None
    assert found[0].ref.sheet == sheet
    assert all(dict(one.facts).get("found") != "–" for one in problems)


def test_statuses_in_messages_are_in_the_language_of_the_reader(tmp_path: Path) -> None:
    """A status of another scale is named with those of this one."""
    _, problems = _edited(tmp_path, "Reports by cycle", {"claimed": "fully addressed"})
    for language in ("ar", "fr"):
        t = Translator(language)
        text = next(one for one in problems if one.code == "item-status").text_in(t)
        for name in ("fully addressed", "not addressed", "addressed"):
            assert t(name) in text
            assert f"{name}" not in text
