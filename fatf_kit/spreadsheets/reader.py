"""A filled workbook of any kind and office program is read into rows and fields, with a Problem for all that is lost.

Sheets are known by what is on them, never by their titles, rows by the id in them, columns by their keys or headings.
Every filled cell is read, was printed by fatf-kit, or is in a Problem.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from fatf_kit.core.languages import clean, normalise
from fatf_kit.core.problems import CellRef, Problem, make_problem
from fatf_kit.spreadsheets.annotations import list_annotations
from fatf_kit.spreadsheets.files import open_sheets
from fatf_kit.spreadsheets.finding import FieldPlace, FoundTable, find_fields, find_tables
from fatf_kit.spreadsheets.fingerprints import PrintedCells
from fatf_kit.spreadsheets.formats.guard import CheckedFile
from fatf_kit.spreadsheets.ledger import Cell, CellClass, CellLedger, SheetLedger, add_counts
from fatf_kit.spreadsheets.marks import CHOICES_MARK, MARK_PREFIX, OVERVIEW_MARK, STAMP_MARK
from fatf_kit.spreadsheets.repeated_reads import find_memory, make_key
from fatf_kit.spreadsheets.rows import FilledRow, RowRef
from fatf_kit.spreadsheets.schema import BookSchema, CellKind, SheetTable
from fatf_kit.spreadsheets.sheet import CellValue, SheetContent, make_error_problem
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

    def copy(self) -> FilledBook:
        """Copy the workbook, so that what a feature adds to it or takes away is in its own copy only."""
        return replace(
            self,
            rows={name: list(rows) for name, rows in self.rows.items()},
            fields=dict(self.fields),
            field_refs=dict(self.field_refs),
            hidden={mark: [list(row) for row in rows] for mark, rows in self.hidden.items()},
            problems=list(self.problems),
        )

    def text(self, key: str) -> str:
        """Return a field of the cover as text; empty where it is not filled in."""
        return clean(str(self.fields.get(key, "")))


def read_book(path: Path, schema: BookSchema) -> tuple[FilledBook | None, tuple[Problem, ...]]:
    """Return a filled workbook of a kind, and every problem in the order of its sheets.

    None where the file must not or cannot be read, is of another kind, or of a newer layout than this version knows.
    """
    memory = find_memory()
    key = make_key(path, schema) if memory else None
    if memory and key and isinstance(known := memory.find(key), FilledBook):
        book = known.copy()
        add_counts(filter(None, [book.ledger.counts]))
        return book, tuple(book.problems)
    opened = open_sheets(path)
    if isinstance(opened, Problem):
        return None, (opened,)
    read = read_sheets(*opened, schema)
    if not isinstance(read, FilledBook):
        return None, (read,)
    if memory and key and key.sha256 == read.sha256:  # the file may have changed since it was looked at
        memory.keep(key, read.copy())
    return read, tuple(read.problems)


def read_sheets(file: CheckedFile, sheets: Sequence[SheetContent], schema: BookSchema) -> FilledBook | Problem:
    """Return the same from sheets that were parsed; the Problem where they are of another kind or a newer layout."""
    stamp = read_stamp(sheets, file.properties)
    if fault := _find_other_kind(file, stamp, schema):
        return fault
    ledger = CellLedger(file.name)
    book = FilledBook(schema=schema, file=file.name, sha256=file.sha256, saved=file.saved, stamp=stamp, ledger=ledger)
    printed = PrintedCells(sheets)
    overviews = [sheet for sheet in sheets if OVERVIEW_MARK in sheet.distinct and not printed.is_own(sheet)]
    shown = {sheet.title for sheet in overviews}
    for sheet in sheets:
        if sheet.title not in shown:
            _take_sheet(book, sheet, printed)
    if not stamp.get("kind") and not any(table.is_sure and table.name in book.rows for table in schema.tables):
        return _foreign(file, schema)
    for sheet in overviews:
        _classify_typed(book, sheet, _shown_on(sheet, book), printed)
    if unknown := list_unknown_languages(stamp):
        book.problems.append(make_problem("languages-newer", CellRef(file=file.name), found=", ".join(unknown)))
    for sheet in sheets:
        book.problems += ledger.of(sheet).list_problems(sheet)
    if not printed.is_known:
        book.problems.append(make_problem("prints-missing", CellRef(file=file.name)))
    annotated = [_without_links(sheet) if sheet.title in shown else sheet for sheet in sheets]
    book.problems += list_annotations(annotated, ledger.linked, printed)
    if breach := ledger.close(sheets, is_printed_known=printed.is_known):
        book.problems.append(breach)
    return book


def _find_other_kind(file: CheckedFile, stamp: Mapping[str, str], schema: BookSchema) -> Problem | None:
    """Return the Problem of a workbook that its stamp calls one of another kind, or of a newer layout."""
    if stamp.get("kind", schema.kind) != schema.kind:
        return _foreign(file, schema)
    layout = stamp.get("layout", "")
    if layout.isascii() and layout.isdigit() and int(layout) > schema.layout:
        return make_problem("layout-newer", CellRef(file=file.name), found=layout, known=schema.layout)
    return None


def _take_sheet(book: FilledBook, sheet: SheetContent, printed: PrintedCells) -> None:
    """Add what a sheet holds, and classify its cells."""
    mark = str(sheet.grid[0][0]).strip() if sheet.grid and sheet.grid[0] else ""
    if mark in book.schema.hidden:
        book.hidden[mark] = [[str(value).strip() for value in row] for row in sheet.grid[1:]]
    if mark in book.schema.hidden or printed.is_own(sheet):
        _classify_hidden(book.ledger.of(sheet), sheet, printed)
    elif tables := find_tables(sheet, book.schema):
        for part, found in tables:
            _take_table(book, part, found, printed)
    elif printed.is_known or mark not in _OWN_MARKS:
        _take_front(book, sheet, printed)
    else:
        book.ledger.of(sheet).is_ours = True


def _foreign(file: CheckedFile, schema: BookSchema) -> Problem:
    if REPORT_PROPERTY in file.properties:
        return make_problem("own-report", CellRef(file=file.name))
    return make_problem("workbook-not-ours", CellRef(file=file.name), what=schema.what, command=schema.command)


def _take_table(book: FilledBook, sheet: SheetContent, found: FoundTable, printed: PrintedCells) -> None:
    """Add the rows of a table; of a copy that is kept in the workbook only what differs, which is reported."""
    classes = book.ledger.of(sheet)
    known = book.rows.setdefault(found.table.name, [])
    missing = [key for key in found.missing if not is_newer(found.table.by_key[key], book.stamp)]
    if missing:
        where = CellRef(file=sheet.file, sheet=sheet.title)
        headings = found.table.list_headings(missing)
        classes.problems.append(make_problem("sheet-columns", where, missing=headings))
    if found.table.id not in found.columns and not (found.table.nameless or found.table.row_namer):
        classes.put(CellClass.FOREIGN, *sheet.filled())
        return  # it is not known what its rows are about
    rows = read_table(sheet, found, printed, book.ledger)
    classes.problems += _list_changed_copies(book, sheet, found.table, rows)
    known += (row for row in rows if row[:3] not in book.seen)
    for row in rows:
        book.seen.setdefault(row[:3], row.ref)
        book.first_rows.setdefault(_name_row(row, found.table), row)


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
    """Add the fields of a cover, and classify the cells of a sheet without a table."""
    known = _find_stamp(sheet, printed)
    for place in find_fields(sheet, book.schema):
        known |= place.named
        _take_field(book, sheet, place, printed)
    _classify_typed(book, sheet, known, printed)


def _take_field(book: FilledBook, sheet: SheetContent, place: FieldPlace, printed: PrintedCells) -> None:
    """Add a field of a cover, of which there may be several: the first that is filled in counts."""
    classes, cell, key = book.ledger.of(sheet), (place.row, place.column), place.field.key
    ref, value = sheet.ref(*cell), sheet.value(*cell)
    book.field_refs.setdefault(key, ref)
    if cell in sheet.cell_errors:
        classes.report(CellClass.BROKEN, make_error_problem(sheet.cell_errors[cell], ref), cell)
    elif value is None:
        return
    elif key not in book.fields:
        book.fields[key], book.field_refs[key] = value, ref
        is_printed = place.field.kind is CellKind.PRINTED and printed.has(sheet, *cell)
        classes.put(CellClass.PRINTED if is_printed else CellClass.USED, cell)
        if place.field.kind is CellKind.PRINTED and printed.is_known and not is_printed:
            classes.put(CellClass.TYPED_OVER, cell)
    elif normalise(str(value)) == normalise(str(book.fields[key])):
        classes.put(CellClass.USED, cell)
    else:
        problem = make_problem("cover-differs", ref, other=book.field_refs[key])
        classes.report(CellClass.DIFFERENT, problem, cell)


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


def _find_stamp(sheet: SheetContent, printed: PrintedCells) -> set[Cell]:
    """Return the cells of the stamp: each name of a fact and the fact next to it."""
    first_cells = dict(sorted(sheet.filled(), reverse=True))
    if STAMP_MARK not in (str(sheet.value(*cell)).strip() for cell in first_cells.items()):  # elsewhere people typed it
        return set()
    names = (cell for cell in first_cells.items() if printed.has(sheet, *cell))
    return {cell for row, at in names for cell in ((row, at), (row, at + 1)) if sheet.is_filled(*cell)}


def _classify_typed(book: FilledBook, sheet: SheetContent, known: set[Cell], printed: PrintedCells) -> None:
    """Classify the cells of a sheet without a table that have no class yet, of which fatf-kit wrote those `known`.

    One note tells of a sheet that is not ours. Without a record of the printed texts it is not known who typed a cell.
    """
    classes = book.ledger.of(sheet)
    classes.put(CellClass.PRINTED, *known)
    classified = set[Cell]().union(*classes.cells.values())
    is_blank = not known and not classified
    left = [cell for cell in sheet.filled() if cell not in classified]
    typed = [cell for cell in left if not printed.has(sheet, *cell)]
    classes.put(CellClass.PRINTED, *set(left).difference(typed))
    if typed and is_blank and (len(typed) == len(left) or _has_rows(sheet, book.schema)):
        classes.report(CellClass.FOREIGN, _report_foreign(sheet, book.schema, len(typed)), *typed)
    elif printed.is_known:
        for cell in typed:
            if cell in sheet.cell_errors:
                problem = make_error_problem(sheet.cell_errors[cell], sheet.ref(*cell))
                classes.report(CellClass.BROKEN, problem, cell)
            else:
                classes.put(CellClass.UNPLACED, cell)


def _report_foreign(sheet: SheetContent, schema: BookSchema, count: int) -> Problem:
    """Return the Problem of a whole sheet: it has rows of ours without a head, or nothing of ours."""
    where = CellRef(file=sheet.file, sheet=sheet.title)
    if _has_rows(sheet, schema):
        table = schema.tables[0]
        return make_problem("sheet-columns", where, missing=table.list_headings(table.read_keys))
    return make_problem("sheet-unknown", where, count=count)


def _classify_hidden(classes: SheetLedger, sheet: SheetContent, printed: PrintedCells) -> None:
    """Classify the cells of a hidden sheet that is handed on as fatf-kit wrote it: people may have typed on it."""
    typed = printed.list_typed(sheet)
    classes.is_ours = not typed
    if typed:
        classes.put(CellClass.PRINTED, *set(sheet.filled()).difference(typed))
        classes.put(CellClass.UNPLACED, *typed)


def _has_rows(sheet: SheetContent, schema: BookSchema) -> bool:
    """Return whether a sheet without a head has rows with ids of ours; our own sheets without a head have a mark."""
    texts = [value for value in sheet.distinct if isinstance(value, str)]
    is_id = schema.is_id
    if is_id is None or any(text.startswith(MARK_PREFIX) for text in texts):
        return False
    return any(map(is_id, texts))
