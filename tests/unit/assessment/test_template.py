"""The content of a template is checked as another program reads it."""

from __future__ import annotations

import dataclasses
import io
import re
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from fatf_kit.assessment.workbook.layout import build_layout
from fatf_kit.assessment.workbook.model import Layout
from fatf_kit.assessment.workbook.schema import LISTS, REGISTER, REQUIREMENTS
from fatf_kit.assessment.workbook.template import render_template, write_template
from fatf_kit.core.errors import FatfKitError, WorkbookError
from fatf_kit.core.languages import list_labels
from fatf_kit.framework import load_framework
from fatf_kit.spreadsheets.sheet import CellValue

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
TITLES = ["Cover", "Contents", "Summary", "R.2", "R.9", "IO.6", "Evidence", "_lists", "_stamp", "_printed"]


@pytest.fixture(scope="module")
def book(blank: Path) -> openpyxl.Workbook:
    """The blank template in openpyxl."""
    return openpyxl.load_workbook(blank)


@pytest.fixture(scope="module")
def filled_book(filled: Path) -> openpyxl.Workbook:
    """The filled template in openpyxl."""
    return openpyxl.load_workbook(filled)


def test_sheets_and_what_is_hidden(book: openpyxl.Workbook) -> None:
    """The lists are hidden, the stamp and the fingerprints of what was printed very much so."""
    assert book.sheetnames == TITLES
    assert [sheet.sheet_state for sheet in book] == ["visible"] * 7 + ["hidden", "veryHidden", "veryHidden"]
    assert book.active is book["Cover"]


def test_headings_then_hidden_keys_then_rows(book: openpyxl.Workbook, layout: Layout) -> None:
    """Row 1 is for people, row 2 for the reader, the requirements follow."""
    for title, columns in (("R.9", REQUIREMENTS.columns), ("Evidence", REGISTER.columns)):
        sheet = book[title]
        assert [column.key for column in columns] == [cell.value for cell in sheet[2]]
        assert sheet.row_dimensions[2].hidden
        assert not sheet.row_dimensions[1].hidden
        assert all(cell.value for cell in sheet[1])
    rows = next(plan for plan in layout.sheets if plan.title == "R.9").rows
    assert [row.requirement for row in rows] == [cell.value for cell in book["R.9"]["A"][2:]]
    assert book["R.9"].freeze_panes == "C3"


def test_only_answers_can_be_typed(book: openpyxl.Workbook) -> None:
    """Ids and requirements are locked, answer cells are not; there is no password, and formats may be changed."""
    sheet = book["R.9"]
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert not any(getattr(sheet.protection, name) for name in ("formatCells", "formatColumns", "formatRows", "sort"))
    assert not sheet.protection.insertRows
    locked = [cell.protection.locked for cell in sheet[3]]
    assert locked == [True, True] + [False] * 9
    assert {cell.protection.locked for cell in book["Evidence"][3]} == {False}


def test_drop_downs_come_from_named_lists(book: openpyxl.Workbook) -> None:
    """Each list is a defined name that holds the labels of its scale."""
    for choices in LISTS:
        title, cells = next(iter(book.defined_names[choices.name].destinations))
        whole = cells if ":" in cells else f"{cells}:{cells}"
        assert list(choices.labels("en").values()) == [cell.value for (cell,) in book[title][whole]]
    for title, ratings in (("R.9", "criterion_ratings"), ("IO.6", "achievement_ratings")):
        rules = [rule for rule in book[title].data_validations.dataValidation if rule.type == "list"]
        assert [(rule.formula1, str(rule.sqref).partition(":")[0]) for rule in rules] == [
            (ratings, "C3"),
            ("confidentiality_levels", "K3"),
        ]


def test_every_answer_column_has_a_prompt(book: openpyxl.Workbook) -> None:
    """Every answer cell has a prompt that explains the expected answer."""
    rules = book["R.9"].data_validations.dataValidation
    assert {str(rule.sqref)[0] for rule in rules if rule.prompt} == set("CDEFGHIJK")


def test_text_is_never_a_formula(filled_book: openpyxl.Workbook) -> None:
    """A text that begins with = or - is stored as text."""
    cells = [filled_book["R.9"]["D3"], filled_book["Evidence"]["C4"]]
    assert [(cell.data_type, cell.value) for cell in cells] == [
        ("s", "=Banking secrecy yields to the FIU only"),
        ("s", "-5 % requests"),
    ]


@pytest.mark.usefixtures("two_languages")
def test_codes_are_shown_in_the_language_of_the_workbook() -> None:
    """A prefilled code becomes the label that its drop-down has."""
    layout = build_layout(load_framework("fatf-2022"), only=["R.9"], language="ar")
    content = render_template(layout, prefill={"R.9/9.1": {"rating": "not met"}})
    assert list_labels("criterion", "ar")["not met"].encode() in _part(content, "xl/sharedStrings.xml")


@pytest.mark.usefixtures("two_languages")
def test_arabic_sheets_run_from_right_to_left() -> None:
    """Every sheet, and text is aligned to the right."""
    layout = build_layout(load_framework("fatf-2022"), only=["R.9"], language="ar")
    book = openpyxl.load_workbook(io.BytesIO(render_template(layout)))
    assert {sheet.sheet_view.rightToLeft for sheet in book} == {True}
    assert [book["R.9"][cell].alignment.horizontal for cell in ("B3", "D3")] == ["right", "right"]


def test_summary_counts_with_formulas_that_carry_their_result(filled: Path) -> None:
    """Programs that do not calculate still show the right numbers, and no formula works out a rating."""
    formulas = openpyxl.load_workbook(filled)["Summary"]
    values = openpyxl.load_workbook(filled, data_only=True)["Summary"]
    row = next(cell.row for cell in values["B"] if cell.value == "R.9")
    found = [values.cell(row, column).value for column in range(4, 13)]
    assert found == [1, 1, 1, 1, 0, 0, 1, 0, 0]
    texts = [cell.value for line in formulas for cell in line if cell.data_type == "f"]
    assert {name for text in texts for name in re.findall(r"[A-Z]{3,}", str(text))} == {
        "COUNTA",
        "COUNTIF",
        "INDEX",
        "SUM",
        "SUMPRODUCT",
    }


def test_links_lead_to_sheets_that_exist(book: openpyxl.Workbook) -> None:
    """Contents, summary and the way back."""
    links = [cell.hyperlink for sheet in book for row in sheet for cell in row if cell.hyperlink]
    assert {str(link.location).split("!")[0].strip("'") for link in links} == set(TITLES[:7])


def test_the_cover_holds_what_is_known(book: openpyxl.Workbook) -> None:
    """Country, agency and cut-off date are written in, and can be changed."""
    cells = {sheet_row[0].value: sheet_row[2] for sheet_row in book["Cover"].iter_rows(min_row=1, max_row=10)}
    assert (cells["country"].value, cells["agency"].value) == ("Examplia", "fiu")
    assert cells["cut_off"].value == datetime(2027, 3, 19)
    assert (cells["cut_off"].protection.locked, cells["edition"].protection.locked) == (False, True)
    assert book["Cover"].column_dimensions["A"].hidden


def test_same_layout_same_bytes(layout: Layout, blank: Path) -> None:
    """Nothing in the file depends on when or how often it is written."""
    assert blank.read_bytes() == render_template(layout)


def test_rows_may_grow(filled: Path) -> None:
    """No height of an answer row is fixed, so that long answers stay visible as they are typed."""
    content = filled.read_bytes()
    for title in ("R.2", "R.9", "IO.6", "Evidence"):
        rows = re.findall(rb"<row [^>]*>", _part(content, f"xl/worksheets/sheet{TITLES.index(title) + 1}.xml"))
        assert [row for row in rows if b"customHeight" in row] == []
    assert b' ht="' in _part(content, "xl/worksheets/sheet5.xml")


@pytest.mark.parametrize(
    ("prefill", "message"),
    [
        ({"R.40/40.1": {"rating": "met"}}, "R.40/40.1"),
        ({"R.9/9.1": {"score": 5}}, "score"),
        ({"R.9/9.1": {"requirement": "x"}}, "requirement"),
        ({"R.9/9.1": {"missing": "x" * 32_768}}, "32768 characters"),
        ({"R.9/9.1": {"missing": "\U0001f600" * 16_384}}, "32768 characters"),
    ],
)
def test_answer_without_a_cell_is_refused(
    layout: Layout, tmp_path: Path, prefill: dict[str, dict[str, CellValue]], message: str
) -> None:
    """An answer that does not fit stops the writing, and no incomplete file is left."""
    with pytest.raises(WorkbookError, match=message):
        write_template(layout, tmp_path / "t.xlsx", prefill=prefill)
    assert list(tmp_path.iterdir()) == []


def test_unknown_cover_fields_and_columns_are_refused(layout: Layout) -> None:
    """Unknown fields of the cover and columns of the register stop the writing."""
    with pytest.raises(WorkbookError, match="planet"):
        render_template(layout, cover={"planet": "Earth"})
    with pytest.raises(WorkbookError, match="colour"):
        render_template(layout, evidence=[{"id": "X", "colour": "red"}])


def test_layout_without_sheets_is_refused(layout: Layout) -> None:
    """A layout without sheets is refused."""
    with pytest.raises(WorkbookError, match="asks for nothing"):
        render_template(dataclasses.replace(layout, sheets=()))


def test_a_path_that_cannot_be_written_is_an_error_with_a_name(layout: Layout, tmp_path: Path) -> None:
    """The target is a folder."""
    (tmp_path / "t.xlsx").mkdir()
    with pytest.raises(FatfKitError, match=r"t\.xlsx cannot be written"):
        write_template(layout, tmp_path / "t.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["t.xlsx"]


def test_parts_of_core_issues_are_not_rated() -> None:
    """They guide the words only: their rating cells are locked, and a rating for one is refused."""
    layout = build_layout(load_framework("fatf-2022"), only=["IO.3/3.4(a)", "IO.3/3.5"])
    rows = layout.sheets[0].rows
    assert (rows[0].scale, rows[-1].scale) == (None, "achievement")
    book = openpyxl.load_workbook(io.BytesIO(render_template(layout)))
    assert [book["IO.3"][cell].protection.locked for cell in ("C3", "D3")] == [True, False]
    assert "IO.3" in [cell.value for cell in book["Summary"]["B"]]
    with pytest.raises(WorkbookError, match="rating"):
        render_template(layout, prefill={"IO.3/3.4(a)": {"rating": "large"}})


def test_register_ids_are_prepared_and_never_collide(layout: Layout) -> None:
    """300 rows have ids with the agency's letters, and no id that an item already has."""
    content = render_template(layout, evidence=[{"id": "FIU-002", "title": "Law"}])
    strings = re.findall(rb"<t>((?:FIU|E)-\d+)</t>", _part(content, "xl/sharedStrings.xml"))
    assert 300 == len(strings) == len(set(strings))
    assert strings[0] == b"FIU-002"


@pytest.mark.parametrize("edition", ["fatf-2013", "fatf-2022"])
def test_a_whole_edition_can_be_written(edition: str) -> None:
    """Every page of the edition fits the limits of a spreadsheet."""
    content = render_template(build_layout(load_framework(edition)))
    assert sum(name.startswith("xl/worksheets/sheet") for name in _names(content)) == 51 + 7


def _part(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(name)


def _names(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.namelist()
