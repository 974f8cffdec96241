"""Text typed outside the cells to be filled in is reported, and printed text is not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from fatf_kit.core.languages import LANGUAGES
from fatf_kit.statistics.model import YearKind
from fatf_kit.statistics.reader import read_return
from fatf_kit.statistics.template import WorkbookContents, make_plan, render_template
from tests.samples import take_sample
from tests.unit.statistics.filled import (
    CASE,
    COVER,
    EXPECTED,
    LINE,
    YEARS,
    book,
    find_sheet,
    list_problems,
    mangle,
    read,
    values,
    without_stamp,
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_on_the_sheets_before_the_figures_are_reported(tmp_path: Path, language: str) -> None:
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
    expected = {("cell-unplaced", f"{sheet}!{cell}") for sheet, cell in stray}
    assert set(list_problems(tmp_path / "typed.xlsx")) == {("cell-error", f"{cover.title}!B41"), *expected}
    messages = " ".join(one.message for one in read_return(tmp_path / "typed.xlsx")[1])
    assert "coast" not in messages
    assert "letter" not in messages


@pytest.mark.parametrize("language", take_sample(LANGUAGES, ["ar"]))
def test_nothing_printed_around_the_figures_is_somebodys(tmp_path: Path, language: str) -> None:
    """With a notice and a name of dots and dashes, and years of any kind; without the stamp too."""
    path = tmp_path / "a.xlsx"
    plain = make_plan(["coordination", "fiu"], years=YEARS, language=language, agency="F.I.U. – Unit 3")
    plans = [replace(plain, year_kind=kind) for kind in YearKind]
    for plan in (*plans, replace(plain, notice="Made up – for practice")):
        path.write_bytes(render_template(plan, WorkbookContents(cover=COVER)))
        assert list_problems(path) == []
        assert list_problems(without_stamp(path)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_in_headings_are_reported(tmp_path: Path, language: str) -> None:
    """Below the title, behind a year, over a column of cases that is empty; years may be written otherwise."""
    workbook = openpyxl.load_workbook(book(tmp_path, language))
    figures = find_sheet(workbook, "cash-declarations")
    cases = next(one for one in workbook if one["A4"].value == "case")
    figures["B1"] = f"{figures['B1'].value}, without the airports"
    ends = (max(cell.column for cell in sheet[3] if cell.value) for sheet in (figures, cases))
    outside = [f"{get_column_letter(end + 1)}3" for end in ends]
    figures["C3"], figures["E3"], figures[outside[0]] = "Counted by N.", "2021 (June only)", 7
    figures["F3"], figures["G3"] = "FY 2022/23", 2023
    cases["F3"], cases[outside[1]] = f"{cases['F3'].value} (first court)", "Our view"
    workbook.save(tmp_path / "typed.xlsx")
    expected = {
        *(("cell-locked", f"{figures.title}!{cell}") for cell in ("B1", "C3", "E3")),
        ("cell-unplaced", f"{figures.title}!{outside[0]}"),
        ("cell-locked", f"{cases.title}!F3"),
        ("cell-unplaced", f"{cases.title}!{outside[1]}"),
    }
    assert set(list_problems(tmp_path / "typed.xlsx")) == expected
    assert values(read(tmp_path / "typed.xlsx")[0]) == EXPECTED


def test_words_in_place_of_a_threat_are_reported(tmp_path: Path) -> None:
    """The row is known by its id; below the table too, where nothing else stands in the row."""
    given = WorkbookContents(cover=COVER, risks={"threat/fraud": {"level": "high"}})
    workbook = openpyxl.load_workbook(book(tmp_path, given=given, roles=("coordination",)))
    sheet = next(one for one in workbook if str(one["A5"].value).startswith("threat/"))
    row = next(cell.row for cell in sheet["A"] if cell.value == "threat/fraud")
    sheet[f"B{row}"], sheet["B90"], sheet["A91"] = "Fraud by phone", "Hawala is missing", "threat/hawala"
    workbook.save(tmp_path / "typed.xlsx")
    places = {"cell-locked": (f"B{row}", "B90"), "cell-unplaced": ("A91",)}
    expected = {(code, f"{sheet.title}!{cell}") for code, cells in places.items() for cell in cells}
    assert set(list_problems(tmp_path / "typed.xlsx")) == expected
    assert [risk.id for risk in read(tmp_path / "typed.xlsx")[0].risks] == ["threat/fraud"]


def test_a_year_of_a_case_that_is_none_is_reported(tmp_path: Path) -> None:
    """The case is kept; nothing of a restricted one is quoted."""
    secret = {**CASE, "year": "Zyx", "confidentiality": "restricted"}
    given = WorkbookContents(cover=COVER, cases=[{**CASE, "year": "last spring"}, secret])
    path = book(tmp_path, given=given)
    assert list_problems(path) == [("case-year-unknown", f"Cases!{cell}") for cell in ("D5", "D6")]
    assert [case.year for case in read(path)[0].cases] == [None, None]
    assert ["last spring" in problem.message for problem in read_return(path)[1]] == [True, False]
    assert not any("Zyx" in problem.message for problem in read_return(path)[1])


def test_without_the_record_of_printed_texts_figures_are_read_all_the_same(tmp_path: Path) -> None:
    """A note says that words typed over printed ones cannot be reported from them."""
    workbook = openpyxl.load_workbook(book(tmp_path))
    del workbook["_printed"]
    workbook.save(tmp_path / "bare.xlsx")
    found, problems = read(tmp_path / "bare.xlsx")
    assert values(found) == EXPECTED
    assert {"prints-missing"} <= set(problems) <= {"prints-missing", "row-above", "sheet-unknown"}


def test_a_year_that_people_add_is_read(tmp_path: Path) -> None:
    """By its heading alone. A heading of another year than its key says is reported, and the key counts."""

    def change(sheet: Worksheet) -> None:
        sheet.insert_cols(8)
        sheet["H3"], sheet["H5"], sheet["E3"] = "2024/25", 15, "2019/20"

    path = mangle(book(tmp_path), change)
    assert values(read(path)[0]) == {**EXPECTED, (LINE, 2024): 15}
    assert list_problems(path) == [("cell-locked", "Cash declarations!E3")]


def test_two_covers_that_differ_are_reported(tmp_path: Path) -> None:
    """The first one is used."""

    def change(sheet: Worksheet) -> None:
        workbook = sheet.parent
        assert workbook is not None
        workbook.copy_worksheet(sheet)["C8"] = "USD"

    path = mangle(book(tmp_path), change, "Cover")
    assert read(path)[0].currency == "EUR"
    assert list_problems(path) == [("cover-differs", "Cover Copy!C8")]
