"""Another table pasted below the answers, in another order of columns."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl

from fatf_kit.assessment.workbook.reader import read_workbook
from tests.rows import values_in

Changed = Callable[[Callable[[openpyxl.Workbook], object]], Path]


def test_a_table_below_does_not_rule_the_one_above(changed: Changed) -> None:
    """The upper one has lost its keys, the lower one has them, back to front; merged cells are those of each."""

    def change(book: openpyxl.Workbook) -> None:
        upper, lower = book["R.9"], book["R.2"]
        below, width = upper.max_row + 3, lower.max_column + 1
        for cell in [cell for cells in lower.iter_rows() for cell in cells if cell.value is not None]:
            upper.cell(below + cell.row, width - cell.column).value = cell.value
        upper.delete_rows(2)
        upper.merge_cells("K2:K3")  # the lower table's ids, but the upper one's confidentiality
        del book["R.2"]

    workbook, problems = read_workbook(changed(change))
    assert workbook is not None
    assert {row.id: len(values_in(row)) for row in workbook.rows} == {"R.9/9.1": 9, "R.2/2.1": 1, "IO.6/6.1": 2}
    assert [(p.code, p.ref.cell) for p in problems if p.ref] == [("cell-merged", "K2:K3")]


def test_a_table_below_without_ids_is_reported_row_by_row(changed: Changed) -> None:
    """Neither its ratings nor its narratives are read; each row is reported with the address of all it says."""

    def change(book: openpyxl.Workbook) -> None:
        sheet = book["R.9"]
        sheet["B18"], sheet["C18"], sheet["D18"], sheet["E18"] = (
            "Requirement",
            "Rating",
            "Explanation",
            "What is missing",
        )
        sheet["C19"], sheet["D19"], sheet["E19"] = "not met", "The Convention is not implemented.", "A law."
        sheet["C20"], sheet["E21"] = "met", "Another law."

    workbook, problems = read_workbook(changed(change))
    assert workbook is not None
    assert [row.id for row in workbook.rows if row.id.startswith("R.9")] == ["R.9/9.1"]
    told = [(p.code, p.ref.cell) for p in problems if p.ref]
    assert told[:3] == [("id-missing", "C19:E19"), ("id-missing", "C20"), ("id-missing", "E21")]


def test_a_remark_over_a_hidden_key_is_reported_where_a_table_below_has_the_better_head(changed: Changed) -> None:
    """The keys of the lower table are used for the sheet, but the upper one's row of keys is looked at as well."""

    def change(book: openpyxl.Workbook) -> None:
        upper, lower = book["R.9"], book["R.2"]
        below, width = upper.max_row + 3, lower.max_column + 1
        for cell in [cell for cells in lower.iter_rows() for cell in cells if cell.value is not None]:
            upper.cell(below + cell.row, width - cell.column).value = cell.value
        upper["A2"] = "See the letter of 3 May."
        del book["R.2"]

    workbook, problems = read_workbook(changed(change))
    assert workbook is not None
    assert {row.id for row in workbook.rows} == {"R.9/9.1", "R.2/2.1", "IO.6/6.1"}
    assert ("cell-locked", "A2") in [(p.code, p.ref.cell) for p in problems if p.ref]
