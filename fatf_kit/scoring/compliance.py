"""From parts to a criterion and from criteria to a Recommendation: the one home of the roll-up.

Whole numbers only: averages of equal floats fall below their own cut-off. All functions are monotone, so the worst
case of a set of answers is the roll-up of their worst cases and the best case that of the best.

Source: the design rests on FATF Methodology (2022), paras 41, 42 and 44; the numbers are the policy's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from fatf_kit.framework.model import Combination, Combine
from fatf_kit.ratings import COMPLIANCE_LADDER, CRITERION_LADDER, ComplianceRating, CriterionRating
from fatf_kit.scoring.model import ComplianceTrace
from fatf_kit.scoring.policy import Policy

Weighted = tuple[str, CriterionRating, int]
"""Id of a criterion, its rating and its weight."""


def combine_parts(ratings: Iterable[CriterionRating], combine: Combine, policy: Policy) -> CriterionRating:
    """What a criterion amounts to when only its parts are answered.

    All met is met. Alternatives count as the best of them. Otherwise it is the rating whose credit is nearest below
    the average of the parts. Parts that do not apply are left out; if none applies, neither does the criterion.

    >>> from fatf_kit.scoring.policy import load_policy
    >>> met, partly = CriterionRating.MET, CriterionRating.PARTLY_MET
    >>> str(combine_parts([met, partly], Combine.ALL, load_policy()))
    'partly met'
    >>> str(combine_parts([met, partly], Combine.ANY, load_policy()))
    'met'
    """
    applicable = [rating for rating in ratings if rating is not CriterionRating.NOT_APPLICABLE]
    if not applicable:
        return CriterionRating.NOT_APPLICABLE
    if combine is Combine.ANY:
        return max(applicable, key=CRITERION_LADDER.index)
    points = sum(policy.credits[rating] for rating in applicable)
    reached = [rating for rating in CRITERION_LADDER if points >= policy.credits[rating] * len(applicable)]
    return reached[-1]


def rate_combination(
    combination: Combination, ratings: Mapping[str, CriterionRating], policy: Policy
) -> CriterionRating:
    """The rating of a criterion from the ratings of its parts by id, each level of the combination in turn.

    >>> from fatf_kit.scoring.policy import load_policy
    >>> either = Combination(how=Combine.ANY, members=("(i)", "(ii)"))
    >>> ratings = {"(i)": CriterionRating.MET, "(ii)": CriterionRating.NOT_MET, "(iii)": CriterionRating.MET}
    >>> str(rate_combination(Combination(members=(either, "(iii)")), ratings, load_policy()))
    'met'
    """
    return combine_parts(
        [
            ratings[member] if isinstance(member, str) else rate_combination(member, ratings, policy)
            for member in combination.members
        ],
        combination.how,
        policy,
    )


def rate_recommendation(criteria: Sequence[Weighted], policy: Policy) -> ComplianceTrace:
    """The rating of a Recommendation from the ratings and weights of all its criteria, with its trace.

    NA where no criterion applies.

    >>> from fatf_kit.scoring.policy import load_policy
    >>> half = [("a", CriterionRating.MET, 2), ("b", CriterionRating.PARTLY_MET, 2)]
    >>> trace = rate_recommendation(half, load_policy())
    >>> str(trace.rating), trace.points, trace.weight
    ('PC', 270, 4)
    """
    counted = [
        (key, rating, weight) for key, rating, weight in criteria if rating is not CriterionRating.NOT_APPLICABLE
    ]
    points = sum(policy.credits[rating] * weight for _, rating, weight in counted)
    total = sum(weight for _, _, weight in counted)
    partly = _weight_at_or_below(counted, CriterionRating.PARTLY_MET)
    not_met = _weight_at_or_below(counted, CriterionRating.NOT_MET)
    free = _by_limits(counted, points, total, partly, not_met, policy)
    rating, held_by = _under_ceilings(counted, free, policy)
    return ComplianceTrace(
        rating=rating,
        points=points,
        weight=total,
        partly_or_worse=partly,
        not_met=not_met,
        before_ceiling=free,
        held_by=held_by,
    )


def _weight_at_or_below(criteria: Sequence[Weighted], limit: CriterionRating) -> int:
    step = CRITERION_LADDER.index(limit)
    return sum(weight for _, rating, weight in criteria if CRITERION_LADDER.index(rating) <= step)


def _by_limits(
    criteria: Sequence[Weighted], points: int, total: int, partly: int, not_met: int, policy: Policy
) -> ComplianceRating:
    if not criteria:
        return ComplianceRating.NA
    if all(rating is CriterionRating.MET for _, rating, _ in criteria):
        return ComplianceRating.C
    for rating, limits in policy.compliance.items():
        if (
            points >= limits.average_from * total
            and 100 * partly <= limits.partly_or_worse_up_to * total
            and 100 * not_met <= limits.not_met_up_to * total
        ):
            return rating
    return ComplianceRating.NC


def _under_ceilings(
    criteria: Sequence[Weighted], free: ComplianceRating, policy: Policy
) -> tuple[ComplianceRating, tuple[str, ...]]:
    """The rating after ceilings, and the criteria that hold it down."""
    if free is ComplianceRating.NA:
        return free, ()
    caps = [(cap, key) for key, rating, weight in criteria if (cap := ceiling_of(rating, weight, policy)) is not None]
    lowest = min((cap for cap, _ in caps), key=COMPLIANCE_LADDER.index, default=free)
    if COMPLIANCE_LADDER.index(lowest) >= COMPLIANCE_LADDER.index(free):
        return free, ()
    return lowest, tuple(key for cap, key in caps if cap is lowest)


def ceiling_of(rating: CriterionRating, weight: int, policy: Policy) -> ComplianceRating | None:
    """The best rating that a criterion of this rating and weight allows; None where it holds nothing down."""
    caps = [
        c.at_most
        for c in policy.ceilings
        if c.weight == weight and CRITERION_LADDER.index(rating) <= CRITERION_LADDER.index(c.criterion)
    ]
    return min(caps, key=COMPLIANCE_LADDER.index, default=None)
