"""The rows that tables of ratings may have: a label, the rating that belongs to it, and where its factors begin.

A table of the file is read by its cells. Lines without cells are read in order: a label opens a row, and the rating
on its line or on one of the next few lines belongs to it. Every such row is a candidate with a weight that says how
much speaks for it; which of them are a table is decided in `rating_tables`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from fatf_kit.core.groups import group_pairs
from fatf_kit.published.model import PublishedRating
from fatf_kit.report_text.rating_cells import CellReader, RatingCell, RowLabel
from fatf_kit.texts.lists import MarkKind, read_marks
from fatf_kit.texts.model import TextLine

_LONGEST_TITLE = 6
"""Lines of a title between a label and its rating."""

_LONGEST_LABEL = 130
"""Letters of a line with a label."""

_MOST_LABELS = 14
"""Labels that may follow each other before their ratings: those of one row of a grid."""

SURE = 3.0
"""Weight from which a row is certain: its label has the word for it, or its rating has a cell of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowCandidate:
    """A row that may be one of a table of ratings.

    `first` is the line with its label and `last` the last line of its rating; factors are `factors` and, where the
    row `is_open`, the lines after `last` up to the next row. A row of a grid has none.
    """

    number: int
    rating: PublishedRating
    first: int
    last: int
    page: int | None
    weight: float
    factors: tuple[TextLine, ...] = ()
    is_open: bool = False
    is_grid: bool = False
    has_remark: bool = False


class RowFinder:
    """Finds the rows of one kind of table in the lines of a report."""

    def __init__(self, lines: Sequence[TextLine], reader: CellReader, is_head: Callable[[str], bool]) -> None:
        """`is_head` says of a line whether it is of the headings of a table, which may be printed on each page."""
        self._lines, self._reader, self._is_head = lines, reader, is_head
        self._labels: dict[int, RowLabel | None] = {}
        self._rating_column = self._last_column = -1

    def find(self) -> list[RowCandidate]:
        """Return all candidates in the order of their lines."""
        found = [*self._find_in_cells(), *self._find_in_grids(), *self._find_in_lines()]
        return sorted(found, key=lambda row: (row.first, row.last))

    def _find_in_cells(self) -> Iterator[RowCandidate]:
        """Yield the rows of tables whose cells are known."""
        placed = [
            (line.cell, at)
            for at, line in enumerate(self._lines)
            if line.cell is not None and not self._is_head(line.text)
        ]
        tables = groupby(placed, key=lambda pair: pair[0].table)
        before: RowCandidate | None = None
        for _, pairs in tables:
            rows = group_pairs((cell.row, (cell.column, at)) for cell, at in pairs)
            pending: dict[int, tuple[int, int]] = {}
            for cells in rows.values():
                columns = {column: list(places) for column, places in group_pairs(cells).items()}
                if found := list(self._read_grid_row(columns, pending)):
                    yield from found
                elif row := self._read_cells(columns):
                    if before is not None:
                        yield before
                    before = row
                elif before is not None and (newer := self._read_newer(columns, before)):
                    more = tuple(self._lines[at] for at in columns.get(self._last_column, ()))
                    before = replace(before, rating=newer.rating, factors=(*before.factors, *more))
                elif before is not None and self._goes_on(columns):
                    places = columns[self._last_column]
                    more = tuple(self._lines[at] for at in places)
                    before = replace(before, factors=(*before.factors, *more), last=places[-1])
        if before is not None:
            yield before

    def _read_grid_row(
        self, columns: Mapping[int, Sequence[int]], pending: dict[int, tuple[int, int]]
    ) -> Iterator[RowCandidate]:
        """Yield the ratings of labels in the row above, or in the same cell. `pending` has the labels by column."""
        labels = {column: self._label_at(places[0]) for column, places in columns.items()}
        worded = {column: label for column, label in labels.items() if label and label.is_worded}
        if len(worded) > 1:
            pending.clear()
            for column, label in worded.items():
                first, last = columns[column][0], columns[column][-1]
                cell = self._reader.read_rating(self._lines[last].text)
                if cell and (last > first or cell.before):
                    yield self._make_grid_row(label.number, cell.rating, first, last)
                else:
                    pending[column] = label.number, first
            return
        ratings = {column: self._read_cell(places) for column, places in columns.items()}
        if pending and ratings and all(ratings.values()):
            for column, cell in ratings.items():
                if cell is not None and column in pending:
                    number, first = pending.pop(column)
                    yield self._make_grid_row(number, cell.rating, first, columns[column][-1])
            pending.clear()

    def _make_grid_row(self, number: int, rating: PublishedRating, first: int, last: int) -> RowCandidate:
        page = self._lines[first].page
        return RowCandidate(
            number=number, rating=rating, first=first, last=last, page=page, weight=SURE + 1, is_grid=True
        )

    def _read_cells(self, columns: Mapping[int, Sequence[int]]) -> RowCandidate | None:
        """Return the row whose first cell is a label and one of the next a rating."""
        order = sorted(columns)
        label = self._label_at(columns[order[0]][0])
        if label is None:
            return None
        for place, column in enumerate(order[1:], start=1):
            cell = self._read_cell(columns[column])
            if cell is None:
                continue
            factors = tuple(self._lines[at] for other in order[place + 1 :] for at in columns[other])
            if factors:
                self._rating_column, self._last_column = column, order[-1]
            first = columns[order[0]][0]
            return RowCandidate(
                number=label.number,
                rating=cell.rating,
                first=first,
                last=max(places[-1] for places in columns.values()),
                page=self._lines[first].page,
                weight=SURE + 2,
                factors=factors,
                has_remark=cell.has_remark,
            )
        return None

    def _read_cell(self, places: Sequence[int]) -> RatingCell | None:
        return self._reader.read_cell(" ".join(self._lines[at].text for at in places))

    def _read_newer(self, columns: Mapping[int, Sequence[int]], before: RowCandidate) -> RatingCell | None:
        """Return the newer rating of a row whose cells go on after a page, without a label."""
        if not before.has_remark or not {self._rating_column} <= set(columns) <= {
            self._rating_column,
            self._last_column,
        }:
            return None
        cell = self._read_cell(columns[self._rating_column])
        return cell if cell is not None and cell.has_remark else None

    def _goes_on(self, columns: Mapping[int, Sequence[int]]) -> bool:
        """Return whether a row has more factors of the row before it: its other cells are empty.

        On a new page of a table that was read by its columns the rest of a title may be in the first cell.
        """
        if self._last_column not in columns or max(columns) != self._last_column:
            return False
        line = self._lines[columns[self._last_column][0]]
        is_first = line.left is not None and line.cell is not None and line.cell.row == 0
        return len(columns) == 1 or (is_first and self._rating_column not in columns)

    def _find_in_grids(self) -> Iterator[RowCandidate]:
        """Yield the rows of grids without cells: lines of labels, then as many ratings in the same order."""
        pending: list[tuple[int, int]] = []
        after = 0
        for at, line in enumerate(self._lines):
            if at < after:
                continue
            labels = list(self._list_grid_labels(at)) if line.cell is None else []
            if labels:
                pending = [*pending, *labels] if len(pending) <= _MOST_LABELS else labels
            elif line.cell is not None or (pending and at - pending[-1][1] > _LONGEST_TITLE):
                pending.clear()
            elif pending and (ratings := list(self._list_run(at))):
                after = ratings[-1][1] + 1
                labels = pending[-len(ratings) :]
                follow = all(other[0] == label[0] + 1 for label, other in pairwise(labels))
                if len(ratings) == len(labels) > 1 and follow:
                    for (number, first), (rating, last) in zip(labels, ratings, strict=True):
                        yield self._make_grid_row(number, rating, first, last)
                pending.clear()

    def _list_run(self, at: int) -> Iterator[tuple[PublishedRating, int]]:
        """Yield the ratings of lines from one on that have nothing else, each with its line."""
        for place in range(at, min(at + _MOST_LABELS, len(self._lines))):
            found = self._reader.list_ratings(self._lines[place].text)
            if not found:
                return
            yield from ((rating, place) for rating in found)

    def _list_grid_labels(self, at: int) -> Iterator[tuple[int, int]]:
        """Yield the labels of a line that has no rating of its own, each with the line."""
        text = self._lines[at].text
        numbers = self._reader.list_labels(text) or self._reader.list_titled_labels(text)
        label = self._label_at(at)
        if numbers and not self._reader.has_rating(text):
            yield from ((number, at) for number in numbers)
        elif label and label.is_worded and len(text) <= _LONGEST_LABEL and not self._reader.read_rating(text):
            yield label.number, at

    def _find_in_lines(self) -> Iterator[RowCandidate]:
        """Yield the rows whose label begins a line."""
        unrated: list[tuple[int, int]] = []
        for at, line in enumerate(self._lines):
            label = self._label_at(at) if line.cell is None and len(line.text) <= _LONGEST_LABEL else None
            if label is None:
                continue
            row = self._read_row(at, label)
            # a label directly after several that have no rating is of a grid, whose ratings come later
            follows = bool(unrated) and unrated[-1] == (label.number - 1, self._before(at))
            is_grid = follows and len(unrated) > 1 and label.is_worded
            if row is not None and not is_grid:
                yield row
                unrated = []
            elif label.is_worded:
                unrated = [*(unrated if follows else ()), (label.number, at)]

    def _before(self, at: int) -> int:
        """Return the place of the label before a line; -1 without one near it."""
        near = range(at - 1, max(at - 1 - _LONGEST_TITLE, -1), -1)
        return next((other for other in near if self._label_at(other) is not None), -1)

    def _label_at(self, at: int) -> RowLabel | None:
        if at not in self._labels:
            line = self._lines[at]
            label = self._reader.read_label(line.text)
            if label is None and at + 1 < len(self._lines) and self._lines[at + 1].cell == line.cell:
                label = self._reader.read_cut_label(line.text, self._lines[at + 1].text)
            self._labels[at] = label
        return self._labels[at]

    def _read_row(self, at: int, label: RowLabel) -> RowCandidate | None:
        """Return the row of a label: its rating is on its line, or on one of those up to the next label or factor."""
        weight = SURE if label.is_worded else SURE - 2
        if (cell := self._reader.read_rating(self._lines[at].text)) and cell.before:
            return self._make_row(label, at, at, cell, weight + (0.5 if cell.after else 1))
        for other in range(at + 1, min(at + 1 + _LONGEST_TITLE, len(self._lines))):
            line = self._lines[other]
            if line.cell is not None or self._label_at(other) is not None:
                return None
            if any(mark.kind is MarkKind.BULLET for mark in read_marks(line.text)):
                return None
            cell = self._reader.read_rating(line.text)
            if cell and (not cell.before or (len(cell.before) < 40 and not cell.after)):
                if len(self._reader.list_ratings(line.text)) > 1 and not cell.has_remark:
                    return None
                return self._make_row(label, at, other, cell, weight + (1 if cell.before else 2))
        return None

    def _make_row(self, label: RowLabel, first: int, last: int, cell: RatingCell, weight: float) -> RowCandidate:
        """Return a row, with the lines after its rating that belong to the same cell: a remark, or a newer rating."""
        rating, rest = cell.rating, cell.after
        is_open, has_remark = cell.is_open, cell.has_remark
        while last + 1 < len(self._lines) and not rest:
            text = self._lines[last + 1].text
            newer = self._reader.read_rating(text)
            if is_open and self._reader.closes_remark(text):
                is_open, last = False, last + 1
            elif newer and newer.is_alone and (has_remark or newer.has_remark):
                rating, is_open, has_remark, last = newer.rating, newer.is_open, True, last + 1
            else:
                break
        line = self._lines[last]
        factors = (replace(line, text=rest),) if rest else ()
        return RowCandidate(
            number=label.number,
            rating=rating,
            first=first,
            last=last,
            page=self._lines[first].page,
            weight=weight,
            factors=factors,
            is_open=True,
            has_remark=has_remark,
        )
