"""Another table pasted below the answers, in another order of columns."""

from __future__ import annotations

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from tests.rows import values_in
from tests.unit.assessment.reading import Changed, codes_of, read


def paste_below(book: openpyxl.Workbook) -> Worksheet:
    """Move the table of R.2 below that of R.9, with its columns the other way round; return the sheet of both."""
    upper, lower = book["R.9"], book["R.2"]
    below, width = upper.max_row + 3, lower.max_column + 1
    for cell in [cell for cells in lower.iter_rows() for cell in cells if cell.value is not None]:
        upper.cell(below + cell.row, width - cell.column).value = cell.value
    del book["R.2"]
    return upper


def test_a_table_below_does_not_rule_the_one_above(changed: Changed) -> None:
    """The upper one has lost its keys, the lower one has them, back to front; merged cells are those of each."""

    def change(book: openpyxl.Workbook) -> None:
        upper = paste_below(book)
        upper.delete_rows(2)
        upper.merge_cells("K2:K3")  # the lower table's ids, but the upper one's confidentiality

    workbook, problems = read(changed(change))
    assert {row.id: len(values_in(row)) for row in workbook.rows} == {"R.9/9.1": 9, "R.2/2.1": 1, "IO.6/6.1": 2}
    assert codes_of(problems) == [("cell-merged", "R.9", "K2:K3")]


def test_a_table_below_without_ids_is_reported_row_by_row(changed: Changed) -> None:
    """Neither its ratings nor its narratives are read; each row is reported with the address of all it says."""

    def change(book: openpyxl.Workbook) -> None:
        sheet = book["R.9"]
        for column, heading in zip("BCDE", ("Requirement", "Rating", "Explanation", "What is missing"), strict=True):
            sheet[f"{column}18"] = heading
        sheet["C19"], sheet["D19"], sheet["E19"] = "not met", "The Convention is not implemented.", "A law."
        sheet["C20"], sheet["E21"] = "met", "Another law."

    workbook, problems = read(changed(change))
    assert [row.id for row in workbook.rows if row.id.startswith("R.9")] == ["R.9/9.1"]
    assert codes_of(problems)[:3] == [("id-missing", "R.9", place) for place in ("C19:E19", "C20", "E21")]


def test_a_remark_over_a_hidden_key_is_reported_where_a_table_below_has_the_better_head(changed: Changed) -> None:
    """The keys of the lower table are used for the sheet, but the upper one's row of keys is looked at as well."""

    def change(book: openpyxl.Workbook) -> None:
        paste_below(book)["A2"] = "See the letter of 3 May."

    workbook, problems = read(changed(change))
    assert {row.id for row in workbook.rows} == {"R.9/9.1", "R.2/2.1", "IO.6/6.1"}
    assert ("cell-locked", "R.9", "A2") in codes_of(problems)
