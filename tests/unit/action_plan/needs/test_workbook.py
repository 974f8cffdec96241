"""The sheets of rates, costs and assistance are written and read back whole; what cannot be used is a problem."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from fatf_kit.action_plan.needs.costing import price_lines
from fatf_kit.action_plan.needs.matrix import build_matrix
from fatf_kit.action_plan.needs.pictures import draw_years
from fatf_kit.core.messages import Translator
from tests.unit.action_plan.needs.registers import REGISTER, make_facts
from tests.unit.action_plan.written_plans import Read, check_round_trip, edit_register, find_keys


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_every_cell_comes_back(language: str, tmp_path: Path) -> None:
    """Each field has another value than its default somewhere."""
    check_round_trip(tmp_path, REGISTER, language, ("rates", "costs", "needs"))


def _edited(tmp_path: Path, sheet: str, cells: dict[str, Any]) -> Read:
    return edit_register(tmp_path, REGISTER, sheet, cells)


@pytest.mark.full(keep_every=3)
@pytest.mark.parametrize(
    ("sheet", "cells", "code", "cell"),
    [
        ("Rates", {"grade": None}, "rate-unnamed", "amount"),
        ("Costs", {"target": None}, "cost-unknown", "target"),
        ("Costs", {"first": 27}, "cost-year", "first"),
        ("Costs", {"days_low": 90}, "cost-range", "days_low"),
        ("Costs", {"days_likely": None}, "cost-likely", "days_likely"),
        ("Assistance", {"need_id": "7"}, "id-changed", "need_id"),
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
    keys = find_keys(book[sheet])
    letters = next(one.column_letter for one in keys if one.value == cell)
    allowed = {f"{letters}{keys[0].row + 1}", f"{letters}{keys[0].row + 2}"}
    assert str(ref.cell).partition(":")[0] in allowed


def test_numbers_are_given_and_small_letters_are_the_same(tmp_path: Path) -> None:
    """A line without a number gets the next one; currencies and ids are read in capitals."""
    register, problems = _edited(tmp_path, "Costs", {"row": None, "currency": "eur", "target": "ta-001"})
    assert problems == ()
    line = register.costs[0]
    assert (line.id, line.currency, line.target) == ("C-16", "EUR", "TA-001")


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


@pytest.mark.full(keep_every=4)
@pytest.mark.parametrize("word", ["open", "Open", "مفتوح", "ouvert"])
def test_a_partner_called_open_is_no_partner(word: str, tmp_path: Path) -> None:
    """In each language of the toolkit, as reports print it; nor is such a payer."""
    register, problems = _edited(tmp_path, "Assistance", {"partner": word})
    assert problems == ()
    assert register.needs[0].partner == ""
    register, _ = _edited(tmp_path, "Costs", {"payer": word})
    assert register.costs[0].payer == ""
