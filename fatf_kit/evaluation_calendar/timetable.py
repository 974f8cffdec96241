"""The dates of an evaluation: every step as an offset from the visit or the plenary, forwards and backwards.

Offsets are data of the edition (timetable.json), each with its confidence, and each may be set by the country.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path

from fatf_kit.core.errors import FatfKitError, FrameworkError, UnknownIdError
from fatf_kit.core.json_files import load_json
from fatf_kit.core.problems import Problem
from fatf_kit.core.resources import data_folder
from fatf_kit.evaluation_calendar.settings import PlanSettings
from fatf_kit.evaluation_calendar.working_days import WorkingWeek, add_months
from fatf_kit.framework import list_editions

FILE = "timetable.json"
_SCHEMA = "timetable.schema.json"
OWN = "country's own"
"""The confidence of an offset that the country has set itself."""

VISIT, VISIT_END, PLENARY = "visit", "visit end", "plenary"
_FIXED = (VISIT, VISIT_END, PLENARY)


class Actor(StrEnum):
    """Who has to act."""

    COUNTRY = "country"
    ASSESSORS = "assessors"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offset:
    """So many days, weeks, months or working days after an anchor; before it where the count is negative."""

    count: int
    unit: str
    confidence: str
    up_to: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimetableStep:
    """One step: what happens, who acts, and when, counted from an anchor."""

    id: str
    what: str
    anchor: str
    by: Actor
    offset: Offset


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """All steps of one edition. `visit` is the length of the visit, `plenary` how long after its first day it comes.

    `sources` says by confidence where offsets come from.
    """

    edition: str
    sources: Mapping[str, str]
    note: str
    visit: Offset
    plenary: Offset
    events: tuple[TimetableStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDate:
    """One step with its day. `until` is the last day where the step has a span; None where it has none.

    `anchor` and `offset` say from what it is counted; they are empty and None for the visit and the plenary themselves.
    """

    id: str
    what: str
    by: Actor
    day: date
    until: date | None
    confidence: str
    anchor: str = ""
    offset: Offset | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """The dates of one evaluation, in order of time. The cut-off is the last day of the visit."""

    timetable: Timetable
    visit: date
    visit_end: date
    plenary: date
    events: tuple[CalendarDate, ...]


@cache
def load_timetable(edition: str) -> Timetable:
    """The timetable of a bundled edition.

    Raises:
        UnknownIdError: no such edition.
        FrameworkError: the edition has no timetable, or it is at odds with its schema.

    >>> load_timetable("fatf-2022").plenary.count, load_timetable("fatf-2022").plenary.unit
    (8, 'months')
    """
    if edition not in list_editions():
        raise UnknownIdError(f"There is no edition {edition!r}. Use one of: {', '.join(list_editions())}.")
    path = data_folder("frameworks") / edition / FILE
    if not path.is_file():
        raise FrameworkError(f"{edition} has no timetable yet: its folder holds no {FILE}.")
    data, problems = load_json(path, _SCHEMA, f"{edition}/{FILE}")
    if problems:
        raise FrameworkError(f"The timetable has {len(problems)} faults; the first: {problems[0].message}")
    return Timetable(
        edition=data["edition"],
        sources=data["sources"],
        note=data["note"],
        visit=_offset(data["visit"]),
        plenary=_offset(data["plenary"]),
        events=tuple(
            TimetableStep(id=one["id"], what=one["what"], anchor=one["from"], by=Actor(one["by"]), offset=_offset(one))
            for one in data["events"]
        ),
    )


def check_timetable_file(folder: Path) -> tuple[Problem, ...]:
    """Every fault in an edition's timetable; an edition without any has none."""
    path = folder / FILE
    return load_json(path, _SCHEMA, f"{folder.name}/{FILE}")[1] if path.is_file() else ()


def _offset(data: Mapping[str, object]) -> Offset:
    kept = ("count", "unit", "confidence", "up_to")
    return Offset(**{key: data[key] for key in kept if key in data})  # type: ignore[arg-type]


def apply_offsets(timetable: Timetable, offsets: Mapping[str, tuple[int, str, int | None]]) -> Timetable:
    """The timetable with the country's own offsets, by id of an event, "visit" (its length) or "plenary".

    Raises:
        FatfKitError: an event that is not there, or a length that is none.
    """
    known = {"visit", "plenary", *(event.id for event in timetable.events)}
    if strange := sorted(set(offsets) - known):
        raise FatfKitError(f"The timetable has no step {strange[0]!r}. Use some of: {', '.join(sorted(known))}.")
    own = {
        key: Offset(count=count, unit=unit, confidence=OWN, up_to=up_to)
        for key, (count, unit, up_to) in offsets.items()
    }
    for key in ("visit", "plenary"):
        if key in own and own[key].count < 1:
            raise FatfKitError(f"The offset of {key!r} is {own[key].count}; it has to be 1 or more.")
    return replace(
        timetable,
        visit=own.get("visit", timetable.visit),
        plenary=own.get("plenary", timetable.plenary),
        events=tuple(replace(event, offset=own.get(event.id, event.offset)) for event in timetable.events),
    )


def build_schedule(
    timetable: Timetable,
    settings: PlanSettings,
    *,
    visit: date | None = None,
    visit_end: date | None = None,
    plenary: date | None = None,
) -> Schedule:
    """Every date, from the first day of the visit, from the plenary, or from both.

    What is not given is counted from what is. A step that falls on a day off moves to the working day before it where
    the country has to act, or where it leads up to its anchor, and to the one after it otherwise. A day that was given
    stays.

    Raises:
        FatfKitError: neither is given, or they contradict each other.
    """
    table, week = apply_offsets(timetable, settings.offsets), settings.week
    if visit is None and plenary is None:
        raise FatfKitError("Give the first day of the visit or the day of the plenary.")
    if visit is None:
        assert plenary is not None  # noqa: S101 - said above
        visit = week.on_or_before(_moved(plenary, replace(table.plenary, count=-table.plenary.count), week))
    if plenary is None:
        plenary = week.on_or_after(_moved(visit, table.plenary, week))
    visit_end = visit_end or _visit_end(visit, table.visit, week)
    if not visit <= visit_end < plenary:
        raise FatfKitError(f"The visit ({visit} to {visit_end}) has to end before the plenary ({plenary}).")
    anchors = {VISIT: visit, VISIT_END: visit_end, PLENARY: plenary}
    events = [_dated(event, anchors, week) for event in table.events]
    events += [
        CalendarDate(
            id="visit", what=VISIT_NAME, by=Actor.BOTH, day=visit, until=visit_end, confidence=table.visit.confidence
        ),
        CalendarDate(
            id="plenary", what=PLENARY_NAME, by=Actor.BOTH, day=plenary, until=None, confidence=table.plenary.confidence
        ),
    ]
    return Schedule(
        timetable=table,
        visit=visit,
        visit_end=visit_end,
        plenary=plenary,
        events=tuple(sorted(events, key=lambda event: (event.day, event.id))),
    )


VISIT_NAME = "On-site visit; measures count that are in force on its last day"
PLENARY_NAME = "Plenary discussion of the report"


def _visit_end(visit: date, length: Offset, week: WorkingWeek) -> date:
    if length.unit == "working days":
        return week.last_of(visit, length.count)
    return _moved(visit, length, week) - timedelta(days=1)


def _dated(event: TimetableStep, anchors: Mapping[str, date], week: WorkingWeek) -> CalendarDate:
    anchor, offset = anchors[event.anchor], event.offset
    early = offset.count < 0 or event.by is Actor.COUNTRY
    settle = week.on_or_before if early else week.on_or_after
    until = None
    if offset.up_to is not None:
        until = settle(_moved(anchor, replace(offset, count=offset.up_to), week))
    return CalendarDate(
        id=event.id,
        what=event.what,
        by=event.by,
        day=settle(_moved(anchor, offset, week)),
        until=until,
        confidence=offset.confidence,
        anchor=event.anchor,
        offset=offset,
    )


def _moved(day: date, offset: Offset, week: WorkingWeek) -> date:
    if offset.unit == "working days":
        return week.add(day, offset.count)
    if offset.unit == "months":
        return add_months(day, offset.count)
    return day + timedelta(days=offset.count * (7 if offset.unit == "weeks" else 1))
