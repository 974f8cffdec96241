"""Cells are interpreted by the kind of their column: one way to read dates, numbers, choices and ids everywhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from fatf_kit.core.isolation import remove_isolation
from fatf_kit.core.languages import clean
from fatf_kit.core.problems import CellRef, Problem, make_problem, quote_found
from fatf_kit.spreadsheets.dates import find_date_problem, read_date
from fatf_kit.spreadsheets.numbers import read_number
from fatf_kit.spreadsheets.rows import FilledRow
from fatf_kit.spreadsheets.schema import CellKind, CoverField, SheetColumn, SheetTable
from fatf_kit.spreadsheets.sheet import CellValue

_MOST = 1e15  # spreadsheets keep 15 digits
_MOST_ALLOWED = 12  # choices that a message names
_TEXTS = (CellKind.ID, CellKind.PRINTED, CellKind.TEXT, CellKind.LINK)
_NO_NUMBER = {
    CellKind.NUMBER: "number-unknown", CellKind.WHOLE: "whole-unknown", CellKind.COUNT: "count-unknown",
}  # fmt: skip
_SEPARATORS = str.maketrans(dict.fromkeys(";،؛\n", ","))

Meaning = date | int | float | str | tuple[str, ...]
"""A date, a number, a code, or ids or codes; texts keep what was typed."""


def split_items(text: str) -> tuple[str, ...]:
    r"""Return ids or choices in one cell, each once, however they are separated.

    >>> split_items("R.10/10.2; R.22/22.1\nR.23/23.1")
    ('R.10/10.2', 'R.22/22.1', 'R.23/23.1')
    """
    return tuple(dict.fromkeys(one for part in text.translate(_SEPARATORS).split(",") if (one := clean(part))))


def is_name(value: CellValue) -> bool:
    """Return whether a value may be a name: a text with a letter in it, not a number or a date.

    >>> is_name("Ruritania"), is_name("2026-03-31"), is_name(12.0)
    (True, False, False)
    """
    return isinstance(value, str) and any(map(str.isalpha, value))


def interpret_value(value: CellValue, column: SheetColumn | CoverField) -> Meaning | None:
    """Return what a value means in a column or field; None where it cannot be used there."""
    match column.kind:
        case CellKind.DATE:
            read = read_date(value)
            return read.day if read else None
        case CellKind.NUMBER:
            number = read_number(value).value
            if number is None or number >= _MOST:
                return column.choices.code_of(_typed(value)) if column.choices else None
            return number
        case CellKind.WHOLE | CellKind.COUNT:
            number, least = read_number(value, whole=True).value, int(column.kind is CellKind.COUNT)
            return int(number) if number is not None and number == int(number) and least <= number < _MOST else None
        case CellKind.CHOICE:
            return column.choices.code_of(_typed(value)) if column.choices else None
        case CellKind.CHOICES:
            codes = [column.choices.code_of(one) for one in split_items(_typed(value))] if column.choices else []
            return tuple(code for code in codes if code) if all(codes) else None
        case CellKind.IDS:
            return split_items(str(value))
        case _:
            return value if isinstance(value, date) else str(value)


def find_value_problem(
    value: CellValue,
    column: SheetColumn | CoverField,
    ref: CellRef,
    row: str | None = None,
    *,
    restricted: bool = False,
) -> Problem | None:
    """Return the Problem of a value that cannot be used in a column or field or is ambiguous; None where it is clear.

    Of a `restricted` value nothing is quoted.
    """
    if column.kind is CellKind.DATE:
        return find_date_problem(value, ref, row, column=column.local_name, restricted=restricted)
    if column.kind in (*_TEXTS, CellKind.IDS) or interpret_value(value, column) is not None:
        return None
    facts = quote_found(value, restricted=restricted)
    if code := _NO_NUMBER.get(column.kind):
        return make_problem(code, ref, row, **facts, column=column.local_name)
    unknown = column.choices.unknown if column.choices else "choice-unknown"
    return make_problem(unknown, ref, row, **facts, allowed=_allowed(column))


class InterpretedCells:
    """Values with their meaning, by the key of their column or field, which are in `columns`.

    `problems` are those of cells that cannot be used; where a cell is blank or unusable, its key has no meaning.
    """

    __slots__ = ("_meanings", "_ref_of", "columns", "problems", "values")

    def __init__(
        self,
        values: Mapping[str, CellValue],
        columns: Mapping[str, SheetColumn] | Mapping[str, CoverField],
        ref_of: Callable[[str], CellRef],
        row: str | None = None,
        *,
        restricted: bool = False,
    ) -> None:
        """`ref_of` gives the address of the cell under a key; `row` is put into the problems."""
        self.values: Mapping[str, CellValue] = MappingProxyType(dict(values))
        self.columns = columns
        self.problems: list[Problem] = []
        self._ref_of = ref_of
        self._meanings: dict[str, Meaning] = {}
        for key, value in self.values.items():
            column = columns.get(key)
            if column is None:
                continue
            if found := find_value_problem(value, column, ref_of(key), row, restricted=restricted):
                self.problems.append(found)
            if (meaning := interpret_value(value, column)) is not None:
                self._meanings[key] = meaning

    def has(self, key: str) -> bool:
        """Return whether anything stands under a key, usable or not."""
        return key in self.values

    def ref(self, key: str) -> CellRef:
        """Return the address of the cell under a key."""
        return self._ref_of(key)

    def text(self, key: str) -> str:
        """Return the text under a key in one line; empty where there is none."""
        value = self.values.get(key)
        return "" if value is None else clean(str(value))

    def lines(self, key: str) -> str:
        """Return the text as typed, with line breaks and without marks of isolation; empty where there is none."""
        return remove_isolation(str(self.values.get(key, ""))).strip()

    def by_language(self, role: str) -> dict[str, str]:
        """Return the texts of a role that are filled in, by language, in the order of the columns."""
        texts = {part.member: self.text(key) for key, part in self.columns.items() if part.role == role}
        return {language: text for language, text in texts.items() if text}

    def date(self, key: str) -> date | None:
        """Return the day under a key."""
        meaning = self._meanings.get(key)
        return meaning if isinstance(meaning, date) else None

    def number(self, key: str) -> int | float | None:
        """Return the number under a key."""
        meaning = self._meanings.get(key)
        return meaning if isinstance(meaning, int | float) else None

    def count(self, key: str) -> int | None:
        """Return the whole number under a key."""
        number = self.number(key)
        return None if number is None else int(number)

    def choice(self, key: str) -> str | None:
        """Return the code of the choice under a key."""
        meaning = self._meanings.get(key)
        return meaning if isinstance(meaning, str) else None

    def items(self, key: str) -> tuple[str, ...]:
        """Return the ids, or codes of choices, under a key."""
        meaning = self._meanings.get(key)
        return meaning if isinstance(meaning, tuple) else ()


class Record(InterpretedCells):
    """A row of a table with the meaning of its cells, by column key; `columns` are as they are in this row."""

    columns: Mapping[str, SheetColumn]
    __slots__ = ("restricted", "row")

    def __init__(self, row: FilledRow, table: SheetTable) -> None:
        self.row = row
        values = row.values
        self.restricted = table.is_restricted is not None and table.is_restricted(values)
        name = row.id if row.id and table.in_problems else None
        super().__init__(values, table.columns_of(row.id), row.ref.at, name, restricted=self.restricted)

    @property
    def id(self) -> str:
        """Return the id of the row; empty where it has none."""
        return self.row.id

    def meaning(self, key: str) -> Meaning | None:
        """Return what the cell under a key means; None where it is blank or unusable, but a blank text is empty."""
        column = self.columns[key]
        if column.kind in _TEXTS:
            return self.lines(key) if column.multiline else self.text(key)
        return self._meanings.get(key)


def _typed(value: CellValue) -> str:
    """Return a value as text; spreadsheets make true and false of yes and no."""
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


@lru_cache(maxsize=64)
def _allowed(column: SheetColumn | CoverField) -> str:
    labels = list(column.choices.labels("en").values()) if column.choices else []
    if len(labels) > _MOST_ALLOWED:
        labels = [*labels[:_MOST_ALLOWED], "…"]
    return ("; " if any("," in label for label in labels) else ", ").join(labels)
