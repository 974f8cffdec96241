"""A workbook has a stamp: facts about itself on a very hidden sheet, and again in the file's custom properties.

Either may be lost on the way (a sheet deleted, a file saved by another program); the other one is then read.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import unescape

from fatf_kit.core.national_words import base_language
from fatf_kit.core.resources import tool_version
from fatf_kit.spreadsheets.cell_writer import BookWriter
from fatf_kit.spreadsheets.formats.limits import RefusedError, count_units
from fatf_kit.spreadsheets.formats.scan_xlsx import read_xlsx_properties
from fatf_kit.spreadsheets.marks import STAMP_MARK
from fatf_kit.spreadsheets.schema import BookSchema
from fatf_kit.spreadsheets.sheet import SheetContent
from fatf_kit.spreadsheets.spread import stamp_languages

PROPERTY_PREFIX = "fatf-kit "
REPORT_PROPERTY = f"{PROPERTY_PREFIX}report"
"""Marks a workbook as a report of fatf-kit, which holds no answers."""

CREATED = datetime(2020, 1, 1)
"""The day on which every workbook says that it was written: one of writing would make every copy differ."""

SHEET = "_stamp"
_LONGEST_PROPERTY = 255  # what Excel allows
_TOP = 60  # rows among which the mark of the sheet stands
_CORE, _LONGEST_CORE = "docProps/core.xml", 10_000
_SAVED_BY = re.compile(rb"<(?:\w+:)?lastModifiedBy>([^<>]*)</")
_CUSTOM, _LONGEST_CUSTOM = "docProps/custom.xml", 100_000
_UNREADABLE = (
    OSError, ValueError, KeyError, RuntimeError, NotImplementedError, EOFError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip


def write_stamp(cell_writer: BookWriter, schema: BookSchema, title: str, facts: Mapping[str, str]) -> None:
    """Say what kind of workbook this is, which version made it and more `facts`; `title` is a property of the file."""
    languages = stamp_languages(schema)
    said = {"kind": schema.kind, "kit": tool_version(), "layout": str(schema.layout), **languages, **facts}
    if "language" in said:
        said["language"] = base_language(said["language"])
    cell_writer.book.set_properties({"title": title, "author": "fatf-kit", "created": CREATED})
    for name, value in said.items():
        if 0 < count_units(value) <= _LONGEST_PROPERTY:
            cell_writer.book.set_custom_property(f"{PROPERTY_PREFIX}{name}", value, "text")
    sheet = cell_writer.sheet(SHEET)
    cell_writer.may_show(said)
    sheet.put(0, 0, STAMP_MARK, "key")
    for row, (name, value) in enumerate(said.items(), start=1):
        sheet.put(row, 0, name, "key")
        sheet.put(row, 1, value, "key")
    sheet.worksheet.very_hidden()


def read_stamp(sheets: Iterable[SheetContent], properties: Mapping[str, str]) -> Mapping[str, str]:
    """Return what a workbook says about itself, by fact; empty where its stamp is gone.

    People may have typed the mark into an answer, so a sheet that names version or layout goes before any other.
    """
    marked = []
    for sheet in sheets:
        if any(STAMP_MARK in row for row in sheet.grid[:_TOP]):
            rows = [[text for value in row if (text := str(value).strip())] for row in sheet.grid]
            marked.append({row[0]: row[1] for row in rows if len(row) > 1})
    if marked:
        return next((facts for facts in marked if not facts.keys().isdisjoint(("kit", "layout"))), marked[0])
    ours = ((name, value) for name, value in properties.items() if name.startswith(PROPERTY_PREFIX))
    return {name.removeprefix(PROPERTY_PREFIX): value for name, value in ours}


def read_properties(path: Path) -> Mapping[str, str]:
    """Return what a workbook says about itself in its properties, whatever else is in it; empty where it says nothing.

    >>> read_properties(Path("no-such-file.xlsx"))
    {}
    """
    try:
        with zipfile.ZipFile(path) as package, package.open(_CUSTOM) as part:
            found = read_xlsx_properties(part.read(_LONGEST_CUSTOM))
    except (*_UNREADABLE, RefusedError):
        return {}
    ours = ((name, value) for name, value in found.items() if name.startswith(PROPERTY_PREFIX))
    return {name.removeprefix(PROPERTY_PREFIX): value for name, value in ours}


def is_as_written(path: Path) -> bool:
    """Return whether a workbook still is as fatf-kit wrote it: every program that saves it leaves another day in it.

    Read from a few bytes, whatever else is in the file; False where it cannot be read.

    >>> is_as_written(Path("no-such-file.xlsx"))
    False
    """
    return f"{CREATED.isoformat()}Z</dcterms:modified>".encode() in _read_core(path)


def read_last_author(path: Path) -> str:
    """Return who saved a workbook or document last, as the program that saved it says; "" where it does not.

    >>> read_last_author(Path("no-such-file.xlsx"))
    ''
    """
    found = _SAVED_BY.search(_read_core(path))
    return unescape(found[1].decode(errors="replace")).strip()[:_LONGEST_PROPERTY] if found else ""


def _read_core(path: Path) -> bytes:
    """Return the first bytes of what an Office file says about itself; none where it cannot be read."""
    try:
        with zipfile.ZipFile(path) as package, package.open(_CORE) as part:
            return part.read(_LONGEST_CORE)
    except _UNREADABLE:
        return b""
