"""Published reports and FATF's lists as JSON: frameworks/schema/published-list-1, -show-1 and published-lists-1."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Annotated, Any, Literal

from msgspec import Meta

from fatf_kit.core.json_shapes import Count, RatingCode, RatingShift, Text
from fatf_kit.core.problem_results import ProblemResult
from fatf_kit.core.ratings import ComplianceRating, EffectivenessRating
from fatf_kit.published.history import PublishedChange
from fatf_kit.published.listing_status import ListingResult, PastListing, make_listing_result
from fatf_kit.published.listings import ListingStatus
from fatf_kit.published.model import PublishedReport, ReportKind, ReportType

COMPLIANCE_CODES = ("C", "LC", "PC", "NC", "NA")
EFFECTIVENESS_CODES = ("HE", "SE", "ME", "LE")
"""The codes of ratings in the order of printed counts, the best first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportHead:
    """A published report. `completed_from` is the earlier report whose outcome ratings it has; null as published."""

    iso3: str
    name: Text
    bodies: tuple[Text, ...]
    type: ReportType
    kind: ReportKind
    date: Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$")]
    edition: Text
    is_current: bool
    verified: bool
    url: str | None
    completed_from: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewestReport(ReportHead):
    """The newest report of a jurisdiction, with its number of units at each rating."""

    compliance: Mapping[RatingCode, Count]
    effectiveness: Mapping[RatingCode, Count]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportStep(ReportHead):
    """A report with its ratings and what changed since the one before; null in the first."""

    ratings: Mapping[str, RatingCode]
    since: Text | None
    same_edition: bool | None
    changes: tuple[RatingShift, ...]


@dataclass(frozen=True, kw_only=True)  # without slots, because the class below has two bases
class CodedJurisdiction:
    """A jurisdiction by its ISO code."""

    iso3: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedJurisdiction(ListingResult, CodedJurisdiction):
    """A jurisdiction on one of FATF's lists: its code, and its listing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewestReports:
    """Each jurisdiction with its newest report."""

    schema: Literal["fatf-kit/published-list/1"]
    jurisdictions: tuple[NewestReport, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportHistory:
    """Every report of a jurisdiction, the earliest first, and its listings. `listing` is null where it is not known."""

    schema: Literal["fatf-kit/published-show/1"]
    iso3: str
    name: Text
    listing: ListingResult | None
    listings: tuple[PastListing, ...]
    reports: tuple[ReportStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedJurisdictions:
    """The jurisdictions on FATF's lists."""

    schema: Literal["fatf-kit/published-lists/1"]
    jurisdictions: tuple[ListedJurisdiction, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedRatings:
    """A table of ratings that was written, with its numbers of reports and jurisdictions."""

    schema: Literal["fatf-kit/published-import/1"]
    written: Text
    reports: Count
    jurisdictions: Count
    problems: tuple[ProblemResult, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedLists:
    """A table of FATF's lists that was written: its day, its changed lines, and the jurisdictions on the lists."""

    schema: Literal["fatf-kit/published-lists-import/1"]
    written: Text
    as_of: date
    changes: Count
    listed: Count


def make_listed_jurisdiction(found: ListingStatus) -> ListedJurisdiction:
    """Make the JSON value of a jurisdiction on a list."""
    return ListedJurisdiction(iso3=found.iso3, **asdict(make_listing_result(found)))


def make_newest_report(report: PublishedReport) -> NewestReport:
    """Make the JSON value of the newest report of a jurisdiction."""
    counts = count_ratings(report)
    return NewestReport(
        **_describe_head(report), compliance=counts["compliance"], effectiveness=counts["effectiveness"]
    )


def make_report_step(
    before: PublishedReport | None, report: PublishedReport, changes: Iterable[PublishedChange]
) -> ReportStep:
    """Make the JSON value of a report and what changed since the one before; `before` is None for the first."""
    return ReportStep(
        **_describe_head(report),
        ratings=dict(report.ratings),
        since=before.label if before else None,
        same_edition=before.edition == report.edition if before else None,
        changes=tuple(RatingShift(id=change.unit, from_=change.before, to=change.after) for change in changes),
    )


def count_ratings(report: PublishedReport) -> dict[str, dict[str, int]]:
    """Count the Recommendations and the outcomes of a report at each rating."""
    recommendations = [rating for unit, rating in report.ratings.items() if unit.startswith("R.")]
    outcomes = [rating for unit, rating in report.ratings.items() if unit.startswith("IO.")]
    return {
        "compliance": {code: recommendations.count(ComplianceRating(code)) for code in COMPLIANCE_CODES},
        "effectiveness": {code: outcomes.count(EffectivenessRating(code)) for code in EFFECTIVENESS_CODES},
    }


def _describe_head(report: PublishedReport) -> dict[str, Any]:
    return {
        "iso3": report.iso3,
        "name": report.jurisdiction,
        "bodies": report.bodies,
        "type": report.report_type,
        "kind": report.kind,
        "date": report.date,
        "edition": report.edition,
        "is_current": report.is_current,
        "verified": report.verified,
        "url": report.url or None,
        "completed_from": report.completed_from,
    }
