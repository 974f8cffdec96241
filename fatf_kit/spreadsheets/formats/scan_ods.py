"""A look at an .ods file before any parser gets it. Here one cell or row may stand for a million copies of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, product

from fatf_kit.core.message_facts import Phrase
from fatf_kit.spreadsheets.formats.annotations import read_formula_target, read_ods_margins
from fatf_kit.spreadsheets.formats.limits import MAX_SHEETS, SAME_TITLE, CellTally, RefusedError, SheetScan, refuse_size
from fatf_kit.spreadsheets.formats.part_xml import feed, new_parser, parse_xml

_CELLS = ("table:table-cell", "table:covered-table-cell")
_REPEATED = "table:number-columns-repeated"
_OBJECTS = ("draw:frame", "draw:custom-shape")
_SCRIPT_LISTS = ("script-lb.xml", "script-lc.xml", "dialog-lb.xml", "dialog-lc.xml")
_ERROR = re.compile(r"#(REF!|N/A|NAME\?|VALUE!|DIV/0!|NUM!|NULL!)|Err:\d{3}")
"""The text that a formula with an error shows; only LibreOffice marks it as an error in OpenDocument."""


def scan_ods(content: bytes, styles: bytes = b"") -> dict[str, SheetScan]:
    """Return every sheet by its title. `styles` have the headers and footers of its pages.

    Raises:
        RefusedError: beyond the limits, or damaged.
    """
    walk = _ContentWalk()
    feed(walk.parser, content)
    walk.finish()
    for scan in islice(walk.scans.values(), 1):
        scan.margins += read_ods_margins(styles)
    return walk.scans


class _ContentWalk:
    """A walk over the cells of all sheets; a cell ends where the next cell, row or sheet begins."""

    def __init__(self) -> None:
        self.scans: dict[str, SheetScan] = {}
        self.parser = new_parser()
        self.parser.StartElementHandler = self._start
        self.parser.CharacterDataHandler = self._characters
        self._tally = CellTally()
        self._scan = SheetScan()
        self._row = self._column = -1  # of the last copy
        self._row_copies = self._copies = 1
        self._filled = self._in_text = self._in_note = self._noting = False
        self._kind: str | None = None
        self._formula = False
        self._spans = (1, 1)
        self._text: list[str] = []
        self._blanks = self._tables = 0

    def finish(self) -> None:
        if self._filled:
            self._tally.add(
                self._scan,
                self._row,
                self._column,
                sum(map(len, self._text)) + self._blanks,
                self._copies * self._row_copies,
            )
            shown = "".join(self._text).strip()
            if self._kind == "error" or (self._formula and _ERROR.fullmatch(shown)):
                for cell in self._cells():
                    self._scan.cell_error(*cell, shown or "#VALUE!")
        if self._spans != (1, 1):
            rows, columns = self._spans
            self._scan.merge(self._row, self._column, self._row + rows - 1, self._column + columns - 1)
        self._filled, self._spans, self._blanks = False, (1, 1), 0
        self._text.clear()

    def _cells(self) -> Iterator[tuple[int, int]]:
        """Yield the cell and all its copies."""
        rows = range(self._row - self._row_copies + 1, self._row + 1)
        return product(rows, range(self._column - self._copies + 1, self._column + 1))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name in _CELLS:
            self.finish()
            self._copies = _number(attributes.get(_REPEATED))
            self._column += self._copies
            self._formula = "table:formula" in attributes
            if "HYPERLINK(" in attributes.get("table:formula", ""):
                self._link(read_formula_target(attributes["table:formula"]))
            self._filled = self._formula or "office:value-type" in attributes
            self._kind = attributes.get("calcext:value-type")
            spans = (attributes.get(f"table:number-{what}-spanned") for what in ("rows", "columns"))
            self._spans = (_number(next(spans)), _number(next(spans)))
            self._in_text = False
        elif name == "text:p":
            self._noting = self._in_note
            if not self._in_note:
                self._filled = self._in_text = True
        elif name in _OBJECTS:
            self._scan.objects += 1
        elif name == "text:s":  # so many blanks, and a reader makes them all
            self._blanks += _number(attributes.get("text:c"))
        elif name == "text:a" and not self._in_note and not (to := attributes.get("xlink:href", "")).startswith("#"):
            self._link(to)
        elif name == "office:annotation":  # a remark on the cell, not its value
            self._in_note, self._in_text = True, False
            self.parser.EndElementHandler = self._end
        elif name == "table:table-row":
            self.finish()
            self._row_copies = _number(attributes.get("table:number-rows-repeated"))
            self._row, self._column = self._row + self._row_copies, -1
        elif name == "table:table":
            self.finish()
            title = attributes.get("table:name", "")
            if title and title in self.scans:
                raise RefusedError("file-broken", why=SAME_TITLE)
            self._scan = self.scans.setdefault(title, SheetScan())
            self._row, self._row_copies = -1, 1
            self._tables += 1
            if self._tables > MAX_SHEETS:
                refuse_size(
                    Phrase("more than {limit} sheets", limit=MAX_SHEETS), Phrase("{limit} sheets", limit=MAX_SHEETS)
                )

    def _link(self, address: str | None) -> None:
        if address is not None:
            self._scan.link(self._row, self._column, self._row, self._column, address)

    def _end(self, name: str) -> None:
        if name == "office:annotation":
            self._in_note = self._noting = False
            self.parser.EndElementHandler = None

    def _characters(self, data: str) -> None:
        if self._in_text:
            self._text.append(data)
        elif self._noting and (data.strip() or (self._row, self._column) in self._scan.notes):
            cell = self._row, self._column
            self._scan.notes[cell] = self._scan.notes.get(cell, "") + data


def read_ods_properties(meta: bytes | None) -> dict[str, str]:
    """Return custom document properties (meta.xml) by name; empty where there are none."""
    if meta is None:
        return {}
    name = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
    return {
        element.get(f"{name}name", ""): "".join(element.itertext()).strip()
        for element in parse_xml(meta).iter(f"{name}user-defined")
    }


def has_scripts(names: list[str]) -> bool:
    """Return whether the package brings macros; the lists of libraries that are written without any do not count."""
    return any(name.startswith(("Basic/", "Scripts/")) and not name.endswith(("/", *_SCRIPT_LISTS)) for name in names)


def _number(text: str | None) -> int:
    """Return how often a cell is repeated, or over how many rows or columns it reaches; 1 by default."""
    if text is None:
        return 1
    if not (text.isascii() and text.isdigit()):
        raise RefusedError("file-broken", why="a number of repeated cells is not a number")
    return max(1, int(text[:9]))
