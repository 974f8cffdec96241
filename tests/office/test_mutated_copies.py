"""Filled workbooks that were changed and then saved by LibreOffice lose no answer without a Problem."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from fatf_kit.assessment.answers.intake import read_responses
from fatf_kit.assessment.workbook.layout import build_layout
from fatf_kit.assessment.workbook.template import render_template
from fatf_kit.framework import load_framework
from tests.office.files import Convert
from tests.property.account import needless, unaccounted
from tests.property.filling import fill
from tests.property.ledger import Book, open_book
from tests.property.mutations import MUTATIONS, mutate

pytestmark = [pytest.mark.full, pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")]

CASES = {
    "untouched": "",
    "moved": "sort_rows insert_columns reorder_columns hide_rows_and_filter delete_key_row",
    "retyped": "type_ratings_by_hand type_digits type_dates lose_rules paste_formats",
    "damaged": "break_a_cell break_a_cell delete_id type_unknown_id duplicate_row merge_cells",
    "annotated": "type_outside_the_table type_on_the_front_sheets add_a_sheet copy_sheet_and_change",
    "locked": "type_into_locked_cells type_into_locked_cells overwrite_headings hide_an_address",
}
"""Changes of each case by their names."""


@pytest.mark.parametrize("suffix", ["xlsx", "ods", "xls"])
@pytest.mark.parametrize("case", CASES)
def test_nothing_vanishes_in_a_saved_copy(case: str, suffix: str, convert: Convert, tmp_path: Path) -> None:
    """Every filled cell is in the result as it was meant, or named in a Problem, in each of LibreOffice's formats.

    Of the old one (.xls) a single warning says that errors and addresses behind texts are not seen.
    """
    language = {"xlsx": "ar", "ods": "en", "xls": "fr"}[suffix]
    random = Random(f"{case} {suffix}")  # noqa: S311 - the same changes every time
    framework, only = load_framework("fatf-2022", language), ("R.2", "R.9", "R.28", "IO.6")
    layout = build_layout(framework, only=only, language=language)
    book = open_book(render_template(layout), "answers.xlsx")
    fill(book, random)
    _spell_out_truth(book)
    by_name = {mutation.name: mutation for mutation in MUTATIONS}
    chosen = [by_name[name] for name in CASES[case].split()]
    (book,) = mutate(book, chosen, random)
    book.save(tmp_path)
    saved = convert(tmp_path / book.name, suffix)
    _, responses, problems = read_responses([saved])
    harmless = all(mutation.harmless for mutation in chosen)
    saved_book = replace(book, name=saved.name)
    warned = [problem for problem in problems if problem.code == "file-values-only"]
    assert (suffix == "xls") == bool(warned)
    lost = unaccounted([saved_book], responses, problems, readable=harmless)
    assert [cell for cell in lost if not (warned and ("'#" in cell or "linked=True" in cell))] == []
    assert (needless([saved_book], [one for one in problems if one not in warned]) if harmless else []) == []


def _spell_out_truth(book: Book) -> None:
    """LibreOffice makes 1 of a TRUE that stands in a cell made for something else."""
    for title, cells in book.filled.items():
        for place, what in list(cells.items()):
            if what.means == "True":
                book.put(title, place, "yes", replace(what, means="yes"))
