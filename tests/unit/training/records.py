"""A small training record whose sums are counted by hand, and its workbook with other cells."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import openpyxl

from fatf_kit.assessment.folder.model import Agency
from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import Problem
from fatf_kit.framework import load_framework
from fatf_kit.training.book import read_record, render_record
from fatf_kit.training.model import PaperResult, TrainingKind, YearHalf
from fatf_kit.training.sheets import (
    Attendance,
    PeopleCount,
    ReadingContext,
    TrainingRecord,
    TrainingSession,
    TrainingTest,
)

TODAY = date(2026, 11, 28)
AGENCIES = (
    Agency(id="fiu", names={"en": "Financial Intelligence", "ar": "وحدة المعلومات المالية", "fr": "CRF"}),
    Agency(id="police", names={"en": "Police", "ar": "الشرطة", "fr": "Police"}),
    Agency(id="bank", names={"en": "Central Bank", "ar": "المصرف المركزي", "fr": "Banque centrale"}),
)
QUESTIONS = frozenset({"Q.3.1-1", "Q.3.1-2", "Q.3.2-1"})
FRAMEWORK = load_framework("fatf-2022")
CONTEXT = ReadingContext(framework=FRAMEWORK, agencies=AGENCIES, today=TODAY, questions=QUESTIONS)

RECORD = TrainingRecord(
    sessions=(
        TrainingSession(
            id="T-01",
            day=date(2026, 3, 2),
            days=2,
            place="Capital",
            subject="Supervision",
            kind=TrainingKind.WORKSHOP,
            units=("IO.3", "R.26/26.1"),
            language="English",
            organiser="Council",
            partner="Fund",
            material="Slides",
            note="Two rooms\nand an interpreter",
        ),
        TrainingSession(id="T-02", day=date(2026, 9, 7), subject="Analysis", units=("IO.6",)),
    ),
    attendance=(
        Attendance(session="T-01", agency="bank", women=9, men=11, total=20),
        Attendance(session="T-01", agency="fiu", women=2, men=1),
        Attendance(session="T-02", agency="fiu", women=1, men=0, not_stated=8),
        Attendance(session="T-02", agency="police", total=4),
        Attendance(session="T-02", agency="Museum of Coins", men=2),
    ),
    tests=(
        TrainingTest(
            session="T-01",
            outcome="IO.3",
            before=PaperResult(people=20, mean=48.5, questions=("Q.3.1-1",)),
            after=PaperResult(people=20, mean=70, questions=("Q.3.1-2",)),
        ),
    ),
    people=(PeopleCount(year=2026, half=YearHalf.FIRST, agency="bank", people=18),),
)
"""Seats: bank 20, fiu 3 + 9 = 12, police 4, museum 2: 38 in all. Women 12, men 14, not stated 12. T-01 23, T-02 15."""

SHEETS = ("sessions", "participants", "tests", "people")


def read_changed(
    folder: Path, cells: Mapping[tuple[str, str, int], object], record: TrainingRecord = RECORD
) -> tuple[TrainingRecord, tuple[Problem, ...], Mapping[tuple[str, str, int], str]]:
    """Read the workbook of a record with other values in some cells, each by its table, column and row (from 0).

    Return what was read, the problems, and the address of each of these cells with its sheet.
    """
    book = openpyxl.load_workbook(io.BytesIO(render_record(record, AGENCIES, Translator("en"))))
    sheets = dict(zip(SHEETS, book.worksheets[1:5], strict=True))
    places = {}
    for (table, key, row), value in cells.items():
        sheet = sheets[table]
        lines = sheet.iter_rows(max_row=5)
        keys = next(line for line in lines if key in [cell.value for cell in line])
        column = next(int(cell.column or 0) for cell in keys if cell.value == key)
        cell = sheet.cell(int(keys[0].row or 0) + 1 + row, column)
        cell.value = value  # type: ignore[assignment]
        places[table, key, row] = f"{sheet.title}!{cell.coordinate}"
    path = folder / "training.xlsx"
    book.save(path)
    read, problems = read_record(path, CONTEXT)
    return read, problems, places
