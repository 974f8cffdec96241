"""Each cell that people filled is used, reported or left unread on purpose, and the reader counts them itself."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from fatf_kit.cli.main import cli
from fatf_kit.core.problems import CellRef
from fatf_kit.spreadsheets import tables
from fatf_kit.spreadsheets.ledger import CODES, CellClass, CellLedger, collect_counts
from fatf_kit.spreadsheets.marks import COVER_MARK
from fatf_kit.spreadsheets.reader import read_book
from fatf_kit.spreadsheets.sheet import SheetContent
from tests.samples import take_sample
from tests.unit.spreadsheets.kinds import KINDS, FilledWorkbook, filled

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")


def test_the_classes_of_all_cells_add_up() -> None:
    """A printed cell is nobody's; each other cell is in the first class that holds for it, or the ledger names it."""
    sheet = SheetContent(file="fiu.xlsx", title="R.1", grid=[["R.1/1.1", "met", "by us"], ["see", "", "note"]])
    ledger = CellLedger("fiu.xlsx")
    classes = ledger.of(sheet)
    classes.put(CellClass.PRINTED, (0, 0))
    classes.put(CellClass.USED, (0, 0), (0, 1))
    classes.put(CellClass.UNREAD, (0, 2))
    classes.put(CellClass.UNPLACED, (1, 0), (1, 1))
    breach = ledger.close([sheet], is_printed_known=True)
    counts = ledger.counts
    assert counts is not None
    assert (counts.filled, counts.used, counts.reported, counts.unread, counts.unaccounted) == (4, 1, 1, 1, 1)
    assert breach is not None
    assert dict(breach.facts)["cells"] == "R.1!C2"
    assert [ref.cell for ref in counts.unread_cells] == ["C1"]


def test_a_cell_that_was_parsed_and_is_on_no_sheet_is_a_breach() -> None:
    """The number of filled cells is counted before anything is read, so that the sum of the classes can fail."""
    sheet = SheetContent(file="fiu.xlsx", title="R.1", grid=[["met"]], parsed_count=2)
    ledger = CellLedger("fiu.xlsx")
    ledger.of(sheet).put(CellClass.USED, (0, 0))
    breach = ledger.close([sheet], is_printed_known=True)
    assert breach is not None
    assert ledger.counts is not None
    assert (ledger.counts.filled, ledger.counts.used, ledger.counts.unaccounted) == (2, 1, 1)


def test_problems_follow_from_the_classes() -> None:
    """Cells below each other are one run; a class that says where a cell is and no more needs nothing else."""
    sheet = SheetContent(file="fiu.xlsx", title="R.1", grid=[["a", "b"], ["c", ""], ["d", ""], ["", ""], ["e", ""]])
    classes = CellLedger("fiu.xlsx").of(sheet)
    classes.put(CellClass.UNPLACED, (0, 0), (1, 0), (4, 0))
    classes.put(CellClass.TYPED_OVER, (2, 0), (0, 1))
    problems = [(problem.code, problem.ref.cell) for problem in classes.list_problems(sheet) if problem.ref]
    assert problems == [
        ("cell-locked", "A3"), ("cell-unplaced", "A1:A2"), ("cell-unplaced", "A5"), ("cell-locked", "B1"),
    ]  # fmt: skip


def test_the_classes_of_the_documentation_are_those_of_the_reader() -> None:
    """docs/formats.md has a row for each class, in their order, with the problems that report it and a reason."""
    lines = (Path(__file__).resolve().parents[3] / "docs" / "formats.md").read_text(encoding="utf-8").splitlines()
    start = lines.index("| Class | Which cells | Problem | Why |") + 2
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[start : start + len(CellClass)]]
    assert [name for name, *_ in rows] == [cell_class.value for cell_class in CellClass]
    shown = {name: tuple(re.findall(r"`([a-z-]+)`", codes)) for name, _, codes, _ in rows}
    assert shown == {cell_class.value: CODES.get(cell_class, ()) for cell_class in CellClass}
    assert all(which and why for _, which, _, why in rows)
    assert not lines[start + len(CellClass)].startswith("|")


def test_words_on_a_hidden_sheet_of_ours_are_reported(tmp_path: Path) -> None:
    """Its rows are handed on as they were written; what people add is not among them."""
    one = filled("laws")
    sheet = one.book["_statuses"]
    cell = sheet.cell(sheet.max_row + 1, 2)
    cell.value = "see remark"
    one.book.save(tmp_path / "filled.xlsx")
    _, problems = read_book(tmp_path / "filled.xlsx", one.schema)
    assert ("cell-unplaced", cell.coordinate) in {(one.code, one.ref.cell) for one in problems if one.ref}


def test_titles_and_notes_in_a_pasted_table_are_unread(tmp_path: Path) -> None:
    """A pasted table has titles between its rows and notes under them; they are counted as not read on purpose."""
    one = filled("follow-up")
    place = next(place for place in one.places if place.table.name == "pasted")
    note = place.sheet.cell(place.sheet.max_row + 2, place.columns["pasted_unit"])
    note.value = "see our letter"
    one.book.save(tmp_path / "filled.xlsx")
    book, _ = read_book(tmp_path / "filled.xlsx", one.schema)
    assert book is not None
    assert book.ledger.counts is not None
    assert CellRef("filled.xlsx", place.sheet.title, note.coordinate) in book.ledger.counts.unread_cells


@pytest.mark.full
def test_each_class_arises_and_is_reported_by_its_problem(tmp_path: Path) -> None:
    """No class is there that no cell can have, and none is reported by problems that the enumeration does not name."""
    arisen: set[CellClass] = set()
    for kind, change in (
        ("answers", _change_answers), ("answers", _delete_prints), ("plan", _write_a_note), ("statistics", _add_names),
    ):  # fmt: skip
        one = filled(kind)
        change(one)
        one.book.save(tmp_path / "filled.xlsx")
        book, problems = read_book(tmp_path / "filled.xlsx", one.schema)
        assert book is not None
        codes = {problem.code for problem in problems}
        present = {name for classes in book.ledger.sheets.values() for name, cells in classes.cells.items() if cells}
        assert [name for name in present if name in CODES and codes.isdisjoint(CODES[name])] == []
        arisen |= present
    assert arisen == set(CellClass)


def _change_answers(one: FilledWorkbook) -> None:
    place = one.place
    sheet, columns, (first, second, third) = place.sheet, place.columns, place.rows
    sheet.cell(first, sheet.max_column + 3).value = "beside"
    sheet.cell(first, columns["id"]).value = "see remark"
    sheet.cell(second, columns["requirement"]).value = "see the annex"
    sheet.cell(third, columns["explanation"]).value = "#REF!"
    sheet.cell(sheet.max_row + 2, columns["explanation"]).value = "of no row"
    one.book.create_sheet("Notes")["B2"].value = "our own notes"
    cover = next(sheet for sheet in one.book.worksheets if sheet["A1"].value == COVER_MARK)
    last = cover.max_row + 2
    cover.cell(last, 2).value, cover.cell(last, 3).value = "Country", "Ruritania"


def _delete_prints(one: FilledWorkbook) -> None:
    del one.book["_printed"]
    one.place.sheet.insert_rows(1)
    one.place.sheet["A1"].value = "our draft"


def _write_a_note(one: FilledWorkbook) -> None:
    one.place.sheet.cell(one.place.rows[0], one.place.columns["note"]).value = "call them"


def _add_names(one: FilledWorkbook) -> None:
    place = next(place for place in one.places if place.table.name == "cases")
    column = place.sheet.max_column + 1
    place.sheet.cell(place.rows[0] - 2, column).value = "Suspect"
    place.sheet.cell(place.rows[0], column).value = "A. N. Other"


@pytest.mark.parametrize("kind", take_sample(KINDS, ["answers", "statistics", "npo-measures", "laws"]))
def test_every_kind_adds_up(kind: str, tmp_path: Path) -> None:
    """With every column filled, a word beside the table and one under it, no cell is without a fate."""
    one = filled(kind)
    sheet = one.place.sheet
    sheet.cell(one.place.rows[0], sheet.max_column + 3).value = "beside"
    sheet.cell(sheet.max_row + 3, 2).value = "below"
    one.book.save(tmp_path / "filled.xlsx")
    with collect_counts() as collected:
        book, problems = read_book(tmp_path / "filled.xlsx", one.schema)
    assert book is not None
    assert [dict(problem.facts) for problem in problems if problem.code == "cells-unaccounted"] == []
    counts = book.ledger.counts
    assert counts is not None
    assert counts.filled == counts.used + counts.reported + counts.unread
    assert counts.used > 3
    assert counts.reported
    assert collected == [counts]


def test_a_cell_that_the_reader_forgets_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The defect is a problem with the address of the cell, and the rest is read."""
    one = filled("answers")
    place = one.place
    place.sheet.cell(place.rows[0], place.sheet.max_column + 3).value = "beside"
    address = place.sheet.cell(place.rows[0], place.sheet.max_column).coordinate
    one.book.save(tmp_path / "filled.xlsx")
    monkeypatch.setattr(tables._TableReader, "_holds_its_own", lambda *_: True)
    book, problems = read_book(tmp_path / "filled.xlsx", one.schema)
    assert book is not None
    assert book.rows["requirements"]
    (breach,) = (problem for problem in problems if problem.code == "cells-unaccounted")
    assert f"{place.sheet.title}!{address}" in dict(breach.facts)["cells"]


def test_check_prints_what_became_of_the_cells(tmp_path: Path) -> None:
    """The counts of each workbook follow the problems, and stand in the document of --json."""
    one = filled("answers")
    place = one.place
    place.sheet.cell(place.rows[0], place.sheet.max_column + 3).value = "beside"
    path = tmp_path / "fiu.xlsx"
    one.book.save(path)
    book, _ = read_book(path, one.schema)
    assert book is not None
    counts = book.ledger.counts
    assert counts is not None
    shown = CliRunner().invoke(cli, ["check", str(path), "--cells", "--lang", "en"]).stdout.splitlines()
    assert shown[-1].split() == ["fiu.xlsx", str(counts.filled), str(counts.used), str(counts.reported), "0"]
    document = json.loads(CliRunner().invoke(cli, ["check", str(path), "--cells", "--json"]).stdout)
    assert document["cells"][0]["reported"] == counts.reported > 0
    assert "cells" not in json.loads(CliRunner().invoke(cli, ["check", str(path), "--json"]).stdout)


@pytest.mark.parametrize("word", ["met", "Partly met", "مستوفى"])
def test_a_rating_next_to_the_table_is_never_ours(word: str, tmp_path: Path) -> None:
    """The words of ratings are printed in many places, but not there."""
    one = filled("answers")
    place = one.place
    cell = place.sheet.cell(place.rows[1], place.sheet.max_column + 2)
    cell.value = word
    one.book.save(tmp_path / "filled.xlsx")
    _, problems = read_book(tmp_path / "filled.xlsx", one.schema)
    assert ("cell-unplaced", cell.coordinate) in {(one.code, one.ref.cell) for one in problems if one.ref}


def test_a_remark_over_the_number_of_a_row_is_reported(tmp_path: Path) -> None:
    """The number only counts the rows, so that nothing reads what stands there."""
    one = filled("laws")
    place = next(place for place in one.places if place.table.name == "links")
    cell = place.sheet.cell(place.rows[0], place.columns["row"])
    cell.value = "see remark"
    one.book.save(tmp_path / "filled.xlsx")
    _, problems = read_book(tmp_path / "filled.xlsx", one.schema)
    (told,) = problems
    assert told.code == "cell-locked"
    assert told.ref == CellRef("filled.xlsx", place.sheet.title, cell.coordinate)


def test_a_changed_copy_of_a_sheet_is_reported(tmp_path: Path) -> None:
    """Both sheets are read, and the reader says so; a copy without a change is silent."""
    one = filled("laws")
    place = next(place for place in one.places if place.table.name == "links")
    twin = one.book.copy_worksheet(place.sheet)
    one.book.save(tmp_path / "filled.xlsx")
    _, problems = read_book(tmp_path / "filled.xlsx", one.schema)
    assert "sheet-copied" not in {one.code for one in problems}
    twin.cell(place.rows[0], place.columns["note"]).value = "art. 99"
    one.book.save(tmp_path / "filled.xlsx")
    _, problems = read_book(tmp_path / "filled.xlsx", one.schema)
    (told,) = (one for one in problems if one.code == "sheet-copied")
    assert (told.ref, dict(told.facts)["count"]) == (CellRef("filled.xlsx", twin.title), "1")


def test_a_column_of_notes_is_unread_and_says_so(tmp_path: Path) -> None:
    """The heading of each column that nothing reads says it, and its cells are counted apart."""
    one = filled("plan")
    place = one.place
    assert "does not read this column" in str(place.sheet.cell(1, place.columns["note"]).value)
    place.sheet.cell(place.rows[0], place.columns["note"]).value = "call them"
    one.book.save(tmp_path / "filled.xlsx")
    book, problems = read_book(tmp_path / "filled.xlsx", one.schema)
    assert book is not None
    assert book.ledger.counts is not None
    cell = place.sheet.cell(place.rows[0], place.columns["note"]).coordinate
    assert CellRef("filled.xlsx", place.sheet.title, cell) in book.ledger.counts.unread_cells
    assert [one for one in problems if one.ref and one.ref.cell == cell] == []
