"""Lines as they are on paper become lines in reading order: columns one after the other, and tables cell by cell.

Two columns that are about as wide as each other and both full are running text; everything else with gutters is a
table, whose rows begin where its first column begins one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from fatf_kit.texts.folding import is_right_to_left
from fatf_kit.texts.gutters import FEWEST, Edges, GutterFinder, PaperRow, split_columns
from fatf_kit.texts.model import LineRules, RawLine, RawPage, TextCell, Word
from fatf_kit.texts.right_to_left import order_words, turn_brackets

_WIDE, _GUTTER = 1.8, 0.9
"""Gap that opens a gutter, and width that it has to keep, in letters of a PDF. In a text file both are two letters."""

_FULL, _MOST_FULL, _ALIKE, _NARROWEST = 0.7, 0.35, 0.8, 20
"""Of columns of running text: share of its width that a full line fills, share of lines that are full, share of the
wider column's width that the narrower one has, and letters that it has at least."""

_LEAP = 1.6
"""Distance of two lines, in usual distances, from which they are not directly below each other."""

_DIRECTION = 60
"""Lines by which the direction of a page is known."""

_WORD = re.compile(r"\S+")


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
        reader = _PageReader(page, self._rules, self._tables, self._lefts)
        lines = tuple(reader.read())
        self._tables, self._lefts = reader.tables, reader.lefts
        return lines


@dataclass(frozen=True, slots=True, kw_only=True)
class _Region:
    """Lines below each other with their columns, and the words of each line by column.

    The first lines, as many as `above`, are of the lines before it.
    """

    rows: Sequence[PaperRow]
    columns: Sequence[Edges]
    split: Sequence[Sequence[Sequence[Word]]]
    above: int = 0


class _PageReader:
    """Reads the columns and tables of one page.

    `tables` is the number of tables up to its end; `lefts` are the left edges of the columns of a table that ends
    with the page, which may go on.
    """

    def __init__(self, page: RawPage, rules: LineRules, tables: int, lefts: tuple[float, ...]) -> None:
        self._rules, self.tables, self.lefts = rules, tables, lefts
        is_printed = any(line.words for line in page.lines)
        wide, gutter = (_WIDE * page.letter, _GUTTER * page.letter) if is_printed else (2.0, 2.0)
        self._gutters = GutterFinder(wide=wide, least=gutter)
        self._narrowest = _NARROWEST * (page.letter / 2 if is_printed else 1)
        self._is_right_to_left = is_right_to_left(" ".join(line.text for line in page.lines[:_DIRECTION]))
        self._rows = list(self._find_rows(page.lines))
        flush = sum(row.line.text[:1].strip() != "" for row in self._rows)
        # where lines do not begin at the right edge, their lengths say more than their places
        self._is_flush_left = self._is_right_to_left and not is_printed and flush * 2 > len(self._rows)

    def _find_rows(self, lines: Sequence[RawLine]) -> Iterator[PaperRow]:
        """Yield the lines with text, their words mirrored where they run from right to left."""
        filled = [line for line in lines if line.text.strip()]
        steps = sorted(after.top - before.top for before, after in pairwise(filled) if after.top > before.top)
        usual = steps[len(steps) // 2] if steps else 1.0
        last: RawLine | None = None
        for line in filled:
            parts = (Word(word[0], word.start(), word.end()) for word in _WORD.finditer(line.text))
            words = line.words or tuple(parts)
            if self._is_right_to_left:
                mirrored = (Word(word.text, -word.right, -word.left) for word in words)
                words = tuple(sorted(mirrored, key=lambda word: word.left))
            yield PaperRow(line, words, last is not None and line.top - last.top <= _LEAP * usual)
            last = line

    def read(self) -> Iterator[RawLine]:
        """Yield the lines of the page in reading order."""
        at = self._count_continued()
        for row in self._rows[:at]:
            yield self._join(row, row.words, TextCell(self.tables, 0, self._find_column(row)), is_start=False)
        self.tables += at > 0
        plain: list[PaperRow] = []
        while at < len(self._rows):
            region = self._find_region(at, plain)
            if region is None:
                plain.append(self._rows[at])
                at += 1
                continue
            yield from map(self._keep, plain[: len(plain) - region.above])
            yield from self._read_region(region)
            at += len(region.rows) - region.above
            self.lefts = tuple(left for left, _ in region.columns) if at == len(self._rows) else ()
            plain = []
        yield from map(self._keep, plain)
        self.lefts = () if plain else self.lefts

    def _count_continued(self) -> int:
        """Return how many lines at the top of a page are of a cell of the table with which the page before ended."""
        count = 0
        while count < len(self._rows) and self._find_column(self._rows[count]) > 0:
            count += 1
        return count

    def _find_column(self, row: PaperRow) -> int:
        """Return the column of that table in which a line is alone; -1 where it is in none, or in several."""
        if self._gutters.find_gaps(row.words):
            return -1
        near = (place for place, left in enumerate(self.lefts) if self._is_near(left, row.words[0].left))
        return next(near, -1)

    def _is_near(self, left: float, other: float) -> bool:
        return abs(left - other) <= self._gutters.least

    def _find_region(self, at: int, plain: Sequence[PaperRow]) -> _Region | None:
        """Return the columns that begin with a line, and with lines of `plain` directly above that are inside one."""
        goes_on = self._goes_on(self._rows[at])
        end = self._gutters.find_end(self._rows, at, 1 if goes_on else None)
        region = self._make_region(self._rows[at:end]) if end > at else None
        if region is None:
            return None
        if not self._is_running_text(region):  # a heading below a table may be in its first column
            region = self._make_region(region.rows[: self._find_end(region)]) or region
        above = self._count_inside(plain, region.columns)
        columns = self._add_known(region.columns) if goes_on else region.columns
        rows = [*plain[len(plain) - above :], *region.rows]
        split = [split_columns(row.words, columns) for row in rows]
        return _Region(rows=rows, columns=columns, split=split, above=above)

    def _make_region(self, rows: Sequence[PaperRow]) -> _Region | None:
        columns = self._gutters.find_columns(rows)
        if len(columns) < 2:
            return None
        return _Region(rows=rows, columns=columns, split=[split_columns(row.words, columns) for row in rows])

    def _goes_on(self, row: PaperRow) -> bool:
        """Return whether a line has the columns of the table with which the page before ended."""
        starts = [row.words[0].left, *(right for _, right in self._gutters.find_gaps(row.words))]
        near = (any(self._is_near(left, start) for left in self.lefts) for start in starts)
        return len(starts) > 1 and bool(self.lefts) and all(near)

    def _add_known(self, columns: Sequence[Edges]) -> list[Edges]:
        """Return the columns with those of the table on the page before that have no words on this page."""
        known = (left for left in self.lefts if not any(self._is_near(left, other) for other, _ in columns))
        return sorted([*columns, *((left, left) for left in known)])

    def _count_inside(self, plain: Sequence[PaperRow], columns: Sequence[Edges]) -> int:
        """Return how many lines directly above columns are in them: inside one that is not the first, or in several."""
        count, slack = 0, self._gutters.least
        for row in reversed(plain):
            first, last = row.words[0].left, row.words[-1].right
            is_inside = any(left - slack < first and last < right + slack for left, right in columns[1:])
            if not is_inside and not (len(columns) > 2 and self._gutters.leaves_free(row.words, columns)):
                break
            count += 1
            if not row.follows:
                break
        return count

    def _is_running_text(self, region: _Region) -> bool:
        """Return whether two columns are about as wide as each other, and both as full as running text."""
        widths = [right - left for left, right in region.columns]
        is_narrow = min(widths) < max(self._narrowest, _ALIKE * max(widths))
        if len(widths) != 2 or len(region.rows) < FEWEST or is_narrow:
            return False
        for column, width in enumerate(widths):
            filled = [words[column] for words in region.split if words[column]]
            full = sum(words[-1].right - words[0].left >= _FULL * width for words in filled)
            if full < _MOST_FULL * len(filled):
                return False
        return True

    def _find_end(self, region: _Region) -> int:
        """Return the end of a table: before a line in its first column that is apart and opens no row, as a heading."""
        opened = [self._begins_row(row, words[0]) for row, words in zip(region.rows, region.split, strict=True)]
        several = [place for place, words in enumerate(region.split) if sum(map(bool, words)) > 1]
        first = opened.index(True) if any(opened) else several[-1]
        for place in range(first + 1, len(region.rows)):
            if region.split[place][0] and not region.rows[place].follows and not opened[place]:
                return place
        return len(region.rows)

    def _read_region(self, region: _Region) -> Iterator[RawLine]:
        if self._is_running_text(region):
            for column in range(2):
                parts = zip(region.rows, region.split, strict=True)
                filled = ((row, words[column]) for row, words in parts if words[column])
                yield from (self._join(row, words, None, is_start=not row.follows) for row, words in filled)
            return
        split = self._order_columns(region)
        table, self.tables = self.tables, self.tables + 1
        for number, (first, last) in enumerate(self._find_table_rows(region.rows, split)):
            for column in range(len(region.columns)):
                cell = TextCell(table, number, column)
                is_start = True
                for row, words in zip(region.rows[first:last], split[first:last], strict=True):
                    if words[column]:
                        yield self._join(row, words[column], cell, is_start=is_start or not row.follows)
                        is_start = False

    def _order_columns(self, region: _Region) -> Sequence[Sequence[Sequence[Word]]]:
        """Return the words by column from the first one on, which a text file may have on the other side."""
        pairs = list(zip(region.rows, region.split, strict=True))
        firsts, lasts = (sum(self._begins_row(row, words[at]) for row, words in pairs) for at in (0, -1))
        return [words[::-1] for words in region.split] if lasts >= FEWEST and not firsts else region.split

    def _find_table_rows(
        self, rows: Sequence[PaperRow], split: Sequence[Sequence[Sequence[Word]]]
    ) -> Iterator[tuple[int, int]]:
        """Yield the first line of each row of a table and the one after its last."""
        opened = [self._begins_row(row, words[0]) for row, words in zip(rows, split, strict=True)]
        if not any(opened):  # a table of another kind, in which a cell may go on over a few lines
            filled = [sum(map(bool, words)) for words in split]
            empty = [True, *(not words[0] for words in split)]
            opened = [
                bool(words[0]) and (before or not row.follows or count * 2 > len(words))
                for row, words, before, count in zip(rows, split, empty, filled, strict=False)
            ]
        starts = [place for place, is_open in enumerate(opened) if is_open and place] + [len(split)]
        yield from pairwise([0, *starts])

    def _keep(self, row: PaperRow) -> RawLine:
        return self._join(row, row.words, None, is_start=not row.follows)

    def _join(self, row: PaperRow, words: Sequence[Word], cell: TextCell | None, *, is_start: bool) -> RawLine:
        """Return words of one line as a line of their own, in reading order."""
        text, left, right = self._read_words(row, words), words[0].left, words[-1].right
        if self._is_flush_left:
            left, right = -right, -left
        return RawLine(text=text, left=left, right=right, top=row.line.top, cell=cell, is_start=is_start)

    def _read_words(self, row: PaperRow, words: Sequence[Word]) -> str:
        """Return words of one line as a text in reading order."""
        if not self._is_right_to_left:
            return _plain(words)
        if not row.line.words:  # a text file has the words in their order
            return _plain(words[::-1])
        return turn_brackets(" ".join(order_words([word.text for word in words])))

    def _begins_row(self, row: PaperRow, words: Sequence[Word]) -> bool:
        return bool(words) and self._rules.begins_row(self._read_words(row, words))


def _plain(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)
