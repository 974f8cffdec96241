"""Rows of the plans that others word: months as people type them, and names that may occur once only."""

from __future__ import annotations

import re
from typing import TypeVar

from fatf_kit.core.languages import normalise
from fatf_kit.core.problems import CellRef, quote_found
from fatf_kit.spreadsheets.dates import read_date
from fatf_kit.spreadsheets.kept_books import RowReader
from fatf_kit.spreadsheets.values import Record

K = TypeVar("K")

_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})")


def parse_month(text: str) -> str | None:
    """Return a month as "YYYY-MM"; None for a text that is not one. A day counts for its month.

    >>> parse_month("2027-05"), parse_month("2027/6"), parse_month("2027-05-01"), parse_month("soon")
    ('2027-05', '2027-06', '2027-05', None)
    """
    plain = normalise(text)
    if found := _MONTH.fullmatch(plain):
        return f"{found[1]}-{int(found[2]):02}" if 1 <= int(found[2]) <= 12 else None
    read = read_date(plain)
    return f"{read.day:%Y-%m}" if read else None


class PlanRowReader(RowReader):
    """Reads rows with months and names."""

    def read_month(self, row: Record, key: str) -> str:
        """Return the month in a cell; empty, with a problem unless the cell is blank, where it has none."""
        text = row.text(key)
        month = parse_month(text) if text else ""
        if month is None:
            self.report("item-month", row.ref(key), **quote_found(text))
        return month or ""

    def is_twice(self, seen: dict[K, CellRef], key: K, ref: CellRef, name: str) -> bool:
        """Return whether a row above has the same key, with a problem that gives its name; else remember its place."""
        other = seen.setdefault(key, ref)
        if other != ref:
            self.report("item-twice", ref, found=name, other=str(other))
        return other != ref
