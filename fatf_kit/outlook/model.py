"""Lines of follow-up and referral, how ratings stand against them, and sets of upgrades that clear them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from fatf_kit.core.ratings import ComplianceRating, EffectivenessRating
from fatf_kit.framework.page_rules import OUTCOMES, RECOMMENDATIONS
from fatf_kit.outlook.referral import Prioritisation
from fatf_kit.scoring.span import Span

Rating = ComplianceRating | EffectivenessRating
Ratings = Mapping[str, Rating | Span[Rating] | None]
"""By unit: a rating, the span in which it lies, or None (as good as absent) where it is not known."""


class LineKind(StrEnum):
    """The consequence of a threshold: enhanced instead of regular follow-up, or referral to the ICRG."""

    ENHANCED = "enhanced"
    ICRG = "icrg"


class FollowUp(StrEnum):
    """The type of follow-up after an evaluation."""

    REGULAR = "regular"
    ENHANCED = "enhanced"


class Target(StrEnum):
    """The aim of a country: no referral threshold is met any more, or no threshold of either kind."""

    LEAVE_ICRG = "leave-icrg"
    REGULAR = "regular"

    @property
    def kinds(self) -> tuple[LineKind, ...]:
        """The kinds of lines none of which may hold."""
        return (LineKind.ICRG,) if self is Target.LEAVE_ICRG else (LineKind.ENHANCED, LineKind.ICRG)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineCount:
    """A count of the units in `of` that have one of `ratings`, against a limit that is inside ("at least").

    `of` is "recommendations", "outcomes" or a list of units.
    """

    ratings: frozenset[str]
    of: str | tuple[str, ...]
    at_least: int

    @property
    def units(self) -> frozenset[str]:
        """The units that are looked at."""
        return _find_units(self.of)


@cache
def _find_units(of: str | tuple[str, ...]) -> frozenset[str]:
    return frozenset(RECOMMENDATIONS if of == "recommendations" else OUTCOMES if of == "outcomes" else of)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One threshold: it is met when every count reaches its limit. `name` is short, `test` the condition in words.

    All counts of a threshold are over the same units, and each later count looks at a part of the ratings of the one
    before. `confidence` says how far the threshold is confirmed.
    """

    id: str
    kind: LineKind
    name: str
    test: str
    counts: tuple[LineCount, ...]
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestDates:
    """The months before a Plenary at which a country names what is to be re-rated, and submits its request.

    `paragraph` is that of the procedures.
    """

    follow_up: FollowUp
    name_months: int
    submit_months: int
    paragraph: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReRatingRequests:
    """The request dates by type of follow-up, with where they are from."""

    dates: tuple[RequestDates, ...]
    source: str
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """All thresholds of one edition. `provisional_because` is empty unless they are provisional.

    `prioritisation` says who is examined first after a referral, `re_rating_requests` when re-ratings are requested;
    each is None where the edition's file does not state it.
    """

    edition: str
    provisional: bool
    lines: tuple[Line, ...]
    notes: tuple[str, ...]
    sources: tuple[str, ...]
    provisional_because: str = ""
    prioritisation: Prioritisation | None = None
    re_rating_requests: ReRatingRequests | None = None

    @property
    def key_units(self) -> frozenset[str]:
        """The key Recommendations: those that a threshold names singly."""
        named = (count.of for line in self.lines for count in line.counts)
        return frozenset(unit for of in named if not isinstance(of, str) for unit in of)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountResult:
    """`low` units are counted for certain, `high` if every open rating turns out so that it counts."""

    count: LineCount
    low: int
    high: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LineResult:
    """One line against the ratings.

    Attributes:
        holds: None while open ratings decide.
        value: What the count that decides has for certain; ratings not known are not in it.
        limit: The limit of that count.
        value_range: Fewest and most it can have.
        distance: How many ratings would have to change for the line to hold no more where it holds for certain;
            otherwise how many more would have to be counted for it to hold. Never below 1.
        at_ends: What each count has at the worst and at the best end of all ratings. In between, `value_range` may go
            further, because a rating that rises may come to be counted: NC is not counted where only PC is.
    """

    line: Line
    holds: bool | None
    value: int
    limit: int
    value_range: tuple[int, int]
    distance: int
    counts: tuple[CountResult, ...]
    at_ends: Span[tuple[int, ...]]

    @property
    def limits(self) -> tuple[int, ...]:
        """The limit of each count."""
        return tuple(one.count.at_least for one in self.counts)

    @property
    def met(self) -> Span[bool]:
        """Whether the threshold is met at each end."""
        return Span(worst=self._reached(self.at_ends.worst), best=self._reached(self.at_ends.best))

    def _reached(self, values: tuple[int, ...]) -> bool:
        return all(value >= limit for value, limit in zip(values, self.limits, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """The consequences of the ratings. A country that meets a referral threshold is not thereby listed.

    The spans run from worst to best over all ratings that are still open; `open_units` names those, and
    `unknown_units` those of them that have no rating at all, not even a range.
    """

    rules: Rules
    follow_up_span: Span[FollowUp]
    referral_span: Span[bool]
    lines: tuple[LineResult, ...]
    open_units: tuple[str, ...]
    unknown_units: tuple[str, ...] = ()

    @property
    def follow_up(self) -> FollowUp | None:
        """The type of follow-up; None while open ratings decide."""
        return self.follow_up_span.rating

    @property
    def icrg_referral(self) -> bool | None:
        """Whether a referral line is met; None while open ratings decide."""
        return self.referral_span.rating


@dataclass(frozen=True, slots=True, kw_only=True)
class UpgradeStep:
    """One Recommendation moves up one level."""

    unit: str
    before: ComplianceRating
    after: ComplianceRating


@dataclass(frozen=True, slots=True, kw_only=True)
class UpgradePath:
    """The smallest sets of steps that reach a target from one end of the ratings.

    Attributes:
        held_by: The thresholds that count outcomes and are met, so that re-ratings alone do not reach the target.
        steps: Size of a smallest set; 0 where the target is reached already, None where it is not reachable.
        sets: The first of them, fewest shortcomings first where these are known, then by number.
        sets_total: How many smallest sets there are, exactly; 0 where the target is not reachable.
        moves_once: In every smallest set each Recommendation rises one level only.
    """

    held_by: tuple[str, ...] = ()
    steps: int | None = None
    sets: tuple[tuple[UpgradeStep, ...], ...] = ()
    sets_total: int = 0
    moves_once: bool = True

    @property
    def reachable(self) -> bool:
        """Whether technical re-ratings alone reach the target."""
        return self.steps is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """The smallest sets of steps that reach a target, from both ends of the ratings.

    Attributes:
        ends: At the best end everything that is open is shown, at the worst end nothing of it; alike where no rating
            is open.
        ranked_by_shortcomings: Whether open shortcomings were known.
        open_units: Units whose rating is not settled.
    """

    rules: Rules
    target: Target
    ends: Span[UpgradePath]
    ranked_by_shortcomings: bool
    open_units: tuple[str, ...]

    @property
    def reachable(self) -> bool:
        """Whether technical re-ratings alone reach the target at the best end."""
        return self.ends.best.reachable

    @property
    def held_by(self) -> tuple[str, ...]:
        """The thresholds that keep the target out of reach even at the best end."""
        return self.ends.best.held_by

    @property
    def steps(self) -> int | None:
        """Size of a smallest set at the best end."""
        return self.ends.best.steps

    @property
    def worst_case_steps(self) -> int | None:
        """Size of a smallest set at the worst end; equal to `steps` when nothing is open."""
        return self.ends.worst.steps

    @property
    def sets(self) -> tuple[tuple[UpgradeStep, ...], ...]:
        """The first of the smallest sets at the best end."""
        return self.ends.best.sets

    @property
    def sets_total(self) -> int:
        """How many smallest sets there are at the best end."""
        return self.ends.best.sets_total


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelCounts:
    """The number of `of` units that are at one of the two best levels.

    `of` are those that can be rated: units that are not applicable are left out of every count and are
    `not_applicable`. `shown` are there for certain, `claimed` more by what is claimed and not shown yet, `unanswered`
    more only if unanswered questions turn out well; the others are `below` in every case.
    """

    of: int
    shown: int
    claimed: int
    unanswered: int
    not_applicable: int = 0

    @property
    def below(self) -> int:
        """How many are below the two best levels, even in the best case."""
        return self.of - self.shown - self.claimed - self.unanswered
