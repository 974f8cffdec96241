"""Whatever people and programs do to a filled workbook, no answer vanishes without a word.

What coordinators meet most, and the mutation that does it, alone and combined with any of the others:
sorted rows (`sort_rows`), inserted rows and columns (`insert_rows`, `insert_columns`, `reorder_columns`), sheets
renamed (`rename_sheet`), hidden (`hide_sheets`), copied (`copy_sheet`) and reordered (`reorder_sheets`), merged cells
(`merge_cells`), filtered rows (`hide_rows_and_filter`), pasted formats (`paste_formats`), drop-downs destroyed
(`lose_rules`), values typed by hand in three languages with stray spaces and marks (`type_ratings_by_hand`), Arabic and
Persian digits (`type_digits`), dates as text (`type_dates`), Strict Open XML (`save_as_strict`), the same copy twice
(`send_twice`), two copies that differ (`send_two_copies`, `copy_sheet_and_change`), an older layout
(`change_layout_number`), words in locked cells (`type_into_locked_cells`, `overwrite_headings`), addresses behind texts
(`hide_an_address`). The other programs' formats (.ods, .xls) are in tests/office/test_mutated_copies.py.

`FATF_KIT_EXAMPLES=20` tries twenty times as many combinations, drawn anew; without it every run tries the same ones.
"""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fatf_kit.assessment.answers.intake import read_responses
from fatf_kit.assessment.workbook.layout import build_layout
from fatf_kit.assessment.workbook.template import render_template
from fatf_kit.framework import load_framework
from tests.property.account import needless, unaccounted
from tests.property.amount import MANY
from tests.property.filling import fill
from tests.property.ledger import open_book
from tests.property.mutations import MUTATIONS, Mutation, mutate

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")

UNITS = ("R.2", "R.9", "R.28", "IO.6")
LANGUAGE = st.sampled_from(["en", "ar", "fr"])
SEED = st.integers(0, 2**32 - 1)  # a Random of Hypothesis's own would run out of data, and out of variety
HARMLESS = [mutation for mutation in MUTATIONS if mutation.harmless]


@cache
def template(language: str) -> bytes:
    """A blank template of a few sheets."""
    return render_template(build_layout(load_framework("fatf-2022", language), only=UNITS, language=language))


@settings(max_examples=30 * MANY, deadline=None)
@given(LANGUAGE, st.lists(st.sampled_from(MUTATIONS), min_size=1, max_size=6), SEED)
def test_nothing_vanishes(language: str, chosen: list[Mutation], seed: int) -> None:
    """Every filled cell is in the result as it was meant, or named in a Problem that quotes no narrative."""
    check(language, chosen, seed)


@settings(max_examples=20 * MANY, deadline=None)
@given(LANGUAGE, st.lists(st.sampled_from(HARMLESS), min_size=1, max_size=6), SEED)
def test_what_is_harmless_changes_nothing(language: str, chosen: list[Mutation], seed: int) -> None:
    """Every answer is read as it was meant, and nobody is bothered with anything but values."""
    check(language, chosen, seed)


def check(language: str, chosen: list[Mutation], seed: int) -> None:
    """Fill, change, read back, hold it against the account."""
    random = Random(seed)  # noqa: S311 - nobody is kept from guessing it
    book = open_book(template(language), "answers.xlsx")
    fill(book, random)
    books = mutate(book, chosen, random)
    harmless = all(mutation.harmless for mutation in chosen)
    for one in books:  # no program saves a workbook of which every sheet is hidden
        if all(sheet.sheet_state != "visible" for sheet in one.book.worksheets):
            one.book.worksheets[0].sheet_state = "visible"
    with tempfile.TemporaryDirectory() as folder:
        for one in books:
            one.save(Path(folder))
        framework, responses, problems = read_responses([Path(folder)])
    assert framework.id == "fatf-2022"
    assert unaccounted(books, responses, problems, readable=harmless) == []
    assert (needless(books, problems) if harmless else []) == []
    assert [problem.message for problem in problems if "The supervisor inspects" in problem.message] == []
