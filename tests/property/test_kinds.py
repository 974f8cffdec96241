"""Whatever is typed into a workbook of any kind, and whatever becomes of its rows and sheets: used or reported.

The same mutant of each kind in every run, the same three in a full one; `make check-full` then runs a thousand of
answers, 300 of each other kind.
"""

from __future__ import annotations

import pytest

from tests.conftest import IS_FULL_RUN
from tests.property.damage import DAMAGES
from tests.property.kinds import DATA, KINDS, Figures, judge, run

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")  # openpyxl leaves out what it does not know


@pytest.mark.parametrize("kind", KINDS)
def test_every_filled_cell_is_used_reported_or_unread(kind: str) -> None:
    """The sum of the fates is what openpyxl counts in the file, and no word that was typed is nowhere."""
    figures = Figures()
    count = 3 if IS_FULL_RUN else 1
    for seed in range(count):
        run(kind, seed, figures)
    assert figures.lost == []
    assert figures.filled == figures.used + figures.reported + figures.unread
    assert figures.filled > 10 * count


@pytest.mark.parametrize(
    ("kind", "seed"),
    [
        *(("laws", 14), ("assessment", 13), ("mock", 13), ("follow-up", 14), ("npo-measures", 10)),
        *(("assessment", 1100), ("npo-questions", 1106), ("plan-items", 110), ("laws", 254)),
    ],
)
def test_mutants_that_lost_a_word_once(kind: str, seed: int) -> None:
    """Words on hidden sheets, two holidays on one day, copies under another table, printed columns of a copy.

    Words in hidden columns and ids below a table, too.
    """
    figures = Figures()
    run(kind, seed, figures)
    assert figures.lost == []


def test_there_are_twelve_kinds_of_damage_and_more() -> None:
    """Some of them change nothing that is read."""
    assert len({one.name for one in DAMAGES}) >= 12
    assert {one.harmless for one in DAMAGES} == {True, False}


def test_a_cell_that_is_not_counted_is_lost() -> None:
    """The proof can fail: a count of the file that differs from the sum of the fates is told."""
    path, figures = DATA / "laws-en.xlsx", Figures()
    judge("laws", path, 1, [], figures)
    assert ["cells" in reason for reason in figures.lost] == [True]
    judge("laws", path, None, [("zq999x", "Instruments", 900, 2)], figures)
    assert figures.lost[1:] == ["Instruments!B900 zq999x"]
