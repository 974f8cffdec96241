"""From core issues to outcomes."""

from __future__ import annotations

import pytest

from fatf_kit.ratings import Achievement
from fatf_kit.scoring.effectiveness import rate_outcome
from fatf_kit.scoring.policy import load_policy

VERY, LARGE, SOME, NEGLIGIBLE = Achievement.VERY_LARGE, Achievement.LARGE, Achievement.SOME, Achievement.NEGLIGIBLE


@pytest.mark.parametrize(
    ("extents", "expected"),
    [
        ([VERY] * 4, "HE"),
        ([LARGE] * 4, "SE"),
        ([SOME] * 4, "ME"),
        ([NEGLIGIBLE] * 4, "LE"),
        ([VERY, VERY, VERY, LARGE], "HE"),
        ([VERY] * 6 + [SOME], "SE"),  # the average would do, but one issue is below large
        ([LARGE, SOME], "ME"),
        ([LARGE, LARGE, SOME], "SE"),
        ([VERY, VERY, VERY, NEGLIGIBLE], "SE"),
        ([VERY] * 6 + [NEGLIGIBLE] * 2, "ME"),  # two at negligible
    ],
)
def test_levels(extents: list[Achievement], expected: str) -> None:
    """Levels as the policy has them."""
    assert expected == rate_outcome([(extent, 2) for extent in extents], load_policy()).rating
