"""Limits of a file that is read, and the counts that are kept while it is scanned.

Source: fatf-kit's own; filled workbooks from real office programs stay below a tenth of every limit.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NoReturn

from fatf_kit.core.file_limits import MEGABYTE
from fatf_kit.core.message_facts import Phrase

MAX_FILE = 20 * MEGABYTE
MAX_UNPACKED = 150 * MEGABYTE
MAX_PART = 100 * MEGABYTE
MAX_RATIO = 200
RATIO_FROM = MEGABYTE  # small parts may well shrink to almost nothing
MAX_PARTS = 2_000
MAX_SHEETS = 250
MAX_ROW = 20_000
MAX_COLUMN = 200
MAX_CELLS = 150_000
MAX_MERGES = 2_000
MAX_CELL_ERRORS = 5_000
MAX_LINKS = 5_000
MAX_TREE = 4 * MEGABYTE
"""Of a part that is read as a whole: in memory it takes up to fifty times its size."""

MAX_CHARACTERS = 100_000_000
MAX_AREA = 10_000_000
"""Cells from A1 to the last filled one, over all sheets: a reader takes memory for every one of them."""

MAX_TEXT = 32_767
"""The longest text of one cell, counted as Excel counts: in UTF-16 units."""

SAME_TITLE = "two of its sheets have one title"
UNREADABLE = "its sheets cannot be read"
FALSE_COUNT = "a list inside it states a wrong length"
"""Why a file counts as damaged, whatever program it is of."""


def count_units(text: str) -> int:
    r"""Return length of a text as a spreadsheet counts it.

    >>> count_units("ab"), count_units("\U0001f600")
    (2, 2)
    """
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


class RefusedError(Exception):
    """The file is not handed to any parser; carries the code of a Problem and its facts."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def refuse_size(what: str, limit: str) -> NoReturn:
    """Refuse a file for its size."""
    raise RefusedError("file-too-large", what=what, limit=limit)


@dataclass(slots=True)
class SheetScan:
    """One sheet as scanned: the last row and column (from 0) that hold a value, and cells that need a look.

    `flaws` maps row and column (from 0) to the error a cell shows, "" for a formula that was never calculated.
    `merges` are runs of cells shown as one: first row, first column, last row, last column. `notes` are comments
    by cell (from 0), `objects` counts text boxes, pictures and embedded files: no reader of values sees these. `links`
    are runs of cells that lead out of the workbook: first row, first column, last row, last column, address; "" for an
    address that is not known. `margins` are the words of printed headers and footers. A sheet of which none
    of this is known, nor its errors, has `values_only`.
    """

    last_row: int = -1
    last_column: int = -1
    cell_errors: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    notes: dict[tuple[int, int], str] = field(default_factory=dict)
    objects: int = 0
    links: list[tuple[int, int, int, int, str]] = field(default_factory=list)
    margins: list[str] = field(default_factory=list)
    values_only: bool = False

    def cell_error(self, row: int, column: int, shown: str) -> None:
        """Note that a cell shows this error.

        Raises:
            RefusedError: beyond the limits.
        """
        if len(self.cell_errors) >= MAX_CELL_ERRORS:
            refuse_size("too many cells with errors", Phrase("{limit} on a sheet", limit=MAX_CELL_ERRORS))
        self.cell_errors[row, column] = shown

    def merge(self, first_row: int, first_column: int, last_row: int, last_column: int) -> None:
        """Note that these cells are shown as one.

        Raises:
            RefusedError: beyond the limits.
        """
        if len(self.merges) >= MAX_MERGES:
            refuse_size("too many merged cells", Phrase("{limit} on a sheet", limit=MAX_MERGES))
        self.merges.append((first_row, first_column, last_row, last_column))

    def link(self, first_row: int, first_column: int, last_row: int, last_column: int, address: str) -> None:
        """Note that these cells lead to an address.

        Raises:
            RefusedError: beyond the limits.
        """
        if len(self.links) >= MAX_LINKS:
            refuse_size("too many links", Phrase("{limit} on a sheet", limit=MAX_LINKS))
        self.links.append((first_row, first_column, last_row, last_column, address))


@dataclass(slots=True)
class CellTally:
    """Everything counted so far over all sheets of one file."""

    cells: int = 0
    characters: int = 0
    area: int = 0

    def add(self, sheet: SheetScan, row: int, column: int, characters: int = 0, copies: int = 1) -> None:
        """Count a filled cell, or `copies` of it of which this is the last.

        Raises:
            RefusedError: beyond the limits.
        """
        if row >= MAX_ROW:
            refuse_size(Phrase("a value in row {row}", row=row + 1), Phrase("row {row}", row=MAX_ROW))
        if column >= MAX_COLUMN:
            refuse_size(
                Phrase("a value in column {column}", column=column + 1), Phrase("column {column}", column=MAX_COLUMN)
            )
        self.cells += copies
        if self.cells > MAX_CELLS:
            refuse_size("too many filled cells", Phrase("{limit} cells", limit=MAX_CELLS))
        self.characters += characters * copies
        if self.characters > MAX_CHARACTERS:
            refuse_size("too much text", Phrase("{limit} characters", limit=MAX_CHARACTERS))
        before = (sheet.last_row + 1) * (sheet.last_column + 1)
        sheet.last_row, sheet.last_column = max(sheet.last_row, row), max(sheet.last_column, column)
        self.area += (sheet.last_row + 1) * (sheet.last_column + 1) - before
        if self.area > MAX_AREA:
            refuse_size("the filled cells are too far apart", Phrase("{limit} cells in all", limit=MAX_AREA))
