"""Filled workbooks of figures come back as they were, however they were mangled, and nothing is lost silently."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from fatf_kit.errors import FatfKitError, UnknownIdError, WorkbookError
from fatf_kit.locale import LANGUAGES
from fatf_kit.statistics.figures import AgencyReturn, NoFigure
from fatf_kit.statistics.model import RiskLevel, YearKind
from fatf_kit.statistics.plan import make_plan
from fatf_kit.statistics.reader import read_return
from fatf_kit.statistics.template import Given, render_template

YEARS = (2021, 2022, 2023)
LINE = "cash-declarations/in/declarations"
AMOUNT = "cash-declarations/in/seized-amount"
FIGURES: dict[tuple[str, int], Any] = {
    (LINE, 2021): 12,
    (LINE, 2022): 0,
    (LINE, 2023): "not available",
    (AMOUNT, 2021): 1.1,
    ("ml-cases/smuggling/investigations", 2023): 4,
}
COVER: dict[str, Any] = {
    "country": "Ruritania",
    "currency": "eur",
    "multiple": 1_000_000,
    "year_starts": 7,
    "year_kind": "fiscal",
}
CASE: dict[str, Any] = {
    "case": "C-1",
    "outcome": "IO.8",
    "predicate": "smuggling",
    "year": 2022,
    "done": "Cash was stopped.",
    "result": "It was confiscated.",
    "shows": "Declarations are looked at.",
    "core_issues": "8.7",
}


def book(
    tmp_path: Path, language: str = "en", given: Given | None = None, roles: tuple[str, ...] = ("customs",)
) -> Path:
    """A filled workbook."""
    plan = make_plan(roles, years=YEARS, language=language)
    path = tmp_path / f"customs-{language}.xlsx"
    path.write_bytes(render_template(plan, given or Given(cover=COVER, figures=FIGURES, cases=[CASE])))
    return path


def mangle(path: Path, change: Callable[[Worksheet], object], sheet: str = "cash-declarations") -> Path:
    """A copy changed by another program."""
    workbook = openpyxl.load_workbook(path)
    change(workbook[sheet])
    target = path.with_name("mangled.xlsx")
    workbook.save(target)
    return target


def read(path: Path) -> tuple[AgencyReturn, Counter[str]]:
    """What comes back, and the codes of the problems."""
    found, problems = read_return(path)
    assert found is not None, problems
    return found, Counter(problem.code for problem in problems)


def values(found: AgencyReturn) -> dict[tuple[str, int], Any]:
    """Figures by line and year."""
    return {(f.line, f.year): f.value if f.none is None else str(f.none) for f in found.figures}


EXPECTED = {**FIGURES, (AMOUNT, 2021): 1_100_000}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_filled_in_comes_back(tmp_path: Path, language: str) -> None:
    """Zero, blank and "not available" stay apart; amounts come in whole units."""
    found, problems = read(book(tmp_path, language))
    assert EXPECTED == values(found)
    assert not problems
    assert ("EUR", YearKind.FISCAL, 7) == (found.currency, found.year_kind, found.year_starts)
    assert YEARS == found.years
    assert [("C-1", "IO.8", "smuggling", 2022, ("IO.8/8.7",))] == [
        (c.id, c.outcome, c.predicate, c.year, c.core_issues) for c in found.cases
    ]


def test_a_blank_workbook_has_no_figures(tmp_path: Path) -> None:
    """An empty cell is no figure, and says nothing."""
    found, problems = read(book(tmp_path, given=Given()))
    assert not found.figures
    assert not problems
    assert LINE in found.asked


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
    assert EXPECTED == values(found)
    assert not problems


def test_years_are_read_from_headings_where_keys_are_gone(tmp_path: Path) -> None:
    """Headings of fiscal years too."""
    found, problems = read(mangle(book(tmp_path, "ar"), lambda sheet: sheet.delete_rows(2)))
    assert EXPECTED == values(found)
    assert not problems


@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_are_found_by_their_words_where_ids_are_gone(tmp_path: Path, language: str) -> None:
    """The words of the row and of what is counted, in any language."""
    found, problems = read(mangle(book(tmp_path, language), lambda sheet: sheet.delete_cols(1)))
    assert EXPECTED == values(found)
    assert not problems


def test_counts_that_look_like_years_are_no_headings(tmp_path: Path) -> None:
    """Even where the ids are gone: 2,020 declarations are 2,020 declarations."""
    given = Given(cover=COVER, figures={(LINE, 2021): 2020, (LINE, 2022): 2031, (LINE, 2023): 1999})
    found, problems = read(mangle(book(tmp_path, given=given), lambda sheet: sheet.delete_cols(1)))
    assert given.figures == values(found)
    assert not problems


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("about ten", "figure-unknown"),
        (-3, "figure-negative"),
        (2.5, "figure-not-whole"),
        (True, "figure-unknown"),
        ("10 %", "figure-unknown"),
    ],
)
def test_cells_that_are_no_figures_are_told(tmp_path: Path, typed: Any, code: str) -> None:
    """Each with its address; nothing is guessed."""

    def change(sheet: Worksheet) -> None:
        sheet["E3"] = typed

    path = mangle(book(tmp_path), change)
    _, problems = read_return(path)
    assert [(code, "mangled.xlsx, cash-declarations!E3")] == [(p.code, str(p.ref)) for p in problems]


def test_an_error_cell_is_no_blank(tmp_path: Path) -> None:
    """It would else pass for a figure not known."""

    def change(sheet: Worksheet) -> None:
        sheet["E3"] = "#REF!"
        sheet["E3"].data_type = "e"

    _, problems = read(mangle(book(tmp_path), change))
    assert {"cell-error": 1} == problems


def without_stamp(path: Path) -> Path:
    """A copy that has lost it."""
    workbook: Any = openpyxl.load_workbook(path)
    del workbook["_stamp"]
    for name in list(workbook.custom_doc_props.names):
        del workbook.custom_doc_props[name]
    target = path.with_name("no-stamp.xlsx")
    workbook.save(target)
    return target


def told_of(path: Path) -> list[tuple[str, str]]:
    """Codes and cells of what is said of a copy."""
    return [(p.code, str(p.ref).partition(", ")[2]) for p in read_return(path)[1]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_on_the_sheets_before_the_figures_are_told(tmp_path: Path, language: str) -> None:
    """Beside a field, below the steps, in the place of one, after the name, in the contents; not a word of them."""
    workbook = openpyxl.load_workbook(book(tmp_path, language))
    cover, contents = workbook.worksheets[:2]
    cover["B2"] = f"{cover['B2'].value}, and the coast guard"
    cover["D5"], cover["C15"], cover["B40"] = "Counted by N.", "We skip this", 7
    cover["B41"] = "#REF!"
    cover["B41"].data_type = "e"
    contents["B20"], workbook["_lists"]["J3"] = "See our letter", "a list of ours"
    workbook.save(tmp_path / "typed.xlsx")
    stray = [(cover.title, "B2"), (cover.title, "B40"), (cover.title, "C15"), (cover.title, "D5")]
    stray += [(contents.title, "B20"), ("_lists", "J3")]
    expected = {("cell-error", f"{cover.title}!B41"), *(("cell-stray", f"{sheet}!{cell}") for sheet, cell in stray)}
    assert expected == set(told_of(tmp_path / "typed.xlsx"))
    assert not any("coast" in p.message or "letter" in p.message for p in read_return(tmp_path / "typed.xlsx")[1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_printed_around_the_figures_is_somebodys(tmp_path: Path, language: str) -> None:
    """With a notice and a name of dots and dashes, and years of any kind. Without the stamp the notice is not known."""
    path = tmp_path / "a.xlsx"
    for kind in YearKind:
        plan = make_plan(
            ["coordination", "fiu"], years=YEARS, language=language, agency="F.I.U. – Unit 3", year_kind=kind
        )
        path.write_bytes(render_template(plan, Given(cover=COVER)))
        assert [] == told_of(path)
        assert [] == told_of(without_stamp(path))
    path.write_bytes(render_template(replace(plan, notice="Made up – for practice"), Given(cover=COVER)))
    assert [] == told_of(path)
    assert ["locked-unsure"] == [code for code, _ in told_of(without_stamp(path))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_in_headings_are_told(tmp_path: Path, language: str) -> None:
    """Below the title, behind a year, over a column of cases that is empty; years may be written otherwise."""
    workbook = openpyxl.load_workbook(book(tmp_path, language))
    figures, cases = workbook["cash-declarations"], workbook.worksheets[-3]
    figures["B1"] = str(figures["B1"].value).replace("\n", "\nWithout the airports.\n", 1)
    figures["C1"], figures["E1"], figures["F1"], figures["G1"] = "Counted by N.", "2021 (June only)", "FY 2022/23", 2023
    figures["I1"], cases["F1"], cases["K1"] = 7, f"{cases['F1'].value} (first court)", "Our view"
    workbook.save(tmp_path / "typed.xlsx")
    told = [("cash-declarations", cell) for cell in ("B1", "C1", "E1", "I1")] + [
        (cases.title, "F1"),
        (cases.title, "K1"),
    ]
    assert [("cell-locked", f"{sheet}!{cell}") for sheet, cell in told] == told_of(tmp_path / "typed.xlsx")
    assert EXPECTED == values(read(tmp_path / "typed.xlsx")[0])
    assert [("locked-unsure", "cash-declarations!B1")] == told_of(without_stamp(tmp_path / "typed.xlsx"))


def test_words_in_place_of_a_threat_are_told(tmp_path: Path) -> None:
    """The row is known by its id; below the table too, where nothing else stands in the row."""
    given = Given(cover=COVER, risks={"threat/fraud": {"level": "high"}})
    workbook = openpyxl.load_workbook(book(tmp_path, given=given, roles=("coordination",)))
    sheet = next(one for one in workbook if str(one["A3"].value).startswith("threat/"))
    row = next(cell.row for cell in sheet["A"] if cell.value == "threat/fraud")
    sheet.cell(row, 2).value, sheet["B90"], sheet["A91"] = "Fraud by phone", "Hawala is missing", "threat/hawala"
    workbook.save(tmp_path / "typed.xlsx")
    cells = (f"{sheet.title}!{cell}" for cell in (f"B{row}", "B90", "A91"))
    assert [("cell-locked", cell) for cell in cells] == told_of(tmp_path / "typed.xlsx")
    assert ["threat/fraud"] == [risk.id for risk in read(tmp_path / "typed.xlsx")[0].risks]


def test_a_year_of_a_case_that_is_none_is_told(tmp_path: Path) -> None:
    """The case is kept; nothing of a restricted one is quoted."""
    given = Given(
        cover=COVER, cases=[{**CASE, "year": "last spring"}, {**CASE, "year": "Zyx", "confidentiality": "restricted"}]
    )
    path = book(tmp_path, given=given)
    assert [("case-year-unknown", "Cases!D3"), ("case-year-unknown", "Cases!D4")] == told_of(path)
    assert [None, None] == [case.year for case in read(path)[0].cases]
    assert ["last spring" in problem.message for problem in read_return(path)[1]] == [True, False]
    assert not any("Zyx" in problem.message for problem in read_return(path)[1])


def test_of_another_version_only_what_lies_apart_is_told(tmp_path: Path) -> None:
    """Its texts may have been others, beside those that are the same."""

    def change(sheet: Worksheet) -> None:
        sheet["C15"], sheet["B40"] = "Another sentence of ours", "We count lorries too"

    path = mangle(without_stamp(book(tmp_path)), change, "Cover")
    assert [("cell-stray", "Cover!B40")] == told_of(path)


def test_two_covers_that_differ_are_told(tmp_path: Path) -> None:
    """The first one is used."""

    def change(sheet: Worksheet) -> None:
        workbook = sheet.parent
        assert workbook is not None
        workbook.copy_worksheet(sheet)["C8"] = "USD"

    path = mangle(book(tmp_path), change, "Cover")
    assert "EUR" == read(path)[0].currency
    assert [("cover-differs", "Cover Copy!C8")] == told_of(path)


def test_figures_without_a_line_and_remarks_beside_are_told(tmp_path: Path) -> None:
    """Neither is read, and neither is lost without a word."""

    def change(sheet: Worksheet) -> None:
        sheet["A3"] = "cash-declarations/in/declaration"
        sheet["B30"] = "We count lorries too"
        sheet["E31"] = 77

    _, problems = read(mangle(book(tmp_path), change))
    assert {"figure-line-unknown": 1, "cell-stray": 1, "figure-line-missing": 1} == problems


def test_a_line_that_stands_twice_is_told(tmp_path: Path) -> None:
    """The first figure stands."""

    def change(sheet: Worksheet) -> None:
        for column in range(1, 9):
            sheet.cell(40, column, sheet.cell(3, column).value)
        sheet.cell(40, 5, 13)

    found, problems = read(mangle(book(tmp_path), change))
    assert EXPECTED == values(found)
    assert {"figure-twice": 1} == problems


def test_sheets_without_years_are_told(tmp_path: Path) -> None:
    """Figures under no year are nobody's."""

    def change(sheet: Worksheet) -> None:
        for row in (1, 2):
            for column in range(5, 8):
                sheet.cell(row, column).value = None

    _, problems = read(mangle(book(tmp_path), change))
    assert 1 == problems["figure-years"]


def test_names_of_persons_are_kept_out(tmp_path: Path) -> None:
    """A column of names is refused, and words that name somebody are withheld."""

    def change(sheet: Worksheet) -> None:
        sheet["J1"] = "Suspect"
        sheet["J3"] = "Somebody"
        sheet["E3"] = "Mr Smith was arrested."

    path = mangle(book(tmp_path), change, "Cases")
    found, problems = read(path)
    assert {"case-person": 1, "case-person-column": 1} == problems
    assert [True] == [case.withheld for case in found.cases]
    assert not any("Somebody" in problem.message for problem in read_return(path)[1])


@pytest.mark.parametrize("level", ["restricted", "eyes only"])
def test_nothing_of_a_restricted_case_is_quoted(tmp_path: Path, level: str) -> None:
    """However short; a level that nobody knows may be meant to be strict. In other cases only what is short."""
    case = {"case": "C-2", "outcome": "Zyxwv told", "predicate": "Zyxwv paid", "core_issues": "Zyxwv"}
    problems = read_return(book(tmp_path, given=Given(cases=[{**case, "confidentiality": level}])))[1]
    assert {"case-outcome-unknown", "case-predicate-unknown", "case-core-issue-unknown"} <= {p.code for p in problems}
    assert [] == [p.message for p in problems if "Zyxwv" in p.message or level in p.message]
    long = {**case, "predicate": "Zyxwv told the bank of it"}
    (told,) = [p for p in read_return(book(tmp_path, given=Given(cases=[long])))[1] if "predicate" in p.code]
    assert "a text of length 25 is no predicate offence" in told.message


def test_a_country_has_a_name(tmp_path: Path) -> None:
    """A number in its field is told and not used."""
    found, problems = read(book(tmp_path, given=Given(cover={"country": 7})))
    assert (None, 1) == (found.country, problems["cover-country-name"])


def test_half_a_case_and_unknown_words_are_told(tmp_path: Path) -> None:
    """The case is kept, what it says wrongly is not used."""
    case = {"case": "C-2", "outcome": "R.8", "predicate": "jaywalking", "core_issues": "8.7, 99.1", "done": "Much."}
    found, problems = read(book(tmp_path, given=Given(cases=[case])))
    assert {
        "case-thin": 1,
        "case-outcome-unknown": 1,
        "case-predicate-unknown": 1,
        "case-core-issue-unknown": 2,
    } == problems
    assert [("", None, ())] == [(c.outcome, c.predicate, c.core_issues) for c in found.cases]


def test_the_risk_sheet_comes_back(tmp_path: Path) -> None:
    """Levels in the workbook's language, proceeds in whole units; an unknown level is told."""
    risks: dict[str, dict[str, Any]] = {
        "threat/fraud": {"level": "high", "proceeds": 20, "why": "Much of it."},
        "sector/banks": {"level": "very high"},
        "threat/tf": {"level": "medium-low"},
    }
    given = Given(cover={"multiple": 1000}, risks=risks)
    found, problems = read(book(tmp_path, "ar", given, roles=("coordination",)))
    assert {"risk-level-unknown": 1} == problems
    assert {
        "threat/fraud": (RiskLevel.HIGH, 20_000),
        "sector/banks": (None, None),
        "threat/tf": (RiskLevel.MEDIUM_LOW, None),
    } == {risk.id: (risk.level, risk.proceeds) for risk in found.risks}


@pytest.mark.parametrize(
    ("cover", "code"),
    [
        ({"currency": "EUR", "year_kind": "lunar"}, "statistics-cover-value"),
        ({"currency": "euros", "year_kind": "calendar"}, "statistics-cover-value"),
        ({"currency": "EUR", "year_kind": "calendar", "multiple": 500}, "statistics-cover-value"),
        ({"currency": "EUR", "year_kind": "fiscal", "year_starts": 13}, "statistics-cover-value"),
        ({"year_kind": "calendar"}, "statistics-currency-unsaid"),
        ({"currency": "EUR", "year_kind": None}, "statistics-years-unsaid"),
    ],
)
def test_a_cover_that_cannot_be_used_is_told(tmp_path: Path, cover: dict[str, Any], code: str) -> None:
    """Figures of two agencies could not be compared."""
    _, problems = read(book(tmp_path, given=Given(cover=cover, figures={(AMOUNT, 2021): 5})))
    assert {code: 1} == problems


def test_the_stamp_may_be_lost(tmp_path: Path) -> None:
    """What was filled in still counts; only what was asked is then not known."""
    found, _ = read(without_stamp(book(tmp_path)))
    assert EXPECTED == values(found)


def test_another_workbook_is_not_ours() -> None:
    """A questionnaire holds no figures."""
    from fatf_kit.resources import data_folder

    found, problems = read_return(data_folder("templates") / "fatf-2022-en.xlsx")
    assert found is None
    assert ["statistics-not-ours"] == [problem.code for problem in problems]


def test_a_figure_without_a_place_is_refused_when_writing() -> None:
    """Nothing given is left out silently."""
    with pytest.raises(WorkbookError, match="no place"):
        render_template(make_plan(["fiu"], years=YEARS), Given(figures={(LINE, 2021): 1}))


def test_plans_refuse_what_they_cannot_ask() -> None:
    """Roles that count nothing, and years that are none."""
    with pytest.raises(UnknownIdError, match="data_protection"):
        make_plan(["data_protection"], years=YEARS)
    with pytest.raises(FatfKitError, match="names no years"):
        make_plan(["fiu"], years=())


def test_no_figure_has_two_reasons_only() -> None:
    """Nobody counts it, or it cannot occur."""
    assert ["not available", "not applicable"] == [str(one) for one in NoFigure]
