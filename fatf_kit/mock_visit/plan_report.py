"""The plan of a rehearsal to print and hand out: who meets whom, when and where. It holds no questions."""

from __future__ import annotations

from collections.abc import Iterable

from fatf_kit.assessment.folder.model import Materiality
from fatf_kit.core.messages import Translator
from fatf_kit.framework.model import Framework
from fatf_kit.mock_visit.data import load_schedule
from fatf_kit.mock_visit.model import Interview, QuestionReason, Rehearsal
from fatf_kit.mock_visit.times import day_words, hours_words, placed_for
from fatf_kit.mock_visit.timetable import PlacedMeeting
from fatf_kit.report.model import (
    Bullets,
    Document,
    DocumentTable,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Section,
    TableCell,
    TableColumn,
    TableRow,
    Tone,
)
from fatf_kit.scoring.report.traces import strip_unit


def build_plan_document(rehearsal: Rehearsal, framework: Framework, t: Translator, *, tool: str) -> Document:
    """The plan in the language of `framework`: key figures, a table for each day, one for each agency, how it was made.

    Questions and strong answers stay with the mock assessors, so that the plan may go to everybody.
    """
    return Document(
        id="mock-plan",
        title=t("{country}: plan of the mock visit", country=rehearsal.country or t("Country not named")),
        subtitle=t("Who meets whom, when and where"),
        language=t.language,
        facts=(
            (t("Edition"), framework.full_title),
            (t("Texts"), t("fatf-kit {tool}, content version {version}", tool=tool, version=framework.content_version)),
        ),
        notices=(*map(t, rehearsal.notices), phrase_mock_notice(t)),
        sections=(
            Section(anchor="glance", title=t("At a glance"), blocks=(_figures(rehearsal, t), *_left(rehearsal, t))),
            *(_day(rehearsal, framework, day, t) for day in range(rehearsal.timetable.days)),
            _agencies(rehearsal, framework, t),
            _outcomes(rehearsal, framework, t),
            _made(rehearsal, t),
        ),
    )


def phrase_mock_notice(t: Translator) -> str:
    """What stands on every page about a rehearsal."""
    return t("A rehearsal, indicative: questions and lengths are fatf-kit's own, and no rating follows from it.")


def _figures(rehearsal: Rehearsal, t: Translator) -> KeyFigures:
    asked = [question for one in rehearsal.interviews for question in one.questions]
    own = sum(question.why is not QuestionReason.BANK for question in asked)
    placed = rehearsal.timetable.placed
    hours = sum(one.meeting.minutes for one in placed) / 60
    return KeyFigures(
        figures=(
            KeyFigure(
                value=str(len(placed)),
                label=t("sessions") if rehearsal.joint else t("interviews"),
                detail=t("{n} hours in all", n=f"{hours:.0f}"),
            ),
            KeyFigure(
                value=str(rehearsal.timetable.days),
                label=t("days"),
                detail=t("no plan can take fewer than {n}", n=rehearsal.least),
            ),
            KeyFigure(value=str(rehearsal.frame.rooms), label=t("rooms")),
            KeyFigure(
                value=str(len({one.agency for one in rehearsal.interviews})),
                label=t("agencies"),
            ),
            KeyFigure(
                value=str(len(asked)),
                label=t("questions"),
                detail=t("{n} of them from the submission itself", n=own),
            ),
        )
    )


def _left(rehearsal: Rehearsal, t: Translator) -> tuple[Paragraph, ...]:
    if not rehearsal.timetable.left:
        return ()
    names = t.points(one.id for one in rehearsal.timetable.left)
    text = t("Without a place: {names}. {n} days would do for all.", names=names, n=rehearsal.needed)
    return (Paragraph(text=text, tone=Tone.NOTICE),)


def _day(rehearsal: Rehearsal, framework: Framework, day: int, t: Translator) -> Section:
    titles = {one.id: one.title for one in framework.outcomes}
    rows = tuple(
        TableRow(
            cells=(
                TableCell(text=hours_words(one), ltr=True),
                TableCell(text=str(one.room + 1)),
                TableCell(text=_guests(rehearsal, one, t)),
                TableCell(text=_outcome(one), detail=titles[_outcome(one)], ltr=True),
                TableCell(text=rehearsal.names[one.meeting.host]),
            ),
            facets={"room": (str(one.room + 1),)},
        )
        for one in rehearsal.timetable.placed
        if one.day == day
    )
    name = t("Day {n}", n=day + 1)
    title = t("{name}, {date}", name=name, date=day_words(rehearsal, day, t)) if rehearsal.dates else name
    return Section(
        anchor=f"day-{day + 1}",
        title=title,
        blocks=(
            DocumentTable(
                id=f"day-{day + 1}-table",
                caption=t.plural("{n} meeting", "{n} meetings", len(rows)),
                columns=(
                    TableColumn(title=t("Time"), width=3),
                    TableColumn(title=t("Room"), width=1),
                    TableColumn(title=t("Agency"), width=6),
                    TableColumn(title=t("Outcome"), width=5),
                    TableColumn(title=t("Panel"), width=4),
                ),
                rows=rows,
            ),
        ),
    )


def _outcome(placed: PlacedMeeting) -> str:
    return placed.meeting.id.partition(" ")[0]


def _guests(rehearsal: Rehearsal, placed: PlacedMeeting, t: Translator) -> str:
    return t.points(rehearsal.names[name] for name in placed.meeting.guests)


def _agencies(rehearsal: Rehearsal, framework: Framework, t: Translator) -> Section:
    """One table for each agency, to be sent to it."""
    titles = {one.id: one.title for one in framework.outcomes}
    sections = []
    for body in rehearsal.bodies:
        mine = [one for one in rehearsal.interviews if one.agency == body.id]
        if not mine:
            continue
        rows = (_own_row(rehearsal, one, titles[one.outcome], t) for one in _by_time(rehearsal, mine))
        minutes = sum(one.minutes for one in mine)
        sections.append(
            Section(
                anchor=f"agency-{body.id}",
                title=body.name,
                blocks=(
                    DocumentTable(
                        id=f"agency-{body.id}-table",
                        caption=t("Interviews: {n}, minutes of questions: {minutes}", n=len(mine), minutes=minutes),
                        columns=(
                            TableColumn(title=t("When"), width=5),
                            TableColumn(title=t("Room"), width=1),
                            TableColumn(title=t("Outcome"), width=6),
                            TableColumn(title=t("Leads on"), width=3),
                        ),
                        rows=tuple(rows),
                    ),
                ),
            )
        )
    return Section(anchor="agencies", title=t("For each agency"), sections=tuple(sections), break_before=True)


def _by_time(rehearsal: Rehearsal, interviews: Iterable[Interview]) -> list[Interview]:
    def when(one: Interview) -> tuple[int, int]:
        place = placed_for(rehearsal, one.outcome, one.agency)
        return (place.day, place.start) if place else (rehearsal.timetable.days, 0)

    return sorted(interviews, key=when)


def _own_row(rehearsal: Rehearsal, one: Interview, title: str, t: Translator) -> TableRow:
    place = placed_for(rehearsal, one.outcome, one.agency)
    when = t("not placed")
    if place:
        when = t.listed((day_words(rehearsal, place.day, t), hours_words(place)))
    return TableRow(
        cells=(
            TableCell(text=when),
            TableCell(text=str(place.room + 1) if place else "–"),
            TableCell(text=one.outcome, detail=title, ltr=True),
            TableCell(text=t.listed(strip_unit(issue) for issue in one.leads) or "–", ltr=True),
        ),
        facets={},
    )


def _outcomes(rehearsal: Rehearsal, framework: Framework, t: Translator) -> Section:
    titles = {one.id: one.title for one in framework.outcomes}
    rows = []
    for outcome in rehearsal.outcomes:
        mine = [one for one in rehearsal.interviews if one.outcome == outcome]
        asked = [question for one in mine for question in one.questions]
        rows.append(
            TableRow(
                cells=(
                    TableCell(text=outcome, detail=titles[outcome], ltr=True),
                    TableCell(text=_weight(mine[0].importance, t)),
                    TableCell(text=rehearsal.names[mine[0].panel]),
                    TableCell(text=str(len(mine))),
                    TableCell(text=str(len(asked))),
                    TableCell(text=str(sum(question.why is not QuestionReason.BANK for question in asked))),
                ),
                facets={},
            )
        )
    return Section(
        anchor="outcomes",
        title=t("For each outcome"),
        blocks=(
            DocumentTable(
                id="outcomes-table",
                caption=t("How much each outcome weighs and what is asked"),
                columns=(
                    TableColumn(title=t("Outcome"), width=5),
                    TableColumn(title=t("Weight"), width=3),
                    TableColumn(title=t("Panel"), width=4),
                    TableColumn(title=t("Interviews"), width=2, number=True),
                    TableColumn(title=t("Questions"), width=2, number=True),
                    TableColumn(title=t("From the submission"), width=3, number=True),
                ),
                rows=tuple(rows),
            ),
        ),
    )


def _weight(importance: Materiality, t: Translator) -> str:
    return {
        Materiality.MOST: t("most important"),
        Materiality.HIGH: t("highly important"),
        Materiality.MODERATE: t("moderately important"),
        Materiality.LOW: t("less important"),
    }[importance]


def _made(rehearsal: Rehearsal, t: Translator) -> Section:
    lengths = load_schedule(rehearsal.edition)
    frame = rehearsal.frame
    items = (
        t("No agency and no panel is in two rooms at once, and {n} minutes lie between meetings.", n=frame.between),
        t(
            "No agency is asked for more than {agency} minutes a day, and no panel sits for more than {panel}.",
            agency=lengths.agency_day,
            panel=lengths.panel_day,
        ),
        t(
            "Outcomes that weigh more come first: by the materiality of their sectors where the country has stated it. "
            "Each meeting stands at the earliest moment that those before it leave."
        ),
        t("An interview takes as long as its questions need; those beyond the longest time are asked if time remains."),
        t("Lengths, panels and limits are fatf-kit's own."),
    )
    return Section(anchor="made", title=t("How this plan was made"), blocks=(Bullets(items=items),))
