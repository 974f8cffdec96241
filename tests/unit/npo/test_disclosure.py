"""Small counts stay hidden even from somebody who can add and subtract."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fatf_kit.npo.report.disclosure import hidden_cells

BELOW = 5
TABLES = st.lists(st.lists(st.integers(0, 40), min_size=4, max_size=4), min_size=1, max_size=6)


@given(TABLES)
def test_no_line_gives_a_hidden_count_away(table: list[list[int]]) -> None:
    """In every row and column none is hidden or at least two; small ones always are."""
    counts = {(r, c): n for r, line in enumerate(table) for c, n in enumerate(line)}
    counts |= {(r, 4): sum(line) for r, line in enumerate(table)}
    sums = [[(r, c) for c in range(5)] for r in range(len(table))]
    hidden = hidden_cells(counts, sums, below=BELOW)
    assert {key for key, n in counts.items() if 0 < n < BELOW} <= hidden
    for keys in sums:
        assert len(hidden.intersection(keys)) != 1


@pytest.mark.parametrize(
    ("counts", "sums", "fixed", "hidden"),
    [
        # Zeros and large counts are shown, and so is a count at the limit.
        ({"a": 0, "b": 9, "t": 9}, ["abt"], "", ""),
        ({"b": 5, "c": 6, "t": 11}, ["bct"], "", ""),
        ({"a": 4, "b": 5, "c": 6, "t": 15}, ["abct"], "", "ab"),
        # A total that is known and a zero protect nothing; where nothing else is left, one is hidden alone.
        ({"a": 3, "b": 50, "c": 9, "t": 62}, ["abct"], "t", "ac"),
        ({"a": 3, "b": 0, "c": 9, "t": 12}, ["abct"], "", "ac"),
        ({"a": 3, "b": 0, "t": 9}, ["abt"], "t", "a"),
        # A count that is hidden for one sum is protected in the others.
        ({"a": 3, "b": 6, "c": 8, "d": 7}, ["cd", "bd", "ab"], "", "abcd"),
    ],
)
def test_as_many_are_hidden_as_are_needed(counts: dict[str, int], sums: list[str], fixed: str, hidden: str) -> None:
    """The small ones, and beside a single one in a sum the next larger one that is not known from elsewhere."""
    assert hidden_cells(counts, [tuple(keys) for keys in sums], below=BELOW, fixed=fixed) == set(hidden)
