"""Finding the table on a sheet, wherever it was moved.

Columns are found by the hidden row of keys, and by the headings in any shipped language where keys are gone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from fatf_kit.locale import clean, normalise
from fatf_kit.workbook.grid import NARRATIVE, Sheet, Sieve
from fatf_kit.workbook.layout import COLUMNS, REGISTER_COLUMNS
from fatf_kit.workbook.marks import HEADING_BREAK, HEADING_BREAKS
from fatf_kit.workbook.words import word_in_all

REQUIREMENT_ID = re.compile(r"(R|IO)\.\d{1,2}/\d{1,2}\.\d{1,2}\w*(\(\w+\))*(#\d+)?", re.IGNORECASE)

_FAMILIES = {"column": [c.key for c in COLUMNS], "register": [c.key for c in REGISTER_COLUMNS]}
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
    heads = _heads_in(sheet)
    rows = len(sheet.grid)
    by_key, key_row = _best_row(heads, by_key=True, within=rows)
    by_heading, heading_row = _best_row(heads, by_key=False, within=_HEADINGS_WITHIN)
    if not (by_key or by_heading):  # sorted to the bottom, perhaps
        by_heading, heading_row = _best_row(heads, by_key=False, within=rows)
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


_Hits = tuple[tuple[int, tuple[_Word, ...]], ...]
"""Cells of one row that hold words of ours: their column, and the words."""


@dataclass(frozen=True, slots=True)
class _Head:
    """A row that looks like the head of a table: by its keys, or by its headings.

    `recognised` is the number of cells that name a column.
    """

    family: str
    by_key: bool
    columns: Mapping[str, int]
    recognised: int


def _heads_in(sheet: Sheet) -> dict[int, list[_Head]]:
    """The rows that look like heads, by number, each in all the ways it does.

    A person may write such words into answers too, several into one cell; a row with an id has to look more like it.
    """
    named = _naming().among(sheet.telling)
    found: dict[int, list[_Head]] = {}
    if not named:
        return found
    for number, row in enumerate(sheet.grid):
        if named.keys().isdisjoint(row):
            continue
        hits = tuple((at, named[value]) for at, value in enumerate(row) if isinstance(value, str) and value in named)
        if len(hits) < _ENOUGH:
            continue
        heads = [head for head in _heads_of(hits) if head.recognised >= 2 * _ENOUGH or not any(map(is_id, row))]
        if heads:
            found[number] = heads
    return found


@lru_cache(maxsize=4_096)  # every sheet of a template has the same two rows
def _heads_of(hits: _Hits) -> tuple[_Head, ...]:
    """What a row with these words may be the head of; nothing where too few of them belong together."""
    heads = []
    for by_key in (True, False):
        for family in _FAMILIES:
            columns: dict[str, int] = {}
            for at, words in hits:
                for word in words:
                    if (word.family, word.by_key) == (family, by_key):
                        columns.setdefault(word.key, at)
            recognised = len(set(columns.values()))
            if recognised >= _ENOUGH:
                heads.append(_Head(family, by_key, columns, recognised))
    return tuple(heads)


def _best_row(heads: Mapping[int, Sequence[_Head]], *, by_key: bool, within: int) -> tuple[_Head | None, int | None]:
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
    return _gathered((key, _Word(family, by_key=True, key=key)) for family, keys in _FAMILIES.items() for key in keys)


@cache
def _headings() -> dict[str, tuple[_Word, ...]]:
    """Headings in every shipped language with the columns they name, but for those that stand for two of a family."""
    named = dict.fromkeys(
        (normalise(heading), _Word(family, by_key=False, key=key))
        for family, keys in _FAMILIES.items()
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
