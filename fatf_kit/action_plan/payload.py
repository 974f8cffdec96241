"""A plan, a calendar and a follow-up as JSON that others may rely on: plan-2, calendar-1 and follow-up-1."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from fatf_kit.action_plan.effects import make_span
from fatf_kit.action_plan.model import Action, ActionPlan, Effect, Slot, TargetPath
from fatf_kit.action_plan.names import name_action
from fatf_kit.core.messages import Translator
from fatf_kit.evaluation_calendar.timetable import Schedule
from fatf_kit.follow_up_report.re_ratings import FollowUpCase
from fatf_kit.framework.model import Framework
from fatf_kit.outlook.model import Rules, WhatIf
from fatf_kit.outlook.payload import make_outlook_payload, make_what_if_payload
from fatf_kit.published.listings import ListingStatus

PLAN_SCHEMA = "fatf-kit/plan/2"
CALENDAR_SCHEMA = "fatf-kit/calendar/1"
FOLLOW_UP_SCHEMA = "fatf-kit/follow-up/1"


def plan_payload(plan: ActionPlan, framework: Framework, t: Translator) -> dict[str, Any]:
    """A plan, its actions in their order: what each closes, when it is to be done, and what it does alone.

    `way` is null where no target was named. Names of actions are in the language of `t`, which is that of `framework`;
    everything else is codes.
    """
    return {
        "schema": PLAN_SCHEMA,
        "edition": plan.edition,
        "country": plan.country,
        "policy": plan.policy,
        "start": plan.start.isoformat(),
        "cut_off": _day(plan.cut_off),
        "weekend": {
            "days": list(plan.weekend.names),
            "source": plan.weekend.source,
            "confidence": plan.weekend.confidence or None,
        },
        "ratings": {
            unit: {"claimed": _ends(plan.claimed[unit]), "shown": _ends(shown)}
            for unit, shown in plan.ratings_now.items()
        },
        "way": _way(plan.way) if plan.way else None,
        "actions": [_action(a, plan.effects[a.id], plan.slots[a.id], framework, t) for a in plan.actions],
    }


def calendar_payload(
    schedule: Schedule, *, country: str, late: Iterable[tuple[str, date]], t: Translator
) -> dict[str, Any]:
    """The dates in order of time, and actions that cannot be done by the cut-off, by name with their soonest day."""
    return {
        "schema": CALENDAR_SCHEMA,
        "edition": schedule.timetable.edition,
        "country": country,
        "visit": [schedule.visit.isoformat(), schedule.visit_end.isoformat()],
        "plenary": schedule.plenary.isoformat(),
        "events": [
            {
                "id": event.id,
                "what": t(event.what),
                "by": event.by,
                "day": event.day.isoformat(),
                "until": _day(event.until),
                "confidence": event.confidence,
            }
            for event in schedule.events
        ],
        "late": [{"name": name, "soonest": day.isoformat()} for name, day in late],
    }


def follow_up_payload(
    case: FollowUpCase, reason: Callable[[WhatIf], str], listing: ListingStatus | None = None
) -> dict[str, Any]:
    """What follows a published report. `reason` says a result of smallest sets in a sentence.

    `listing` is how the jurisdiction stands on FATF's lists.

    `granted` is null where no re-rating is asked for.
    """
    return {
        "schema": FOLLOW_UP_SCHEMA,
        "jurisdiction": case.report.iso3,
        "report": {"type": case.report.report_type, "month": case.report.date},
        "outlook": make_outlook_payload(case.outlook, case.edition, listing=listing),
        "request_dates": request_dates_payload(case.outlook.rules),
        "open": list(case.open_units),
        "ways": [make_what_if_payload(way, case.edition, (), reason(way)) for way in case.ways],
        "technical": make_what_if_payload(case.technical, case.edition, (), reason(case.technical)),
        "requests": [
            {"id": one.unit, "from": one.before, "to": one.after, "not_ready": list(one.not_ready)}
            for one in case.requests
        ],
        "granted": make_outlook_payload(case.granted, case.edition, listing=listing) if case.requests else None,
    }


def request_dates_payload(rules: Rules) -> dict[str, Any] | None:
    """When re-ratings are asked for, in months before the Plenary; null where the edition says nothing of it."""
    found = rules.re_rating_requests
    return asdict(found) if found else None


def _ends(rating: object) -> list[str]:
    """The worst and the best rating; twice the same where nothing is open."""
    span = make_span(rating)
    return [span.worst, span.best]


def _action(action: Action, effect: Effect, slot: Slot, framework: Framework, t: Translator) -> Mapping[str, Any]:
    return {
        "id": action.id,
        "name": name_action(action, framework, t),
        "kind": action.kind,
        "root_cause": action.cause or None,
        "closes": [{"requirement": requirement, "kind": kind} for requirement, kind in action.closes],
        "concerns": list(action.concerns),
        "mock": list(action.mock),
        "owner": action.owner or None,
        "owner_is_role": action.owner_is_role,
        "after": list(action.after),
        "effort": action.effort,
        "start": slot.start.isoformat(),
        "due": slot.due.isoformat(),
        "late": slot.late,
        "in_force_from": _day(action.in_force_from),
        "key": action.key,
        "effect": {
            "moves": [{"id": move.unit, "from": _ends(move.before), "to": _ends(move.after)} for move in effect.moves],
            "clears": list(effect.clears),
            "nearer": list(effect.nearer),
            "shown": asdict(effect.shown),
            "claimed": asdict(effect.claimed),
        },
    }


def _way(way: TargetPath) -> Mapping[str, Any]:
    return {
        "target": way.target,
        "reached": way.reached,
        "in_time": way.in_time,
        "actions": list(way.actions),
        "effort": way.effort,
        "exact": way.exact,
        "open_at_best": way.open_at_best,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
