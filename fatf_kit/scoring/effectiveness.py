"""From core issues to an outcome.

Source: levels after FATF Methodology (2022), para. 72; the numbers are the policy's. Core issues are mandatory
questions of unequal weight and no checklist, so the result is a starting point for judgement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from fatf_kit.core.ratings import ACHIEVEMENT_SCALE, EFFECTIVENESS_SCALE, Achievement, EffectivenessRating
from fatf_kit.scoring.model import EffectivenessTrace
from fatf_kit.scoring.policy import Policy


class RatedCoreIssue(NamedTuple):
    """A core issue as the roll-up sees it."""

    id: str
    extent: Achievement
    weight: int


def rate_outcome(core_issues: Sequence[RatedCoreIssue], policy: Policy) -> EffectivenessTrace:
    """Return the level of effectiveness from extents and weights of all core issues, with its trace.

    >>> from fatf_kit.scoring.policy import load_policy
    >>> extents = (Achievement.LARGE, Achievement.LARGE, Achievement.SOME)
    >>> trace = rate_outcome([RatedCoreIssue(str(n), extent, 2) for n, extent in enumerate(extents)], load_policy())
    >>> str(trace.rating)
    'SE'
    """
    large = ACHIEVEMENT_SCALE.index(Achievement.LARGE)
    sums = _Sums(
        points=sum(policy.extents[one.extent] * one.weight for one in core_issues),
        weight=sum(one.weight for one in core_issues),
        full=max(policy.extents.values()),
        below_large=sum(ACHIEVEMENT_SCALE.index(one.extent) < large for one in core_issues),
        negligible=sum(one.extent is Achievement.NEGLIGIBLE for one in core_issues),
    )
    free = _by_limits(sums, policy)
    rating, held_by = _under_ceilings(core_issues, free, policy)
    return EffectivenessTrace(
        rating=rating,
        points=sums.points,
        weight=sums.weight,
        full=sums.full,
        below_large=sums.below_large,
        negligible=sums.negligible,
        before_ceiling=free,
        held_by=held_by,
        close_to=_close_to(core_issues, sums, rating, policy),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sums:
    """The sums that the limits are tested against."""

    points: int
    weight: int
    full: int
    below_large: int
    negligible: int


def _by_limits(sums: _Sums, policy: Policy, easing: int = 0) -> EffectivenessRating:
    """Return the level by average and counts; `easing` moves the averages by so many points, upwards means easier."""
    return next(
        (
            level
            for level, limits in policy.effectiveness.items()
            if 100 * sums.points >= (limits.average_from - easing) * sums.full * sums.weight
            and sums.below_large <= limits.below_large_up_to
            and sums.negligible <= limits.negligible_up_to
        ),
        EffectivenessRating.LE,
    )


def _close_to(
    core_issues: Sequence[RatedCoreIssue], sums: _Sums, rating: EffectivenessRating, policy: Policy
) -> EffectivenessRating | None:
    """Return the neighbouring level that averages a few points easier, or else a few points harder, would give."""
    for easing in (policy.close_within, -policy.close_within):
        near, _ = _under_ceilings(core_issues, _by_limits(sums, policy, easing), policy)
        if near is not rating:
            return near
    return None


def _under_ceilings(
    core_issues: Sequence[RatedCoreIssue], free: EffectivenessRating, policy: Policy
) -> tuple[EffectivenessRating, tuple[str, ...]]:
    """Return the level after ceilings, and the core issues that hold it down."""
    caps = [(cap, one.id) for one in core_issues if (cap := outcome_ceiling_of(one, policy)) is not None]
    lowest = min((cap for cap, _ in caps), key=EFFECTIVENESS_SCALE.index, default=free)
    if EFFECTIVENESS_SCALE.index(lowest) >= EFFECTIVENESS_SCALE.index(free):
        return free, ()
    return lowest, tuple(key for cap, key in caps if cap is lowest)


def outcome_ceiling_of(one: RatedCoreIssue, policy: Policy) -> EffectivenessRating | None:
    """Return the best level that a core issue allows; None where it holds nothing down."""
    caps = [
        ceiling.at_most
        for ceiling in policy.outcome_ceilings
        if ceiling.weight == one.weight
        and ACHIEVEMENT_SCALE.index(one.extent) <= ACHIEVEMENT_SCALE.index(ceiling.core_issue)
    ]
    return min(caps, key=EFFECTIVENESS_SCALE.index, default=None)
