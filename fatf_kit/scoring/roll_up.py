"""The part of the roll-up that Recommendations and outcomes share: three sums tested against limits, then ceilings.

Whole numbers only: averages of equal floats fall below their own cut-off. All of it is monotone, so the worst case of
a set of answers is the roll-up of their worst cases and the best case that of the best.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from fatf_kit.core.ratings import Achievement, ComplianceRating, CriterionRating, EffectivenessRating
from fatf_kit.scoring.policy import Policy

R = TypeVar("R", ComplianceRating, EffectivenessRating)
"""The rating of a unit."""

Sums = tuple[int, int, int]
"""The credit of all answers, and two counts of weak ones; as limits, the least credit and the most weak answers."""


class RatedRequirement(NamedTuple):
    """A criterion or core issue as the roll-up sees it. `is_duty` marks the duty itself that its unit is about."""

    id: str
    rating: CriterionRating | Achievement
    weight: int
    is_duty: bool = False


class RollUp(ABC, Generic[R]):
    """The way of a policy from answers on one scale to a rating on another.

    Attributes:
        answers: The scale of answers, the worst first.
        ratings: The scale of ratings, the worst first.
        worth: The credit of each answer.
    """

    answers: tuple[CriterionRating | Achievement, ...]
    ratings: tuple[R, ...]

    def __init__(self, policy: Policy, worth: Mapping[Any, int]) -> None:
        self.policy = policy
        self.worth: Mapping[str, int] = worth

    @abstractmethod
    def measure(self, rated: Sequence[RatedRequirement]) -> Sums:
        """Return the sums of answers that all apply."""

    @abstractmethod
    def find_limits(self, rating: R, weight: int, easing: int = 0) -> Sums:
        """Return the limits of a rating for answers of some weight together.

        `easing` moves limits in per cent by so many points, upwards means easier.
        """

    @abstractmethod
    def find_ceiling(self, one: RatedRequirement) -> R | None:
        """Return the best rating that an answer allows; None where it holds nothing down."""

    @abstractmethod
    def rate_by_limits(self, rated: Sequence[RatedRequirement], easing: int = 0) -> R:
        """Return the rating before ceilings."""

    def select_applicable(self, rated: Sequence[RatedRequirement]) -> list[RatedRequirement]:
        """Return what applies; the rest leaves the sums."""
        return [one for one in rated if one.rating in self.answers]

    def find_best(self, rated: Sequence[RatedRequirement], limited: Sequence[R], easing: int) -> R:
        """Return the first of the ratings, the best first, whose limits the answers pass; the worst where none is."""
        credit, weak, weakest = self.measure(rated)
        weight = sum(one.weight for one in rated)
        for rating in limited:
            least, most_weak, most_weakest = self.find_limits(rating, weight, easing)
            if credit >= least and weak <= most_weak and weakest <= most_weakest:
                return rating
        return self.ratings[0]

    def rate(self, rated: Sequence[RatedRequirement]) -> R:
        """Return the rating of answers that all apply."""
        return self._hold_down(self._list_caps(rated), self.rate_by_limits(rated))[0]

    def trace(self, rated: Sequence[RatedRequirement]) -> dict[str, Any]:
        """Return the fields that the traces of both kinds of units share, for answers that all apply.

        A rating is close to the neighbour that limits a few points easier, or else a few points harder, would give.
        """
        caps, free = self._list_caps(rated), self.rate_by_limits(rated)
        rating, held_by = self._hold_down(caps, free)
        within = self.policy.close_within
        near = (self._hold_down(caps, self.rate_by_limits(rated, easing))[0] for easing in (within, -within))
        return {
            "rating": rating,
            "weight": sum(one.weight for one in rated),
            "before_ceiling": free,
            "held_by": held_by,
            "close_to": next((one for one in near if one is not rating), None),
        }

    def _list_caps(self, rated: Sequence[RatedRequirement]) -> list[tuple[R, str]]:
        """Return the best rating that an answer allows, and the id of the answer, for those that hold a unit down."""
        return [(cap, one.id) for one in rated if (cap := self.find_ceiling(one)) is not None]

    def _hold_down(self, caps: Sequence[tuple[R, str]], free: R) -> tuple[R, tuple[str, ...]]:
        """Return the rating after ceilings, and the ids of the answers that hold it down."""
        lowest = min((cap for cap, _ in caps), key=self.ratings.index, default=None)
        if lowest is None or self.ratings.index(lowest) >= self.ratings.index(free):
            return free, ()
        return lowest, tuple(key for cap, key in caps if cap is lowest)
