"""The kinds of workbooks of a set: how each is written, and how it is read into its record."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from fatf_kit.action_plan.items.book import PLAN_ITEMS, read_items
from fatf_kit.action_plan.reading import read_plan
from fatf_kit.action_plan.schema import PLAN
from fatf_kit.assessment.answers.intake import read_responses
from fatf_kit.assessment.decisions.bulk import read_bulk_decision
from fatf_kit.assessment.decisions.reader import parse_copy_decisions, parse_decisions, read_decision_book
from fatf_kit.assessment.decisions.schema import DECISION_BOOK
from fatf_kit.assessment.folder.control_reader import read_control
from fatf_kit.assessment.folder.control_schema import CONTROL_BOOK
from fatf_kit.assessment.folder.model import Agency
from fatf_kit.assessment.workbook.schema import ANSWERS
from fatf_kit.core.problems import Problem
from fatf_kit.follow_up_report.schema import FOLLOW_UP
from fatf_kit.follow_up_report.workbook import read_follow_up
from fatf_kit.framework import list_editions, load_framework
from fatf_kit.framework.question_bank import load_bank
from fatf_kit.laws.book import LAWS, read_register
from fatf_kit.mock_visit.reader import read_mock_sheets
from fatf_kit.mock_visit.schema import MOCK
from fatf_kit.npo.functions import npo_classify
from fatf_kit.npo.mapping.workbook import MAPPING, read_map_workbook
from fatf_kit.npo.measures.workbook import MEASURES_BOOK, read_measures_workbook
from fatf_kit.npo.method.load import load_method
from fatf_kit.npo.questions.answers import read_answers
from fatf_kit.npo.questions.questionnaire import questionnaire_schema
from fatf_kit.npo.register.settings_file import read_national
from fatf_kit.npo.register.template_schema import REGISTER
from fatf_kit.report_text.items import read_report_items
from fatf_kit.report_text.schema import LAST_REPORT
from fatf_kit.spreadsheets.reader import read_book
from fatf_kit.spreadsheets.schema import BookSchema
from fatf_kit.spreadsheets.values import Record
from fatf_kit.statistics.reader import read_return
from fatf_kit.statistics.schema import STATISTICS
from fatf_kit.training.book import make_training_schema, read_record
from fatf_kit.training.sheets import ReadingContext

TODAY = date(2026, 12, 1)
"""The day with which days in workbooks are compared."""

AGENCIES = (
    Agency(id="council", names={"en": "National Coordination Council"}),
    Agency(id="fiu", names={"en": "Financial Intelligence Unit"}),
)
"""The agencies of the folder in which the training record is."""

_EDITION = "fatf-2022"

ReadResult = tuple[object, Iterable[Problem]]
"""The result of a reader, and the problems that it found."""


@dataclass(frozen=True, slots=True)
class WrittenKind:
    """A kind of workbook: its declaration, and the function that reads it as the commands of fatf-kit do."""

    schema: BookSchema
    read: Callable[[Path], ReadResult]


def _read_answers(path: Path, edition: str = _EDITION) -> ReadResult:
    _, responses, problems = read_responses([path], edition=edition)
    return responses, problems


def _read_decisions(path: Path) -> ReadResult:
    book = read_decision_book(path)
    decisions, problems = parse_decisions(book, load_framework(_EDITION))
    copies, unusable = parse_copy_decisions(book)
    rows = [_list_row(row) for row in (*book.rows, *book.copies)]
    result = {"decisions": decisions, "copies": copies, "bulk": read_bulk_decision(book), "rows": rows}
    return {**result, "is_readable": book.is_readable}, (*problems, *unusable)


def _list_row(row: Record) -> dict[str, object]:
    """Return a row that fatf-kit keeps word for word: its address, its id and its values."""
    return {"at": row.row.ref, "id": row.id, **row.values}


def _read_mock_sheets(path: Path) -> ReadResult:
    sheets, problems = read_mock_sheets([path])
    return replace(sheets, files=()), problems


def _read_training(path: Path) -> ReadResult:
    questions = frozenset(question.id for asked in load_bank(_EDITION).values() for question in asked)
    context = ReadingContext(framework=load_framework(_EDITION), agencies=AGENCIES, today=TODAY, questions=questions)
    return read_record(path, context)


def _read_questionnaire(path: Path) -> ReadResult:
    answers = read_answers([path], load_method())
    return replace(answers, problems=()), answers.problems


def _read_npo_register(path: Path) -> ReadResult:
    """Read a register by classifying its bodies, because its values are read where they are classified."""
    with TemporaryDirectory() as folder:
        classified = npo_classify(path, folder, as_of=TODAY)
        with (Path(folder) / "classified.csv").open(encoding="utf-8-sig", newline="") as lines:
            bodies = {row["npo_id"]: _drop_words(row) for row in csv.DictReader(lines)}
    national, _ = read_national(path, load_method())
    return {"bodies": bodies, "unused": classified.unused, "national": national}, classified.result.problems


def _drop_words(body: dict[str, str]) -> dict[str, str]:
    """Return a classified body without the sentences that explain its class."""
    return {key: value for key, value in body.items() if key not in ("npo_id", "reasons", "would_lower", "would_raise")}


def _read_last_report(path: Path) -> ReadResult:
    answers = read_report_items(path)
    book, _ = read_book(path, LAST_REPORT)
    tables = LAST_REPORT.tables if book is not None else ()
    rows = {table.name: [_list_row(row) for row in book.records(table.name)] for table in tables if book is not None}
    return {"items": answers.items, **rows}, answers.problems


KINDS: dict[str, WrittenKind] = {
    "answers": WrittenKind(ANSWERS, _read_answers),
    "answers-2013": WrittenKind(ANSWERS, lambda path: _read_answers(path, "fatf-2013")),
    "decisions": WrittenKind(DECISION_BOOK, _read_decisions),
    "assessment": WrittenKind(CONTROL_BOOK, read_control),
    "statistics": WrittenKind(STATISTICS, read_return),
    "mock": WrittenKind(MOCK, _read_mock_sheets),
    "plan": WrittenKind(PLAN, read_plan),
    "plan-items": WrittenKind(PLAN_ITEMS, lambda path: read_items(path, load_framework(_EDITION))),
    "follow-up": WrittenKind(
        FOLLOW_UP, lambda path: read_follow_up(path, {name: load_framework(name) for name in list_editions()})
    ),
    "laws": WrittenKind(LAWS, lambda path: read_register(path, load_framework(_EDITION))),
    "training": WrittenKind(make_training_schema(AGENCIES), _read_training),
    "last-report": WrittenKind(LAST_REPORT, _read_last_report),
    "npo-measures": WrittenKind(MEASURES_BOOK, read_measures_workbook),
    "npo-questions": WrittenKind(questionnaire_schema(load_method()), _read_questionnaire),
    "npo-mapping": WrittenKind(MAPPING, lambda path: read_map_workbook(path, load_method())),
    "npo-register": WrittenKind(REGISTER, _read_npo_register),
}
"""The kinds by the first part of the names of their files. Workbooks of an earlier edition are read like the others."""
