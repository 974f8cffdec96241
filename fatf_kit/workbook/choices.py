"""The hidden sheet behind the drop-downs: one column for each list, each with a defined name.

A list inside a drop-down is limited to 255 characters; one on a sheet is not, and formulas can count by it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fatf_kit.locale import all_labels
from fatf_kit.spreadsheets.cell_writer import Pen
from fatf_kit.spreadsheets.marks import CHOICES_MARK
from fatf_kit.workbook.layout import LISTS

_SHEET = "_lists"
_FIRST_ROW = 2


def write_choices(pen: Pen) -> None:
    """Labels of every scale that is chosen from a list, in the workbook's language."""
    write_lists(pen, {name: list(all_labels(scale, pen.language).values()) for scale, name in LISTS.items()})


def write_lists(pen: Pen, lists: Mapping[str, Sequence[str]]) -> None:
    """Lists to choose from, by the defined name that drop-downs go by."""
    from xlsxwriter.utility import xl_range_abs

    sheet = pen.sheet(_SHEET)
    pen.put(sheet, 0, 0, CHOICES_MARK, "key")
    for column, (name, labels) in enumerate(lists.items()):
        pen.put(sheet, 1, column, name, "key")
        for row, text in enumerate(labels, start=_FIRST_ROW):
            pen.put(sheet, row, column, text, "key")
        cells = xl_range_abs(_FIRST_ROW, column, _FIRST_ROW + len(labels) - 1, column)
        pen.book.define_name(name, f"='{_SHEET}'!{cells}")
    sheet.hide()


def choice_cell(scale: str, number: int) -> str:
    """The address of one choice (from 0) of a scale, for counting.

    >>> choice_cell("criterion", 0)
    "'_lists'!$A$3"
    """
    from xlsxwriter.utility import xl_rowcol_to_cell

    cell = xl_rowcol_to_cell(_FIRST_ROW + number, list(LISTS).index(scale), row_abs=True, col_abs=True)
    return f"'{_SHEET}'!{cell}"
