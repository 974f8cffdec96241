"""Filled workbooks of figures for tests, copies of them changed by another program, and what is said of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from fatf_kit.core.languages import LANGUAGES
from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.figures import StatisticsReturn
from fatf_kit.statistics.reader import read_return
from fatf_kit.statistics.template import WorkbookContents, make_plan, render_template

YEARS = (2021, 2022, 2023)
LINE = "cash-declarations/in/declarations"
AMOUNT = "cash-declarations/in/seized-amount"
FIGURES: dict[tuple[str, int], Any] = {
    (LINE, 2021): 12,
    (LINE, 2022): 0,
    (LINE, 2023): "not available",
    (AMOUNT, 2021): 1.1,
    ("ml-cases/smuggling/investigations", 2023): 4,
}
COVER: dict[str, Any] = {
    "country": "Ruritania",
    "currency": "eur",
    "multiple": 1_000_000,
    "year_starts": 7,
    "year_kind": "fiscal",
    "contact": "Statistics office, ext. 12",
}
CASE: dict[str, Any] = {
    "case": "C-1",
    "outcome": "IO.8",
    "predicate": "smuggling",
    "year": 2022,
    "done": "Cash was stopped.",
    "result": "It was confiscated.",
    "shows": "Declarations are looked at.",
    "core_issues": "8.7",
}


def book(
    tmp_path: Path, language: str = "en", given: WorkbookContents | None = None, roles: tuple[str, ...] = ("customs",)
) -> Path:
    """A filled workbook."""
    filled = given or WorkbookContents(cover=COVER, figures=FIGURES, cases=[CASE])
    path = tmp_path / f"customs-{language}.xlsx"
    path.write_bytes(render_template(make_plan(roles, years=YEARS, language=language), filled))
    return path


def find_sheet(workbook: openpyxl.Workbook, table: str) -> Worksheet:
    """The sheet of a table, whose tab has the table's name in the language of the workbook."""
    tables = [load_definitions(language).tables for language in LANGUAGES]
    tabs = {one[table].tab for one in tables if table in one} or {table}
    return next(sheet for sheet in workbook.worksheets if sheet.title in tabs)


Change = Callable[[Worksheet], object] | Mapping[str, Any]
"""A change of a sheet by another program: values by cell, or a function."""


def mangle(path: Path, change: Change, table: str = "cash-declarations") -> Path:
    """A copy changed by another program."""
    workbook = openpyxl.load_workbook(path)
    sheet = find_sheet(workbook, table)
    for cell, value in change.items() if isinstance(change, Mapping) else ():
        sheet[cell] = value
    if callable(change):
        change(sheet)
    target = path.with_name("mangled.xlsx")
    workbook.save(target)
    return target


def read(path: Path) -> tuple[StatisticsReturn, Counter[str]]:
    """Return the statistics of a workbook and the codes of its problems."""
    found, problems = read_return(path)
    assert found is not None, problems
    return found, Counter(problem.code for problem in problems)


def values(found: StatisticsReturn) -> dict[tuple[str, int], Any]:
    """Figures by line and year."""
    return {(f.line, f.year): f.value if f.none is None else str(f.none) for f in found.figures}


EXPECTED = {**FIGURES, (AMOUNT, 2021): 1_100_000}


def without_stamp(path: Path) -> Path:
    """A copy that has lost it."""
    workbook: Any = openpyxl.load_workbook(path)
    del workbook["_stamp"]
    for name in list(workbook.custom_doc_props.names):
        del workbook.custom_doc_props[name]
    target = path.with_name("no-stamp.xlsx")
    workbook.save(target)
    return target


def list_problems(path: Path) -> list[tuple[str, str]]:
    """Codes and cells of what is said of a copy."""
    return [(p.code, str(p.ref).partition(", ")[2]) for p in read_return(path)[1]]
