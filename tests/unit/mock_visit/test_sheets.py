"""The sheets of a rehearsal read back: nothing filled in is lost without a word."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from fatf_kit.core.errors import WorkbookError
from fatf_kit.core.languages import LANGUAGES, clean, list_labels
from fatf_kit.mock_visit.model import MockAnswer, MockQuestionReason, MockScore
from fatf_kit.mock_visit.reader import read_mock_sheets
from fatf_kit.mock_visit.schema import QUESTIONS
from fatf_kit.mock_visit.sheets import SheetContents, render_sheets
from tests.unit.mock_visit.conftest import Change, rehearse, write

KEYS = list(QUESTIONS.by_key)
SCORE, NOTE, QUESTION = KEYS.index("score") + 1, KEYS.index("note") + 1, KEYS.index("question") + 1
FIU, POLICE, COVER = "IO.6 fiu", "IO.6 police", "Cover"


def row_of(book: openpyxl.Workbook, sheet: str, name: str) -> int:
    """The row of a question, from 1."""
    return next(row for row in range(1, 60) if book[sheet].cell(row, 1).value == name)


def codes(path: Path) -> list[str]:
    """The problems of a file by code."""
    return [problem.code for problem in read_mock_sheets([path])[1]]


def by_id(path: Path) -> dict[tuple[str, str], MockAnswer]:
    """Answers by question and agency."""
    return {(one.id, one.agency): one for one in read_mock_sheets([path])[0].answers}


def put(sheet: str, name: str, column: int, value: object) -> Change:
    """A change that writes one cell of a question's row."""

    def change(book: openpyxl.Workbook) -> None:
        book[sheet].cell(row_of(book, sheet, name), column).value = value  # type: ignore[assignment]

    return change


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_blank_sheet_reads_back_whole(tmp_path: Path, language: str) -> None:
    """Every question with its agency and why it is asked, none scored, nothing to complain about."""
    path = write(tmp_path, language)
    sheets, problems = read_mock_sheets([path])
    assert problems == ()
    rehearsal, _ = rehearse(language, ("IO.6",))
    asked = {(q.id, q.agency): q for one in rehearsal.interviews for q in one.questions}
    found = by_id(path)
    assert list(asked) == list(found)
    for key, question in asked.items():
        answer, expected = found[key], (question.core_issue, question.why, question.spare, None)
        assert (answer.core_issue, answer.why, answer.spare, answer.score) == expected
        assert clean(question.question) == answer.text
    assert (sheets.country, sheets.notices) == ("Examplia", ("Made up",))
    assert {name: sheets.name(name, "ar") for name in sheets.names} == {"fiu": "الوحدة", "police": "الشرطة"}


def test_the_same_rehearsal_gives_the_same_bytes() -> None:
    """So that sheets can be compared."""
    assert render_sheets(*rehearse("ar")) == render_sheets(*rehearse("ar"))


@pytest.mark.full(keep_every=3)
@pytest.mark.parametrize("language", LANGUAGES)
def test_scores_are_read_in_every_language(changed: Callable[[Change], Path], language: str) -> None:
    """As their drop-downs show them, and as codes, with cases and spaces that people type."""
    for score, text in list_labels("mock_score", language).items():
        path = changed(put(FIU, "IO.6/6.2:Q.6.2-1", SCORE, f" {text.upper()} "))
        assert MockScore(score) == by_id(path)["IO.6/6.2:Q.6.2-1", "fiu"].score


def test_note_and_cover_are_read(changed: Callable[[Change], Path]) -> None:
    """The assessors and the number of officials are read, also in Arabic digits."""

    def change(book: openpyxl.Workbook) -> None:
        put(FIU, "IO.6/6.2:figures-1", SCORE, "contradicts")(book)
        put(FIU, "IO.6/6.2:figures-1", NOTE, "=not a formula")(book)
        cover = book[COVER]
        rows = {cover.cell(row, 1).value: row for row in range(1, 30)}
        cover.cell(rows["assessors"], 3).value = "Council"
        cover.cell(rows["officials"], 3).value = "١٤"

    path = changed(change)
    sheets, problems = read_mock_sheets([path])
    answer = by_id(path)["IO.6/6.2:figures-1", "fiu"]
    assert (answer.score, answer.why) == (MockScore.CONTRADICTS, MockQuestionReason.FIGURES)
    assert (answer.assessors, sheets.officials) == ("Council", {"IO.6": 14})
    assert [problem.code for problem in problems] == ["formula-empty"]  # openpyxl wrote a formula, never calculated


def test_sorted_and_moved_rows_are_found(changed: Callable[[Change], Path]) -> None:
    """Rows go by their ids, columns by their keys."""

    def change(book: openpyxl.Workbook) -> None:
        put(FIU, "IO.6/6.2:Q.6.2-1", SCORE, "weak")(book)
        sheet = book[FIU]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
        for number, row in enumerate(reversed(rows), 3):
            for column, value in enumerate(row, 1):
                sheet.cell(number, column).value = value
        sheet.insert_cols(2)
        sheet.insert_rows(1)

    path = changed(change)
    assert codes(path) == []
    assert MockScore.WEAK is by_id(path)["IO.6/6.2:Q.6.2-1", "fiu"].score


def copy_row(book: openpyxl.Workbook) -> None:
    """A change that copies the row of a question and scores both differently."""
    row = row_of(book, FIU, "IO.6/6.2:Q.6.2-1")
    for column in range(1, len(KEYS) + 1):
        book[FIU].cell(80, column, book[FIU].cell(row, column).value)
    book[FIU].cell(row, SCORE, "weak")
    book[FIU].cell(80, SCORE, "strong")


def headless(book: openpyxl.Workbook) -> None:
    """A change that deletes the headings and the keys over a scored question."""
    put(FIU, "IO.6/6.2:Q.6.2-1", SCORE, "weak")(book)
    book[FIU].delete_rows(3, 2)


CHANGES: dict[str, tuple[Change, list[str]]] = {
    "score unknown": (put(FIU, "IO.6/6.2:Q.6.2-1", SCORE, "strng"), ["choice-unknown"]),
    "note alone": (put(FIU, "IO.6/6.2:Q.6.2-1", NOTE, "said little"), ["mock-note"]),
    "question changed": (put(FIU, "IO.6/6.2:Q.6.2-1", QUESTION, "Something else?"), ["cell-locked"]),
    "probe overwritten": (put(FIU, "IO.6/6.2:Q.6.2-1", QUESTION + 1, "told us nothing"), ["cell-locked"]),
    "id changed": (put(FIU, "IO.6/6.2:Q.6.2-1", 1, "Q.6.2-1"), ["id-changed"]),
    "id emptied": (put(FIU, "IO.6/6.2:Q.6.2-1", 1, None), ["id-changed"]),
    "agency emptied": (put(FIU, "IO.6/6.2:Q.6.2-1", 2, None), ["mock-agency"]),
    "score on a core issue": (put(FIU, "IO.6/6.2", SCORE, "weak"), ["cell-unplaced"]),
    "core issue changed": (put(FIU, "IO.6/6.2", QUESTION, "Something"), ["cell-locked"]),
    "heading overwritten": (lambda book: book[FIU].cell(3, NOTE, "our remarks"), ["cell-locked"]),
    "another agency": (put(FIU, "IO.6/6.2:Q.6.2-1", 2, "customs"), ["cell-locked", "mock-agency"]),
    "next to the table": (put(FIU, "IO.6/6.2:Q.6.2-1", 12, "remark"), ["cell-unplaced"]),
    "a score next to the table": (put(FIU, "IO.6/6.2:Q.6.2-1", 12, "weak"), ["cell-unplaced"]),
    "a word for whether it is spare": (put(FIU, "IO.6/6.2:Q.6.2-1", 8, "perhaps"), ["cell-locked"]),
    "below the table": (lambda book: book[FIU].cell(90, SCORE, "weak"), ["id-missing"]),
    "on the cover": (lambda book: book[COVER].cell(3, 3, "call me"), ["cell-unplaced"]),
    "another sheet": (lambda book: book.create_sheet("Mine").cell(1, 1, "remark"), ["sheet-unknown"]),
    "an error": (put(FIU, "IO.6/6.2:Q.6.2-1", SCORE, "#REF!"), ["cell-error"]),
    "stamp gone": (lambda book: book.remove(book["_stamp"]), []),
    "keys and headings gone": (headless, ["sheet-columns"]),
    "country on the cover": (lambda book: book[COVER].cell(5, 3, "Elsewhere"), ["cell-locked"]),
    "keys gone": (lambda book: book[FIU].delete_rows(4), []),
    "column of notes gone": (lambda book: book[FIU].delete_cols(NOTE), ["sheet-columns"]),
    "row copied": (copy_row, ["id-duplicated"]),
}


@pytest.mark.full(keep_every=4)
@pytest.mark.parametrize("name", CHANGES)
def test_whatever_is_changed_is_reported(changed: Callable[[Change], Path], name: str) -> None:
    """One problem for each, and none where nothing is lost."""
    change, expected = CHANGES[name]
    assert codes(changed(change)) == expected


def test_a_word_for_a_number_of_officials_is_reported(changed: Callable[[Change], Path]) -> None:
    """It is not guessed."""

    def change(book: openpyxl.Workbook) -> None:
        cover = book[COVER]
        row = next(row for row in range(1, 30) if cover.cell(row, 1).value == "officials")
        cover.cell(row, 3).value = "many"

    assert codes(changed(change)) == ["count-unknown"]


def test_a_short_word_is_quoted_and_a_long_one_is_not(changed: Callable[[Change], Path]) -> None:
    """A narrative in the wrong cell goes into no message."""
    problem = read_mock_sheets([changed(put(FIU, "IO.6/6.2:Q.6.2-1", SCORE, "strng"))])[1][0]
    assert "'strng'" in problem.text
    assert "Use one of: strong, adequate, weak, contradicts the submission, no answer." in problem.text
    told = read_mock_sheets([changed(put(FIU, "IO.6/6.2:Q.6.2-1", SCORE, "The inspector named a bank to us"))])[1][0]
    assert "inspector" not in told.text


def test_two_copies_that_differ_are_reported(blank: Path, changed: Callable[[Change], Path]) -> None:
    """A blank copy never overwrites; of two scores the first file's stands; the same file is read once."""
    scored = changed(put(FIU, "IO.6/6.2:Q.6.2-1", SCORE, "weak"))
    first = scored.rename(scored.with_name("first.xlsx"))
    second = changed(put(FIU, "IO.6/6.2:Q.6.2-1", SCORE, "strong"))
    sheets, problems = read_mock_sheets([blank, first, second, first])
    answer = next(one for one in sheets.answers if (one.id, one.agency) == ("IO.6/6.2:Q.6.2-1", "fiu"))
    assert MockScore.WEAK is answer.score
    assert sorted(problem.code for problem in problems) == ["copies-differ", "copy-same"]


def test_other_workbooks_are_refused(tmp_path: Path) -> None:
    """A foreign workbook, a questionnaire, no file at all; each in one line."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"] = "Budget"
    book.save(tmp_path / "foreign.xlsx")
    sheets, problems = read_mock_sheets([tmp_path / "foreign.xlsx", tmp_path / "none.xlsx"])
    assert ([problem.code for problem in problems], sheets.files) == (["workbook-not-ours", "file-missing"], ())
    assert [problem.code for problem in read_mock_sheets([_empty(tmp_path)])[1]] == ["nothing-to-read"]


def _empty(tmp_path: Path) -> Path:
    folder = tmp_path / "empty"
    folder.mkdir()
    return folder


def test_no_score_is_written_for_an_unused_question() -> None:
    """It would be lost."""
    rehearsal, framework = rehearse(only=("IO.6",))
    with pytest.raises(WorkbookError, match="do not contain the question"):
        render_sheets(rehearsal, framework, SheetContents(scores={("IO.6/6.2:Q.6.2-9", "fiu"): (MockScore.WEAK, "")}))
