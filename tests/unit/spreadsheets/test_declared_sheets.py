"""Each column of each declared sheet is blank, of the wrong kind, unknown, too long, and each row is there twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import pytest
from openpyxl.utils import get_column_letter

from fatf_kit.action_plan.items.book import PLAN_ITEMS, SHEETS, interpret_items
from fatf_kit.action_plan.items.model import ItemRegister
from fatf_kit.core.problems import Problem
from fatf_kit.framework import load_framework
from fatf_kit.laws import book as law_book
from fatf_kit.spreadsheets.declared_sheets import DeclaredColumn, DeclaredSheet, col, sheet_row
from fatf_kit.spreadsheets.reader import FilledBook
from fatf_kit.spreadsheets.rows import FilledRow, RowRef, TableAddress
from fatf_kit.spreadsheets.schema import BookSchema, CellKind
from fatf_kit.training.book import declare_sheets, interpret_record, make_training_schema
from tests.unit.action_plan.items import registers as plans
from tests.unit.action_plan.needs import registers as needs
from tests.unit.laws import registers as laws
from tests.unit.training import records as training
from tools.message_catalogues import find_messages

LONGEST = 32_767
"""Characters that a cell of a spreadsheet can have."""

_FREE_KINDS = (CellKind.ID, CellKind.TEXT, CellKind.LINK, CellKind.IDS)
"""Kinds that take any text; whether an id is known is asked where a column has a function of its own."""

Cells = dict[str, Any]


@dataclass(frozen=True)
class DeclaredKind:
    """A kind of workbook whose sheets are declared, with a record that has a value in every column."""

    schema: BookSchema
    names: Sequence[str]
    """The fields of the record with the rows of the sheets."""
    declared: Sequence[DeclaredSheet[Any]]
    record: object
    read: Callable[[FilledBook], tuple[object, Sequence[Problem]]]

    @property
    def sheets(self) -> Sequence[tuple[DeclaredSheet[Any], str]]:
        """Each sheet with the field of the record that has its rows."""
        return tuple(zip(self.declared, self.names, strict=True))

    def write(self) -> dict[str, list[Cells]]:
        """Return the cells of the rows of each table, by key."""
        return {
            sheet.name: [
                {"row": number, **sheet.list_cells(value)}
                for number, value in enumerate(getattr(self.record, name), start=1)
            ]
            for sheet, name in self.sheets
        }

    def read_rows(self, rows: Mapping[str, Sequence[Cells]]) -> tuple[object, Sequence[Problem]]:
        """Return what is read of a workbook that has these rows; the first one of a table is in line 3."""
        book = FilledBook(schema=self.schema, file="kept.xlsx", sha256="")
        for table in self.schema.tables:
            place = TableAddress("kept.xlsx", table.name, _name_columns(table.by_key))
            last = get_column_letter(len(table.columns))
            book.rows[table.name] = [
                FilledRow(
                    str(cells.get(table.id) or ""),
                    table.value_keys,
                    tuple("" if cells.get(key) is None else cells[key] for key in table.value_keys),
                    RowRef(place, line, "A", last),
                )
                for line, cells in enumerate(rows[table.name], start=3)
            ]
        return self.read(book)


def _name_columns(keys: Mapping[str, object]) -> dict[str, str]:
    return {key: get_column_letter(number) for number, key in enumerate(keys, start=1)}


def _make_register() -> ItemRegister:
    """Return the register of the tests of items with the costs and needs of those of assistance."""
    known = {*plans.REGISTER.by_id, *(action.id for action in plans.REGISTER.work)}
    return replace(
        needs.REGISTER,
        items=(*plans.REGISTER.items, *(item for item in needs.REGISTER.items if item.id not in known)),
        work=(*plans.REGISTER.work, *(action for action in needs.REGISTER.work if action.id not in known)),
        cycles=plans.REGISTER.cycles,
        records=plans.REGISTER.records,
        evidence=plans.REGISTER.evidence,
    )


KINDS: Mapping[str, DeclaredKind] = {
    "training": DeclaredKind(
        make_training_schema(training.AGENCIES),
        ("sessions", "attendance", "tests", "people"),
        declare_sheets(training.AGENCIES),
        training.RECORD,
        lambda book: interpret_record(book, training.CONTEXT),
    ),
    "plan-items": DeclaredKind(
        PLAN_ITEMS,
        ("items", "records", "evidence", "cycles", "work", "needs", "costs", "rates"),
        SHEETS,
        _make_register(),
        lambda book: interpret_items(book, load_framework("fatf-2022")),
    ),
    "laws": DeclaredKind(
        law_book.LAWS,
        ("instruments", "provisions", "links", "translations", "effects", "spellings"),
        law_book.SHEETS,
        laws.FULL,
        lambda book: law_book.interpret_register(book, load_framework("fatf-2022")),
    ),
}


@dataclass(frozen=True)
class Case:
    """A declared sheet with the field of the record that has its rows, and one of its columns."""

    kind: str
    sheet: DeclaredSheet[Any]
    name: str
    column: DeclaredColumn

    def change(self, value: object) -> tuple[Any, list[Problem]]:
        """Return what is read with a value in the first row, and the problems of this cell, the id or the whole row."""
        rows, table, key = KINDS[self.kind].write(), self.sheet.table, self.column.column.key
        keys = [each.key for each in table.columns if key in (each.key, each.role)]
        rows[table.name][0] |= dict.fromkeys(keys, value)
        record, problems = KINDS[self.kind].read_rows(rows)
        letters = _name_columns(table.by_key)
        cells = {f"{letters[key]}3" for key in keys} | {"A3", f"A3:{get_column_letter(len(letters))}3"}
        here = [
            each for each in problems if each.ref and (each.ref.sheet, each.ref.cell in cells) == (table.name, True)
        ]
        return record, here

    def values(self, record: object) -> tuple[Any, ...]:
        """Return the values of the rows of the sheet."""
        return tuple(getattr(record, self.name))


_CASES = {
    f"{kind}-{sheet.name}-{column.column.key}": Case(kind, sheet, name, column)
    for kind, declared in KINDS.items()
    for sheet, name in declared.sheets
    for column in sheet.columns
}


def each_column(chosen: Callable[[DeclaredColumn], bool]) -> pytest.MarkDecorator:
    """Make a test of each declared column of a choice."""
    cases = {name: case for name, case in _CASES.items() if chosen(case.column)}
    return pytest.mark.parametrize("case", cases.values(), ids=cases)


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_is_written_and_read_back(kind: str) -> None:
    """Every column has a value in some row, and none is lost."""
    declared = KINDS[kind]
    rows = declared.write()
    for sheet, _ in declared.sheets:
        filled = {key for cells in rows[sheet.name] for key, cell in cells.items() if cell not in (None, "")}
        assert filled | {"row"} == sheet.table.by_key.keys() | {"row"}, sheet.name
    record, problems = declared.read_rows(rows)
    assert problems == ()
    for _, name in declared.sheets:
        for before, after in zip(getattr(declared.record, name), getattr(record, name), strict=True):
            names = [each.name for each in fields(before) if each.name != "ref"]
            assert [getattr(after, each) for each in names] == [getattr(before, each) for each in names]


@each_column(lambda column: bool(column.rules.required))
def test_a_blank_required_cell_is_reported(case: Case) -> None:
    """The row is not used, unless the field may be None."""
    record, problems = case.change(None)
    assert case.column.rules.required in [each.code for each in problems]
    lost = len(case.values(KINDS[case.kind].record)) - len(case.values(record))
    assert lost == (not case.column.may_be_none)


@each_column(lambda column: not column.rules.required)
def test_a_blank_cell_loses_nothing(case: Case) -> None:
    """The row is used, with the default of the field, or the cell is reported."""
    record, problems = case.change(None)
    rows = case.values(record)
    assert problems or len(rows) == len(case.values(KINDS[case.kind].record))
    if case.column.name and not case.column.is_needed and not case.column.rules.read:
        default = next(each.default for each in fields(rows[0]) if each.name == case.column.name)
        assert getattr(rows[0], case.column.name) == default


@each_column(lambda column: column.column.kind not in _FREE_KINDS)
def test_a_value_of_the_wrong_kind_is_reported(case: Case) -> None:
    """At its cell, and it is never a value of the record."""
    record, problems = case.change("no such value")
    assert problems
    assert "no such value" not in repr(case.values(record))


_FREE_TEXTS = ("grade", "partner", "payer", "what", "wording", "row")
"""Keys of columns in which a function of their own reads any text."""


@each_column(lambda column: bool(column.rules.read) and column.column.key not in _FREE_TEXTS)
def test_an_unknown_id_is_reported(case: Case) -> None:
    """At its cell or for its row, and it is never a value of the record."""
    record, problems = case.change("zz-999")
    assert problems
    assert "zz-999" not in repr(case.values(record))


def _is_plain_text(column: DeclaredColumn) -> bool:
    is_own = bool(column.name) and not column.rules.read and not column.is_spread
    return is_own and column.column.kind is CellKind.TEXT


@each_column(_is_plain_text)
def test_the_longest_text_is_kept_whole(case: Case) -> None:
    """Nothing that fits into a cell is cut."""
    record, _ = case.change("x" * LONGEST)
    assert getattr(case.values(record)[0], case.column.name) == "x" * LONGEST


@pytest.mark.parametrize("case", {(case.kind, case.name): case for case in _CASES.values()}.values())
def test_a_row_that_is_there_twice_is_used_once(case: Case) -> None:
    """A row with the same unique fields is reported with the address of the first; others are rows of their own."""
    rows = KINDS[case.kind].write()
    count = len(rows[case.sheet.name])
    rows[case.sheet.name].append(rows[case.sheet.name][0])
    record, problems = KINDS[case.kind].read_rows(rows)
    assert len(case.values(record)) == count + (not case.sheet.unique)
    if case.sheet.unique:
        assert case.sheet.twice in [each.code for each in problems if each.ref and str(3 + count) in str(each.ref.cell)]


def test_every_text_of_a_declaration_is_a_message() -> None:
    """Headings, titles and explanations are in the catalogues."""
    messages = find_messages()
    for name, case in _CASES.items():
        assert {case.sheet.title, case.sheet.about, case.column.rules.heading} <= messages.keys(), name


@sheet_row
class _Wrong:
    state: list[str] = col("Status")


def test_a_declaration_that_cannot_work_is_refused() -> None:
    """A type that no cell can have, and a unique field that does not exist."""
    with pytest.raises(TypeError, match="cannot hold list"):
        _ = DeclaredSheet(name="wrong", row_type=_Wrong, title="Sessions", about="Tests").columns
    with pytest.raises(TypeError, match="_Wrong has no field id"):
        DeclaredSheet(name="wrong", row_type=_Wrong, title="Sessions", about="Tests", unique=("id",))
