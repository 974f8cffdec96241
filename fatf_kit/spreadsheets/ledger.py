"""A ledger of cells: each cell that people filled has one fate, and what was read is held against what was there.

A cell is used where its value was handed on, reported where a problem names it, and unread where its column is declared
so. What fatf-kit printed is not filled by people. A filled cell with none of these fates is a defect of fatf-kit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from fatf_kit.core.problems import CellRef, Problem, make_problem
from fatf_kit.spreadsheets.sheet import SheetContent

Cell = tuple[int, int]
"""Row and column, from 0."""

_MOST_NAMED = 10  # cells that the problem of a breach names
_RUN = re.compile(r"([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class CellCounts:
    """How many cells of a workbook people filled, and what became of them.

    `filled` is counted in the file before any cell is classified, without the `printed` ones, so that the sum of the
    fates may fail to reach it. `unaccounted` is what is missing; it is 0 unless fatf-kit has a defect. `unread_cells`
    has the address of each cell that was left unread on purpose.
    """

    file: str
    filled: int
    used: int
    reported: int
    unread: int
    printed: int = 0
    unaccounted: int = 0
    unread_cells: tuple[CellRef, ...] = ()


@dataclass(slots=True)
class SheetLedger:
    """The fates of the cells of one sheet.

    `is_reported` says that one problem tells of the whole sheet, `is_ours` that fatf-kit wrote all of it.
    """

    used: set[Cell] = field(default_factory=set)
    printed: set[Cell] = field(default_factory=set)
    unread: set[Cell] = field(default_factory=set)
    is_reported: bool = False
    is_ours: bool = False


@dataclass(slots=True)
class CellLedger:
    """The fates of the cells of a workbook, by the title of their sheet.

    `breaches` are the cells without a fate; they and `counts` are known once the ledger is closed.
    """

    file: str
    sheets: dict[str, SheetLedger] = field(default_factory=dict)
    counts: CellCounts | None = None
    breaches: list[CellRef] = field(default_factory=list)

    def of(self, sheet: SheetContent) -> SheetLedger:
        """Return the ledger of a sheet, which is begun where there is none."""
        if (fates := self.sheets.get(sheet.title)) is None:
            fates = self.sheets[sheet.title] = SheetLedger()
        return fates

    def close(
        self, sheets: Iterable[SheetContent], problems: Iterable[Problem], *, is_printed_known: bool
    ) -> Problem | None:
        """Count the cells by their fates; return the problem of the cells that have none.

        Where the record of the printed texts is gone, one problem tells of all cells that no column takes.
        """
        reported = _group_places(problems)
        cells = printed = used = reported_count = 0
        unread_cells: list[CellRef] = []
        for sheet in sheets:
            fates = self.of(sheet)
            cells += sheet.cells_in_file
            if fates.is_ours:
                printed += sheet.cells_in_file
                continue
            filled = set(sheet.filled())
            left = filled - fates.printed
            printed += len(filled) - len(left)
            used += len(left & fates.used)
            left -= fates.used
            unread_here = left & fates.unread
            unread_cells += (sheet.ref(*cell) for cell in sorted(unread_here))
            left -= unread_here
            if left and not fates.is_reported and is_printed_known:
                places = reported.get(sheet.title, ())
                lost = sorted(cell for cell in left if not any(place.has(cell) for place in places))
                self.breaches += (sheet.ref(*cell) for cell in lost)
                left.difference_update(lost)
            reported_count += len(left)
        filled_count = cells - printed
        self.counts = CellCounts(
            file=self.file,
            filled=filled_count,
            used=used,
            reported=reported_count,
            unread=len(unread_cells),
            printed=printed,
            unaccounted=filled_count - used - reported_count - len(unread_cells),
            unread_cells=tuple(unread_cells),
        )
        add_counts([self.counts])
        return self._make_breach(self.counts.unaccounted) if self.breaches or self.counts.unaccounted else None

    def _make_breach(self, unaccounted: int) -> Problem:
        """Return the problem of the cells without a fate; of those that no sheet shows only their number is known."""
        named = [f"{ref.sheet}!{ref.cell}" for ref in self.breaches[:_MOST_NAMED]]
        more = ["…"] if unaccounted > len(named) else []
        return make_problem(
            "cells-unaccounted", CellRef(file=self.file), count=abs(unaccounted), cells=", ".join((*named, *more))
        )


@dataclass(frozen=True, slots=True)
class _Run:
    """A run of cells that a problem names."""

    top: int
    left: int
    bottom: int
    right: int

    def has(self, cell: Cell) -> bool:
        return self.top <= cell[0] <= self.bottom and self.left <= cell[1] <= self.right


def _group_places(problems: Iterable[Problem]) -> dict[str, list[_Run]]:
    """Return the cells that problems name, by the title of their sheet."""
    places: dict[str, list[_Run]] = {}
    for problem in problems:
        ref = problem.ref
        if ref is None or ref.sheet is None or ref.cell is None or problem.code in _OF_USED_CELLS:
            continue
        if found := _RUN.fullmatch(ref.cell):
            left, top, right, bottom = found.groups()
            run = _Run(int(top) - 1, _column(left), int(bottom or top) - 1, _column(right or left))
            places.setdefault(ref.sheet, []).append(run)
    return places


_OF_USED_CELLS = frozenset({"cell-comment", "cell-link", "cell-merged", "text-cut"})
"""Problems that tell of something about a cell, not of its value."""


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


_COLLECTED: ContextVar[list[CellCounts] | None] = ContextVar("counts of cells", default=None)


@contextmanager
def collect_counts() -> Iterator[list[CellCounts]]:
    """Collect the counts of all workbooks that this process reads meanwhile, in the order of reading.

    >>> with collect_counts() as counts:
    ...     CellLedger("fiu.xlsx").close((), (), is_printed_known=True)
    >>> counts[0].filled
    0
    """
    collected: list[CellCounts] = []
    token = _COLLECTED.set(collected)
    try:
        yield collected
    finally:
        _COLLECTED.reset(token)


def add_counts(counts: Iterable[CellCounts]) -> None:
    """Add counts to those that are collected, such as the counts of another process."""
    if (collected := _COLLECTED.get()) is not None:
        collected += (one for one in counts if one not in collected)
