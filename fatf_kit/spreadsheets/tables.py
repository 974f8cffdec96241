"""Taking the rows of a table off a sheet with their addresses, and finding what on the sheet belongs to no row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from operator import itemgetter

from fatf_kit.locale import clean
from fatf_kit.problems import CellRef, Problem, make_problem
from fatf_kit.safety.limits import MAX_TEXT, text_length
from fatf_kit.spreadsheets.finding import FoundTable
from fatf_kit.spreadsheets.fingerprints import Printed
from fatf_kit.spreadsheets.links import address_behind, is_address
from fatf_kit.spreadsheets.rows import Row, RowRef, RowsAt
from fatf_kit.spreadsheets.schema import CellKind, Table
from fatf_kit.spreadsheets.sheet import CellValue, Sheet, address, flaw, letters_of, runs


def read_table(
    sheet: Sheet, found: FoundTable, printed: Printed, linked: list[CellRef]
) -> tuple[list[Row], list[Problem]]:
    """Every filled row of a table, and a Problem for everything on the sheet that is neither read nor printed.

    Rows may stand above the head, where people sorted them together with it; below a second head the columns are its
    own. `linked` gets the cells whose text is completed by the address that lies behind it.
    """
    reading = _Reading(sheet=sheet, table=found.table, printed=printed, linked=linked)
    first = min(found.heads)
    columns = found.columns if found.heads[first].items() <= found.columns.items() else found.heads[first]
    span = _span(sheet, found.table, columns)
    for number in range(len(sheet.grid)):
        if number in found.heads:
            if not found.heads[number].items() <= span.columns.items():
                span = _span(sheet, found.table, found.heads[number])
            reading.head(number, span, set(found.heads[number].values()))
        elif sheet.flaws or any(value != "" for value in sheet.grid[number]):
            reading.row(number, span, is_above=number < first)
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
    hidden: frozenset[int]


def _span(sheet: Sheet, table: Table, columns: Mapping[str, int]) -> _Span:
    ordered = dict(sorted(columns.items(), key=itemgetter(1)))
    kinds = {key: table.by_key[key].kind if key in table.by_key else CellKind.TEXT for key in columns}
    dynamic = tuple(key for key in columns if key not in table.by_key)
    hidden = {column.key for column in table.columns if column.hidden}
    keys = (*(key for key in table.read_keys if key != table.id), *dynamic)
    return _Span(
        columns=columns,
        at=RowsAt(sheet.file, sheet.title, {key: letters_of(column) for key, column in ordered.items()}),
        keys=keys,
        read={columns[key]: key for key in (table.id, *keys) if key in columns},
        typed=frozenset(column for key, column in columns.items() if kinds[key] not in (CellKind.PRINTED, CellKind.ID)),
        printed=frozenset(column for key, column in columns.items() if kinds[key] is CellKind.PRINTED),
        hidden=frozenset(column for key, column in columns.items() if key in hidden),
    )


@dataclass(slots=True, kw_only=True)
class _Reading:
    """The rows and problems of one sheet so far; `unread` are cells that nothing read, by column and code."""

    sheet: Sheet
    table: Table
    printed: Printed
    linked: list[CellRef]
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unread: dict[tuple[int, str], list[int]] = field(default_factory=dict)
    typed: dict[int, frozenset[int]] = field(default_factory=dict)

    def head(self, number: int, span: _Span, named: set[int]) -> None:
        """A row of headings or keys: what else stands in it is somebody's."""
        for column in self._filled(number):
            if not self._is_printed(number, column) and (self.printed.is_known or column not in named):
                ours = column in named or column in span.columns.values()
                self._leave(number, column, "cell-locked" if ours else "cell-stray")

    def row(self, number: int, span: _Span, *, is_above: bool) -> None:
        """A row that is no head: its values, and what in it is not read."""
        self.typed[number] = span.typed
        values: dict[str, CellValue] = {}
        for column in self._filled(number):
            key = span.read.get(column)
            if is_above and self._is_over(number, column):
                continue
            if key is None:
                self._unread(number, column, span)
            elif (number, column) in self.sheet.flaws:
                shown, id_ = self.sheet.flaws[number, column], self._id(number, span)
                self.problems.append(flaw(shown, span.at.cell(key, number + 1), id_))
            elif (value := self.sheet.value(number, column)) is not None:
                values[key] = self._with_address(key, value, number, span)
                if column in span.printed - span.hidden:
                    self._unread(number, column, span)
        if values:
            self._take(values | self._addresses_alone(values, number, span), number, span)

    def left(self) -> Iterator[Problem]:
        """Problems of cells that nothing read, each unbroken run down a column as one."""
        for column, code in sorted(self.unread):
            yield from (make_problem(code, run) for run in runs(self.sheet, column, self.unread[column, code]))

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
        cells = self.sheet.grid[number]
        flawed = {column for row, column in self.sheet.flaws if row == number} if self.sheet.flaws else set[int]()
        yield from (at for at, value in enumerate(cells) if value != "" or at in flawed)
        yield from sorted(at for at in flawed if at >= len(cells))

    def _take(self, values: dict[str, CellValue], number: int, span: _Span) -> None:
        name = clean(str(values.pop(self.table.id, "")))
        letters = span.at.columns
        filled = [key for key in letters if key in values or (key == self.table.id and name)]
        ref = RowRef(span.at, number + 1, letters[filled[0]], letters[filled[-1]]) if filled else None
        if ref is None:
            return
        said = {key for key in values if span.columns[key] in span.typed}
        if not name and not self.table.nameless:
            if said:
                self.problems.append(make_problem("id-missing", ref.place))
            return
        if not said and not self.table.unfilled:
            if name and not self._is_printed(number, span.columns[self.table.id]) and self.printed.is_known:
                self._leave(number, span.columns[self.table.id], "cell-stray")
            return
        self.problems += self._cut(values, ref, name)
        self.rows.append(Row(name, span.keys, tuple(values.get(key, "") for key in span.keys), ref))

    def _cut(self, values: Mapping[str, CellValue], ref: RowRef, name: str) -> Iterator[Problem]:
        """A Problem for each text that may have been cut where it was too long for a cell."""
        for key, value in values.items():
            if isinstance(value, str) and len(value) >= MAX_TEXT // 2 and (length := text_length(value)) >= MAX_TEXT:
                yield make_problem("text-cut", ref.at(key), name or None, length=length, limit=MAX_TEXT)

    def _with_address(self, key: str, value: CellValue, number: int, span: _Span) -> CellValue:
        """A value of a column of links with the address behind its cell, where its text is none."""
        column = self.table.by_key.get(key)
        if column is None or column.kind is not CellKind.LINK or not self.sheet.links or is_address(str(value)):
            return value
        found = address_behind(self.sheet, number, span.columns[key])
        if not found:
            return value
        self.linked.append(span.at.cell(key, number + 1))
        return f"{str(value).strip()} ({found})"

    def _addresses_alone(self, values: Mapping[str, CellValue], number: int, span: _Span) -> dict[str, CellValue]:
        """Addresses behind blank cells of columns of links."""
        found: dict[str, CellValue] = {}
        for key, column in span.columns.items() if self.sheet.links else ():
            is_link = key in self.table.by_key and self.table.by_key[key].kind is CellKind.LINK
            if is_link and key not in values and (address := address_behind(self.sheet, number, column)):
                self.linked.append(span.at.cell(key, number + 1))
                found[key] = address
        return found

    def _unread(self, number: int, column: int, span: _Span) -> None:
        """Note a cell that no column takes, unless it was printed."""
        if (number, column) in self.sheet.flaws or self.sheet.value(number, column) is not None:
            ours = column in span.printed
            if not self._is_printed(number, column) and (self.printed.is_known or not ours):
                self._leave(number, column, "cell-locked" if ours else "cell-stray")

    def _is_over(self, number: int, column: int) -> bool:
        """Whether a cell above the head is a title or a note of ours, or cannot be told from one."""
        if not self.printed.is_known:
            self._leave(number, column, "row-above")
            return True
        return self._is_printed(number, column)

    def _is_printed(self, number: int, column: int) -> bool:
        return self.printed.has(self.sheet, number, column)

    def _id(self, number: int, span: _Span) -> str | None:
        at = span.columns.get(self.table.id)
        value = self.sheet.value(number, at) if at is not None else None
        return clean(str(value)) if value is not None else None

    def _leave(self, number: int, column: int, code: str) -> None:
        self.unread.setdefault((column, code), []).append(number)
