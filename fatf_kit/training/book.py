"""The workbook of the training record, written and read: four sheets, with a first sheet that explains them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from fatf_kit.assessment.folder.model import Agency
from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import Problem
from fatf_kit.spreadsheets.declared_rows import SheetReader
from fatf_kit.spreadsheets.declared_sheets import DeclaredSheet, list_choices
from fatf_kit.spreadsheets.kept_books import KeptBook
from fatf_kit.spreadsheets.reader import FilledBook, read_book
from fatf_kit.spreadsheets.schema import BookSchema
from fatf_kit.training.sheets import (
    PARTICIPANTS,
    PEOPLE,
    SESSIONS,
    TESTS,
    ReadingContext,
    TrainingRecord,
    choose_agencies,
    name_session,
)

_NEXT = 10
"""How many sessions have their number in advance."""


def declare_sheets(agencies: Iterable[Agency]) -> tuple[DeclaredSheet[Any], ...]:
    """Return the sheets, with the names of the agencies of a folder in their drop-downs."""
    names = choose_agencies(agencies)
    return SESSIONS, PARTICIPANTS.offer(agency=names), TESTS, PEOPLE.offer(agency=names)


def make_training_schema(agencies: Iterable[Agency]) -> BookSchema:
    """Return the kind of workbook for the agencies of a folder."""
    return BookSchema(
        kind="training",
        what="a training record",
        command="fatf-kit training template",
        tables=tuple(sheet.table for sheet in declare_sheets(agencies)),
    )


def render_record(
    record: TrainingRecord,
    agencies: Iterable[Agency],
    t: Translator,
    *,
    country: str = "",
    notices: Sequence[str] = (),
) -> bytes:
    """Return the bytes of the workbook; the same record gives the same bytes.

    `agencies` are those of the folder, whose names are in the drop-downs. `country` is its name in the reader's
    language. `notices` are printed on every page.
    """
    known = tuple(agencies)
    sessions, participants, tests, people = sheets = declare_sheets(known)
    last = max((int(session.id.partition("-")[2]) for session in record.sessions), default=0)
    printed = [{"id": name_session(number)} for number in range(last + 1, last + 1 + _NEXT)]
    no_names = t("Enter numbers of people only. Never write the name of a person on any sheet.")
    book = KeptBook(
        schema=make_training_schema(known),
        title=t("Training record"),
        how=t("How to keep this record"),
        sheets=(
            sessions.keep(record.sessions, t, added=printed),
            participants.keep(record.attendance, t),
            tests.keep(record.tests, t),
            people.keep(record.people, t),
        ),
        lists=list_choices(sheets),
        first=((t("No names"), no_names),),
        freeze=1,
        lines=1,
    )
    return book.render(t, country=country, notices=notices)


def read_record(path: Path, context: ReadingContext) -> tuple[TrainingRecord, tuple[Problem, ...]]:
    """Return the record in a workbook, and every problem in the order of its sheets.

    A workbook that cannot be read gives an empty record and its problems.
    """
    book, problems = read_book(path, make_training_schema(context.agencies))
    return (TrainingRecord(), problems) if book is None else interpret_record(book, context)


def interpret_record(book: FilledBook, context: ReadingContext) -> tuple[TrainingRecord, tuple[Problem, ...]]:
    """Return the record that the rows of a workbook give, and every problem in the order of its sheets."""
    reader = SheetReader(book)
    sessions, participants, tests, people = declare_sheets(context.agencies)
    record = TrainingRecord(
        sessions=reader.read(sessions, context), attendance=reader.read(participants, context), file=book.file
    )
    for session in record.sessions:
        is_past = session.day is None or session.day <= context.today
        if is_past and not record.count_seats(session.id).seats:
            reader.report("training-empty", reader.find_place(sessions.name, session.id), session=session.id)
    context = replace(context, record=record)
    record = replace(record, tests=reader.read(tests, context), people=reader.read(people, context))
    return record, (*book.problems, *reader.problems)
