"""Finding the table on a sheet, wherever it was moved, and taking its rows off with their addresses.

Columns are found by the hidden row of keys, and by the headings in any shipped language where keys are gone; rows by
the id in them. Position means nothing: agencies sort rows and insert rows and columns.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import groupby

from fatf_kit.locale import clean, normalise
from fatf_kit.problems import CellRef, Problem, make_problem, quoted
from fatf_kit.safety.limits import MAX_TEXT, text_length
from fatf_kit.workbook.head import HEADING_BREAK
from fatf_kit.workbook.layout import COLUMNS, REGISTER_COLUMNS
from fatf_kit.workbook.model import CellValue, RawRow
from fatf_kit.workbook.words import word_in_all

Grid = Sequence[Sequence[object]]
"""A sheet from A1 on; an empty cell is ""."""

Flaws = Mapping[tuple[int, int], str]
"""Cells (row and column from 0) that show an error; "" for a formula that was never calculated."""

Merges = Sequence[tuple[int, int, int, int]]
"""Cells shown as one (from 0): first row, first column, last row, last column."""

REQUIREMENT_ID = re.compile(r"(R|IO)\.\d{1,2}/\d{1,2}\.\d{1,2}\w*(\(\w+\))*(#\d+)?", re.IGNORECASE)

_Look = Callable[[Sequence[object], str], dict[str, int]]
_FAMILIES = {"column": [c.key for c in COLUMNS], "register": [c.key for c in REGISTER_COLUMNS]}
_ENOUGH = 3  # columns that must be recognised before a row counts as the head of a table
_HEADINGS_WITHIN = 60  # rows; below them headings are looked for only where nothing else is found
_LONGEST = 60  # characters of a heading, marks and spaces around it included
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
    """One sheet as read: its values, its flaws and what is merged on it."""

    file: str
    title: str
    grid: Grid
    flaws: Flaws
    merges: Merges = ()

    def ref(self, row: int, column: int, last_row: int | None = None, last_column: int | None = None) -> CellRef:
        """The address of a cell, or of a run of cells down to `last_row` and over to `last_column`."""
        first = address(row, column)
        last = address(row if last_row is None else last_row, column if last_column is None else last_column)
        return CellRef(file=self.file, sheet=self.title, cell=first if first == last else f"{first}:{last}")

    def is_filled(self, row: int, column: int) -> bool:
        """Whether a cell holds a value or shows an error."""
        return (row, column) in self.flaws or (row < len(self.grid) and self.value(row, column) is not None)

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
    """What a cell means: whole floats as whole numbers, blank text as nothing, whatever has a time of day as text.

    >>> cell_value(5.0), cell_value("  "), cell_value(datetime(2026, 3, 31, 0, 0))
    (5, None, datetime.date(2026, 3, 31))
    >>> cell_value(datetime(2026, 3, 31, 14, 30))
    '2026-03-31 14:30:00'
    """
    if isinstance(value, str):
        return value if len(value) > _SHORT or clean(value) else None
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return int(value) if isinstance(value, float) and value.is_integer() else value
    if isinstance(value, datetime):
        return str(value) if value.time() != time() else value.date()
    if isinstance(value, time | timedelta):
        return str(value)
    return value if isinstance(value, date) else None


def find_table(grid: Grid) -> Table | None:
    """The table on a sheet, None where no row looks like the head of one."""
    by_key, key_row = _best_row(grid, _keys_in, len(grid))
    by_heading, heading_row = _best_row(grid, _headings_in, _HEADINGS_WITHIN)
    if not (by_key or by_heading):  # sorted to the bottom, perhaps
        by_heading, heading_row = _best_row(grid, _headings_in, len(grid))
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
    taken: list[frozenset[int]] = []  # columns that were read, by row
    answers: list[frozenset[int]] = []  # those of them that hold answers
    heads = [_head_in(row, table.family) for row in sheet.grid]
    first = next(filter(None, heads), {})
    if _differ(first, table):  # another table stands below, and its keys were the best ones found
        table = replace(table, columns=first)
    for number, head in enumerate(heads):
        if not head:
            row, found = _read_row(sheet, table, number)
            problems += found
            if row is not None:
                rows.append(row)
        elif _differ(head, table):
            table = replace(table, columns=head)  # from here on in another order
        taken.append(frozenset(table.columns.values()) | frozenset(head.values()))
        named = (at for key, at in table.columns.items() if key not in ("id", "requirement"))
        answers.append(frozenset() if head else frozenset(named))
    problems += _strays(sheet, taken)
    problems += _merged(sheet, answers, min(table.head_rows))
    return tuple(rows), tuple(problems)


def _differ(head: Mapping[str, int], table: Table) -> bool:
    """Whether a head names columns that are not those of the table."""
    return any(table.columns.get(key) != at for key, at in head.items())


def _read_row(sheet: Sheet, table: Table, number: int) -> tuple[RawRow | None, list[Problem]]:
    refs = {key: sheet.ref(number, at) for key, at in table.columns.items()}
    found = {key: value for key, at in table.columns.items() if (value := sheet.value(number, at)) is not None}
    name = clean(str(found.pop("id", "")))
    known = name if _is_id(name) else None
    text = found.pop("requirement", None)
    problems = [
        flaw(sheet.flaws[number, at], refs[key], known)
        for key, at in table.columns.items()
        if key != "requirement" and (number, at) in sheet.flaws
    ]
    problems += [
        make_problem("text-cut", refs[key], known, length=text_length(value), limit=MAX_TEXT)
        for key, value in found.items()
        if isinstance(value, str) and text_length(value) >= MAX_TEXT
    ]
    if found and "id" in refs:
        filled = [table.columns[key] for key in (("id", *found) if name else found)]
        place = sheet.ref(number, min(filled), last_column=max(filled))
        if name:
            return RawRow(requirement=name, values=found, refs=refs, place=place), problems
        problems.append(make_problem("id-missing", place))
    elif name and not _looks_like_id(name, table.family):
        problems.append(make_problem("cell-stray", refs["id"]))
    elif text is not None and not name and "id" in refs:
        problems.append(make_problem("cell-stray", refs["requirement"]))
    return None, problems


def _looks_like_id(name: str, family: str) -> bool:
    """Whether a row without answers may well be a blank one, rather than a remark under the ids."""
    return " " not in name if family == "register" else bool(REQUIREMENT_ID.fullmatch(name))


def _head_in(row: Sequence[object], family: str) -> dict[str, int]:
    """The columns of a row that repeats headings or keys: sorted down among the answers, or of a second table."""
    return max((_columns_in(row, look, family) for look in (_keys_in, _headings_in)), key=len)


def flaw(shown: str, ref: CellRef, requirement: str | None = None) -> Problem:
    """The Problem of a cell that shows an error, or "" for a formula that was never calculated."""
    if shown:
        return make_problem("cell-error", ref, requirement, **quoted(shown))
    return make_problem("formula-empty", ref, requirement)


def _strays(sheet: Sheet, taken: Sequence[frozenset[int]]) -> Iterator[Problem]:
    """Values beside the table, each unbroken run down a column as one address."""
    width = max(*map(len, sheet.grid), *(column + 1 for _, column in sheet.flaws), 0, 0)
    for column in range(width):
        rows = (row for row, columns in enumerate(taken) if column not in columns and sheet.is_filled(row, column))
        yield from strays(sheet, column, rows)


def strays(sheet: Sheet, column: int, rows: Iterable[int]) -> Iterator[Problem]:
    """A Problem for each unbroken run of these rows of a column."""
    for _, run in groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0]):
        numbers = [row for _, row in run]
        yield make_problem("cell-stray", sheet.ref(numbers[0], column, numbers[-1]))


def _merged(sheet: Sheet, answers: Sequence[frozenset[int]], above: int) -> Iterator[Problem]:
    """Answers that are shown over several cells, of which only the first one holds them.

    `answers` are the columns of answers by row; above the row `above` there are none.
    """
    for top, left, bottom, right in sheet.merges:
        covered = {column for columns in answers[top : bottom + 1] for column in columns}
        if top > above and covered & set(range(left, right + 1)) and sheet.is_filled(top, left):
            yield make_problem("cell-merged", sheet.ref(top, left, bottom, right), used=address(top, left))


def _best_row(grid: Grid, look: _Look, within: int) -> tuple[tuple[str, dict[str, int]] | None, int | None]:
    """The first row with the most columns recognised, as family and columns by key, and its number."""
    best: tuple[str, dict[str, int]] | None = None
    at: int | None = None
    for number, row in enumerate(grid[:within]):
        for family in _FAMILIES:
            columns = _columns_in(row, look, family)
            if columns and (best is None or len(columns) > len(best[1])):
                best, at = (family, columns), number
    return best, at


def _columns_in(row: Sequence[object], look: _Look, family: str) -> dict[str, int]:
    """The columns of a row that looks like the head of a table; none where too few are recognised.

    A person may write such words into answers too, several into one cell; a row with an id has to look more like it.
    """
    columns = look(row, family)
    recognised = len(set(columns.values()))
    if recognised < _ENOUGH or (recognised < 2 * _ENOUGH and any(map(_is_id, row))):
        return {}
    return columns


def _is_id(value: object) -> bool:
    return isinstance(value, str) and len(value) < _SHORT and REQUIREMENT_ID.fullmatch(clean(value)) is not None


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
                if len(piece) < _LONGEST and (key := headings.get(normalise(piece))):
                    found.setdefault(key, column)
    return found


@cache
def _headings(family: str) -> dict[str, str]:
    """Headings in every shipped language with the keys they stand for, but for those that stand for two."""
    pairs = [(normalise(word), key) for key in _FAMILIES[family] for word in word_in_all(f"{family}.{key}")]
    meanings = Counter(word for word, _ in set(pairs))
    return {word: key for word, key in pairs if meanings[word] == 1}
