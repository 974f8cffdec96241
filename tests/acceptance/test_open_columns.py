"""Each column that people may fill has a reader: a word typed into it is in the result, in a problem, or unread openly.

The words go into the workbooks that an earlier version wrote and people filled in, a row of each table.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from fatf_kit.spreadsheets.ledger import CellCounts, collect_counts
from fatf_kit.spreadsheets.schema import CellKind
from tools.written_inputs.kinds import KINDS
from tools.written_inputs.places import find_places
from tools.written_inputs.sets import list_sets

DATA = list_sets()[-1]
WORDS = (CellKind.TEXT, CellKind.LINK, CellKind.IDS)
OTHERS = tuple(kind for kind in CellKind if kind not in (*WORDS, CellKind.ID, CellKind.PRINTED))
ROW_OF = {"whole": 5}
"""The row of a table from 0, where not the first: the reason for the home country is asked for, but not kept."""

VALID_NEIGHBOURS = {"whole.reason": {"value": "no"}, "whole.value": {"reason": "as in the act"}}
"""Words of the same row, by column, because the row is blank in the kept workbooks."""

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")


def type_words(
    source: Path, target: Path, kind: str, kinds: tuple[CellKind, ...], only: str = ""
) -> dict[str, tuple[str, str, str]]:
    """Type a word of its own into each open cell of some kinds in a row of each table, or into one; places by word."""
    book = openpyxl.load_workbook(source)
    places: dict[str, tuple[str, str, str]] = {}
    for place in find_places(book, KINDS[kind].schema.tables, 6):
        row = place.rows[ROW_OF.get(place.table.name, 0)]
        for column in place.typed_columns_of(*kinds):
            name = f"{place.table.name}.{column.key}"
            if only not in ("", name):
                continue
            word = f"zq{len(places):03}x"
            cell = place.sheet.cell(row, place.columns[column.key])
            cell.value = word
            for key, value in VALID_NEIGHBOURS.get(name, {}).items():
                place.sheet.cell(row, place.columns[key]).value = value
            places[word] = (place.sheet.title, cell.coordinate, name)
    book.save(target)
    return places


def list_lost(kind: str, path: Path, places: dict[str, tuple[str, str, str]]) -> Iterator[str]:
    """Yield each column whose word is nowhere."""
    with collect_counts() as counts:
        result, problems = KINDS[kind].read(path)
    told = list(problems)
    shown = (repr(result) + repr(told)).casefold()
    named = {(one.ref.sheet, one.ref.cell) for one in told if one.ref} | set(_list_unread(counts))
    for word, (sheet, cell, column) in places.items():
        if word not in shown and (sheet, cell) not in named:
            yield column


def _list_unread(counts: list[CellCounts]) -> Iterator[tuple[str | None, str | None]]:
    for one in counts:
        yield from ((ref.sheet, ref.cell) for ref in one.unread_cells)


@pytest.mark.parametrize(
    "kinds",
    [pytest.param(WORDS, id="words"), pytest.param(OTHERS, id="dates, numbers and lists", marks=pytest.mark.full)],
)
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "npo-register"])
def test_a_word_in_each_open_column_is_somewhere(kind: str, kinds: tuple[CellKind, ...], tmp_path: Path) -> None:
    """No column is open to people and read by nothing; alone, where another word makes the row unusable."""
    source = DATA / f"{kind}-en.xlsx"
    path = tmp_path / source.name
    doubtful = list(list_lost(kind, path, type_words(source, path, kind, kinds)))
    lost = [name for name in doubtful if [*list_lost(kind, path, type_words(source, path, kind, kinds, name))]]
    assert lost == []
