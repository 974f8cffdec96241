"""Whatever is typed into a workbook of any kind, and whatever becomes of its rows and sheets: used or reported.

The same few mutants of each kind in every run; `make check-full` runs a thousand of answers, 300 of each other kind.
"""

from __future__ import annotations

import pytest

from tests.property.kinds import ANSWERS, SHEETS, Figures, run

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")  # openpyxl leaves out what it does not know


@pytest.mark.parametrize("kind", [ANSWERS, *SHEETS])
def test_every_filled_cell_is_used_or_reported(kind: str) -> None:
    """In the result, or in a row that a problem names."""
    figures = Figures()
    for seed in range(6):
        run(kind, seed, figures)
    assert (figures.lost, figures.misread) == ([], 0)
    assert figures.cells > 30


@pytest.mark.parametrize(
    ("kind", "seed"),
    [("plan", 1), ("plan", 9), ("measures", 2), ("measures", 6), ("follow-up", 9), ("follow-up", 13), ("figures", 11)],
)
def test_mutants_that_lost_a_cell_once(kind: str, seed: int) -> None:
    """Rows sorted above the headings, text beside the questions, lone ids in the last table, lone numbers of cases."""
    figures = Figures()
    run(kind, seed, figures)
    assert figures.lost == []
