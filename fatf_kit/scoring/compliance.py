"""From parts to a criterion and from criteria to a Recommendation.

Source: the design rests on FATF Methodology (2022), paras 41, 42 and 44; the numbers are the policy's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from fatf_kit.core.ratings import COMPLIANCE_SCALE, CRITERION_SCALE, ComplianceRating, CriterionRating
from fatf_kit.framework.model import Combination, CombinationRule
from fatf_kit.scoring.model import ComplianceTrace
from fatf_kit.scoring.policy import Policy
from fatf_kit.scoring.roll_up import RatedRequirement, RollUp, Sums


@dataclass(frozen=True, slots=True, kw_only=True)
class PartWeight:
    """How much a part weighs among its neighbours. `levels_above` is by how many levels the whole may exceed it.

    It is None where the part does not hold the whole down.
    """

    value: int = 2
    levels_above: int | None = None


_ORDINARY_PART = PartWeight()
_NO_WEIGHTS: Mapping[str, PartWeight] = MappingProxyType({})


def combine_parts(
    combination: Combination,
    ratings: Mapping[str, CriterionRating],
    policy: Policy,
    weights: Mapping[str, PartWeight] = _NO_WEIGHTS,
) -> CriterionRating:
    """Return the rating of a criterion from its parts alone: each group of the combination, then the whole.

    All met is met. Alternatives count as the best of them. Otherwise it is the rating whose credit is nearest below
    the weighted average. Parts that do not apply are left out; if none applies, neither does the criterion. A part
    that is not named in `weights` is ordinary, a group weighs as much as its heaviest part.

    >>> from fatf_kit.scoring.policy import load_policy
    >>> either = Combination(how=CombinationRule.ANY, members=("(i)", "(ii)"))
    >>> ratings = {"(i)": CriterionRating.MET, "(ii)": CriterionRating.NOT_MET, "(iii)": CriterionRating.MET}
    >>> str(combine_parts(Combination(members=(either, "(iii)")), ratings, load_policy()))
    'met'
    >>> str(combine_parts(Combination(members=("(i)", "(ii)", "(iii)")), ratings, load_policy()))
    'partly met'
    """
    members = [_member(one, ratings, policy, weights) for one in combination.members]
    applicable = [(rating, part) for rating, part in members if rating is not CriterionRating.NOT_APPLICABLE]
    if not applicable:
        return CriterionRating.NOT_APPLICABLE
    if combination.how is CombinationRule.ANY:
        return max((rating for rating, _ in applicable), key=CRITERION_SCALE.index)
    points = sum(policy.credits[rating] * part.value for rating, part in applicable)
    total = sum(part.value for _, part in applicable)
    reached = sum(points >= policy.credits[rating] * total for rating in CRITERION_SCALE) - 1
    held = [
        CRITERION_SCALE.index(rating) + part.levels_above
        for rating, part in applicable
        if part.levels_above is not None
    ]
    return CRITERION_SCALE[min((reached, *held))]


def _member(
    member: str | Combination,
    ratings: Mapping[str, CriterionRating],
    policy: Policy,
    weights: Mapping[str, PartWeight],
) -> tuple[CriterionRating, PartWeight]:
    if isinstance(member, str):
        return ratings[member], weights.get(member, _ORDINARY_PART)
    heaviest = max(weights.get(leaf, _ORDINARY_PART).value for leaf in member.leaves)
    return combine_parts(member, ratings, policy, weights), PartWeight(value=heaviest)


def rate_recommendation(criteria: Sequence[RatedRequirement], policy: Policy) -> ComplianceTrace:
    """Return the rating of a Recommendation from the ratings and weights of all its criteria, with its trace.

    NA where no criterion applies.

    >>> from fatf_kit.scoring.policy import load_policy
    >>> met, partly = CriterionRating.MET, CriterionRating.PARTLY_MET
    >>> trace = rate_recommendation([RatedRequirement("a", met, 2), RatedRequirement("b", partly, 2)], load_policy())
    >>> str(trace.rating), trace.points, trace.weight
    ('PC', 270, 4)
    """
    roll_up = ComplianceRollUp(policy)
    counted = roll_up.select_applicable(criteria)
    points, partly_or_worse, not_met = roll_up.measure(counted)
    return ComplianceTrace(
        points=points, partly_or_worse=partly_or_worse // 100, not_met=not_met // 100, **roll_up.trace(counted)
    )


class ComplianceRollUp(RollUp[ComplianceRating]):
    """From criteria to a Recommendation. Both counts are weights, times 100, for limits in per cent of the weight."""

    answers = CRITERION_SCALE
    ratings = COMPLIANCE_SCALE

    def __init__(self, policy: Policy) -> None:
        super().__init__(policy, policy.credits)

    def measure(self, rated: Sequence[RatedRequirement]) -> Sums:
        """Return the weight times credit, and 100 times the weight that is partly met or worse, and not met."""
        points = sum(self.worth[one.rating] * one.weight for one in rated)
        return points, _weigh(rated, CriterionRating.PARTLY_MET), _weigh(rated, CriterionRating.NOT_MET)

    def find_limits(self, rating: ComplianceRating, weight: int, easing: int = 0) -> Sums:
        """Return the limits of LC or PC."""
        limits = self.policy.compliance[rating]
        return (
            (limits.average_from - easing) * weight,
            (limits.partly_or_worse_up_to + easing) * weight,
            (limits.not_met_up_to + easing) * weight,
        )

    def rate_by_limits(self, rated: Sequence[RatedRequirement], easing: int = 0) -> ComplianceRating:
        """Return C where every criterion is met, NA where none applies, else the rating whose limits are passed."""
        if not rated:
            return ComplianceRating.NA
        if all(one.rating is CriterionRating.MET for one in rated):
            return ComplianceRating.C
        return self.find_best(rated, tuple(self.policy.compliance), easing)

    def find_ceiling(self, one: RatedRequirement) -> ComplianceRating | None:
        """Return the best rating that a criterion allows."""
        caps = [
            ceiling.at_most
            for ceiling in self.policy.ceilings
            if (one.is_duty if ceiling.duty else ceiling.weight == one.weight)
            and self.answers.index(one.rating) <= self.answers.index(ceiling.criterion)
        ]
        return min(caps, key=self.ratings.index, default=None)


def _weigh(rated: Sequence[RatedRequirement], limit: CriterionRating) -> int:
    """Return 100 times the weight of the criteria rated so or worse."""
    low = CRITERION_SCALE[: CRITERION_SCALE.index(limit) + 1]
    return 100 * sum(one.weight for one in rated if one.rating in low)
