"""From a filled workbook of any office program to raw rows, with a Problem for everything that was left behind.

Sheets are known by what is on them, never by their titles. Nothing is interpreted here: whether an id or a rating
exists is judged in the responses room.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from fatf_kit.locale import normalise
from fatf_kit.problems import CellRef, Problem, make_problem
from fatf_kit.safety.guard import CheckedFile, check_file
from fatf_kit.workbook.carried import CARRIED_MARK, KEPT_MARK
from fatf_kit.workbook.choices import CHOICES_MARK
from fatf_kit.workbook.cover import COVER_MARK
from fatf_kit.workbook.layout import COLUMNS, COVER_FIELDS
from fatf_kit.workbook.model import CellValue, RawRow, RawWorkbook, Stamp
from fatf_kit.workbook.overview import CONTENTS_MARK, SUMMARY_MARK
from fatf_kit.workbook.stamp import STAMP_MARK, stamp_from_properties, stamp_from_sheet
from fatf_kit.workbook.tables import REQUIREMENT_ID, Grid, Sheet, cell_value, find_table, read_rows
from fatf_kit.workbook.words import word_in_all

_OWN_MARKS = {COVER_MARK, CONTENTS_MARK, SUMMARY_MARK, CHOICES_MARK, STAMP_MARK, CARRIED_MARK, KEPT_MARK}


def read_workbook(path: Path) -> tuple[RawWorkbook | None, tuple[Problem, ...]]:
    """Everything filled in, as found, and every problem in the order of the sheets.

    The workbook is None where the file must not or cannot be read, or has no sheet of ours. Rows without any answer
    are left out; two rows with the same id are both kept.

    >>> workbook, problems = read_workbook(Path("no-such-file.xlsx"))
    >>> workbook is None, problems[0].code
    (True, 'file-missing')
    """
    checked = check_file(path)
    if isinstance(checked, Problem):
        return None, (checked,)
    sheets = _parse(checked)
    if isinstance(sheets, Problem):
        return None, (sheets,)
    return _assemble(checked, sheets)


def _parse(file: CheckedFile) -> list[Sheet] | Problem:
    from python_calamine import CalamineWorkbook, SheetTypeEnum

    sheets = []
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(file.data)) as book:
            for meta in book.sheets_metadata:
                if meta.typ is SheetTypeEnum.WorkSheet:
                    cells = book.get_sheet_by_name(meta.name).to_python(skip_empty_area=False)
                    grid: list[Sequence[object]] = list(cells)
                    flaws = file.sheets[meta.name].flaws if meta.name in file.sheets else {}
                    last = max((row for row, _ in flaws), default=-1)  # may lie below everything that was read
                    grid += [[]] * (last + 1 - len(grid))
                    sheets.append(Sheet(file=file.name, title=meta.name, grid=grid, flaws=flaws))
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # a panic in the parser is no Exception, and its text may quote the file
        return make_problem("file-broken", CellRef(file=file.name), why="its sheets cannot be read")
    return sheets


def _assemble(file: CheckedFile, sheets: Iterable[Sheet]) -> tuple[RawWorkbook | None, tuple[Problem, ...]]:
    rows: list[RawRow] = []
    evidence: list[RawRow] = []
    problems: list[Problem] = []
    stamp: Stamp | None = None
    cover: dict[str, CellValue] = {}
    cover_refs: dict[str, CellRef] = {}
    ours = False
    for sheet in sheets:
        mark = _mark(sheet.grid)
        table = None if mark else find_table(sheet.grid)
        if table is not None:
            ours = ours or table.family == "column"
            if table.missing:
                where = CellRef(file=sheet.file, sheet=sheet.title)
                problems.append(make_problem("sheet-columns", where, missing=", ".join(table.missing)))
            read, found = read_rows(sheet, table)
            (rows if table.family == "column" else evidence).extend(read)
            problems += found
        elif mark == STAMP_MARK:
            stamp = stamp or stamp_from_sheet(sheet.grid)
        elif fields := _cover(sheet):
            cover = {**{key: value for key, (value, _) in fields.items() if value is not None}, **cover}
            cover_refs = {**{key: ref for key, (_, ref) in fields.items()}, **cover_refs}
            problems += _cover_flaws(sheet)
        elif mark is None:
            problems += _unknown(sheet)
    if not ours:
        lost = [problem for problem in problems if problem.code == "sheet-columns"]
        return None, (make_problem("workbook-not-ours", CellRef(file=file.name)), *lost)
    workbook = RawWorkbook(
        file=file.name,
        sha256=file.sha256,
        stamp=stamp or stamp_from_properties(file.properties),
        rows=tuple(rows),
        evidence=tuple(evidence),
        cover=cover,
        cover_refs=cover_refs,
    )
    return workbook, tuple(problems)


def _mark(grid: Grid) -> str | None:
    """The mark of a sheet of ours that holds no answers, somewhere near its corner."""
    for row in grid[:5]:
        for value in row[:5]:
            if isinstance(value, str) and value.strip() in _OWN_MARKS:
                return value.strip()
    return None


def _cover(sheet: Sheet) -> dict[str, tuple[CellValue | None, CellRef]]:
    """Fields of the cover with their values and addresses: the first cell after a field's key and label.

    Empty where the sheet is no cover: three fields must be there. A field without a value has the address of the
    cell after its label.
    """
    fields: dict[str, tuple[CellValue | None, CellRef]] = {}
    for number in range(len(sheet.grid)):
        for field, column in _field_cells(sheet, number):
            fields.setdefault(field, (sheet.value(number, column), sheet.ref(number, column)))
    return fields if len(fields) >= 3 else {}


def _field_cells(sheet: Sheet, number: int) -> Iterator[tuple[str, int]]:
    """The field that a row of the cover holds, if any, and the column of its value."""
    names = _field_names()
    row = sheet.grid[number]
    fields = [names.get(normalise(value)) if isinstance(value, str) else None for value in row]
    field = next((name for name in fields if name), None)
    if field is None:
        return
    label = max(n for n, name in enumerate(fields) if name == field)
    values = (n for n in range(label + 1, len(row)) if cell_value(row[n]) is not None or (number, n) in sheet.flaws)
    yield field, next(values, label + 1)


def _cover_flaws(sheet: Sheet) -> Iterator[Problem]:
    for number in range(len(sheet.grid)):
        for _, column in _field_cells(sheet, number):
            if shown := sheet.flaws.get((number, column)):
                yield make_problem("cell-error", sheet.ref(number, column), found=shown)


@cache
def _field_names() -> Mapping[str, str]:
    """Keys of the cover and their labels in every shipped language, each with its key."""
    labels = {normalise(word): field for field in COVER_FIELDS for word in word_in_all(f"cover.{field}")}
    return {**labels, **{field: field for field in COVER_FIELDS}}


def _unknown(sheet: Sheet) -> Iterator[Problem]:
    """A sheet with none of our columns: worth a note, and an error where our ids stand on it."""
    where = CellRef(file=sheet.file, sheet=sheet.title)
    cells = [value for row in sheet.grid for value in row if cell_value(value) is not None]
    if any(isinstance(value, str) and REQUIREMENT_ID.fullmatch(value.strip()) for value in cells):
        missing = ", ".join(column.key for column in COLUMNS if column.key not in ("id", "requirement"))
        yield make_problem("sheet-columns", where, missing=missing)
    elif cells or sheet.flaws:
        yield make_problem("sheet-unknown", where, cells=len(cells) + len(sheet.flaws))
