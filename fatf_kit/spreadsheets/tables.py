"""The rows of a table are read with their addresses, and what on the sheet belongs to no row is reported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter

from fatf_kit.core.languages import clean, find_code, list_named_scales, normalise
from fatf_kit.core.problems import CellRef, Problem, make_problem, quote_found
from fatf_kit.spreadsheets.annotations import find_address, is_address
from fatf_kit.spreadsheets.finding import FoundTable
from fatf_kit.spreadsheets.fingerprints import PrintedCells
from fatf_kit.spreadsheets.formats.limits import MAX_TEXT, count_units
from fatf_kit.spreadsheets.row_ids import RowIds
from fatf_kit.spreadsheets.rows import FilledRow, RowRef, TableAddress
from fatf_kit.spreadsheets.schema import CellKind, SheetTable
from fatf_kit.spreadsheets.sheet import (
    CellValue,
    SheetContent,
    format_address,
    format_column,
    group_runs,
    make_error_problem,
)
from fatf_kit.spreadsheets.words import list_translations

_LONGEST_ID = 30  # characters; a longer one is a narrative in the wrong column


def read_table(
    sheet: SheetContent, found: FoundTable, printed: PrintedCells, linked: list[CellRef]
) -> tuple[list[FilledRow], list[Problem]]:
    """Return every filled row of a table, and a Problem for everything on the sheet that is neither read nor printed.

    Rows may stand above the head, where people sorted them together with it; below a second head the columns are its
    own. `linked` gets the cells whose text is completed by the address that lies behind it.
    """
    reader = _TableReader(sheet, found, printed, linked)
    first = min(found.heads)
    span = _span(sheet, found.table, found.columns)
    if not found.heads[first].items() <= found.columns.items():
        span = _span(sheet, found.table, found.heads[first])
    for number in range(len(sheet.grid)):
        if number in found.heads:
            if not found.heads[number].items() <= span.columns.items():
                span = _span(sheet, found.table, found.heads[number])
            reader.read_head(number, span, set(found.heads[number].values()))
        else:
            reader.read_row(number, span, is_above=number < first and not reader.is_of_table(number, span))
    return reader.rows, [*reader.problems, *reader.unread_problems(), *reader.merge_problems(first)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Span:
    """The columns of a table in some rows, by number: those that are read, filled in by people, printed.

    `checked` are the printed ones whose cells are compared with their fingerprints; `typed_keys` are the keys of those
    that people fill in. `unread` are those that nothing reads on purpose.
    """

    columns: Mapping[str, int]
    at: TableAddress
    keys: tuple[str, ...]
    read: Mapping[int, str]
    typed: frozenset[int]
    typed_keys: frozenset[str]
    printed: frozenset[int]
    checked: frozenset[int]
    unread: frozenset[int]


def _span(sheet: SheetContent, table: SheetTable, columns: Mapping[str, int]) -> _Span:
    ordered = dict(sorted(columns.items(), key=itemgetter(1)))
    dynamic = tuple(key for key in columns if key not in table.by_key)
    keys = (*table.value_keys, *dynamic)
    printed = {key for key in columns if key in table.by_key and table.by_key[key].kind is CellKind.PRINTED}
    typed = {key for key in columns if key not in printed and not _is_id(table, key)}
    return _Span(
        columns=columns,
        at=TableAddress(sheet.file, sheet.title, {key: format_column(column) for key, column in ordered.items()}),
        keys=keys,
        read={columns[key]: key for key in (table.id, *keys) if key in columns},
        typed=frozenset(columns[key] for key in typed),
        typed_keys=frozenset(typed),
        printed=frozenset(columns[key] for key in printed),
        checked=frozenset(columns[key] for key in printed if not table.by_key[key].hidden),
        unread=frozenset(columns[key] for key in columns if key in table.by_key and table.by_key[key].unread),
    )


def _is_id(table: SheetTable, key: str) -> bool:
    return key in table.by_key and table.by_key[key].kind is CellKind.ID


class _TableReader:
    """Reads the rows of one sheet and collects the Problems of its cells."""

    def __init__(self, sheet: SheetContent, found: FoundTable, printed: PrintedCells, linked: list[CellRef]) -> None:
        self.rows: list[FilledRow] = []
        self.problems: list[Problem] = []
        self._sheet, self._table, self._columns = sheet, found.table, found.columns
        self._printed, self._linked = printed, linked
        self._fates = printed.ledger.of(sheet)
        self._ids = RowIds(sheet, found.table, found.columns.get(found.table.id), printed)
        self._name_row = found.table.row_namer(sheet) if found.table.row_namer else None
        self._unread: dict[tuple[int, str], list[int]] = {}  # cells that nothing read, by column and code
        self._refused: dict[int, tuple[str, str, list[int]]] = {}  # code, heading and filled rows, by column
        self._typed: dict[int, frozenset[int]] = {}  # columns that people fill in, by row
        texts = (value for value in sheet.distinct if isinstance(value, str) and len(value) >= MAX_TEXT // 2)
        self._cut = {text: length for text in texts if (length := count_units(text)) >= MAX_TEXT}

    def read_head(self, number: int, span: _Span, named: set[int]) -> None:
        """Report what people typed into a row of headings or keys."""
        for column in self._sheet.filled_in(number):
            if (
                str(self._sheet.value(number, column)).strip() in self._table.by_key
                or self._is_printed(number, column)
                or (column in named and not self._printed.is_known)
                or self._is_heading(number, column, span)
            ):
                self._fates.printed.add((number, column))
                continue
            ours = column in named or column in span.columns.values()
            if ours or not self._refuse(number, column):
                self._report(number, column, "cell-locked" if ours else "cell-unplaced")

    def is_of_table(self, number: int, span: _Span) -> bool:
        """Return whether a row has an id and other words that fatf-kit printed into the table; a title has one text."""
        name = span.columns.get(self._table.id)
        if name is None or not self._holds_printed(number, name):
            return False
        return any(self._holds_printed(number, column) for column in span.printed)

    def _holds_printed(self, number: int, column: int) -> bool:
        return self._sheet.value(number, column) is not None and self._is_printed(number, column)

    def read_row(self, number: int, span: _Span, *, is_above: bool) -> None:
        """Read the values of a row that is no head, and report what in it is not read."""
        filled = self._sheet.filled_in(number)
        if not filled or (is_above and self._is_over(number)):
            return
        self._typed[number] = span.typed
        values: dict[str, CellValue] = {}
        others: list[int] = []
        cells, flaws = self._sheet.grid[number], self._sheet.cell_errors
        for column in filled:
            key = span.read.get(column)
            if key is None and column in span.unread:
                self._fates.unread.add((number, column))
            elif key is None:
                others.append(column)
            elif flaws and (number, column) in flaws:
                where = span.at.cell(key, number + 1)
                self.problems.append(make_error_problem(flaws[number, column], where, self._id(number, span)))
            else:
                values[key] = cells[column]
                if column in span.checked:
                    others.append(column)
        if self._sheet.scan.links:
            self._add_addresses(values, number, span)
        name, is_known = self._name(values, number, span)
        checked = [column for column in others if is_known or column not in span.printed]
        changed = [column for column in checked if self._report_unprinted(number, column, span, name)]
        typed_over = tuple(span.read[column] for column in changed if column in span.read)
        rest = set(others).difference(checked)
        before = len(self.problems)
        if values and self._take(name, values, number, span, typed_over):
            # a row that nothing names is a Problem as a whole, of those who use the rows
            self._fates.used.update((number, column) for column in rest)
            return
        if len(self.problems) > before:  # one Problem tells of the whole row
            return
        for column in (*sorted(rest), *(at for at in filled if at in span.printed and at not in span.checked)):
            self._report_unprinted(number, column, span, name)

    def unread_problems(self) -> Iterator[Problem]:
        """Yield the Problems of cells that nothing read, each unbroken run down a column as one."""
        for column, code in sorted(self._unread):
            yield from (make_problem(code, run) for run in group_runs(self._sheet, column, self._unread[column, code]))
        for column, (code, heading, rows) in sorted(self._refused.items()):
            yield make_problem(code, self._sheet.ref(min(rows), column, max(rows)), **quote_found(heading))

    def merge_problems(self, head: int) -> Iterator[Problem]:
        """Yield a Problem for cells to be filled in that are shown as one: only the first holds what was typed."""
        for top, left, bottom, right in self._sheet.scan.merges:
            if top > head and self._sheet.is_filled(top, left):
                rows = range(top, min(bottom + 1, len(self._sheet.grid)))
                if any(left <= column <= right for row in rows for column in self._typed.get(row, ())):
                    yield make_problem(
                        "cell-merged", self._sheet.ref(top, left, bottom, right), used=format_address(top, left)
                    )

    def _take(
        self, name: str, values: dict[str, CellValue], number: int, span: _Span, typed_over: tuple[str, ...]
    ) -> bool:
        """Add a row, unless it has no id or nothing that people typed; return whether it was added."""
        table = self._table
        id_ = values.pop(table.id, "")
        is_typed = not span.typed_keys.isdisjoint(values)
        if table.has_titles and not is_typed and id_ != "":
            self._fates.unread.add((number, span.columns[table.id]))
            return True
        if (name or table.nameless) and not is_typed and not table.unfilled:
            at = span.columns.get(table.id)
            if at is not None and self._sheet.is_filled(number, at) and self._is_typed(number, at):
                self._report(number, at, "cell-unplaced")
            return False
        letters = span.at.columns
        filled = [letter for key, letter in letters.items() if key in values or (key == table.id and name)]
        if not filled:
            return False
        ref = RowRef(span.at, number + 1, filled[0], filled[-1])
        if not name and not table.nameless:
            if is_typed or (table.unfilled and table.row_namer is None):
                self.problems.append(make_problem("id-missing", ref.place))
            return False
        for key, value in {table.id: id_, **values}.items() if self._cut else ():
            if isinstance(value, str) and value in self._cut:
                facts = {"length": self._cut[value], "limit": MAX_TEXT}
                self.problems.append(make_problem("text-cut", ref.at(key), self._named(name), **facts))
        self.rows.append(FilledRow(name, span.keys, tuple([values.get(key, "") for key in span.keys]), ref, typed_over))
        self._mark_used(id_, values, number, span)
        return True

    def _mark_used(self, id_: CellValue, values: Mapping[str, CellValue], number: int, span: _Span) -> None:
        """Mark the cells of a row as used; an id that fatf-kit printed and hidden columns are its own."""
        columns = span.columns
        cells = {(number, columns[key]) for key in values}
        if self._sheet.scan.links:  # an address may lie behind an empty cell
            cells = {cell for cell in cells if self._sheet.is_filled(*cell)}
        if span.printed != span.checked:
            hidden = {cell for cell in cells if cell[1] in span.printed and cell[1] not in span.checked}
            self._fates.printed |= hidden
        self._fates.used |= cells
        if id_ != "":
            place = number, columns[self._table.id]
            if self._table.is_numbered and not clean(str(id_)).rstrip(".").isdecimal():
                self._report(*place, "cell-locked")
                return
            (self._fates.printed if self._printed.has_name(id_) else self._fates.used).add(place)

    def _name(self, values: dict[str, CellValue], number: int, span: _Span) -> tuple[str, bool]:
        """Return the id of a row, or what its other words name, and whether anything names it, where that is known.

        Where other words go before an id, that is a Problem; so is an id typed over the printed one, which is then
        taken out of `values`.
        """
        typed = clean(str(values.get(self._table.id, "")))
        named = self._name_row(values) if self._name_row else None
        if named in (None, typed) and (name := self._find_changed_id(typed, number, span)):
            values[self._table.id] = ""
            return name, True
        if self._name_row is None:
            return typed, True
        name = named
        if name is None:
            return typed, not typed
        if typed and typed != name and self._is_typed(number, span.columns[self._table.id]):
            self._report(number, span.columns[self._table.id], "cell-locked")
        return name, True

    def _find_changed_id(self, typed: str, number: int, span: _Span) -> str | None:
        """Report an id that people typed over the printed one; return the id under which the row is read, else None."""
        at = span.columns.get(self._table.id)
        if not self._ids.is_known or at is None or (number, at) in self._sheet.cell_errors:
            return None
        cells = {column: text for column, text in enumerate(self._sheet.grid[number]) if text != "" and column != at}
        if not cells:
            return None
        printed = {column: text for column, text in cells.items() if column in span.printed}
        others = {column: text for column, text in cells.items() if column not in span.printed}
        expected = self._ids.find_expected(typed, printed, others)
        if expected is None:
            if typed and self._ids.is_wrong(typed, printed):
                self._report(number, at, "cell-locked")
            return None
        name = self._ids.choose(typed, expected)
        where = self._sheet.ref(number, at)
        self.problems.append(make_problem("id-changed", where, self._named(name), expected=expected, used=name))
        return name

    def _add_addresses(self, values: dict[str, CellValue], number: int, span: _Span) -> None:
        """Complete columns of links by the address that lies behind a cell, where its text is none."""
        for key, column in span.columns.items():
            if key not in self._table.by_key or self._table.by_key[key].kind is not CellKind.LINK:
                continue
            text = str(values.get(key, "")).strip()
            if not is_address(text) and (found := find_address(self._sheet, number, column)):
                self._linked.append(span.at.cell(key, number + 1))
                values[key] = f"{text} ({found})" if text else found

    def _report_unprinted(self, number: int, column: int, span: _Span, name: str) -> bool:
        """Report a cell that no column takes and that was not printed into its row; return whether it was reported."""
        ours = column in span.printed
        if ours and not self._printed.is_known:
            return False
        if self._printed.has(self._sheet, number, column, name):
            if ours or not self._is_choice(number, column, name):
                return False
            self._fates.printed.discard((number, column))
        if column in self._refused:
            self._refused[column][2].append(number)
        else:
            self._report(number, column, "cell-locked" if ours else "cell-unplaced")
        return True

    def _is_choice(self, number: int, column: int, name: str) -> bool:
        """Return whether a cell holds a rating or a word of a list, which are printed in their own columns only."""
        value = self._sheet.value(number, column)
        if not isinstance(value, str):
            return False
        choices = (one.choices for one in self._table.columns_of(name).values())
        is_rating = any(find_code(scale, value) for scale in ("compliance", "effectiveness", *list_named_scales()))
        return is_rating or any(one.code_of(value) for one in choices if one is not None)

    def _refuse(self, number: int, column: int) -> bool:
        """Note a column that must not be there by its heading; return whether it is one."""
        value = self._sheet.value(number, column)
        code = self._table.refuse(str(value)) if self._table.refuse and value is not None else None
        if code:
            self._refused.setdefault(column, (code, clean(str(value)), []))[2].append(number)
        return code is not None

    def _is_heading(self, number: int, column: int, span: _Span) -> bool:
        """Return whether a cell of the head holds the name of its column and nothing else, so that nothing is lost."""
        value = self._sheet.value(number, column)
        if value is None:
            return False
        key = self._table.dynamic(str(value)) if self._table.dynamic else None
        if key is not None:
            return self._columns.get(key) == column
        text = normalise(str(value))
        return any(
            span.columns.get(one.key) == column and text in map(normalise, (one.key, *list_translations(one.heading)))
            for one in self._table.columns
        )

    def _is_over(self, number: int) -> bool:
        """Return whether a row above the head is no row of the table: a title or a note, or what may be one.

        What people typed into it is reported.
        """
        known = self._printed.is_known
        filled = self._sheet.filled_in(number)
        if known and not self._printed.is_over(self._sheet, number):
            return all(self._is_printed(number, column) for column in filled)
        for column in filled:
            if not known or not self._is_printed(number, column):
                self._report(number, column, "cell-unplaced" if known else "row-above")
        return True

    def _is_printed(self, number: int, column: int) -> bool:
        return self._printed.has(self._sheet, number, column)

    def _is_typed(self, number: int, column: int) -> bool:
        """Return whether people surely typed into a cell."""
        return self._printed.is_known and not self._is_printed(number, column)

    def _id(self, number: int, span: _Span) -> str | None:
        at = span.columns.get(self._table.id)
        value = self._sheet.value(number, at) if at is not None else None
        return self._named(clean(str(value))) if value is not None else None

    def _named(self, name: str) -> str | None:
        """Return the id of a row as its problems name it."""
        return name if self._table.in_problems and 0 < len(name) <= _LONGEST_ID else None

    def _report(self, number: int, column: int, code: str) -> None:
        self._unread.setdefault((column, code), []).append(number)
