"""From parts to criteria to Recommendations: limits, ceilings, alternatives."""

from __future__ import annotations

import pytest

from fatf_kit.core.ratings import ComplianceRating, CriterionRating
from fatf_kit.framework.model import Combination, CombinationRule
from fatf_kit.scoring.compliance import PartWeight, combine_parts, rate_recommendation
from fatf_kit.scoring.policy import load_policy
from fatf_kit.scoring.roll_up import RatedRequirement

MET, MOSTLY, PARTLY, NOT, NA = (
    CriterionRating.MET,
    CriterionRating.MOSTLY_MET,
    CriterionRating.PARTLY_MET,
    CriterionRating.NOT_MET,
    CriterionRating.NOT_APPLICABLE,
)
POLICY = load_policy()


def rate(*ratings: CriterionRating, weights: dict[int, int] | None = None) -> ComplianceRating:
    """The rating of a Recommendation whose criteria all weigh 2, but for those given by position."""
    heavy = weights or {}
    return rate_recommendation(
        [RatedRequirement(f"c{n}", r, heavy.get(n, 2)) for n, r in enumerate(ratings)], POLICY
    ).rating


def combine(
    parts: list[CriterionRating], how: CombinationRule, weights: dict[str, PartWeight] | None = None
) -> CriterionRating:
    """Return the combination of parts given in order."""
    ratings = {str(n): rating for n, rating in enumerate(parts)}
    return combine_parts(Combination(how=how, members=tuple(ratings)), ratings, POLICY, weights or {})


@pytest.mark.parametrize(
    ("ratings", "expected"),
    [
        ([MET] * 3, "C"),
        ([MOSTLY] * 3, "LC"),
        ([PARTLY] * 3, "PC"),
        ([NOT] * 3, "NC"),
        ([NA] * 3, "NA"),
        ([MET, NA, NA], "C"),
        ([MOSTLY] * 19 + [PARTLY], "LC"),
        ([MET, PARTLY], "PC"),
        ([MET] * 3 + [PARTLY], "LC"),  # a quarter partly met is inside the limit
        ([MET] * 9 + [NOT], "LC"),  # a tenth not met is inside the limit
        ([MET] * 8 + [NOT], "PC"),
        ([MET] * 2 + [NOT] * 3, "PC"),  # 60 % not met is inside the limit
        ([MET] * 3 + [NOT] * 5, "NC"),
    ],
)
def test_limits(ratings: list[CriterionRating], expected: str) -> None:
    """Each rating as the policy's limits have it; a value at its limit is inside."""
    assert rate(*ratings) == expected


def test_important_criterion_not_met_holds_at_pc() -> None:
    """Weight 3 not met: at most PC, and the trace names the criterion."""
    trace = rate_recommendation(
        [RatedRequirement("heavy", NOT, 3), *(RatedRequirement(f"c{n}", MET, 2) for n in range(20))], POLICY
    )
    assert (trace.before_ceiling, trace.rating, trace.held_by) == (ComplianceRating.LC, ComplianceRating.PC, ("heavy",))


@pytest.mark.parametrize(("rating", "expected"), [(MOSTLY, "LC"), (PARTLY, "PC"), (NOT, "PC")])
def test_decisive_criterion(rating: CriterionRating, expected: str) -> None:
    """Weight 5: partly met or not met holds at PC; NC comes by average and shares only (domain C)."""
    assert rate(rating, *[MET] * 30, weights={0: 5}) == expected


def test_ceiling_never_lifts() -> None:
    """A ceiling above the rating leaves it alone and is not named."""
    trace = rate_recommendation(
        [RatedRequirement(*one) for one in (("heavy", NOT, 3), ("b", NOT, 2), ("c", NOT, 2))], POLICY
    )
    assert (trace.rating, trace.held_by) == (ComplianceRating.NC, ())


@pytest.mark.parametrize(
    ("parts", "how", "expected"),
    [
        ([MET, MET], CombinationRule.ALL, MET),
        ([MET, MOSTLY], CombinationRule.ALL, MOSTLY),
        ([MET, PARTLY], CombinationRule.ALL, PARTLY),
        ([MET, NOT], CombinationRule.ALL, PARTLY),
        ([PARTLY, NOT], CombinationRule.ALL, NOT),
        ([NOT, NOT], CombinationRule.ALL, NOT),
        ([MET, NA], CombinationRule.ALL, MET),
        ([NA, NA], CombinationRule.ALL, NA),
        ([NOT, MET, NOT], CombinationRule.ANY, MET),
        ([NOT, PARTLY, NA], CombinationRule.ANY, PARTLY),
    ],
)
def test_parts(parts: list[CriterionRating], how: CombinationRule, expected: CriterionRating) -> None:
    """The nearest rating below the average; alternatives count as their best."""
    assert combine(parts, how) == expected


def test_ceiling_at_the_rating_itself_is_not_named() -> None:
    """A criterion holds nothing down where the limits lead to the same rating without it."""
    trace = rate_recommendation([RatedRequirement("heavy", PARTLY, 5), RatedRequirement("light", PARTLY, 2)], POLICY)
    assert (trace.before_ceiling, trace.rating, trace.held_by) == (ComplianceRating.PC, ComplianceRating.PC, ())


@pytest.mark.parametrize(("rating", "expected"), [(NOT, "NC"), (PARTLY, "PC"), (MOSTLY, "LC")])
def test_the_duty_itself_not_met_is_nc(rating: CriterionRating, expected: str) -> None:
    """R.3/3.1, R.5/5.1, R.20/20.1: without the duty the Recommendation has no content."""
    criteria = [
        RatedRequirement("duty", rating, 5, is_duty=True),
        *(RatedRequirement(f"c{n}", MET, 2) for n in range(30)),
    ]
    assert rate_recommendation(criteria, POLICY).rating == expected


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (PartWeight(value=5, levels_above=1), PARTLY),
        (PartWeight(value=3, levels_above=1), PARTLY),
        (PartWeight(value=2), MOSTLY),
        (PartWeight(value=1), MOSTLY),
    ],
)
def test_a_part_that_matters_holds_its_criterion(part: PartWeight, expected: CriterionRating) -> None:
    """One part of five not met: mostly met by the average, at most one level above it where its sector matters."""
    assert combine([MET, NOT, MET, MET, MET], CombinationRule.ALL, {"1": part}) == expected


@pytest.mark.parametrize(
    ("ratings", "close_to"),
    [
        ([MET] * 16 + [PARTLY] * 3, None),
        ([MET] * 14 + [PARTLY] * 4, "PC"),  # P 22 %, within three points of 25 %
        ([MET] * 8 + [PARTLY] * 3, "LC"),  # P 27 %
        ([MET] * 3, None),
    ],
)
def test_close_to_a_limit(ratings: list[CriterionRating], close_to: str | None) -> None:
    """Only within three points of a limit."""
    trace = rate_recommendation([RatedRequirement(str(n), rating, 2) for n, rating in enumerate(ratings)], POLICY)
    assert trace.close_to == close_to
