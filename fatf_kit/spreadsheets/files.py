"""The sheets of a workbook file, behind the guard."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from fatf_kit.core.file_limits import MEGABYTE
from fatf_kit.core.message_facts import Phrase
from fatf_kit.core.problems import CellRef, Problem, make_problem
from fatf_kit.core.processes import WorkerDiedError, run_isolated
from fatf_kit.spreadsheets.formats.guard import CheckedFile, check_file
from fatf_kit.spreadsheets.formats.limits import (
    MAX_MERGES,
    MAX_SHEETS,
    SAME_TITLE,
    UNREADABLE,
    CellTally,
    RefusedError,
    SheetScan,
    refuse_size,
)
from fatf_kit.spreadsheets.sheet import SheetContent

_MEMORY, _SECONDS = 512 * MEGABYTE, 60
"""The memory and time of a process that parses a file in the old format."""


class ParsedSheet(NamedTuple):
    """A sheet as the parser gives it; `merges` are as in a `SheetScan`, None where it does not say."""

    title: str
    cells: Sequence[Sequence[object]]
    merges: list[tuple[int, int, int, int]] | None


def open_sheets(path: Path) -> tuple[CheckedFile, list[SheetContent]] | Problem:
    """Return a workbook file that passed the guard, and its sheets; the Problem where it cannot be read."""
    file = check_file(path)
    if isinstance(file, Problem):
        return file
    sheets = parse_sheets(file)
    return sheets if isinstance(sheets, Problem) else (file, sheets)


def parse_sheets(file: CheckedFile) -> list[SheetContent] | Problem:
    """Return every sheet of a file that passed the guard; the Problem where the parser cannot read it."""
    try:
        if file.is_old:
            parsed = run_isolated(parse_old, file.data, memory=_MEMORY, seconds=_SECONDS)
        else:
            parsed = parse(file.data)
    except RefusedError as refusal:
        return make_problem(refusal.code, CellRef(file=file.name), None, **refusal.facts)
    except (WorkerDiedError, TimeoutError, MemoryError):
        return make_problem("file-broken", CellRef(file=file.name), why=UNREADABLE)
    return [_sheet(file, sheet) for sheet in parsed]


def parse(data: bytes, *, is_old: bool = False) -> list[ParsedSheet]:
    """Return every worksheet of a file as values.

    Raises:
        RefusedError: it cannot be read; of an old format also where it has a password or macros, or is beyond limits.
    """
    from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum

    found: list[ParsedSheet] = []
    tally = CellTally()
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            if is_old:
                _check_list([(meta.name, meta.typ is SheetTypeEnum.MacroSheet) for meta in book.sheets_metadata])
            for meta in book.sheets_metadata:
                if meta.typ is SheetTypeEnum.WorkSheet:
                    sheet = book.get_sheet_by_name(meta.name)
                    if is_old and sheet.end:
                        tally.add(SheetScan(), *sheet.end, copies=0)
                    merges = sheet.merged_cell_ranges
                    runs = None if merges is None else [(*first, *last) for first, last in merges]
                    found.append(ParsedSheet(meta.name, sheet.to_python(skip_empty_area=False), runs))
    except (KeyboardInterrupt, SystemExit, RefusedError):
        raise
    except PasswordError as fault:
        raise RefusedError("file-encrypted") from fault
    except BaseException as fault:  # a panic in the parser is no Exception, and its text may quote the file
        raise RefusedError("file-broken", why=UNREADABLE) from fault
    return found


def parse_old(data: bytes) -> list[ParsedSheet]:
    """Return the sheets of a file in the old format, which no guard has checked and which may end this process.

    Raises:
        RefusedError: it has a password or macros, is beyond the limits, or cannot be read.
    """
    found = parse(data, is_old=True)
    tally = CellTally()
    for sheet in found:
        scan = SheetScan()
        for row, cells in enumerate(sheet.cells):
            for column, value in enumerate(cells):
                if value != "":
                    tally.add(scan, row, column, len(value) if isinstance(value, str) else 0)
        if len(sheet.merges or ()) > MAX_MERGES:
            refuse_size("too many merged cells", Phrase("{limit} on a sheet", limit=MAX_MERGES))
    return found


def _check_list(sheets: list[tuple[str, bool]]) -> None:
    """Refuse sheets of macros, too many of them, and two of one title: a reader asked for one gives the other."""
    if any(has_macros for _, has_macros in sheets):
        raise RefusedError("file-macros")
    if len(sheets) > MAX_SHEETS:
        refuse_size(Phrase("{limit} sheets", limit=len(sheets)), Phrase("{limit} sheets", limit=MAX_SHEETS))
    if len({title for title, _ in sheets}) < len(sheets):
        raise RefusedError("file-broken", why=SAME_TITLE)


def _sheet(file: CheckedFile, parsed: ParsedSheet) -> SheetContent:
    scan = file.sheets.get(parsed.title) or SheetScan(values_only=file.is_old)
    if parsed.merges is not None:
        scan.merges = parsed.merges
    return SheetContent.of(file.name, parsed.title, parsed.cells, scan)
