"""Filled workbooks of figures come back as they were, however they were mangled, and nothing is lost silently."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from fatf_kit.core.errors import FatfKitError, UnknownIdError, WorkbookError
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.statistics.model import RiskLevel, YearKind
from fatf_kit.statistics.reader import read_return
from fatf_kit.statistics.template import WorkbookContents, make_plan, render_template
from tests.unit.statistics.filled import (
    AMOUNT,
    COVER,
    EXPECTED,
    LINE,
    YEARS,
    book,
    list_problems,
    mangle,
    read,
    values,
    without_stamp,
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_filled_in_comes_back(tmp_path: Path, language: str) -> None:
    """Zero, blank and "not available" stay apart; amounts come in whole units."""
    found, problems = read(book(tmp_path, language))
    assert values(found) == EXPECTED
    assert not problems
    assert (found.currency, found.year_kind, found.year_starts) == ("EUR", YearKind.FISCAL, 7)
    assert (found.years, found.contact) == (YEARS, "Statistics office, ext. 12")
    assert [(c.id, c.outcome, c.predicate, c.year, c.core_issues) for c in found.cases] == [
        ("C-1", "IO.8", "smuggling", 2022, ("IO.8/8.7",))
    ]


def test_a_blank_workbook_has_no_figures(tmp_path: Path) -> None:
    """An empty cell is no figure, and says nothing."""
    found, problems = read(book(tmp_path, given=WorkbookContents()))
    assert not found.figures
    assert not problems
    assert LINE in found.requested


def test_the_same_plan_gives_the_same_bytes() -> None:
    """So that templates can be compared."""
    plan = make_plan(["fiu"], years=YEARS, language="ar")
    assert render_template(plan) == render_template(plan)


def test_columns_and_rows_may_move(tmp_path: Path) -> None:
    """Lines are found by their ids, years by their keys."""

    def move(sheet: Worksheet) -> None:
        sheet.insert_cols(3)
        sheet.insert_rows(1, 2)
        sheet.insert_rows(8)

    found, problems = read(mangle(book(tmp_path), move))
    assert values(found) == EXPECTED
    assert not problems


def test_years_are_read_from_headings_where_keys_are_gone(tmp_path: Path) -> None:
    """Headings of fiscal years too."""
    found, problems = read(mangle(book(tmp_path, "ar"), lambda sheet: sheet.delete_rows(4)))
    assert values(found) == EXPECTED
    assert not problems


@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_are_found_by_their_words_where_ids_are_gone(tmp_path: Path, language: str) -> None:
    """The words of the row and of what is counted, in any language."""
    found, problems = read(mangle(book(tmp_path, language), lambda sheet: sheet.delete_cols(1)))
    assert values(found) == EXPECTED
    assert not problems


def test_counts_that_look_like_years_are_no_headings(tmp_path: Path) -> None:
    """Even where the ids are gone: 2,020 declarations are 2,020 declarations."""
    figures = {(LINE, 2021): 2020, (LINE, 2022): 2031, (LINE, 2023): 1999}
    given = WorkbookContents(cover=COVER, figures=figures)
    found, problems = read(mangle(book(tmp_path, given=given), lambda sheet: sheet.delete_cols(1)))
    assert given.figures == values(found)
    assert not problems


@pytest.mark.full(keep_every=2)
@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("about ten", "number-unknown"),
        (-3, "number-unknown"),
        (2.5, "figure-not-whole"),
        (True, "number-unknown"),
        ("10 %", "number-unknown"),
    ],
)
def test_cells_that_are_no_figures_are_reported(tmp_path: Path, typed: Any, code: str) -> None:
    """Each with its address; nothing is guessed."""
    path = mangle(book(tmp_path), {"E5": typed})
    assert list_problems(path) == [(code, "Cash declarations!E5")]


def test_an_error_cell_is_no_blank(tmp_path: Path) -> None:
    """It would else pass for a figure not known."""

    def change(sheet: Worksheet) -> None:
        sheet["E5"] = "#REF!"
        sheet["E5"].data_type = "e"

    _, problems = read(mangle(book(tmp_path), change))
    assert problems == {"cell-error": 1}


def test_figures_without_a_line_and_remarks_next_to_them_are_reported(tmp_path: Path) -> None:
    """Neither is read, and neither is lost without a word."""
    cells = {"A5": "cash-declarations/in/declaration", "B30": "We count lorries too", "E31": 77}
    _, problems = read(mangle(book(tmp_path), cells))
    assert problems == {"figure-line-unknown": 1, "cell-locked": 2, "id-missing": 1}


def test_a_line_that_stands_twice_is_reported(tmp_path: Path) -> None:
    """The first figure stands."""

    def change(sheet: Worksheet) -> None:
        for column in range(1, 9):
            sheet.cell(40, column, sheet.cell(5, column).value)
        sheet.cell(40, 5, 13)

    found, problems = read(mangle(book(tmp_path), change))
    assert values(found) == EXPECTED
    assert problems == {"figure-twice": 1}


def test_sheets_without_years_are_reported(tmp_path: Path) -> None:
    """Figures under no year are nobody's."""
    cells = dict.fromkeys(("E3", "F3", "G3", "E4", "F4", "G4"))
    _, problems = read(mangle(book(tmp_path), cells))
    assert problems["figure-years"] == 1


def test_names_of_persons_are_kept_out(tmp_path: Path) -> None:
    """A column of names is refused, and words that name somebody are withheld."""
    cells = {"J3": "Suspect", "J5": "Somebody", "E5": "Mr Smith was arrested."}
    path = mangle(book(tmp_path), cells, "Cases")
    found, problems = read(path)
    assert problems == {"case-person": 1, "case-person-column": 1}
    assert [case.is_withheld for case in found.cases] == [True]
    assert not any("Somebody" in problem.message for problem in read_return(path)[1])


@pytest.mark.parametrize("level", ["restricted", "eyes only"])
def test_nothing_of_a_restricted_case_is_quoted(tmp_path: Path, level: str) -> None:
    """However short; a level that nobody knows may be meant to be strict. In other cases only what is short."""

    def report(**more: str) -> dict[str, str]:
        case = {"case": "C-2", "outcome": "Zyxwv told", "predicate": "Zyxwv paid", "core_issues": "Zyxwv"}
        problems = read_return(book(tmp_path, given=WorkbookContents(cases=[{**case, **more}])))[1]
        assert {"choice-unknown", "case-core-issue-unknown"} <= {one.code for one in problems}
        return {str(one.ref).partition("!")[2]: one.message for one in problems}

    secret = report(confidentiality=level).values()
    assert [message for message in secret if "Zyxwv" in message or level in message] == []
    long = report(predicate="Zyxwv told the bank of it")
    assert "a text of length 25 is not in the list" in long["C5"]


def test_a_country_has_a_name(tmp_path: Path) -> None:
    """A number in its field is reported and not used."""
    found, problems = read(book(tmp_path, given=WorkbookContents(cover={"country": 7})))
    assert (found.country, problems["cover-country-name"]) == (None, 1)


def test_half_a_case_and_unknown_words_are_reported(tmp_path: Path) -> None:
    """The case is kept, what it says wrongly is not used."""
    case = {"case": "C-2", "outcome": "R.8", "predicate": "jaywalking", "core_issues": "8.7, 99.1"}
    given = WorkbookContents(cases=[{**case, "done": "Much."}])
    found, problems = read(book(tmp_path, given=given))
    assert problems == {"case-thin": 1, "choice-unknown": 2, "case-core-issue-unknown": 2}
    assert [(c.outcome, c.predicate, c.core_issues) for c in found.cases] == [("", None, ())]


def test_the_risk_sheet_comes_back(tmp_path: Path) -> None:
    """Levels in the workbook's language, proceeds in whole units; an unknown level is reported."""
    risks: dict[str, dict[str, Any]] = {
        "threat/fraud": {"level": "high", "proceeds": 20, "why": "Much of it."},
        "sector/banks": {"level": "very high"},
        "threat/tf": {"level": "medium-low"},
    }
    given = WorkbookContents(cover={"multiple": 1000}, risks=risks)
    found, problems = read(book(tmp_path, "ar", given, roles=("coordination",)))
    assert problems == {"choice-unknown": 1}
    assert {risk.id: (risk.level, risk.proceeds) for risk in found.risks} == {
        "threat/fraud": (RiskLevel.HIGH, 20_000),
        "sector/banks": (None, None),
        "threat/tf": (RiskLevel.MEDIUM_LOW, None),
    }


@pytest.mark.parametrize(
    ("cover", "code"),
    [
        ({"currency": "EUR", "year_kind": "lunar"}, "choice-unknown"),
        ({"currency": "euros", "year_kind": "calendar"}, "choice-unknown"),
        ({"currency": "EUR", "year_kind": "calendar", "multiple": 500}, "choice-unknown"),
        ({"currency": "EUR", "year_kind": "fiscal", "year_starts": 13}, "choice-unknown"),
        ({"year_kind": "calendar"}, "statistics-currency-unsaid"),
        ({"currency": "EUR", "year_kind": None}, "statistics-years-unsaid"),
    ],
)
def test_a_cover_that_cannot_be_used_is_reported(tmp_path: Path, cover: dict[str, Any], code: str) -> None:
    """Figures of two agencies could not be compared."""
    given = WorkbookContents(cover=cover, figures={(AMOUNT, 2021): 5})
    _, problems = read(book(tmp_path, given=given))
    assert problems == {code: 1}


def test_the_stamp_may_be_lost(tmp_path: Path) -> None:
    """The answers still count; only the requested lines are then not known."""
    found, _ = read(without_stamp(book(tmp_path)))
    assert values(found) == EXPECTED


def test_another_workbook_is_not_ours() -> None:
    """A questionnaire holds no figures."""
    from fatf_kit.core.resources import data_folder

    found, problems = read_return(data_folder("templates") / "fatf-2022-en.xlsx")
    assert found is None
    assert [problem.code for problem in problems] == ["workbook-not-ours"]


def test_a_figure_without_a_place_is_refused_when_writing() -> None:
    """Nothing given is left out silently."""
    with pytest.raises(WorkbookError, match="no cells"):
        render_template(make_plan(["fiu"], years=YEARS), WorkbookContents(figures={(LINE, 2021): 1}))


def test_plans_refuse_what_they_cannot_ask() -> None:
    """Roles that count nothing, and years that are none."""
    with pytest.raises(UnknownIdError, match="data_protection"):
        make_plan(["data_protection"], years=YEARS)
    with pytest.raises(FatfKitError, match="names no years"):
        make_plan(["fiu"], years=())
