"""The workbook of the training record is read back whole in every language, and each fault has its cell and code."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from fatf_kit.core.messages import Translator
from fatf_kit.training.book import read_record, render_record
from fatf_kit.training.sheets import TrainingRecord, TrainingSession
from tests.unit.training.records import AGENCIES, CONTEXT, RECORD, read_changed

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_the_workbook_is_read_back_whole(language: str, tmp_path: Path) -> None:
    """Agencies by their names in the language, other bodies as typed; a second writing gives the same bytes."""
    content = render_record(RECORD, AGENCIES, Translator(language), notices=("Made up.",))
    path = tmp_path / "training.xlsx"
    path.write_bytes(content)
    read, problems = read_record(path, CONTEXT)
    assert problems == ()
    assert read == replace(RECORD, file="training.xlsx")
    assert render_record(read, AGENCIES, Translator(language), notices=("Made up.",)) == content


def test_an_empty_record_is_no_problem(tmp_path: Path) -> None:
    """The numbers of the next sessions are printed and are no sessions."""
    path = tmp_path / "training.xlsx"
    path.write_bytes(render_record(TrainingRecord(), (), Translator("en")))
    assert read_record(path, CONTEXT) == (TrainingRecord(file="training.xlsx"), ())


def test_a_name_in_any_language_is_the_agency(tmp_path: Path) -> None:
    """Arabic in an English workbook too."""
    read, problems, _ = read_changed(tmp_path, {("participants", "agency", 0): "المصرف المركزي"})
    assert read.attendance[0].agency == "bank"
    assert problems == ()


@pytest.mark.full(keep_every=3)
@pytest.mark.parametrize(
    ("code", "cell", "value", "words"),
    [
        ("id-changed", ("sessions", "id", 1), "second", "fatf-kit printed the id T-02 into this row"),
        (
            "training-future",
            ("sessions", "day", 1),
            date(2026, 11, 29),
            "begins on 29 November 2026, after 28",
        ),
        ("id-unknown", ("sessions", "units", 0), "IO.3, R.41", "'R.41' is not a requirement"),
        ("training-agency-twice", ("participants", "agency", 1), "Central Bank", "'Central Bank' is also at"),
        ("training-sum", ("participants", "total", 0), 21, "are 20 together, but the total is 21"),
        ("training-numbers", ("tests", "after_people", 0), None, "'People tested after' is blank"),
        ("training-numbers", ("tests", "before_mean", 0), None, "'Mean before, in per cent' is blank"),
        ("training-share", ("tests", "after_mean", 0), 101, "'101' is more than 100 per cent"),
        ("training-fraction", ("tests", "after_mean", 0), 0.7, "'0.7' is read as a mean of less than 1"),
        ("training-more-tests", ("tests", "after_people", 0), 24, "(24) is more than the number of participants"),
        ("training-question", ("tests", "after_questions", 0), "Q.99", "'Q.99' is not a question"),
        ("training-papers", ("tests", "after_questions", 0), "Q.3.1-1", "before: 1, after: 1"),
        ("training-papers", ("tests", "after_questions", 0), "Q.3.1-2, Q.3.2-1", "before: 1, after: 2"),
        ("training-people", ("people", "people", 0), 21, "'Central Bank' (21) is more than its number of seats"),
    ],
)
def test_each_fault_has_its_cell(
    code: str, cell: tuple[str, str, int], value: object, words: str, tmp_path: Path
) -> None:
    """Found, allowed and the next step, at the cell that is wrong."""
    _, problems, places = read_changed(tmp_path, {cell: value})
    found = {problem.code: problem for problem in problems}
    assert code in found, [one.message for one in problems]
    assert places[cell] in found[code].message
    assert words in found[code].message


def test_a_test_without_any_number_is_reported(tmp_path: Path) -> None:
    """Once, at the first of its numbers."""
    keys = ("before_people", "before_mean", "after_people", "after_mean")
    read, problems, places = read_changed(tmp_path, {("tests", key, 0): None for key in keys})
    assert [(one.code, one.ref.cell if one.ref else None) for one in problems] == [
        ("training-numbers", places["tests", "before_people", 0].partition("!")[2])
    ]
    assert not read.tests[0].before.is_taken


def test_a_session_without_participants_is_a_note(tmp_path: Path) -> None:
    """It is counted; one in the future has none yet."""
    sessions = (*RECORD.sessions, TrainingSession(id="T-03", day=date(2026, 11, 1)))
    _, problems, _ = read_changed(tmp_path, {}, replace(RECORD, sessions=sessions))
    assert [one.code for one in problems] == ["training-empty"]
    later = (*RECORD.sessions, TrainingSession(id="T-03", day=date(2027, 11, 1)))
    _, problems, _ = read_changed(tmp_path, {}, replace(RECORD, sessions=later))
    assert [one.code for one in problems] == ["training-future"]
