"""Small counts stay hidden even from somebody who can add and subtract."""

from __future__ import annotations

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


def test_nothing_is_hidden_without_need() -> None:
    """Zeros and large counts are shown."""
    assert hidden_cells({"a": 0, "b": 9, "t": 9}, [("a", "b", "t")], below=BELOW) == frozenset()


def test_what_is_known_elsewhere_is_not_hidden_for_nothing() -> None:
    """The total is fixed, so another part has to go."""
    hidden = hidden_cells({"a": 3, "b": 50, "c": 9, "t": 62}, [("a", "b", "c", "t")], below=BELOW, fixed={"t"})
    assert hidden == {"a", "c"}


def test_a_count_at_the_limit_is_shown() -> None:
    """Small is what lies below it."""
    assert hidden_cells({"a": 4, "b": 5, "c": 6, "t": 15}, [("a", "b", "c", "t")], below=BELOW) == {"a", "b"}
    assert hidden_cells({"b": 5, "c": 6, "t": 11}, [("b", "c", "t")], below=BELOW) == frozenset()


def test_nothing_of_nothing_protects() -> None:
    """A zero hides nobody, so the next larger count is hidden; where nothing else is left, the one stays alone."""
    assert hidden_cells({"a": 3, "b": 0, "c": 9, "t": 12}, [("a", "b", "c", "t")], below=BELOW) == {"a", "c"}
    assert hidden_cells({"a": 3, "b": 0, "t": 9}, [("a", "b", "t")], below=BELOW, fixed={"t"}) == {"a"}


def test_what_is_hidden_for_one_sum_is_protected_in_the_others() -> None:
    """Hiding 6 beside 3 in its row leaves 6 alone in its column, so that 7 below goes too, and 8 beside that."""
    counts = {"a": 3, "b": 6, "c": 8, "d": 7}
    assert hidden_cells(counts, [("c", "d"), ("b", "d"), ("a", "b")], below=BELOW) == {"a", "b", "c", "d"}
