"""One decision for all blank rows, and the order of rows by their effect."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from fatf_kit.assessment.answers.model import CopyDecision, CopyPair
from fatf_kit.assessment.decisions.bulk import read_bulk_decision, record_bulk_decision
from fatf_kit.assessment.decisions.reader import (
    DecisionBook,
    parse_copy_decisions,
    parse_decisions,
    read_decision_book,
)
from fatf_kit.assessment.decisions.schema import COPIES, ROWS, TYPED
from fatf_kit.assessment.decisions.workbook import render_decisions
from fatf_kit.assessment.folder.model import (
    DecisionEffect,
    EffectKind,
    OpenQuestion,
    PossibleOutcome,
    QuestionReason,
    RecordedDecision,
)
from fatf_kit.framework import load_framework
from tests.unit.assessment.open_questions import HOME

EDITION = load_framework("fatf-2022")
TYPED_IN = ("Agreed by all", "Council", date(2026, 9, 30))


def question(requirement: str, levels: int, kind: EffectKind, lead_answer: str | None = "met") -> OpenQuestion:
    """A question with an effect."""
    effect = DecisionEffect(
        unit=requirement.partition("/")[0],
        kind=kind,
        now=("PC", "PC"),
        outcomes=(PossibleOutcome(decision="met", rating=("LC", "LC")),),
        levels=levels,
    )
    why = (QuestionReason.CONFLICT,)
    return OpenQuestion(requirement=requirement, why=why, lead="fiu", lead_answer=lead_answer, effect=effect)


QUESTIONS = (
    question("R.1/1.1", 0, EffectKind.NOTHING),
    question("R.2/2.1", 1, EffectKind.CHANGES),
    question("R.3/3.1", 0, EffectKind.WITH_OTHERS),
    question("R.4/4.1", 2, EffectKind.CHANGES, None),
    question("R.5/5.1", 0, EffectKind.NOTHING),
    question("R.6/6.1", 0, EffectKind.NOTHING, None),
)
COPY = CopyPair(
    agency="fiu",
    used="fiu late.xlsx",
    other="fiu.xlsx",
    requirements=tuple(f"R.1/1.{number}" for number in range(1, 13)),
    used_saved=datetime(2026, 5, 12, 10, 31, tzinfo=UTC),
    other_saved=datetime(2026, 5, 2, 8, 0, tzinfo=UTC),
)


def write(
    path: Path,
    book: DecisionBook | None = None,
    language: str = "en",
    recorded: Sequence[RecordedDecision] = (),
    copies: Sequence[CopyPair] = (COPY,),
) -> Path:
    """The workbook with the questions."""
    framework = load_framework("fatf-2022", language)
    content = render_decisions(
        QUESTIONS, book or DecisionBook(), HOME, framework, language, recorded=recorded, copies=copies
    )
    path.write_bytes(content)
    return path


def type_into(path: Path, row: int, decided: str, sheet: int = 0, typed: Sequence[object] = TYPED_IN) -> Path:
    """The workbook with a decision in a row."""
    book = openpyxl.load_workbook(path)
    keys = list((ROWS, COPIES)[sheet].by_key)
    for key, value in zip(TYPED, (decided, *typed), strict=True):
        book.worksheets[sheet].cell(row, keys.index(key) + 1, value)  # type: ignore[call-overload]
    book.save(path)
    return path


def ids(sheet: Worksheet) -> list[str]:
    """The ids of the rows in their order."""
    return [str(row[0].value) for row in sheet.iter_rows(min_row=5) if row[0].value]


def test_rows_are_in_the_order_of_their_effect(tmp_path: Path) -> None:
    """The row for all blank ones first, rows that change nothing folded at the end."""
    sheet = openpyxl.load_workbook(write(tmp_path / "decisions.xlsx")).worksheets[0]
    assert ids(sheet) == ["All rows", "R.4/4.1", "R.2/2.1", "R.3/3.1", "R.1/1.1", "R.5/5.1", "R.6/6.1"]
    folded = [n for n, row in sheet.row_dimensions.items() if row.outlineLevel and row.hidden]
    assert (folded, sheet.row_dimensions[12].collapsed) == ([9, 10, 11], True)
    assert "3 rows that change no rating are folded at the end" in sheet["A2"].value
    assert (
        sheet["D5"].value == "Blank rows with an answer of the lead agency: 4. Of these, rows that change nothing: 2."
    )
    effects = {str(row[0].value): row[3].value for row in sheet.iter_rows(min_row=6, max_row=9)}
    assert effects == {
        "R.4/4.1": "R.4 is now rated PC.\nIf “met”: LC",
        "R.2/2.1": "R.2 is now rated PC.\nIf “met”: LC",
        "R.3/3.1": "Alone it does not change the rating of R.3 (PC); with other open rows of R.3 it can.",
        "R.1/1.1": "Changes nothing: R.1 is rated PC with each of these answers.",
    }


@pytest.mark.parametrize(
    ("language", "choice", "decided"),
    [
        ("en", "lead’s answer in rows that change nothing", ["R.1/1.1", "R.5/5.1"]),
        ("fr", "réponse du chef de file dans toutes les lignes vides", ["R.1/1.1", "R.2/2.1", "R.3/3.1", "R.5/5.1"]),
        ("ar", "جواب الجهة القائدة في جميع الصفوف الفارغة", ["R.1/1.1", "R.2/2.1", "R.3/3.1", "R.5/5.1"]),
    ],
)
def test_one_decision_for_all_blank_rows(tmp_path: Path, language: str, choice: str, decided: list[str]) -> None:
    """It is recorded for each requirement that the lead agency answered, with the reason."""
    book = read_decision_book(type_into(write(tmp_path / "decisions.xlsx", language=language), 5, choice))
    assert parse_decisions(book, EDITION) == ((), ())
    bulk = read_bulk_decision(book)
    assert bulk is not None
    recorded = record_bulk_decision(bulk, QUESTIONS, book)
    assert [one.requirement for one in recorded] == decided
    assert {(one.value, one.reason, one.decided_by, one.day) for one in recorded} == {("met", *TYPED_IN)}


def test_a_row_with_something_typed_in_is_left_alone(tmp_path: Path) -> None:
    """Complete or not."""
    path = type_into(write(tmp_path / "decisions.xlsx"), 5, "lead’s answer in all blank rows")
    type_into(path, 7, "not met")
    type_into(path, 10, "", typed=("Still open", None, None))
    book = read_decision_book(path)
    bulk = read_bulk_decision(book)
    assert bulk is not None
    assert [one.requirement for one in record_bulk_decision(bulk, QUESTIONS, book)] == ["R.1/1.1", "R.3/3.1"]


def test_it_is_written_into_the_rows_and_taken_out(tmp_path: Path) -> None:
    """The next run reads the same decisions from the rows, and nothing else is lost."""
    book = read_decision_book(
        type_into(write(tmp_path / "decisions.xlsx"), 5, "lead’s answer in rows that change nothing")
    )
    bulk = read_bulk_decision(book)
    assert bulk is not None
    recorded = record_bulk_decision(bulk, QUESTIONS, book)
    again = read_decision_book(write(tmp_path / "again.xlsx", book, recorded=recorded))
    assert read_bulk_decision(again) is None
    decisions, problems = parse_decisions(again, EDITION)
    assert (set(decisions), problems) == (set(recorded), ())


def test_an_incomplete_one_is_reported_and_kept(tmp_path: Path) -> None:
    """It decides nothing."""
    path = type_into(
        write(tmp_path / "decisions.xlsx"), 5, "lead’s answer in all blank rows", typed=("Why", None, None)
    )
    book = read_decision_book(path)
    decisions, (problem,) = parse_decisions(book, EDITION)
    assert (decisions, read_bulk_decision(book), problem.code) == ((), None, "decision-incomplete")
    assert "these are missing: Decided by (office) and Day." in problem.text
    again = openpyxl.load_workbook(write(tmp_path / "again.xlsx", book)).worksheets[0]
    assert [cell.value for cell in again[5]][5:7] == ["lead’s answer in all blank rows", "Why"]


def test_copies_are_one_question_for_each_pair(tmp_path: Path) -> None:
    """With the day on which each was saved, and the names of both to choose from."""
    path = write(tmp_path / "decisions.xlsx")
    sheet = openpyxl.load_workbook(path).worksheets[1]
    assert [cell.value for cell in sheet[5]][:3] == [
        "fiu late.xlsx | fiu.xlsx",
        "The Unit",
        (
            "Used now: fiu late.xlsx (saved 12 May 2026, 10:31 UTC)\n"
            "The other: fiu.xlsx (saved 2 May 2026, 08:00 UTC)\n"
            "They differ in 12 answers: 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9, 1.10 and 2 more."
        ),
    ]
    book = read_decision_book(type_into(path, 5, "fiu.xlsx", 1))
    assert parse_copy_decisions(book) == ((CopyDecision(valid="fiu.xlsx", other="fiu late.xlsx"),), ())
    kept = read_decision_book(write(tmp_path / "again.xlsx", book, "ar", copies=()))
    assert parse_copy_decisions(kept) == parse_copy_decisions(book)


@pytest.mark.parametrize(
    ("decided", "typed", "code"),
    [
        ("third.xlsx", TYPED_IN, "choice-unknown"),
        ("fiu.xlsx", ("Why", "", None), "decision-incomplete"),
        ("fiu.xlsx", ("Why", "Council", "soon"), "date-unknown"),
    ],
)
def test_a_decision_on_copies_that_cannot_be_used(
    tmp_path: Path, decided: str, typed: Sequence[object], code: str
) -> None:
    """It is reported, and the newer copy stays in use."""
    book = read_decision_book(type_into(write(tmp_path / "decisions.xlsx"), 5, decided, 1, typed))
    decisions, problems = parse_copy_decisions(book)
    assert (decisions, [problem.code for problem in problems]) == ((), [code])
