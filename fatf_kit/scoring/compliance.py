"""From parts to a criterion and from criteria to a Recommendation: the one home of the roll-up.

Whole numbers only: averages of equal floats fall below their own cut-off. All functions are monotone, so the worst
case of a set of answers is the roll-up of their worst cases and the best case that of the best.

Source: the design rests on FATF Methodology (2022), paras 41, 42 and 44; the numbers are the policy's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from fatf_kit.core.ratings import COMPLIANCE_SCALE, CRITERION_SCALE, ComplianceRating, CriterionRating
from fatf_kit.framework.model import Combination, CombinationRule
from fatf_kit.scoring.model import ComplianceTrace
from fatf_kit.scoring.policy import Policy


class RatedCriterion(NamedTuple):
    """A criterion as the roll-up sees it. `is_duty` marks the duty itself that the Recommendation is about."""

    id: str
    rating: CriterionRating
    weight: int
    is_duty: bool = False


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


def rate_recommendation(criteria: Sequence[RatedCriterion], policy: Policy) -> ComplianceTrace:
    """Return the rating of a Recommendation from the ratings and weights of all its criteria, with its trace.

    NA where no criterion applies.

    >>> from fatf_kit.scoring.policy import load_policy
    >>> met, partly = CriterionRating.MET, CriterionRating.PARTLY_MET
    >>> trace = rate_recommendation([RatedCriterion("a", met, 2), RatedCriterion("b", partly, 2)], load_policy())
    >>> str(trace.rating), trace.points, trace.weight
    ('PC', 270, 4)
    """
    counted = [one for one in criteria if one.rating is not CriterionRating.NOT_APPLICABLE]
    sums = _Sums(
        points=sum(policy.credits[one.rating] * one.weight for one in counted),
        weight=sum(one.weight for one in counted),
        partly_or_worse=_weight_at_or_below(counted, CriterionRating.PARTLY_MET),
        not_met=_weight_at_or_below(counted, CriterionRating.NOT_MET),
    )
    caps = [(cap, one.id) for one in counted if (cap := ceiling_of(one, policy)) is not None]
    free = _by_limits(counted, sums, policy)
    rating, held_by = _under_ceilings(caps, free)
    return ComplianceTrace(
        rating=rating,
        points=sums.points,
        weight=sums.weight,
        partly_or_worse=sums.partly_or_worse,
        not_met=sums.not_met,
        before_ceiling=free,
        held_by=held_by,
        close_to=_close_to(counted, sums, caps, rating, policy),
    )


_Cap = tuple[ComplianceRating, str]
"""The best rating that a criterion allows, and its id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sums:
    """The sums that the limits are tested against."""

    points: int
    weight: int
    partly_or_worse: int
    not_met: int


def _weight_at_or_below(criteria: Sequence[RatedCriterion], limit: CriterionRating) -> int:
    step = CRITERION_SCALE.index(limit)
    return sum(one.weight for one in criteria if CRITERION_SCALE.index(one.rating) <= step)


def _by_limits(criteria: Sequence[RatedCriterion], sums: _Sums, policy: Policy, easing: int = 0) -> ComplianceRating:
    """Return the rating by average and shares; `easing` moves every limit by so many points, upwards means easier."""
    if not criteria:
        return ComplianceRating.NA
    if all(one.rating is CriterionRating.MET for one in criteria):
        return ComplianceRating.C
    for rating, limits in policy.compliance.items():
        if (
            sums.points >= (limits.average_from - easing) * sums.weight
            and 100 * sums.partly_or_worse <= (limits.partly_or_worse_up_to + easing) * sums.weight
            and 100 * sums.not_met <= (limits.not_met_up_to + easing) * sums.weight
        ):
            return rating
    return ComplianceRating.NC


def _close_to(
    criteria: Sequence[RatedCriterion], sums: _Sums, caps: Sequence[_Cap], rating: ComplianceRating, policy: Policy
) -> ComplianceRating | None:
    """Return the neighbouring rating that limits a few points easier, or else a few points harder, would give."""
    if rating is ComplianceRating.NA:
        return None
    for easing in (policy.close_within, -policy.close_within):
        near, _ = _under_ceilings(caps, _by_limits(criteria, sums, policy, easing))
        if near is not rating:
            return near
    return None


def _under_ceilings(caps: Sequence[_Cap], free: ComplianceRating) -> tuple[ComplianceRating, tuple[str, ...]]:
    """Return the rating after ceilings, and the criteria that hold it down."""
    if free is ComplianceRating.NA:
        return free, ()
    lowest = min((cap for cap, _ in caps), key=COMPLIANCE_SCALE.index, default=free)
    if COMPLIANCE_SCALE.index(lowest) >= COMPLIANCE_SCALE.index(free):
        return free, ()
    return lowest, tuple(key for cap, key in caps if cap is lowest)


def ceiling_of(one: RatedCriterion, policy: Policy) -> ComplianceRating | None:
    """Return the best rating that a criterion allows; None where it holds nothing down."""
    caps = [
        ceiling.at_most
        for ceiling in policy.ceilings
        if (one.is_duty if ceiling.duty else ceiling.weight == one.weight)
        and CRITERION_SCALE.index(one.rating) <= CRITERION_SCALE.index(ceiling.criterion)
    ]
    return min(caps, key=COMPLIANCE_SCALE.index, default=None)
