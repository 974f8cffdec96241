"""A report on published ratings as JSON that others may rely on: published.json."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from msgspec import Meta

from fatf_kit.core.json_shapes import Count, RatingCode, Text, UnitId
from fatf_kit.core.messages import Translator
from fatf_kit.framework import load_framework
from fatf_kit.framework.model import Framework, ImmediateOutcome, Recommendation
from fatf_kit.outlook.action_texts import make_actions_result
from fatf_kit.outlook.payload import KeyActionsResult, OutlookResult, WhatIfResult
from fatf_kit.outlook.report import make_consequences
from fatf_kit.published.listings import ListingStatus
from fatf_kit.published.model import PublishedReport, ReportType
from fatf_kit.published.results import count_ratings


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedProvenance:
    """The program and the edition behind a result, and the moment in ISO 8601."""

    tool: Text
    edition: Text
    edition_digest: Text
    generated_at: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class JurisdictionName:
    """A jurisdiction with its name in the table of published ratings."""

    iso3: Text
    name: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedReport:
    """A published report. `outcomes_from` is the earlier report that has the ratings of its outcomes."""

    type: ReportType
    date: Text
    bodies: tuple[Text, ...]
    url: str | None
    verified: bool
    outcomes_from: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedCounts:
    """How many Recommendations and how many outcomes have each rating."""

    compliance: Mapping[RatingCode, Count]
    effectiveness: Mapping[RatingCode, Count]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedUnit:
    """The rating of a Recommendation or outcome; null where the report gives none."""

    id: UnitId
    published: RatingCode | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedResult:
    """Ratings as published, and what they lead to."""

    schema: Literal["fatf-kit/published/1"]
    provenance: PublishedProvenance
    country: JurisdictionName
    report: RatedReport
    counts: PublishedCounts
    recommendations: Annotated[tuple[PublishedUnit, ...], Meta(min_length=40, max_length=40)]
    outcomes: Annotated[tuple[PublishedUnit, ...], Meta(min_length=11, max_length=11)]
    outlook: OutlookResult
    what_if: tuple[WhatIfResult, ...]
    key_recommended_actions: KeyActionsResult


def make_published_result(
    framework: Framework, report: PublishedReport, listing: ListingStatus | None, *, tool: str, generated_at: str
) -> PublishedResult:
    """Make the JSON value of a published report. Its texts are English; `listing` is its state on FATF's lists."""
    counts = count_ratings(report)
    outlook, ways = make_consequences(framework.id, report.ratings, listing=listing)
    return PublishedResult(
        schema="fatf-kit/published/1",
        provenance=PublishedProvenance(
            tool=tool, edition=framework.id, edition_digest=framework.digest, generated_at=generated_at
        ),
        country=JurisdictionName(iso3=report.iso3, name=report.jurisdiction),
        report=RatedReport(
            type=report.report_type,
            date=report.date,
            bodies=report.bodies,
            url=report.url or None,
            verified=report.verified,
            outcomes_from=report.completed_from,
        ),
        counts=PublishedCounts(compliance=counts["compliance"], effectiveness=counts["effectiveness"]),
        recommendations=_list_units(report, framework.recommendations),
        outcomes=_list_units(report, framework.outcomes),
        outlook=outlook,
        what_if=ways,
        key_recommended_actions=make_actions_result(load_framework(framework.id), report.ratings, Translator("en")),
    )


def _list_units(
    report: PublishedReport, units: Iterable[Recommendation | ImmediateOutcome]
) -> tuple[PublishedUnit, ...]:
    return tuple(PublishedUnit(id=unit.id, published=report.ratings.get(unit.id)) for unit in units)
