"""Values outside the expected cells are reported and never lost."""

from __future__ import annotations

from datetime import date
from typing import Any

import openpyxl
import pytest

from tests.rows import values_in
from tests.unit.assessment.reading import Changed, codes_of, read, setting, values_of


def test_merged_answers_are_reported(changed: Changed) -> None:
    """A rating over three rows, a text over two columns; merged headings and blank cells are no harm."""

    def change(book: openpyxl.Workbook) -> None:
        for cells in ("C3:C5", "D6:E6", "A1:B1"):
            book["R.2"].merge_cells(cells)
        book["R.9"].merge_cells("D3:E3")

    workbook, problems = read(changed(change))
    assert codes_of(problems) == [("cell-merged", "R.2", "C3:C5"), ("cell-merged", "R.9", "D3:E3")]
    assert "counts for C3 only" in problems[0].text
    assert values_of(workbook.rows)["R.2/2.1"] == {"rating": "met"}


FRONT = {"D5": "why?", "B40": "really?", "N2": 5, "N3": date(2026, 1, 1)}
TYPED_ALONE = ("Law-39", "قانون٣٩", "PriorLaw", "E-07", "FIU-2024-01", 39)


@pytest.mark.full(keep_every=4)
@pytest.mark.parametrize(
    ("sheet", "cells", "code", "places"),
    [
        *((one, FRONT, "cell-unplaced", ["B40", "D5", "N2:N3"]) for one in ("Cover", "Summary", "_lists", "_stamp")),
        ("Contents", {**FRONT, "C4": "an answer"}, "cell-unplaced", ["B40", "C4", "D5", "N2:N3"]),
        *(("Evidence", {"A20": typed}, "cell-unplaced", ["A20"]) for typed in TYPED_ALONE),
        ("Evidence", {"A400": "See the annex.", "A401": "FIU-999"}, "cell-unplaced", ["A400:A401"]),
        ("R.9", {"L1": "Our comment", "L3": "text"}, "cell-unplaced", ["L1", "L3"]),
        ("Cover", {"C8": "=TODAY()"}, "formula-empty", ["C8"]),
        ("_stamp", {"B4": 1, "C4": "R.9/9.1"}, "cell-unplaced", ["C4"]),  # next to the number of the layout
    ],
)
def test_values_outside_answer_cells_are_reported(
    changed: Changed, sheet: str, cells: dict[str, Any], code: str, places: list[str]
) -> None:
    """Text around the table, over printed text, under the ids or in place of a date is reported."""
    _, problems = read(changed(setting(sheet, **cells)))
    assert codes_of(problems) == [(code, sheet, place) for place in places]


def test_a_second_cover_that_differs_is_reported(changed: Changed) -> None:
    """The first cover is used, and its blank fields are filled from the second."""

    def change(book: openpyxl.Workbook) -> None:
        twin = book.copy_worksheet(book["Cover"])
        twin["C5"], twin["C9"] = "Ruritania", "A. Person"

    workbook, problems = read(changed(change))
    assert codes_of(problems) == [("cover-differs", "Cover Copy", "C5")]
    assert (workbook.cover["country"], workbook.cover["contact"]) == ("Examplia", "A. Person")
    assert workbook.cover_refs["contact"].sheet == "Cover Copy"


def test_words_of_ours_in_an_answer_do_not_hide_it(changed: Changed) -> None:
    """An answer that contains a mark or the headings of fatf-kit is still read as an answer."""
    headings = "Rating\nExplanation\nWhat is missing"
    workbook, problems = read(changed(setting("R.9", D3=headings, E3="fatf-kit:stamp")))
    assert codes_of(problems) == []
    row = next(row for row in workbook.rows if row.id == "R.9/9.1")
    assert (values_in(row)["explanation"], values_in(row)["citation"]) == (headings, "fatf-kit:stamp")


def test_second_table_may_have_another_column_order(changed: Changed) -> None:
    """A second table is read by its own headings; the answers that differ are named with both places."""

    def change(book: openpyxl.Workbook) -> None:
        rows = list(book["R.2"].iter_rows(values_only=True))
        for number, row in enumerate(rows, start=21):
            for column, value in enumerate(reversed(row), start=3):
                book["R.9"].cell(number, column).value = "not met" if value == "met" else value

    workbook, problems = read(changed(change))
    assert [(problem.code, dict(problem.facts)["rows"]) for problem in problems] == [
        ("sheet-copied", "K23:M23 / A3:C3")
    ]
    twins = [row for row in workbook.rows if row.id == "R.2/2.1"]
    assert [values_in(row) for row in twins] == [{"rating": "met"}, {"rating": "not met"}]
    assert twins[1].ref.at("rating").cell == "K23"


def test_headings_far_below_are_found(changed: Changed) -> None:
    """Headings are found in a register that was sorted together with them, without its keys."""

    def change(book: openpyxl.Workbook) -> None:
        sheet = book["Evidence"]
        headings = [cell.value for cell in sheet[1]]
        sheet.delete_rows(1, 2)
        for column, value in enumerate(headings, start=1):
            sheet.cell(299, column).value = value

    workbook, problems = read(changed(change))
    assert problems == ()
    assert [row.id for row in workbook.evidence] == ["FIU-001", "FIU-002"]


def test_address_of_a_row_covers_all_of_it(changed: Changed) -> None:
    """The address covers the row from the first filled cell to the last."""
    workbook, problems = read(changed(setting("R.9", C9="met", H9="much")))
    assert codes_of(problems) == [("id-missing", "R.9", "C9:H9")]
    places = {row.id: row.ref.place.cell for row in workbook.rows}
    assert (places["R.9/9.1"], places["R.2/2.1"]) == ("A3:K3", "A3:C3")


def test_words_in_printed_headers_and_footers_are_reported(changed: Changed) -> None:
    """Text in a page header or footer is reported; a page number is not."""

    def change(book: openpyxl.Workbook) -> None:
        footer, header = book["R.9"].oddFooter, book["R.2"].oddHeader
        assert footer
        assert header
        footer.center.text, header.center.text = "9.1 is not met: Act no. 5 was repealed", "Page &P of &N"

    workbook, problems = read(changed(change))
    assert codes_of(problems) == [("sheet-margins", "R.9", None)]
    assert {row.id for row in workbook.rows} == {"R.9/9.1", "R.2/2.1", "IO.6/6.1"}
