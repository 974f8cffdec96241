"""Comparisons and patterns as JSON that others may rely on: frameworks/schema/peers-1 and patterns-1."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from fatf_kit.core.json_shapes import (
    Count,
    EveryUnit,
    Month,
    Place,
    Provenance,
    RatingCode,
    Share,
    Text,
    UnitId,
    one_of,
)
from fatf_kit.outlook.model import FollowUp
from fatf_kit.peer_comparison.jurisdictions import ComparedJurisdiction, list_jurisdictions
from fatf_kit.peer_comparison.own_assessment import LowCount, OwnComparison, OwnUnit
from fatf_kit.peer_comparison.patterns import Patterns, UnitPattern
from fatf_kit.peer_comparison.peers import AS_OF, PeerComparison, PeerMovement, PeerUnit
from fatf_kit.published.listing_status import PastListing, list_past_listings
from fatf_kit.scoring.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Jurisdiction:
    """A jurisdiction by its ISO code and its name as FATF publishes it."""

    iso3: str
    name: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedReport:
    """The report of a jurisdiction that is compared, and its listings by FATF, the earliest first."""

    iso3: str
    name: Text
    type: Text
    date: Month
    outcomes_from: str | None
    listings: tuple[PastListing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerReport(ComparedReport):
    """The report of a peer, and whether FATF published its follow-up."""

    followed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerGroup:
    """The group of peers, with the source of its members; null where it has none."""

    id: Text
    name: str | None
    as_of: str | None
    source: str | None
    by_general_knowledge: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedUnit:
    """A Recommendation or outcome among peers. `share` is null where no peer is rated, `rank` without an own rating."""

    id: UnitId
    rating: RatingCode | None
    peers: Mapping[RatingCode, Count]
    rated: Count
    good: Count
    share: Share | None
    rank: int | None
    of: int | None
    tied: Count
    own_move: int | None
    moved: PeerMovement


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnUnitResult:
    """The own ratings of a unit and their ranks. `claimed` is null while answers are missing."""

    id: UnitId
    claimed: RatingCode | None
    shown: Span[RatingCode]
    decided: RatingCode | None
    rank: Span[Place | None]
    of: Place | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedSpread:
    """The lowest, median and highest count of a peer; null where there is none."""

    fewest: Count | None
    median: float | None
    most: Count | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LowCountResult:
    """The number of units with one of some ratings: at the worst and best end of the own assessment, and published."""

    ratings: tuple[RatingCode, ...]
    of: Count
    worst: Count
    best: Count
    published: PublishedSpread


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedThresholds:
    """How many of the peers are in enhanced follow-up and are referred to the ICRG by their published ratings."""

    of: Count
    enhanced: Count
    icrg_referral: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnResult:
    """An own assessment compared with the published ratings; it is indicative.

    `worst` and `best` are the ends of what is shown or decided. No unit has a rank where the editions differ. `low` is
    PC, NC, ME or LE.
    """

    country: Text | None
    edition: Text
    indicative: Literal[True]
    same_edition: bool
    not_compared: tuple[UnitId, ...]
    units: EveryUnit[OwnUnitResult]
    counts: tuple[LowCountResult, ...]
    low_at_most: tuple[UnitId, ...]
    low_as_most: Span[tuple[UnitId, ...]]
    low_alone: Span[tuple[UnitId, ...]]
    follow_up: Span[FollowUp]
    icrg_referral: Span[bool]
    published_thresholds: PublishedThresholds


@dataclass(frozen=True, slots=True, kw_only=True)
class PeersResult:
    """A jurisdiction compared with a group, under one edition. NA is a rating and is counted apart."""

    schema: Literal["fatf-kit/peers/1"]
    provenance: Provenance
    country: Jurisdiction
    report: ComparedReport
    edition: Text
    as_of: Annotated[str, one_of(AS_OF)]
    group: PeerGroup
    peers: tuple[PeerReport, ...]
    without_report: tuple[str, ...]
    newer_edition_left_aside: tuple[str, ...]
    units: EveryUnit[ComparedUnit]
    failed_by_most: tuple[UnitId, ...]
    own_assessment: OwnResult | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPatternResult:
    """A Recommendation or outcome worldwide.

    `months_to_upgrade` is the median over the `upgrades`; null where there is none.
    """

    id: UnitId
    ratings: Mapping[RatingCode, Count]
    ratings_at_mer: Mapping[RatingCode, Count]
    rated: Count
    good: Count
    share: Share | None
    share_at_mer: Share | None
    moved: PeerMovement
    upgrades: Count
    months_to_upgrade: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReRatingResult:
    """How many times a unit was re-rated from one rating to another."""

    id: UnitId
    from_: RatingCode
    to: RatingCode
    times: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternsResult:
    """Worldwide patterns of published ratings under one edition."""

    schema: Literal["fatf-kit/patterns/1"]
    provenance: Provenance
    edition: Text
    jurisdictions: Count
    evaluations: Count
    followed: Count
    newest: Month | None
    units: EveryUnit[UnitPatternResult]
    weakest_recommendations: tuple[UnitId, ...]
    weakest_outcomes: tuple[UnitId, ...]
    re_ratings: tuple[ReRatingResult, ...]
    own_assessment: OwnResult | None


def make_peers_result(found: PeerComparison, own: OwnComparison | None, *, tool: str, generated_at: str) -> PeersResult:
    """Make the JSON value of a jurisdiction compared with a group. A share is a part of 1."""
    first, *others = list_jurisdictions(found, date.fromisoformat(generated_at[:10]))
    return PeersResult(
        schema="fatf-kit/peers/1",
        provenance=Provenance(tool=tool, generated_at=generated_at),
        country=Jurisdiction(iso3=found.own.iso3, name=found.own.jurisdiction),
        report=ComparedReport(**_describe_report(first)),
        edition=found.edition,
        as_of=found.as_of,
        group=PeerGroup(
            id=found.group.id,
            name=found.group.name or None,
            as_of=found.group.as_of or None,
            source=found.group.source or None,
            by_general_knowledge=tuple(found.group.assumed),
        ),
        peers=tuple(
            PeerReport(**_describe_report(other), followed=cycle.followed)
            for other, cycle in zip(others, found.peers, strict=True)
        ),
        without_report=found.without,
        newer_edition_left_aside=found.moved_on,
        units=tuple(map(_make_unit, found.units)),
        failed_by_most=tuple(unit.unit for unit in found.failed_by_most),
        own_assessment=_make_own(own) if own else None,
    )


def make_patterns_result(found: Patterns, own: OwnComparison | None, *, tool: str, generated_at: str) -> PatternsResult:
    """Make the JSON value of worldwide patterns."""
    return PatternsResult(
        schema="fatf-kit/patterns/1",
        provenance=Provenance(tool=tool, generated_at=generated_at),
        edition=found.edition,
        jurisdictions=found.jurisdictions,
        evaluations=found.cycles,
        followed=found.followed,
        newest=found.newest or None,
        units=tuple(map(_make_pattern, found.units)),
        weakest_recommendations=tuple(unit.unit for unit in found.weakest("R.")),
        weakest_outcomes=tuple(unit.unit for unit in found.weakest("IO.")),
        re_ratings=tuple(
            ReRatingResult(id=count.unit, from_=count.before, to=count.after, times=count.times)
            for count in found.re_ratings
        ),
        own_assessment=_make_own(own) if own else None,
    )


def _describe_report(compared: ComparedJurisdiction) -> dict[str, Any]:
    report = compared.report
    return {
        "iso3": report.iso3,
        "name": report.jurisdiction,
        "type": report.report_type,
        "date": report.date,
        "outcomes_from": report.completed_from,
        "listings": list_past_listings(compared.listing),
    }


def _make_unit(unit: PeerUnit) -> ComparedUnit:
    return ComparedUnit(
        id=unit.unit,
        rating=unit.own,
        peers=dict(unit.counts),
        rated=unit.rated,
        good=unit.good,
        share=unit.share,
        rank=unit.rank,
        of=unit.rated + 1 if unit.rank is not None else None,
        tied=unit.tied,
        own_move=unit.own_move,
        moved=unit.movement,
    )


def _make_pattern(unit: UnitPattern) -> UnitPatternResult:
    return UnitPatternResult(
        id=unit.unit,
        ratings=dict(unit.counts),
        ratings_at_mer=dict(unit.counts_at_mer),
        rated=unit.rated,
        good=unit.good,
        share=unit.share,
        share_at_mer=unit.share_at_mer,
        moved=unit.movement,
        upgrades=unit.upgrades,
        months_to_upgrade=unit.months,
    )


def _make_own(own: OwnComparison) -> OwnResult:
    return OwnResult(
        country=own.own.country or None,
        edition=own.own.edition,
        indicative=True,
        same_edition=own.is_same_edition,
        not_compared=own.not_compared,
        units=tuple(_make_own_unit(unit, own) for unit in own.units),
        counts=tuple(map(_make_count, own.counts)),
        low_at_most=own.failed_by_most,
        low_as_most=own.shared,
        low_alone=own.alone,
        follow_up=own.follow_up,
        icrg_referral=own.referral,
        published_thresholds=PublishedThresholds(
            of=own.peers, enhanced=own.peers_enhanced, icrg_referral=own.peers_referred
        ),
    )


def _make_own_unit(unit: OwnUnit, own: OwnComparison) -> OwnUnitResult:
    return OwnUnitResult(
        id=unit.unit,
        claimed=unit.own.claimed,
        shown=unit.own.shown,
        decided=unit.own.decided,
        rank=unit.ranks,
        of=unit.rated + 1 if own.is_same_edition else None,
    )


def _make_count(count: LowCount) -> LowCountResult:
    return LowCountResult(
        ratings=count.ratings,
        of=count.of,
        worst=count.own.worst,
        best=count.own.best,
        published=PublishedSpread(fewest=count.fewest, median=count.middle, most=count.most),
    )
