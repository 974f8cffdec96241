"""An id that was typed over, and a row that stands on two sheets: nothing is lost, and both places are named."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from fatf_kit.core.problems import Problem
from fatf_kit.spreadsheets.reader import read_book
from fatf_kit.spreadsheets.schema import CellKind
from tests.samples import take_sample
from tools.written_inputs.kinds import KINDS
from tools.written_inputs.places import Place, find_places
from tools.written_inputs.sets import list_sets

DATA = list_sets()[-1]
WITH_COPIES = [kind for kind in KINDS if kind != "npo-register"]
PRINTED_IDS = {
    "answers": "requirements", "answers-2013": "requirements", "decisions": "decisions", "assessment": "assignment",
    "mock": "questions", "plan": "actions", "plan-items": "plan_items", "follow-up": "criteria",
    "laws": "instruments", "training": "sessions", "last-report": "report_deficiencies",
    "npo-measures": "questions", "npo-mapping": "whole",
}  # fmt: skip
"""Kinds with a table whose ids fatf-kit prints. Rows of figures and risks are known by their words too."""

ANOTHER = "the id of another row"
ALONE = ("decisions", "training", "plan-items", "laws")
"""Kinds in which little is printed next to an id: of two rows with one id the features say that it is there twice."""

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")


def open_kind(kind: str) -> tuple[openpyxl.Workbook, list[Place]]:
    """Open a filled workbook of a kind, with its tables."""
    workbook = openpyxl.load_workbook(DATA / f"{kind}-en.xlsx")
    return workbook, find_places(workbook, KINDS[kind].schema.tables, 6)


def choose_filled(place: Place) -> tuple[int, str]:
    """Choose a row and one of its filled open columns that takes any text."""
    plain = place.typed_columns_of(CellKind.TEXT, CellKind.LINK)
    filled = ((row, one.key) for row in place.rows for one in (*plain, *place.typed_columns))
    return next(cell for cell in filled if place.sheet.cell(cell[0], place.columns[cell[1]]).value is not None)


def list_new(kind: str, path: Path) -> list[Problem]:
    """List the problems of a changed workbook that the unchanged one has not."""
    schema = KINDS[kind].schema
    before, after = read_book(DATA / f"{kind}-en.xlsx", schema)[1], read_book(path, schema)[1]
    return [problem for problem in after if problem not in before]


@pytest.mark.full(keep_every=4)
@pytest.mark.parametrize("kind", take_sample(WITH_COPIES, WITH_COPIES[::4]))
def test_a_changed_copy_of_a_sheet_names_both_places(kind: str, tmp_path: Path) -> None:
    """Of every table; an identical copy says nothing."""
    workbook, places = open_kind(kind)
    path = tmp_path / f"{kind}-en.xlsx"
    for place in places:
        twin = workbook.copy_worksheet(place.sheet)
        workbook.save(path)
        assert "sheet-copied" not in {problem.code for problem in list_new(kind, path)}, place.table.name
        row, key = choose_filled(place)
        cell = twin.cell(row, place.columns[key])
        cell.value = "zq changed"
        workbook.save(path)
        (told,) = (problem for problem in list_new(kind, path) if problem.code == "sheet-copied")
        assert told.ref is not None
        assert told.ref.sheet == twin.title
        facts = dict(told.facts)
        assert facts["other"] == place.sheet.title
        assert str(row) in facts["rows"], place.table.name
        del workbook[twin.title]


@pytest.mark.full(keep_every=4)
@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        *((kind, "see remark") for kind in PRINTED_IDS),
        *((kind, ANOTHER) for kind in PRINTED_IDS if kind not in ALONE),
    ],
)
def test_an_id_typed_over_is_expected_and_the_row_is_kept(kind: str, typed: str, tmp_path: Path) -> None:
    """The cell is named with the id that was printed there, and the row is read under that id."""
    workbook, places = open_kind(kind)
    place = next(place for place in places if place.table.name == PRINTED_IDS[kind])
    at = place.columns[place.table.id]
    rows = [row for row in place.rows if place.sheet.cell(row, at).value is not None]
    cell = place.sheet.cell(rows[1], at)
    expected = str(cell.value)
    cell.value = place.sheet.cell(rows[2], at).value if typed == ANOTHER else typed
    path = tmp_path / f"{kind}-en.xlsx"
    workbook.save(path)
    before, _ = read_book(DATA / f"{kind}-en.xlsx", KINDS[kind].schema)
    after, problems = read_book(path, KINDS[kind].schema)
    assert before is not None
    assert after is not None
    changed = [problem for problem in problems if problem.code == "id-changed"]
    assert [(one.ref.cell if one.ref else None, dict(one.facts)["expected"]) for one in changed] == [
        (cell.coordinate, expected)
    ]
    name = place.table.name
    assert [row.id for row in after.rows[name]] == [row.id for row in before.rows[name]]


def test_a_new_number_of_the_same_form_is_meant(tmp_path: Path) -> None:
    """People may number their own rows anew: the old number is named, and the new one is used."""
    workbook, places = open_kind("last-report")
    place = places[0]
    cell = place.sheet.cell(place.rows[0], place.columns[place.table.id])
    cell.value = "RA-077"
    path = tmp_path / "last-report-en.xlsx"
    workbook.save(path)
    book, problems = read_book(path, KINDS["last-report"].schema)
    assert book is not None
    assert book.rows[place.table.name][0].id == "RA-077"
    (told,) = (problem for problem in problems if problem.code == "id-changed")
    assert dict(told.facts)["expected"] == "RA-001"


def test_a_row_that_people_add_is_theirs(tmp_path: Path) -> None:
    """A row with a number and words of its own has no printed id that could be missing."""
    workbook, places = open_kind("plan")
    place = places[0]
    row = place.sheet.max_row + 1
    for key, value in {"id": "A-99", "what": "Another action that nobody proposed", "owner": "charities"}.items():
        place.sheet.cell(row, place.columns[key]).value = value
    path = tmp_path / "plan-en.xlsx"
    workbook.save(path)
    book, problems = read_book(path, KINDS["plan"].schema)
    assert book is not None
    assert "A-99" in {row.id for row in book.rows["actions"]}
    assert "id-changed" not in {problem.code for problem in problems}
