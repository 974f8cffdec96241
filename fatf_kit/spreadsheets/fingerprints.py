"""Fingerprints of all that fatf-kit prints into a workbook: by them the words that people typed over it are known.

They lie on a very hidden sheet of every workbook. A long text is known by itself, a short one together with the first
text of its row, wherever rows and columns were moved. Headings are known by themselves, a number that a formula counts
is known by its row.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence

from fatf_kit.locale import clean, normalise
from fatf_kit.spreadsheets.marks import PRINTED_MARK
from fatf_kit.spreadsheets.sheet import CellValue, Sheet

SHEET = "_printed"
COUNTED = "="
"""Stands for the text of a cell whose number a formula counts."""

_MARGIN = "margin"
_LONG = 24  # characters; a shorter text may be printed into one row and typed into another
_DEEPEST = 60  # rows among which their sheet has its mark, where rows were inserted above it
_WIDEST = 12  # texts of a row among which the one stands that its fingerprints were made with


def fingerprint(*parts: object) -> str:
    r"""The fingerprint of texts that belong together, the same whatever a program made of the spaces in them.

    >>> fingerprint("R.1", "Bank: met") == fingerprint("R.1", " Bank:\nmet "), fingerprint("R.1") == fingerprint("R.2")
    (True, False)
    """
    return hashlib.sha256("\0".join(clean(str(part)) for part in parts).encode()).hexdigest()[:16]


def margin_print(text: str) -> str:
    """The fingerprint of a printed header or footer, of which programs keep the letters."""
    return fingerprint(_MARGIN, "".join(filter(str.isalnum, normalise(text))))


def row_prints(texts: Sequence[CellValue]) -> Iterator[str]:
    """The fingerprints of a row of printed texts."""
    return (fingerprint(text) if _is_long(text) else fingerprint(texts[0], text) for text in texts)


def _is_long(value: CellValue) -> bool:
    return isinstance(value, str) and len(clean(value)) >= _LONG


class Printed:
    """What was printed into a workbook; `is_known` where the workbook still says so."""

    def __init__(self, sheets: Iterable[Sheet]) -> None:
        self._prints: Collection[str] = next(
            (frozenset(map(str, sheet.distinct)) for sheet in sheets if is_printed_sheet(sheet)), frozenset()
        )
        self.is_known = bool(self._prints)
        self._rows: dict[tuple[str, int], Sequence[tuple[int, CellValue]]] = {}

    def has(self, sheet: Sheet, row: int, column: int, *, as_name: bool = True) -> bool:
        """Whether a cell holds what was printed into its row, or the number or the error of a formula of ours.

        `as_name` says that it may be the text by which its row is known.
        """
        value = sheet.value(row, column)
        if value is not None and fingerprint(value) in self._prints:
            return True
        texts = self._names(sheet, row)
        names = [name for at, name in texts if at != column or (as_name and at == texts[0][0])]
        if (value is None or isinstance(value, int | float)) and self._any(names, COUNTED):
            return True
        return value is not None and self._any(names, value)

    def has_margin(self, text: str) -> bool:
        """Whether a header or footer is printed by fatf-kit; programs cut long ones."""
        return margin_print(text) in self._prints

    def _any(self, names: Iterable[CellValue], value: CellValue) -> bool:
        return any(fingerprint(name, value) in self._prints for name in names)

    def _names(self, sheet: Sheet, row: int) -> Sequence[tuple[int, CellValue]]:
        """The texts by which a row may be known, with their columns."""
        key = sheet.title, row
        if key not in self._rows:
            cells = ((column, sheet.value(row, column)) for column in range(len(sheet.grid[row])))
            self._rows = {key: [(column, value) for column, value in cells if value is not None][:_WIDEST]}
        return self._rows[key]


def is_printed_sheet(sheet: Sheet) -> bool:
    """Whether a sheet holds the fingerprints."""
    cells = (value for row in sheet.grid[:_DEEPEST] for value in row[:3])
    return any(isinstance(value, str) and value.strip() == PRINTED_MARK for value in cells)
