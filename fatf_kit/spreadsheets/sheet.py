"""One sheet of a workbook as it was read: its values, its errors, its merged cells, and the addresses of them all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cache, cached_property

from fatf_kit.core.groups import group_pairs, split_runs
from fatf_kit.core.languages import clean
from fatf_kit.core.problems import CellRef, Problem, make_problem, quote_found
from fatf_kit.spreadsheets.formats.limits import SheetScan

CellValue = str | int | float | bool | date
"""The type of what a cell may hold once read; an empty cell is absent, an error cell is a Problem."""

Grid = Sequence[Sequence[CellValue]]
"""A sheet from A1 on; a cell that is empty or shows an error is ""."""

_SURE_TEXT = 30  # characters; a longer text is not made of blanks and invisible marks only


@dataclass(frozen=True, kw_only=True)
class SheetContent:
    """One sheet as read: its values, and what the guard saw on it besides them.

    `parsed_count` is the number of cells in which the parser found something; None where no parser read the sheet.
    """

    file: str
    title: str
    grid: Grid
    scan: SheetScan = field(default_factory=SheetScan)
    parsed_count: int | None = None

    @property
    def cell_errors(self) -> Mapping[tuple[int, int], str]:
        """Cells (row and column from 0) that show an error; "" for a formula that was never calculated."""
        return self.scan.cell_errors

    @cached_property
    def distinct(self) -> frozenset[CellValue]:
        """Return every value on it once."""
        return frozenset[CellValue]().union(*self.grid)

    @classmethod
    def of(cls, file: str, title: str, cells: Sequence[Sequence[object]], scan: SheetScan) -> SheetContent:
        """Return a sheet from the cells that the parser read and from what the guard saw on it."""
        grid = [
            [value if type(value) is str and not value else interpret_cell(value) for value in row] for row in cells
        ]
        parsed_count = sum(1 for row in grid for value in row if value != "")
        shown = ((row, column) for row, column in scan.cell_errors if row < len(grid) and column < len(grid[row]))
        parsed_count += len(scan.cell_errors) - sum(grid[row][column] != "" for row, column in shown)
        for row, column in scan.cell_errors:
            grid += [[] for _ in range(row + 1 - len(grid))]  # errors may lie below everything that was read
            if column < len(grid[row]):
                grid[row][column] = ""
        return cls(file=file, title=title, grid=grid, scan=scan, parsed_count=parsed_count)

    def ref(self, row: int, column: int, last_row: int | None = None, last_column: int | None = None) -> CellRef:
        """Return the address of a cell, or of a run of cells down to `last_row` and over to `last_column`."""
        first = format_address(row, column)
        last = format_address(row if last_row is None else last_row, column if last_column is None else last_column)
        return CellRef(self.file, self.title, first if first == last else f"{first}:{last}")

    def is_filled(self, row: int, column: int) -> bool:
        """Return whether a cell holds a value or shows an error."""
        return (row, column) in self.cell_errors or (row < len(self.grid) and self.value(row, column) is not None)

    def filled_in(self, row: int) -> list[int]:
        """Return the columns (from 0) of a row whose cells hold a value or show an error."""
        columns = [column for column, value in enumerate(self.grid[row]) if value != ""]
        return sorted((*columns, *self._flawed.get(row, ()))) if self.cell_errors else columns

    def filled(self) -> Iterator[tuple[int, int]]:
        """Yield row and column (from 0) of every cell that holds a value or shows an error, row by row."""
        for row in range(len(self.grid)):
            yield from ((row, column) for column in self.filled_in(row))

    @property
    def cells_in_file(self) -> int:
        """Return the number of cells that hold something, as they were counted before anything was read."""
        return sum(1 for _ in self.filled()) if self.parsed_count is None else self.parsed_count

    def value(self, row: int, column: int) -> CellValue | None:
        """Return the value of a cell; None where it is empty, shows an error or lies outside."""
        cells = self.grid[row]
        return None if column >= len(cells) or cells[column] == "" else cells[column]

    def cut_out(self, first: int, last: int) -> SheetContent:
        """Return the same sheet with nothing but its columns from `first` up to, but without, `last` (from 0)."""

        def is_in(column: int) -> bool:
            return first <= column < last

        scan = replace(
            self.scan,
            cell_errors={cell: shown for cell, shown in self.scan.cell_errors.items() if is_in(cell[1])},
            merges=[merge for merge in self.scan.merges if is_in(merge[1])],
            links=[link for link in self.scan.links if is_in(link[1])],
        )
        blank = ("",) * first
        grid = [[*blank[: len(row)], *row[first:last]] for row in self.grid]
        return SheetContent(file=self.file, title=self.title, grid=grid, scan=scan)

    @cached_property
    def _flawed(self) -> Mapping[int, Sequence[int]]:
        """Return columns of the cells that show an error, by row."""
        return group_pairs(self.cell_errors)


def format_address(row: int, column: int) -> str:
    """Return the A1-style address of a row and column counted from 0.

    >>> format_address(13, 4), format_address(0, 26)
    ('E14', 'AA1')
    """
    return f"{format_column(column)}{row + 1}"


@cache
def format_column(column: int) -> str:
    """Return the letters of a column counted from 0.

    >>> format_column(4), format_column(26)
    ('E', 'AA')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def is_blank(value: object) -> bool:
    """Return whether a cell holds nothing, or only blanks and invisible marks.

    >>> is_blank(" "), is_blank(0), is_blank("x")
    (True, False, False)
    """
    if isinstance(value, str):
        return not (value[:1].isalnum() or len(value) > _SURE_TEXT or clean(value))
    return value is None


def interpret_cell(value: object) -> CellValue:
    """Return the meaning of a cell: whole floats as whole numbers, blank text as "", a time of day as text.

    >>> interpret_cell(5.0), interpret_cell("  "), interpret_cell(datetime(2026, 3, 31, 0, 0))
    (5, '', datetime.date(2026, 3, 31))
    >>> interpret_cell(datetime(2026, 3, 31, 14, 30))
    '2026-03-31 14:30:00'
    """
    if isinstance(value, str):
        return "" if is_blank(value) else value
    if isinstance(value, bool) or type(value) is date:  # not a datetime, which is a date too
        return value
    if isinstance(value, int | float):
        return int(value) if isinstance(value, float) and value.is_integer() else value
    if isinstance(value, datetime):
        return str(value) if value.time() != time() else value.date()
    return str(value) if isinstance(value, time | timedelta) else ""


def make_error_problem(shown: str, ref: CellRef, requirement: str | None = None) -> Problem:
    """Return the Problem of a cell that shows an error, or "" for a formula that was never calculated."""
    if shown:
        return make_problem("cell-error", ref, requirement, **quote_found(shown))
    return make_problem("formula-empty", ref, requirement)


def group_runs(sheet: SheetContent, column: int, rows: Iterable[int]) -> Iterator[CellRef]:
    """Yield the address of each unbroken run of these rows of a column; rows from the top down."""
    for run in split_runs(rows):
        yield sheet.ref(run[0], column, run[-1])
