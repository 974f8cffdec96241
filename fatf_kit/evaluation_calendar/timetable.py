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
from typing import TypeVar

from fatf_kit.assessment.folder.model import AssessmentSettings
from fatf_kit.core.errors import FatfKitError, FrameworkError, UnknownIdError
from fatf_kit.core.json_files import load_json, load_value
from fatf_kit.core.problems import Problem
from fatf_kit.core.resources import data_folder
from fatf_kit.evaluation_calendar.observation import find_priority
from fatf_kit.evaluation_calendar.settings import PlanSettings
from fatf_kit.evaluation_calendar.working_days import WorkingWeek, add_months
from fatf_kit.framework import list_editions

FILE = "timetable.json"
_SCHEMA = "timetable.schema.json"
OWN = "country's own"
"""The confidence of an offset that the country has set itself."""

VISIT, VISIT_END, PLENARY = "visit", "visit end", "plenary"
VISIT_NAME = "On-site visit; only measures in force on its last day count"
PLENARY_NAME = "Plenary discussion of the report"
OBSERVATION_END = "observation-end"
LATER_OBSERVATION_NAME = (
    "Usual end of the observation period, if the country was referred to the ICRG. It may be later, because the "
    "country is a least developed one"
)
SUBMISSION_STEPS = ("tc-submission", "effectiveness-submission")
"""The steps at which the country hands in its submissions, by their ids."""

_OffsetType = TypeVar("_OffsetType", bound="Offset")


class Actor(StrEnum):
    """The party that has to act."""

    COUNTRY = "country"
    ASSESSORS = "assessors"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offset:
    """A number of days, weeks, months or working days after an anchor; before it where the count is negative.

    `up_to` is the count of the last day where a step has a span.
    """

    count: int
    unit: str
    confidence: str
    up_to: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimetableStep(Offset):
    """One step: what happens, who acts, and the anchor from which its offset is counted."""

    id: str
    what: str
    anchor: str
    by: Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """All steps of one edition. `visit` is the length of the visit, `plenary` how long after its first day it comes.

    `sources` names by confidence where offsets come from.
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

    `anchor` and `offset` give what it is counted from; they are empty and None for the visit and the plenary.
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

    @property
    def submissions(self) -> tuple[CalendarDate, ...]:
        """The submissions of the country, the technical one first."""
        return tuple(event for event in self.events if event.id in SUBMISSION_STEPS)


@cache
def load_timetable(edition: str) -> Timetable:
    """Return the timetable of a bundled edition.

    Raises:
        UnknownIdError: no such edition.
        FrameworkError: the edition has no timetable, or the file does not conform to its schema.

    >>> load_timetable("fatf-2022").plenary.count, load_timetable("fatf-2022").plenary.unit
    (8, 'months')
    """
    if edition not in list_editions():
        raise UnknownIdError("'{found}' is not an edition. Allowed: {names}.", found=edition, names=list_editions())
    path = data_folder("frameworks") / edition / FILE
    if not path.is_file():
        raise FrameworkError(
            "{edition} does not have a timetable yet: its folder does not contain {file}.", edition=edition, file=FILE
        )
    return load_value(path, Timetable, _SCHEMA)


def check_timetable_file(folder: Path) -> tuple[Problem, ...]:
    """Return every fault in an edition's timetable; an edition without any has none."""
    path = folder / FILE
    return load_json(path, _SCHEMA, f"{folder.name}/{FILE}")[1] if path.is_file() else ()


def apply_offsets(timetable: Timetable, offsets: Mapping[str, tuple[int, str, int | None]]) -> Timetable:
    """Return the timetable with the country's own offsets, by id of a step, "visit" (its length) or "plenary".

    Raises:
        FatfKitError: a step does not exist, or a length is less than 1.
    """
    known = {"visit", "plenary", *(event.id for event in timetable.events)}
    if unknown := sorted(set(offsets) - known):
        raise FatfKitError(
            "'{found}' is not a step of the timetable. Allowed: {names}.", found=unknown[0], names=tuple(sorted(known))
        )
    for key in ("visit", "plenary"):
        if key in offsets and offsets[key][0] < 1:
            raise FatfKitError(
                "The offset of '{step}' is {found}. It must be 1 or more.", step=key, found=offsets[key][0]
            )

    def own(key: str, offset: _OffsetType) -> _OffsetType:
        if key not in offsets:
            return offset
        count, unit, up_to = offsets[key]
        return replace(offset, count=count, unit=unit, confidence=OWN, up_to=up_to)

    return replace(
        timetable,
        visit=own("visit", timetable.visit),
        plenary=own("plenary", timetable.plenary),
        events=tuple(own(event.id, event) for event in timetable.events),
    )


def build_schedule(
    timetable: Timetable,
    settings: PlanSettings,
    *,
    visit: date | None = None,
    visit_end: date | None = None,
    plenary: date | None = None,
) -> Schedule:
    """Return every date, from the first day of the visit, from the plenary, or from both.

    The day that is not given is counted from the other. A step that falls on a day off moves to the working day
    before it where the country has to act, or where it leads up to its anchor, and to the one after it otherwise. A day
    that was given stays. The end of the observation period says if it may be later than usual; how much is not known.

    Raises:
        FatfKitError: neither is given, or they contradict each other.
    """
    table, week = apply_offsets(timetable, settings.offsets), settings.week
    if visit is None and plenary is None:
        raise FatfKitError("Name the first day of the visit or the day of the Plenary.")
    if visit is None:
        assert plenary is not None  # noqa: S101 - checked above
        visit = week.on_or_before(_moved(plenary, replace(table.plenary, count=-table.plenary.count), week))
    if plenary is None:
        plenary = week.on_or_after(_moved(visit, table.plenary, week))
    visit_end = visit_end or _visit_end(visit, table.visit, week)
    if not visit <= visit_end < plenary:
        raise FatfKitError(
            "The visit ({first} to {last}) does not end before the Plenary ({plenary}). Correct the dates.",
            first=visit,
            last=visit_end,
            plenary=plenary,
        )
    anchors = {VISIT: visit, VISIT_END: visit_end, PLENARY: plenary}
    steps = (_date_step(step, anchors[step.anchor], week) for step in table.events)
    events = [_set_day(_name_observation(step, table.edition, settings.iso3), settings.dates) for step in steps]
    for key, name, until in (("visit", VISIT_NAME, visit_end), ("plenary", PLENARY_NAME, None)):
        confidence = table.visit.confidence if until else table.plenary.confidence
        day = anchors[key]
        events.append(CalendarDate(id=key, what=name, by=Actor.BOTH, day=day, until=until, confidence=confidence))
    return Schedule(
        timetable=table,
        visit=visit,
        visit_end=visit_end,
        plenary=plenary,
        events=tuple(sorted(events, key=lambda event: (event.day, event.id))),
    )


def schedule_assessment(
    edition: str, settings: PlanSettings, home: AssessmentSettings | None, cut_off: date | None
) -> Schedule | None:
    """Return every date of the evaluation of an assessment; None where neither its visit nor its cut-off is dated.

    The visit is that of the folder `home`. Where there is no folder, or the assessment has another `cut_off` than it,
    the visit is counted back from the cut-off date.

    Raises:
        FatfKitError: the dates contradict each other.
    """
    table = load_timetable(edition)
    if home and home.on_site_from and cut_off in (None, home.last_day):
        return build_schedule(table, settings, visit=home.on_site_from, visit_end=home.on_site_to)
    if cut_off is None:
        return None
    return build_schedule(table, settings, visit=find_first_day(table, settings, cut_off), visit_end=cut_off)


def find_first_day(table: Timetable, settings: PlanSettings, last: date) -> date:
    """Return the first day of a visit that ends on a day, by the length that the timetable or the country sets."""
    length = apply_offsets(table, settings.offsets).visit
    if length.unit == "working days":
        return settings.week.add(settings.week.on_or_before(last), 1 - length.count)
    days = {"weeks": 7, "days": 1}.get(length.unit, 30) * length.count
    return settings.week.on_or_after(last - timedelta(days=days - 1))


def _name_observation(event: CalendarDate, edition: str, iso3: str) -> CalendarDate:
    """Return the end of the observation period as the usual one, if it may be later; other steps as they are.

    An offset that the country has set itself stays as well.
    """
    if event.id != OBSERVATION_END or event.confidence == OWN:
        return event
    found = find_priority(edition, iso3, event.day)
    if found is None or not found.may_observe_longer or found.rules.observation is None:
        return event
    return replace(event, what=LATER_OBSERVATION_NAME, confidence=found.rules.observation.confidence)


def _set_day(event: CalendarDate, dates: Mapping[str, date]) -> CalendarDate:
    """Return a step on the country's own day, where it has set one."""
    if event.id not in dates:
        return event
    return replace(event, day=dates[event.id], until=None, confidence=OWN)


def _visit_end(visit: date, length: Offset, week: WorkingWeek) -> date:
    if length.unit == "working days":
        return week.last_of(visit, length.count)
    return _moved(visit, length, week) - timedelta(days=1)


def _date_step(step: TimetableStep, anchor: date, week: WorkingWeek) -> CalendarDate:
    is_early = step.count < 0 or step.by is Actor.COUNTRY
    move = week.on_or_before if is_early else week.on_or_after
    until = move(_moved(anchor, replace(step, count=step.up_to), week)) if step.up_to is not None else None
    return CalendarDate(
        id=step.id,
        what=step.what,
        by=step.by,
        day=move(_moved(anchor, step, week)),
        until=until,
        confidence=step.confidence,
        anchor=step.anchor,
        offset=step,
    )


def _moved(day: date, offset: Offset, week: WorkingWeek) -> date:
    if offset.unit == "working days":
        return week.add(day, offset.count)
    if offset.unit == "months":
        return add_months(day, offset.count)
    return day + timedelta(days=offset.count * (7 if offset.unit == "weeks" else 1))
