"""The overview of several countries as JSON that others may rely on: frameworks/schema/overview-1."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from fatf_kit.core.json_shapes import Count, Month, Provenance, Text
from fatf_kit.evaluation_calendar.timetable import Actor
from fatf_kit.outlook.model import FollowUp
from fatf_kit.outlook.payload import Standing, make_standing
from fatf_kit.papers.overview_model import (
    Basis,
    CommonCause,
    CommonGap,
    CountryState,
    LateCounts,
    Overview,
    OverviewDate,
    PlanState,
    SharedNeeds,
)
from fatf_kit.published.listing_status import ListingResult, PastListing, list_past_listings, make_listing_result


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitDays:
    """The first and the last day of the on-site visit."""

    from_: date
    to: date


@dataclass(frozen=True, slots=True, kw_only=True)
class StepResult:
    """A dated step and who takes it; `days` are from the day of the overview. `until` is null without a span."""

    day: date
    until: date | None
    step: Text
    by: Actor
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryStep:
    """A dated step of a country and who takes it; `days` are from the day of the overview."""

    country: Text
    day: date
    until: date | None
    step: Text
    by: Actor
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryPlanResult:
    """A plan that is followed up: its items by their status as claimed and as decided, "open" for those without one."""

    kind: Text
    cycle: Month
    items: Count
    claimed: Mapping[str, Count]
    without_evidence: Count
    decided: Mapping[str, Count]
    done: Count
    overdue: Count
    visit: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryResult:
    """A country. What is not known of it is null, and everything is where its folder could not be read.

    Ranges run from the best case to the worst. `listing` is the state on FATF's lists on the day; null for a country
    that is not in the published tables.
    """

    name: Text
    iso3: str | None
    basis: Basis
    problem: str | None
    notice: str | None
    edition: str | None
    report: str | None
    visit: VisitDays | None
    next: StepResult | None
    asked: Count | None
    answered: Count | None
    agencies: Count | None
    standing: Standing | None
    follow_up_range: tuple[FollowUp, FollowUp] | None
    icrg_referral_range: tuple[bool, bool] | None
    provisional: bool | None
    listing: ListingResult | None
    listings: tuple[PastListing, ...]
    plans: tuple[CountryPlanResult, ...]
    late: LateCounts | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsInCommon:
    """Needs of assistance whose money is still to be found or agreed; confidential ones are left out."""

    by_kind: tuple[SharedNeeds, ...]
    by_partner: tuple[SharedNeeds, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewResult:
    """Several countries: a row for each, what they have in common as counts without names, and the coming dates."""

    schema: Literal["fatf-kit/overview/1"]
    provenance: Provenance
    day: date
    countries: tuple[CountryResult, ...]
    common_gaps: tuple[CommonGap, ...]
    root_causes: tuple[CommonCause, ...]
    needs: NeedsInCommon
    missions: tuple[CountryStep, ...]
    dates: tuple[CountryStep, ...]


def make_overview_result(found: Overview, *, tool: str, generated_at: str) -> OverviewResult:
    """Make the JSON value of an overview of several countries."""
    return OverviewResult(
        schema="fatf-kit/overview/1",
        provenance=Provenance(tool=tool, generated_at=generated_at),
        day=found.today,
        countries=tuple(map(_make_country, found.countries)),
        common_gaps=found.find_common_gaps(),
        root_causes=found.find_common_causes(),
        needs=NeedsInCommon(by_kind=found.count_needs_by_kind(), by_partner=found.count_needs_by_partner()),
        missions=tuple(map(_make_country_step, found.missions)),
        dates=tuple(map(_make_country_step, found.dates)),
    )


def _make_country(country: CountryState) -> CountryResult:
    outlook, step, listing = country.outlook, country.next_date, country.listing
    return CountryResult(
        name=country.name,
        iso3=country.iso3 or None,
        basis=country.basis,
        problem=country.problem or None,
        notice=country.notice or None,
        edition=country.edition or None,
        report=country.report or None,
        visit=VisitDays(from_=country.visit[0], to=country.visit[1]) if country.visit else None,
        next=StepResult(day=step.day, until=step.until, step=step.what, by=step.by, days=step.days) if step else None,
        asked=country.requested or None,
        answered=country.answered if country.requested else None,
        agencies=country.agencies if country.requested else None,
        standing=make_standing(country.standing) if country.standing else None,
        follow_up_range=(outlook.follow_up_span.best, outlook.follow_up_span.worst) if outlook else None,
        icrg_referral_range=(outlook.referral_span.best, outlook.referral_span.worst) if outlook else None,
        provisional=outlook.rules.provisional if outlook else None,
        listing=make_listing_result(listing) if listing else None,
        listings=list_past_listings(listing),
        plans=tuple(map(_make_plan, country.plans)),
        late=country.late,
    )


def _make_plan(plan: PlanState) -> CountryPlanResult:
    return CountryPlanResult(
        kind=plan.kind,
        cycle=plan.cycle,
        items=plan.total,
        claimed={name or "open": number for name, number in plan.claimed.items()},
        without_evidence=plan.unproven,
        decided={name or "open": number for name, number in plan.decided.items()},
        done=plan.done,
        overdue=plan.overdue,
        visit=plan.is_visit,
    )


def _make_country_step(step: OverviewDate) -> CountryStep:
    return CountryStep(country=step.country, day=step.day, until=step.until, step=step.what, by=step.by, days=step.days)
