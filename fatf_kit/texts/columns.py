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
"""Lines with words on both sides from which a gutter counts; from two on, a line across it ends the columns."""

_FULL, _MOST_FULL, _ALIKE, _NARROWEST = 0.7, 0.35, 0.8, 20
"""Of columns of running text: share of its width that a full line fills, share of lines that are full, share of the
wider column's width that the narrower one has, and letters that it has at least."""

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


class PageArranger:
    """Brings the pages of one file into reading order, one after the other."""

    def __init__(self, rules: LineRules) -> None:
        self._rules = rules
        self._tables = 0
        self._lefts: tuple[float, ...] = ()

    def arrange(self, page: RawPage) -> tuple[RawLine, ...]:
        """Return the lines of a page in reading order; those of a table have their cells.

        A page that is in reading order already is returned as it is.
        """
        if not page.is_on_paper:
            return page.lines
        region = _RegionReader(page, self._rules, self._tables, self._lefts)
        lines = tuple(region.read())
        self._tables, self._lefts = region.tables, region.lefts
        return lines


class _RegionReader:
    """Reads the columns and tables of one page.

    `tables` is the number of tables up to its end; `lefts` are the left edges of the columns of a table that ends
    with the page, which may go on.
    """

    def __init__(self, page: RawPage, rules: LineRules, tables: int, lefts: tuple[float, ...]) -> None:
        self._rules, self.tables, self.lefts = rules, tables, lefts
        is_printed = any(line.words for line in page.lines)
        self._wide, self._gutter = (_WIDE * page.letter, _GUTTER * page.letter) if is_printed else (2.0, 2.0)
        self._least = _NARROWEST * (page.letter / 2 if is_printed else 1)
        text = " ".join(line.text for line in page.lines[:60])
        self._is_right_to_left = is_right_to_left(text)
        self._rows = list(self._find_rows(page.lines))

    def read(self) -> Iterator[RawLine]:
        """Yield the lines of the page in reading order."""
        plain: list[_Row] = []
        at = self._count_continued()
        for row in self._rows[:at]:
            column = self._find_column(row)
            yield self._join(row, row.words, TableCell(self.tables, 0, column), is_start=False)
        self.tables += at > 0
        while at < len(self._rows):
            end, gutters = self._grow(at)
            columns = _find_columns(self._rows[at:end], self._gutter) if gutters else []
            if len(columns) > 1:
                before = self._count_inside(plain, columns)
                yield from map(self._keep, plain[: len(plain) - before])
                yield from self._read_region([*plain[len(plain) - before :], *self._rows[at:end]], columns)
                is_last = end == len(self._rows)
                self.lefts = tuple(left for left, _ in columns) if is_last else ()
                plain, at = [], end
            else:
                plain.append(self._rows[at])
                at += 1
        yield from map(self._keep, plain)
        self.lefts = () if plain else self.lefts

    def _count_continued(self) -> int:
        """Return how many lines at the top of a page are of a cell of the table with which the page before ended."""
        count = 0
        while count < len(self._rows) and self._find_column(self._rows[count]) > 0:
            count += 1
        return count

    def _find_column(self, row: _Row) -> int:
        """Return the column of that table in which a line is alone; -1 where it is in none, or in several."""
        if _find_gaps(row.words, self._wide):
            return -1
        near = (place for place, left in enumerate(self.lefts) if abs(left - row.words[0].left) <= self._gutter)
        return next(near, -1)

    def _keep(self, row: _Row) -> RawLine:
        return self._join(row, row.words, None, is_start=not row.follows)

    def _count_inside(self, plain: Sequence[_Row], columns: Sequence[_Edges]) -> int:
        """Return how many lines directly above a region are inside one of its columns, but not in the first alone."""
        count = 0
        for row in reversed(plain):
            inside = any(
                left - self._gutter < row.words[0].left and row.words[-1].right < right + self._gutter
                for left, right in columns[1:]
            )
            if not inside:
                break
            count += 1
            if not row.follows:
                break
        return count

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
        both = [0] * len(gutters)
        at = start
        for at in range(start, len(self._rows)):
            words = self._rows[at].words
            narrowed = [_narrow(gutter, words, self._gutter) for gutter in gutters]
            is_crossed = any(kept is None and count > 1 for kept, count in zip(narrowed, both, strict=True))
            if is_crossed or not any(narrowed):
                break
            both = [count for kept, count in zip(narrowed, both, strict=True) if kept]
            gutters = [kept for kept in narrowed if kept]
            both = [count + _has_both_sides(kept, words) for kept, count in zip(gutters, both, strict=True)]
        else:
            at += 1
        fewest = 1 if self._goes_on(start) else _FEWEST - (len(gutters) > 1)
        return (at, gutters) if max(both, default=0) >= fewest else (start, [])

    def _goes_on(self, start: int) -> bool:
        """Return whether a line has the columns of the table with which the page before ended."""
        words = self._rows[start].words
        starts = [words[0].left, *(right for _, right in _find_gaps(words, self._wide))]
        near = [any(abs(left - place) <= self._gutter for left in self.lefts) for place in starts]
        return len(starts) > 1 and bool(self.lefts) and all(near)

    def _read_region(self, rows: Sequence[_Row], columns: Sequence[_Edges]) -> Iterator[RawLine]:
        split = [_split(row.words, columns) for row in rows]
        if len(columns) == 2 and self._is_running_text(split, columns):
            for column in range(2):
                parts = ((row, words[column]) for row, words in zip(rows, split, strict=True) if words[column])
                yield from (self._join(row, words, None, is_start=not row.follows) for row, words in parts)
            return
        firsts, lasts = (sum(self._rules.begins_row(_plain(words[at])) for words in split) for at in (0, -1))
        if lasts >= _FEWEST and not firsts:  # the first column is on the other side
            split = [words[::-1] for words in split]
        end = self._find_end(rows, split)
        table, self.tables = self.tables, self.tables + 1
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
        if len(split) < _FEWEST or min(widths) < max(self._least, _ALIKE * max(widths)):
            return False
        for column, width in enumerate(widths):
            filled = [words[column] for words in split if words[column]]
            full = sum(words[-1].right - words[0].left >= _FULL * width for words in filled)
            if full < _MOST_FULL * len(filled):
                return False
        return True

    def _find_table_rows(
        self, rows: Sequence[_Row], split: Sequence[Sequence[Sequence[Word]]]
    ) -> Iterator[tuple[int, int]]:
        """Yield the first line of each row of a table and the one after its last."""
        opened = [bool(words[0]) and self._rules.begins_row(_plain(words[0])) for words in split]
        if not any(opened):  # a table of another kind, in which a cell may go on over a few lines
            filled = [sum(map(bool, words)) for words in split]
            empty = [True, *(not words[0] for words in split)]
            opened = [
                bool(words[0]) and (before or not row.follows or count * 2 > len(words))
                for row, words, before, count in zip(rows, split, empty, filled, strict=False)
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
