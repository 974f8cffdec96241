"""decisions.xlsx is written with the questions and read row by row, and no typed text is ever lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from fatf_kit.assessment.decisions.reader import DecisionBook, parse_decisions, read_decision_book
from fatf_kit.assessment.decisions.schema import ROWS
from fatf_kit.assessment.decisions.workbook import render_decisions
from fatf_kit.assessment.folder.model import RecordedDecision
from fatf_kit.framework import load_framework
from tests.unit.assessment.open_questions import HOME, QUESTIONS
from tests.unit.assessment.reading import setting

KEYS = list(ROWS.by_key)
EDITION = load_framework("fatf-2022")
Cell = str | date | None
DECIDED: dict[str, Cell] = {
    "decided": "mostly met",
    "reason": "Both are right",
    "decided_by": "Council",
    "day": date(2026, 9, 30),
}


def write(path: Path, language: str = "en", book: DecisionBook | None = None) -> Path:
    """Write the workbook with the three questions."""
    framework = load_framework("fatf-2022", language)
    path.write_bytes(render_decisions(QUESTIONS, book or DecisionBook(), HOME, framework, language))
    return path


Fill = Callable[..., Path]


@pytest.fixture
def fill(tmp_path: Path) -> Fill:
    """A function that fills cells of a row, found by its requirement; a new requirement takes the first blank row."""

    def run(requirement: str, language: str = "en", **cells: Cell) -> Path:
        path = tmp_path / "decisions.xlsx"
        book = openpyxl.load_workbook(path if path.exists() else write(path, language))
        sheet = book.worksheets[0]
        rows = {row[0].value: row[0].row for row in sheet.iter_rows(min_row=5) if row[0].value}
        row = rows.get(requirement) or sheet.max_row + 1
        sheet.cell(row, 1, requirement)
        for key, value in cells.items():
            sheet.cell(row, KEYS.index(key) + 1, value)
        book.save(path)
        return path

    return run


def codes(path: Path) -> tuple[tuple[RecordedDecision, ...], list[str]]:
    """Return the decisions and the codes of problems."""
    decisions, problems = parse_decisions(read_decision_book(path), EDITION)
    assert all(problem.ref is not None for problem in problems)
    return decisions, sorted(problem.code for problem in problems)


def test_nothing_decided_yet(tmp_path: Path) -> None:
    """A fresh workbook has the questions in order and no decision."""
    path = write(tmp_path / "decisions.xlsx")
    sheet = openpyxl.load_workbook(path).worksheets[0]
    rows = [row[:5] for row in sheet.iter_rows(min_row=5, values_only=True) if row[0]]
    assert [row[0] for row in rows] == ["R.1", "R.10/10.7", "IO.6/6.1"]
    assert codes(path) == ((), [])
    assert rows[1][2:] == (
        (
            "The Unit (leads): met\nBanks check.\nAML Act, art. 5\n"
            "Bank, R.10/10.7(b): not met\nExplanation and citation are restricted."
        ),
        None,
        "partly met",
    )
    assert rows[0][4] == "PC to LC"


def test_no_file_is_no_fault(tmp_path: Path) -> None:
    """A missing decisions.xlsx is not a problem, because the first run has none."""
    assert codes(tmp_path / "decisions.xlsx") == ((), [])


@pytest.mark.parametrize(
    ("language", "typed"), [("en", "mostly met"), ("ar", "مستوفى إلى حد كبير"), ("fr", "en grande partie rempli")]
)
def test_decision_is_read(fill: Fill, language: str, typed: str) -> None:
    """A decision is read in every language, with a date as a date or as text."""
    path = fill("R.10/10.7", language, **{**DECIDED, "decided": typed, "day": "2026-09-30"})
    decision = RecordedDecision(
        requirement="R.10/10.7",
        value="mostly met",
        reason="Both are right",
        decided_by="Council",
        day=date(2026, 9, 30),
    )
    assert codes(path) == ((decision,), [])


@pytest.mark.parametrize("key", ["decided", "reason", "decided_by", "day"])
def test_row_that_lacks_something_is_refused(fill: Fill, key: str) -> None:
    """A row without value, reason, office or day is refused, and the other rows are read."""
    fill("R.10/10.7", **{**DECIDED, key: None})
    path = fill("R.1", **{**DECIDED, "decided": "LC"})
    decisions, problems = codes(path)
    assert problems == ["decision-incomplete"]
    assert [decision.requirement for decision in decisions] == ["R.1"]


@pytest.mark.parametrize(
    ("requirement", "cells", "code"),
    [
        ("R.10/10.7", {"decided": "LC"}, "choice-unknown"),
        ("R.1", {"decided": "met"}, "choice-unknown"),
        ("IO.6/6.1", {"decided": "mostly met"}, "choice-unknown"),
        ("R.10/10.7", {"day": "soon"}, "date-unknown"),
        ("R.10/10.7", {"day": "2026-11-02 unless the council objects"}, "date-with-words"),
        ("R.99/99.1", {}, "id-unknown"),
        ("R.10/10.7(b)", {}, "id-unknown"),
    ],
)
def test_unusable_decisions_are_reported(fill: Fill, requirement: str, cells: dict[str, Cell], code: str) -> None:
    """A value of another scale, an unknown requirement, a part or an invalid date is reported."""
    assert codes(fill(requirement, **{**DECIDED, **cells})) == ((), [code])


def test_first_of_two_decisions_is_used(fill: Fill, tmp_path: Path) -> None:
    """If a requirement is decided twice, the first row is used."""
    path = fill("R.10/10.7", **DECIDED)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for key, value in {"requirement": "R.10/10.7", **DECIDED, "decided": "met"}.items():
        sheet.cell(sheet.max_row if key != "requirement" else sheet.max_row + 1, KEYS.index(key) + 1, value)
    book.save(tmp_path / "decisions.xlsx")
    decisions, problems = codes(path)
    assert [decision.value for decision in decisions] == ["mostly met"]
    assert problems == ["decision-twice"]


def test_rewriting_loses_nothing(fill: Fill, tmp_path: Path) -> None:
    """Decisions, half-filled rows, unknown ids and rows of closed questions are kept."""
    fill("R.10/10.7", **DECIDED)
    fill("IO.6/6.1", reason="Still thinking")
    fill("R.77/7.1", **DECIDED)
    path = fill("R.24", **{**DECIDED, "decided": "PC", "day": "30 Sept"})
    before = read_decision_book(path)
    again = write(tmp_path / "again.xlsx", "ar", before)
    after = read_decision_book(again)

    def typed(book: DecisionBook) -> set[tuple[str, str, str]]:
        return {
            (row.id, key, str(row.values[key]))
            for row in book.rows
            for key in ("reason", "decided_by", "day")
            if key in row.values
        }

    assert typed(before) == typed(after)
    assert codes(path) == codes(again)
    assert again.read_bytes() == write(tmp_path / "third.xlsx", "ar", after).read_bytes()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-empty"),
        (b"PK\x03\x04broken", "file-broken"),
        (b"requirement,decided\n", "file-foreign"),
        (None, "workbook-not-ours"),
    ],
)
def test_a_file_that_is_not_ours_is_left_alone(tmp_path: Path, content: bytes | None, code: str) -> None:
    """It is reported, and marked as not to be written over; so is a spreadsheet without our columns."""
    path = tmp_path / "decisions.xlsx"
    if content is None:
        openpyxl.Workbook().save(path)
    else:
        path.write_bytes(content)
    book = read_decision_book(path)
    assert not book.is_readable
    assert [problem.code for problem in book.problems] == [code, "decisions-kept"]


def lose_a_column(book: openpyxl.Workbook) -> None:
    """Remove the heading and the key of one column."""
    for row in (3, 4):
        book.worksheets[0].cell(row, KEYS.index("reason") + 1).value = None


def lose_the_head(book: openpyxl.Workbook) -> None:
    """Remove headings and keys, and keep the stamp."""
    book.worksheets[0].delete_rows(3, 2)


def raise_the_layout(book: openpyxl.Workbook) -> None:
    """Mark the workbook as written by a later fatf-kit."""
    row = next(row for row in book["_stamp"].iter_rows() if row[0].value == "layout")
    row[1].value = "99"


@pytest.mark.parametrize("change", [lose_a_column, lose_the_head, raise_the_layout])
def test_a_workbook_that_cannot_be_read_in_full_is_left_alone(
    fill: Fill, change: Callable[[openpyxl.Workbook], None]
) -> None:
    """A workbook that cannot be read in full is not written over, and a warning is given."""
    path = fill("R.10/10.7", **DECIDED)
    assert "decisions-kept" in [code for code, _ in changed(path, change)]
    assert not read_decision_book(path).is_readable


def test_the_table_can_be_worked_in(fill: Fill) -> None:
    """The table has filters, fixed headings and lists by scale, and colours complete decisions."""
    sheet = openpyxl.load_workbook(fill("R.10/10.7", **DECIDED)).worksheets[0]
    assert (sheet.auto_filter.ref, sheet.freeze_panes, sheet.protection.sheet) == ("A3:I27", "B5", False)
    assert sheet.sheet_properties.pageSetUpPr
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    lists = {str(rule.formula1): str(rule.sqref) for rule in sheet.data_validations.dataValidation if rule.formula1}
    assert {"decided_compliance": "F5", "decided_criterion": "F6", "decided_achievement": "F7"}.items() <= lists.items()
    (coloured,) = sheet.conditional_formatting
    assert [rule.formula[0] for rule in coloured.rules] == ["COUNTA($F5,$G5,$H5,$I5)=4", "COUNTA($F5,$G5,$H5,$I5)>0"]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"K5": "ask the bank", "C10": "a note"}, [("cell-locked", "C10"), ("cell-unplaced", "K5")]),
        ({"A11": "R.1/1.99", "G12": "=A1"}, [("formula-empty", "G12"), ("cell-unplaced", "A11")]),
        ({"G1": "Draft!", "A2": "To be discussed on Monday"}, [("cell-unplaced", "A2"), ("cell-unplaced", "G1")]),
        (dict(zip(("F30", "G30", "H30", "I30"), DECIDED.values(), strict=True)), [("id-missing", "F30:I30")]),
    ],
)
def test_cells_outside_the_decisions_are_reported(
    fill: Fill, cells: dict[str, Cell], expected: list[tuple[str, str]]
) -> None:
    """Text next to the table, over it, in place of a note, or in a row without a known id is reported."""
    assert changed(fill("R.1"), setting("Decisions", **cells)) == expected


def changed(path: Path, change: Callable[[openpyxl.Workbook], object]) -> list[tuple[str, str | None]]:
    """Return the code and cell of each problem after a change of the workbook."""
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    _, problems = parse_decisions(read_decision_book(path), EDITION)
    return [(problem.code, problem.ref.cell if problem.ref else None) for problem in problems]


def decided_row(path: Path) -> int:
    """Return the number of the first row with a decision."""
    rows = openpyxl.load_workbook(path).worksheets[0].iter_rows(min_row=5, min_col=6, max_col=6)
    return next(cell.row for (cell,) in rows if cell.value and cell.row)


def test_changes_of_prefilled_cells_are_reported(fill: Fill) -> None:
    """Changes of the question, answer, rating and note are reported; emptied cells are not."""

    def change(book: openpyxl.Workbook) -> None:
        sheet = book.worksheets[0]
        sheet["A2"] = f"{sheet['A2'].value} The council wants LC."
        for cell, value in (
            ("B5", "Is it LC?"),
            ("C6", f"{sheet['C6'].value}\nCouncil: met"),
            ("E7", "large"),
            ("B6", None),
        ):
            sheet[cell] = value
        sheet["B20"], sheet["A20"] = "Is it met?", "R.3/3.1"

    found = changed(fill("R.1"), change)
    locked = [("cell-locked", cell) for cell in ("B5", "B20", "C6", "E7")]
    assert sorted([("cell-unplaced", "A2"), ("cell-unplaced", "A20"), *locked]) == sorted(found)


def test_changes_in_a_kept_row_are_reported_again(fill: Fill, tmp_path: Path) -> None:
    """A row without an open question is kept, and the changes in it are reported at each reading."""
    path = fill("R.24", question="Which of the two?", **{**DECIDED, "decided": "PC"})
    once = read_decision_book(path)
    again = read_decision_book(write(tmp_path / "again.xlsx", "en", once))
    assert [problem.code for problem in once.problems] == ["cell-locked"]
    assert [problem.code for problem in again.problems] == ["cell-locked"]


def test_workbook_without_fingerprints_is_reported(fill: Fill) -> None:
    """Missing fingerprints are reported, because changed texts can then not be recognised."""

    def change(book: openpyxl.Workbook) -> None:
        del book["_printed"]
        book.worksheets[0]["B5"] = "Is it LC?"

    path = fill("R.1")
    assert changed(path, change) == [("row-above", "A1:A2"), ("prints-missing", None)]


def test_the_same_decision_on_a_copied_sheet_is_no_second_one(fill: Fill) -> None:
    """Equal decisions on a copied sheet count once; a different one is reported with the sheet of the first."""
    path = fill("R.1", **{**DECIDED, "decided": "LC"})
    assert changed(path, lambda book: book.copy_worksheet(book.worksheets[0])) == []
    row = decided_row(path)
    assert changed(path, lambda book: setattr(book.worksheets[-1][f"F{row}"], "value", "PC")) == [
        ("sheet-copied", None),
        ("decision-twice", f"A{row}"),
    ]


@pytest.mark.parametrize("typed", ["r.1", " R. 1", "r.10 / 10.7"])
def test_the_id_of_a_decision_may_be_typed_loosely(fill: Fill, typed: str) -> None:
    """An id is read with other spaces or in another case."""
    decided = "LC" if "/" not in typed else "met"
    decisions, problems = parse_decisions(read_decision_book(fill(typed, **{**DECIDED, "decided": decided})), EDITION)
    assert (problems, [one.requirement for one in decisions]) == ((), ["R.10/10.7" if "/" in typed else "R.1"])
