"""Addresses that cells of a sheet lead to: a reader of values sees only the text that lies over them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from fatf_kit.spreadsheets.formats.limits import SheetScan
from fatf_kit.spreadsheets.formats.part_xml import parse_xml
from fatf_kit.spreadsheets.formats.plain_sheet import position_of

_LINK = re.compile(rb"""<(?:[A-Za-z][\w.-]*:)?hyperlink\s((?:[^<>"']|"[^"]*"|'[^']*')*)>""")
_ATTRIBUTE = re.compile(rb"""([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_CALL = b"HYPERLINK("
_CELL_WITH_CALL = re.compile(
    rb"""<(?:\w+:)?c\s([^<>]*)>\s*<(?:\w+:)?f(?:\s([^<>]*))?>([^<]*HYPERLINK\([^<]*)<""", re.IGNORECASE
)
_TARGET = re.compile(r"""HYPERLINK\(\s*"((?:[^"]|"")*)"\s*[,;)]""", re.IGNORECASE)


def note_links(part: bytes, relations: bytes, scan: SheetScan) -> None:
    """Add to the scan the links of an .xlsx sheet that lead out of the workbook. `relations` say where to.

    Raises:
        RefusedError: beyond the limits, or damaged.
    """
    targets = {
        element.get("Id"): element.get("Target", "")
        for element in parse_xml(relations)
        if element.get("TargetMode") == "External"
        and element.get("Type", "").endswith("/hyperlink")
        and not element.get("Target", "").startswith("#")  # as some programs write what stays in the workbook
    }
    if not targets:
        return
    for found in _LINK.finditer(part, max(0, part.rfind(b"sheetData"))):
        named = dict(_attributes(found[1]))
        if named.get(b"id") in targets:
            first, _, last = named.get(b"ref", "").partition(":")
            address = "#".join(filter(None, (targets[named[b"id"]], named.get(b"location"))))
            scan.link(*position_of(first), *position_of(last or first), address)


def note_formulas(part: bytes, scan: SheetScan) -> None:
    """Add to the scan the cells of an .xlsx sheet whose formula makes a link, those too that share one.

    Raises:
        RefusedError: beyond the limits, or damaged.
    """
    if _CALL not in part:
        return
    for cell, shared, formula in _CELL_WITH_CALL.findall(part):
        place = dict(_attributes(shared)).get(b"ref") or dict(_attributes(cell)).get(b"r")
        if place and (address := formula_target(_text(formula))) is not None:
            first, _, last = place.partition(":")
            scan.link(*position_of(first), *position_of(last or first), address)


def formula_target(formula: str) -> str | None:
    """The address in a formula that makes a link, "" where it is worked out; None where it stays in the workbook.

    >>> formula_target('HYPERLINK("https://example.org/law","the law")'), formula_target("HYPERLINK(A1)")
    ('https://example.org/law', '')
    >>> formula_target('HYPERLINK("#Cover!A1")') is None
    True
    """
    found = _TARGET.search(formula)
    address = found[1].replace('""', '"').strip() if found else ""
    return None if address.startswith("#") else address


def _attributes(raw: bytes) -> Iterator[tuple[bytes, str]]:
    """Names without their prefix, and values."""
    return ((name.rpartition(b":")[2], _text(one or two)) for name, one, two in _ATTRIBUTE.findall(raw))


def _text(raw: bytes) -> str:
    return unescape(raw.decode("utf-8", "replace"))
