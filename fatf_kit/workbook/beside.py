"""What people write beside a table that is read: nothing uses it, and nothing is lost without a word."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import groupby

from fatf_kit.problems import Problem, make_problem
from fatf_kit.workbook.tables import Sheet


def beside(sheet: Sheet, columns: Collection[int]) -> Iterator[Problem]:
    """A note for each unbroken run of filled cells in a column that the table does not have."""
    width = max((len(row) for row in sheet.grid), default=0)
    for column in range(width):
        if column in columns:
            continue
        rows = [row for row in range(len(sheet.grid)) if sheet.is_filled(row, column) or (row, column) in sheet.flaws]
        for _, run in groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0]):
            numbers = [row for _, row in run]
            yield make_problem("cell-beside", sheet.ref(numbers[0], column, numbers[-1]))
