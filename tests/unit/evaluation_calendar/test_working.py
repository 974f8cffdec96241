"""Working days: weekends and holidays are settings."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from fatf_kit.evaluation_calendar.working_days import WorkingWeek, add_months

GULF = WorkingWeek(weekend=frozenset({4, 5}), holidays=frozenset({date(2027, 3, 21)}))
DAYS = st.dates(date(2024, 1, 1), date(2030, 1, 1))


def test_weekends_and_holidays_are_days_off() -> None:
    """Thursday the 18th is followed by a weekend and a holiday; before the first day there is no working day."""
    thursday, monday = date(2027, 3, 18), date(2027, 3, 22)
    assert GULF.add(thursday, 1) == monday
    assert GULF.last_of(date(2027, 3, 19), 1) == monday
    assert GULF.between(monday, thursday) == 0


@given(day=DAYS, count=st.integers(1, 60))
def test_there_and_back(day: date, count: int) -> None:
    """From a working day so many days on and back again is the same day."""
    start = GULF.on_or_after(day)
    assert start == GULF.add(GULF.add(start, count), -count)


@given(day=DAYS, length=st.integers(1, 60))
def test_length_counts_both_ends(day: date, length: int) -> None:
    """Work of so many days takes so many working days."""
    assert length == GULF.between(GULF.on_or_after(day), GULF.last_of(day, length))


@given(day=DAYS, months=st.integers(-30, 30))
def test_months_never_leave_the_month(day: date, months: int) -> None:
    """The month is the one asked for, and the day never a later one than it was."""
    moved = add_months(day, months)
    assert day.year * 12 + day.month + months == moved.year * 12 + moved.month
    assert moved.day <= day.day
    assert moved.day == day.day or (moved + timedelta(days=1)).day == 1
