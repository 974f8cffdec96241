"""From parts to criteria to Recommendations: limits, ceilings, alternatives."""

from __future__ import annotations

import pytest

from fatf_kit.framework.model import Combine
from fatf_kit.ratings import ComplianceRating, CriterionRating
from fatf_kit.scoring.compliance import combine_parts, rate_recommendation
from fatf_kit.scoring.policy import load_policy

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
    return rate_recommendation([(f"c{n}", r, heavy.get(n, 2)) for n, r in enumerate(ratings)], POLICY).rating


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
    assert expected == rate(*ratings)


def test_important_criterion_not_met_holds_at_pc() -> None:
    """Weight 3 not met: at most PC, and the trace names the criterion."""
    trace = rate_recommendation([("heavy", NOT, 3), *((f"c{n}", MET, 2) for n in range(20))], POLICY)
    assert (ComplianceRating.LC, ComplianceRating.PC, ("heavy",)) == (trace.before_ceiling, trace.rating, trace.held_by)


@pytest.mark.parametrize(("rating", "expected"), [(MOSTLY, "LC"), (PARTLY, "PC"), (NOT, "NC")])
def test_decisive_criterion(rating: CriterionRating, expected: str) -> None:
    """Weight 5: partly met holds at PC, not met at NC, however good the rest is."""
    assert expected == rate(rating, *[MET] * 30, weights={0: 5})


def test_ceiling_never_lifts() -> None:
    """A ceiling above the rating leaves it alone and is not named."""
    trace = rate_recommendation([("heavy", NOT, 3), ("b", NOT, 2), ("c", NOT, 2)], POLICY)
    assert (ComplianceRating.NC, ()) == (trace.rating, trace.held_by)


@pytest.mark.parametrize(
    ("parts", "combine", "expected"),
    [
        ([MET, MET], Combine.ALL, MET),
        ([MET, MOSTLY], Combine.ALL, MOSTLY),
        ([MET, PARTLY], Combine.ALL, PARTLY),
        ([MET, NOT], Combine.ALL, PARTLY),
        ([PARTLY, NOT], Combine.ALL, NOT),
        ([NOT, NOT], Combine.ALL, NOT),
        ([MET, NA], Combine.ALL, MET),
        ([NA, NA], Combine.ALL, NA),
        ([NOT, MET, NOT], Combine.ANY, MET),
        ([NOT, PARTLY, NA], Combine.ANY, PARTLY),
    ],
)
def test_parts(parts: list[CriterionRating], combine: Combine, expected: CriterionRating) -> None:
    """The nearest rating below the average; alternatives count as their best."""
    assert expected == combine_parts(parts, combine, POLICY)


def test_ceiling_at_the_rating_itself_is_not_named() -> None:
    """A criterion holds nothing down where the limits lead to the same rating without it."""
    trace = rate_recommendation([("heavy", PARTLY, 5), ("light", PARTLY, 2)], POLICY)
    assert (ComplianceRating.PC, ComplianceRating.PC, ()) == (trace.before_ceiling, trace.rating, trace.held_by)
