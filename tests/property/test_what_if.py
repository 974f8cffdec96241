"""The smallest sets are those that brute force finds, and the range of an outlook holds the truth."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations, product
from math import comb
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fatf_kit.core.ratings import COMPLIANCE_SCALE, EFFECTIVENESS_SCALE, ComplianceRating, EffectivenessRating
from fatf_kit.framework.page_rules import OUTCOMES, RECOMMENDATIONS
from fatf_kit.outlook import Target, evaluate, find_smallest_sets, load_rules
from fatf_kit.outlook.evaluate import is_line_met
from fatf_kit.outlook.model import Rating, Rules
from fatf_kit.published import find_report, load_published
from fatf_kit.scoring.span import Span

EDITIONS = st.sampled_from(["fatf-2013", "fatf-2022"]).map(load_rules)
GOOD: dict[str, Rating] = {
    **dict.fromkeys(RECOMMENDATIONS, ComplianceRating.C),
    **dict.fromkeys(OUTCOMES, EffectivenessRating.SE),
}
STEPS = tuple[tuple[str, int], ...]


def clear(rules: Rules, target: Target, ratings: Mapping[str, Rating]) -> bool:
    """Whether no line of the target holds."""
    return not any(is_line_met(line, ratings) for line in rules.lines if line.kind in target.kinds)


def brute_force(rules: Rules, target: Target, ratings: Mapping[str, Rating]) -> tuple[int, set[STEPS]]:
    """Size and members of the smallest sets, by trying every way to move Recommendations that are below C."""
    low = [unit for unit in RECOMMENDATIONS if ratings[unit].rank in (0, 1, 2)]
    ends = [range(ratings[unit].rank or 0, 4) for unit in low]
    best: tuple[int, set[STEPS]] = (10**6, set())
    for ranks in product(*ends):
        after = {**ratings, **{unit: COMPLIANCE_SCALE[rank] for unit, rank in zip(low, ranks, strict=True)}}
        steps = tuple(
            (unit, rank) for unit, end in zip(low, ranks, strict=True) for rank in range(ratings[unit].rank or 0, end)
        )
        if len(steps) <= best[0] and clear(rules, target, after):
            if len(steps) < best[0]:
                best = (len(steps), set())
            best[1].add(steps)
    return best


def key_first(n: int) -> str:
    """A Recommendation; the first six are those that matter more."""
    keys = ["R.3", "R.5", "R.6", "R.10", "R.11", "R.20"]
    return (keys + [unit for unit in RECOMMENDATIONS if unit not in keys])[n]


@settings(max_examples=60, deadline=None)
@given(
    EDITIONS,
    st.sampled_from(Target),
    st.dictionaries(st.integers(0, 12).map(key_first), st.sampled_from(COMPLIANCE_SCALE[:3]), min_size=4, max_size=7),
    st.integers(0, 12),
    st.dictionaries(st.sampled_from(RECOMMENDATIONS), st.integers(0, 2)),
)
def test_equal_to_brute_force(
    rules: Rules, target: Target, low: dict[str, ComplianceRating], lowered_by: int, shortcomings: dict[str, int]
) -> None:
    """Size, number and order of the smallest sets are those found by trying every set of few units.

    Limits are lowered by `lowered_by`, as if that many more units had low ratings for good, so that few units can meet
    them.
    """
    rules = lowered(rules, lowered_by)
    ratings = {**GOOD, **low}
    size, sets = brute_force(rules, target, ratings)
    found = find_smallest_sets(rules, ratings, target, shown=10**6, shortcomings=shortcomings)
    mine = [tuple((step.unit, step.before.rank or 0) for step in steps) for steps in found.sets]
    assert (size, len(sets), len(sets)) == (found.steps, found.sets_total, len(mine))
    assert sets == set(mine)

    def order(steps: STEPS) -> tuple[int, int, list[int], list[tuple[int, int]]]:
        places = sorted({RECOMMENDATIONS.index(unit) for unit, _ in steps})
        weight = sum(shortcomings.get(RECOMMENDATIONS[place], 0) for place in places)
        ends = [max(rank for unit, rank in steps if unit == RECOMMENDATIONS[place]) for place in places]
        return weight, len(places), places, list(zip(places, ends, strict=True))

    assert sorted(sets, key=order) == mine
    first = find_smallest_sets(rules, ratings, target, shown=4, shortcomings=shortcomings)
    assert found.sets[:4] == first.sets


def lowered(rules: Rules, by: int) -> Rules:
    """The same lines with counts over many Recommendations nearer, but never below one."""
    from dataclasses import replace

    def nearer(at_least: int) -> int:
        return max(1, at_least - by)

    return replace(
        rules,
        lines=tuple(
            replace(line, counts=tuple(replace(c, at_least=nearer(c.at_least)) for c in line.counts))
            if line.counts[0].units == set(RECOMMENDATIONS)
            else line
            for line in rules.lines
        ),
    )


def newest() -> list[str]:
    """Every jurisdiction."""
    return list(dict.fromkeys(report.place for report in load_published()))


@pytest.mark.parametrize("target", list(Target))
def test_every_jurisdiction_small_enough_to_enumerate(target: Target) -> None:
    """Number and sets of steps as found by trying all subsets of steps of growing size."""
    tried = 0
    for place in newest():
        report = find_report(place)
        rules, ratings = load_rules(report.edition), report.ratings
        steps = [
            (unit, rank)
            for unit in RECOMMENDATIONS
            for rank in range(2)
            if ratings[unit].rank is not None and (ratings[unit].rank or 0) <= rank
        ]
        found = find_smallest_sets(rules, ratings, target, shown=0)
        if found.steps is None or sum(comb(len(steps), n) for n in range(found.steps + 1)) > 3000:
            continue
        tried += 1
        small = [
            chosen
            for size in range(found.steps + 1)
            for chosen in combinations(steps, size)
            if clear(rules, target, moved(ratings, chosen))
        ]
        whole = find_smallest_sets(rules, ratings, target, shown=10**6)
        mine = {tuple((step.unit, step.before.rank or 0) for step in chosen) for chosen in whole.sets}
        assert (found.sets_total, set(small)) == (len(small), mine)
    assert tried > 30


def moved(ratings: Mapping[str, Rating], steps: STEPS) -> Mapping[str, Rating]:
    """The ratings after some steps; the same ratings where a step has nothing to stand on."""
    after = dict(ratings)
    for unit, rank in steps:
        if after[unit] != COMPLIANCE_SCALE[rank]:
            return ratings
        after[unit] = COMPLIANCE_SCALE[rank + 1]
    return after


def spans_of(rating_scale: tuple[Rating, ...]) -> st.SearchStrategy[tuple[Rating, Rating, Rating]]:
    """A worst, a true and a best rating."""
    return st.tuples(*[st.sampled_from(range(4))] * 3).map(lambda ranks: tuple(rating_scale[r] for r in sorted(ranks)))


@settings(max_examples=200, deadline=None)
@given(
    EDITIONS,
    st.lists(spans_of(COMPLIANCE_SCALE), min_size=40, max_size=40),
    st.lists(spans_of(EFFECTIVENESS_SCALE), min_size=11, max_size=11),
    st.sets(st.sampled_from(RECOMMENDATIONS + OUTCOMES), max_size=8),
)
def test_the_truth_lies_inside_the_range(
    rules: Rules,
    compliance: list[tuple[Rating, Rating, Rating]],
    effectiveness: list[tuple[Rating, Rating, Rating]],
    unknown: set[str],
) -> None:
    """For every value of the open ratings, the answer is one of those that were reported as possible."""
    drawn = dict(zip(RECOMMENDATIONS + OUTCOMES, compliance + effectiveness, strict=True))
    given_ratings: dict[str, Any] = {
        unit: Span(worst=worst, best=best) for unit, (worst, _, best) in drawn.items() if unit not in unknown
    }
    told = evaluate(rules, given_ratings)
    truth = evaluate(rules, {unit: true for unit, (_, true, _) in drawn.items()})
    assert truth.follow_up in (told.follow_up_span.worst, told.follow_up_span.best)
    assert truth.icrg_referral in (told.referral_span.worst, told.referral_span.best)
    for line, certain in zip(told.lines, truth.lines, strict=True):
        assert line.holds in (None, certain.holds)
        for count, exact in zip(line.counts, certain.counts, strict=True):
            assert count.low <= exact.low <= count.high
