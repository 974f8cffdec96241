"""The rows that are one table: those whose numbers follow each other, near to each other, and for which most speaks."""

from __future__ import annotations

import heapq
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence

from fatf_kit.report_text.rating_rows import RowCandidate

FEWEST = 5
"""Rows from which labels and ratings are a table."""

_LONGEST_ROW = 160
"""Lines from one row to the next."""

_MOST_SKIPPED, _MOST_LOST = 3, 14
"""Rows that may be missing between two of a table, and between two parts of one."""

_SKIPPED, _LATE, _MIXED = 2.5, 2.0, 3.0
"""Points against a table: a row that is not there, a first row that is not 1, and rows of two forms."""

_NEAR, _CLOSE, _FAR = 40, 0.01, 0.2
"""Lines up to which two rows are near each other; what counts against a table for each line up to there, and beyond."""


def find_chains(rows: Sequence[RowCandidate]) -> list[list[RowCandidate]]:
    """Return the tables among rows in the order of the report, each as its rows; none is over another.

    `rows` are sorted by their lines.
    """
    chains = sorted(_ChainFinder(rows).find(), key=lambda chain: chain[0].first)
    return _join_chains(chains)


class _ChainFinder:
    """Finds the chain for which most speaks, takes it and all rows that overlap it away, and goes on with the rest.

    After that only the rows are weighed again whose chains had a row that was taken. The time therefore grows with
    the number of rows, and not with its square.
    """

    def __init__(self, rows: Sequence[RowCandidate]) -> None:
        self._rows = rows
        self._firsts = [row.first for row in rows]
        self._longest = max((row.last - row.first for row in rows), default=0)
        self._by_number: defaultdict[int, list[int]] = defaultdict(list)
        self._worth: list[float] = []
        self._before: list[int | None] = []
        self._is_taken = [False] * len(rows)
        for at, row in enumerate(rows):
            self._worth.append(0.0)
            self._before.append(None)
            self._weigh(at)
            self._by_number[row.number].append(at)
        self._waiting = [(-worth, at) for at, worth in enumerate(self._worth)]
        heapq.heapify(self._waiting)

    def find(self) -> Iterator[list[RowCandidate]]:
        while self._waiting:
            worth, at = heapq.heappop(self._waiting)
            if self._is_taken[at] or -worth != self._worth[at]:  # weighed again since
                continue
            chain = self._list_chain(at)
            if len(chain) < FEWEST:
                return
            yield chain
            self._take(chain[0].first, chain[-1].last)

    def _list_chain(self, last: int) -> list[RowCandidate]:
        chain, at = [], last
        while True:
            chain.append(self._rows[at])
            before = self._before[at]
            if before is None:
                return chain[::-1]
            at = before

    def _weigh(self, at: int) -> None:
        """Find the best chain that ends with a row, of the rows before it that are not taken."""
        row = self._rows[at]
        worth, before = row.weight - (0 if row.number == 1 else _LATE * min(row.number, 4)), None
        for skipped in range(_MOST_SKIPPED + 1):
            places = self._by_number.get(row.number - 1 - skipped, [])
            for place in range(bisect_left(places, at) - 1, -1, -1):
                other = self._rows[places[place]]
                if max(row.first - other.last, 0) > _LONGEST_ROW:
                    break
                if self._is_taken[places[place]] or other.first > row.first or other.last > row.last:
                    continue
                gain = self._worth[places[place]] + row.weight - skipped * _SKIPPED - _weigh_gap(other, row)
                if gain > worth:
                    worth, before = gain, places[place]
        self._worth[at], self._before[at] = worth, before

    def _take(self, first: int, last: int) -> None:
        """Take the rows that overlap some lines away, and weigh those again whose chains had one of them."""
        changed: set[int] = set()
        farthest = last
        for at in range(bisect_left(self._firsts, first - self._longest), len(self._rows)):
            row = self._rows[at]
            if row.first - self._longest - _LONGEST_ROW > farthest:
                return
            if self._is_taken[at]:
                continue
            if row.last >= first and row.first <= last:
                self._is_taken[at] = True
            elif self._before[at] in changed:
                self._weigh(at)
                heapq.heappush(self._waiting, (-self._worth[at], at))
                farthest = max(farthest, row.last)
            else:
                continue
            changed.add(at)


def _weigh_gap(before: RowCandidate, row: RowCandidate) -> float:
    """Return what counts against two rows following each other in one table."""
    distance = max(row.first - before.last, 0)
    mixed = 2 * (before.is_grid != row.is_grid) + (before.is_open != row.is_open)
    return min(distance, _NEAR) * _CLOSE + max(distance - _NEAR, 0) * _FAR + mixed * _MIXED


def _join_chains(chains: Sequence[list[RowCandidate]]) -> list[list[RowCandidate]]:
    """Return the chains with those joined that are one table, of which rows between them were not found."""
    joined: list[list[RowCandidate]] = []
    for chain in chains:
        before = joined[-1] if joined else None
        is_rest = (
            before is not None
            and before[-1].number < chain[0].number <= before[-1].number + _MOST_LOST
            and chain[0].first - before[-1].last <= _NEAR
        )
        if before is not None and is_rest:
            before += chain
        else:
            joined.append(list(chain))
    return joined
