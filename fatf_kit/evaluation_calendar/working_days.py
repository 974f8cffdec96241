"""Working days: a week has its weekend and a country its holidays; both are settings."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from fatf_kit.core.messages import Translator
from fatf_kit.framework.weekends import Weekend, WeekendSource

_LONGEST_BREAK = 60
"""More days than this without a working day means that the settings leave none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingWeek:
    """`weekend` holds weekdays as `date.weekday` counts them (Monday is 0), `holidays` the days that are off besides.

    >>> gulf = WorkingWeek(weekend=frozenset({4, 5}))
    >>> gulf.is_working(date(2027, 3, 19)), gulf.is_working(date(2027, 3, 21))
    (False, True)
    """

    weekend: frozenset[int] = frozenset({5, 6})
    holidays: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        """Return whether people work on that day."""
        return day.weekday() not in self.weekend and day not in self.holidays

    def on_or_before(self, day: date) -> date:
        """Return the day itself, or the last working day before it."""
        return self._walk(day, -1)

    def on_or_after(self, day: date) -> date:
        """Return the day itself, or the first working day after it."""
        return self._walk(day, 1)

    def add(self, day: date, count: int) -> date:
        """Return so many working days later, or earlier where the count is negative; 0 leaves the day as it is.

        >>> WorkingWeek().add(date(2027, 3, 19), 1), WorkingWeek().add(date(2027, 3, 22), -1)
        (datetime.date(2027, 3, 22), datetime.date(2027, 3, 19))
        """
        step = 1 if count > 0 else -1
        for _ in range(abs(count)):
            day = self._walk(day + timedelta(days=step), step)
        return day

    def between(self, first: date, last: date) -> int:
        """Return working days from the first to the last day, both included; 0 where the last lies before the first."""
        span = range((last - first).days + 1)
        return sum(self.is_working(first + timedelta(days=n)) for n in span)

    def last_of(self, start: date, length: int) -> date:
        """Return the last day of work of so many working days that begins on `start` or the next working day."""
        return self.add(self.on_or_after(start), max(length, 1) - 1)

    def _walk(self, day: date, step: int) -> date:
        for _ in range(_LONGEST_BREAK):
            if self.is_working(day):
                return day
            day += timedelta(days=step)
        return day


def add_months(day: date, months: int) -> date:
    """Return the same day so many months later, or the last day of that month where it is shorter.

    >>> add_months(date(2027, 3, 31), -1), add_months(date(2026, 11, 30), 3)
    (datetime.date(2027, 2, 28), datetime.date(2027, 2, 28))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def describe_weekend(weekend: Weekend, t: Translator) -> str:
    """Return the days off with their source, as "Friday and Saturday (Unicode CLDR; confidence: confirmed)"."""
    days = t.listed(t.weekday(day) for day in sorted(weekend.days)) or t("none")
    source = {
        WeekendSource.SETTINGS: t("your settings"),
        WeekendSource.COUNTRY: t("country data of fatf-kit"),
        WeekendSource.CLDR: t("Unicode CLDR"),
        WeekendSource.NOT_KNOWN: t("country not known"),
    }[weekend.source]
    levels = {"confirmed": t("confirmed"), "secondary": t("secondary"), "own knowledge": t("own knowledge")}
    if weekend.confidence:
        level = levels.get(weekend.confidence, weekend.confidence)
        source = t("{source}; confidence: {confidence}", source=source, confidence=level)
    return t("{text} ({place})", text=days, place=source)
