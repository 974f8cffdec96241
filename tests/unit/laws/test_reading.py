"""laws.xlsx is written and read back whole, and what cannot be used is a problem with its cell."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import Problem
from fatf_kit.framework import load_framework
from fatf_kit.laws.book import read_register, render_register
from fatf_kit.laws.model import (
    STAGES,
    BillStage,
    EntryState,
    InstrumentStatus,
    LawRegister,
)
from tests.unit.laws.registers import FULL

SHEETS = ("instruments", "provisions", "links", "translations", "effects", "spellings")


def _rows(register: LawRegister, name: str) -> list[Any]:
    return [dataclasses.replace(one, ref=None) for one in getattr(register, name)]


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_what_is_written_is_read_back(language: str, tmp_path: Path) -> None:
    """Every field of every sheet, in each language, with the statuses of the last time."""
    file = tmp_path / "laws.xlsx"
    file.write_bytes(render_register(FULL, Translator(language), country="Ruritania"))
    read, problems = read_register(file, load_framework("fatf-2022"))
    assert problems == ()
    for name in SHEETS:
        assert _rows(read, name) == _rows(FULL, name)
    assert read.earlier["L-004"] is InstrumentStatus.BILL


def test_a_workbook_without_the_column_made_under_is_read(tmp_path: Path) -> None:
    """Registers that were begun before it was there; nothing is reported, and nothing falls with an act."""
    file = tmp_path / "laws.xlsx"
    file.write_bytes(render_register(FULL, Translator("en")))
    book = openpyxl.load_workbook(file)
    (column,) = (cell.column for cell in book["Instruments"][2] if cell.value == "made_under")
    book["Instruments"].delete_cols(column)
    book.save(file)
    read, problems = read_register(file, load_framework("fatf-2022"))
    assert problems == ()
    assert [one.id for one in read.instruments] == ["L-001", "L-002", "L-003", "L-004"]
    assert {one.made_under for one in read.instruments} == {()}


def test_the_same_register_gives_the_same_bytes() -> None:
    """So that a second run changes nothing."""
    assert render_register(FULL, Translator("en")) == render_register(FULL, Translator("en"))


def _change(
    tmp_path: Path, sheet: str, row: int, key: str, value: str | date | None
) -> tuple[LawRegister, list[Problem]]:
    """The register with one cell of a row (from 1) changed, and its problems."""
    file = tmp_path / "laws.xlsx"
    file.write_bytes(render_register(FULL, Translator("en")))
    book = openpyxl.load_workbook(file)
    columns = {str(cell.value): int(cell.column or 0) for cell in book[sheet][2]}
    book[sheet].cell(2 + row, columns[key]).value = value
    book.save(file)
    read, problems = read_register(file, load_framework("fatf-2022"))
    return read, list(problems)


@pytest.mark.full(keep_every=2)
@pytest.mark.parametrize(
    ("sheet", "row", "key", "value", "code"),
    [
        ("Instruments", 2, "id", "Law 2", "id-changed"),
        ("Instruments", 2, "amends", "L-077", "law-unknown"),
        ("Instruments", 1, "in_force_until", date(2001, 1, 1), "law-dates"),
        ("Provisions", 1, "provision", "L-001", "law-article-missing"),
        ("Links", 1, "requirement", "IO.1/1.1", "id-unknown"),
        ("Spellings", 1, "instrument", "L-001 Law on banks", "law-followed"),
    ],
)
def test_bad_input_is_a_problem_with_its_cell(
    sheet: str, row: int, key: str, value: str | date | None, code: str, tmp_path: Path
) -> None:
    """A value that cannot be used is reported at its cell."""
    _, problems = _change(tmp_path, sheet, row, key, value)
    found = [one for one in problems if one.code == code]
    assert found, problems
    assert found[0].ref is not None
    assert found[0].ref.sheet == sheet


def test_a_hijri_date_is_read(tmp_path: Path) -> None:
    """Of the Umm al-Qura calendar."""
    read, problems = _change(tmp_path, "Instruments", 1, "day", "1439/2/5هـ")
    assert problems == []
    assert read.by_id["L-001"].day == date(2017, 10, 25)


def test_a_row_without_a_choice_counts_as_checked_and_in_force(tmp_path: Path) -> None:
    """People who type a row themselves need not choose."""
    read, _ = _change(tmp_path, "Instruments", 1, "entry", None)
    assert read.by_id["L-001"].entry is EntryState.CHECKED


@pytest.mark.parametrize("label", ["لدى البرلمان", "المناقشة في البرلمان", "Before parliament", "Devant le parlement"])
def test_a_stage_is_read_by_its_label_of_today_and_by_an_earlier_one(label: str) -> None:
    """Older registers have another Arabic label."""
    assert STAGES.code_of(label) == BillStage.PARLIAMENT
