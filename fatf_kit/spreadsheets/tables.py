"""The rows of a table are read with their addresses, and each cell of the sheet is classified."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fatf_kit.core.languages import clean, find_code, list_named_scales, normalise
from fatf_kit.core.problems import make_problem, quote_found
from fatf_kit.spreadsheets.annotations import find_address, is_address
from fatf_kit.spreadsheets.column_places import ColumnPlaces, follow_head, place_columns
from fatf_kit.spreadsheets.finding import FoundTable
from fatf_kit.spreadsheets.fingerprints import PrintedCells
from fatf_kit.spreadsheets.formats.limits import MAX_TEXT, count_units
from fatf_kit.spreadsheets.ledger import Cell, CellClass, CellLedger
from fatf_kit.spreadsheets.row_ids import RowIds
from fatf_kit.spreadsheets.rows import FilledRow, RowRef
from fatf_kit.spreadsheets.schema import CellKind
from fatf_kit.spreadsheets.sheet import CellValue, SheetContent, format_address, make_error_problem
from fatf_kit.spreadsheets.words import list_translations

_LONGEST_ID = 30  # characters; a longer one is a narrative in the wrong column


def read_table(sheet: SheetContent, found: FoundTable, printed: PrintedCells, ledger: CellLedger) -> list[FilledRow]:
    """Return every filled row of a table, and put each cell of the sheet into its class in the ledger.

    Rows may stand above the head, where people sorted them together with it; below a second head the columns are its
    own.
    """
    reader = _TableReader(sheet, found, printed, ledger)
    first = min(found.heads)
    places = follow_head(place_columns(sheet, found.table, found.columns), sheet, found.table, found.heads[first])
    for number in range(len(sheet.grid)):
        if head := found.heads.get(number):
            places = follow_head(places, sheet, found.table, head)
            reader.read_head(number, places, set(head.values()))
        else:
            reader.read_row(number, places, is_above=number < first and not reader.is_of_table(number, places))
    reader.report_refused_columns()
    reader.report_merges(first)
    return reader.rows


class _TableReader:
    """Reads the rows of one sheet and classifies its cells."""

    def __init__(self, sheet: SheetContent, found: FoundTable, printed: PrintedCells, ledger: CellLedger) -> None:
        self.rows: list[FilledRow] = []
        self._sheet, self._table, self._columns = sheet, found.table, found.columns
        self._printed, self._ledger, self._linked = printed, ledger.of(sheet), ledger.linked
        self._ids = RowIds(sheet, found.table, found.columns.get(found.table.id), printed)
        self._name_row = found.table.row_namer(sheet) if found.table.row_namer else None
        self._refused: dict[int, tuple[str, str, list[int]]] = {}  # code, heading and filled rows, by column
        self._typed: dict[int, frozenset[int]] = {}  # columns that people fill in, by row
        texts = (value for value in sheet.distinct if isinstance(value, str) and len(value) >= MAX_TEXT // 2)
        self._cut = {text: length for text in texts if (length := count_units(text)) >= MAX_TEXT}

    def read_head(self, number: int, places: ColumnPlaces, named: set[int]) -> None:
        """Classify the cells of a row of headings or keys: people may have typed into it."""
        for column in self._sheet.filled_in(number):
            is_ours = column in named or column in places.by_key.values()
            if (
                str(self._sheet.value(number, column)).strip() in self._table.by_key
                or self._is_printed(number, column)
                or (column in named and not self._printed.is_known)
                or self._is_heading(number, column, places)
            ):
                self._put(CellClass.PRINTED, number, column)
            elif is_ours or not self._refuse(number, column):
                self._put(CellClass.TYPED_OVER if is_ours else CellClass.UNPLACED, number, column)

    def is_of_table(self, number: int, places: ColumnPlaces) -> bool:
        """Return whether a row has an id and other words that fatf-kit printed into the table; a title has one text."""
        if places.id is None or not self._holds_printed(number, places.id):
            return False
        return any(self._holds_printed(number, column) for column in places.printed)

    def read_row(self, number: int, places: ColumnPlaces, *, is_above: bool) -> None:
        """Read the values of a row that is no head, and classify its cells."""
        filled = self._sheet.filled_in(number)
        if not filled or (is_above and self._is_over(number, filled)):
            return
        self._typed[number] = places.typed
        values, others = self._read_values(number, filled, places)
        name, is_known = self._name(values, number, places)
        checked = [column for column in others if is_known or column not in places.printed]
        changed = [column for column in checked if not self._holds_its_own(number, column, places, name)]
        typed_over = tuple(places.read[column] for column in changed if column in places.read)
        rest = set(others).difference(checked)
        if values and self._take(name, values, number, places, typed_over):
            # a row that nothing names is a Problem as a whole, of those who use the rows
            self._ledger.put(CellClass.USED, *((number, column) for column in rest))
        else:
            for column in rest:
                self._holds_its_own(number, column, places, name)

    def report_refused_columns(self) -> None:
        """Report the columns that must not be there, each as a whole."""
        for column, (code, heading, rows) in sorted(self._refused.items()):
            where = self._sheet.ref(min(rows), column, max(rows))
            cells = ((row, column) for row in rows)
            self._ledger.report(CellClass.REFUSED, make_problem(code, where, **quote_found(heading)), *cells)

    def report_merges(self, head: int) -> None:
        """Report cells to be filled in that are shown as one: only the first holds what was typed."""
        for top, left, bottom, right in self._sheet.scan.merges:
            if top > head and self._sheet.is_filled(top, left):
                rows = range(top, min(bottom + 1, len(self._sheet.grid)))
                if any(left <= column <= right for row in rows for column in self._typed.get(row, ())):
                    where, used = self._sheet.ref(top, left, bottom, right), format_address(top, left)
                    self._ledger.problems.append(make_problem("cell-merged", where, used=used))

    def _read_values(
        self, number: int, filled: Sequence[int], places: ColumnPlaces
    ) -> tuple[dict[str, CellValue], list[int]]:
        """Return the values of a row by key, and the columns whose cells are held against what was printed there."""
        values: dict[str, CellValue] = {}
        others: list[int] = []
        cells, flaws = self._sheet.grid[number], self._sheet.cell_errors
        for column in filled:
            key = places.read.get(column)
            if key is None and column in places.unread:
                self._put(CellClass.UNREAD, number, column)
            elif key is None:
                others.append(column)
            elif flaws and (number, column) in flaws:
                where = places.at.cell(key, number + 1)
                problem = make_error_problem(flaws[number, column], where, self._id(number, places))
                self._ledger.report(CellClass.BROKEN, problem, (number, column))
            else:
                values[key] = cells[column]
                if column in places.printed:
                    others.append(column)
        if self._sheet.scan.links:
            self._add_addresses(values, number, places)
        return values, others

    def _take(
        self,
        name: str,
        values: dict[str, CellValue],
        number: int,
        places: ColumnPlaces,
        typed_over: tuple[str, ...],
    ) -> bool:
        """Add a row, unless it has no id or nothing that people typed; return whether it was added or is unread."""
        table = self._table
        cells = [(number, places.by_key[key]) for key in values]
        id_ = values.pop(table.id, "")
        is_typed = not places.typed_keys.isdisjoint(values)
        if table.has_titles and not is_typed and id_ != "":
            self._put(CellClass.UNREAD, number, places.by_key[table.id])
            return True
        if (name or table.nameless) and not is_typed and (not table.unfilled or self._is_new(name, number, places)):
            self._classify_left_id(id_, number, places)
            return False
        letters = [letter for key, letter in places.at.columns.items() if key in values or (key == table.id and name)]
        if not letters:
            return False
        ref = RowRef(places.at, number + 1, letters[0], letters[-1])
        if not name and not table.nameless:
            if is_typed or (table.unfilled and table.row_namer is None):
                self._ledger.report(CellClass.NAMELESS, make_problem("id-missing", ref.place), *cells)
            return False
        row = tuple([values.get(key, "") for key in places.keys])
        self.rows.append(FilledRow(name, places.keys, row, ref, typed_over))
        self._classify_used(cells, id_, places)
        self._report_cut_texts({table.id: id_, **values}, ref, name)
        return True

    def _report_cut_texts(self, values: Mapping[str, CellValue], ref: RowRef, name: str) -> None:
        """Report texts that are as long as a cell may be, so that a program may have cut them."""
        for key, value in values.items() if self._cut else ():
            if isinstance(value, str) and value in self._cut:
                facts = {"length": self._cut[value], "limit": MAX_TEXT}
                self._ledger.problems.append(make_problem("text-cut", ref.at(key), self._named(name), **facts))

    def _classify_left_id(self, id_: CellValue, number: int, places: ColumnPlaces) -> None:
        """Classify the id of a row that is left out, because nothing else in it is read."""
        if places.id is not None and id_ != "" and self._printed.is_known:
            is_ours = self._is_printed(number, places.id)
            self._put(CellClass.PRINTED if is_ours else CellClass.UNPLACED, number, places.id)

    def _is_new(self, name: str, number: int, places: ColumnPlaces) -> bool:
        """Return whether people surely typed an id under a table of ours that has a row for each id, and no more."""
        is_alone = len(self._sheet.filled_in(number)) == 1
        if self._table.nameless or not is_alone or self._ids.is_possible(name) or places.id is None:
            return False
        return self._is_typed(number, places.id)

    def _classify_used(self, cells: Sequence[Cell], id_: CellValue, places: ColumnPlaces) -> None:
        """Classify the cells of a row that was added; an id that fatf-kit printed is its own."""
        if self._sheet.scan.links:  # an address may lie behind an empty cell
            cells = [cell for cell in cells if self._sheet.is_filled(*cell)]
        ids = [cell for cell in cells if cell[1] == places.id]
        self._ledger.put(CellClass.USED, *(cell for cell in cells if cell[1] != places.id))
        if self._table.is_numbered and id_ != "" and not clean(str(id_)).rstrip(".").isdecimal():
            self._ledger.put(CellClass.TYPED_OVER, *ids)
        elif id_ != "":
            self._ledger.put(CellClass.PRINTED if self._printed.has_name(id_) else CellClass.USED, *ids)

    def _name(self, values: dict[str, CellValue], number: int, places: ColumnPlaces) -> tuple[str, bool]:
        """Return the id of a row, or what its other words name, and whether anything names it, where that is known.

        Where other words go before an id, that is a Problem; so is an id typed over the printed one, which is then
        taken out of `values`.
        """
        typed = clean(str(values.get(self._table.id, "")))
        named = self._name_row(values) if self._name_row else None
        if named in (None, typed) and (name := self._find_changed_id(typed, number, places)):
            values[self._table.id] = ""
            return name, True
        if self._name_row is None:
            return typed, True
        if named is None:
            return typed, not typed
        if typed and typed != named and self._is_typed(number, places.by_key[self._table.id]):
            self._put(CellClass.TYPED_OVER, number, places.by_key[self._table.id])
        return named, True

    def _find_changed_id(self, typed: str, number: int, places: ColumnPlaces) -> str | None:
        """Report an id that people typed over the printed one; return the id under which the row is read, else None."""
        at = places.id
        if not self._ids.is_known or at is None or (number, at) in self._sheet.cell_errors:
            return None
        cells = {column: text for column, text in enumerate(self._sheet.grid[number]) if text != "" and column != at}
        printed = {column: text for column, text in cells.items() if column in places.printed}
        if not cells or self._ids.is_right(typed, printed):
            return None
        others = {column: text for column, text in cells.items() if column not in places.printed}
        expected = self._ids.find_expected(typed, printed, others)
        if expected is None:
            if typed and self._ids.is_wrong(typed, printed):
                self._put(CellClass.TYPED_OVER, number, at)
            return None
        name = self._ids.choose(typed, expected)
        where = self._sheet.ref(number, at)
        problem = make_problem("id-changed", where, self._named(name), expected=expected, used=name)
        self._ledger.report(CellClass.OTHER_ID, problem, (number, at))
        return name

    def _add_addresses(self, values: dict[str, CellValue], number: int, places: ColumnPlaces) -> None:
        """Complete columns of links by the address that lies behind a cell, where its text is none."""
        for key, column in places.by_key.items():
            if key not in self._table.by_key or self._table.by_key[key].kind is not CellKind.LINK:
                continue
            text = str(values.get(key, "")).strip()
            if not is_address(text) and (found := find_address(self._sheet, number, column)):
                self._linked.append(places.at.cell(key, number + 1))
                values[key] = f"{text} ({found})" if text else found

    def _holds_its_own(self, number: int, column: int, places: ColumnPlaces, name: str) -> bool:
        """Classify a cell that no column for people takes; return whether it holds what was printed there.

        In a printed column of a workbook without the record of its printed texts, that is taken for granted.
        """
        is_ours = column in places.printed
        if is_ours and not self._printed.is_known:
            return True
        if self._printed.has(self._sheet, number, column, name) and (
            is_ours or not self._is_choice(number, column, name)
        ):
            self._put(CellClass.PRINTED, number, column)
            return True
        if column in self._refused:
            self._refused[column][2].append(number)
        else:
            self._put(CellClass.TYPED_OVER if is_ours else CellClass.UNPLACED, number, column)
        return False

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

    def _is_heading(self, number: int, column: int, places: ColumnPlaces) -> bool:
        """Return whether a cell of the head holds the name of its column and nothing else, so that nothing is lost."""
        value = self._sheet.value(number, column)
        if value is None:
            return False
        key = self._table.dynamic(str(value)) if self._table.dynamic else None
        if key is not None:
            return self._columns.get(key) == column
        text = normalise(str(value))
        return any(
            places.by_key.get(one.key) == column and text in map(normalise, (one.key, *list_translations(one.heading)))
            for one in self._table.columns
        )

    def _is_over(self, number: int, filled: Sequence[int]) -> bool:
        """Return whether a row above the head is no row of the table: a title or a note, or what may be one.

        Its cells are then classified.
        """
        known = self._printed.is_known
        typed = [column for column in filled if not known or not self._is_printed(number, column)]
        if typed and known and not self._printed.is_over(self._sheet, number):
            return False
        self._ledger.put(CellClass.PRINTED, *((number, column) for column in filled if column not in typed))
        cell_class = CellClass.UNPLACED if known else CellClass.ABOVE
        self._ledger.put(cell_class, *((number, column) for column in typed))
        return True

    def _put(self, cell_class: CellClass, number: int, column: int) -> None:
        self._ledger.cells[cell_class].add((number, column))

    def _is_printed(self, number: int, column: int) -> bool:
        return self._printed.has(self._sheet, number, column)

    def _holds_printed(self, number: int, column: int) -> bool:
        return self._sheet.value(number, column) is not None and self._is_printed(number, column)

    def _is_typed(self, number: int, column: int) -> bool:
        """Return whether people surely typed into a cell."""
        return self._printed.is_known and not self._is_printed(number, column)

    def _id(self, number: int, places: ColumnPlaces) -> str | None:
        value = self._sheet.value(number, places.id) if places.id is not None else None
        return self._named(clean(str(value))) if value is not None else None

    def _named(self, name: str) -> str | None:
        """Return the id of a row as its problems name it."""
        return name if self._table.in_problems and 0 < len(name) <= _LONGEST_ID else None
