"""The cycles of reporting: Plenaries by month, and the days of a cycle counted back from the Plenary."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from fatf_kit.action_plan.items.model import ItemRegister, ReportCycle
from fatf_kit.action_plan.items.rules import load_monitoring
from fatf_kit.core.messages import Translator
from fatf_kit.evaluation_calendar.timetable import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleDay:
    """A day of a cycle. `name` is a message; `by` who has to act; `confidence` says how sure the day is."""

    id: str
    name: str
    by: Actor
    day: date
    confidence: str


OWN = "country's own"
"""The confidence of a day that the country entered."""

PLENARY = "Plenary"
"""The name of the last day of a cycle."""


def list_plenaries(first: date, count: int) -> Iterator[ReportCycle]:
    """Yield the cycles of the next Plenaries after a day; their days are open, because FATF announces them.

    >>> [one.id for one in list_plenaries(date(2026, 11, 29), 4)]
    ['2027-02', '2027-06', '2027-10', '2028-02']
    """
    months = load_monitoring().meetings.plenaries
    year, found = first.year, 0
    while found < count:
        for month in months:
            if (year, month) > (first.year, first.month) and found < count:
                found += 1
                yield ReportCycle(id=f"{year}-{month:02}")
        year += 1


def find_plenary(month: str) -> str:
    """Return the month of the first Plenary in or after a month, in which a deadline is judged.

    >>> find_plenary("2027-05"), find_plenary("2027-06"), find_plenary("2027-11")
    ('2027-06', '2027-06', '2028-02')
    """
    year, number = int(month[:4]), int(month[5:])
    months = load_monitoring().meetings.plenaries
    later = [one for one in months if one >= number]
    return f"{year}-{later[0]:02}" if later else f"{year + 1}-{months[0]:02}"


def find_cycle(register: ItemRegister, today: date) -> ReportCycle | None:
    """Return the first cycle whose Plenary is not over, or else the last one; None where there are no cycles.

    A Plenary is over a week after its first day, or at the end of its month where that day is open.
    """
    cycles = list(register.cycles_by_id.values())
    return next((one for one in cycles if not _is_over(one, today)), cycles[-1] if cycles else None)


def _is_over(cycle: ReportCycle, today: date) -> bool:
    if cycle.plenary is None:
        return cycle.id < f"{today:%Y-%m}"
    return today >= cycle.plenary + timedelta(weeks=1)


def list_cycle_days(cycle: ReportCycle) -> tuple[CycleDay, ...]:
    """Return the days of a cycle in order of time.

    A day that the country has not entered is counted back from the Plenary, or from the first of its month where that
    day is open too.
    """
    plenary = cycle.plenary or cycle.first_day
    own = {"due": cycle.due, "meeting": cycle.meeting}
    days = []
    for step in load_monitoring().cycle:
        typed = own.get(step.id)
        day, confidence = (typed, OWN) if typed else (plenary + timedelta(weeks=step.weeks), step.confidence)
        days.append(CycleDay(id=step.id, name=step.name, by=step.by, day=day, confidence=confidence))
    meetings = load_monitoring().meetings
    confidence = OWN if cycle.plenary else meetings.confidence
    days.append(CycleDay(id="plenary", name=PLENARY, by=Actor.BOTH, day=plenary, confidence=confidence))
    return tuple(sorted(days, key=lambda one: one.day))


def describe_cycle_day(cycle: ReportCycle, day: CycleDay, t: Translator) -> str:
    """Return a day of a cycle in words, with the month of its Plenary."""
    return t("{text} ({place})", text=t(day.name), place=t("Plenary of {month}", month=t.month(cycle.id)))


def fill_days(cycle: ReportCycle) -> ReportCycle:
    """Return a cycle with its due day, counted back from the Plenary where the country has not entered it."""
    if cycle.due:
        return cycle
    return replace(cycle, due=next(one.day for one in list_cycle_days(cycle) if one.id == "due"))
