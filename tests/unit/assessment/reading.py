"""Functions that read a changed copy and give its values, problem codes and cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import openpyxl

from fatf_kit.assessment.workbook.model import RawWorkbook
from fatf_kit.assessment.workbook.reader import read_workbook
from fatf_kit.core.problems import Problem
from fatf_kit.spreadsheets.rows import FilledRow
from fatf_kit.spreadsheets.sheet import CellValue
from tests.rows import values_in

Changed = Callable[[Callable[[openpyxl.Workbook], object]], Path]
"""Gives the path of a copy of the filled template after a change."""

Answers = dict[str, dict[str, CellValue]]


def read(path: Path) -> tuple[RawWorkbook, tuple[Problem, ...]]:
    """Return the workbook that is read from a copy, and its problems."""
    workbook, problems = read_workbook(path)
    assert workbook is not None, problems
    return workbook, problems


def values_of(rows: Iterable[FilledRow]) -> Answers:
    """Return the values of rows by requirement and column."""
    return {row.id: values_in(row) for row in rows}


def codes_of(problems: Iterable[Problem]) -> list[tuple[str, str | None, str | None]]:
    """Return the codes of problems with their sheets and cells."""
    return [(p.code, p.ref.sheet if p.ref else None, p.ref.cell if p.ref else None) for p in problems]


def setting(sheet: str, **cells: Any) -> Callable[[openpyxl.Workbook], None]:
    """Return a change that types values into cells of a sheet."""

    def change(book: openpyxl.Workbook) -> None:
        for address, value in cells.items():
            book[sheet][address] = value

    return change
