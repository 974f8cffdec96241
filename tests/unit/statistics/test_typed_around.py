"""What somebody typed where a workbook of figures asks nothing is told, and nothing that was printed there is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from fatf_kit.locale import LANGUAGES
from fatf_kit.statistics.model import YearKind
from fatf_kit.statistics.plan import make_plan
from fatf_kit.statistics.reader import read_return
from fatf_kit.statistics.template import Given, render_template
from tests.unit.statistics.filled import (
    CASE,
    COVER,
    EXPECTED,
    YEARS,
    book,
    mangle,
    read,
    told_of,
    values,
    without_stamp,
)


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
