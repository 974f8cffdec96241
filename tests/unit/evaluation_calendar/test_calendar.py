"""The calendar as a file for calendar programs, read back by another library, and as a page."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from fatf_kit import calendar
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.evaluation_calendar.ics import CalendarEntry, render_ics
from fatf_kit.report.formats.html import render_document
from tests.unit.action_plan.conftest import RURITANIA, START

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_library_reads_the_same_dates(language: str) -> None:
    """Every step is one whole-day entry with its name in the language."""
    dates = calendar(visit=date(2027, 3, 1), country="Ruritania", edition="fatf-2013")
    data = dates.ics(today=TODAY, language=language)
    read = {
        str(one["uid"]).partition(".")[0]: (one.decoded("dtstart"), one.decoded("dtend") - timedelta(days=1))
        for one in Calendar.from_ical(data.decode()).walk("VEVENT")
    }
    assert {event.id: (event.day, event.until or event.day) for event in dates.schedule.events} == read


def test_the_country_is_reminded_twice_and_steps_can_be_filtered() -> None:
    """In the morning 30 and 7 days before what the country has to finish; once before what the assessors do."""
    data = calendar(visit=date(2027, 3, 1), country="Ruritania", edition="fatf-2013").ics(today=TODAY)
    events: list[Any] = list(Calendar.from_ical(data.decode()).walk("VEVENT"))
    found = {
        one["categories"].to_ical().decode(): [alarm["trigger"].dt for alarm in one.walk("VALARM")] for one in events
    }
    twice = [timedelta(hours=9) - timedelta(days=days) for days in (30, 7)]
    assert found == {
        "Mutual evaluation,country": twice,
        "Mutual evaluation,both": twice,
        "Mutual evaluation,assessors": twice[1:],
    }


def test_lines_are_short_and_letters_stay_whole() -> None:
    """Arabic takes two bytes a letter; no line has more than 75, and the text comes back as it was."""
    text = "نص طويل جدا، مع فواصل; وأسطر\nوشرطة \\ " * 12
    data = render_ics([CalendarEntry(uid="a", first=TODAY, last=TODAY, title=text, text=text)], name="x", stamp=TODAY)
    assert max(map(len, data.split(b"\r\n"))) <= 75
    read = next(iter(Calendar.from_ical(data.decode()).walk("VEVENT")))
    assert (str(read["summary"]), str(read["description"])) == (text, text)


def test_a_law_too_late_is_flagged() -> None:
    """With answers, what cannot be in force by the end of the visit is named; a law begun a month before it is."""
    late = calendar(RURITANIA, start=date(2027, 2, 1))
    laws = [action.id for action in late.planned.plan.actions if action.kind == "law"] if late.planned else []
    named = {flag.name.partition(" ")[0] for flag in late.planned.flags()} if late.planned else set()
    assert laws
    assert set(laws) <= named
    page = render_document(late.document(today=TODAY)).decode()
    assert all(name in page for name in laws)


def test_the_visit_ends_on_the_cut_off_of_the_answers() -> None:
    """The visit is counted back from the cut-off date of the answers if nothing else is given."""
    dates = calendar(RURITANIA, start=START)
    assert dates.schedule.visit_end == date(2027, 3, 19)
    assert dates.schedule.visit == date(2027, 3, 1)
