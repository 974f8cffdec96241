"""Sheets of a workbook that is not ours as filled cells and links, read within bounds.

Cells come from openpyxl's read-only mode, which keeps memory flat whatever lies far away, links from our own scan.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fatf_kit.core.errors import WorkbookError
from fatf_kit.core.problems import Problem
from fatf_kit.spreadsheets.formats.guard import check_file, check_package

MAX_COLUMNS = 300
"""How far to the right cells are looked at; the table has about 55 columns."""

MAX_ROWS = 20_000
"""How many filled rows a sheet may have; the table has about 700."""

_LAST_ROW = 1_048_576  # of any worksheet: a row number beyond it is damage


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """A row that holds something: its number, and its values by column number, both from 1. Blank cells are absent."""

    number: int
    cells: Mapping[int, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class FatfSheet:
    """A worksheet's filled rows. `cut` says that there are more of them than MAX_ROWS."""

    title: str
    rows: tuple[SheetRow, ...]
    cut: bool


def read_sheets(path: Path) -> tuple[FatfSheet, ...]:
    """Return every worksheet with its filled rows, in the workbook's order. Formulas give their stored result.

    Raises:
        WorkbookError: no such file, not an .xlsx workbook, password, damage, or beyond the limits.
    """
    if (fault := check_package(path)) is not None:
        raise WorkbookError(fault)
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl remarks on parts it leaves out, such as drop-downs
            book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
            try:
                return tuple(_sheet(sheet) for sheet in book.worksheets)
            finally:
                book.close()
    except Exception as fault:  # a damaged file makes openpyxl raise nearly anything
        raise WorkbookError(
            "{file} is damaged or not an ordinary Excel workbook ({error}). Open it, save it as 'Excel Workbook "
            "(.xlsx)' and try again.",
            file=path.name,
            error=type(fault).__name__,
        ) from fault


def _sheet(sheet: Any) -> FatfSheet:
    sheet.reset_dimensions()  # a false dimension would end the reading early, or never
    rows: list[SheetRow] = []
    padding: object = None  # openpyxl fills a gap with one and the same row, and a gap may be a million rows long
    for number, values in enumerate(sheet.iter_rows(max_row=_LAST_ROW, max_col=MAX_COLUMNS, values_only=True), 1):
        if values is padding:
            continue
        cells = {column: value for column, value in enumerate(values, 1) if not _blank(value)}
        if not cells:
            padding = values
        elif len(rows) == MAX_ROWS:
            return FatfSheet(title=sheet.title, rows=tuple(rows), cut=True)
        else:
            rows.append(SheetRow(number=number, cells=cells))
    return FatfSheet(title=sheet.title, rows=tuple(rows), cut=False)


def _blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not clean_text(value))


def clean_text(value: object) -> str:
    r"""Return text with line breaks and runs of spaces as one space, without invisible marks.

    >>> clean_text("  Report \n Type\u200b ")
    'Report Type'
    """
    return " ".join(re.sub("[\u200b-\u200f\u2060-\u2069\ufeff\u00ad]", "", str(value)).split())


def read_links(path: Path, title: str) -> dict[tuple[int, int], str]:
    """Return web addresses behind the cells of one sheet, by row and column number, both from 1.

    A link is a convenience: where the scan refuses the file, for example for a value far away, there are none.
    """
    checked = check_file(path)
    if isinstance(checked, Problem) or title not in checked.sheets:
        return {}
    return {
        (row + 1, column + 1): address
        for top, left, bottom, right, address in checked.sheets[title].links
        if address.startswith(("http://", "https://")) and right - left < MAX_COLUMNS and bottom - top < MAX_ROWS
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    }
