"""FormInUse workbooks of every kind that were damaged and then saved by LibreOffice lose no cell without a Problem."""

from __future__ import annotations

from pathlib import Path
from random import Random

import openpyxl
import pytest

from tests.office.files import Convert
from tests.property.damage import DAMAGES, FormInUse
from tests.property.kinds import DATA, KINDS, Figures, judge, list_words, save, type_answers
from tools.written_inputs.kinds import KINDS as WRITTEN

pytestmark = [pytest.mark.full, pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")]

LANGUAGES = {"xlsx": "ar", "ods": "en", "xls": "fr"}
"""The language of the copy that is saved in each format."""

CASES = {
    "moved": "sort_rows insert_columns reorder_columns",
    "beside": "put_a_table_beside copy_sheet_and_change type_around",
    "damaged": "type_over_printed double_a_row type_over_ids add_a_sheet type_on_front_sheets",
}
"""Damage of each case by its names."""


@pytest.mark.parametrize("suffix", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_vanishes_in_a_saved_copy(kind: str, case: str, suffix: str, convert: Convert, tmp_path: Path) -> None:
    """Every filled cell of the saved copy is used, reported or left unread on purpose, in each of the formats."""
    source = DATA / f"{kind}-{LANGUAGES[suffix]}.xlsx"
    if not source.exists():
        source = DATA / f"{kind}-en.xlsx"
    random = Random(f"{kind} {case} {suffix}")  # noqa: S311 - the same changes every time
    filled = FormInUse(schema=WRITTEN[kind].schema, book=openpyxl.load_workbook(source))
    type_answers(filled, random)
    by_name = {one.name: one for one in DAMAGES}
    for name in CASES[case].split():
        by_name[name].change(filled, random)
    save(filled, tmp_path / source.name)
    figures = Figures()
    judge(kind, convert(tmp_path / source.name, suffix), None, list_words(filled), figures)
    assert figures.lost == []
    assert figures.refused == 0
    assert figures.filled
