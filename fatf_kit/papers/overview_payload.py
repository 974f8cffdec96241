"""An overview of several countries as JSON that others may rely on: frameworks/schema/overview-1."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from fatf_kit.core.json_files import make_json_value
from fatf_kit.papers.overview_model import CountryState, Overview, OverviewDate, PlanState
from fatf_kit.published.listing_status import make_listing_payload, make_listings_payload

OVERVIEW_SCHEMA = "fatf-kit/overview/1"


def overview_payload(found: Overview, *, tool: str, generated_at: str) -> dict[str, Any]:
    """Return several countries: a row for each, then what they have in common as counts, and the next dates."""
    return {
        "schema": OVERVIEW_SCHEMA,
        "provenance": {"tool": tool, "generated_at": generated_at},
        "day": found.today.isoformat(),
        "countries": [_country(one) for one in found.countries],
        "common_gaps": [make_json_value(one) for one in found.find_common_gaps()],
        "root_causes": [make_json_value(one) for one in found.find_common_causes()],
        "needs": {
            "by_kind": [make_json_value(one) for one in found.count_needs_by_kind()],
            "by_partner": [make_json_value(one) for one in found.count_needs_by_partner()],
        },
        "missions": _dates(found.missions),
        "dates": _dates(found.dates),
    }


def _country(one: CountryState) -> dict[str, Any]:
    """Return a row; what is not known of a country is null, and everything where its folder could not be read."""
    outlook, late = one.outlook, one.late
    return {
        "name": one.name,
        "iso3": one.iso3 or None,
        "basis": str(one.basis),
        "problem": one.problem or None,
        "notice": one.notice or None,
        "edition": one.edition or None,
        "report": one.report or None,
        "visit": {"from": one.visit[0].isoformat(), "to": one.visit[1].isoformat()} if one.visit else None,
        "next": _date(one.next_date) if one.next_date else None,
        "asked": one.requested or None,
        "answered": one.answered if one.requested else None,
        "agencies": one.agencies if one.requested else None,
        "standing": {
            "recommendations": make_json_value(one.standing[0]),
            "outcomes": make_json_value(one.standing[1]),
        }
        if one.standing
        else None,
        "follow_up_range": [outlook.follow_up_span.best, outlook.follow_up_span.worst] if outlook else None,
        "icrg_referral_range": [outlook.referral_span.best, outlook.referral_span.worst] if outlook else None,
        "provisional": outlook.rules.provisional if outlook else None,
        "listing": make_listing_payload(one.listing) if one.listing else None,
        "listings": make_listings_payload(one.listing),
        "plans": [_plan(plan) for plan in one.plans],
        "late": make_json_value(late) if late else None,
    }


def _plan(plan: PlanState) -> dict[str, Any]:
    def by_status(counts: Mapping[str, int]) -> dict[str, int]:
        return {name or "open": number for name, number in counts.items()}

    return {
        "kind": plan.kind,
        "cycle": plan.cycle,
        "items": plan.total,
        "claimed": by_status(plan.claimed),
        "decided": by_status(plan.decided),
        "done": plan.done,
        "overdue": plan.overdue,
        "visit": plan.is_visit,
    }


def _dates(dates: Iterable[OverviewDate]) -> list[dict[str, Any]]:
    return [{"country": one.country, **_date(one)} for one in dates]


def _date(one: OverviewDate) -> dict[str, Any]:
    return {
        "day": one.day.isoformat(),
        "until": one.until.isoformat() if one.until else None,
        "step": one.what,
        "by": str(one.by),
        "days": one.days,
    }
