"""Cells of the plans that others word: months as people type them, names of rows, and numbers that may be blank."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from fatf_kit.core.languages import normalise
from fatf_kit.core.problems import quote_found
from fatf_kit.framework import Framework
from fatf_kit.spreadsheets.dates import read_date
from fatf_kit.spreadsheets.declared_rows import DeclaredRow

_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanContext:
    """The edition with which cells are compared, and the rows that others may name.

    `cycles` are the ids of the cycles, and `plans` the plans of each item by its id. `targets` are the ids of items,
    actions and needs by the same in capitals.
    """

    framework: Framework
    cycles: tuple[str, ...] = ()
    plans: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    targets: Mapping[str, str] = field(default_factory=dict)

    def find_target(self, text: str) -> str | None:
        """Return the id of the item, action or need that a text names; None where it names none."""
        return self.targets.get(capitalise(text))


def capitalise(text: str) -> str:
    """Return an id in capitals, without spaces and marks around it.

    >>> capitalise(" pi-03.1 ")
    'PI-03.1'
    """
    return normalise(text).upper()


def parse_month(text: str) -> str | None:
    """Return a month as "YYYY-MM"; None for a text that is not one. A day counts for its month.

    >>> parse_month("2027-05"), parse_month("2027/6"), parse_month("2027-05-01"), parse_month("soon")
    ('2027-05', '2027-06', '2027-05', None)
    """
    plain = normalise(text)
    if month := _MONTH.fullmatch(plain):
        return f"{month[1]}-{int(month[2]):02}" if 1 <= int(month[2]) <= 12 else None
    read = read_date(plain)
    return f"{read.day:%Y-%m}" if read else None


def read_month(row: DeclaredRow[PlanContext], key: str) -> str:
    """Read the month in a cell; empty, with a problem unless the cell is blank, where it has none."""
    text = row.cells.text(key)
    month = parse_month(text) if text else ""
    if month is None:
        row.report("item-month", key, **quote_found(text))
    return month or ""


def read_number(row: DeclaredRow[PlanContext]) -> str:
    """Read the typed number of a row; empty, with a problem, where a row above has the same."""
    name = row.cells.id
    if not name:
        return ""
    if other := row.reader.find_place(row.sheet.name, normalise(name)):
        row.report("item-number-twice", "row", **quote_found(name), other=str(other))
        return ""
    row.reader.add_place(row.cells.ref("row"), row.sheet.name, normalise(name))
    return name


def list_numbers(typed: Iterable[str], prefix: str) -> Iterator[str]:
    """Yield the numbers after the highest one that is typed, for rows without a number.

    >>> numbers = list_numbers(["W-02", "", "w-7"], "W-")
    >>> next(numbers), next(numbers)
    ('W-08', 'W-09')
    """
    form = re.compile(rf"{prefix}(\d+)", re.IGNORECASE)
    last = max((int(number[1]) for text in typed if (number := form.fullmatch(text))), default=0)
    while True:
        last += 1
        yield f"{prefix}{last:02}"
