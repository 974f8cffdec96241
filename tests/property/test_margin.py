"""The margin equals what trying every single set gives."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from fatf_kit.core.ratings import (
    ACHIEVEMENT_SCALE,
    COMPLIANCE_SCALE,
    CRITERION_SCALE,
    EFFECTIVENESS_SCALE,
    CriterionRating,
)
from fatf_kit.scoring.compliance import ComplianceRollUp, rate_recommendation
from fatf_kit.scoring.effectiveness import EffectivenessRollUp, rate_outcome
from fatf_kit.scoring.margin import find_margin
from fatf_kit.scoring.policy import load_policy
from fatf_kit.scoring.roll_up import RatedRequirement

POLICIES = [load_policy(name) for name in ("indicative-2", "stricter-2", "milder-2")]
WEIGHTS = st.sampled_from(tuple(POLICIES[0].weights))
LEVELS = st.lists(st.tuples(st.integers(0, 3), WEIGHTS), min_size=1, max_size=6)


def smallest(levels: list[int], rank, target: int) -> tuple[int, set[tuple[int, ...]]]:  # type: ignore[no-untyped-def]
    """Fewest steps that reach the target, and every set of so many, each as steps by place. All sets are tried."""
    reached = [
        steps
        for steps in product(*(range(4 - level) for level in levels))
        if rank([level + step for level, step in zip(levels, steps, strict=True)]) >= target
    ]
    fewest = min(map(sum, reached))
    return fewest, {steps for steps in reached if sum(steps) == fewest}


def check(levels, rank, margin, top: int) -> None:  # type: ignore[no-untyped-def]
    """Single steps, number of steps, number of sets and the sets themselves against brute force."""
    here = rank(levels)
    for sign, found in ((-1, margin.down), (1, margin.up)):
        moved = [
            str(at)
            for at, level in enumerate(levels)
            if 0 <= level + sign <= 3 and rank([*levels[:at], level + sign, *levels[at + 1 :]]) != here
        ]
        assert moved == list(found)
    if here == top:
        assert (margin.to, margin.sets_total) == (None, 0)
        return
    steps, sets = smallest(levels, rank, here + 1)
    shown = [tuple(one.count(str(at)) for at in range(len(levels))) for one in margin.sets]
    assert (steps, len(sets)) == (margin.steps, margin.sets_total)
    assert sets == set(shown)
    assert len(sets) == len(shown)


@settings(max_examples=150, deadline=None)
@given(LEVELS, st.integers(0, 6), st.sampled_from(POLICIES))
def test_compliance_margin_is_exact(criteria: list[tuple[int, int]], duty: int, policy) -> None:  # type: ignore[no-untyped-def]
    """For Recommendations of up to six criteria, of which one may be the duty itself."""

    def rated(levels: list[int]) -> list[RatedRequirement]:
        return [
            RatedRequirement(str(n), CRITERION_SCALE[level], weight, n == duty)
            for n, (level, (_, weight)) in enumerate(zip(levels, criteria, strict=True))
        ]

    def rank(levels: list[int]) -> int:
        return COMPLIANCE_SCALE.index(rate_recommendation(rated(levels), policy).rating)

    margin = find_margin(rated([level for level, _ in criteria]), ComplianceRollUp(policy), shown=10_000)
    check([level for level, _ in criteria], rank, margin, 3)


@settings(max_examples=150, deadline=None)
@given(LEVELS, st.sampled_from(POLICIES))
def test_effectiveness_margin_is_exact(issues: list[tuple[int, int]], policy) -> None:  # type: ignore[no-untyped-def]
    """For outcomes of up to six core issues."""

    def rated(levels: list[int]) -> list[RatedRequirement]:
        return [
            RatedRequirement(str(n), ACHIEVEMENT_SCALE[level], weight)
            for n, (level, (_, weight)) in enumerate(zip(levels, issues, strict=True))
        ]

    def rank(levels: list[int]) -> int:
        return EFFECTIVENESS_SCALE.index(rate_outcome(rated(levels), policy).rating)

    margin = find_margin(rated([level for level, _ in issues]), EffectivenessRollUp(policy), shown=10_000)
    check([level for level, _ in issues], rank, margin, 3)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(CRITERION_SCALE), WEIGHTS), min_size=24, max_size=26))
def test_margin_of_a_long_recommendation(criteria: list[tuple[CriterionRating, int]]) -> None:
    """As many criteria as R.40 has: each set written out reaches the next level, and none is written twice."""
    named = [RatedRequirement(str(n), rating, weight) for n, (rating, weight) in enumerate(criteria)]
    margin = find_margin(named, ComplianceRollUp(POLICIES[0]))
    assert margin is not None
    for one in margin.sets:
        risen = [c._replace(rating=CRITERION_SCALE[CRITERION_SCALE.index(c.rating) + one.count(c.id)]) for c in named]
        assert margin.to == rate_recommendation(risen, POLICIES[0]).rating
        assert margin.steps == len(one)
    assert len(set(margin.sets)) == len(margin.sets)
    assert len(margin.sets) <= margin.sets_total
