"""Taking the rows of a table off a sheet with their addresses, and finding what on the sheet belongs to no row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from operator import itemgetter

from fatf_kit.core.languages import clean, normalise
from fatf_kit.core.problems import CellRef, Problem, make_problem, quote_found
from fatf_kit.spreadsheets.finding import FoundTable
from fatf_kit.spreadsheets.fingerprints import Printed
from fatf_kit.spreadsheets.formats.limits import MAX_TEXT, text_length
from fatf_kit.spreadsheets.links import address_behind, is_address
from fatf_kit.spreadsheets.rows import Row, RowRef, RowsAt
from fatf_kit.spreadsheets.schema import CellKind, RowNamer, Table
from fatf_kit.spreadsheets.sheet import CellValue, Sheet, address, cell_value, flaw, letters_of, runs
from fatf_kit.spreadsheets.words import texts_of

_LONGEST_ID = 30  # characters; a longer one is a narrative in the wrong column


def read_table(
    sheet: Sheet, found: FoundTable, printed: Printed, linked: list[CellRef]
) -> tuple[list[Row], list[Problem]]:
    """Every filled row of a table, and a Problem for everything on the sheet that is neither read nor printed.

    Rows may stand above the head, where people sorted them together with it; below a second head the columns are its
    own. `linked` gets the cells whose text is completed by the address that lies behind it.
    """
    table = found.table
    namer = table.row_namer(sheet) if table.row_namer else None
    reading = _Reading(sheet=sheet, table=table, columns=found.columns, printed=printed, linked=linked, namer=namer)
    first = min(found.heads)
    columns = found.columns if found.heads[first].items() <= found.columns.items() else found.heads[first]
    span = _span(sheet, found.table, columns)
    for number in range(len(sheet.grid)):
        if number in found.heads:
            if not found.heads[number].items() <= span.columns.items():
                span = _span(sheet, found.table, found.heads[number])
            reading.head(number, span, set(found.heads[number].values()))
        elif sheet.flaws or any(value != "" for value in sheet.grid[number]):
            reading.row(number, span, is_above=number < first and not reading.is_of_table(number, span))
    return reading.rows, [*reading.problems, *reading.left(), *reading.merged(first)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Span:
    """The columns of a table in some rows: `read` are those that are read, `typed` those that people fill in."""

    columns: Mapping[str, int]
    at: RowsAt
    keys: tuple[str, ...]
    read: Mapping[int, str]
    typed: frozenset[int]
    printed: frozenset[int]
    checked: frozenset[int]


def _span(sheet: Sheet, table: Table, columns: Mapping[str, int]) -> _Span:
    ordered = dict(sorted(columns.items(), key=itemgetter(1)))
    kinds = {key: table.by_key[key].kind if key in table.by_key else CellKind.TEXT for key in columns}
    dynamic = tuple(key for key in columns if key not in table.by_key)
    hidden = {column.key for column in table.columns if column.hidden}
    keys = (*table.asked, *dynamic)
    return _Span(
        columns=columns,
        at=RowsAt(sheet.file, sheet.title, {key: letters_of(column) for key, column in ordered.items()}),
        keys=keys,
        read={columns[key]: key for key in (table.id, *keys) if key in columns},
        typed=frozenset(column for key, column in columns.items() if kinds[key] not in (CellKind.PRINTED, CellKind.ID)),
        printed=frozenset(column for key, column in columns.items() if kinds[key] is CellKind.PRINTED),
        checked=frozenset(at for key, at in columns.items() if kinds[key] is CellKind.PRINTED and key not in hidden),
    )


@dataclass(slots=True, kw_only=True)
class _Reading:
    """The rows and problems of one sheet so far; `unread` are cells that nothing read, by column and code.

    `refused` are columns that must not be there: the code of their Problem, their heading, their filled rows.
    """

    sheet: Sheet
    table: Table
    columns: Mapping[str, int]
    printed: Printed
    linked: list[CellRef]
    namer: RowNamer | None
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unread: dict[tuple[int, str], list[int]] = field(default_factory=dict)
    typed: dict[int, frozenset[int]] = field(default_factory=dict)
    flawed: dict[int, set[int]] = field(default_factory=dict)
    refused: dict[int, tuple[str, str, list[int]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for row, column in self.sheet.flaws:
            self.flawed.setdefault(row, set()).add(column)

    def head(self, number: int, span: _Span, named: set[int]) -> None:
        """A row of headings or keys: what else stands in it was typed by people."""
        keys = {*self.table.by_key}
        for column in self._filled(number):
            if str(self.sheet.value(number, column)).strip() in keys:
                continue
            if self._is_printed(number, column) or (column in named and not self.printed.is_known):
                continue
            ours = column in named or column in span.columns.values()
            if not self._is_heading(number, column, span) and (ours or not self._refuse(number, column)):
                self._leave(number, column, "cell-locked" if ours else "cell-stray")

    def is_of_table(self, number: int, span: _Span) -> bool:
        """Whether a row has an id and other words that fatf-kit printed into the table; a title has one text."""
        name = span.columns.get(self.table.id)
        if name is None or not self._holds_printed(number, name):
            return False
        return any(self._holds_printed(number, column) for column in span.printed)

    def _holds_printed(self, number: int, column: int) -> bool:
        return self.sheet.value(number, column) is not None and self._is_printed(number, column)

    def row(self, number: int, span: _Span, *, is_above: bool) -> None:
        """A row that is no head: its values, and what in it is not read."""
        self.typed[number] = span.typed
        values: dict[str, CellValue] = {}
        typed_over: tuple[str, ...] = ()
        if is_above and self._is_over(number):
            return
        cells, flaws = self.sheet.grid[number], self.sheet.flaws
        others: list[int] = []
        for column in self._filled(number):
            key = span.read.get(column)
            if key is None:
                others.append(column)
            elif flaws and (number, column) in flaws:
                where = span.at.cell(key, number + 1)
                self.problems.append(flaw(flaws[number, column], where, self._id(number, span)))
            elif (value := cell_value(cells[column])) is not None:
                values[key] = value
                if column in span.checked:
                    others.append(column)
        if self.sheet.links:
            self._add_addresses(values, number, span)
        name, is_known = self._name(values, number, span)
        for column in others:
            if not is_known and column in span.printed:  # a row that nothing names is a Problem as a whole
                continue
            if self._unread(number, column, span, name) and column in span.read:
                typed_over += (span.read[column],)
        if values:
            self._take(name, values, number, span, typed_over)

    def left(self) -> Iterator[Problem]:
        """Problems of cells that nothing read, each unbroken run down a column as one."""
        for column, code in sorted(self.unread):
            yield from (make_problem(code, run) for run in runs(self.sheet, column, self.unread[column, code]))
        for column, (code, heading, rows) in sorted(self.refused.items()):
            yield make_problem(code, self.sheet.ref(min(rows), column, max(rows)), **quote_found(heading))

    def merged(self, head: int) -> Iterator[Problem]:
        """Cells to be filled in that are shown as one, of which only the first holds what was typed."""
        for top, left, bottom, right in self.sheet.merges:
            if top > head and self.sheet.is_filled(top, left):
                typed = frozenset[int]().union(
                    *(self.typed.get(row, ()) for row in range(top, min(bottom + 1, len(self.sheet.grid))))
                )
                if any(left <= column <= right for column in typed):
                    yield make_problem("cell-merged", self.sheet.ref(top, left, bottom, right), used=address(top, left))

    def _filled(self, number: int) -> Iterator[int]:
        cells, flawed = self.sheet.grid[number], self.flawed.get(number, set[int]())
        yield from (at for at, value in enumerate(cells) if value != "" or at in flawed)
        yield from sorted(at for at in flawed if at >= len(cells))

    def _take(
        self, name: str, values: dict[str, CellValue], number: int, span: _Span, typed_over: tuple[str, ...]
    ) -> None:
        id_ = values.pop(self.table.id, "")
        letters = span.at.columns
        filled = [key for key in letters if key in values or (key == self.table.id and name)]
        ref = RowRef(span.at, number + 1, letters[filled[0]], letters[filled[-1]]) if filled else None
        if ref is None:
            return
        said = {key for key in values if span.columns[key] in span.typed}
        if not name and not self.table.nameless:
            if said or (self.table.unfilled and self.table.row_namer is None):
                self.problems.append(make_problem("id-missing", ref.place))
            return
        if not said and not self.table.unfilled:
            at = span.columns.get(self.table.id)
            if at is not None and self.sheet.is_filled(number, at) and self._is_typed(number, at):
                self._leave(number, at, "cell-stray")
            return
        self.problems += self._cut({self.table.id: id_, **values}, ref, name)
        self.rows.append(Row(name, span.keys, tuple(values.get(key, "") for key in span.keys), ref, typed_over))

    def _name(self, values: Mapping[str, CellValue], number: int, span: _Span) -> tuple[str, bool]:
        """The id of a row, or what its other words name, and whether they name anything where the table can tell.

        Where other words go before an id, that is a Problem.
        """
        typed = clean(str(values.get(self.table.id, "")))
        if self.namer is None:
            return typed, True
        name = self.namer(values)
        if name is None:
            return typed, not typed
        if typed and typed != name and self._is_typed(number, span.columns[self.table.id]):
            self._leave(number, span.columns[self.table.id], "cell-locked")
        return name, True

    def _cut(self, values: Mapping[str, CellValue], ref: RowRef, name: str) -> Iterator[Problem]:
        """A Problem for each text that may have been cut where it was too long for a cell."""
        for key, value in values.items():
            if isinstance(value, str) and len(value) >= MAX_TEXT // 2 and (length := text_length(value)) >= MAX_TEXT:
                yield make_problem("text-cut", ref.at(key), self._named(name), length=length, limit=MAX_TEXT)

    def _add_addresses(self, values: dict[str, CellValue], number: int, span: _Span) -> None:
        """Complete columns of links by the address that lies behind a cell, where its text is none."""
        for key, column in span.columns.items():
            if key not in self.table.by_key or self.table.by_key[key].kind is not CellKind.LINK:
                continue
            text = str(values.get(key, "")).strip()
            if not is_address(text) and (found := address_behind(self.sheet, number, column)):
                self.linked.append(span.at.cell(key, number + 1))
                values[key] = f"{text} ({found})" if text else found

    def _unread(self, number: int, column: int, span: _Span, name: str) -> bool:
        """Note a cell that no column takes, unless it was printed into the row of that name; whether it was noted."""
        ours = column in span.printed
        is_filled = (number, column) in self.sheet.flaws or self.sheet.value(number, column) is not None
        if not is_filled or (ours and not self.printed.is_known):
            return False
        if self.printed.has(self.sheet, number, column, name):
            return False
        if column in self.refused:
            self.refused[column][2].append(number)
        else:
            self._leave(number, column, "cell-locked" if ours else "cell-stray")
        return True

    def _refuse(self, number: int, column: int) -> bool:
        """Note a column that must not be there by its heading."""
        value = self.sheet.value(number, column)
        code = self.table.refuse(str(value)) if self.table.refuse and value is not None else None
        if code:
            self.refused.setdefault(column, (code, clean(str(value)), []))[2].append(number)
        return code is not None

    def _is_heading(self, number: int, column: int, span: _Span) -> bool:
        """Whether a cell of the head says the name of its column and nothing else, so that nothing of it is lost."""
        value = self.sheet.value(number, column)
        if value is None:
            return False
        key = self.table.dynamic(str(value)) if self.table.dynamic else None
        if key is not None:
            return self.columns.get(key) == column
        text = normalise(str(value))
        return any(
            span.columns.get(one.key) == column and text in map(normalise, (one.key, *texts_of(one.heading)))
            for one in self.table.columns
        )

    def _is_over(self, number: int) -> bool:
        """Whether a row above the head is no row of the table: a title or a note, or what may be one.

        What people typed into it is left.
        """
        known = self.printed.is_known
        if known and not self.printed.is_over(self.sheet, number):
            return all(self._is_printed(number, column) for column in self._filled(number))
        for column in self._filled(number):
            if not known or not self._is_printed(number, column):
                self._leave(number, column, "cell-stray" if known else "row-above")
        return True

    def _is_printed(self, number: int, column: int) -> bool:
        return self.printed.has(self.sheet, number, column)

    def _is_typed(self, number: int, column: int) -> bool:
        """Whether people surely typed into a cell."""
        return self.printed.is_known and not self._is_printed(number, column)

    def _id(self, number: int, span: _Span) -> str | None:
        at = span.columns.get(self.table.id)
        value = self.sheet.value(number, at) if at is not None else None
        return self._named(clean(str(value))) if value is not None else None

    def _named(self, name: str) -> str | None:
        """The id of a row as its problems name it."""
        return name if self.table.in_problems and 0 < len(name) <= _LONGEST_ID else None

    def _leave(self, number: int, column: int, code: str) -> None:
        self.unread.setdefault((column, code), []).append(number)
