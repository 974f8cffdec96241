"""The workbook of a country's measures: usable cells are read, and other cells are reported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.messages import Translator
from fatf_kit.npo.measures.catalogue import NationalMeasures, Tier, load_measures
from fatf_kit.npo.measures.workbook import read_measures_workbook, write_measures_workbook
from fatf_kit.npo.measures.working_papers import write_working_papers
from fatf_kit.npo.scales import SegmentKind
from fatf_kit.spreadsheets.sheet import CellValue
from tests.unit.npo.made_up_sector import made_up_sector

ROWS: tuple[Mapping[str, CellValue], ...] = (
    {"measure": "=Annual return", "kind": "reporting", "audience": "all", "legal_basis": "Act, art. 7", "hours": 12.5},
    {"measure": "Visits", "kind": "inspection", "audience": "high", "hours": 20, "bodies": 30, "because_of_tf": "yes"},
    {
        "measure": "Tax return",
        "kind": "reporting",
        "audience": "in_scope",
        "because_of_tf": "no",
        "segment_by": "legal_form",
        "segment": "foundation",
    },
)


def blank(folder: Path, language: str = "en", **answers: CellValue) -> Path:
    """Return the workbook with the rows above and answers to questions."""
    return write_measures_workbook(folder / "m.xlsx", language, ROWS, answers)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the English workbook with the rows above."""
    return blank(tmp_path)


def usable(path: Path) -> NationalMeasures:
    """Return the measures on a workbook without faults."""
    national, problems = read_measures_workbook(path)
    assert problems == ()
    assert national is not None
    return national


def changed(path: Path, sheet: str, **cells: object) -> tuple[NationalMeasures, list[tuple[str, str]]]:
    """Type into cells of a sheet; return the measures that are read and the problems with their cells."""
    book = openpyxl.load_workbook(path)
    for cell, value in cells.items():
        book[sheet][cell].value = value
    book.save(path)
    national, problems = read_measures_workbook(path)
    assert national is not None
    return national, [(problem.code, str(problem.ref and problem.ref.cell)) for problem in problems]


@pytest.mark.parametrize("language", LANGUAGES)
def test_written_workbook_is_read(language: str, tmp_path: Path) -> None:
    """A workbook is read in every language; blanks stay unknown, and text like a formula stays text."""
    national = usable(blank(tmp_path, language, engagement=True, appeal=False, last_review=date(2025, 2, 1)))
    first, visits, tax = national.measures
    assert (first.name, first.hours, first.bodies, first.because_of_tf) == ("=Annual return", 12.5, None, True)
    assert first.tiers == {Tier.OUT_OF_SCOPE, Tier.UNDETERMINED, Tier.UNRATED, Tier.LOW, Tier.MEDIUM, Tier.HIGH}
    assert (visits.tiers, visits.bodies) == (frozenset({Tier.HIGH}), 30)
    assert (tax.because_of_tf, tax.segment, tax.hours) == (False, (SegmentKind.LEGAL_FORM, "foundation"), None)
    assert dict(national.answers) == {"engagement": True, "appeal": False}
    assert national.last_review == date(2025, 2, 1)


def test_blank_workbook_has_no_measure(tmp_path: Path) -> None:
    """A blank workbook gives no measure, no answer and no problem."""
    assert usable(write_measures_workbook(tmp_path / "m.xlsx")) == NationalMeasures()


def test_bad_cells_are_reported_with_their_address(path: Path) -> None:
    """An unknown choice, a text for a number, a bad audience and half a segment are reported by cell."""
    changed(path, "Questions", C4="perhaps")
    typed = {"B5": "Confiscation", "H6": "about 20", "C6": "Low class; Medium class", "E7": None}
    national, reported = changed(path, "Measures", **typed, A8="Talks", B8="outreach", C8="low, nobody")
    assert reported == [
        ("choice-unknown", "B5"),
        ("number-unknown", "H6"),
        ("choice-unknown", "C8"),
        ("choice-unknown", "C4"),
        ("npo-measure-incomplete", "B5"),
        ("npo-measure-incomplete", "E7"),
        ("npo-measure-incomplete", "C8"),
    ]
    assert [(m.name, m.tiers, m.hours) for m in national.measures] == [
        ("Visits", frozenset({Tier.LOW, Tier.MEDIUM}), None)
    ]


@pytest.mark.parametrize("language", ["ar", "fr"])
@pytest.mark.parametrize(("cell", "column"), [("B5", "kinds"), ("C5", "audiences")])
def test_choices_are_reported_in_the_language(path: Path, language: str, cell: str, column: str) -> None:
    """The message names the first twelve choices as the workbook has them, also those with commas."""
    changed(path, "Measures", **{cell: "nonsense"})
    problem = next(p for p in read_measures_workbook(path)[1] if p.code == "choice-unknown")
    message = problem.text_in(Translator(language))
    names = [one.name for one in getattr(load_measures(language), column).values()]
    assert [name for name in names[:12] if name not in message] == []


def test_another_workbook_is_refused(tmp_path: Path) -> None:
    """A missing file and a workbook of another kind are refused."""
    assert read_measures_workbook(tmp_path / "none.xlsx")[1][0].code == "file-missing"
    openpyxl.Workbook().save(tmp_path / "other.xlsx")
    national, problems = read_measures_workbook(tmp_path / "other.xlsx")
    assert (national, [problem.code for problem in problems]) == (None, ["workbook-not-ours"])


def test_cells_outside_tables_are_reported(path: Path) -> None:
    """Words outside the tables, an answer to no question and a changed hidden id are reported."""
    changed(path, "Measures", M5="ours")
    last = openpyxl.load_workbook(path)["Questions"].max_row + 1
    _, reported = changed(path, "Questions", G4="ours", **{f"C{last}": "yes"}, A5="ours", C5="yes")
    assert reported == [
        ("cell-unplaced", "M5"),
        ("id-changed", "A5"),
        ("id-missing", f"C{last}"),
        ("cell-unplaced", "G4"),
        ("date-unknown", "C5"),
    ]


def test_source_of_an_answer_is_kept(tmp_path: Path) -> None:
    """The source of an answer becomes evidence for R.8, cited where the question belongs."""
    path = blank(tmp_path, engagement=True)
    national, problems = changed(path, "Questions", D4="Minutes of 3 May 2026", D6="Act 5, art. 9")
    assert (national.written, problems) == (
        {"engagement": "Minutes of 3 May 2026", "law_credited": "Act 5, art. 9"},
        [],
    )
    write_working_papers(made_up_sector(), tmp_path, measures=path)
    with CalamineWorkbook.from_path(tmp_path / "answers-R.8.xlsx") as answers:
        sheets = [answers.get_sheet_by_name(name).to_python() for name in answers.sheet_names]
    cells = {cell for rows in sheets for row in rows for cell in row}
    assert {"Minutes of 3 May 2026", "Act 5, art. 9", "NPO-001, NPO-Q01"} <= cells


def test_added_sheet_is_reported(tmp_path: Path) -> None:
    """A sheet that a user added is reported, because no measure on it is read; the hidden lists are not."""
    path = blank(tmp_path, "fr")
    book = openpyxl.load_workbook(path)
    book.create_sheet("More measures")["A1"] = "Fit and proper test"
    book.save(path)
    _, problems = read_measures_workbook(path)
    assert [(p.code, p.ref and p.ref.sheet) for p in problems] == [("sheet-unknown", "More measures")]


@pytest.mark.parametrize(
    ("typed", "hours", "bodies"),
    [
        ("1,500", None, 1500),
        ("1 500", 1500, 1500),
        ("1.500,5", 1500.5, None),
        ("١٬٥٠٠", None, 1500),
        ("12,5", 12.5, None),
        (0, 0, 0),
        ("about 20", None, None),
    ],
)
def test_numbers_with_thousands_are_never_read_as_small_ones(
    path: Path, typed: object, hours: float | None, bodies: int | None
) -> None:
    """For "1,500", hours are 1500 or a Problem, never 1.5; a count of bodies is 1500."""
    national, problems = changed(path, "Measures", H6=typed, I6=typed)
    assert (national.measures[1].hours, national.measures[1].bodies) == (hours, bodies)
    wanted = [("number-unknown", "H6")] * (hours is None) + [("whole-unknown", "I6")] * (bodies is None)
    assert problems == wanted


@pytest.mark.parametrize("typed", ["31/03/2026", "31 mars 2026", "2026-03-31", "٣١ مارس ٢٠٢٦", 46112])
def test_dates_are_read_as_people_type_them(path: Path, typed: object) -> None:
    """Dates are read in three languages and orders."""
    national, problems = changed(path, "Questions", C5=typed)
    assert (national.last_review, problems) == (date(2026, 3, 31), [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_hidden_rows_of_keys_may_be_deleted(tmp_path: Path, language: str) -> None:
    """Columns are then known by their headings, in any language."""
    path = blank(tmp_path, language, engagement=True, cases="Two.")
    before = usable(path)
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets[:3]:
        sheet.delete_rows(next(row for row in range(1, 6) if sheet.row_dimensions[row].hidden))
    book.save(path)
    after = usable(path)
    assert [replace(one, ref=None) for one in after.measures] == [replace(one, ref=None) for one in before.measures]
    assert (after.answers, after.described) == (before.answers, before.described)


def test_the_workbook_can_be_filtered_and_sorted(path: Path) -> None:
    """For months of work: every table has a filter and frozen heads, none is protected, one page wide in print."""
    book = openpyxl.load_workbook(path)
    sheets = [book[title] for title in ("Measures", "Questions", "Threat and decision")]
    assert [(s.auto_filter.ref, s.freeze_panes, s.protection.sheet, s.page_setup.fitToHeight) for s in sheets] == [
        ("A3:I64", "B5", False, 0),
        ("A2:D10", "C4", False, 0),
        ("A2:D13", "C4", False, 0),
    ]
