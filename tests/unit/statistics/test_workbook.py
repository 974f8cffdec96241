"""The workbook of figures as its schema declares it: covers read as people fill them in, rows named by words, looks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from fatf_kit.core.languages import LANGUAGES
from fatf_kit.spreadsheets.schema import SheetColumn
from fatf_kit.statistics.model import YearKind
from fatf_kit.statistics.schema import (
    CURRENCIES,
    FIGURES,
    LISTS,
    MONTHS,
    MULTIPLES,
    OUTCOMES,
    make_year_key,
    parse_year_heading,
)
from fatf_kit.statistics.template import WorkbookContents
from fatf_kit.statistics.years import label_year
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
)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"currency": " usd ", "multiple": "1 000", "year_starts": "٧"}, ("USD", 1000, 7)),
        ({"currency": "RUC", "multiple": "1,000,000", "year_starts": 12.0}, ("RUC", 1_000_000, 12)),
        ({"currency": "EUR", "multiple": 1, "year_starts": "01"}, ("EUR", 1, 1)),
    ],
)
def test_a_cover_is_read_as_people_fill_it_in(tmp_path: Path, typed: dict[str, Any], expected: object) -> None:
    """In small letters, with thousands set apart, in Arabic digits; a currency that no country has is one too."""
    given = WorkbookContents(cover={**COVER, **typed}, figures={(AMOUNT, 2021): 1})
    found, problems = read(book(tmp_path, given=given))
    assert (found.currency, values(found)[AMOUNT, 2021], found.year_starts) == expected
    assert not problems


def test_choices_of_the_cover() -> None:
    """Closed lists for months and multiples, the world's currencies as an open one."""
    assert list(MONTHS.labels("en")) == [str(number) for number in range(1, 13)]
    assert list(MULTIPLES.labels("ar")) == ["1", "1000", "1000000"]
    assert {"EUR", "IQD", "USD"} <= set(CURRENCIES.labels("fr"))
    assert CURRENCIES.is_open
    assert list(map(OUTCOMES.code_of, ("IO.7", "io 7", "7", "IO.12"))) == [*["IO.7"] * 3, None]


@pytest.mark.parametrize("language", LANGUAGES)
def test_printed_headings_of_years_are_years(language: str) -> None:
    """Of every kind of years, in every language."""
    labels = [label_year(2021, kind, language) for kind in YearKind]
    assert [parse_year_heading(label) for label in labels] == ["y2021"] * 3


@pytest.mark.parametrize(
    ("table", "cell", "typed", "problem"),
    [
        ("cash-declarations", "A5", "done", ("cell-locked", "Cash declarations!A5")),
        ("Cases", "J3", "Suspect", ("case-person-column", "Cases!J3")),
    ],
)
def test_words_in_place_of_printed_ones_are_reported(
    tmp_path: Path, table: str, cell: str, typed: str, problem: tuple[str, str]
) -> None:
    """The words of a row say which line it is; a column of names is reported by its heading alone."""
    path = mangle(book(tmp_path), {cell: typed}, table)
    assert values(read(path)[0]) == EXPECTED
    assert list_problems(path) == [problem]


def test_rows_of_two_tables_are_not_mixed_up(tmp_path: Path) -> None:
    """A row that has lost its id and names a line of another table is not taken for it."""

    def change(sheet: Worksheet) -> None:
        other = sheet.parent["ML by predicate offence"] if sheet.parent else None
        assert other is not None
        sheet["A5"], sheet["B5"], sheet["C5"] = None, other["B5"].value, other["C5"].value

    path = mangle(book(tmp_path), change)
    assert (LINE, 2021) not in values(read(path)[0])
    assert ("id-missing", "Cash declarations!B5:G5") in list_problems(path)


def test_a_sheet_kept_twice_says_the_same_once(tmp_path: Path) -> None:
    """A difference in the copy is reported."""
    workbook = openpyxl.load_workbook(book(tmp_path))
    copy = workbook.copy_worksheet(workbook["Cash declarations"])
    workbook.save(tmp_path / "twice.xlsx")
    assert values(read(tmp_path / "twice.xlsx")[0]) == EXPECTED
    assert not read(tmp_path / "twice.xlsx")[1]
    copy["E5"] = 13
    workbook.save(tmp_path / "twice.xlsx")
    assert ("figure-twice", f"{copy.title}!E5") in list_problems(tmp_path / "twice.xlsx")
    assert "sheet-copied" in {code for code, _ in list_problems(tmp_path / "twice.xlsx")}


def test_an_unknown_threat_is_reported(tmp_path: Path) -> None:
    """With its whole row."""
    given = WorkbookContents(cover=COVER, risks={"threat/fraud": {"level": "high"}})
    cells = {"A60": "threat/hawala", "B60": "Hawala", "C60": "high"}
    path = mangle(book(tmp_path, given=given, roles=("coordination",)), cells, "Risk")
    assert [risk.id for risk in read(path)[0].risks] == ["threat/fraud"]
    assert list_problems(path) == [("figure-line-unknown", "Risk!A60:C60")]


def test_proceeds_may_be_not_available(tmp_path: Path) -> None:
    """In words; they are no number, and no Problem."""
    fraud = {"level": "high", "proceeds": "not available"}
    given = WorkbookContents(cover=COVER, risks={"threat/fraud": fraud})
    found, problems = read(book(tmp_path, "fr", given, roles=("coordination",)))
    assert [(risk.id, risk.proceeds) for risk in found.risks] == [("threat/fraud", None)]
    assert not problems


@pytest.mark.parametrize("language", LANGUAGES)
def test_sheets_to_work_in(tmp_path: Path, language: str) -> None:
    """Filtered, sortable, frozen under their headings, with drop-downs from lists and one page wide in print."""
    workbook = openpyxl.load_workbook(book(tmp_path, language, roles=("coordination", "customs")))
    shown = [one for one in workbook.worksheets[2:] if one.sheet_state == "visible"]
    assert len(shown) > 3
    for sheet in shown:
        assert sheet.auto_filter.ref
        assert not sheet.protection.sheet
        assert sheet.freeze_panes
        assert sheet.page_setup.fitToHeight == 0
        assert bool(sheet.sheet_view.rightToLeft) is (language == "ar")
    assert {one.name for one in LISTS} <= set(workbook.defined_names)


def test_whole_numbers_show_no_decimal_point(tmp_path: Path) -> None:
    """With "#,##0.##" Excel would show one after each."""
    sheet = openpyxl.load_workbook(book(tmp_path))["Cash declarations"]
    formats = {sheet.cell(5, column).number_format for column in range(5, 5 + len(YEARS))}
    assert formats == {"[>=1000]#,##0_);General_)"}


def test_a_column_is_written_where_it_is_declared() -> None:
    """One that is declared before the notes follows the years, and years have their place by name."""
    *first, note = FIGURES.columns
    table = replace(FIGURES, columns=(*first, SheetColumn("added", "Added"), note))
    keys = [
        column.key for column in table.spread(SheetColumn(make_year_key(year), str(year)) for year in YEARS).columns
    ]
    years = keys.index("unit") + 1
    assert keys[years : years + len(YEARS)] == [make_year_key(year) for year in YEARS]
    assert keys[-2:] == ["added", "note"]
