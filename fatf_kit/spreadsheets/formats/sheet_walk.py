"""A walk over a worksheet of an .xlsx file, cell by cell, however oddly it is written."""

from __future__ import annotations

from fatf_kit.spreadsheets.formats.limits import CellTally, RefusedError, SheetScan
from fatf_kit.spreadsheets.formats.part_xml import feed, new_parser, strip_prefix
from fatf_kit.spreadsheets.formats.plain_sheet import parse_address


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
