"""Sheets of a workbook that is not ours as filled cells and links, read within bounds.

openpyxl's read-only mode keeps memory flat but knows no links, and its ordinary mode builds an object for every
formatted cell out to column XFD. So cells come from the read-only mode and links from the sheet's own XML.
"""

from __future__ import annotations

import posixpath
import re
import warnings
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from defusedxml.ElementTree import ParseError, fromstring, iterparse

from fatf_kit.core.errors import WorkbookError
from fatf_kit.spreadsheets.formats.guard import check_package

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

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
    """Every worksheet with its filled rows, in the workbook's order. Formulas give their stored result.

    Raises:
        WorkbookError: no such file, not an .xlsx workbook, password, damage, or beyond the limits.
    """
    if (fault := check_package(path)) is not None:
        raise WorkbookError(fault.message)
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
            f"{path.name} is damaged or not an ordinary Excel workbook ({type(fault).__name__}). "
            "Open it, save it as 'Excel Workbook (.xlsx)' and try again."
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
    r"""Text with line breaks and runs of spaces as one space, without marks that nobody sees.

    >>> clean_text("  Report \n Type\u200b ")
    'Report Type'
    """
    return " ".join(re.sub("[\u200b-\u200f\u2060-\u2069\ufeff\u00ad]", "", str(value)).split())


def read_links(path: Path, title: str) -> dict[tuple[int, int], str]:
    """Web addresses behind the cells of one sheet, by row and column number. Links inside the workbook are left out.

    A link is a convenience: where the file lays its parts out in a way not understood here, there are none.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            part = _part_of(archive, title)
            return _links(archive, part) if part else {}
    except (OSError, zipfile.BadZipFile, ParseError, ValueError, LookupError):  # the last: no such encoding
        return {}


def _links(archive: zipfile.ZipFile, part: str) -> dict[tuple[int, int], str]:
    from openpyxl.utils import range_boundaries

    targets = _relations(archive, part)
    found: dict[tuple[int, int], str] = {}
    for cells, key in _hyperlinks(archive, part):
        address, external = targets.get(key, ("", False))
        bounds = [number for number in range_boundaries(cells) if number is not None]
        if not external or not address.startswith(("http://", "https://")) or len(bounds) < 4:
            continue
        left, top, right, bottom = bounds
        if right - left < MAX_COLUMNS and bottom - top < MAX_ROWS:
            found |= {(row, column): address for row in range(top, bottom + 1) for column in range(left, right + 1)}
    return found


def _hyperlinks(archive: zipfile.ZipFile, part: str) -> list[tuple[str, str]]:
    """Range and relation of each link. Rows are dropped while passing, so that a long sheet takes no memory."""
    found: list[tuple[str, str]] = []
    with archive.open(part) as stream:
        data: Element | None = None
        for event, element in iterparse(stream, events=("start", "end")):
            name = element.tag.rpartition("}")[2]
            if event == "start" and name == "sheetData":
                data = element
            elif event == "end" and name == "row" and data is not None:
                data.clear()
            elif event == "end" and name == "hyperlink":
                found.append((element.get("ref", ""), _relation_id(element)))
    return found


def _part_of(archive: zipfile.ZipFile, title: str) -> str | None:
    main = next((t for t, _ in _relations(archive, "").values() if posixpath.basename(t).startswith("workbook")), None)
    if main is None or main not in archive.namelist():
        return None
    relations = _relations(archive, main)
    for element in fromstring(archive.read(main)).iter():
        if element.tag.rpartition("}")[2] == "sheet" and element.get("name") == title:
            part = relations.get(_relation_id(element), ("", True))[0]
            return part if part in archive.namelist() else None
    return None


def _relation_id(element: Element) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == "id" and "}" in key), "")


def _relations(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, bool]]:
    """Targets of a part by relation id: the part's name inside the file, or an address and True."""
    folder, name = posixpath.split(part)
    page = posixpath.join(folder, "_rels", f"{name}.rels")
    if page not in archive.namelist():
        return {}
    found: dict[str, tuple[str, bool]] = {}
    for element in fromstring(archive.read(page)):
        target, external = element.get("Target", ""), element.get("TargetMode") == "External"
        inside = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        found[element.get("Id", "")] = (target if external else inside, external)
    return found
