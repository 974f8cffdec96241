"""A table that people put beside another on one sheet is read with it, of every kind and wherever it begins."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from fatf_kit.spreadsheets.finding import divide_sheet
from fatf_kit.spreadsheets.reader import FilledBook, read_book
from fatf_kit.spreadsheets.sheet import SheetContent
from tests.unit.spreadsheets.kinds import KINDS as DECLARED
from tools.written_inputs.kinds import KINDS
from tools.written_inputs.places import find_places
from tools.written_inputs.sets import list_sets

DATA = list_sets()[-1]
OF_SEVERAL_TABLES = (
    "answers", "decisions", "assessment", "statistics", "plan-items", "follow-up", "laws", "training", "last-report",
    "npo-measures", "npo-mapping",
)  # fmt: skip

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")


def put_next_to(first: Worksheet, second: Worksheet, gap: int) -> None:
    """Copy a sheet to the right of another, a row lower."""
    width = first.max_column + gap
    for cell in [cell for row in second.iter_rows() for cell in row if cell.value is not None]:
        target = first.cell(cell.row + 1, width + cell.column)
        target.value, target.number_format, target.data_type = cell.value, cell.number_format, cell.data_type


def list_values(book: FilledBook) -> list[str]:
    """List what the rows of all tables hold, in any order."""
    return sorted(repr((table, row.id, dict(row.values))) for table, rows in book.rows.items() for row in rows)


@pytest.mark.full(keep_every=3)
@pytest.mark.parametrize("gap", [0, 1, 3])
@pytest.mark.parametrize("kind", OF_SEVERAL_TABLES)
def test_a_table_next_to_another_is_read(kind: str, gap: int, tmp_path: Path) -> None:
    """Both tables give the rows that they give on sheets of their own, and nothing is reported."""
    source, schema = DATA / f"{kind}-en.xlsx", KINDS[kind].schema
    before, _ = read_book(source, schema)
    workbook = openpyxl.load_workbook(source)
    places = find_places(workbook, schema.tables, 6)
    first, second = places[0].sheet, places[-1].sheet
    put_next_to(first, second, gap)
    del workbook[second.title]
    workbook.save(tmp_path / source.name)
    after, problems = read_book(tmp_path / source.name, schema)
    assert before is not None
    assert after is not None
    assert list_values(after) == list_values(before)
    assert {one.code for one in problems} <= {one.code for one in before.problems}


def test_the_same_table_twice_side_by_side_is_read_twice(tmp_path: Path) -> None:
    """Two sheets of answers on one: each rating counts for the row that it stands in."""
    source, schema = DATA / "answers-en.xlsx", KINDS["answers"].schema
    workbook = openpyxl.load_workbook(source)
    sheets = [sheet for sheet in workbook.worksheets if sheet.cell(2, 2).value == "requirement"]
    requirements = [sheet for sheet in sheets if sheet.cell(2, 3).value == "rating"]
    first, second = requirements[:2]
    expected, _ = read_book(source, schema)
    put_next_to(first, second, 0)
    del workbook[second.title]
    workbook.save(tmp_path / source.name)
    found, _ = read_book(tmp_path / source.name, schema)
    assert expected is not None
    assert found is not None
    assert list_values(found) == list_values(expected)


def test_a_blank_column_within_a_table_divides_nothing() -> None:
    """A sheet is divided only where the headings of a whole table come again."""
    schema = DECLARED["laws"][1]
    keys = [column.key for column in schema.tables[0].columns]
    sheet = SheetContent(file="a.xlsx", title="A", grid=[[*keys[:4], "", *keys[4:]], ["L-001", *["x"] * len(keys)]])
    assert divide_sheet(sheet, schema) == [sheet]


def test_without_a_blank_column_or_an_id_in_front_nothing_is_guessed() -> None:
    """The first columns of the second table may belong to either table then, so the sheet stays whole."""
    schema = DECLARED["laws"][1]
    keys = [column.key for column in schema.tables[0].columns]
    heads = [*keys, *keys[1:], keys[0]]
    sheet = SheetContent(file="a.xlsx", title="A", grid=[heads, ["x"] * len(heads)])
    assert divide_sheet(sheet, schema) == [sheet]
