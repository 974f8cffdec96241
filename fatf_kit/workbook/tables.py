"""Taking the rows of a table off a sheet with their addresses.

Rows are known by the id in them. Position means nothing: agencies sort rows and insert rows and columns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from operator import itemgetter
from typing import cast

from fatf_kit.locale import clean
from fatf_kit.problems import Problem, make_problem
from fatf_kit.safety.limits import MAX_TEXT, text_length
from fatf_kit.workbook.grid import LONG_TEXT, SURE_TEXT, Sheet, Sieve, address, cell_value, flaw, letters_of, strays
from fatf_kit.workbook.heads import REQUIREMENT_ID, Table, is_id
from fatf_kit.workbook.model import CellValue, RawRow, RowsAt


def read_rows(sheet: Sheet, table: Table) -> tuple[tuple[RawRow, ...], tuple[Problem, ...]]:
    """Every filled row of a table, and everything on the sheet that could not be taken along."""
    rows: list[RawRow] = []
    problems: list[Problem] = []
    taken: list[frozenset[int]] = []  # columns that were read, by row
    answers: list[frozenset[int]] = []  # those of them that hold answers
    above = table.heads[min(table.heads)]
    if not _fits(above, table.columns):
        table = replace(table, columns=above)  # another table stands below, and its keys were the best ones
    spans = _Spans.of(sheet, table.columns)
    odd = _ODD.among(sheet.telling).keys()
    for number in range(len(sheet.grid)):
        head = table.heads.get(number)
        if head is None:
            row, found = _read_row(sheet, table.family, spans, number, odd)
            problems += found
            if row is not None:
                rows.append(row)
            taken.append(spans.all)
            answers.append(spans.answers)
            continue
        if not _fits(head, spans.columns):
            spans = _Spans.of(sheet, head)  # from here on in another order
        taken.append(spans.all | frozenset(head.values()))
        answers.append(frozenset())
    problems += _strays(sheet, taken)
    problems += _merged(sheet, answers, min(table.head_rows))
    return tuple(rows), tuple(problems)


@dataclass(frozen=True, slots=True)
class _Spans:
    """The columns of a table in the order of the sheet, with what is asked of them row after row.

    `at` names them; `pick` takes their cells out of a row that is longer than `last`; they lie at `all`, those for
    answers at `answers`.
    """

    columns: Mapping[str, int]
    at: RowsAt
    pick: Callable[[Sequence[object]], Sequence[object]]
    last: int
    all: frozenset[int]
    answers: frozenset[int]

    @classmethod
    def of(cls, sheet: Sheet, columns: Mapping[str, int]) -> _Spans:
        ordered = dict(sorted(columns.items(), key=itemgetter(1)))
        return cls(
            columns=ordered,
            at=RowsAt(sheet.file, sheet.title, {key: letters_of(at) for key, at in ordered.items()}),
            pick=itemgetter(*ordered.values()),
            last=max(ordered.values()),
            all=frozenset(columns.values()),
            answers=frozenset(at for key, at in columns.items() if key not in ("id", "requirement")),
        )


def _fits(head: Mapping[str, int], columns: Mapping[str, int]) -> bool:
    """Whether a table with these columns may have this head."""
    return all(columns.get(key) == at for key, at in head.items())


def _oddity(value: object) -> bool | None:
    """True where a value does not mean itself, or may be cut: a number, a blank text, a very long one."""
    if isinstance(value, str):
        odd = len(value) >= LONG_TEXT or not (len(value) > SURE_TEXT or value == "" or value[0].isalnum())
    else:
        odd = type(value) is not date
    return odd or None


_ODD = Sieve(_oddity)


def _read_row(
    sheet: Sheet, family: str, spans: _Spans, number: int, odd: Set[object]
) -> tuple[RawRow | None, Sequence[Problem]]:
    cells = sheet.grid[number]
    if sheet.flaws or len(cells) <= spans.last or not odd.isdisjoint(cells):
        found, long = _values_in(sheet, spans, number)
    else:  # as nearly every row: no cell of it needs a look
        plain = cast("Sequence[CellValue]", spans.pick(cells))
        found, long = {key: value for key, value in zip(spans.columns, plain, strict=True) if value != ""}, []
    name = clean(str(found.pop("id", "")))
    text = found.pop("requirement", None)
    if not found and not sheet.flaws and text is None and not name:
        return None, ()
    line, problems = number + 1, list[Problem]()
    if sheet.flaws or long:
        known = name if is_id(name) else None
        problems += _flaws_in(sheet, spans, known, line)
        problems += _texts_cut(found, long, known, spans.at, line)
    if found and "id" in spans.columns:
        row = RawRow(name, found, spans.at, line, _run(spans, found, line, with_id=bool(name)))
        if name:
            return row, problems
        problems.append(make_problem("id-missing", row.place))
    elif name and not _looks_like_id(name, family):
        problems.append(make_problem("cell-stray", spans.at.cell("id", line)))
    elif text is not None and not name and "id" in spans.columns:
        problems.append(make_problem("cell-stray", spans.at.cell("requirement", line)))
    return None, problems


def _values_in(sheet: Sheet, spans: _Spans, number: int) -> tuple[dict[str, CellValue], list[str]]:
    """The values of a row by column key, without empty cells and those with errors, and which are very long texts."""
    cells, flaws, width = sheet.grid[number], sheet.flaws, len(sheet.grid[number])
    found: dict[str, CellValue] = {}
    long: list[str] = []
    if cells.count("") == width:
        return found, long
    for key, at in spans.columns.items():
        value = cells[at] if at < width else ""
        if value == "" or (flaws and (number, at) in flaws):
            continue
        if isinstance(value, str) and (length := len(value)) > SURE_TEXT:
            found[key] = value
            if length >= LONG_TEXT:
                long.append(key)
        elif (meant := cell_value(value)) is not None:
            found[key] = meant
    return found, long


def _run(spans: _Spans, found: dict[str, CellValue], line: int, *, with_id: bool) -> str:
    """The cells from the first filled one to the last, in the order of the sheet."""
    columns, letters = spans.columns, spans.at.columns
    first, last = next(iter(found)), next(reversed(found))
    if with_id and columns["id"] < columns[first]:  # where it nearly always stands
        first = "id"
    elif with_id and columns["id"] > columns[last]:
        last = "id"
    return f"{letters[first]}{line}" if first == last else f"{letters[first]}{line}:{letters[last]}{line}"


def _flaws_in(sheet: Sheet, spans: _Spans, known: str | None, line: int) -> Iterator[Problem]:
    for key, at in spans.columns.items():
        if key != "requirement" and (line - 1, at) in sheet.flaws:
            yield flaw(sheet.flaws[line - 1, at], spans.at.cell(key, line), known)


def _texts_cut(
    found: Mapping[str, CellValue], long: Iterable[str], known: str | None, table: RowsAt, line: int
) -> Iterator[Problem]:
    """Texts as long as a cell can hold, of which the end may be lost."""
    for key in long:
        if key in found and (length := text_length(str(found[key]))) >= MAX_TEXT:
            yield make_problem("text-cut", table.cell(key, line), known, length=length, limit=MAX_TEXT)


def _looks_like_id(name: str, family: str) -> bool:
    """Whether a row without answers may well be a blank one, rather than a remark under the ids."""
    return " " not in name if family == "register" else bool(REQUIREMENT_ID.fullmatch(name))


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
