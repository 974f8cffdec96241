"""The dates of an evaluation as a page, as entries for a calendar program, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from fatf_kit.core.messages import Translator
from fatf_kit.evaluation_calendar.ics import CalendarEntry
from fatf_kit.evaluation_calendar.observation import find_priority
from fatf_kit.evaluation_calendar.settings import PlanSettings
from fatf_kit.evaluation_calendar.timetable import Actor, CalendarDate, Schedule
from fatf_kit.evaluation_calendar.working_days import describe_weekend
from fatf_kit.framework import load_framework
from fatf_kit.outlook.report import describe_observation_period, list_request_dates
from fatf_kit.outlook.rules import load_rules
from fatf_kit.report.document_tables import make_day_cell, make_row, make_table
from fatf_kit.report.model import Block, Bullets, Document, DocumentTable, Paragraph, TableCell, Tone
from fatf_kit.report.sections import make_note, make_section


@dataclass(frozen=True, slots=True, kw_only=True)
class LateAction:
    """An action that cannot be done by the cut-off: what it is, whom it is with, and the soonest it can be over."""

    name: str
    owner: str
    soonest: date


def build_calendar(
    schedule: Schedule,
    settings: PlanSettings,
    t: Translator,
    *,
    country: str,
    today: date,
    flags: Sequence[LateAction] | None = None,
    notices: tuple[str, ...] = (),
) -> Document:
    """Return every date with who acts, from what it is counted, and how far that is confirmed.

    `flags` are actions that cannot be done by the cut-off; None where no answers were given to tell.
    """
    visit = t(
        "The visit is from {first} to {last}. Only measures in force on its last day count.",
        first=t.day(schedule.visit),
        last=t.day(schedule.visit_end),
    )
    dates = (Paragraph(text=visit, tone=Tone.LEAD), _dates(schedule.events, today, t))
    late = () if flags is None else (make_section("late", t("Not in force by the cut-off"), *_late(flags, t)),)
    method = make_section("method", t("Calculation of the dates"), *_method(schedule, settings, t))
    return Document(
        id="calendar",
        title=t("Calendar of the evaluation"),
        subtitle=country,
        language=t.language,
        made_on=str(today),
        facts=(
            (t("Edition"), load_framework(schedule.timetable.edition, language=t.language).full_title),
            (t("Cut-off date"), t.day(schedule.visit_end)),
            (t("Plenary"), t.day(schedule.plenary)),
            (t("Status on"), t.day(today)),
        ),
        notices=(
            *notices,
            t("fatf-kit computes these dates. Replace them with the dates that the assessors announce."),
        ),
        sections=(make_section("dates", t("Dates"), *dates), *late, method),
    )


_REMINDERS = {Actor.COUNTRY: (30, 7), Actor.BOTH: (30, 7), Actor.ASSESSORS: (7,)}
"""Days before a step at which a calendar reminds: twice where the country has work to finish."""


def make_calendar_entries(
    schedule: Schedule, t: Translator, *, country: str, name: str = ""
) -> tuple[CalendarEntry, ...]:
    """Return the same dates for a calendar program; `name` is the country's name in the language.

    An entry keeps its identity in every language, and when its date moves.
    """
    return tuple(
        CalendarEntry(
            uid=f"{event.id}.{schedule.timetable.edition}.{country.casefold().replace(' ', '-')}@fatf-kit",
            first=event.day,
            last=event.until or event.day,
            title=t("{name}: {text}", name=name or country, text=t(event.what)),
            text=t.points((name_actor(event.by, t), _rule(event, t), t(event.confidence))),
            categories=(t("Mutual evaluation"), name_actor(event.by, t)),
            reminders=_REMINDERS[event.by],
        )
        for event in schedule.events
    )


def _dates(events: Sequence[CalendarDate], today: date, t: Translator) -> DocumentTable:
    heads = ((t("Date"), 4), (t("Step"), 9), (t("Who acts"), 3), (t("Computed from"), 4), (t("Confidence"), 3))
    rows = []
    for event in events:
        text, by, detail = t.day(event.day), name_actor(event.by, t), ""
        if event.until is not None:
            text = t("{first} to {last}", first=text, last=t.day(event.until))
        if (event.until or event.day) < today:
            detail = t("past")
        day = TableCell(text=text, day=str(event.day), detail=detail)
        rows.append(make_row((day, t(event.what), by, _rule(event, t), t(event.confidence)), by=by))
    return make_table("calendar-dates", t("Steps in order of time"), heads, rows)


def name_actor(by: Actor, t: Translator) -> str:
    """Return the name of the party that acts."""
    return {Actor.COUNTRY: t("country"), Actor.ASSESSORS: t("assessors"), Actor.BOTH: t("both")}[by]


def _rule(event: CalendarDate, t: Translator) -> str:
    """Describe from what a date is counted."""
    if event.offset is None:
        return t("entered, or computed from the date entered")
    count = abs(event.offset.count)
    spans = {
        "working days": t.plural("{n} working day", "{n} working days", count),
        "days": t.plural("{n} day", "{n} days", count),
        "weeks": t.plural("{n} week", "{n} weeks", count),
        "months": t.plural("{n} month", "{n} months", count),
    }
    anchors = {
        "visit": t("the first day of the visit"),
        "visit end": t("the last day of the visit"),
        "plenary": t("the Plenary"),
    }
    if not count:
        return anchors[event.anchor]
    span, anchor = spans[event.offset.unit], anchors[event.anchor]
    if event.offset.count < 0:
        return t("{span} before {anchor}", span=span, anchor=anchor)
    return t("{span} after {anchor}", span=span, anchor=anchor)


def _late(flags: Sequence[LateAction], t: Translator) -> Iterator[Block]:
    if not flags:
        yield Paragraph(text=t("Every action can be completed by the cut-off date."))
        return
    text = t(
        "Because of their remaining stages and lead times, these actions cannot be completed by the cut-off "
        "date. They will not count in the evaluation. Begin with the other actions, or shorten a stage."
    )
    yield Paragraph(text=text, tone=Tone.NOTICE)
    heads = ((t("Action"), 9), (t("Owner"), 4), (t("Earliest completion"), 4))
    rows = ((flag.name, flag.owner, make_day_cell(flag.soonest, t)) for flag in flags)
    yield make_table("calendar-late", t("Actions that cannot be completed in time"), heads, rows)


def _method(schedule: Schedule, settings: PlanSettings, t: Translator) -> Iterator[Block]:
    table = schedule.timetable
    yield Paragraph(text=t(table.note))
    if priority := find_priority(table.edition, settings.iso3, schedule.plenary):
        yield from (Paragraph(text=sentence) for sentence in describe_observation_period(priority, t))
    if dates := list_request_dates(load_rules(table.edition), t):
        yield Paragraph(text=t("Deadlines of requests for re-rating after the report:"))
        yield Bullets(items=dates)
    for name, text in table.sources.items():
        yield make_note(t("Confidence “{name}”. {text}", name=t(name), text=t(text)))
    n, weekend = len(settings.week.holidays), describe_weekend(settings.weekend, t)
    days_off = t(
        "A step that falls on a day off is moved to a working day; what the country must submit is moved to "
        "the working day before. Weekend: {weekend}.",
        weekend=weekend,
    )
    entered = t.plural("{n} public holiday is entered.", "{n} public holidays are entered.", n)
    holidays = entered if n else t("No public holiday is entered.")
    yield make_note(" ".join((days_off, holidays, t("You can enter both in plan.json."))))
