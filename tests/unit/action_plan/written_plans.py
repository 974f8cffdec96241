"""A register of items is written to action-plan.xlsx, changed as people do, and read again."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl

from fatf_kit.action_plan.items.book import read_items, render_items
from fatf_kit.action_plan.items.model import ItemRegister
from fatf_kit.action_plan.reading import read_plan
from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import Problem
from fatf_kit.framework import load_framework

Read = tuple[ItemRegister, tuple[Problem, ...]]
KEYS = {"note", "reason", "rate_source", "assumptions"}
"""Keys of which each table has one."""


def write_register(tmp_path: Path, register: ItemRegister, language: str = "en") -> Path:
    """Return the workbook of a register."""
    path = tmp_path / "action-plan.xlsx"
    path.write_bytes(render_items(register, Translator(language), country="Ruritania", notices=("Made up.",)))
    return path


def read_register(path: Path) -> Read:
    """Return the register in a workbook, and the problems."""
    return read_items(path, load_framework("fatf-2022"))


def find_keys(sheet: Any) -> Any:
    """Return the hidden row of keys above a table."""
    return next(row for row in sheet.iter_rows(max_row=12) if KEYS & {str(cell.value) for cell in row})


def edit_register(tmp_path: Path, register: ItemRegister, sheet: str, cells: dict[str, Any]) -> Read:
    """Return what is read after cells of the first row of a sheet were changed, by their keys."""
    path = write_register(tmp_path, register)
    book = openpyxl.load_workbook(path)
    keys = find_keys(book[sheet])
    columns = {str(cell.value): cell.column_letter for cell in keys if cell.value}
    for key, value in cells.items():
        book[sheet][f"{columns[key]}{keys[0].row + 1}"] = value
    book.save(path)
    return read_register(path)


def check_round_trip(tmp_path: Path, register: ItemRegister, language: str, parts: Sequence[str]) -> None:
    """Assert that parts of a register come back whole, each field of which has another value than its default."""
    found, problems = read_register(write_register(tmp_path, register, language))
    assert problems == ()
    for name in parts:
        rows = getattr(register, name)
        assert [dataclasses.replace(one, ref=None) for one in getattr(found, name)] == list(rows)
        for field in dataclasses.fields(rows[0]):
            if field.name not in ("ref", "id", "item", "cycle", "plan") and field.default is not dataclasses.MISSING:
                assert any(getattr(row, field.name) != field.default for row in rows), (name, field.name)


def list_problems(path: Path, change: Callable[[openpyxl.Workbook], object]) -> set[tuple[str, str, str | None]]:
    """Return the problems after a change: code, sheet and cell."""
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    _, problems = read_plan(path)
    return {(p.code, str(p.ref and p.ref.sheet), p.ref.cell if p.ref else None) for p in problems}
