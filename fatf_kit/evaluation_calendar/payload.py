"""The dates of an evaluation as JSON that others may rely on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from fatf_kit.core.messages import Translator
from fatf_kit.evaluation_calendar.report import LateAction
from fatf_kit.evaluation_calendar.timetable import Actor, Schedule


@dataclass(frozen=True, slots=True, kw_only=True)
class EventResult:
    """A step with its day. `until` is its last day; null where it has one day."""

    id: str
    what: str
    by: Actor
    day: date
    until: date | None
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LateActionResult:
    """An action that cannot be done by the cut-off date, and the soonest day on which it can be over."""

    name: str
    soonest: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarResult:
    """The dates of an evaluation in order of time, and the actions that cannot be done by the cut-off date."""

    schema: Literal["fatf-kit/calendar/1"]
    edition: str
    country: str
    visit: tuple[date, date]
    plenary: date
    events: tuple[EventResult, ...]
    late: tuple[LateActionResult, ...]


def make_calendar_result(schedule: Schedule, country: str, late: Iterable[LateAction], t: Translator) -> CalendarResult:
    """Make the JSON value of a schedule, with its steps in the language of `t`."""
    return CalendarResult(
        schema="fatf-kit/calendar/1",
        edition=schedule.timetable.edition,
        country=country,
        visit=(schedule.visit, schedule.visit_end),
        plenary=schedule.plenary,
        events=tuple(
            EventResult(
                id=event.id,
                what=t(event.what),
                by=event.by,
                day=event.day,
                until=event.until,
                confidence=event.confidence,
            )
            for event in schedule.events
        ),
        late=tuple(LateActionResult(name=action.name, soonest=action.soonest) for action in late),
    )
