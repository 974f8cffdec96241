"""The sheets of rates, costs and assistance are written and read back whole; what cannot be used is a problem."""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from fatf_kit.action_plan.items.book import render_items
from fatf_kit.action_plan.items.model import ItemRegister
from fatf_kit.action_plan.items.reading import read_items
from fatf_kit.action_plan.needs.costing import price_lines
from fatf_kit.action_plan.needs.matrix import build_matrix
from fatf_kit.action_plan.needs.pictures import draw_years
from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import Problem
from fatf_kit.framework import load_framework
from tests.unit.action_plan.needs.registers import REGISTER, make_facts

PARTS = ("rates", "costs", "needs")


def _plain(register: ItemRegister) -> dict[str, Any]:
    """The three lists without cells."""
    return {name: [replace(one, ref=None) for one in getattr(register, name)] for name in PARTS}


def _write(tmp_path: Path, register: ItemRegister, language: str = "en") -> Path:
    path = tmp_path / "action-plan.xlsx"
    path.write_bytes(render_items(register, Translator(language), country="Ruritania"))
    return path


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_every_cell_comes_back(language: str, tmp_path: Path) -> None:
    """Each field has another value than its default somewhere."""
    register, problems = read_items(_write(tmp_path, REGISTER, language), load_framework("fatf-2022"))
    assert problems == ()
    assert _plain(register) == _plain(REGISTER)
    for name in PARTS:
        rows = getattr(REGISTER, name)
        for field in dataclasses.fields(rows[0]):
            if field.name != "ref" and field.default is not dataclasses.MISSING:
                assert any(getattr(row, field.name) != field.default for row in rows), (name, field.name)


def _edited(tmp_path: Path, sheet: str, cells: dict[str, Any]) -> tuple[ItemRegister, tuple[Problem, ...]]:
    path = _write(tmp_path, REGISTER)
    book = openpyxl.load_workbook(path)
    keys = _find_keys(book[sheet])
    columns = {str(cell.value): cell.column_letter for cell in keys}
    for key, value in cells.items():
        book[sheet][f"{columns[key]}{keys[0].row + 1}"] = value
    book.save(path)
    return read_items(path, load_framework("fatf-2022"))


def _find_keys(sheet: Any) -> Any:
    """The hidden row of keys above a table."""
    marks = {"rate_source", "assumptions", "shareable"}
    return next(row for row in sheet.iter_rows(max_row=12) if marks & {str(cell.value) for cell in row})


@pytest.mark.parametrize(
    ("sheet", "cells", "code", "cell"),
    [
        ("Rates", {"grade": None}, "rate-unnamed", "amount"),
        ("Rates", {"grade": "National expert"}, "item-twice", "grade"),
        ("Rates", {"amount": "many"}, "number-unknown", "amount"),
        ("Costs", {"target": "PI-88"}, "cost-unknown", "target"),
        ("Costs", {"target": None}, "cost-unknown", "target"),
        ("Costs", {"row": "C-02"}, "item-twice", "row"),
        ("Costs", {"rate": "Wizard"}, "cost-rate", "rate"),
        ("Costs", {"first": 27}, "cost-year", "first"),
        ("Costs", {"days_low": 90}, "cost-range", "days_low"),
        ("Costs", {"days_likely": None}, "cost-likely", "days_likely"),
        ("Costs", {"kind": "magic"}, "choice-unknown", "kind"),
        ("Costs", {"currency": "Euros"}, "cost-currency-unknown", "currency"),
        ("Rates", {"currency": "€"}, "cost-currency-unknown", "currency"),
        ("Assistance", {"currency": "../x"}, "cost-currency-unknown", "currency"),
        ("Assistance", {"need_id": "7"}, "need-unnumbered", "need_id"),
        ("Assistance", {"need_id": "TA-002"}, "item-twice", "need_id"),
        ("Assistance", {"serves": "W-77"}, "need-unknown", "serves"),
        ("Assistance", {"wanted_until": "soon"}, "item-month", "wanted_until"),
        ("Assistance", {"status": "dreamt of"}, "choice-unknown", "status"),
    ],
)
def test_what_cannot_be_used_is_reported(
    sheet: str, cells: dict[str, Any], code: str, cell: str, tmp_path: Path
) -> None:
    """The problem names the sheet, and the cell or the row that begins with it."""
    _, problems = _edited(tmp_path, sheet, cells)
    found = [one for one in problems if one.code == code]
    assert found, problems
    ref = found[0].ref
    assert ref is not None
    assert ref.sheet == sheet
    book = openpyxl.load_workbook(tmp_path / "action-plan.xlsx")
    keys = _find_keys(book[sheet])
    letters = next(one.column_letter for one in keys if one.value == cell)
    allowed = {f"{letters}{keys[0].row + 1}", f"{letters}{keys[0].row + 2}"}
    assert str(ref.cell).partition(":")[0] in allowed


def test_a_line_without_a_number_gets_the_next_one(tmp_path: Path) -> None:
    """It keeps it when the workbook is written again."""
    register, problems = _edited(tmp_path, "Costs", {"row": None})
    assert problems == ()
    assert register.costs[0].id == "C-16"


def test_currencies_in_small_letters_are_the_same(tmp_path: Path) -> None:
    """And ids too."""
    register, problems = _edited(tmp_path, "Costs", {"currency": "eur", "target": "ta-001"})
    assert problems == ()
    assert (register.costs[0].currency, register.costs[0].target) == ("EUR", "TA-001")


def test_an_amount_in_a_refused_currency_is_in_no_sum(tmp_path: Path) -> None:
    """Days of a refused rate get no price either, and an amount funded is not used."""
    cells = {"likely": 70000, "currency": "Euros"}
    register, problems = _edited(tmp_path, "Costs", cells)
    assert [one.code for one in problems] == ["cost-currency-unknown"]
    assert price_lines(register)[0].total is None
    register, _ = _edited(tmp_path, "Rates", {"currency": "euros"})
    line = replace(register.costs[0], currency="EUR")
    assert price_lines(replace(register, costs=(line,)))[0].total is None
    register, _ = _edited(tmp_path, "Assistance", {"currency": "12E"})
    assert (register.needs[0].funded, register.needs[0].currency) == (None, "")


def test_a_bad_currency_is_no_file_name() -> None:
    """Charts have numbers."""
    register = replace(REGISTER, costs=(replace(REGISTER.costs[1], currency="../X"),))
    matrix = build_matrix(register, make_facts(register))
    assert [one.id for one in draw_years(matrix, Translator("en"))] == ["costs-by-year-1"]


@pytest.mark.parametrize("word", ["open", "Open", "مفتوح", "ouvert"])
def test_a_partner_called_open_is_no_partner(word: str, tmp_path: Path) -> None:
    """In each language of the toolkit, as reports print it; nor is such a payer."""
    register, problems = _edited(tmp_path, "Assistance", {"partner": word})
    assert problems == ()
    assert register.needs[0].partner == ""
    register, _ = _edited(tmp_path, "Costs", {"payer": word})
    assert register.costs[0].payer == ""
