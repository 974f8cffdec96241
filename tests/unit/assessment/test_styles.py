"""How tall a row must be for its text."""

from __future__ import annotations

import pytest

from fatf_kit.spreadsheets.styles import STYLES, compute_height, count_lines


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [("", 10, 1), ("word", 10, 1), ("a\n\nb", 10, 3), ("x" * 25, 10, 3), ("WWWW WWWW", 10, 2), ("ii ii ii ii", 10, 1)],
)
def test_lines(text: str, width: float, lines: int) -> None:
    """Wrapping at words, long words broken, wide and narrow letters told apart."""
    assert count_lines(text, width) == lines


def test_heights_grow_and_stop_where_spreadsheets_stop() -> None:
    """A row is at most 409 points tall."""
    assert compute_height(1) < compute_height(2) < compute_height(3)
    assert compute_height(1_000) == 409


def test_answer_cells_are_the_only_unlocked_ones() -> None:
    """A style that lets people type is one for answers or fields."""
    unlocked = {name for name, style in STYLES.items() if style.get("locked") is False}
    assert unlocked == {"rating", "text", "short text", "ids", "list", "date", "figure", "field", "field date"}
