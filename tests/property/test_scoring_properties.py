"""Properties that must hold for every set of answers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fatf_kit.core.ratings import (
    ACHIEVEMENT_SCALE,
    COMPLIANCE_SCALE,
    CRITERION_SCALE,
    EFFECTIVENESS_SCALE,
    Achievement,
    ComplianceRating,
    CriterionRating,
    EffectivenessRating,
)
from fatf_kit.framework.model import Combination, CombinationRule
from fatf_kit.scoring.compliance import PartWeight, combine_parts, rate_recommendation
from fatf_kit.scoring.effectiveness import rate_outcome
from fatf_kit.scoring.policy import load_policy
from fatf_kit.scoring.roll_up import RatedRequirement

POLICY = load_policy()
LADDER = st.sampled_from(CRITERION_SCALE)
WEIGHTS = st.sampled_from(tuple(POLICY.weights))
CRITERIA = st.lists(st.tuples(LADDER, WEIGHTS), min_size=1, max_size=24)
PART_WEIGHTS = st.dictionaries(
    st.sampled_from([str(n) for n in range(8)]),
    st.builds(PartWeight, value=WEIGHTS, levels_above=st.sampled_from([None, 1])),
)
ISSUES = st.lists(st.tuples(st.sampled_from(ACHIEVEMENT_SCALE), WEIGHTS), min_size=1, max_size=8)


def combined(parts: list[CriterionRating], how: CombinationRule, weights: dict[str, PartWeight]) -> CriterionRating:
    """Return the rating of a criterion from the ratings of its parts in order."""
    ratings = {str(n): rating for n, rating in enumerate(parts)}
    return combine_parts(Combination(how=how, members=tuple(ratings)), ratings, POLICY, weights)


def outcome(issues: list[tuple[Achievement, int]]) -> EffectivenessRating:
    """The level of core issues given as extent and weight."""
    return rate_outcome([RatedRequirement(str(n), e, w) for n, (e, w) in enumerate(issues)], POLICY).rating


def rate(criteria: list[tuple[CriterionRating, int]]) -> ComplianceRating:
    """The rating of criteria given as rating and weight."""
    return rate_recommendation([RatedRequirement(str(n), r, w) for n, (r, w) in enumerate(criteria)], POLICY).rating


@given(CRITERIA, st.data())
def test_a_better_answer_never_lowers_a_rating(
    criteria: list[tuple[CriterionRating, int]], data: st.DataObject
) -> None:
    """One criterion moves up a step; the Recommendation does not move down."""
    at = data.draw(st.integers(0, len(criteria) - 1))
    rating, weight = criteria[at]
    step = CRITERION_SCALE[min(CRITERION_SCALE.index(rating) + 1, 3)]
    better = [*criteria[:at], (step, weight), *criteria[at + 1 :]]
    assert COMPLIANCE_SCALE.index(rate(criteria)) <= COMPLIANCE_SCALE.index(rate(better))


@given(CRITERIA, st.randoms())
def test_order_changes_nothing(criteria: list[tuple[CriterionRating, int]], random: st.DataObject) -> None:
    """Criteria may come in any order."""
    shuffled = list(criteria)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert rate(criteria) == rate(shuffled)


@given(CRITERIA, st.integers(0, 5), WEIGHTS)
def test_not_applicable_changes_nothing(criteria: list[tuple[CriterionRating, int]], extra: int, weight: int) -> None:
    """Criteria that do not apply leave the sum, whatever they weigh."""
    assert rate(criteria) == rate([*criteria, *[(CriterionRating.NOT_APPLICABLE, weight)] * extra])


@given(st.lists(WEIGHTS, min_size=1, max_size=24), st.integers(0, 3))
def test_a_uniform_answer_gives_its_own_level(weights: list[int], step: int) -> None:
    """All mostly met is LC, all partly met PC, and so on, under any weights; "not met" and "met" are the ends."""
    assert rate([(CRITERION_SCALE[step], weight) for weight in weights]) == COMPLIANCE_SCALE[step]


@given(CRITERIA, CRITERIA)
def test_the_true_rating_lies_in_the_span(
    known: list[tuple[CriterionRating, int]], later: list[tuple[CriterionRating, int]]
) -> None:
    """Whatever is answered later lies between the worst and the best case."""
    worst = rate([*known, *((CriterionRating.NOT_MET, weight) for _, weight in later)])
    best = rate([*known, *((CriterionRating.MET, weight) for _, weight in later)])
    true = COMPLIANCE_SCALE.index(rate([*known, *later]))
    assert COMPLIANCE_SCALE.index(worst) <= true <= COMPLIANCE_SCALE.index(best)


@given(st.lists(LADDER, min_size=1, max_size=8), st.sampled_from(CombinationRule), PART_WEIGHTS, st.data())
def test_a_better_part_never_lowers_a_criterion(
    parts: list[CriterionRating], combine: CombinationRule, weights: dict[str, PartWeight], data: st.DataObject
) -> None:
    """Parts are monotone too, alternatives and parts that matter included."""
    at = data.draw(st.integers(0, len(parts) - 1))
    better = [*parts[:at], CRITERION_SCALE[min(CRITERION_SCALE.index(parts[at]) + 1, 3)], *parts[at + 1 :]]
    before, after = (CRITERION_SCALE.index(combined(p, combine, weights)) for p in (parts, better))
    assert before <= after


@given(st.integers(1, 8), st.integers(0, 3), st.sampled_from(CombinationRule))
def test_uniform_parts_give_their_own_rating(size: int, step: int, combine: CombinationRule) -> None:
    """Parts that agree make up a criterion that agrees with them."""
    assert combined([CRITERION_SCALE[step]] * size, combine, {}) == CRITERION_SCALE[step]


@given(ISSUES, st.data())
def test_a_better_core_issue_never_lowers_a_level(issues: list[tuple[Achievement, int]], data: st.DataObject) -> None:
    """Effectiveness is monotone as well."""
    at = data.draw(st.integers(0, len(issues) - 1))
    extent, weight = issues[at]
    step = ACHIEVEMENT_SCALE[min(ACHIEVEMENT_SCALE.index(extent) + 1, 3)]
    better = [*issues[:at], (step, weight), *issues[at + 1 :]]
    before, after = (EFFECTIVENESS_SCALE.index(outcome(i)) for i in (issues, better))
    assert before <= after


@given(st.lists(WEIGHTS, min_size=1, max_size=8), st.integers(0, 3))
def test_a_uniform_extent_gives_its_own_level(weights: list[int], step: int) -> None:
    """All large is SE, all some is ME, and so on."""
    issues = [(ACHIEVEMENT_SCALE[step], weight) for weight in weights]
    assert outcome(issues) == EFFECTIVENESS_SCALE[step]


@given(CRITERIA, WEIGHTS)
def test_not_applicable_is_never_worse_than_not_met(criteria: list[tuple[CriterionRating, int]], weight: int) -> None:
    """A unit is never rated worse when a criterion is not applicable than when it is not met."""
    worst, best = (
        rate([*criteria, (one, weight)]) for one in (CriterionRating.NOT_MET, CriterionRating.NOT_APPLICABLE)
    )
    assert COMPLIANCE_SCALE.index(worst) <= COMPLIANCE_SCALE.index(best)
