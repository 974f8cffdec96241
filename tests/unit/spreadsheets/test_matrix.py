"""Each change that people and programs make to a workbook is tested on every kind of workbook."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import cycle, islice
from pathlib import Path

import pytest
from openpyxl.comments import Comment

from fatf_kit.spreadsheets.formats.limits import MAX_TEXT
from fatf_kit.spreadsheets.marks import PRINTED_MARK
from fatf_kit.spreadsheets.schema import CellKind
from tests.samples import take_sample
from tests.unit.spreadsheets.kinds import (
    KINDS,
    ROWS,
    FilledWorkbook,
    filled,
    places,
    read,
    read_unchanged,
    values_read,
)
from tools.written_inputs.places import Place

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
OF_EVERY_KIND = pytest.mark.parametrize("kind", KINDS)
OF_A_KIND = pytest.mark.parametrize("kind", take_sample(KINDS, ["answers", "statistics", "decisions", "laws"]))
"""Most changes are tested on four kinds in a usual run: one reader serves all, and it reads each as declared."""


@pytest.mark.full(keep_every=3)
@OF_EVERY_KIND
def test_every_filled_column_is_read(kind: str, tmp_path: Path) -> None:
    """Every column of every table is read without a problem at a cell."""
    one = filled(kind)
    book, problems = read(one, tmp_path)
    found = values_read(one, book)
    assert {place.table.name for place in one.places} == {table.name for table in one.schema.tables}
    for place in one.places:
        for row in range(len(place.rows)):
            name = str(place.sheet.cell(place.rows[row], place.columns[place.table.id]).value)
            keys = {key for table, known, key in found if (table, known) == (place.table.name, name)}
            assert {column.key for column in place.typed_columns} == keys
    assert {code for code, _ in places(problems)} <= {"date-ambiguous"}


def _delete_keys(one: FilledWorkbook) -> None:
    for place in one.places:
        place.sheet.delete_rows(place.keys)


def _delete_headings(one: FilledWorkbook) -> None:
    for place in one.places:
        place.sheet.delete_rows(place.keys - 1)


def _insert_columns(one: FilledWorkbook) -> None:
    for place in one.places:
        place.sheet.insert_cols(2)


def _reverse_columns(one: FilledWorkbook) -> None:
    for place in one.places:
        sheet, width = place.sheet, max(place.columns.values())
        for row in range(place.keys - 1, sheet.max_row + 1):
            cells = [sheet.cell(row, column) for column in range(1, width + 1)]
            were = [(cell.value, cell.number_format) for cell in cells]
            for cell, (value, shown_as) in zip(cells, reversed(were), strict=True):
                cell.value, cell.number_format = value, shown_as


def _sort_with_the_head(one: FilledWorkbook) -> None:
    """Sort the rows together with the headings, so that the headings are among the rows."""
    for place in one.places:
        sheet = place.sheet
        span = range(place.keys - 1, max(place.rows) + 1)
        rows = [[sheet.cell(row, column).value for column in range(1, sheet.max_column + 1)] for row in span]
        for row, values in zip(span, [*rows[2:4], *rows[:2], *reversed(rows[4:])], strict=True):
            for column, value in enumerate(values, start=1):
                sheet.cell(row, column).value = value


def _rename_sheets(one: FilledWorkbook) -> None:
    for number, sheet in enumerate(list(one.book)):
        sheet.title = f"Feuille {number}"


HARMLESS = [_delete_keys, _delete_headings, _insert_columns, _reverse_columns, _sort_with_the_head, _rename_sheets]


@pytest.mark.full(keep_every=3)
@OF_A_KIND
@pytest.mark.parametrize("change", HARMLESS, ids=lambda change: change.__name__.strip("_"))
def test_a_harmless_change_loses_nothing(kind: str, change: Callable[[FilledWorkbook], None], tmp_path: Path) -> None:
    """Tables are found by keys or headings and rows by ids, wherever they are."""
    expected = read_unchanged(kind)
    one = filled(kind)
    change(one)
    book, problems = read(one, tmp_path)
    assert values_read(one, book) == expected
    assert {code for code, _ in places(problems)} <= {"date-ambiguous"}


@pytest.mark.full(keep_every=3)
@OF_EVERY_KIND
def test_a_renamed_heading_is_reported(kind: str, tmp_path: Path) -> None:
    """A renamed heading is reported, and the column is read by its key."""
    one = filled(kind)
    column = one.place.typed_columns[0]
    heading = one.place.sheet.cell(one.place.keys - 1, one.place.columns[column.key])
    heading.value = "Our own heading"
    expected = read_unchanged(kind)
    book, problems = read(one, tmp_path)
    assert values_read(one, book) == expected
    assert ("cell-locked", heading.coordinate) in places(problems)


@OF_A_KIND
def test_merged_cells_are_reported(kind: str, tmp_path: Path) -> None:
    """Merged cells are reported, because only the first one keeps its text."""
    one = filled(kind)
    column = one.place.typed_columns[0]
    first, last = one.place.cell(0, column.key), one.place.cell(1, column.key)
    one.place.sheet.merge_cells(f"{first}:{last}")
    assert ("cell-merged", f"{first}:{last}") in places(read(one, tmp_path)[1])


@OF_A_KIND
def test_a_cut_text_is_reported(kind: str, tmp_path: Path) -> None:
    """A text at the length limit of a cell is reported as possibly cut."""
    one = filled(kind)
    column = next(column for column in one.place.typed_columns if column.kind is CellKind.TEXT)
    one.place.sheet[one.place.cell(0, column.key)] = "x" * MAX_TEXT
    assert ("text-cut", one.place.cell(0, column.key)) in places(read(one, tmp_path)[1])


@OF_A_KIND
def test_a_newer_layout_is_refused(kind: str, tmp_path: Path) -> None:
    """A workbook of a newer layout is refused, because its columns may have another meaning."""
    one = filled(kind)
    for row in one.book["_stamp"].iter_rows():
        if row[0].value == "layout":
            row[1].value = "99"
    book, problems = read(one, tmp_path)
    assert book is None
    assert [*places(problems)] == [("layout-newer", None)]


@OF_A_KIND
@pytest.mark.parametrize("typed", [("31/03/2026", "31 mars 2026", "31 آذار 2026"), ("2026-03-31", date(2026, 3, 31))])
def test_dates_are_read_as_people_type_them(kind: str, typed: Sequence[str | date], tmp_path: Path) -> None:
    """Dates are read in three languages, each form in a row of its own."""
    one = filled(kind)
    for place in one.places:
        for column in place.typed_columns_of(CellKind.DATE):
            for row, form in zip(range(ROWS), cycle(typed), strict=False):
                place.sheet[place.cell(row, column.key)] = form
    book, problems = read(one, tmp_path)
    assert book is not None
    for place in one.places:
        for form, record in zip(cycle(typed), islice(book.records(place.table.name), ROWS), strict=False):
            found = {record.date(column.key) for column in place.typed_columns_of(CellKind.DATE)}
            assert {date(2026, 3, 31)} >= found, form
    assert {code for code, _ in places(problems)} == set()


@OF_A_KIND
@pytest.mark.parametrize("typed", [("1,500", "1 500", "١٬٥٠٠"), (1500.0,)])
def test_numbers_are_read_as_people_type_them(kind: str, typed: Sequence[str | float], tmp_path: Path) -> None:
    """A comma before three digits is never read as a fraction; each form is in a row of its own."""
    one = filled(kind)
    for place in one.places:
        for column in place.typed_columns_of(CellKind.NUMBER, CellKind.COUNT):
            for row, form in zip(range(ROWS), cycle(typed), strict=False):
                place.sheet[place.cell(row, column.key)] = form
    book, problems = read(one, tmp_path)
    assert book is not None
    for place in one.places:
        for row, record in enumerate(islice(book.records(place.table.name), ROWS)):
            for column in place.typed_columns_of(CellKind.NUMBER, CellKind.COUNT):
                unclear = ("number-unknown", place.cell(row, column.key)) in places(problems)
                assert record.number(column.key) == 1500 or unclear, typed[row % len(typed)]


@OF_A_KIND
def test_unreadable_values_are_reported(kind: str, tmp_path: Path) -> None:
    """A value that does not fit its column is reported with its cell."""
    codes = {
        CellKind.DATE: "date-unknown",
        CellKind.NUMBER: "number-unknown",
        CellKind.COUNT: "count-unknown",
        CellKind.CHOICE: "choice-unknown",
        CellKind.CHOICES: "choice-unknown",
    }
    one = filled(kind)
    expected = set()
    for place in one.places:
        for column in place.typed_columns_of(*codes):
            place.sheet[place.cell(0, column.key)] = "soon"
            is_choice = column.choices is not None and column.kind in (CellKind.CHOICE, CellKind.CHOICES)
            code = column.choices.unknown if column.choices and is_choice else codes[column.kind]
            expected.add((code, place.cell(0, column.key)))
    assert expected <= places(read(one, tmp_path)[1])


@OF_A_KIND
def test_an_error_and_a_comment_are_problems(kind: str, tmp_path: Path) -> None:
    """An error and a comment in a cell are reported, because they are not read."""
    one = filled(kind)
    place = next(place for place in one.places if len(place.typed_columns) > 1)
    first, second = place.typed_columns[:2]
    place.sheet[place.cell(0, first.key)] = "#REF!"
    place.sheet[place.cell(0, first.key)].data_type = "e"
    place.sheet[place.cell(1, second.key)].comment = Comment("see the minutes", "A. Person")
    found = places(read(one, tmp_path)[1])
    assert {("cell-error", place.cell(0, first.key)), ("cell-comment", place.cell(1, second.key))} <= found


@OF_A_KIND
def test_an_address_behind_a_cell_is_used_or_reported(kind: str, tmp_path: Path) -> None:
    """A link behind a cell is used in a column of links and reported elsewhere."""
    one = filled(kind)
    for place in one.places:
        for column in place.typed_columns_of(CellKind.TEXT, CellKind.LINK):
            cell = place.sheet[place.cell(0, column.key)]
            cell.value = "see here"
            cell.hyperlink = "https://example.org/act"
    book, problems = read(one, tmp_path)
    assert book is not None
    for place in one.places:
        row = book.rows[place.table.name][0]
        for column in place.typed_columns_of(CellKind.TEXT, CellKind.LINK):
            used = "example.org/act" in str(row.values[column.key])
            assert used is (column.kind is CellKind.LINK)
            assert used is (("cell-link", place.cell(0, column.key)) not in places(problems))


@OF_A_KIND
def test_words_typed_over_printed_ones_are_reported(kind: str, tmp_path: Path) -> None:
    """Text over printed text is reported in tables and on sheets without tables."""
    one = filled(kind)
    expected: set[tuple[str, str | None]] = set()
    for place in one.places:
        columns = (column for column in place.table.columns if column.key in place.columns)
        shown = [column for column in columns if column.kind is CellKind.PRINTED and not column.hidden]
        for column in shown[:1]:
            place.sheet[place.cell(0, column.key)] = "My own words, typed over"
            expected.add(("cell-locked", place.cell(0, column.key)))
    tables = {place.sheet.title for place in one.places}
    for sheet in one.book.worksheets:
        if sheet.title not in tables and sheet.sheet_state == "visible" and not _has_keys(sheet, one):
            sheet["P60"] = "A remark"
            expected.add(("cell-unplaced", "P60"))
    assert expected <= places(read(one, tmp_path)[1])


def _has_keys(sheet: object, one: FilledWorkbook) -> bool:
    keys = {key for table in one.schema.tables for key in table.by_key}
    rows = sheet.iter_rows(max_row=12, values_only=True)  # type: ignore[attr-defined]
    return any(sum(str(value) in keys for value in row) > 2 for row in rows)


@OF_A_KIND
def test_text_next_to_a_table_is_reported(kind: str, tmp_path: Path) -> None:
    """Text right of a table, below it and on an added sheet is reported."""
    one = filled(kind)
    place = one.place
    beyond = max(place.columns.values()) + 3
    cells = [place.sheet.cell(place.rows[0], beyond), place.sheet.cell(place.sheet.max_row + 5, beyond)]
    for cell in cells:
        cell.value = "a remark"
    one.book.create_sheet("Minutes")["B2"] = "decided in May"
    found = places(read(one, tmp_path)[1])
    assert {("cell-unplaced", cell.coordinate) for cell in cells} <= found
    assert ("sheet-unknown", None) in found


@OF_A_KIND
def test_a_second_table_below_the_first_is_read_by_its_own_head(kind: str, tmp_path: Path) -> None:
    """Each row of a second table without a column of ids is reported."""
    one = filled(kind)
    for place in one.places:
        _paste_below(place, with_ids=False)
    book, problems = read(one, tmp_path)
    assert book is not None
    missing = [cell for code, cell in places(problems) if code == "id-missing"]
    named = [place for place in one.places if not place.table.nameless]
    assert len(named) * 2 <= len(missing) + 2 * (len(one.places) - len(named))


def _paste_below(place: Place, *, with_ids: bool) -> None:
    sheet, start = place.sheet, place.sheet.max_row + 4
    keys = [key for key in place.columns if with_ids or key != place.table.id]
    for column, key in enumerate(keys, start=1):
        sheet.cell(start, column).value = key
        for row in (1, 2):
            value = sheet.cell(place.rows[0], place.columns[key]).value
            sheet.cell(start + row, column).value = f"{value} again" if isinstance(value, str) else value


@OF_A_KIND
def test_workbook_without_record_of_printed_texts_is_read(kind: str, tmp_path: Path) -> None:
    """A workbook without its record of printed texts is read, and a note is given."""
    expected = read_unchanged(kind)
    one = filled(kind)
    for sheet in list(one.book):
        if sheet["A1"].value == PRINTED_MARK:
            del one.book[sheet.title]
    book, problems = read(one, tmp_path)
    assert values_read(one, book) == expected
    assert ("prints-missing", None) in places(problems)
