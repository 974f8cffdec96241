"""Sheets of a workbook that is not ours as filled cells and links, read within bounds, and the meaning of its cells.

Cells come from openpyxl's read-only mode, which keeps memory flat whatever lies far away, links from our own scan.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from fatf_kit.core.errors import WorkbookError
from fatf_kit.core.problems import Problem
from fatf_kit.published.model import PublishedRating, ReportType, find_scale
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


_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_FIRST_YEAR, _LAST_YEAR = 2005, 2099  # the table begins with 2014; anything outside is a slip of the keyboard


def parse_unit(heading: object) -> str | None:
    r"""Return the unit that a column is headed with.

    >>> [parse_unit(heading) for heading in ("IO1", "R.\n10", "Recommendation 7", "R.41", "Report Type")]
    ['IO.1', 'R.10', 'R.7', None, None]
    """
    match = re.fullmatch(r"(r|rec|recommendation|io|immediate outcome)[ .]*0?(\d{1,2})", clean_text(heading).casefold())
    if not match:
        return None
    letter, number = match[1][0], int(match[2])
    if letter == "r":
        return f"R.{number}" if 1 <= number <= 40 else None
    return f"IO.{number}" if 1 <= number <= 11 else None


def parse_type(value: object) -> ReportType | None:
    """Return the type of report, with or without spaces and the sign of the plural.

    >>> parse_type("MER + FURs"), parse_type("AR")
    (<ReportType.SUMMARY: 'MER+FUR(s)'>, None)
    """
    bare = re.sub(r"\(s\)|\s", "", clean_text(value).casefold()).replace("furs", "fur")
    return next((kind for kind in ReportType if kind.casefold().replace("(s)", "") == bare), None)


def parse_month(value: object) -> str | None:
    """Return the month as "YYYY-MM", from a date or from an English text. A bare number is not a date.

    >>> [parse_month(text) for text in ("Jul-23", "July 2023", "2023-07", "May/23", "7/2023", "2023-07-15", "soon")]
    ['2023-07', '2023-07', '2023-07', '2023-05', '2023-07', '2023-07', None]
    """
    if isinstance(value, date):  # a datetime is one too
        return _month(value.year, value.month)
    text = clean_text(value).casefold() if isinstance(value, str) else ""
    if match := re.fullmatch(r"(\d{4})[-/.](\d{1,2})(?:[-/.]\d{1,2})?", text):
        return _month(int(match[1]), int(match[2]))
    if match := re.fullmatch(r"(\d{1,2})[-/.](\d{4})", text):
        return _month(int(match[2]), int(match[1]))
    if match := re.fullmatch(r"(?:\d{1,2}[ -])?([a-z]{3,9})\.?[ ,/'’-]*(\d{4}|\d{2})", text):
        year = int(match[2]) + (2000 if len(match[2]) == 2 else 0)
        months = [number for number, name in enumerate(_MONTHS, 1) if name.startswith(match[1])]
        return _month(year, months[0]) if len(months) == 1 else None
    return None


def _month(year: int, month: int) -> str | None:
    return f"{year}-{month:02}" if _FIRST_YEAR <= year <= _LAST_YEAR and 1 <= month <= 12 else None


def parse_rating(unit: str, value: object) -> PublishedRating | None:
    r"""Return the rating on the unit's own scale, whatever its case and spaces. FATF's table writes "N/A" for "NA".

    >>> parse_rating("R.17", " na\n"), parse_rating("R.25", "N/A"), parse_rating("IO.1", "NA")
    (<ComplianceRating.NA: 'NA'>, <ComplianceRating.NA: 'NA'>, None)
    """
    scale = find_scale(unit)
    text = re.sub(r"^N ?/ ?A$", "NA", clean_text(value).upper())
    return scale(text) if text in list(scale) else None


def parse_bodies(value: object) -> tuple[str, ...] | None:
    r"""Return the assessment bodies in their order; None where a piece does not begin with a letter.

    >>> parse_bodies("FATF/\nAPG"), parse_bodies("IMF & GIABA"), parse_bodies("=1")
    (('FATF', 'APG'), ('IMF', 'GIABA'), None)
    """
    pieces = tuple(piece for piece in re.split(r" ?(?:[/,;&+]|\band\b) ?", clean_text(value)) if piece)
    return pieces if pieces and all(piece[0].isalpha() for piece in pieces) else None


def parse_edition(value: object) -> str | None:
    """Return the edition behind a cell of a column "Methodology", if the table has one.

    >>> parse_edition(2013), parse_edition("2022 Methodology"), parse_edition("fifth")
    ('fatf-2013', 'fatf-2022', None)
    """
    years = set(re.findall(r"2013|2022", clean_text(value)))
    return f"fatf-{years.pop()}" if len(years) == 1 else None


def named_edition(texts: Iterable[object]) -> str | None:
    """Return the edition that titles speak of; None where they name none or more than one. A year alone names none.

    >>> named_edition(["ratings-2022-methodology"]), named_edition(["2013 Methodology", "2022 Methodology"])
    ('fatf-2022', None)
    """
    found = {
        year
        for text in texts
        for year in re.findall(r"\b(2013|2022)[\W_]+(?:fatf[\W_]+)?methodology", clean_text(text).casefold())
    }
    return f"fatf-{found.pop()}" if len(found) == 1 else None
