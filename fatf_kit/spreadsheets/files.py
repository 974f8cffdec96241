"""The sheets of a workbook file, behind the guard."""

from __future__ import annotations

import io
from itertools import chain
from pathlib import Path

from fatf_kit.problems import CellRef, Problem, make_problem
from fatf_kit.safety.guard import CheckedFile, check_file
from fatf_kit.safety.limits import SheetScan
from fatf_kit.spreadsheets.sheet import Grid, Sheet

_NOTHING = SheetScan()


def open_sheets(path: Path) -> list[Sheet] | Problem:
    """Every sheet of a file, behind the guard; the Problem where it must not or cannot be read.

    >>> open_sheets(Path("no-such-file.xlsx")).code
    'file-missing'
    """
    checked = check_file(path)
    return checked if isinstance(checked, Problem) else parse_sheets(checked)


def parse_sheets(file: CheckedFile) -> list[Sheet] | Problem:
    """Every sheet of a file that the guard let through, as values; the Problem where the parser cannot read it."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum

    grids: dict[str, Grid] = {}
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(file.data)) as book:
            for meta in book.sheets_metadata:
                if meta.typ is SheetTypeEnum.WorkSheet:
                    grids[meta.name] = book.get_sheet_by_name(meta.name).to_python(skip_empty_area=False)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # a panic in the parser is no Exception, and its text may quote the file
        return make_problem("file-broken", CellRef(file=file.name), why="its sheets cannot be read")
    vocabulary = frozenset[object]().union(*chain.from_iterable(grids.values()))
    return [_sheet(file, title, grid, vocabulary) for title, grid in grids.items()]


def _sheet(file: CheckedFile, title: str, grid: Grid, vocabulary: frozenset[object]) -> Sheet:
    scan = file.sheets.get(title, _NOTHING)
    if scan.flaws:  # which may lie below everything that was read
        last = max(row for row, _ in scan.flaws)
        grid = [*grid, *[[]] * (last + 1 - len(grid))]
    return Sheet.of(file.name, title, grid, scan, vocabulary)
