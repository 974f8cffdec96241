"""What a cell means, by the kind of its column: one way to read dates, numbers, choices and ids for all workbooks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from fatf_kit.locale import clean
from fatf_kit.problems import CellRef, Problem, make_problem, quoted
from fatf_kit.spreadsheets.dates import date_problem, read_date
from fatf_kit.spreadsheets.numbers import read_number
from fatf_kit.spreadsheets.rows import Row
from fatf_kit.spreadsheets.schema import CellKind, Column, Field, Table
from fatf_kit.spreadsheets.sheet import CellValue

_MOST = 1e12  # a larger number is a slip
_TEXTS = (CellKind.ID, CellKind.PRINTED, CellKind.TEXT, CellKind.LINK)
_SEPARATORS = str.maketrans(dict.fromkeys(";،؛\n", ","))

Meaning = date | int | float | str | tuple[str, ...]
"""A date, a number, a code, or ids or codes; texts keep what was typed."""


def items_in(text: str) -> tuple[str, ...]:
    r"""Ids or choices in one cell, each once, however they are separated.

    >>> items_in("R.10/10.2; R.22/22.1\nR.23/23.1")
    ('R.10/10.2', 'R.22/22.1', 'R.23/23.1')
    """
    return tuple(dict.fromkeys(one for part in text.translate(_SEPARATORS).split(",") if (one := clean(part))))


def meaning_of(value: CellValue, column: Column | Field) -> Meaning | None:
    """What a value means in a column or a field of a cover; None where it cannot be used there."""
    match column.kind:
        case CellKind.DATE:
            read = read_date(value)
            return read.day if read else None
        case CellKind.NUMBER:
            number = read_number(value).value
            return number if number is not None and number < _MOST else None
        case CellKind.COUNT:
            number = read_number(value, whole=True).value
            return int(number) if number is not None and number == int(number) and 0 < number < _MOST else None
        case CellKind.CHOICE:
            return column.choices.code_of(_typed(value)) if column.choices else None
        case CellKind.CHOICES:
            codes = [column.choices.code_of(one) for one in items_in(_typed(value))] if column.choices else []
            return tuple(code for code in codes if code) if all(codes) else None
        case CellKind.IDS:
            return items_in(str(value))
        case _:
            return value if isinstance(value, date) else str(value)


def problem_of(value: CellValue, column: Column | Field, ref: CellRef, row: str | None = None) -> Problem | None:
    """The Problem of a value that cannot be used in a column, or may be read two ways; None where all is well."""
    if column.kind is CellKind.DATE:
        return date_problem(value, ref, row, column=column.key)
    if column.kind in (*_TEXTS, CellKind.IDS) or meaning_of(value, column) is not None:
        return None
    if column.choices is not None:
        return make_problem("choice-unknown", ref, row, **quoted(value), allowed=_allowed(column))
    code = "count-unknown" if column.kind is CellKind.COUNT else "number-unknown"
    return make_problem(code, ref, row, **quoted(value), column=column.key)


class Record:
    """A row of a table with the meaning of its cells, by column key.

    `problems` are those of cells that cannot be used; a column whose cell is blank or unusable has no meaning.
    """

    __slots__ = ("_meanings", "problems", "row", "values")

    def __init__(self, row: Row, table: Table) -> None:
        self.row = row
        self.values: Mapping[str, CellValue] = MappingProxyType(row.values)
        self.problems: list[Problem] = []
        self._meanings: dict[str, Meaning] = {}
        for key, value in self.values.items():
            column = table.by_key.get(key)
            if column is None:
                continue
            column = column.of_row(row.id)
            if found := problem_of(value, column, row.ref.at(key), row.id if row.id and table.in_problems else None):
                self.problems.append(found)
            if (meaning := meaning_of(value, column)) is not None:
                self._meanings[key] = meaning

    @property
    def id(self) -> str:
        """The id of the row; empty where it has none."""
        return self.row.id

    def has(self, key: str) -> bool:
        """Whether anything stands under a key, usable or not."""
        return key in self.values

    def ref(self, key: str) -> CellRef:
        """The address of the cell under a key."""
        return self.row.ref.at(key)

    def text(self, key: str) -> str:
        """The text under a key in one line; empty where there is none."""
        value = self.values.get(key)
        return "" if value is None else clean(str(value))

    def lines(self, key: str) -> str:
        """The text under a key as typed, with its line breaks; empty where there is none."""
        return str(self.values.get(key, "")).strip()

    def date(self, key: str) -> date | None:
        """The day under a key."""
        meaning = self._meanings.get(key)
        return meaning if isinstance(meaning, date) else None

    def number(self, key: str) -> int | float | None:
        """The number under a key."""
        meaning = self._meanings.get(key)
        return meaning if isinstance(meaning, int | float) else None

    def count(self, key: str) -> int | None:
        """The whole number under a key."""
        number = self.number(key)
        return None if number is None else int(number)

    def choice(self, key: str) -> str | None:
        """The code of the choice under a key."""
        meaning = self._meanings.get(key)
        return meaning if isinstance(meaning, str) else None

    def items(self, key: str) -> tuple[str, ...]:
        """The ids, or codes of choices, under a key."""
        meaning = self._meanings.get(key)
        return meaning if isinstance(meaning, tuple) else ()


def _typed(value: CellValue) -> str:
    """A value as text; spreadsheets make true and false of yes and no."""
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


@lru_cache(maxsize=64)
def _allowed(column: Column | Field) -> str:
    labels = list(column.choices.labels("en").values()) if column.choices else []
    return ("; " if any("," in label for label in labels) else ", ").join(labels)
