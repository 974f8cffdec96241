"""Lines as they are on paper become lines in reading order: columns one after the other, and tables cell by cell.

Columns are parted by gutters: strips that no word of several lines below each other enters. Two columns that are both
full are running text; everything else with gutters is a table, whose rows begin where its first column begins one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from fatf_kit.texts.folding import is_right_to_left
from fatf_kit.texts.model import LineRules, RawLine, RawPage, TableCell, Word

_WIDE, _GUTTER = 1.8, 0.9
"""Gap that opens a gutter, and width that it has to keep, in letters of a PDF. In a text file both are two letters."""

_FEWEST = 3
"""Lines with words on both sides from which a gutter counts."""

_FULL, _ALIKE, _NARROWEST = 0.7, 0.7, 20
"""Of columns of running text: share of its width that a line fills, share of the wider one's width that the narrower
one has, and letters that it has at least."""

_LEAP = 1.6
"""Distance of two lines, in usual distances, from which they are not directly below each other."""

_WORD = re.compile(r"\S+")
_Edges = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Row:
    """One line on paper as the words in reading direction; `line` is the line itself."""

    line: RawLine
    words: tuple[Word, ...]
    follows: bool
    """Whether it is directly below the line before it."""


def arrange_page(page: RawPage, rules: LineRules, tables: int) -> tuple[tuple[RawLine, ...], int]:
    """Return the lines of a page in reading order, and the number of tables up to its end; `tables` are before it.

    Lines of a table have their cells. A page that is in reading order already is returned as it is.
    """
    if not page.is_on_paper:
        return page.lines, tables
    return _Arranger(page, rules, tables).arrange()


class _Arranger:
    def __init__(self, page: RawPage, rules: LineRules, tables: int) -> None:
        self._rules, self._tables = rules, tables
        is_printed = any(line.words for line in page.lines)
        self._wide, self._gutter = (_WIDE * page.letter, _GUTTER * page.letter) if is_printed else (2.0, 2.0)
        self._least = _NARROWEST * (page.letter / 2 if is_printed else 1)
        text = " ".join(line.text for line in page.lines[:60])
        self._is_right_to_left = is_right_to_left(text)
        self._rows = list(self._find_rows(page.lines))

    def arrange(self) -> tuple[tuple[RawLine, ...], int]:
        return tuple(self._arrange()), self._tables

    def _find_rows(self, lines: Sequence[RawLine]) -> Iterator[_Row]:
        """Yield the lines with text, their words mirrored where they run from right to left."""
        filled = [line for line in lines if line.text.strip()]
        steps = sorted(after.top - before.top for before, after in pairwise(filled) if after.top > before.top)
        usual = steps[len(steps) // 2] if steps else 1.0
        last: RawLine | None = None
        for line in filled:
            words = line.words or tuple(
                Word(found[0], found.start(), found.end()) for found in _WORD.finditer(line.text)
            )
            if self._is_right_to_left:
                mirrored = (Word(word.text, -word.right, -word.left) for word in words)
                words = tuple(sorted(mirrored, key=lambda word: word.left))
            follows = last is not None and line.top - last.top <= _LEAP * usual
            yield _Row(line, words, follows)
            last = line

    def _arrange(self) -> Iterator[RawLine]:
        at = 0
        while at < len(self._rows):
            end, gutters = self._grow(at)
            columns = _find_columns(self._rows[at:end], self._gutter) if end > at + 1 else []
            if len(columns) > 1 and gutters:
                yield from self._read_region(self._rows[at:end], columns)
                at = end
            else:
                yield self._join(self._rows[at], self._rows[at].words, None, is_start=not self._rows[at].follows)
                at += 1

    def _grow(self, start: int) -> tuple[int, list[_Edges]]:
        """Return the end of the lines from `start` on that leave a gutter free, and the gutters; no gutter without."""
        gutters = _find_gaps(self._rows[start].words, self._wide)
        both = 0
        at = start
        for at in range(start, len(self._rows)):
            words = self._rows[at].words
            kept = [kept for gutter in gutters if (kept := _narrow(gutter, words, self._gutter))]
            is_settled = both > _FEWEST
            if not kept or (is_settled and len(kept) < len(gutters)):
                break
            gutters = kept
            both += any(_has_both_sides(gutter, words) for gutter in gutters)
        else:
            at += 1
        return (at, gutters) if both >= _FEWEST else (start, [])

    def _read_region(self, rows: Sequence[_Row], columns: Sequence[_Edges]) -> Iterator[RawLine]:
        split = [_split(row.words, columns) for row in rows]
        if len(columns) == 2 and self._is_running_text(split, columns):
            for column in range(2):
                parts = ((row, words[column]) for row, words in zip(rows, split, strict=True) if words[column])
                yield from (self._join(row, words, None, is_start=not row.follows) for row, words in parts)
            return
        firsts, lasts = (sum(self._rules.begins_row(_plain(words[at])) for words in split) for at in (0, -1))
        if lasts >= _FEWEST and lasts > firsts:  # the first column is on the other side
            split = [words[::-1] for words in split]
        end = self._find_end(rows, split)
        table, self._tables = self._tables, self._tables + 1
        for number, (first, last) in enumerate(self._find_table_rows(rows[:end], split[:end])):
            for column in range(len(columns)):
                cell = TableCell(table, number, column)
                is_start = True
                for row, words in zip(rows[first:last], split[first:last], strict=True):
                    if words[column]:
                        yield self._join(row, words[column], cell, is_start=is_start or not row.follows)
                        is_start = False
        for row in rows[end:]:
            yield self._join(row, row.words, None, is_start=not row.follows)

    def _find_end(self, rows: Sequence[_Row], split: Sequence[Sequence[Sequence[Word]]]) -> int:
        """Return the end of a table: before a line in its first column that is apart and opens no row, as a heading."""
        filled = [sum(map(bool, words)) for words in split]
        last = max(place for place, count in enumerate(filled) if count > 1)
        for place in range(last + 1, len(rows)):
            words = split[place][0]
            if words and not rows[place].follows and not self._rules.begins_row(_plain(words)):
                return place
        return len(rows)

    def _is_running_text(self, split: Sequence[Sequence[Sequence[Word]]], columns: Sequence[_Edges]) -> bool:
        """Return whether two columns are about as wide as each other, and both as full as running text."""
        widths = [right - left for left, right in columns]
        if min(widths) < max(self._least, _ALIKE * max(widths)):
            return False
        for column, width in enumerate(widths):
            filled = [words[column] for words in split if words[column]]
            full = sum(words[-1].right - words[0].left >= _FULL * width for words in filled)
            if full * 2 < len(filled):
                return False
        return True

    def _find_table_rows(
        self, rows: Sequence[_Row], split: Sequence[Sequence[Sequence[Word]]]
    ) -> Iterator[tuple[int, int]]:
        """Yield the first line of each row of a table and the one after its last."""
        opened = [bool(words[0]) and self._rules.begins_row(_plain(words[0])) for words in split]
        if sum(opened) < _FEWEST:  # a table of another kind
            empty = [True, *(not words[0] for words in split)]
            opened = [
                bool(words[0]) and (before or not row.follows)
                for row, words, before in zip(rows, split, empty, strict=False)
            ]
        starts = [place for place, is_open in enumerate(opened) if is_open and place] + [len(split)]
        yield from pairwise([0, *starts])

    def _join(self, row: _Row, words: Sequence[Word], cell: TableCell | None, *, is_start: bool) -> RawLine:
        """Return words of one line as a line of their own, in reading order."""
        text, left, right = _plain(words), words[0].left, words[-1].right
        if self._is_right_to_left and not row.line.words:  # a text file has the words in their order
            text, left, right = _plain(words[::-1]), -words[-1].right, -words[0].left
        elif self._is_right_to_left:
            text = row.line.text if len(words) == len(row.words) else _plain(_order(words))
        return RawLine(text=text, left=left, right=right, top=row.line.top, cell=cell, is_start=is_start)


def _plain(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _order(words: Sequence[Word]) -> list[Word]:
    """Return the words of a right-to-left line in reading order: those in Latin letters run from left to right."""
    ordered: list[Word] = []
    run: list[Word] = []
    for word in words:
        if is_right_to_left(word.text):
            ordered += [*reversed(run), word]
            run = []
        elif any(letter.isalpha() for letter in word.text) or run:
            run.append(word)
        else:
            ordered.append(word)
    return [*ordered, *reversed(run)]


def _find_gaps(words: Sequence[Word], width: float) -> list[_Edges]:
    return [(before.right, after.left) for before, after in pairwise(words) if after.left - before.right >= width]


def _narrow(gutter: _Edges, words: Sequence[Word], least: float) -> _Edges | None:
    """Return the part of a gutter that the words of a line leave free; None where too little is left."""
    left, right = gutter
    for word in words:
        if word.right <= left or word.left >= right:
            continue
        if word.left <= left:
            left = word.right
        elif word.right >= right:
            right = word.left
        else:
            left, right = (word.right, right) if right - word.right > word.left - left else (left, word.left)
    return (left, right) if right - left >= least else None


def _has_both_sides(gutter: _Edges, words: Sequence[Word]) -> bool:
    left, right = gutter
    return any(word.right <= left for word in words) and any(word.left >= right for word in words)


def _find_columns(rows: Sequence[_Row], least: float) -> list[_Edges]:
    """Return the edges of the columns that leave a gutter free in all lines."""
    columns: list[_Edges] = []
    for word in sorted((word for row in rows for word in row.words), key=lambda word: word.left):
        if columns and word.left - columns[-1][1] < least:
            columns[-1] = (columns[-1][0], max(columns[-1][1], word.right))
        else:
            columns.append((word.left, word.right))
    return columns


def _split(words: Sequence[Word], columns: Sequence[_Edges]) -> list[list[Word]]:
    return [[word for word in words if left <= word.left and word.right <= right] for left, right in columns]
