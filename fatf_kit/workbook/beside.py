"""What people write beside a table or over its cells: nothing uses it, and nothing is lost without a word."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from fatf_kit.problems import CellRef, Problem, make_problem
from fatf_kit.workbook.grid import Sheet, runs
from fatf_kit.workbook.links import behind


def beside(sheet: Sheet, columns: Collection[int]) -> Iterator[Problem]:
    """A note for each unbroken run of filled cells in a column that the table does not have."""
    for column in range(max(map(len, sheet.grid), default=0)):
        if column not in columns:
            filled = (row for row in range(len(sheet.grid)) if sheet.is_filled(row, column))
            yield from (make_problem("cell-beside", run) for run in runs(sheet, column, filled))


def over(sheets: Iterable[Sheet], links: Collection[CellRef] = ()) -> Iterator[Problem]:
    """What lies over the cells of sheets: a warning for each cell with a comment, a note for pictures and the like.

    A note too for each cell that leads to an address which its text does not say, but for `links`, which are used, and
    a warning for each in which words are struck out, for they are read all the same.
    """
    for sheet in sheets:
        yield from (make_problem("cell-comment", sheet.ref(*cell)) for cell in sorted(set(sheet.notes)))
        filled = (cell for cell in sorted(set(sheet.struck)) if sheet.is_filled(*cell))
        yield from (make_problem("cell-struck", sheet.ref(*cell)) for cell in filled)
        if sheet.links:
            yield from behind(sheet, links)
        if sheet.objects:
            where = CellRef(file=sheet.file, sheet=sheet.title)
            yield make_problem("sheet-objects", where, count=sheet.objects)
