"""From core issues to outcomes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fatf_kit.core.ratings import Achievement, EffectivenessRating
from fatf_kit.scoring.effectiveness import rate_outcome
from fatf_kit.scoring.policy import load_policy
from fatf_kit.scoring.roll_up import RatedRequirement

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
    assert (
        rate_outcome([RatedRequirement(str(n), extent, 2) for n, extent in enumerate(extents)], load_policy()).rating
        == expected
    )


@pytest.mark.parametrize(("extent", "expected"), [(NEGLIGIBLE, "ME"), (SOME, "SE"), (LARGE, "HE")])
def test_a_decisive_core_issue_holds_an_outcome_down(extent: Achievement, expected: str) -> None:
    """Domain A7: the others very large, a decisive one negligible gave SE."""
    policy = replace(load_policy(), effectiveness=dict(load_policy().effectiveness))
    policy.effectiveness[EffectivenessRating.HE] = replace(  # type: ignore[index]
        policy.effectiveness[EffectivenessRating.HE], below_large_up_to=9, negligible_up_to=9, average_from=0
    )
    issues = [RatedRequirement("heavy", extent, 5), *(RatedRequirement(str(n), VERY, 2) for n in range(9))]
    trace = rate_outcome(issues, policy)
    assert trace.rating == expected
    assert (("heavy",) if expected != "HE" else ()) == trace.held_by


@pytest.mark.parametrize(
    ("extents", "close_to"),
    [
        ([LARGE, LARGE, SOME], "ME"),
        ([VERY, SOME, SOME], "ME"),
        ([LARGE, LARGE, LARGE], None),
        ([LARGE] * 4 + [SOME] * 4, None),
    ],
)
def test_close_to_a_limit(extents: list[Achievement], close_to: str | None) -> None:
    """Averages 55.6 and 55.6 are within three points of 55; 66.7 and 50 are not."""
    issues = [RatedRequirement(str(n), extent, 2) for n, extent in enumerate(extents)]
    assert rate_outcome(issues, load_policy()).close_to == close_to
