"""Days and hours of a rehearsal in words."""

from __future__ import annotations

from fatf_kit.core.messages import Translator
from fatf_kit.mock_visit.model import Rehearsal
from fatf_kit.mock_visit.timetable import PlacedMeeting


def day_words(rehearsal: Rehearsal, day: int, t: Translator) -> str:
    """A day by its date, else by its number from 1."""
    if day < len(rehearsal.dates):
        return t.day(rehearsal.dates[day])
    return t("Day {n}", n=day + 1)


def hours_words(placed: PlacedMeeting) -> str:
    """From when to when, as on a clock."""
    return f"{clock(placed.start)}–{clock(placed.end)}"


def clock(minute: int) -> str:
    """A minute from midnight as on a clock.

    >>> clock(545)
    '09:05'
    """
    return f"{minute // 60:02}:{minute % 60:02}"


def placed_for(rehearsal: Rehearsal, outcome: str, agency: str) -> PlacedMeeting | None:
    """Where an interview stands in the timetable; None where it found no place."""
    wanted = outcome if rehearsal.joint else f"{outcome} {agency}"
    return next((one for one in rehearsal.timetable.placed if one.meeting.id == wanted), None)
