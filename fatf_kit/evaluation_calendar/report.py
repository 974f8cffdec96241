"""The dates of an evaluation as a page, and as entries for a calendar program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fatf_kit.core.messages import Translator
from fatf_kit.evaluation_calendar.ics import CalendarEntry
from fatf_kit.evaluation_calendar.settings import PlanSettings
from fatf_kit.evaluation_calendar.timetable import Actor, CalendarDate, Schedule
from fatf_kit.evaluation_calendar.working_days import describe_weekend
from fatf_kit.framework import load_framework
from fatf_kit.outlook.report import list_request_dates
from fatf_kit.outlook.rules import load_rules
from fatf_kit.report.model import (
    Block,
    Bullets,
    Document,
    DocumentTable,
    Paragraph,
    Section,
    TableCell,
    TableColumn,
    TableRow,
    Tone,
)


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
    """Every date with who acts, from what it is counted, and how far that is confirmed.

    `flags` are actions that cannot be done by the cut-off; None where no answers were given to tell.
    """
    sections = [
        Section(
            anchor="dates",
            title=t("Dates"),
            blocks=(
                Paragraph(
                    text=t(
                        "The visit runs from {first} to {last}. Measures count that are in force on its last day.",
                        first=t.day(schedule.visit),
                        last=t.day(schedule.visit_end),
                    ),
                    tone=Tone.LEAD,
                ),
                _dates(schedule.events, today, t),
            ),
        )
    ]
    if flags is not None:
        sections.append(Section(anchor="late", title=t("Not in force by the cut-off"), blocks=_late(flags, t)))
    sections.append(
        Section(anchor="method", title=t("How the dates come about"), blocks=_method(schedule, settings, t))
    )
    return Document(
        id="calendar",
        title=t("Calendar of the evaluation"),
        subtitle=country,
        language=t.language,
        facts=(
            (t("Edition"), load_framework(schedule.timetable.edition, language=t.language).full_title),
            (t("Cut-off date"), t.day(schedule.visit_end)),
            (t("Plenary"), t.day(schedule.plenary)),
            (t("Seen on"), t.day(today)),
        ),
        notices=(*notices, t("Dates are worked out by fatf-kit; those that the assessors announce go before them.")),
        sections=tuple(sections),
    )


def make_calendar_entries(schedule: Schedule, t: Translator, *, country: str) -> tuple[CalendarEntry, ...]:
    """The same dates for a calendar program; an entry keeps its identity when its date moves."""
    return tuple(
        CalendarEntry(
            uid=f"{event.id}.{schedule.timetable.edition}.{country.casefold().replace(' ', '-')}@fatf-kit",
            first=event.day,
            last=event.until or event.day,
            title=t("{name}: {text}", name=country, text=t(event.what)),
            text=t.points((_acts(event.by, t), _rule(event, t), t(event.confidence))),
        )
        for event in schedule.events
    )


def _dates(events: Sequence[CalendarDate], today: date, t: Translator) -> DocumentTable:
    return DocumentTable(
        id="calendar-dates",
        caption=t("Steps in order of time"),
        columns=(
            TableColumn(title=t("Date"), width=4),
            TableColumn(title=t("Step"), width=9),
            TableColumn(title=t("Who acts"), width=3),
            TableColumn(title=t("Counted from"), width=4),
            TableColumn(title=t("Confidence"), width=3),
        ),
        rows=tuple(
            TableRow(
                cells=(
                    TableCell(text=_when(event, t), detail=t("past") if (event.until or event.day) < today else ""),
                    TableCell(text=t(event.what)),
                    TableCell(text=_acts(event.by, t)),
                    TableCell(text=_rule(event, t)),
                    TableCell(text=t(event.confidence)),
                ),
                facets={"by": (_acts(event.by, t),)},
            )
            for event in events
        ),
    )


def _when(event: CalendarDate, t: Translator) -> str:
    if event.until is None:
        return t.day(event.day)
    return t("{first} to {last}", first=t.day(event.day), last=t.day(event.until))


def _acts(by: Actor, t: Translator) -> str:
    return {Actor.COUNTRY: t("country"), Actor.ASSESSORS: t("assessors"), Actor.BOTH: t("both")}[by]


def _rule(event: CalendarDate, t: Translator) -> str:
    """From what a date is counted, in words."""
    if event.offset is None:
        return t("as given, or counted from it")
    count = abs(event.offset.count)
    spans = {
        "working days": t.plural("{n} working day", "{n} working days", count),
        "days": t.plural("{n} day", "{n} days", count),
        "weeks": t.plural("{n} week", "{n} weeks", count),
        "months": t.plural("{n} month", "{n} months", count),
    }
    anchors = {"visit": t("first day of the visit"), "visit end": t("last day of the visit"), "plenary": t("plenary")}
    if not count:
        return anchors[event.anchor]
    span, anchor = spans[event.offset.unit], anchors[event.anchor]
    if event.offset.count < 0:
        return t("{span} before: {anchor}", span=span, anchor=anchor)
    return t("{span} after: {anchor}", span=span, anchor=anchor)


def _late(flags: Sequence[LateAction], t: Translator) -> tuple[Block, ...]:
    if not flags:
        return (Paragraph(text=t("Every action can be done by the cut-off.")),)
    return (
        Paragraph(
            text=t(
                "With the stages they still have to pass and the lead times set, these cannot be done by the cut-off. "
                "They will not count in the evaluation; begin with the others, or shorten a stage."
            ),
            tone=Tone.NOTICE,
        ),
        DocumentTable(
            id="calendar-late",
            caption=t("Actions that come too late"),
            columns=(
                TableColumn(title=t("Action"), width=9),
                TableColumn(title=t("Owner"), width=4),
                TableColumn(title=t("Soonest"), width=4),
            ),
            rows=tuple(
                TableRow(
                    cells=(TableCell(text=f.name), TableCell(text=f.owner), TableCell(text=t.day(f.soonest))), facets={}
                )
                for f in flags
            ),
        ),
    )


def _method(schedule: Schedule, settings: PlanSettings, t: Translator) -> tuple[Block, ...]:
    table, days = schedule.timetable, sorted(settings.week.holidays)
    blocks: list[Block] = [Paragraph(text=t(table.note))]
    if dates := list_request_dates(load_rules(table.edition), t):
        blocks.append(Paragraph(text=t("Dates of requests for re-ratings after the report:")))
        blocks.append(Bullets(items=dates))
    blocks += [
        Paragraph(text=t("{name}: {text}", name=t(name), text=t(text)), tone=Tone.SMALL)
        for name, text in table.sources.items()
    ]
    blocks.append(
        Paragraph(
            text=t(
                "A step that falls on a day off moves to a working day: what the country owes to the one before. "
                "Weekend: {weekend}. Holidays set: {n}. Both can be set in plan.json.",
                weekend=describe_weekend(settings.weekend, t),
                n=len(days),
            ),
            tone=Tone.SMALL,
        )
    )
    return tuple(blocks)
