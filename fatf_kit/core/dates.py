"""Dates and times that people write into settings and options."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.languages import YEARS


def parse_day(text: str) -> date:
    """Return a date written as year-month-day, which is the only form accepted.

    Raises:
        FatfKitError: anything else.

    >>> parse_day("2027-03-19")
    datetime.date(2027, 3, 19)
    """
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return check_day(date.fromisoformat(text))
    except ValueError:
        pass  # a day that the month does not have
    raise FatfKitError("'{found}' is not a date. Write year-month-day, like 2027-03-19.", found=text)


def check_day(day: date) -> date:
    """Return the same day if its year can be that of an evaluation; offsets from other dates can leave the calendar.

    Raises:
        FatfKitError: the year belongs to another calendar, or is a typing error.
    """
    if day.year in YEARS:
        return day
    raise FatfKitError(
        "The year of {day} is not between {first} and {last}. Correct the date.",
        day=day,
        first=YEARS[0],
        last=YEARS[-1],
    )


def check_moment(text: str) -> str:
    """Return the same text if it is a date, or a date and time, in ISO 8601.

    Raises:
        FatfKitError: it is neither.
    """
    try:
        datetime.fromisoformat(text)
    except (TypeError, ValueError):
        example = "2027-03-19T14:30+03:00"
        raise FatfKitError(
            "'{found}' is not a date and time. Write ISO 8601, like {example}.", found=text, example=example
        ) from None
    return text


def read_moment(text: str) -> datetime:
    """Return a date, or a date and time, in ISO 8601 as a moment in UTC.

    A date alone is read as noon, so that programs show the same day in nearly every time zone. A time without a zone
    is in UTC.

    >>> read_moment("2027-03-19").isoformat()
    '2027-03-19T12:00:00+00:00'
    >>> read_moment("2027-03-19T14:30+03:00").isoformat()
    '2027-03-19T11:30:00+00:00'
    """
    if len(text) == len("2027-03-19"):
        return datetime.combine(date.fromisoformat(text), time(12), UTC)
    found = datetime.fromisoformat(text)
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
