"""From a filled workbook of any office program to raw rows, with a Problem for everything that was left behind.

Sheets are known by what is on them, never by their titles. Nothing is interpreted here: whether an id or a rating
exists is judged in the responses room.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from fatf_kit.locale import normalise
from fatf_kit.problems import CellRef, Problem, make_problem
from fatf_kit.safety.guard import CheckedFile, check_file
from fatf_kit.spreadsheets.files import parse_sheets
from fatf_kit.spreadsheets.marks import CARRIED_MARK, KEPT_MARK, PRINTED_MARK
from fatf_kit.spreadsheets.rows import RawRow
from fatf_kit.spreadsheets.sheet import CellValue, Grid, Sheet, cell_value
from fatf_kit.workbook.addresses import with_addresses
from fatf_kit.workbook.beside import over
from fatf_kit.workbook.fronts import FRONT_MARKS, Fields, find_remarks, read_fields
from fatf_kit.workbook.heads import ASKED, REQUIREMENT_ID, Table, find_table
from fatf_kit.workbook.locked import edition_typed, typed_into_locked
from fatf_kit.workbook.model import RawWorkbook, Stamp
from fatf_kit.workbook.printed import lines_of, printed_in, typed_on
from fatf_kit.workbook.register import letters_for
from fatf_kit.workbook.stamp import REPORT_PROPERTY, STAMP_MARK, stamp_from_properties, stamp_from_sheet
from fatf_kit.workbook.tables import read_rows

_CARRIED_MARKS = (CARRIED_MARK, KEPT_MARK)
_OWN_MARKS = {*FRONT_MARKS, *_CARRIED_MARKS, PRINTED_MARK}


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
    sheets = parse_sheets(checked)
    if isinstance(sheets, Problem):
        return None, (sheets,)
    return _assemble(checked, sheets)


def _assemble(file: CheckedFile, sheets: Sequence[Sheet]) -> tuple[RawWorkbook | None, tuple[Problem, ...]]:
    tables = [(sheet, find_table(sheet)) for sheet in sheets]
    likely = sorted(tables, key=lambda found: found[1] is not None)  # the stamp stands where no table does
    stamp = _stamp(sheet for sheet, _ in likely) or stamp_from_properties(file.properties)
    prints = printed_in(sheets)
    taken = _Taken(stamp, lines_of(prints))
    for sheet, table in tables:  # the table before the mark, which somebody may have copied along
        if table is not None:
            taken.table(sheet, table)
        elif (mark := _mark(sheet.grid)) is None or mark in FRONT_MARKS:
            taken.front(sheet, mark)
        elif mark in _CARRIED_MARKS:
            taken.problems += _unchecked(sheet) if prints is None else typed_on(sheet, prints)
    if not taken.ours and REPORT_PROPERTY in file.properties:
        return None, (make_problem("own-report", CellRef(file=file.name)),)
    if not taken.ours:
        lost = [problem for problem in taken.problems if problem.code == "sheet-columns"]
        return None, (
            make_problem(
                "workbook-not-ours", CellRef(file=file.name), what="a workbook of answers", command="fatf-kit template"
            ),
            *lost,
        )
    taken.problems += typed_into_locked(tables, stamp, taken.printed)
    taken.problems += over(sheets, taken.linked)
    workbook = RawWorkbook(
        file=file.name,
        sha256=file.sha256,
        stamp=stamp,
        rows=tuple(taken.rows),
        evidence=tuple(taken.evidence),
        cover=taken.cover,
        cover_refs=taken.cover_refs,
    )
    return workbook, tuple(taken.problems)


class _Taken:
    """What was taken off the sheets of one workbook so far; `linked` are cells whose links are used.

    `printed` are the fingerprints of lines that are printed for one agency only, None where the workbook has none.
    """

    def __init__(self, stamp: Stamp | None, printed: Collection[str] | None) -> None:
        self._stamp = stamp
        self.printed = printed
        self.rows: list[RawRow] = []
        self.evidence: list[RawRow] = []
        self.problems: list[Problem] = []
        self.cover: dict[str, CellValue] = {}
        self.cover_refs: dict[str, CellRef] = {}
        self.linked: list[CellRef] = []
        self.ours = False

    def table(self, sheet: Sheet, table: Table) -> None:
        """Take the rows of requirements or of the register."""
        if table.missing:
            where = CellRef(file=sheet.file, sheet=sheet.title)
            self.problems.append(make_problem("sheet-columns", where, missing=", ".join(table.missing)))
        rows, found = read_rows(sheet, table, letters_for(self._stamp.agency) if self._stamp else None)
        if table.family == "column":
            self.ours = True
            self.rows += rows
        else:
            self.evidence += with_addresses(sheet, rows, self.linked) if sheet.links else rows
        self.problems += found

    def front(self, sheet: Sheet, mark: str | None) -> None:
        """Take the fields of a cover, and tell what else somebody wrote there."""
        fields, found = read_fields(sheet)
        self.problems += found
        self.problems += _take_fields(fields, self.cover, self.cover_refs)
        self.problems += edition_typed(fields, self._stamp)
        self.problems += find_remarks(sheet, self._stamp, fields, self.printed) if fields or mark else _unknown(sheet)


def _stamp(sheets: Iterable[Sheet]) -> Stamp | None:
    stamps = (stamp_from_sheet(sheet.grid) for sheet in sheets if _mark(sheet.grid) == STAMP_MARK)
    return next((stamp for stamp in stamps if stamp), None)


def _mark(grid: Grid) -> str | None:
    """The mark of a sheet of ours that holds no answers, somewhere near its left edge."""
    for row in grid:
        for value in row[:5]:
            if isinstance(value, str) and value.strip() in _OWN_MARKS:
                return value.strip()
    return None


def _take_fields(fields: Fields, cover: dict[str, CellValue], refs: dict[str, CellRef]) -> Iterator[Problem]:
    """Add a cover's fields to those of the covers before it, which stand where both are filled in."""
    for key, (value, ref) in fields.items():
        if key not in cover:
            if value is not None:
                cover[key] = value
                refs[key] = ref
            refs.setdefault(key, ref)
        elif value is not None and normalise(str(value)) != normalise(str(cover[key])):
            yield make_problem("cover-differs", ref, other=refs[key])


def _unchecked(sheet: Sheet) -> Iterator[Problem]:
    """A sheet of ours of which nothing is read, where nothing records any more what was printed on it."""
    yield make_problem(
        "sheet-unchecked", CellRef(file=sheet.file, sheet=sheet.title), cells=sum(1 for _ in sheet.filled())
    )


def _unknown(sheet: Sheet) -> Iterator[Problem]:
    """A sheet with none of our columns: worth a note, and an error where our ids stand on it."""
    where = CellRef(file=sheet.file, sheet=sheet.title)
    cells = [value for row in sheet.grid for value in row if cell_value(value) is not None]
    if any(isinstance(value, str) and REQUIREMENT_ID.fullmatch(value.strip()) for value in cells):
        yield make_problem("sheet-columns", where, missing=", ".join(ASKED["column"]))
    elif cells or sheet.flaws:
        yield make_problem("sheet-unknown", where, cells=len(cells) + len(sheet.flaws))
