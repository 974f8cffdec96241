"""The tables of ratings of a report: each occurrence is one table with its place, and each ends where its rows end.

Reports print ratings in the summary, in the table of factors and in an annex. Of all rows that a report may have, those
are a table whose numbers follow each other, near to each other, and for which most speaks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from fatf_kit.published.model import PublishedRating
from fatf_kit.report_text.model import PrintedTable, RatingPlace, RatingRow, StatedRating
from fatf_kit.report_text.rating_cells import CellReader, make_cell_reader
from fatf_kit.report_text.rating_rows import SURE, RowCandidate, RowFinder
from fatf_kit.report_text.words import ReportPatterns
from fatf_kit.texts.folding import fold
from fatf_kit.texts.lists import ends_paragraph, read_marks
from fatf_kit.texts.model import TextLine

_FEWEST = 5
"""Rows from which labels and ratings are a table."""

_LONGEST_ROW = 160
"""Lines from one row to the next."""

_MOST_SKIPPED, _MOST_LOST = 3, 14
"""Rows that may be missing between two of a table, and between two parts of one."""

_SKIPPED, _LATE, _MIXED = 2.5, 2.0, 3.0
"""Points against a table: a row that is not there, a first row that is not 1, and rows of two forms."""

_NEAR, _CLOSE, _FAR = 40, 0.01, 0.2
"""Lines up to which two rows are near each other; what counts against a table for each line up to there, and beyond."""

_MOST_LABELS, _RUN, _LONGEST_TABLE, _LONGEST_LABEL = 10, 4, 400, 130
"""Of a table that was not divided: labels and ratings that it has at least, lines between two of its ratings, lines
from its last label to its ratings, and letters of a line with a label."""

_LAST_ROW = 40
"""Lines of the last row at most."""

_CAPTION = 5
"""Lines before a table among which its caption is."""

_APART = 0.6
"""Share of a letter by which the left edges of one column may differ, in points of a usual letter of 10 points."""

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


class TableFinder:
    """Finds the tables of ratings in the lines of one report."""

    def __init__(self, lines: Sequence[TextLine], patterns: ReportPatterns) -> None:
        self._lines, self._patterns = lines, patterns

    def find(self) -> tuple[PrintedTable, ...]:
        """Return the tables of Recommendations and those of outcomes, each in the order of the report."""
        found: list[PrintedTable] = []
        for prefix in ("R.", "IO."):
            reader = make_cell_reader(prefix, self._patterns)
            rows = RowFinder(self._lines, reader, self._patterns.is_table_head).find()
            chains = [chain for chain in _choose_chains(rows) if len(chain) >= _FEWEST]
            chains = _join_chains(sorted(chains, key=lambda chain: chain[0].first))
            tables = []
            for place, chain in enumerate(chains):
                end = chains[place + 1][0].first if place + 1 < len(chains) else len(self._lines)
                tables.append(self._make_table(chain, reader, end))
            found += sorted((*tables, *self._find_undivided(tables, reader)), key=lambda table: table.first)
        return tuple(found)

    def _find_undivided(self, tables: Sequence[PrintedTable], reader: CellReader) -> Iterator[PrintedTable]:
        """Yield each run of ratings that are in no table, though labels of a table are before them."""
        numbers: list[int] = []
        ratings: list[int] = []
        last = 0
        known = {place for table in tables for place in range(table.first, table.last + 1)}
        for at, line in enumerate(self._lines):
            if at in known:
                numbers, ratings = [], []
            elif label := reader.read_label(line.text) if len(line.text) < _LONGEST_LABEL else None:
                if label.number == (numbers[-1] + 1 if numbers else 1):
                    numbers.append(label.number)
                elif label.number == 1:
                    numbers = [1]
                last = at if numbers else last
            elif reader.list_ratings(line.text):
                ratings.append(at)
            if (ratings and at - ratings[-1] > _RUN) or (numbers and at - last > _LONGEST_TABLE) or at in known:
                ratings = []
            if len(numbers) >= _MOST_LABELS and len(ratings) == _MOST_LABELS:
                page = self._lines[ratings[0]].page
                yield PrintedTable(
                    rows={}, is_divided=False, page=page, last_page=page, first=ratings[0], last=ratings[-1]
                )
                numbers, ratings = [], []

    def _make_table(self, chain: Sequence[RowCandidate], reader: CellReader, end: int) -> PrintedTable:
        numbers = [row.number for row in chain]
        weights = sorted(row.weight for row in chain)
        is_table_sure = weights[len(weights) // 2] >= SURE or (numbers[0] == 1 and len(numbers) >= 2 * _FEWEST)
        missing = set(range(numbers[0], numbers[-1] + 1)) - set(numbers)
        closed = {row.number for row in chain if not row.is_open}
        missing |= {number - 1 for number in missing} & set(numbers) - closed  # whose factors cannot be told apart
        texts = self._find_texts(chain, end)
        rows = {}
        for row, text in zip(chain, texts, strict=True):
            unit = f"{reader.prefix}{row.number}"
            rating, lines = _take_newer_rating(row, text, reader)
            rows[unit] = RatingRow(unit=unit, rating=rating, page=row.page, is_sure=is_table_sure, lines=lines)
        first = min(row.first for row in chain)
        before = self._lines[max(first - _CAPTION, 0) : first]
        has_head = any(self._patterns.factor_head.search(fold(line.text)) for line in before)
        return PrintedTable(
            rows=rows,
            is_divided=not has_head or any(row.lines for row in rows.values()),
            page=chain[0].page,
            last_page=chain[-1].page,
            first=first,
            last=max(row.last for row in chain) + len(texts[-1]),
            missing=tuple(f"{reader.prefix}{number}" for number in sorted(missing)),
            years=frozenset(year for line in before for year in _YEAR.findall(fold(line.text))),
            of_several_reports=any(row.has_remark for row in chain),
        )

    def _find_texts(self, chain: Sequence[RowCandidate], end: int) -> list[tuple[TextLine, ...]]:
        """Return the lines of each row after its rating."""
        texts: list[tuple[TextLine, ...]] = []
        for row, following in pairwise(chain):
            is_next = following.number == row.number + 1  # else factors of a row that was not found are among them
            between = self._lines[row.last + 1 : following.first] if row.is_open and is_next else ()
            texts.append((*row.factors, *(line for line in between if not self._patterns.is_table_head(line.text))))
        last = chain[-1]
        rest = self._find_rest(chain, texts, end) if last.is_open and any(texts) else ()
        return [*texts, (*last.factors, *rest)]

    def _find_rest(
        self, chain: Sequence[RowCandidate], texts: Sequence[Sequence[TextLine]], end: int
    ) -> Iterator[TextLine]:
        """Yield the lines of the last row: those that look like lines of the other rows, up to the first other one."""
        last = chain[-1]
        edge = _TableEdge(texts, self._patterns)
        before: TextLine | None = last.factors[-1] if last.factors else None
        for line in self._lines[last.last + 1 : min(end, last.last + 1 + _LAST_ROW)]:
            if self._patterns.is_table_head(line.text):
                continue
            if edge.is_passed(before, line):
                return
            yield line
            before = line


class _TableEdge:
    """Knows how the lines of a table look, and so where it ends."""

    def __init__(self, texts: Sequence[Sequence[TextLine]], patterns: ReportPatterns) -> None:
        self._patterns = patterns
        filled = [text for text in texts if text]
        marked = sum(bool(read_marks(text[0].text)) for text in filled)
        self._is_marked = marked * 10 >= 7 * len(filled)
        lines = [line for text in filled for line in text]
        lefts = Counter(round(line.left) for line in lines if line.left is not None)
        self._lefts = {left for left, count in lefts.items() if count > 1 or len(lines) < 8}
        rights = [line.right for line in lines if line.right is not None]
        self._room = (min(self._lefts, default=0), max(rights, default=0))
        pairs = [(line, other) for text in filled for line, other in pairwise(text)]
        broken = sum(line.block != other.block and line.page == other.page for line, other in pairs)
        self._is_whole = broken * 20 < len(pairs)

    def is_passed(self, before: TextLine | None, line: TextLine) -> bool:
        """Return whether a line after one of the table is not of the table any more."""
        if line.cell is not None or self._patterns.begins_caption(line.text):
            return True
        if self._patterns.begins_part(line.text) and (before is None or ends_paragraph(before, line, self._room)):
            return True
        is_placed = line.left is not None and self._lefts and self._lefts != {0}
        if is_placed and all(abs(left - (line.left or 0)) > _APART * 10 for left in self._lefts):
            return True
        if before is None:
            return False
        is_new_block = line.block != before.block and line.page == before.page
        if is_new_block and self._is_whole:
            return True
        if self._is_marked and not read_marks(line.text):
            return is_new_block or ends_paragraph(before, line, self._room)
        return False


def _take_newer_rating(
    row: RowCandidate, text: Sequence[TextLine], reader: CellReader
) -> tuple[PublishedRating, tuple[TextLine, ...]]:
    """Return the rating of a row and its other lines: of a cell that goes on after a page the newer rating is later."""
    rating, is_open = row.rating, False
    lines = []
    for line in text:
        newer = reader.read_rating(line.text) if row.has_remark else None
        if newer and newer.is_alone and newer.has_remark:
            rating, is_open = newer.rating, newer.is_open
        elif is_open and reader.closes_remark(line.text):
            is_open = False
        else:
            lines.append(line)
    return rating, tuple(lines)


def _choose_chains(rows: Sequence[RowCandidate]) -> list[list[RowCandidate]]:
    """Return the chains of rows for which most speaks, one after the other, none over another."""
    chains: list[list[RowCandidate]] = []
    left = list(rows)
    while left:
        chain = _find_best_chain(left)
        if len(chain) < _FEWEST:
            break
        chains.append(chain)
        first, last = chain[0].first, chain[-1].last
        left = [row for row in left if row.last < first or row.first > last]
    return chains


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


def _find_best_chain(rows: Sequence[RowCandidate]) -> list[RowCandidate]:
    """Return the rows with numbers that follow each other, for which most speaks."""
    best: list[tuple[float, int | None]] = []
    by_number: dict[int, list[int]] = {}
    for at, row in enumerate(rows):
        worth, before = row.weight - (0 if row.number == 1 else _LATE * min(row.number, 4)), None
        for skipped in range(_MOST_SKIPPED + 1):
            for other in reversed(by_number.get(row.number - 1 - skipped, ())):
                distance = max(row.first - rows[other].last, 0)
                if distance > _LONGEST_ROW:
                    break
                if rows[other].first > row.first or rows[other].last > row.last:
                    continue
                gain = best[other][0] + row.weight - skipped * _SKIPPED - _weigh_gap(rows[other], row)
                if gain > worth:
                    worth, before = gain, other
        best.append((worth, before))
        by_number.setdefault(row.number, []).append(at)
    at_best = max(range(len(rows)), key=lambda at: best[at][0], default=None)
    chain: list[RowCandidate] = []
    while at_best is not None:
        chain.append(rows[at_best])
        at_best = best[at_best][1]
    return chain[::-1]


def list_tabled_ratings(tables: Sequence[PrintedTable]) -> tuple[StatedRating, ...]:
    """Return the rating of each unit in the last table that has it, or in the last that has it for certain."""
    found: dict[str, RatingRow] = {}
    for table in tables:
        for unit, row in table.rows.items():
            if row.is_sure or unit not in found or not found[unit].is_sure:
                found[unit] = row
    return tuple(
        StatedRating(unit=row.unit, rating=row.rating, page=row.page, place=RatingPlace.TABLE, is_sure=row.is_sure)
        for row in found.values()
    )
