"""A calendar as iCalendar text (RFC 5545), which every calendar program reads.

Written here because it is forty lines; tests read it back with the `icalendar` library.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

_LINE = 75
"""Bytes of a line at most, its end not counted (RFC 5545, 3.1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """A whole-day entry, from its first to its last day. `uid` stays the same when the entry moves.

    `categories` are what calendar programs filter and colour by. `reminders` are days before the first day on which
    they remind; empty for none.
    """

    uid: str
    first: date
    last: date
    title: str
    text: str = ""
    categories: tuple[str, ...] = ()
    reminders: tuple[int, ...] = ()


def render_ics(entries: Iterable[CalendarEntry], *, name: str, stamp: date) -> bytes:
    """Return the calendar as bytes in UTF-8; `stamp` is the day on which it was made."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//fatf-kit//calendar//EN", f"X-WR-CALNAME:{_text(name)}"]
    for entry in entries:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_text(entry.uid)}",
            f"DTSTAMP:{stamp:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{entry.first:%Y%m%d}",
            f"DTEND;VALUE=DATE:{entry.last + timedelta(days=1):%Y%m%d}",  # the end is the day after
            f"SUMMARY:{_text(entry.title)}",
            *([f"DESCRIPTION:{_text(entry.text)}"] if entry.text else []),
            *([f"CATEGORIES:{','.join(map(_text, entry.categories))}"] if entry.categories else []),
            "TRANSP:TRANSPARENT",
            *(line for days in entry.reminders for line in _alarm(entry, days)),
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _alarm(entry: CalendarEntry, days: int) -> tuple[str, ...]:
    """Return a reminder that shows the title; a day without a time begins at midnight, so it comes in the morning."""
    return (
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_text(entry.title)}",
        f"TRIGGER:-P{days - 1}DT15H" if days > 1 else "TRIGGER:-PT15H",
        "END:VALARM",
    )


def _text(text: str) -> str:
    r"""Return a value with its special signs escaped.

    >>> print(_text("Laws; decrees, \\ and\nmore"))
    Laws\; decrees\, \\ and\nmore
    """
    for sign, instead in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "\\n")):
        text = text.replace(sign, instead)
    return text


def _folded(line: str) -> str:
    """Return the line broken where it is too long, never inside a letter; what goes on begins with a space."""
    pieces, used = [""], 0
    for letter in line:
        size = len(letter.encode())
        if used + size > _LINE:
            pieces.append(" ")
            used = 1
        pieces[-1] += letter
        used += size
    return "\r\n".join(pieces)
