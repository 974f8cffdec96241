"""Finding the table on a sheet, wherever it was moved, and taking its rows off with their addresses.

Columns are found by the hidden row of keys, and by the headings in any shipped language where keys are gone; rows by
the id in them. Position means nothing: agencies sort rows and insert rows and columns.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from itertools import groupby

from fatf_kit.locale import clean, normalise
from fatf_kit.problems import CellRef, Problem, make_problem, quoted
from fatf_kit.safety.limits import MAX_TEXT, text_length
from fatf_kit.workbook.head import HEADING_BREAK
from fatf_kit.workbook.layout import COLUMNS, REGISTER_COLUMNS
from fatf_kit.workbook.model import CellValue, RawRow, RowRefs
from fatf_kit.workbook.words import word_in_all

Grid = Sequence[Sequence[object]]
"""A sheet from A1 on; an empty cell is ""."""

Flaws = Mapping[tuple[int, int], str]
"""Cells (row and column from 0) that show an error; "" for a formula that was never calculated."""

Merges = Sequence[tuple[int, int, int, int]]
"""Cells shown as one (from 0): first row, first column, last row, last column."""

REQUIREMENT_ID = re.compile(r"(R|IO)\.\d{1,2}/\d{1,2}\.\d{1,2}\w*(\(\w+\))*(#\d+)?", re.IGNORECASE)

_FAMILIES = {"column": [c.key for c in COLUMNS], "register": [c.key for c in REGISTER_COLUMNS]}
_ENOUGH = 3  # columns that must be recognised before a row counts as the head of a table
_HEADINGS_WITHIN = 60  # rows; below them headings are looked for only where nothing else is found
_LONGEST = 60  # characters of a heading, marks and spaces around it included
_LONGEST_HEAD = 2_000  # characters of a cell that holds a heading and more
_SHORT = 30  # a longer text is not made of blanks and invisible marks only, or is worth a look
_BREAKS = re.compile(rf"[\n{HEADING_BREAK}]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Where a sheet's columns are. `family` is "column" for requirements, "register" for evidence.

    `head_rows` are those the columns were taken from, `heads` the columns named by every row that looks like a head.
    """

    family: str
    columns: Mapping[str, int]
    head_rows: frozenset[int]
    missing: tuple[str, ...]
    heads: Mapping[int, Mapping[str, int]]


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
    return f"{letters_of(column)}{row + 1}"


@cache
def letters_of(column: int) -> str:
    """The letters of a column counted from 0.

    >>> letters_of(4), letters_of(26)
    ('E', 'AA')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_value(value: object) -> CellValue | None:
    """What a cell means: whole floats as whole numbers, blank text as nothing, whatever has a time of day as text.

    >>> cell_value(5.0), cell_value("  "), cell_value(datetime(2026, 3, 31, 0, 0))
    (5, None, datetime.date(2026, 3, 31))
    >>> cell_value(datetime(2026, 3, 31, 14, 30))
    '2026-03-31 14:30:00'
    """
    if isinstance(value, str):
        return value if len(value) > _SHORT or value[:1].isalnum() or clean(value) else None
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
    heads = _heads_in(grid)
    by_key, key_row = _best_row(heads, by_key=True, within=len(grid))
    by_heading, heading_row = _best_row(heads, by_key=False, within=_HEADINGS_WITHIN)
    if not (by_key or by_heading):  # sorted to the bottom, perhaps
        by_heading, heading_row = _best_row(heads, by_key=False, within=len(grid))
    best = by_key or by_heading
    if best is None:
        return None
    family, keys = best.family, best.columns
    if by_heading and by_heading.family == family:
        taken = set(keys.values())
        keys = {**{key: at for key, at in by_heading.columns.items() if at not in taken}, **keys}
    wanted = _FAMILIES[family]
    most: dict[int, Mapping[str, int]] = {}
    for row, found in heads.items():
        ours = [head.columns for head in found if head.family == family]
        if ours:
            most[row] = max(ours, key=len)
    return Table(
        family=family,
        columns={key: keys[key] for key in wanted if key in keys},
        head_rows=frozenset(row for row in (key_row, heading_row) if row is not None),
        missing=tuple(key for key in wanted if key not in keys and key != "requirement"),
        heads=most,
    )


def read_rows(sheet: Sheet, table: Table) -> tuple[tuple[RawRow, ...], tuple[Problem, ...]]:
    """Every filled row of a table, and everything on the sheet that could not be taken along."""
    rows: list[RawRow] = []
    problems: list[Problem] = []
    taken: list[frozenset[int]] = []  # columns that were read, by row
    answers: list[frozenset[int]] = []  # those of them that hold answers
    spans = _Spans.of(table.heads[min(table.heads)])
    if not spans.fit(table.columns):
        table = replace(table, columns=spans.columns)  # another table stands below, and its keys were the best ones
    spans = _Spans.of(table.columns)
    for number in range(len(sheet.grid)):
        head = table.heads.get(number)
        if head is None:
            row, found = _read_row(sheet, table, spans, number)
            problems += found
            if row is not None:
                rows.append(row)
            taken.append(spans.all)
            answers.append(spans.answers)
            continue
        if not _Spans.of(head).fit(table.columns):
            table = replace(table, columns=head)  # from here on in another order
            spans = _Spans.of(head)
        taken.append(spans.all | frozenset(head.values()))
        answers.append(frozenset())
    problems += _strays(sheet, taken)
    problems += _merged(sheet, answers, min(table.head_rows))
    return tuple(rows), tuple(problems)


@dataclass(frozen=True, slots=True)
class _Spans:
    """The columns of a table with what is asked of them row after row: their letters, all of them, those of answers."""

    columns: Mapping[str, int]
    letters: Mapping[str, str]
    all: frozenset[int]
    answers: frozenset[int]

    @classmethod
    def of(cls, columns: Mapping[str, int]) -> _Spans:
        return cls(
            columns=columns,
            letters={key: letters_of(at) for key, at in columns.items()},
            all=frozenset(columns.values()),
            answers=frozenset(at for key, at in columns.items() if key not in ("id", "requirement")),
        )

    def fit(self, columns: Mapping[str, int]) -> bool:
        """Whether a table with these columns may have this head."""
        return all(columns.get(key) == at for key, at in self.columns.items())


def _read_row(sheet: Sheet, table: Table, spans: _Spans, number: int) -> tuple[RawRow | None, list[Problem]]:
    refs = RowRefs(sheet.file, sheet.title, number + 1, spans.letters)
    cells = sheet.grid[number]
    found: dict[str, CellValue] = {}
    for key, at in table.columns.items():
        if at < len(cells) and cells[at] != "" and (number, at) not in sheet.flaws:
            value = cell_value(cells[at])
            if value is not None:
                found[key] = value
    name = clean(str(found.pop("id", "")))
    known = name if _is_id(name) else None
    text = found.pop("requirement", None)
    if not found and not sheet.flaws and text is None and not name:
        return None, []
    problems = [
        flaw(sheet.flaws[number, at], refs[key], known)
        for key, at in table.columns.items()
        if sheet.flaws and key != "requirement" and (number, at) in sheet.flaws
    ]
    problems += [
        make_problem("text-cut", refs[key], known, length=text_length(value), limit=MAX_TEXT)
        for key, value in found.items()
        if isinstance(value, str) and 2 * len(value) >= MAX_TEXT and text_length(value) >= MAX_TEXT
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


def flaw(shown: str, ref: CellRef, requirement: str | None = None) -> Problem:
    """The Problem of a cell that shows an error, or "" for a formula that was never calculated."""
    if shown:
        return make_problem("cell-error", ref, requirement, **quoted(shown))
    return make_problem("formula-empty", ref, requirement)


def _strays(sheet: Sheet, taken: Sequence[frozenset[int]]) -> Iterator[Problem]:
    """Values beside the table, each unbroken run down a column as one address."""
    beside: dict[int, list[int]] = {}
    for row, columns in enumerate(taken):
        cells = sheet.grid[row]
        if len(cells) > len(columns) or not columns.issuperset(range(len(cells))):
            for column in range(len(cells)):
                if column not in columns and sheet.is_filled(row, column):
                    beside.setdefault(column, []).append(row)
    for row, column in sheet.flaws:
        if column not in taken[row] and row not in beside.get(column, ()):
            beside.setdefault(column, []).append(row)
    for column in sorted(beside):
        yield from strays(sheet, column, sorted(beside[column]))


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


@dataclass(frozen=True, slots=True)
class _Head:
    """A row that looks like the head of a table: by its keys, or by its headings."""

    family: str
    by_key: bool
    columns: Mapping[str, int]


def _heads_in(grid: Grid) -> dict[int, list[_Head]]:
    """The rows that look like heads, by number, each in all the ways it does."""
    found: dict[int, list[_Head]] = {}
    for number, row in enumerate(grid):
        hits = [
            (at, hit) for at, value in enumerate(row) if isinstance(value, str) and value and (hit := _words_in(value))
        ]
        if len(hits) >= _ENOUGH and (heads := list(_heads_of(row, hits))):
            found[number] = heads
    return found


def _heads_of(row: Sequence[object], hits: Sequence[tuple[int, tuple[_Word, ...]]]) -> Iterator[_Head]:
    """What a row with so many of our words is the head of; nothing where too few belong together.

    A person may write such words into answers too, several into one cell; a row with an id has to look more like it.
    """
    for by_key in (True, False):
        for family in _FAMILIES:
            columns: dict[str, int] = {}
            for at, words in hits:
                for word in words:
                    if (word.family, word.by_key) == (family, by_key):
                        columns.setdefault(word.key, at)
            recognised = len(set(columns.values()))
            if recognised >= 2 * _ENOUGH or (recognised >= _ENOUGH and not any(map(_is_id, row))):
                yield _Head(family, by_key, columns)


def _best_row(heads: Mapping[int, Sequence[_Head]], *, by_key: bool, within: int) -> tuple[_Head | None, int | None]:
    """The first row with the most columns recognised, and its number."""
    best: tuple[_Head | None, int | None] = None, None
    for number, found in heads.items():
        for head in found:
            if number < within and head.by_key is by_key and (not best[0] or len(head.columns) > len(best[0].columns)):
                best = head, number
    return best


def _is_id(value: object) -> bool:
    return isinstance(value, str) and len(value) < _SHORT and REQUIREMENT_ID.fullmatch(clean(value)) is not None


@dataclass(frozen=True, slots=True)
class _Word:
    """A hidden key, or a heading in some language, and the column that it names."""

    family: str
    by_key: bool
    key: str


def _words_in(text: str) -> tuple[_Word, ...]:
    """The keys and headings that a cell holds, each on a line of its own or before a break."""
    if len(text) < _LONGEST:
        return _words_in_short(text)
    if len(text) >= _LONGEST_HEAD or not _BREAKS.search(text):
        return ()
    pieces = (piece for piece in _BREAKS.split(text) if len(piece) < _LONGEST)
    return tuple(word for piece in pieces for word in _words_in_short(piece) if not word.by_key)


@lru_cache(maxsize=4_096)  # the same few ratings, dates and headings over and over
def _words_in_short(text: str) -> tuple[_Word, ...]:
    keys = (
        _Word(family=family, by_key=True, key=text.strip())
        for family, known in _FAMILIES.items()
        if text.strip() in known
    )
    pieces = [normalise(piece) for piece in _BREAKS.split(text)]
    named = (
        _Word(family=family, by_key=False, key=key)
        for family in _FAMILIES
        for piece in pieces
        if (key := _headings(family).get(piece))
    )
    return (*keys, *named)


@cache
def _headings(family: str) -> dict[str, str]:
    """Headings in every shipped language with the keys they stand for, but for those that stand for two."""
    pairs = [(normalise(word), key) for key in _FAMILIES[family] for word in word_in_all(f"{family}.{key}")]
    meanings = Counter(word for word, _ in set(pairs))
    return {word: key for word, key in pairs if meanings[word] == 1}
