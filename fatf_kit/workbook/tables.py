"""Finding the table on a sheet, wherever it was moved, and taking its rows off with their addresses.

Columns are found by the hidden row of keys, and by the headings in any shipped language where keys are gone; rows by
the id in them. Position means nothing: agencies sort rows and insert rows and columns.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import groupby

from fatf_kit.locale import clean, normalise
from fatf_kit.problems import CellRef, Problem, make_problem
from fatf_kit.safety.limits import MAX_TEXT, text_length
from fatf_kit.workbook.head import HEADING_BREAK
from fatf_kit.workbook.layout import COLUMNS, REGISTER_COLUMNS
from fatf_kit.workbook.model import CellValue, RawRow
from fatf_kit.workbook.words import word_in_all

Grid = Sequence[Sequence[object]]
"""A sheet from A1 on; an empty cell is ""."""

Flaws = Mapping[tuple[int, int], str]
"""Cells (row and column from 0) that show an error; "" for a formula that was never calculated."""

REQUIREMENT_ID = re.compile(r"(R|IO)\.\d{1,2}/\d{1,2}\.\d{1,2}\w*(\(\w+\))*(#\d+)?", re.IGNORECASE)

_Look = Callable[[Sequence[object], str], dict[str, int]]
_FAMILIES = {"column": [c.key for c in COLUMNS], "register": [c.key for c in REGISTER_COLUMNS]}
_ENOUGH = 3  # columns that must be recognised before a row counts as the head of a table
_HEADINGS_WITHIN = 60  # rows; keys are looked for everywhere, headings near the top
_SHORT = 30  # a longer text is not made of blanks and invisible marks only, or is worth a look
_BREAKS = re.compile(rf"[\n{HEADING_BREAK}]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Where a sheet's columns are. `family` is "column" for requirements, "register" for evidence."""

    family: str
    columns: Mapping[str, int]
    head_rows: frozenset[int]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet as read: its values and its flaws."""

    file: str
    title: str
    grid: Grid
    flaws: Flaws

    def ref(self, row: int, column: int, last_row: int | None = None) -> CellRef:
        """The address of a cell, or of a run of cells down to `last_row`."""
        cell = address(row, column)
        if last_row is not None and last_row != row:
            cell += f":{address(last_row, column)}"
        return CellRef(file=self.file, sheet=self.title, cell=cell)

    def value(self, row: int, column: int) -> CellValue | None:
        """The value of a cell; None where it is empty, shows an error or lies outside."""
        if (row, column) in self.flaws or column >= len(self.grid[row]):
            return None
        return cell_value(self.grid[row][column])


def address(row: int, column: int) -> str:
    """A1-style address of a row and column counted from 0.

    >>> address(13, 4), address(0, 26)
    ('E14', 'AA1')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def cell_value(value: object) -> CellValue | None:
    """What a cell means: whole floats as whole numbers, times of day as text, blank text as nothing.

    >>> cell_value(5.0), cell_value("  "), cell_value(datetime(2026, 3, 31, 0, 0))
    (5, None, datetime.date(2026, 3, 31))
    """
    if isinstance(value, str):
        return value if len(value) > _SHORT or clean(value) else None
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return int(value) if isinstance(value, float) and value.is_integer() else value
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, time | timedelta):
        return str(value)
    return value if isinstance(value, date) else None


def find_table(grid: Grid) -> Table | None:
    """The table on a sheet, None where no row looks like the head of one."""
    by_key, key_row = _best_row(grid, _keys_in, len(grid))
    by_heading, heading_row = _best_row(grid, _headings_in, _HEADINGS_WITHIN)
    family, keys = by_key or by_heading or ("", {})
    if not family:
        return None
    if by_heading and by_heading[0] == family:
        taken = set(keys.values())
        keys = {**{key: at for key, at in by_heading[1].items() if at not in taken}, **keys}
    wanted = _FAMILIES[family]
    return Table(
        family=family,
        columns={key: keys[key] for key in wanted if key in keys},
        head_rows=frozenset(row for row in (key_row, heading_row) if row is not None),
        missing=tuple(key for key in wanted if key not in keys and key != "requirement"),
    )


def read_rows(sheet: Sheet, table: Table) -> tuple[tuple[RawRow, ...], tuple[Problem, ...]]:
    """Every filled row of a table, and everything on the sheet that could not be taken along."""
    rows: list[RawRow] = []
    problems: list[Problem] = []
    for number in range(len(sheet.grid)):
        if number not in table.head_rows:
            row, found = _read_row(sheet, table, number)
            problems += found
            if row is not None:
                rows.append(row)
    problems += _strays(sheet, table)
    return tuple(rows), tuple(problems)


def _read_row(sheet: Sheet, table: Table, number: int) -> tuple[RawRow | None, list[Problem]]:
    refs = {key: sheet.ref(number, at) for key, at in table.columns.items()}
    found = {key: value for key, at in table.columns.items() if (value := sheet.value(number, at)) is not None}
    name = clean(str(found.pop("id", "")))
    text = found.pop("requirement", None)
    problems = [
        _flaw(sheet.flaws[number, at], refs[key], name)
        for key, at in table.columns.items()
        if key != "requirement" and (number, at) in sheet.flaws
    ]
    problems += [
        make_problem("text-cut", refs[key], name or None, length=text_length(value), limit=MAX_TEXT)
        for key, value in found.items()
        if isinstance(value, str) and text_length(value) >= MAX_TEXT
    ]
    if found and not REQUIREMENT_ID.fullmatch(name) and _is_head(sheet.grid[number], table.family):
        return None, []
    if name and found:
        return RawRow(requirement=name, values=found, refs=refs), problems
    if found and "id" in refs:
        problems.append(make_problem("id-missing", refs[next(iter(found))]))
    elif name and table.family == "column" and not REQUIREMENT_ID.fullmatch(name):
        problems.append(make_problem("cell-stray", refs["id"]))
    elif text is not None and not name and "id" in refs:
        problems.append(make_problem("cell-stray", refs["requirement"]))
    return None, problems


def _is_head(row: Sequence[object], family: str) -> bool:
    """Whether a row repeats the headings or keys: sorted down among the answers, or pasted with a second table."""
    return max(len(_keys_in(row, family)), len(_headings_in(row, family))) >= _ENOUGH


def _flaw(shown: str, ref: CellRef, name: str) -> Problem:
    if shown:
        return make_problem("cell-error", ref, name or None, found=shown)
    return make_problem("formula-empty", ref, name or None)


def _strays(sheet: Sheet, table: Table) -> Iterator[Problem]:
    """Values beside the table, each unbroken run down a column as one address."""
    known = set(table.columns.values())
    width = max(*map(len, sheet.grid), *(column + 1 for _, column in sheet.flaws), 0, 0)
    for column in sorted(set(range(width)) - known):
        filled = [
            row
            for row in range(len(sheet.grid))
            if row not in table.head_rows and (sheet.value(row, column) is not None or (row, column) in sheet.flaws)
        ]
        for _, run in groupby(enumerate(filled), key=lambda pair: pair[1] - pair[0]):
            rows = [row for _, row in run]
            yield make_problem("cell-stray", sheet.ref(rows[0], column, rows[-1]))


def _best_row(grid: Grid, look: _Look, within: int) -> tuple[tuple[str, dict[str, int]] | None, int | None]:
    """The first row with the most columns recognised, as family and columns by key, and its number."""
    best: tuple[str, dict[str, int]] | None = None
    at: int | None = None
    for number, row in enumerate(grid[:within]):
        for family in _FAMILIES:
            columns = look(row, family)
            if len(columns) >= _ENOUGH and (best is None or len(columns) > len(best[1])):
                best, at = (family, columns), number
    return best, at


def _keys_in(row: Sequence[object], family: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for column, value in enumerate(row):
        if isinstance(value, str) and value.strip() in _FAMILIES[family]:
            found.setdefault(value.strip(), column)
    return found


def _headings_in(row: Sequence[object], family: str) -> dict[str, int]:
    found: dict[str, int] = {}
    headings = _headings(family)
    for column, value in enumerate(row):
        if isinstance(value, str) and len(value) < 2_000:
            for piece in _BREAKS.split(value):
                if key := headings.get(normalise(piece)):
                    found.setdefault(key, column)
    return found


@cache
def _headings(family: str) -> dict[str, str]:
    """Headings in every shipped language with the keys they stand for, but for those that stand for two."""
    pairs = [(normalise(word), key) for key in _FAMILIES[family] for word in word_in_all(f"{family}.{key}")]
    meanings = Counter(word for word, _ in set(pairs))
    return {word: key for word, key in pairs if meanings[word] == 1}
