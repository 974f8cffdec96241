"""A ledger of cells: each filled cell has one class, and what was read is held against what was there.

Readers say of each cell what it is; the problems of a sheet, and the counts of its cells, follow from the classes. What
fatf-kit printed is not filled by people. A filled cell without a class is a defect of fatf-kit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from fatf_kit.core.problems import CellRef, Problem, make_problem
from fatf_kit.spreadsheets.sheet import SheetContent, group_runs

Cell = tuple[int, int]
"""Row and column, from 0."""

_MOST_NAMED = 10  # cells that the problem of a breach names


class CellClass(StrEnum):
    """The classes of filled cells. Where several classes hold for a cell, the first counts.

    The values are the names of the classes in docs/formats.md, with the reason for each. `tables` classifies the cells
    of tables, `reader` all other cells.
    """

    PRINTED = "printed"
    USED = "used"
    UNREAD = "not read"
    TYPED_OVER = "typed over"
    UNPLACED = "unplaced"
    ABOVE = "above a table"
    BROKEN = "broken"
    OTHER_ID = "other id"
    NAMELESS = "without id"
    DIFFERENT = "said twice"
    REFUSED = "refused"
    FOREIGN = "foreign"
    UNSURE = "unsure"


CODES: Mapping[CellClass, tuple[str, ...]] = MappingProxyType(
    {
        CellClass.TYPED_OVER: ("cell-locked",),
        CellClass.UNPLACED: ("cell-unplaced",),
        CellClass.ABOVE: ("row-above",),
        CellClass.BROKEN: ("cell-error", "formula-empty"),
        CellClass.OTHER_ID: ("id-changed",),
        CellClass.NAMELESS: ("id-missing",),
        CellClass.DIFFERENT: ("cover-differs",),
        CellClass.REFUSED: ("case-person-column",),
        CellClass.FOREIGN: ("sheet-unknown", "sheet-columns"),
        CellClass.UNSURE: ("prints-missing",),
    }
)
"""The problems that report the cells of a class. A class without one is not reported."""

_IN_RUNS = (CellClass.TYPED_OVER, CellClass.UNPLACED, CellClass.ABOVE)
"""Classes whose problem names each unbroken run of cells down a column and says nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellCounts:
    """How many cells of a workbook people filled, and what became of them.

    `filled` is counted in the file before any cell is classified, without the `printed` ones, so that the sum of the
    classes may fail to reach it. `unaccounted` is what is missing; it is 0 unless fatf-kit has a defect. `unread_cells`
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
    """The classes of the cells of one sheet, and problems that say more than where such cells are.

    `is_ours` says that fatf-kit wrote all of it.
    """

    cells: dict[CellClass, set[Cell]] = field(default_factory=lambda: {one: set() for one in CellClass})
    problems: list[Problem] = field(default_factory=list)
    is_ours: bool = False

    def put(self, cell_class: CellClass, *cells: Cell) -> None:
        """Put cells into a class."""
        self.cells[cell_class].update(cells)

    def report(self, cell_class: CellClass, problem: Problem, *cells: Cell) -> None:
        """Put cells into a class, with the problem that reports them."""
        self.problems.append(problem)
        self.cells[cell_class].update(cells)

    def list_problems(self, sheet: SheetContent) -> Iterator[Problem]:
        """Yield the problems of a sheet: those that say more, then one for each run of cells of a class."""
        yield from self.problems
        columns = ((column, CODES[one][0], one) for one in _IN_RUNS for column in {at for _, at in self.cells[one]})
        for column, code, cell_class in sorted(columns):
            rows = sorted(row for row, at in self.cells[cell_class] if at == column)
            yield from (make_problem(code, run) for run in group_runs(sheet, column, rows))


@dataclass(slots=True)
class CellLedger:
    """The classes of the cells of a workbook, by the title of their sheet.

    `linked` are cells whose value was completed by the address that lies behind them. `breaches` are the cells without
    a class; they and `counts` are known once the ledger is closed.
    """

    file: str
    sheets: dict[str, SheetLedger] = field(default_factory=dict)
    linked: list[CellRef] = field(default_factory=list)
    counts: CellCounts | None = None
    breaches: list[CellRef] = field(default_factory=list)

    def of(self, sheet: SheetContent) -> SheetLedger:
        """Return the ledger of a sheet, which is begun where there is none."""
        if (classes := self.sheets.get(sheet.title)) is None:
            classes = self.sheets[sheet.title] = SheetLedger()
        return classes

    def close(self, sheets: Iterable[SheetContent], *, is_printed_known: bool) -> Problem | None:
        """Count the cells by their classes; return the problem of the cells that have none.

        Where the record of the printed texts is gone, it is not known who typed the cells that no column takes.
        """
        counts: Counter[CellClass] = Counter()
        cells = 0
        unread_cells: list[CellRef] = []
        for sheet in sheets:
            of_sheet = self.of(sheet)
            cells += sheet.cells_in_file
            if of_sheet.is_ours:
                counts[CellClass.PRINTED] += sheet.cells_in_file
                continue
            left = set(sheet.filled())
            if not is_printed_known:
                of_sheet.put(CellClass.UNSURE, *left)
            for cell_class, classified in of_sheet.cells.items():
                here = left & classified
                left -= here
                counts[cell_class] += len(here)
                if cell_class is CellClass.UNREAD:
                    unread_cells += (sheet.ref(*cell) for cell in sorted(here))
            self.breaches += (sheet.ref(*cell) for cell in sorted(left))
        self.counts = CellCounts(
            file=self.file,
            filled=cells - counts[CellClass.PRINTED],
            used=counts[CellClass.USED],
            reported=sum(counts[cell_class] for cell_class in CODES),
            unread=counts[CellClass.UNREAD],
            printed=counts[CellClass.PRINTED],
            unaccounted=cells - counts.total(),
            unread_cells=tuple(unread_cells),
        )
        add_counts([self.counts])
        return self._make_breach(self.counts.unaccounted) if self.breaches or self.counts.unaccounted else None

    def _make_breach(self, unaccounted: int) -> Problem:
        """Return the problem of the cells without a class; of those that no sheet shows only their number is known."""
        named = [f"{ref.sheet}!{ref.cell}" for ref in self.breaches[:_MOST_NAMED]]
        more = ["…"] if unaccounted > len(named) else []
        return make_problem(
            "cells-unaccounted", CellRef(file=self.file), count=abs(unaccounted), cells=", ".join((*named, *more))
        )


_COLLECTED: ContextVar[list[CellCounts] | None] = ContextVar("counts of cells", default=None)


@contextmanager
def collect_counts() -> Iterator[list[CellCounts]]:
    """Collect the counts of all workbooks that this process reads meanwhile, in the order of reading.

    >>> with collect_counts() as counts:
    ...     CellLedger("fiu.xlsx").close((), is_printed_known=True)
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
