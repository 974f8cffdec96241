"""Days and hours of a rehearsal as texts."""

from __future__ import annotations

from fatf_kit.core.messages import Words
from fatf_kit.mock_visit.model import Rehearsal
from fatf_kit.mock_visit.timetable import PlacedMeeting


def describe_day(rehearsal: Rehearsal, day: int, t: Words) -> str:
    """Return a day by its date, else by its number from 1."""
    if day < len(rehearsal.dates):
        return t.day(rehearsal.dates[day])
    return t("Day {n}", n=day + 1)


def describe_hours(placed: PlacedMeeting) -> str:
    """Return from when to when, as on a clock."""
    return f"{format_clock(placed.start)}–{format_clock(placed.end)}"


def format_clock(minute: int) -> str:
    """Return a minute from midnight as on a clock.

    >>> format_clock(545)
    '09:05'
    """
    return f"{minute // 60:02}:{minute % 60:02}"


def find_place(rehearsal: Rehearsal, outcome: str, agency: str) -> PlacedMeeting | None:
    """Return the place of an interview in the timetable; None where it has none."""
    wanted = outcome if rehearsal.joint else f"{outcome} {agency}"
    return next((one for one in rehearsal.timetable.placed if one.meeting.id == wanted), None)
