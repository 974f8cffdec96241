"""Filling cells of a workbook that is not ours, inside its package: every other part keeps its very bytes.

Two ways to ask: a placeholder in any cell, or a table with full ids in one column and our headings above others, whose
empty cells are filled.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

from fatf_kit.core.languages import clean, normalise, remove_unreadable
from fatf_kit.papers.fill.fields import FULL_ID, PlaceholderLookup
from fatf_kit.spreadsheets.formats.limits import MAX_TEXT, count_units

Element = Any
"""An element of lxml, which has no types of its own."""

CutReport = Callable[[str, str], None]
"""A callback that receives the address of a cell and the text that is too long for it."""

_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")


def fill_workbook(
    data: bytes, lookup: PlaceholderLookup, headings: Mapping[str, str], value: PlaceholderLookup, cut: CutReport
) -> bytes:
    """Return the workbook with its placeholders and tables filled.

    Args:
        data: The file, already looked at by the guard.
        lookup: Fills placeholders in a text.
        headings: Normalised heading to field.
        value: Takes an id and a field, gives the text for an empty cell of a table.
        cut: A callback that receives the address of a cell and the text that is too long for it.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    source = zipfile.ZipFile(io.BytesIO(data))
    shared = _shared(source, parser)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            part = source.read(info)
            if _SHEET.fullmatch(info.filename):
                root = etree.fromstring(part, parser)
                if _fill_sheet(root, shared, info.filename, lookup, headings, value, cut):
                    part = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            target.writestr(info, part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _shared(source: zipfile.ZipFile, parser: object) -> list[str]:
    from lxml import etree

    if "xl/sharedStrings.xml" not in source.namelist():
        return []
    root = etree.fromstring(source.read("xl/sharedStrings.xml"), parser)
    return ["".join(t.text or "" for t in item.iter("{*}t")) for item in root.iterfind("{*}si")]


def _fill_sheet(
    root: Element,
    shared: list[str],
    name: str,
    lookup: PlaceholderLookup,
    headings: Mapping[str, str],
    value: PlaceholderLookup,
    cut: CutReport,
) -> bool:
    def write(cell: Element, text: str) -> None:
        text = remove_unreadable(text)
        if count_units(text) > MAX_TEXT:
            cut(f"{name}!{cell.get('r')}", text)
            text = text.encode("utf-16-le")[: 2 * MAX_TEXT].decode("utf-16-le", "ignore")
        _write(cell, text)

    changed = False
    fields: dict[str, str] = {}
    for row in root.iterfind(".//{*}sheetData/{*}row"):
        cells = {_column(cell): cell for cell in row.iterfind("{*}c")}
        texts = {column: _text(cell, shared) for column, cell in cells.items()}
        for column, text in texts.items():
            if "{{" in text and (filled := lookup(text, f"{name}!{cells[column].get('r')}")) != text:
                write(cells[column], filled)
                changed = True
        found = {column: headings[normalise(text)] for column, text in texts.items() if normalise(text) in headings}
        if len(found) > 1:  # a row of headings
            fields = found
            continue
        ids = [text for text in map(clean, texts.values()) if FULL_ID.fullmatch(text)]
        if len(ids) == 1:
            for column, field in fields.items():
                if not texts.get(column) and (filled := value(ids[0], field)):
                    cell = cells[column] if column in cells else _insert(row, column)  # a blank one counts as false
                    write(cell, filled)
                    changed = True
    return changed


def _text(cell: Element, shared: list[str]) -> str:
    kind = cell.get("t")
    if cell.find("{*}f") is not None:
        return "=" if cell.find("{*}v") is None else str(cell.findtext("{*}v"))
    if kind == "inlineStr":
        return "".join(t.text or "" for t in cell.iter("{*}t"))
    raw = cell.findtext("{*}v") or ""
    return shared[int(raw)] if kind == "s" and raw.isdigit() and int(raw) < len(shared) else raw


def _write(cell: Element, text: str) -> None:
    """Write a text as an inline string, which never becomes a formula. The format of the cell stays."""
    from lxml import etree

    space = etree.QName(cell).namespace
    for child in list(cell):
        cell.remove(child)
    cell.set("t", "inlineStr")
    inside = etree.SubElement(etree.SubElement(cell, f"{{{space}}}is"), f"{{{space}}}t")
    inside.text = text
    inside.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _insert(row: Element, column: str) -> Element:
    """Return a new cell in its place among those of the row."""
    from lxml import etree

    cell: Element = etree.Element(f"{{{etree.QName(row).namespace}}}c", r=f"{column}{row.get('r')}")
    after = [other for other in row.iterfind("{*}c") if _order(_column(other)) < _order(column)]
    row.insert(row.index(after[-1]) + 1 if after else 0, cell)
    return cell


def _column(cell: Element) -> str:
    return (cell.get("r") or "").rstrip("0123456789")


def _order(column: str) -> tuple[int, str]:
    return len(column), column
