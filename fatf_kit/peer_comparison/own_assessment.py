"""A country's own assessment compared with published ratings, at both ends of its range.

Own ratings are indicative. They are kept apart from the published ones, and never count among
peers. Where the two are made under different editions they are only set side by side: no position is counted, and an
outcome that asks something else in the later edition is not compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.problems import Problem
from fatf_kit.core.ratings import is_good
from fatf_kit.framework import load_framework
from fatf_kit.framework.page_rules import OUTCOMES, RECOMMENDATIONS
from fatf_kit.outlook.evaluate import evaluate
from fatf_kit.outlook.model import FollowUp, Rating, Rules
from fatf_kit.outlook.rules import load_rules
from fatf_kit.published.model import PublishedReport, find_scale
from fatf_kit.scoring.model import Assessment
from fatf_kit.scoring.span import RangeEnd, Span

UNITS = (*RECOMMENDATIONS, *OUTCOMES)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRating:
    """The ratings of an own assessment for one unit: claimed, shown and decided.

    Attributes:
        claimed: What the answers amount to as given; None while some are missing.
        shown: From the worst to the best that the proof on file allows.
        decided: The rating that people decided on; None where they did not.
    """

    claimed: Rating | None
    shown: Span[Rating]
    decided: Rating | None = None

    @property
    def counted(self) -> Span[Rating]:
        """The range that counts: the decided rating, else the shown range."""
        return self.shown if self.decided is None else Span(worst=self.decided, best=self.decided)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAssessment:
    """The ratings of an own assessment, all 51 units by id, and under which edition they are made.

    `country` is empty where it is not named. `notices` stand on the workbooks and go on into every report. `problems`
    were met in the workbooks; a result that was written earlier has none.
    """

    country: str
    edition: str
    ratings: Mapping[str, OwnRating]
    notices: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnUnit:
    """One unit of an own assessment compared with peers.

    Attributes:
        unit: "R.10" or "IO.3".
        own: The own ratings.
        is_compared: Whether the unit means the same in both editions.
        ranks: At either end one more than the number of peers with a strictly better rating; None where the end is NA,
            and at both ends where the editions differ.
        rated: Peers with a rating on the ladder.
    """

    unit: str
    own: OwnRating
    is_compared: bool
    ranks: Span[int | None]
    rated: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LowCount:
    """The number of units that have one of some low ratings: at both ends of the own assessment, and among peers.

    Attributes:
        ratings: The ratings counted, as ("PC", "NC").
        of: Units that are looked at.
        own: The count at the worst and at the best end.
        fewest: The lowest count of a peer; None where there is no peer.
        middle: The median count of peers.
        most: The highest count of a peer.
    """

    ratings: tuple[str, ...]
    of: int
    own: Span[int]
    fewest: int | None
    middle: float | None
    most: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnComparison:
    """An own assessment compared with published ratings.

    Attributes:
        own: The assessment.
        edition: The edition of the published ratings.
        peers: How many peers there are.
        units: R.1 to R.40, then IO.1 to IO.11.
        counts: Low ratings of Recommendations, then of outcomes.
        failed_by_most: Compared units at which more than half of the rated peers are at the two lowest levels.
        shared: Those of `failed_by_most` that are at the two lowest levels here too, at either end.
        alone: Other compared units that are at the two lowest levels here, while more than half of the peers are not.
        follow_up: What the own ratings would lead to at either end, by the thresholds of their own edition.
        referral: Whether a threshold for referral to the ICRG is met at either end.
        peers_enhanced: Peers whose ratings meet a threshold for enhanced follow-up, by those of the published edition.
        peers_referred: Peers whose ratings meet a threshold for referral.
    """

    own: OwnAssessment
    edition: str
    peers: int
    units: tuple[OwnUnit, ...]
    counts: tuple[LowCount, ...]
    failed_by_most: tuple[str, ...]
    shared: Span[tuple[str, ...]]
    alone: Span[tuple[str, ...]]
    follow_up: Span[FollowUp]
    referral: Span[bool]
    peers_enhanced: int
    peers_referred: int

    @property
    def is_same_edition(self) -> bool:
        """Whether own and published ratings are made under one edition."""
        return self.own.edition == self.edition

    @property
    def not_compared(self) -> tuple[str, ...]:
        """Units that ask something else in the other edition."""
        return tuple(one.unit for one in self.units if not one.is_compared)


def read_own_assessment(
    assessment: Assessment, country: str, *, notices: Sequence[str] = (), problems: Sequence[Problem] = ()
) -> OwnAssessment:
    """Return the ratings of an assessment that was worked out just now."""
    ratings = {
        unit.id: OwnRating(
            claimed=unit.claimed.rating,
            shown=Span(worst=unit.shown.worst, best=unit.shown.best),
            decided=unit.decided,
        )
        for unit in assessment.units
    }
    return OwnAssessment(
        country=country,
        edition=assessment.edition,
        ratings=ratings,
        notices=tuple(notices),
        problems=tuple(problems),
    )


def read_own_result(result: Mapping[str, Any]) -> OwnAssessment:
    """Return the ratings in an assessment.json of version 2, checked against its schema before."""
    units = (*result["recommendations"], *result["outcomes"])
    return OwnAssessment(
        country=result["country"]["name"] or "",
        edition=result["provenance"]["edition"],
        ratings={
            unit["id"]: OwnRating(
                claimed=_rating(unit["id"], unit["claimed"]),
                shown=Span(
                    worst=find_scale(unit["id"])(unit["shown"]["worst"]),
                    best=find_scale(unit["id"])(unit["shown"]["best"]),
                ),
                decided=_rating(unit["id"], unit["decided"]),
            )
            for unit in units
        },
    )


def compare_with_published(own: OwnAssessment, edition: str, peers: Sequence[PublishedReport]) -> OwnComparison:
    """Compare an own assessment with the ratings of peers, which are all made under `edition`.

    Raises:
        FatfKitError: neither edition follows on the other.
    """
    other_meaning = find_redefined_units(own.edition, edition)
    compared = tuple(unit for unit in UNITS if unit not in other_meaning)
    failed = tuple(unit for unit in compared if _share(unit, peers, is_low=True))
    passed = tuple(unit for unit in compared if _share(unit, peers, is_low=False))
    outlook = evaluate(load_rules(own.edition), {unit: one.counted for unit, one in own.ratings.items()})
    rules = load_rules(edition)
    led = [_certain(rules, report) for report in peers]
    return OwnComparison(
        own=own,
        edition=edition,
        peers=len(peers),
        units=tuple(_compare_unit(unit, own, peers, edition, is_compared=unit in compared) for unit in UNITS),
        counts=tuple(_counts(own, compared, peers)),
        failed_by_most=failed,
        shared=_at_ends(lambda case: _low_among(failed, own, case)),
        alone=_at_ends(lambda case: _low_among(passed, own, case)),
        follow_up=outlook.follow_up_span,
        referral=outlook.referral_span,
        peers_enhanced=sum(enhanced for enhanced, _ in led),
        peers_referred=sum(referred for _, referred in led),
    )


_LOW: tuple[tuple[str, ...], ...] = (("PC", "NC"), ("NC",), ("ME", "LE"), ("LE",))
"""Which ratings are counted together."""


def find_redefined_units(own: str, published: str) -> frozenset[str]:
    """Return outcomes that ask something else in one edition than in the other.

    Raises:
        FatfKitError: neither edition follows on the other.
    """
    if own == published:
        return frozenset()
    for later, earlier in ((own, published), (published, own)):
        framework = load_framework(later)
        if framework.predecessor == earlier:
            return frozenset(outcome.id for outcome in framework.outcomes if outcome.change)
    raise FatfKitError(
        "The assessment uses {own}, and the published ratings use {published}, which is neither the edition before "
        "it nor the one after. Name another edition of published ratings.",
        own=own,
        published=published,
    )


def _rating(unit: str, text: str | None) -> Rating | None:
    return None if text is None else find_scale(unit)(text)


def _rank(rating: Rating | None) -> int | None:
    return None if rating is None else rating.rank


def _is_low(rating: Rating | None) -> bool:
    """Return whether a rating is at the two lowest levels; NA is on no level."""
    rank = _rank(rating)
    return rank is not None and not is_good(rank)


def _share(unit: str, peers: Iterable[PublishedReport], *, is_low: bool) -> bool:
    """Return whether more than half of the rated peers are at the two lowest levels, or above them."""
    rated = [rating for peer in peers if _rank(rating := peer.ratings.get(unit)) is not None]
    return 2 * sum(_is_low(rating) is is_low for rating in rated) > len(rated)


def _at_ends(count: Callable[[RangeEnd], tuple[str, ...]]) -> Span[tuple[str, ...]]:
    return Span(worst=count(RangeEnd.WORST), best=count(RangeEnd.BEST))


def _low_among(units: Iterable[str], own: OwnAssessment, case: RangeEnd) -> tuple[str, ...]:
    return tuple(unit for unit in units if _is_low(own.ratings[unit].counted.at(case)))


def _compare_unit(
    unit: str, own: OwnAssessment, peers: Sequence[PublishedReport], edition: str, *, is_compared: bool
) -> OwnUnit:
    mine = own.ratings[unit]
    ranks = [rank for peer in peers if (rank := _rank(peer.ratings.get(unit))) is not None]

    def place(rating: Rating) -> int | None:
        rank = rating.rank if own.edition == edition else None
        return None if rank is None else 1 + sum(other > rank for other in ranks)

    return OwnUnit(
        unit=unit,
        own=mine,
        is_compared=is_compared,
        ranks=Span(worst=place(mine.counted.worst), best=place(mine.counted.best)),
        rated=len(ranks),
    )


def _counts(own: OwnAssessment, compared: Sequence[str], peers: Sequence[PublishedReport]) -> Iterable[LowCount]:
    for ratings in _LOW:
        units = [unit for unit in compared if ratings[-1] in list(map(str, find_scale(unit)))]
        if not units:
            continue
        theirs = [sum(str(peer.ratings.get(unit)) in ratings for unit in units) for peer in peers]
        worst, best = (
            sum(str(own.ratings[unit].counted.at(case)) in ratings for unit in units)
            for case in (RangeEnd.WORST, RangeEnd.BEST)
        )
        yield LowCount(
            ratings=ratings,
            of=len(units),
            own=Span(worst=worst, best=best),
            fewest=min(theirs, default=None),
            middle=float(median(theirs)) if theirs else None,
            most=max(theirs, default=None),
        )


def _certain(rules: Rules, report: PublishedReport) -> tuple[bool, bool]:
    """Return whether the ratings of a report meet a threshold for enhanced follow-up, and one for referral.

    A rating that the report does not give is taken as the best possible.
    """
    found = evaluate(rules, report.ratings)
    return found.follow_up_span.best is FollowUp.ENHANCED, found.referral_span.best
