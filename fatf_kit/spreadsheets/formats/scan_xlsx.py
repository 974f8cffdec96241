"""A look at the sheets of an .xlsx file before any parser gets it: where values are, and which cells show errors."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from fatf_kit.core.message_facts import Phrase
from fatf_kit.spreadsheets.formats.annotations import note_margins, note_remarks
from fatf_kit.spreadsheets.formats.limits import (
    FALSE_COUNT,
    MAX_CHARACTERS,
    MAX_MERGES,
    MAX_SHEETS,
    SAME_TITLE,
    CellTally,
    RefusedError,
    SheetScan,
    refuse_size,
)
from fatf_kit.spreadsheets.formats.part_xml import feed, new_parser, parse_xml, strip_prefix
from fatf_kit.spreadsheets.formats.plain_sheet import parse_address, scan_plain

_LINKS = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",  # Strict
)
_STRINGS = "xl/sharedstrings.xml"
_STRING = re.compile(rb"<si[\s/>]")
_COUNT = re.compile(rb"""uniqueCount\s*=\s*["']\s*\+?([0-9]{1,30})""")


def scan_xlsx(parts: Mapping[str, bytes], roots: Mapping[str, str | None]) -> dict[str, SheetScan]:
    """Return every worksheet by its title. `roots` names the first element of each part.

    Raises:
        RefusedError: beyond the limits, or damaged.
    """
    titles = _sheet_parts(parts)
    if len(titles) > MAX_SHEETS:
        refuse_size(Phrase("{limit} sheets", limit=len(titles)), Phrase("{limit} sheets", limit=MAX_SHEETS))
    strings = [parts[name] for name, root in roots.items() if root == "sst" or name.lower() == _STRINGS]
    if any(promised > len(part) for part in strings for promised in _promised(part)):
        raise RefusedError("file-broken", why=FALSE_COUNT)  # a reader takes memory for so many, and ends without it
    scanned = _scan_sheets({name: parts[name] for name, root in roots.items() if root == "worksheet"}, strings)
    lost = [title for title, name in titles.items() if name not in scanned and not _is_no_table(roots.get(name))]
    if lost:
        raise RefusedError("file-broken", why="a sheet in its list is missing")
    for name, scan in scanned.items():
        if parts[name].count(b"mergeCell") > 2 * (MAX_MERGES + 1):  # their list and each begin, and may end
            refuse_size("too many merged cells", Phrase("{limit} on a sheet", limit=MAX_MERGES))
        note_remarks(parts, name, scan)
        note_margins(parts[name], scan)
    return {title: scanned[name] for title, name in titles.items() if name in scanned}


def _scan_sheets(sheets: Mapping[str, bytes], strings: Sequence[bytes]) -> dict[str, SheetScan]:
    """Return what every sheet holds by its part; cell by cell where it is not plain, or where texts may be too long."""
    lengths = [length for part in strings for length in _string_lengths(part)]
    tally = CellTally()
    found = {name: scan_plain(part, tally) or SheetWalk(tally, lengths).scan(part) for name, part in sheets.items()}
    if tally.cells * max(lengths, default=0) <= MAX_CHARACTERS:
        return found
    tally = CellTally()  # now it matters which texts the cells name
    return {name: SheetWalk(tally, lengths).scan(part) for name, part in sheets.items()}


def read_xlsx_properties(part: bytes | None) -> dict[str, str]:
    """Return custom document properties (docProps/custom.xml) by name; empty where there are none."""
    if part is None:
        return {}
    return {
        element.get("name", ""): "".join(element.itertext()).strip()
        for element in parse_xml(part).iter()
        if strip_prefix(element.tag) == "property"
    }


def _sheet_parts(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Return titles of the sheets and the parts they are in, in order."""
    if "xl/_rels/workbook.xml.rels" not in parts:
        raise RefusedError("file-broken", why="its list of sheets is missing")
    targets = {
        element.get("Id"): posixpath.normpath(posixpath.join("/xl", element.get("Target", ""))).lstrip("/")
        for element in parse_xml(parts["xl/_rels/workbook.xml.rels"])
    }
    sheets = [element for element in parse_xml(parts["xl/workbook.xml"]).iter() if strip_prefix(element.tag) == "sheet"]
    titles = {
        element.get("name", ""): next((targets[key] for name in _LINKS if (key := element.get(name)) in targets), "")
        for element in sheets
    }
    if len(titles) < len(sheets):  # a reader asked for one by its title gives another
        raise RefusedError("file-broken", why=SAME_TITLE)
    return titles


def _is_no_table(root: str | None) -> bool:
    return root in ("chartsheet", "dialogsheet")


def _promised(part: bytes) -> Iterator[int]:
    """Yield how many texts the list says that it has, wherever it does."""
    return (int(found[1]) for found in _COUNT.finditer(part))


def _string_lengths(part: bytes) -> list[int]:
    """Return length of each shared string.

    Where nothing can be mistaken for the beginning of one, the bytes between two of them will do: they are never fewer.
    """
    if b"<!" not in part and b":si" not in part:
        begins = [found.start() for found in _STRING.finditer(part)]
        return [end - begin for begin, end in pairwise([*begins, len(part)])]
    lengths: list[int] = []

    def start(name: str, _attributes: dict[str, str]) -> None:
        if strip_prefix(name) == "si":
            lengths.append(0)

    def characters(data: str) -> None:
        if lengths:
            lengths[-1] += len(data)

    parser = new_parser()
    parser.StartElementHandler, parser.CharacterDataHandler = start, characters
    feed(parser, part)
    return lengths


class SheetWalk:
    """A walk over the cells of one sheet.

    Only starts and texts are listened to, for speed on hundreds of thousands of cells: a cell ends where the next
    element that is not part of a cell begins.
    """

    def __init__(self, tally: CellTally, lengths: list[int]) -> None:
        self._tally, self._lengths = tally, lengths
        self._scan = SheetScan()
        self._row = -1
        self._reference = ""  # the last address named in this row, and how many nameless cells came after it
        self._after = -1
        self._kind: str | None = None
        self._in_cell = self._in_rich_text = self._in_value = False
        self._has_value = self._has_formula = False
        self._text: list[str] = []

    def scan(self, part: bytes) -> SheetScan:
        """Return what the sheet holds.

        Raises:
            RefusedError: beyond the limits, or damaged.
        """
        parser = new_parser()
        parser.StartElementHandler, parser.CharacterDataHandler = self._start, self._characters
        feed(parser, part)
        self._finish()
        return self._scan

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if ":" in name:
            name = strip_prefix(name)
        self._in_value = False
        if name == "c":
            if self._has_value or self._has_formula:
                self._finish()
            self._in_cell, self._in_rich_text = True, False
            self._kind = attributes.get("t")
            if "r" in attributes:
                self._reference, self._after = attributes["r"], 0
            else:
                self._after += 1
        elif name == "row":
            self._finish()
            self._in_cell = self._in_rich_text = False
            self._row = _number(attributes["r"]) - 1 if "r" in attributes else self._row + 1
            self._reference, self._after = "", -1
        elif self._in_cell and name in ("v", "t"):
            self._has_value = self._in_value = True
        elif self._in_cell and name == "f":
            self._has_formula = True
        elif name == "is":
            self._in_rich_text = True
        elif self._in_cell and not self._in_rich_text:  # below the cells, rules have formulas too
            self._in_cell = False

    def _characters(self, data: str) -> None:
        if self._in_value:
            self._text.append(data)

    def _finish(self) -> None:
        if not (self._has_value or self._has_formula):
            return
        row, column = parse_address(self._reference) if self._reference else (self._row, 0)
        at = (self._row if self._after else row), column + self._after
        shown = "".join(self._text).strip()
        length = len(shown)
        if self._kind == "s" and shown.isascii() and shown.isdigit() and int(shown) < len(self._lengths):
            length = self._lengths[int(shown)]
        self._tally.add(self._scan, *at, length)
        if self._kind == "e":
            self._scan.cell_error(*at, shown or "#VALUE!")
        elif self._has_formula and not shown and self._kind != "str":  # an empty text is a result
            self._scan.cell_error(*at, "")
        self._has_value = self._has_formula = False
        self._text.clear()


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise RefusedError("file-broken", why="a row has no readable number")
    return int(text)
