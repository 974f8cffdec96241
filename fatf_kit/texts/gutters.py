"""Gutters: strips between columns that no word of several lines below each other enters.

Positions are those of words in reading direction: the words of right-to-left lines are mirrored.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from fatf_kit.texts.model import RawLine, Word

FEWEST = 3
"""Lines with words on both sides from which a gutter counts; from two on, a line across it ends the columns."""

_LONGEST_CELL = 100
"""Lines of one column beside which the others are empty."""

Edges = tuple[float, float]
"""Left and right edge of a column or gutter."""


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One line on paper with its words in reading direction; `follows` says that it is directly below the last one."""

    line: RawLine
    words: tuple[Word, ...]
    follows: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GutterFinder:
    """Finds gutters: a gap of `wide` opens one, which has to keep the width `least`."""

    wide: float
    least: float

    def find_gaps(self, words: Sequence[Word]) -> list[Edges]:
        """Return the wide gaps between the words of a line."""
        return [(word.right, other.left) for word, other in pairwise(words) if other.left - word.right >= self.wide]

    def find_end(self, rows: Sequence[PaperRow], start: int, fewest: int | None = None) -> int:
        """Return the end of the lines from `start` on that leave a gutter free; `start` where they are too few.

        `fewest` are the lines with words on both sides; by default fewer are enough for several gutters at once.
        """
        gutters = self.find_gaps(rows[start].words)
        several = len(gutters) > 1
        both = [0] * len(gutters)
        end, last = start, start
        while end < len(rows) and end - last <= _LONGEST_CELL:
            row = rows[end]
            narrowed = [self._narrow(gutter, row.words) for gutter in gutters]
            is_crossed = any(kept is None and count > 1 for kept, count in zip(narrowed, both, strict=True))
            if is_crossed or not any(narrowed):
                break
            both = [count for kept, count in zip(narrowed, both, strict=True) if kept]
            gutters = [kept for kept in narrowed if kept]
            sides = [_has_both_sides(kept, row.words) for kept in gutters]
            both = [count + has_both for has_both, count in zip(sides, both, strict=True)]
            last = end if any(sides) else last
            end += 1
        wanted = FEWEST - several if fewest is None else fewest
        return end if max(both, default=0) >= wanted else start

    def find_columns(self, rows: Sequence[PaperRow]) -> list[Edges]:
        """Return the edges of the columns that leave a gutter free in all lines."""
        columns: list[Edges] = []
        for word in sorted((word for row in rows for word in row.words), key=lambda word: word.left):
            if columns and word.left - columns[-1][1] < self.least:
                columns[-1] = (columns[-1][0], max(columns[-1][1], word.right))
            else:
                columns.append((word.left, word.right))
        return columns

    def leaves_free(self, words: Sequence[Word], columns: Sequence[Edges]) -> bool:
        """Return whether the words of a line leave all gutters between columns free, and are in several columns."""
        gutters = [(column[1], other[0]) for column, other in pairwise(columns)]
        several = any(_has_both_sides(gutter, words) for gutter in gutters)
        return several and all(self._narrow(gutter, words) for gutter in gutters)

    def _narrow(self, gutter: Edges, words: Sequence[Word]) -> Edges | None:
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
        return (left, right) if right - left >= self.least else None


def _has_both_sides(gutter: Edges, words: Sequence[Word]) -> bool:
    left, right = gutter
    return any(word.right <= left for word in words) and any(word.left >= right for word in words)


def split_columns(words: Sequence[Word], columns: Sequence[Edges]) -> list[list[Word]]:
    """Return the words of a line by column, each in that in which its middle is, or to which it is nearest."""
    split: list[list[Word]] = [[] for _ in columns]
    for word in words:
        middle = (word.left + word.right) / 2
        away = [max(left - middle, middle - right, 0) for left, right in columns]
        split[away.index(min(away))].append(word)
    return split
