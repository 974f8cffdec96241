"""Workbooks of every kind and language that were damaged and saved by LibreOffice lose no cell without a Problem."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import openpyxl
import pytest

from tests.property.damage import DAMAGES, FormInUse
from tests.property.kinds import KINDS, Figures, judge, list_sources, list_words, save, type_answers
from tools.written_inputs.kinds import KINDS as WRITTEN

pytestmark = [pytest.mark.full, pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")]

CASES = (
    "sort_rows insert_columns reorder_columns",
    "put_a_table_next_to_another copy_sheet_and_change type_around",
    "type_over_printed double_a_row type_over_ids add_a_sheet type_on_front_sheets",
)
"""Damage of each case by its names."""

SOURCES = tuple((kind, source) for kind in KINDS for source in list_sources(kind))
"""Each kind in each language."""

Words = list[tuple[str, str, int, int]]


@pytest.mark.parametrize("suffix", ["xlsx", "ods", "xls"])
@pytest.mark.parametrize("shift", range(len(CASES)))
def test_nothing_vanishes_in_a_saved_copy(
    shift: int, suffix: str, convert_all: Callable[[Sequence[Path], str], list[Path]], tmp_path: Path
) -> None:
    """Every filled cell of the saved copies is used, reported or left unread on purpose, in each of the formats.

    A source has one case in each `shift`, so that all of them together have every case.
    """
    words = {
        source.stem: damage_copy(kind, source, CASES[(number + shift) % len(CASES)], tmp_path / source.name)
        for number, (kind, source) in enumerate(SOURCES)
    }
    copies = convert_all([tmp_path / source.name for _, source in SOURCES], suffix)
    lost: dict[str, list[str]] = {}
    for (kind, source), copy in zip(SOURCES, copies, strict=True):
        figures = Figures()
        judge(kind, copy, None, words[source.stem], figures)
        if figures.lost or figures.refused or not figures.filled:
            lost[source.stem] = [*figures.lost, str(figures)]
    assert lost == {}


def damage_copy(kind: str, source: Path, case: str, path: Path) -> Words:
    """Save a damaged copy of a workbook; return the words that were typed into it."""
    random = Random(f"{source.stem} {case}")  # noqa: S311 - the same changes every time
    filled = FormInUse(schema=WRITTEN[kind].schema, book=openpyxl.load_workbook(source))
    type_answers(filled, random)
    by_name = {one.name: one for one in DAMAGES}
    for name in case.split():
        by_name[name].change(filled, random)
    save(filled, path)
    return list_words(filled)
