"""The requirements of the next rating, in cases worked out by hand with one limit at a time."""

from __future__ import annotations

from dataclasses import replace

from fatf_kit.core.ratings import Achievement, CriterionRating
from fatf_kit.scoring.compliance import ComplianceRollUp
from fatf_kit.scoring.effectiveness import EffectivenessRollUp
from fatf_kit.scoring.margin import find_margin
from fatf_kit.scoring.model import Margin
from fatf_kit.scoring.policy import load_policy
from fatf_kit.scoring.roll_up import RatedRequirement

POLICY = load_policy()
MET, PARTLY, NO = CriterionRating.MET, CriterionRating.PARTLY_MET, CriterionRating.NOT_MET
VERY, LARGE, SOME, NONE = Achievement.VERY_LARGE, Achievement.LARGE, Achievement.SOME, Achievement.NEGLIGIBLE


def rated(*criteria: tuple[str, CriterionRating, int]) -> list[RatedRequirement]:
    """Criteria as the roll-up takes them."""
    return [RatedRequirement(*one) for one in criteria]


def extents(*issues: tuple[str, Achievement, int]) -> list[RatedRequirement]:
    """Core issues as the roll-up takes them."""
    return [RatedRequirement(*one) for one in issues]


def find_sets(margin: Margin | None) -> tuple[int | None, int, set[tuple[str, ...]]]:
    """The number of steps, how many sets there are, and the sets."""
    assert margin is not None
    return margin.steps, margin.sets_total, set(margin.sets)


def test_nothing_to_rate_has_no_margin() -> None:
    """No core issue, no criterion, or none that applies."""
    none = CriterionRating.NOT_APPLICABLE
    assert (
        find_margin([], EffectivenessRollUp(POLICY)),
        find_margin([], ComplianceRollUp(POLICY)),
        find_margin(rated(("a", none, 2)), ComplianceRollUp(POLICY)),
    ) == (None, None, None)


def test_a_share_just_at_its_limit_asks_for_nothing() -> None:
    """A tenth of the weight not met is allowed for LC: only what is partly met has to rise."""
    criteria = rated(("no", NO, 1), ("partly", PARTLY, 2), ("a", MET, 5), ("b", MET, 2))
    assert find_sets(find_margin(criteria, ComplianceRollUp(POLICY))) == (1, 1, {("partly",)})


def test_a_core_issue_that_is_large_is_not_one_below_large() -> None:
    """Only the weak core issue stands between the outcome and HE; to lift the large one does not help."""
    issues = extents(("a", VERY, 5), ("b", VERY, 5), ("large", LARGE, 1), ("some", SOME, 1))
    assert find_sets(find_margin(issues, EffectivenessRollUp(POLICY))) == (1, 1, {("some",)})


def test_a_step_without_credit_is_enough_where_no_credit_is_missing() -> None:
    """A country's own numbers may give "partly met" no credit, or "some" no extent; leaving the lowest still counts."""
    credits_ = replace(POLICY, credits={**POLICY.credits, PARTLY: 0})
    no_extent = replace(POLICY, extents={**POLICY.extents, SOME: 0})
    criteria = rated(("a", MET, 1), ("b", NO, 1), ("c", NO, 1))
    issues = extents(("a", VERY, 1), ("b", VERY, 1), ("c", VERY, 1), ("d", NONE, 1), ("e", NONE, 1))
    assert find_sets(find_margin(criteria, ComplianceRollUp(credits_))) == (1, 2, {("b",), ("c",)})
    assert find_sets(find_margin(issues, EffectivenessRollUp(no_extent))) == (1, 2, {("d",), ("e",)})


def test_as_many_sets_are_written_out_as_requested() -> None:
    """All are counted; of six, so many are shown, each once, and not more than there are."""
    issues = extents(*((name, SOME, 2) for name in "abc"))
    for asked_for in range(8):
        margin = find_margin(issues, EffectivenessRollUp(POLICY), shown=asked_for)
        assert margin is not None
        assert margin.sets_total == 6
        assert min(asked_for, 6) == len(margin.sets) == len(set(margin.sets))
