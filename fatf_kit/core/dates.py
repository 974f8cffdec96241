"""Days and moments as people write them."""

from __future__ import annotations

import re
from datetime import date, datetime

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.languages import YEARS


def parse_day(text: str) -> date:
    """A date written as year-month-day, and in no other way.

    Raises:
        FatfKitError: anything else.

    >>> parse_day("2027-03-19")
    datetime.date(2027, 3, 19)
    """
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return check_day(date.fromisoformat(text))
    except ValueError:
        pass  # a day that no month has
    raise FatfKitError(f"{text!r} is not a date. Write it as year-month-day, like 2027-03-19.")


def check_day(day: date) -> date:
    """The same day, if an evaluation may have to do with it; dates counted from others run out of the calendar.

    Raises:
        FatfKitError: a year of another calendar, or a slip.
    """
    if day.year in YEARS:
        return day
    raise FatfKitError(f"{day.isoformat()}: the year has to lie between {YEARS[0]} and {YEARS[-1]}. Correct it.")


def check_moment(text: str) -> str:
    """The same text, if it is a date or a date and time in ISO 8601.

    Raises:
        FatfKitError: it is none.
    """
    try:
        datetime.fromisoformat(text)
    except (TypeError, ValueError):
        example = "2027-03-19T14:30+03:00"
        raise FatfKitError(f"generated_at is {text!r} and no date. Write it in ISO 8601, like {example}.") from None
    return text
