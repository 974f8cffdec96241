"""The plan of a rehearsal to print and hand out: who meets whom, when and where. It has no questions in it."""

from __future__ import annotations

from collections.abc import Callable

from fatf_kit.assessment.folder.model import Materiality
from fatf_kit.core.groups import group_pairs
from fatf_kit.core.messages import Translator
from fatf_kit.framework.model import Framework
from fatf_kit.mock_visit.data import load_schedule
from fatf_kit.mock_visit.model import Interview, MockQuestionReason, Rehearsal
from fatf_kit.mock_visit.timetable import PlacedMeeting
from fatf_kit.report.model import Bullets, Document, Paragraph, Section, TableCell, Tone, ValueKind
from fatf_kit.report.results_table import ResultColumn, ResultsTable
from fatf_kit.report.sections import make_key_figures, make_section
from fatf_kit.scoring.report.traces import strip_unit

_ID, _COUNT = ValueKind.ID, ValueKind.COUNT


def build_plan_document(rehearsal: Rehearsal, framework: Framework, t: Translator, *, tool: str) -> Document:
    """Return the plan in the language of `framework`: key figures, each day, each agency, and how it was made.

    Questions and strong answers stay with the mock assessors, so that the plan may go to everybody.
    """
    country, version = rehearsal.country or t("Country not named"), framework.content_version
    texts = t("fatf-kit {tool}, content version {version}", tool=tool, version=version)
    return Document(
        id="mock-plan",
        title=t("{country}: plan of the mock visit", country=country),
        subtitle=t("Timetable of the meetings"),
        language=t.language,
        facts=((t("Edition"), framework.full_title), (t("Texts"), texts)),
        notices=(*map(t, rehearsal.notices), phrase_mock_notice(t)),
        sections=(
            _build_summary(rehearsal, t),
            *(_build_day(rehearsal, framework, day, t) for day in range(rehearsal.timetable.days)),
            _build_agencies(rehearsal, framework, t),
            _build_outcomes(rehearsal, framework, t),
            _build_method(rehearsal, t),
        ),
    )


def phrase_mock_notice(t: Translator) -> str:
    """Return the notice on every page about a rehearsal."""
    return t(
        "Rehearsal, indicative: questions and durations were chosen by fatf-kit, and no rating is derived from it."
    )


def _build_summary(rehearsal: Rehearsal, t: Translator) -> Section:
    questions = [question for one in rehearsal.interviews for question in one.questions]
    own = sum(question.why is not MockQuestionReason.BANK for question in questions)
    placed, left = rehearsal.timetable.placed, rehearsal.timetable.left
    hours = round(sum(one.meeting.minutes for one in placed) / 60)
    agencies = {one.agency for one in rehearsal.interviews}
    figures = make_key_figures(
        (
            (
                str(len(placed)),
                t("sessions") if rehearsal.joint else t("interviews"),
                t.plural("{n} hour in total", "{n} hours in total", hours),
            ),
            (str(rehearsal.timetable.days), t("days"), t("the minimum is {n}", n=rehearsal.least)),
            (str(rehearsal.frame.venues), t("parallel meetings")),
            (str(len(agencies)), t("agencies")),
            (str(len(questions)), t("questions"), t("{n} of them on the submission", n=own)),
        )
    )
    text = t.plural(
        "These meetings have no place in the timetable: {names}. {n} day is needed for all meetings.",
        "These meetings have no place in the timetable: {names}. {n} days are needed for all meetings.",
        rehearsal.needed,
        names=t.points(one.id for one in left),
    )
    notice = (Paragraph(text=text, tone=Tone.NOTICE),) if left else ()
    return make_section("glance", t("At a glance"), figures, *notice)


def _show_outcome(framework: Framework) -> Callable[[str], TableCell]:
    """Return what shows an outcome by its id with its title."""
    titles = {one.id: one.title for one in framework.outcomes}
    return lambda outcome: TableCell(text=outcome, detail=titles[outcome], ltr=True)


def _build_day(rehearsal: Rehearsal, framework: Framework, day: int, t: Translator) -> Section:
    show, names = _show_outcome(framework), rehearsal.names
    placed = [one for one in rehearsal.timetable.placed if one.day == day]
    name = t("Day {n}", n=day + 1)
    title = name
    if rehearsal.dates:
        title = t("{name}, {date}", name=name, date=rehearsal.describe_day(day, t))

    def agencies(one: PlacedMeeting) -> str:
        return t.points(names[guest] for guest in one.meeting.guests)

    def outcome(one: PlacedMeeting) -> TableCell:
        return show(one.meeting.id.partition(" ")[0])

    columns: tuple[ResultColumn[PlacedMeeting], ...] = (
        ResultColumn("time", t("Time"), lambda one: one.hours, _ID, page=3),
        ResultColumn("room", t("Room"), lambda one: str(one.venue + 1), page=1),
        ResultColumn("agency", t("Agency"), agencies, page=6),
        ResultColumn("outcome", t("Outcome"), outcome, page=5),
        ResultColumn("panel", t("Panel"), lambda one: names[one.meeting.host], page=4),
    )
    caption = t.plural("{n} meeting", "{n} meetings", len(placed))
    table = ResultsTable[PlacedMeeting](
        f"day-{day + 1}-table", caption, columns, lambda one: {"room": (str(one.venue + 1),)}
    )
    return make_section(f"day-{day + 1}", title, table.in_document(placed))


def _build_agencies(rehearsal: Rehearsal, framework: Framework, t: Translator) -> Section:
    """Return the section with one table for each agency, to be sent to it."""
    show = _show_outcome(framework)
    places = {one.id: place for one in rehearsal.interviews if (place := rehearsal.find_place(one))}

    def find_time(one: Interview) -> tuple[int, int]:
        place = places.get(one.id)
        return (place.day, place.start) if place else (rehearsal.timetable.days, 0)

    def describe_time(one: Interview) -> str:
        place = places.get(one.id)
        if place is None:
            return t("not placed")
        return t.joined((rehearsal.describe_day(place.day, t), place.hours))

    def show_venue(one: Interview) -> str:
        return str(places[one.id].venue + 1) if one.id in places else "–"

    def list_leads(one: Interview) -> str:
        return t.listed(map(strip_unit, one.leads)) or "–"

    columns: tuple[ResultColumn[Interview], ...] = (
        ResultColumn("when", t("When"), describe_time, page=5),
        ResultColumn("room", t("Room"), show_venue, page=1),
        ResultColumn("outcome", t("Outcome"), lambda one: show(one.outcome), page=6),
        ResultColumn("leads", t("Lead agency on"), list_leads, _ID, page=3),
    )
    sections = []
    for body in rehearsal.bodies:
        if own := [one for one in rehearsal.interviews if one.agency == body.id]:
            counts = {"n": len(own), "minutes": sum(one.minutes for one in own)}
            caption = t("Interviews: {n}. Minutes of questions: {minutes}.", **counts)
            table = ResultsTable(f"agency-{body.id}-table", caption, columns)
            listed = table.in_document(sorted(own, key=find_time))
            sections.append(make_section(f"agency-{body.id}", body.name, listed))
    return make_section("agencies", t("For each agency"), sections=sections, break_before=True)


def _build_outcomes(rehearsal: Rehearsal, framework: Framework, t: Translator) -> Section:
    interviews = group_pairs((one.outcome, one) for one in rehearsal.interviews)
    asked = ((one.outcome, one.questions) for one in rehearsal.interviews)
    questions = group_pairs((outcome, one) for outcome, own in asked for one in own)
    importance = {
        Materiality.MOST: t("most important"),
        Materiality.HIGH: t("highly important"),
        Materiality.MODERATE: t("moderately important"),
        Materiality.LOW: t("less important"),
    }

    def count_own(outcome: str) -> int:
        return sum(question.why is not MockQuestionReason.BANK for question in questions[outcome])

    def weight(outcome: str) -> str:
        return importance[interviews[outcome][0].importance]

    def panel(outcome: str) -> str:
        return rehearsal.names[interviews[outcome][0].panel]

    columns: tuple[ResultColumn[str], ...] = (
        ResultColumn("outcome", t("Outcome"), _show_outcome(framework), page=5),
        ResultColumn("weight", t("Weight"), weight, page=3),
        ResultColumn("panel", t("Panel"), panel, page=4),
        ResultColumn("interviews", t("Interviews"), lambda one: len(interviews[one]), _COUNT, page=2),
        ResultColumn("questions", t("Questions"), lambda one: len(questions[one]), _COUNT, page=2),
        ResultColumn("own", t("From the submission"), count_own, _COUNT, page=3),
    )
    table = ResultsTable("outcomes-table", t("Weight and questions of each outcome"), columns)
    return make_section("outcomes", t("For each outcome"), table.in_document(rehearsal.outcomes))


def _build_method(rehearsal: Rehearsal, t: Translator) -> Section:
    rules = load_schedule(rehearsal.edition)
    items = (
        t.plural(
            "No agency and no panel has two meetings at the same time. There is a break of {n} minute between "
            "meetings.",
            "No agency and no panel has two meetings at the same time. There is a break of {n} minutes between "
            "meetings.",
            rehearsal.frame.between,
        ),
        t(
            "No agency has meetings for more than {agency} minutes a day, and no panel for more than {panel} minutes.",
            agency=rules.agency_minutes_a_day,
            panel=rules.panel_minutes_a_day,
        ),
        t(
            "Outcomes with a higher weight come first; the weight follows from the materiality of sectors, if the "
            "country has stated it. Each meeting is at the earliest time that earlier meetings leave free."
        ),
        t(
            "The questions decide the length of an interview. Questions beyond the longest time are asked if time "
            "remains."
        ),
        t("Durations, panels and limits were chosen by fatf-kit."),
    )
    return make_section("made", t("Method of this plan"), Bullets(items=items))
