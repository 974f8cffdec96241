"""Finding the table on a sheet, wherever it was moved.

Columns are found by the hidden row of keys, and by the headings in any shipped language where keys are gone.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from fatf_kit.locale import clean, normalise
from fatf_kit.spreadsheets.marks import HEADING_BREAK, HEADING_BREAKS
from fatf_kit.spreadsheets.sheet import NARRATIVE, Sheet
from fatf_kit.spreadsheets.words import word_in_all
from fatf_kit.workbook.layout import COLUMNS, REGISTER_COLUMNS
from fatf_kit.workbook.sieve import Sieve

REQUIREMENT_ID = re.compile(r"(R|IO)\.\d{1,2}/\d{1,2}\.\d{1,2}\w*(\(\w+\))*(#\d+)?", re.IGNORECASE)

FAMILIES = {"column": [c.key for c in COLUMNS], "register": [c.key for c in REGISTER_COLUMNS]}
"""The keys of the columns of both kinds of tables: requirements, and the evidence register."""

ASKED = {family: [key for key in keys if key not in ("id", "requirement")] for family, keys in FAMILIES.items()}
"""Those that ask something."""

_ENOUGH = 3  # columns that must be recognised before a row counts as the head of a table
_HEADINGS_WITHIN = 60  # rows; below them headings are looked for only where nothing else is found
_LONGEST = NARRATIVE  # characters of a heading, marks and spaces around it included
_LONGEST_HEAD = 2_000  # characters of a cell that holds a heading and more
_LONGEST_ID = 30


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


def find_table(sheet: Sheet) -> Table | None:
    """The table on a sheet, None where no row looks like the head of one."""
    named, rows = _naming().among(sheet.vocabulary), sheet.rows_with(_naming().those_among(sheet.vocabulary))
    hits = (_hits_in(number, sheet.grid[number], named) for number in rows)
    return _table_of(tuple(found for found in hits if len(found.cells) >= _ENOUGH))


def is_id(value: object) -> bool:
    """Whether a cell holds what looks like the id of a requirement.

    >>> is_id(" r.10/10.7(b)"), is_id("R.10")
    (True, False)
    """
    return isinstance(value, str) and len(value) < _LONGEST_ID and REQUIREMENT_ID.fullmatch(clean(value)) is not None


class _Word(NamedTuple):
    """A hidden key, or a heading in some language, and the column that it names."""

    family: str
    by_key: bool
    key: str


class _Hits(NamedTuple):
    """The cells of a row that hold words of ours, each with its column; and whether an id stands beside them."""

    row: int
    with_id: bool
    cells: tuple[tuple[int, str], ...]


def _hits_in(number: int, row: Sequence[object], named: Mapping[object, object]) -> _Hits:
    cells = tuple((at, value) for at, value in enumerate(row) if isinstance(value, str) and value in named)
    with_id = any(is_id(value) for value in row if value != "" and value not in named)
    return _Hits(number, with_id, cells)


@lru_cache(maxsize=1_024)  # nearly all sheets of a template have the same two rows
def _table_of(rows: tuple[_Hits, ...]) -> Table | None:
    """The table whose heads are among these rows."""
    heads = {hits.row: found for hits in rows if (found := _heads_of(hits))}
    by_key, key_row = _best_row(heads, by_key=True)
    by_heading, heading_row = _best_row(heads, by_key=False, within=_HEADINGS_WITHIN)
    if not (by_key or by_heading):  # sorted to the bottom, perhaps
        by_heading, heading_row = _best_row(heads, by_key=False)
    best = by_key or by_heading
    if best is None:
        return None
    family, keys = best.family, best.columns
    if by_heading and by_heading.family == family:
        taken = set(keys.values())
        keys = {**{key: at for key, at in by_heading.columns.items() if at not in taken}, **keys}
    wanted = FAMILIES[family]
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


@dataclass(frozen=True, slots=True)
class _Head:
    """A row that looks like the head of a table: by its keys, or by its headings.

    `recognised` is the number of cells that name a column.
    """

    family: str
    by_key: bool
    columns: Mapping[str, int]
    recognised: int


def _heads_of(hits: _Hits) -> list[_Head]:
    """What a row may be the head of; nothing where too few of its words belong together.

    A person may write such words into answers too, several into one cell; a row with an id has to look more like it.
    """
    heads = []
    for by_key in (True, False):
        for family in FAMILIES:
            columns: dict[str, int] = {}
            for at, text in hits.cells:
                for word in _words_in(text):
                    if (word.family, word.by_key) == (family, by_key):
                        columns.setdefault(word.key, at)
            recognised = len(set(columns.values()))
            if recognised >= (2 * _ENOUGH if hits.with_id else _ENOUGH):
                heads.append(_Head(family, by_key, columns, recognised))
    return heads


def _best_row(
    heads: Mapping[int, Sequence[_Head]], *, by_key: bool, within: float = math.inf
) -> tuple[_Head | None, int | None]:
    """The first row with the most columns recognised, and its number."""
    best: tuple[_Head | None, int | None] = None, None
    for number, found in heads.items():
        for head in found:
            if number < within and head.by_key is by_key and (not best[0] or len(head.columns) > len(best[0].columns)):
                best = head, number
    return best


@cache
def _naming() -> Sieve[tuple[_Word, ...]]:
    """Texts that name columns, with what they name."""
    return Sieve(lambda value: (_words_in(value) or None) if isinstance(value, str) else None)


def _words_in(text: str) -> tuple[_Word, ...]:
    """The keys and headings that a cell holds, each on a line of its own or before a break."""
    if len(text) < _LONGEST:
        return _words_in_short(text)
    if len(text) >= _LONGEST_HEAD or not ("\n" in text or HEADING_BREAK in text):
        return ()
    pieces = (piece for piece in HEADING_BREAKS.split(text) if len(piece) < _LONGEST)
    return tuple(word for piece in pieces for word in _words_in_short(piece) if not word.by_key)


@lru_cache(maxsize=4_096)
def _words_in_short(text: str) -> tuple[_Word, ...]:
    broken = "\n" in text or HEADING_BREAK in text
    pieces = [normalise(piece) for piece in HEADING_BREAKS.split(text)] if broken else [normalise(text)]
    keys = _keys().get(text.strip(), ())
    if not keys and _headings().keys().isdisjoint(pieces):  # as nearly always
        return ()
    return (*keys, *(word for piece in pieces for word in _headings().get(piece, ())))


@cache
def _keys() -> dict[str, tuple[_Word, ...]]:
    """The keys of columns with the columns they name, of one family or of both."""
    return _gathered((key, _Word(family, by_key=True, key=key)) for family, keys in FAMILIES.items() for key in keys)


@cache
def _headings() -> dict[str, tuple[_Word, ...]]:
    """Headings in every shipped language with the columns they name, but for those that stand for two of a family."""
    named = dict.fromkeys(
        (normalise(heading), _Word(family, by_key=False, key=key))
        for family, keys in FAMILIES.items()
        for key in keys
        for heading in word_in_all(f"{family}.{key}")
    )
    meanings = Counter((heading, word.family) for heading, word in named)
    return _gathered((heading, word) for heading, word in named if meanings[heading, word.family] == 1)


def _gathered(named: Iterable[tuple[str, _Word]]) -> dict[str, tuple[_Word, ...]]:
    words: dict[str, tuple[_Word, ...]] = {}
    for text, word in named:
        words[text] = (*words.get(text, ()), word)
    return words
