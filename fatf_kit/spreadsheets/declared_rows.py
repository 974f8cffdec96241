"""The rows of declared sheets are read: every filled cell is used, or a Problem says that it is not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

from fatf_kit.core.languages import clean, normalise
from fatf_kit.core.problems import CellRef, list_facts, quote_found
from fatf_kit.spreadsheets.declared_sheets import CellReader, DeclaredColumn, DeclaredSheet
from fatf_kit.spreadsheets.kept_books import RowReader
from fatf_kit.spreadsheets.reader import FilledBook
from fatf_kit.spreadsheets.values import Record

T = TypeVar("T")
Context = TypeVar("Context")


class SheetReader(RowReader):
    """Reads the declared sheets of one workbook, those first to which others refer."""

    def __init__(self, book: FilledBook) -> None:
        super().__init__(book)
        self._places: dict[tuple[object, ...], CellRef] = {}

    def read(self, sheet: DeclaredSheet[T], context: object = None) -> tuple[T, ...]:
        """Return the values of the rows of a sheet; functions of the sheet find `context` in each row."""
        records = enumerate(self.book.records(sheet.name), start=1)
        rows = (DeclaredRow(record, number, sheet, self, context) for number, record in records)
        return tuple(value for row in rows if (value := row.make()) is not None)

    def find_place(self, sheet: str, *values: object) -> CellRef | None:
        """Return the address of the row of a sheet that has these unique values; None where no row has them."""
        return self._places.get((sheet, *values))

    def add_place(self, ref: CellRef, sheet: str, *values: object) -> None:
        """Remember the address of the row that has these unique values."""
        self._places[sheet, *values] = ref


class DeclaredRow(Generic[Context]):
    """One row of a declared sheet while it is read.

    Attributes:
        cells: Its cells with their meaning.
        number: Its number among the filled rows of the sheet, from 1.
        sheet: The declared sheet.
        reader: The reader of the workbook.
        context: What the reader of the workbook compares cells with.
        values: The values of the fields read so far, by name.
    """

    def __init__(
        self, cells: Record, number: int, sheet: DeclaredSheet[Any], reader: SheetReader, context: Context
    ) -> None:
        self.cells = cells
        self.number = number
        self.sheet = sheet
        self.reader = reader
        self.context = context
        self.values: dict[str, Any] = {}

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
        """Return the value of the row; None, with a problem, where it has no use.

        A row whose id is not usable, or is that of an earlier row, is reported for that alone. Of any other row without
        use, only the cells without which it has none are reported.
        """
        for column in self.sheet.columns:
            if column.is_id and (not self._take(column) or self._is_twice()):
                return None
        columns = [column for column in self.sheet.columns if not column.is_id]
        taken = [self._take(column) for column in columns if column.is_needed]
        if not all(taken) or self._is_twice():
            return None
        for column in columns:
            if not column.is_needed:
                self._take(column)
        return self._finish()

    def _take(self, column: DeclaredColumn) -> bool:
        """Read a cell into the values; return whether it has a value."""
        value = self._read(column)
        if isinstance(value, Mapping) and not column.name:
            self.values |= value
        elif value is not None:
            self.values[column.name] = value
        return value is not None

    def _read(self, column: DeclaredColumn) -> object:
        key, rules, cells = column.column.key, column.rules, self.cells
        if column.is_spread:
            texts = cells.by_language(key)
            if not texts and rules.required:
                self.report(rules.required, self.sheet.columns[0].column.key, **self._name_row())
            return texts or None
        if rules.required and not (cells.id if column.is_id else cells.has(key)):
            self.report_blank(key, rules.required)
            return None
        if rules.read is not None:
            return rules.read(self, key)
        if column.is_id:
            return clean(cells.id)
        if column.column.list_from and column.column.choices:
            return column.column.choices.code_of(cells.text(key)) or cells.text(key)
        return column.interpret(cells.meaning(key)) if column.name else {}

    def _is_twice(self) -> bool:
        """Return whether an earlier row has the same unique fields, with a problem."""
        place = self._identity and self.reader.find_place(self.sheet.name, *self._identity)
        if place:
            code, facts = self.sheet.twice, {**self._name_row(), "other": str(place)}
            self.report(code, self._identity_key, **_select_facts(code, facts))
        return bool(place)

    def _finish(self) -> Any:
        sheet = self.sheet
        if "ref" in sheet.row_type.__annotations__:
            self.values["ref"] = self.cells.ref(sheet.ref or sheet.columns[0].column.key)
        value = sheet.row_type(**self.values)
        if sheet.check is not None:
            value = sheet.check(self, value)
        if value is not None and self._identity:
            self.reader.add_place(self.cells.ref(self._identity_key), sheet.name, *self._identity)
        return value

    @property
    def _identity(self) -> tuple[object, ...]:
        """The values of the unique fields; nothing where one of them is not read yet, or all are blank."""
        values = tuple(self.values.get(name) for name in self.sheet.unique)
        if None in values or not any(values):
            return ()
        return tuple(normalise(str(value)) for value in values) if self.sheet.is_folded else values

    @property
    def _identity_key(self) -> str:
        """The key of the column of the first unique field."""
        columns = (column for column in self.sheet.columns if column.name == self.sheet.unique[0])
        return next(columns, self.sheet.columns[0]).column.key

    def _name_row(self) -> dict[str, object]:
        """Return the facts that name the row: its unique fields, as people know them."""
        choices = {column.name: column.column.choices for column in self.sheet.columns}
        named: dict[str, object] = {}
        for name in self.sheet.unique:
            if name in self.values:
                value, listed = self.values[name], choices.get(name)
                named[name] = listed.name_typed(str(value)) if listed else value
        return {**named, self.sheet.fact: next(iter(named.values()), "")}


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
