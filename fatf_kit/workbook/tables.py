"""Taking the rows of a table off a sheet with their addresses.

Rows are known by the id in them. Position means nothing: agencies sort rows and insert rows and columns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import cast

from fatf_kit.locale import clean
from fatf_kit.problems import Problem, make_problem
from fatf_kit.safety.limits import MAX_TEXT, text_length
from fatf_kit.spreadsheets.rows import RawRow, RowRef, RowsAt
from fatf_kit.spreadsheets.sheet import LONG_TEXT, SURE_TEXT, CellValue, Sheet, address, flaw, letters_of, strays
from fatf_kit.workbook.heads import ASKED, FAMILIES, REQUIREMENT_ID, Table, is_id
from fatf_kit.workbook.register import prepared_ids
from fatf_kit.workbook.sieve import Sieve

Values = tuple[CellValue, ...]
"""Of one row, in the order of the layout; "" where a cell is empty or its column is not there."""


def read_rows(
    sheet: Sheet, table: Table, prepared: str | None = None
) -> tuple[tuple[RawRow, ...], tuple[Problem, ...]]:
    """Every filled row of a table, and everything on the sheet that could not be taken along.

    `prepared` are the letters of the ids that a template prints into blank rows of its register; None where they are
    not known.
    """
    rows: list[RawRow] = []
    problems: list[Problem] = []
    count = len(sheet.grid)
    above = table.heads[min(table.heads)]
    with_ids = "id" in table.columns
    span = _span(
        table.family, tuple((table.columns if _fits(above, table.columns) else above).items()), with_ids, prepared
    )
    at = RowsAt(sheet.file, sheet.title, span.letters)
    taken = [span.all] * count  # columns that were read, by row
    answers = [span.answers] * count  # those of them that hold answers
    plain = map(_ODD.those_among(sheet.vocabulary).isdisjoint, sheet.grid)
    for number, (cells, is_plain) in enumerate(zip(sheet.grid, plain, strict=True)):
        if number in table.heads:
            head = table.heads[number]
            if not _fits(head, span.columns):  # from here on in another order
                span = _span(table.family, tuple(head.items()), with_ids, prepared)
                at = RowsAt(sheet.file, sheet.title, span.letters)
                taken[number:] = [span.all] * (count - number)
                answers[number:] = [span.answers] * (count - number)
            taken[number] = span.all | frozenset(head.values())
            answers[number] = frozenset()
        elif is_plain and not sheet.flaws and span.last < len(cells):  # as nearly every row: no cell of it needs a look
            values = span.pick(cells)
            if any(values):
                rows += _row_of(values, span, at, number + 1, problems)
        else:
            values, found = _values_in(sheet, span, number, at)
            problems += found
            rows += _row_of(values, span, at, number + 1, problems)
    problems += _strays(sheet, taken)
    problems += _merged(sheet, answers, min(table.head_rows))
    return tuple(rows), tuple(problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Span:
    """The columns of a table, with what is asked of them row after row.

    `columns` and their `letters` are in the order of the sheet, `keys` and what `pick` takes out of a row that is
    longer than `last` in that of the layout. They lie at `all`, those for answers at `answers`; `blank` is a row
    without answers, which begin at `first`. `order` has the place among the keys and the letters of each column that
    somebody fills in, those of the id first where it stands first. `is_nameless` where it has no column of ids though
    another table of the sheet has one: that its answers are not read is then reported row by row, not for the sheet.
    `blank_id` are the ids that rows without answers have in a template.
    """

    columns: Mapping[str, int]
    letters: Mapping[str, str]
    keys: Sequence[str]
    pick: Callable[[Sequence[object]], Values]
    last: int
    all: frozenset[int]
    answers: frozenset[int]
    first: int
    blank: Values
    order: Sequence[tuple[int, str]]
    is_nameless: bool
    blank_id: re.Pattern[str]


@lru_cache(maxsize=256)  # nearly every sheet of a template has the same columns
def _span(family: str, columns: tuple[tuple[str, int], ...], with_ids: bool, prepared: str | None) -> _Span:
    keys = FAMILIES[family]
    at = dict(sorted(columns, key=itemgetter(1)))
    letters = {key: letters_of(column) for key, column in at.items()}
    asked = ASKED[family]
    first = len(keys) - len(asked)
    return _Span(
        columns=at,
        letters=letters,
        keys=keys,
        pick=_picker([at.get(key) for key in keys]),
        last=max(at.values()),
        all=frozenset(at.values()),
        answers=frozenset(column for key, column in at.items() if key in asked),
        first=first,
        blank=("",) * len(asked),
        order=[(keys.index(key), letters[key]) for key in at if key != "requirement"],
        is_nameless=with_ids and "id" not in at,
        blank_id=REQUIREMENT_ID if "requirement" in keys else prepared_ids(prepared),
    )


def _picker(places: Sequence[int | None]) -> Callable[[Sequence[object]], Values]:
    """Takes the cells at these places out of a row whose values mean themselves; "" for a column that is not there."""
    known = [place for place in places if place is not None]
    if len(known) == len(places):
        return cast("Callable[[Sequence[object]], Values]", itemgetter(*known))
    return lambda cells: tuple("" if place is None else cast("CellValue", cells[place]) for place in places)


def _fits(head: Mapping[str, int], columns: Mapping[str, int]) -> bool:
    """Whether a table with these columns may have this head."""
    return head.items() <= columns.items()


def _oddity(value: object) -> bool | None:
    """True where a value does not mean itself, or may be cut: a number, a blank text, a very long one."""
    if isinstance(value, str):
        odd = len(value) >= LONG_TEXT or not (len(value) > SURE_TEXT or value == "" or value[0].isalnum())
    else:
        odd = type(value) is not date
    return odd or None


_ODD = Sieve(_oddity)


def _row_of(values: Values, span: _Span, at: RowsAt, line: int, problems: list[Problem]) -> Sequence[RawRow]:
    """The row with these values; nothing where it has no answers or nobody knows to what."""
    name = clean(str(values[0]))
    answers = values[span.first :]
    if answers != span.blank and "id" in span.columns:
        (first, begin), (last, end) = span.order[0], span.order[-1]
        if not (values[first] and values[last]):  # as they nearly always are
            begin, end = _ends(values, span)
        ref = RowRef(at, line, begin, end)
        if name:
            return (RawRow(name, answers, ref),)
        problems.append(make_problem("id-missing", ref.place))
    elif answers != span.blank and span.is_nameless:
        problems.append(make_problem("id-missing", RowRef(at, line, *_ends(values, span)).place))
    elif name and not span.blank_id.fullmatch(name):  # a remark under the ids
        problems.append(make_problem("cell-stray", at.cell("id", line)))
    elif not name and span.first > 1 and values[1] != "" and "id" in span.columns:
        problems.append(make_problem("cell-stray", at.cell("requirement", line)))
    return ()


def _ends(values: Values, span: _Span) -> tuple[str, str]:
    """The letters of the first and the last column that is filled, in the order of the sheet."""
    filled = [letters for place, letters in span.order if values[place] != ""]
    return filled[0], filled[-1]


def _values_in(sheet: Sheet, span: _Span, number: int, at: RowsAt) -> tuple[Values, list[Problem]]:
    """The values of a row, without those with errors, which are Problems, as are texts that may have been cut."""
    cells, flaws = sheet.grid[number], sheet.flaws
    if not flaws and cells.count("") == len(cells):
        return ("",) * len(span.keys), []
    values: list[CellValue] = []
    for key in span.keys:
        value = sheet.value(number, span.columns[key]) if key in span.columns else None
        values.append("" if value is None else value)
    name, line = clean(str(values[0])), number + 1
    known = name if is_id(name) else None
    problems = [
        flaw(flaws[number, column], at.cell(key, line), known)
        for key, column in (span.columns.items() if flaws else ())
        if key != "requirement" and (number, column) in flaws
    ]
    for key, value in zip(span.keys[span.first :], values[span.first :], strict=True):
        if isinstance(value, str) and len(value) >= LONG_TEXT and (length := text_length(value)) >= MAX_TEXT:
            problems.append(make_problem("text-cut", at.cell(key, line), known, length=length, limit=MAX_TEXT))
    return tuple(values), problems


def _strays(sheet: Sheet, taken: Sequence[frozenset[int]]) -> Iterator[Problem]:
    """Values beside the table, each unbroken run down a column as one address."""
    beside: dict[int, list[int]] = {}
    everywhere = frozenset.intersection(*set(taken)) if taken else frozenset()
    for column in range(max(map(len, sheet.grid), default=0)):
        if column not in everywhere:
            rows = [row for row, columns in enumerate(taken) if column not in columns and sheet.is_filled(row, column)]
            if rows:
                beside[column] = rows
    for row, column in sheet.flaws:
        if column not in taken[row] and row not in beside.get(column, ()):
            beside.setdefault(column, []).append(row)
    for column in sorted(beside):
        yield from strays(sheet, column, sorted(beside[column]))


def _merged(sheet: Sheet, answers: Sequence[frozenset[int]], above: int) -> Iterator[Problem]:
    """Answers that are shown over several cells, of which only the first one holds them.

    `answers` are the columns of answers by row; above the row `above` there are none.
    """
    for top, left, bottom, right in sheet.merges:
        if top <= above or not sheet.is_filled(top, left):
            continue
        covered = frozenset[int]().union(*set(answers[top : bottom + 1]))
        if any(left <= column <= right for column in covered):
            yield make_problem("cell-merged", sheet.ref(top, left, bottom, right), used=address(top, left))
