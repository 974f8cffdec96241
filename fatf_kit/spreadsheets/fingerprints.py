"""Fingerprints of all that fatf-kit prints into a workbook: by them the words that people typed over it are known.

They lie on a very hidden sheet of every workbook. A long text is known by itself, a short one together with the first
text of its row, wherever rows and columns were moved. Headings are known by themselves, a number that a formula counts
is known by its row.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice

from fatf_kit.core.languages import clean, normalise
from fatf_kit.spreadsheets.marks import PRINTED_MARK
from fatf_kit.spreadsheets.sheet import CellValue, SheetContent

SHEET = "_printed"
COUNTED = "="
"""Stands for the text of a cell whose number a formula counts."""
REPEATED = "=text"
"""Stands for the text of a cell in which a formula shows a text, which may be any; only its errors are ours."""

_MARGIN, _NAME, _OVER, _COMMENT = "margin", "name", "over", "comment"
_PRINT = re.compile(rf"[0-9a-f]{{16}}|{PRINTED_MARK}")
_LONG = 24  # characters; a shorter text may be printed into one row and typed into another
_DEEPEST = 60  # rows among which their sheet has its mark, where rows were inserted above it
_WIDEST = 60  # texts of a row among which the one stands that its fingerprints were made with


@lru_cache(maxsize=16_384, typed=True)  # all workbooks of an edition print the same 5,000 texts
def make_fingerprint(*parts: CellValue) -> str:
    r"""Return the fingerprint of texts that belong together, the same whatever a program made of the spaces in them.

    >>> make_fingerprint("R.1", "Bank: met") == make_fingerprint("R.1", " Bank:\nmet ")
    True
    >>> make_fingerprint("R.1") == make_fingerprint("R.2")
    False
    """
    return hashlib.sha256("\0".join(clean(str(part)) for part in parts).encode()).hexdigest()[:16]


@lru_cache(maxsize=4_096)
def fingerprint_margin(text: str, kind: str = _MARGIN) -> str:
    """Return the fingerprint of a printed header or footer, of which programs keep the letters."""
    return make_fingerprint(kind, "".join(filter(str.isalnum, normalise(text))))


def fingerprint_comment(text: str) -> str:
    """Return the fingerprint of a printed comment, of which programs keep the letters too."""
    return fingerprint_margin(text, _COMMENT)


def fingerprint_name(text: CellValue) -> str:
    """Return the fingerprint of the first text of a row, which names what stands next to it."""
    return make_fingerprint(_NAME, text)


def fingerprint_title(text: CellValue) -> str:
    """Return the fingerprint of a title or a note, which may stand over a table."""
    return make_fingerprint(_OVER, text)


def fingerprint_row(texts: Sequence[CellValue]) -> Iterator[str]:
    """Yield the fingerprints of a row of printed texts: each with the first one, and long ones by themselves."""
    yield from (make_fingerprint(texts[0], text) for text in texts[1:])
    yield from (make_fingerprint(text) for text in texts if is_long(text) or len(texts) == 1)


def is_long(value: CellValue) -> bool:
    """Return whether a value is a text so long that it is known by itself."""
    return isinstance(value, str) and len(clean(value)) >= _LONG


class PrintedCells:
    """The texts printed into a workbook; `is_known` where the workbook still says so."""

    def __init__(self, sheets: Iterable[SheetContent]) -> None:
        self._sheets = [sheet for sheet in sheets if is_printed_sheet(sheet)]
        self._prints: frozenset[str] = frozenset(str(value) for sheet in self._sheets for value in sheet.distinct)
        self.is_known = bool(self._prints)
        self._headed: dict[tuple[str, int], bool] = {}
        self._row: tuple[SheetContent | None, int, Sequence[tuple[int, CellValue]]] = None, -1, ()

    def is_own(self, sheet: SheetContent) -> bool:
        """Return whether a sheet holds the fingerprints."""
        return any(sheet is one for one in self._sheets)

    def has_name(self, text: CellValue) -> bool:
        """Return whether a text is the first one of a printed row, which names it."""
        return fingerprint_name(text) in self._prints

    def binds(self, name: str, text: CellValue) -> bool:
        """Return whether a text was printed into the row that a name begins."""
        return make_fingerprint(name, text) in self._prints

    def begins_row(self, name: str) -> bool:
        """Return whether a text was printed into a row alone, or is so long that it is known by itself."""
        return make_fingerprint(name) in self._prints

    def has(self, sheet: SheetContent, row: int, column: int, name: str = "") -> bool:
        """Return whether a cell holds what was printed into its row, or the number or the error of a formula of ours.

        `name` is the id of the row, where it was found by other words.
        """
        value = sheet.value(row, column)
        if value is not None and (make_fingerprint(value) in self._prints or fingerprint_title(value) in self._prints):
            return True
        texts = self._texts(sheet, row)
        others = [text for at, text in texts if at != column]
        others += filter(None, (name,))
        may_be_count = value is None or (isinstance(value, int | float) and not isinstance(value, bool))
        if may_be_count and self._has_any((text, COUNTED) for text in others) and self._has_heading(sheet, column):
            return True
        if value is None:
            return self._has_any((text, REPEATED) for text in others)
        pairs = ((text, value) for text in others), ((value, text) for text in (*others, COUNTED, REPEATED))
        if any(map(self._has_any, pairs)):
            return True
        return bool(others) and texts[0][0] == column and fingerprint_name(value) in self._prints

    def is_over(self, sheet: SheetContent, row: int) -> bool:
        """Return whether a row holds a title or a note."""
        return any(fingerprint_title(text) in self._prints for _, text in self._texts(sheet, row))

    def has_margin(self, text: str) -> bool:
        """Return whether a header or footer is printed by fatf-kit or has no words, as LibreOffice's own."""
        return fingerprint_margin(text) in self._prints or not any(map(str.isalnum, text))

    def has_comment(self, text: str) -> bool:
        """Return whether a comment is printed by fatf-kit and unchanged."""
        return fingerprint_comment(text) in self._prints

    def list_typed(self, sheet: SheetContent) -> list[tuple[int, int]]:
        """List the cells of a hidden sheet of ours that people typed, as far as that is known."""
        if self.is_own(sheet):
            texts = {value for value in sheet.distinct if value != "" and not _PRINT.fullmatch(str(value))}
            if not texts and not sheet.cell_errors:  # thousands of cells need no look
                return []
            return [cell for cell in sheet.filled() if sheet.value(*cell) in {None, *texts}]
        return [cell for cell in sheet.filled() if self.is_known and not self.has(sheet, *cell)]

    def _has_any(self, pairs: Iterable[tuple[CellValue, CellValue]]) -> bool:
        return any(make_fingerprint(*pair) in self._prints for pair in pairs)

    def _has_heading(self, sheet: SheetContent, column: int) -> bool:
        """Return whether a column has a heading of ours, as those of counts have."""
        key = sheet.title, column
        if key not in self._headed:
            cells = (row[column] for row in sheet.grid if column < len(row))
            self._headed[key] = any(isinstance(cell, str) and make_fingerprint(cell) in self._prints for cell in cells)
        return self._headed[key]

    def _texts(self, sheet: SheetContent, row: int) -> Sequence[tuple[int, CellValue]]:
        """Return the first texts of a row with their columns."""
        if self._row[0] is not sheet or self._row[1] != row:
            cells = ((column, value) for column, value in enumerate(sheet.grid[row]) if value != "")
            self._row = sheet, row, list(islice(cells, _WIDEST))
        return self._row[2]


def is_printed_sheet(sheet: SheetContent) -> bool:
    """Return whether a sheet holds the fingerprints."""
    cells = (value for row in sheet.grid[:_DEEPEST] for value in row[:3])
    return any(isinstance(value, str) and value.strip() == PRINTED_MARK for value in cells)
