"""Each kind of workbook with a blank copy, filled in as its declaration says."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl

from fatf_kit import plan_of
from fatf_kit.action_plan.items.book import PLAN_ITEMS, render_items
from fatf_kit.action_plan.items.model import ItemRegister, PlanItem
from fatf_kit.action_plan.schema import PLAN
from fatf_kit.assessment.decisions.schema import DECISION_BOOK
from fatf_kit.assessment.folder.control_schema import CONTROL_BOOK
from fatf_kit.assessment.folder.model import CONTROL, Agency
from fatf_kit.assessment.workbook.layout import build_layout
from fatf_kit.assessment.workbook.schema import ANSWERS
from fatf_kit.assessment.workbook.template import write_template
from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import Problem
from fatf_kit.follow_up_report.schema import FOLLOW_UP
from fatf_kit.framework import load_framework
from fatf_kit.laws.book import LAWS, render_register
from fatf_kit.laws.model import LawRegister, Provision
from fatf_kit.laws.proposals import propose_country_instruments
from fatf_kit.mock_visit.schema import MOCK
from fatf_kit.npo.mapping.workbook import MAPPING
from fatf_kit.npo.measures.workbook import MEASURES_BOOK
from fatf_kit.npo.method.load import load_method
from fatf_kit.npo.questions.questionnaire import questionnaire_schema
from fatf_kit.spreadsheets.reader import FilledBook, read_book
from fatf_kit.spreadsheets.schema import BookSchema, CellKind, SheetColumn
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.statistics.schema import STATISTICS
from fatf_kit.statistics.template import WorkbookContents, make_plan
from fatf_kit.statistics.template import render_template as render_figures
from fatf_kit.training.book import make_training_schema, render_record
from fatf_kit.training.sheets import TrainingRecord
from fatf_kit.workflows.assessment_folder import init_assessment
from tools.fuzz.targets import good_input
from tools.written_inputs.places import Place, find_places

AGENCIES = (Agency(id="fiu", names={"en": "Financial Intelligence Unit"}), Agency(id="police", names={"en": "Police"}))

KINDS: Mapping[str, tuple[str, BookSchema]] = {
    "answers": ("workbook", ANSWERS),
    "plan": ("", PLAN),
    "follow-up": ("follow-up", FOLLOW_UP),
    "mock": ("mock", MOCK),
    "decisions": ("decisions", DECISION_BOOK),
    "statistics": ("", STATISTICS),
    "assessment": ("", CONTROL_BOOK),
    "npo-measures": ("measures", MEASURES_BOOK),
    "npo-questions": ("questionnaire", questionnaire_schema(load_method())),
    "npo-mapping": ("map", MAPPING),
    "laws": ("", LAWS),
    "plan-items": ("", PLAN_ITEMS),
    "training": ("", make_training_schema(AGENCIES)),
}
"""Kinds, each with the name of a blank copy among the seeds of the fuzz tests (none: made here) and its declaration."""

ROWS = 3
"""Rows that are filled in."""

Change = Callable[["FilledWorkbook"], object]
CellValues = dict[tuple[str, str, str], object]
"""The values that were read, by table, id of the row and key."""


@dataclass
class FilledWorkbook:
    """A filled workbook: one table of each that its kind has."""

    schema: BookSchema
    book: openpyxl.Workbook
    places: list[Place]

    @property
    def place(self) -> Place:
        """The first table in which rows are known by ids."""
        known = (place for place in self.places if not place.table.nameless or place.table.unfilled)
        return next(known, self.places[0])


def value_for(column: SheetColumn, row: int) -> str | int | date:
    """Return a value of the column's kind for a row."""
    if column.choices is not None:
        labels = list(column.choices.labels("en").values())
        return labels[row % len(labels)]
    values: dict[CellKind, str | int | date] = {
        CellKind.DATE: date(2026, 3, 31 - row),
        CellKind.NUMBER: 1500 + row,
        CellKind.WHOLE: 7 + row,
        CellKind.COUNT: 7 + row,
        CellKind.IDS: f"A-00{row + 1}",
        CellKind.LINK: f"www.example.org/law/{row}",
    }
    return values.get(column.kind, f"typed {column.key} {row}")


@cache
def _seed(kind: str) -> bytes:
    if name := KINDS[kind][0]:
        return good_input(name)
    if kind == "assessment":
        with TemporaryDirectory() as folder:
            made = init_assessment(Path(folder) / "home", country="IRQ", today=date(2026, 11, 28))
            return (made.path / CONTROL).read_bytes()
    if kind == "plan":
        return _plan()
    if kind == "laws":
        return render_register(_laws(), Translator("en"))
    if kind == "plan-items":
        return render_items(ItemRegister(items=_items()), Translator("en"))
    if kind == "training":
        return render_record(TrainingRecord(), AGENCIES, Translator("en"))
    return render_figures(make_plan(["coordination", "fiu"], years=(2024, 2025)), WorkbookContents())


def _plan() -> bytes:
    """Return a plan for one short Recommendation, because a whole one takes long to read."""
    layout = build_layout(load_framework("fatf-2022"), only=["R.9"], country="Examplia")
    answers: dict[str, dict[str, CellValue]] = {
        row.requirement: {"rating": "partly met", "missing": "A law."} for sheet in layout.sheets for row in sheet.rows
    }
    with TemporaryDirectory() as folder:
        path = Path(folder) / "answers.xlsx"
        write_template(layout, path, prefill=answers)
        return plan_of(path, start=date(2026, 1, 4)).workbook()


def _laws() -> LawRegister:
    (law,) = propose_country_instruments("IRQ")
    laws = tuple(replace(law, id=f"L-00{number}") for number in range(1, ROWS + 1))
    provisions = tuple(Provision(instrument=one.id, article="art. 1") for one in laws)
    return LawRegister(instruments=laws, provisions=provisions)


def _items() -> tuple[PlanItem, ...]:
    return tuple(PlanItem(id=f"PI-0{number}", label="An item") for number in range(1, ROWS + 1))


def filled(kind: str) -> FilledWorkbook:
    """Return the English workbook of a kind with every column filled in three rows of each table."""
    schema = KINDS[kind][1]
    book = openpyxl.load_workbook(io.BytesIO(_seed(kind)))
    places_of_tables = find_places(book, schema.tables, ROWS)
    for place in places_of_tables:
        _fill(place)
    return FilledWorkbook(schema, book, places_of_tables)


def _fill(place: Place) -> None:
    for number, row in enumerate(place.rows):
        identity = place.sheet.cell(row, place.columns[place.table.id])
        if identity.value is None:
            identity.value = number + 1 if place.table.is_numbered else f"X-{number + 1}"
        for column in place.typed_columns:
            own = column.of_row(str(identity.value))
            place.sheet.cell(row, place.columns[column.key]).value = value_for(own, number)


def read(one: FilledWorkbook, folder: Path) -> tuple[FilledBook | None, tuple[Problem, ...]]:
    """Save the workbook and read it back."""
    path = folder / "filled.xlsx"
    one.book.save(path)
    book, problems = read_book(path, one.schema)
    if book is not None:
        for table in one.schema.tables:
            book.records(table.name)
        problems = tuple(book.problems)
    return book, problems


def values_read(one: FilledWorkbook, book: FilledBook | None) -> CellValues:
    """Return the values that were read in the filled cells."""
    assert book is not None
    typed = {place.table.name: {column.key for column in place.typed_columns} for place in one.places}
    return {
        (table, row.id, key): value
        for table, rows in book.rows.items()
        for row in rows
        for key, value in row.values.items()
        if key in typed.get(table, ())
    }


@cache
def read_unchanged(kind: str) -> CellValues:
    """Return the answers in the filled workbook of a kind if nothing else is done to it."""
    one = filled(kind)
    with TemporaryDirectory() as folder:
        return values_read(one, read(one, Path(folder))[0])


def places(problems: tuple[Problem, ...]) -> set[tuple[str, str | None]]:
    """Return the codes of problems with their cells."""
    return {(problem.code, problem.ref.cell if problem.ref else None) for problem in problems}
