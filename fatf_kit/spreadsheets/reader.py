"""A filled workbook of any kind and office program is read into rows and fields, with a Problem for all that is lost.

Sheets are known by what is on them, never by their titles, rows by the id in them, columns by their keys or headings.
Every filled cell is read, was printed by fatf-kit, or is in a Problem.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from fatf_kit.core.groups import group_pairs
from fatf_kit.core.languages import clean, normalise
from fatf_kit.core.problems import CellRef, Problem, make_problem
from fatf_kit.spreadsheets.annotations import list_annotations
from fatf_kit.spreadsheets.files import open_sheets
from fatf_kit.spreadsheets.finding import FoundTable, divide_sheet, find_fields, find_table
from fatf_kit.spreadsheets.fingerprints import PrintedCells
from fatf_kit.spreadsheets.formats.guard import CheckedFile
from fatf_kit.spreadsheets.ledger import CellLedger
from fatf_kit.spreadsheets.marks import CHOICES_MARK, MARK_PREFIX, OVERVIEW_MARK, STAMP_MARK
from fatf_kit.spreadsheets.rows import FilledRow, RowRef
from fatf_kit.spreadsheets.schema import BookSchema, CellKind, SheetTable
from fatf_kit.spreadsheets.sheet import CellValue, SheetContent, group_runs, make_error_problem
from fatf_kit.spreadsheets.spread import is_newer, list_unknown_languages
from fatf_kit.spreadsheets.stamp import REPORT_PROPERTY, read_stamp
from fatf_kit.spreadsheets.tables import read_table
from fatf_kit.spreadsheets.values import InterpretedCells, Record

_OWN_MARKS = (STAMP_MARK, CHOICES_MARK)
_MOST_NAMED = 10  # rows that the problem of a copied sheet names


@dataclass(slots=True, kw_only=True)
class FilledBook:
    """A filled workbook of one kind as found. Values are not interpreted beyond their columns.

    `saved` is when a program last saved it, None where it does not say. `stamp` is what the workbook says about itself,
    empty where its stamp is gone; `rows` are by the name of their table, `fields` are those of the cover that hold
    something, `field_refs` the address of each that is there. `hidden` has the rows of hidden sheets as texts, by the
    mark of the sheet. `seen` is what the rows of the sheets read say, with the place of each; `first_rows` has the
    first row of each name; `ledger` is what became of each filled cell.
    """

    schema: BookSchema
    file: str
    sha256: str
    saved: datetime | None = None
    stamp: Mapping[str, str] = field(default_factory=dict)
    rows: dict[str, list[FilledRow]] = field(default_factory=dict)
    fields: dict[str, CellValue] = field(default_factory=dict)
    field_refs: dict[str, CellRef] = field(default_factory=dict)
    hidden: dict[str, list[list[str]]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    seen: dict[tuple[object, ...], RowRef] = field(default_factory=dict, repr=False)
    first_rows: dict[tuple[object, ...], FilledRow] = field(default_factory=dict, repr=False)
    ledger: CellLedger = field(default_factory=lambda: CellLedger(""), repr=False)

    def records(self, table: str) -> list[Record]:
        """Return the rows of a table with the meaning of their cells; what has none is added to the problems."""
        schema = next(one for one in self.schema.tables if one.name == table)
        found = [Record(row, schema) for row in self.rows.get(table, ())]
        for record in found:
            self.problems += record.problems
        return found

    def cover(self) -> InterpretedCells:
        """Return the fields of the cover with their meaning; what has none is added to the problems."""
        here = CellRef(file=self.file)
        found = InterpretedCells(self.fields, self.schema.fields_by_key, lambda key: self.field_refs.get(key, here))
        self.problems += found.problems
        return found

    def text(self, key: str) -> str:
        """Return a field of the cover as text; empty where it is not filled in."""
        return clean(str(self.fields.get(key, "")))


def read_book(path: Path, schema: BookSchema) -> tuple[FilledBook | None, tuple[Problem, ...]]:
    """Return a filled workbook of a kind, and every problem in the order of its sheets.

    None where the file must not or cannot be read, is of another kind, or of a newer layout than this version knows.
    """
    opened = open_sheets(path)
    if isinstance(opened, Problem):
        return None, (opened,)
    book = read_sheets(*opened, schema)
    return (book, tuple(book.problems)) if isinstance(book, FilledBook) else (None, (book,))


def read_sheets(file: CheckedFile, sheets: Sequence[SheetContent], schema: BookSchema) -> FilledBook | Problem:
    """Return the same from sheets that were parsed; the Problem where they are of another kind or a newer layout."""
    stamp = read_stamp(sheets, file.properties)
    if stamp.get("kind", schema.kind) != schema.kind:
        return _foreign(file, schema)
    layout = stamp.get("layout", "")
    if layout.isascii() and layout.isdigit() and int(layout) > schema.layout:
        return make_problem("layout-newer", CellRef(file=file.name), found=layout, known=schema.layout)
    book = FilledBook(schema=schema, file=file.name, sha256=file.sha256, saved=file.saved, stamp=stamp)
    ledger = book.ledger = CellLedger(file.name)
    if unknown := list_unknown_languages(stamp):
        book.problems.append(make_problem("languages-newer", CellRef(file=file.name), found=", ".join(unknown)))
    printed = PrintedCells(sheets, ledger)
    linked: list[CellRef] = []
    overviews: list[SheetContent] = []
    for sheet in sheets:
        if printed.is_own(sheet):
            continue
        mark = str(sheet.grid[0][0]).strip() if sheet.grid and sheet.grid[0] else ""
        if OVERVIEW_MARK in sheet.distinct:
            overviews.append(sheet)
        elif mark in schema.hidden:
            book.problems += _typed_on_hidden(sheet, printed)
            book.hidden[mark] = [[str(value).strip() for value in row] for row in sheet.grid[1:]]
        elif find_table(sheet, schema) is not None:
            for part in divide_sheet(sheet, schema):
                if (found := find_table(part, schema)) is not None:
                    _take_table(book, part, found, printed, linked)
        elif printed.is_known or mark not in _OWN_MARKS:
            _take_front(book, sheet, printed)
        else:
            ledger.of(sheet).is_ours = True
    if not stamp.get("kind") and not any(table.is_sure and table.name in book.rows for table in schema.tables):
        return _foreign(file, schema)
    for sheet in overviews:
        shown = _shown_on(sheet, book)
        ledger.of(sheet).printed |= shown
        book.problems += _typed_on(sheet, shown, printed, schema)
    if not printed.is_known:
        book.problems.append(make_problem("prints-missing", CellRef(file=file.name)))
    book.problems += (
        make_problem("cell-unplaced", sheet.ref(row, column)) for sheet, row, column in printed.unread_cells()
    )
    annotated = [_without_links(sheet) if OVERVIEW_MARK in sheet.distinct else sheet for sheet in sheets]
    book.problems += list_annotations(annotated, linked, printed)
    if breach := ledger.close(sheets, book.problems, is_printed_known=printed.is_known):
        book.problems.append(breach)
    return book


def _foreign(file: CheckedFile, schema: BookSchema) -> Problem:
    if REPORT_PROPERTY in file.properties:
        return make_problem("own-report", CellRef(file=file.name))
    return make_problem("workbook-not-ours", CellRef(file=file.name), what=schema.what, command=schema.command)


def _take_table(
    book: FilledBook, sheet: SheetContent, found: FoundTable, printed: PrintedCells, linked: list[CellRef]
) -> None:
    """Add the rows of a table; of a copy that is kept in the workbook only what differs, which is reported."""
    known = book.rows.setdefault(found.table.name, [])
    missing = [key for key in found.missing if not is_newer(found.table.by_key[key], book.stamp)]
    if missing:
        where = CellRef(file=sheet.file, sheet=sheet.title)
        book.problems.append(make_problem("sheet-columns", where, missing=found.table.list_headings(missing)))
    if found.table.id not in found.columns and not (found.table.nameless or found.table.row_namer):
        book.ledger.of(sheet).is_reported = True
        return  # it is not known what its rows are about
    rows, problems = read_table(sheet, found, printed, linked)
    book.problems += _list_changed_copies(book, sheet, found.table, rows)
    known += (row for row in rows if row[:3] not in book.seen)
    for row in rows:
        book.seen.setdefault(row[:3], row.ref)
        book.first_rows.setdefault(_name_row(row, found.table), row)
    book.problems += problems


def _name_row(row: FilledRow, table: SheetTable) -> tuple[object, ...]:
    """Return what makes a row the one that it is: its table, its id, and what fatf-kit printed into it to be kept."""
    if not row.id:
        return table.name, row.ref.line
    return table.name, row.id, *(value for key, value in row.values.items() if key in table.kept_keys)


def _list_changed_copies(
    book: FilledBook, sheet: SheetContent, table: SheetTable, rows: Sequence[FilledRow]
) -> Iterator[Problem]:
    """Yield a Problem for each earlier table of the workbook that has the same rows with other entries.

    Numbers and lines name no row: tables that have nothing else are copies where most rows are the same.
    """
    copied = [book.seen[row[:3]] for row in rows if row[:3] in book.seen]
    changed: dict[str, list[str]] = {}
    for row in rows:
        first = book.first_rows.get(_name_row(row, table)) if row[:3] not in book.seen else None
        if first is not None and (table.is_numbered or _differs(row, first)):
            changed.setdefault(first.ref.table.sheet, []).append(f"{row.ref.place.cell} / {first.ref.place.cell}")
    where = CellRef(file=sheet.file, sheet=sheet.title)
    are_named = not table.is_numbered and any(row.id for row in rows)
    for other, places in changed.items():
        if are_named or sum(ref.table.sheet == other for ref in copied) >= len(places):
            named = [*places[:_MOST_NAMED], *(["…"] if len(places) > _MOST_NAMED else [])]
            yield make_problem("sheet-copied", where, count=len(places), other=other, rows=", ".join(named))


def _differs(row: FilledRow, first: FilledRow) -> bool:
    """Return whether a row has an entry that the first row of its name has not."""
    known = first.values
    return any(normalise(str(value)) != normalise(str(known.get(key, ""))) for key, value in row.values.items())


def _take_front(book: FilledBook, sheet: SheetContent, printed: PrintedCells) -> None:
    """Add the fields of a cover, and Problems for all else that people typed on a sheet without a table."""
    fates = book.ledger.of(sheet)
    known = _stamped(sheet, printed)
    fates.printed |= known
    for place in find_fields(sheet, book.schema):
        known |= {*place.named, (place.row, place.column)}
        fates.printed |= place.named
        key, ref = place.field.key, sheet.ref(place.row, place.column)
        value = sheet.value(place.row, place.column)
        book.field_refs.setdefault(key, ref)
        if (place.row, place.column) in sheet.cell_errors:
            book.problems.append(make_error_problem(sheet.cell_errors[place.row, place.column], ref))
        elif value is not None and key not in book.fields:
            book.fields[key], book.field_refs[key] = value, ref
            fates.used.add((place.row, place.column))
            if place.field.kind is CellKind.PRINTED and printed.is_known and not printed.has(sheet, *place[1:3]):
                book.problems.append(make_problem("cell-locked", ref))
        elif value is not None and normalise(str(value)) != normalise(str(book.fields[key])):
            book.problems.append(make_problem("cover-differs", ref, other=book.field_refs[key]))
        elif value is not None:
            fates.used.add((place.row, place.column))
    book.problems += _typed_on(sheet, known, printed, book.schema)


def _without_links(sheet: SheetContent) -> SheetContent:
    """Return an overview without its links, by which people come to the rows that it shows."""
    return replace(sheet, scan=replace(sheet.scan, links=[]))


def _shown_on(sheet: SheetContent, book: FilledBook) -> set[tuple[int, int]]:
    """Return the cells of an overview that show a cell of the row whose id stands next to them."""
    values_by_id: dict[CellValue, set[CellValue]] = {}
    for rows in book.rows.values():
        for row in rows:
            values_by_id.setdefault(row.id, set()).update(row.cells)
    shown: set[tuple[int, int]] = set()
    for number, cells in enumerate(sheet.grid):
        values = set[CellValue]().union(*(values_by_id[value] for value in cells if value in values_by_id))
        shown |= {(number, column) for column, value in enumerate(cells) if value != "" and value in values}
    return shown


def _stamped(sheet: SheetContent, printed: PrintedCells) -> set[tuple[int, int]]:
    """Return the cells of the stamp: each name of a fact and the fact next to it."""
    first_cells = dict(sorted(sheet.filled(), reverse=True))
    if STAMP_MARK not in (str(sheet.value(*cell)).strip() for cell in first_cells.items()):  # elsewhere people typed it
        return set()
    names = (cell for cell in first_cells.items() if printed.has(sheet, *cell))
    return {cell for row, at in names for cell in ((row, at), (row, at + 1)) if sheet.is_filled(*cell)}


def _typed_on(
    sheet: SheetContent, known: set[tuple[int, int]], printed: PrintedCells, schema: BookSchema
) -> Iterator[Problem]:
    """Yield filled cells that are neither known nor printed; one note for the whole of a sheet that is not ours."""
    where = CellRef(file=sheet.file, sheet=sheet.title)
    filled = [cell for cell in sheet.filled() if cell not in known]
    typed = group_pairs(
        (column, row) for row, column in filled if printed.is_known and not printed.has(sheet, row, column)
    )
    count = sum(map(len, typed.values())) if printed.is_known else len(filled)
    if count and not known and _has_rows(sheet, schema):
        printed.ledger.of(sheet).is_reported = True
        yield make_problem("sheet-columns", where, missing=schema.tables[0].list_headings(schema.tables[0].read_keys))
        return
    if count and not known and count == len(filled):
        printed.ledger.of(sheet).is_reported = True
        yield make_problem("sheet-unknown", where, count=count)
        return
    for column in sorted(typed):
        flawed = [row for row in typed[column] if (row, column) in sheet.cell_errors]
        yield from (make_error_problem(sheet.cell_errors[row, column], sheet.ref(row, column)) for row in flawed)
        plain = (row for row in typed[column] if (row, column) not in sheet.cell_errors)
        yield from (make_problem("cell-unplaced", run) for run in group_runs(sheet, column, plain))


def _typed_on_hidden(sheet: SheetContent, printed: PrintedCells) -> Iterator[Problem]:
    """Yield what people typed on a hidden sheet whose rows are handed on as fatf-kit wrote them."""
    fates = printed.ledger.of(sheet)
    typed = [cell for cell in sheet.filled() if printed.is_known and not printed.has(sheet, *cell)]
    fates.is_ours = not typed
    fates.printed |= set(sheet.filled()).difference(typed)
    yield from (make_problem("cell-unplaced", sheet.ref(*cell)) for cell in typed)


def _has_rows(sheet: SheetContent, schema: BookSchema) -> bool:
    """Return whether a sheet without a head has rows with ids of ours; our own sheets without a head have a mark."""
    texts = [value for value in sheet.distinct if isinstance(value, str)]
    is_id = schema.is_id
    if is_id is None or any(text.startswith(MARK_PREFIX) for text in texts):
        return False
    return any(map(is_id, texts))
