"""The rows of declared sheets are read: every filled cell is used, or a Problem says that it is not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from fatf_kit.core.languages import clean, normalise
from fatf_kit.core.problems import CellRef, list_facts, quote_found
from fatf_kit.spreadsheets.declared_sheets import CellReader, DeclaredColumn, DeclaredSheet
from fatf_kit.spreadsheets.kept_books import RowReader
from fatf_kit.spreadsheets.reader import FilledBook
from fatf_kit.spreadsheets.schema import CellKind
from fatf_kit.spreadsheets.values import Record

T = TypeVar("T")
Context = TypeVar("Context")


class SheetReader(RowReader):
    """Reads the declared sheets of one workbook, those first to which others refer."""

    def __init__(self, book: FilledBook) -> None:
        super().__init__(book)
        self._places: dict[tuple[str, ...], CellRef] = {}

    def read(self, sheet: DeclaredSheet[T], context: object = None) -> tuple[T, ...]:
        """Return the values of the rows of a sheet; functions of the sheet find `context` in each row."""
        records = self.book.records(sheet.name)
        rows = (DeclaredRow(record, sheet, self, context, records) for record in records)
        return tuple(value for row in rows if (value := row.make()) is not None)

    def find_place(self, sheet: str, *values: object) -> CellRef | None:
        """Return the address of the row of a sheet that has these unique values; None where no row has them."""
        return self._places.get((sheet, *map(_fold, values)))

    def add_place(self, ref: CellRef, sheet: str, *values: object) -> None:
        """Remember the address of the row that has these unique values."""
        self._places[sheet, *map(_fold, values)] = ref


def _fold(value: object) -> str:
    return normalise(str(value))


class DeclaredRow(Generic[Context]):
    """One row of a declared sheet while it is read.

    `cells` are its cells with their meaning, `values` the values of the fields read so far. `context` is what the
    reader of the workbook compares cells with. `records` are all rows of the sheet.
    """

    def __init__(
        self,
        cells: Record,
        sheet: DeclaredSheet[Any],
        reader: SheetReader,
        context: Context,
        records: Sequence[Record],
    ) -> None:
        self.cells = cells
        self.reader = reader
        self.context = context
        self.records = records
        self.values: dict[str, Any] = {}
        self._sheet = sheet

    def report(self, code: str, key: str, **facts: object) -> None:
        """Add a problem of the cell under a key."""
        self.reader.report(code, self.cells.ref(key), **facts)

    def report_row(self, code: str, **facts: object) -> None:
        """Add a problem of the row as a whole."""
        self.reader.report(code, self.cells.row.ref.place, **facts)

    def report_blank(self, key: str, code: str = "row-nameless") -> None:
        """Add the problem that a cell is blank; it names the heading of the column, or the row."""
        facts = {"column": self.cells.columns[key].local_name, **self._name_row()}
        self.report(code, key, **_select_facts(code, facts))

    def make(self) -> Any:
        """Return the value of the row; None, with a problem, where it has no use."""
        is_usable, identity_key = True, ""
        for column in self._sheet.columns:
            value = self._read(column)
            if isinstance(value, Mapping) and not column.name:
                self.values |= value
            elif value is not None:
                self.values[column.name] = value
            else:
                is_usable = is_usable and not column.is_needed
            if not identity_key and self._sheet.unique and self.values.keys() >= set(self._sheet.unique):
                identity_key = column.column.key
                if column.column.kind is CellKind.ID and self._is_twice(identity_key):
                    return None  # a second row with an id is reported for that alone
        if not is_usable or (identity_key and self._is_twice(identity_key)):
            return None
        return self._finish(identity_key)

    def _read(self, column: DeclaredColumn) -> object:
        key, rules = column.column.key, column.rules
        if column.is_spread:
            titles = self.cells.by_language(key)
            if not titles and rules.required:
                self.report_blank(key, rules.required)
            return titles or None
        is_blank = not (self.cells.id if column.column.kind is CellKind.ID else self.cells.has(key))
        if is_blank and rules.required:
            self.report_blank(key, rules.required)
            return None
        if rules.read is not None:
            return rules.read(self, key)
        if not column.name:
            return {}
        return column.interpret(self._find_meaning(column))

    def _find_meaning(self, column: DeclaredColumn) -> object:
        key, choices = column.column.key, column.column.choices
        if column.column.kind is CellKind.ID:
            return clean(self.cells.id)
        if choices is not None and choices.is_open:
            text = self.cells.text(key)
            return choices.code_of(text) or text
        return self.cells.meaning(key)

    def _is_twice(self, key: str) -> bool:
        """Return whether an earlier row has the same unique fields, with a problem at the cell under a key."""
        place = self.reader.find_place(self._sheet.name, *self._identity)
        if place is not None:
            code, facts = self._sheet.twice, {**self._name_row(), "other": str(place)}
            self.report(code, key, **_select_facts(code, facts))
        return place is not None

    def _finish(self, identity_key: str) -> Any:
        sheet = self._sheet
        if "ref" in sheet.row_type.__annotations__:
            self.values["ref"] = self.cells.ref(sheet.ref or sheet.columns[0].column.key)
        value = sheet.row_type(**self.values)
        if sheet.check is not None:
            value = sheet.check(self, value)
        if value is not None and identity_key:
            self.reader.add_place(self.cells.ref(identity_key), sheet.name, *self._identity)
        return value

    @property
    def _identity(self) -> list[object]:
        return [self.values[name] for name in self._sheet.unique]

    def _name_row(self) -> dict[str, object]:
        """Return the facts that name the row: its unique fields, as people know them."""
        choices = {column.name: column.column.choices for column in self._sheet.columns}
        named: dict[str, object] = {}
        for name in self._sheet.unique:
            if name in self.values:
                value, listed = self.values[name], choices.get(name)
                named[name] = listed.name_typed(str(value)) if listed else value
        return {**named, self._sheet.fact: next(iter(named.values()), "")}


def refer_to(sheet: str, code: str, find: Callable[[str], str]) -> CellReader:
    """Make the reader of a column that names a row of another sheet; `find` gives the id that a text names."""

    def read_reference(row: DeclaredRow[Any], key: str) -> str | None:
        text = row.cells.text(key)
        name = find(text)
        if row.reader.find_place(sheet, name):
            return name
        row.report(code, key, **quote_found(text or "–"))
        return None

    return read_reference


def _select_facts(code: str, facts: Mapping[str, object]) -> dict[str, object]:
    """Return the facts that the text of a problem names."""
    needed = list_facts(code)
    return {name: fact for name, fact in facts.items() if name in needed}
