"""A look at the sheets of an .xlsx file before any parser gets it: where values are, and which cells show errors."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence

from fatf_kit.safety.limits import MAX_SHEETS, MEGABYTE, RefusedError, SheetScan, Tally, too_large
from fatf_kit.safety.partxml import feed, local, new_parser, parse_xml

_LINKS = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",  # Strict
)
_BLANK_CELL = re.compile(rb'<c r="[A-Z]{1,3}[0-9]{1,7}"(?: s="[0-9]{1,6}")?(?: t="(?:s|n)")?/>')
_PLAIN_CELL = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"(?: s="[0-9]{1,6}")?(?: t="(s|n)")?><v>([0-9]{1,9})</v></c>')
"""A cell with a whole number or the number of a shared string: nearly all of them are written so."""

_PLAIN_UP_TO = 4 * MEGABYTE  # what all cells of a larger sheet take up at once would be felt
_STRING = re.compile(rb"<si[\s/>]")
_NAMELESS_CELL = re.compile(rb'<(?:[^<>\s/:]{1,99}:)c[\s/>]|<c(?! r=")[\s/>]')
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")


def scan_xlsx(parts: Mapping[str, bytes], roots: Mapping[str, str | None]) -> dict[str, SheetScan]:
    """Every worksheet by its title. `roots` names the first element of each part.

    Raises:
        RefusedError: beyond the limits, or damaged.
    """
    titles = _sheet_parts(parts)
    if len(titles) > MAX_SHEETS:
        too_large(f"{len(titles)} sheets", f"{MAX_SHEETS} sheets")
    tally = Tally()
    lengths = [length for name, root in roots.items() if root == "sst" for length in _string_lengths(parts[name])]
    scanned = {
        name: _SheetWalk(tally, lengths).scan(parts[name]) for name, root in roots.items() if root == "worksheet"
    }
    lost = [title for title, name in titles.items() if name not in scanned and not _is_no_table(roots.get(name))]
    if lost:
        raise RefusedError("file-broken", why="a sheet in its list is missing")
    return {title: scanned[name] for title, name in titles.items() if name in scanned}


def xlsx_properties(part: bytes | None) -> dict[str, str]:
    """Custom document properties (docProps/custom.xml) by name; empty where there are none."""
    if part is None:
        return {}
    return {
        element.get("name", ""): "".join(element.itertext()).strip()
        for element in parse_xml(part).iter()
        if local(element.tag) == "property"
    }


def _sheet_parts(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Titles of the sheets and the parts they are in, in order."""
    if "xl/_rels/workbook.xml.rels" not in parts:
        raise RefusedError("file-broken", why="its list of sheets is missing")
    targets = {
        element.get("Id"): posixpath.normpath(posixpath.join("/xl", element.get("Target", ""))).lstrip("/")
        for element in parse_xml(parts["xl/_rels/workbook.xml.rels"])
    }
    return {
        element.get("name", ""): next((targets[key] for name in _LINKS if (key := element.get(name)) in targets), "")
        for element in parse_xml(parts["xl/workbook.xml"]).iter()
        if local(element.tag) == "sheet"
    }


def _is_no_table(root: str | None) -> bool:
    return root in ("chartsheet", "dialogsheet")


def _string_lengths(part: bytes) -> list[int]:
    """Length of each shared string, so that ten bytes that name a long text count as that text.

    Where nothing can be mistaken for the beginning of one, the bytes between two of them will do: they are never fewer.
    """
    if b"<!" not in part and b":si" not in part:
        feed(new_parser(), part)
        return [len(piece) for piece in _STRING.split(part)[1:]]
    lengths: list[int] = []

    def start(name: str, _attributes: dict[str, str]) -> None:
        if local(name) == "si":
            lengths.append(0)

    def characters(data: str) -> None:
        if lengths:
            lengths[-1] += len(data)

    parser = new_parser()
    parser.StartElementHandler, parser.CharacterDataHandler = start, characters
    feed(parser, part)
    return lengths


class _SheetWalk:
    """A walk over the cells of one sheet.

    Cells that are written plainly are counted and cut out first, which is many times faster; the rest is parsed. Only
    starts and texts are listened to, for speed on hundreds of thousands of cells: a cell ends where the next element
    that is not part of a cell begins.
    """

    def __init__(self, tally: Tally, lengths: list[int]) -> None:
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
        if not _NAMELESS_CELL.search(part):  # a cell without an address stands behind the one before it
            part = _BLANK_CELL.sub(b"", part)
            if len(part) <= _PLAIN_UP_TO:
                self._count(_PLAIN_CELL.findall(part))
                part = _PLAIN_CELL.sub(b"", part)
        parser = new_parser()
        parser.StartElementHandler, parser.CharacterDataHandler = self._start, self._characters
        feed(parser, part)
        self._finish()
        return self._scan

    def _count(self, filled: Sequence[tuple[bytes, bytes, bytes, bytes]]) -> None:
        """Add plain cells, given as letters, row, kind and value."""
        if not filled:
            return
        last_row = max(int(row) for _, row, _, _ in filled) - 1
        last_column = max(_position(f"{letters.decode()}1")[1] for letters in {cell[0] for cell in filled})
        named = [int(value) for _, _, kind, value in filled if kind == b"s"]
        texts = sum(self._lengths[number] for number in named if number < len(self._lengths))
        self._tally.cells += len(filled) - 1
        self._tally.add(self._scan, last_row, last_column, texts + 9 * len(filled))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if ":" in name:
            name = local(name)
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
        elif name == "mergeCell":
            first, _, last = attributes.get("ref", "").partition(":")
            self._scan.merge(*_position(first), *_position(last or first))
        elif self._in_cell and not self._in_rich_text:  # below the cells, rules have formulas too
            self._in_cell = False

    def _characters(self, data: str) -> None:
        if self._in_value:
            self._text.append(data)

    def _finish(self) -> None:
        if not (self._has_value or self._has_formula):
            return
        row, column = _position(self._reference) if self._reference else (self._row, 0)
        at = (self._row if self._after else row), column + self._after
        shown = "".join(self._text).strip()
        length = len(shown)
        if self._kind == "s" and shown.isascii() and shown.isdigit() and int(shown) < len(self._lengths):
            length = self._lengths[int(shown)]
        self._tally.add(self._scan, *at, length)
        if self._kind == "e":
            self._scan.flaws[at] = shown or "#VALUE!"
        elif self._has_formula and not shown and self._kind != "str":  # an empty text is a result
            self._scan.flaws[at] = ""
        self._has_value = self._has_formula = False
        self._text.clear()


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise RefusedError("file-broken", why="a row has no readable number")
    return int(text)


def _position(reference: str) -> tuple[int, int]:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise RefusedError("file-broken", why="a cell has no readable address")
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1
