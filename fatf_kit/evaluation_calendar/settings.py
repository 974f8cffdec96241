"""A country's settings for its plan and calendar: working week, holidays, lead times, efforts, capacity, offsets.

The file is plan.json, in the assessment folder or anywhere; everything it does not set stays as shipped.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from fatf_kit.assessment.answers.country_names import find_country
from fatf_kit.assessment.folder.model import AssessmentSettings
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.json_files import load_json
from fatf_kit.evaluation_calendar.working_days import WorkingWeek
from fatf_kit.framework.weekends import DAYS, Weekend, WeekendSource, find_weekend

SETTINGS = "plan.json"
_SCHEMA = "plan-settings.schema.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSettings:
    """All settings of a country.

    Attributes:
        week: Its working week and holidays.
        weekend: The days off in that week, with their source.
        lead_times: Working days by stage, by kind of action, instead of those shipped.
        efforts: Person-days by kind of action, instead of those shipped.
        capacity: How many actions an owner works on at a time; under "" that of every owner not named.
        offsets: Count, unit and (for a span) the later count, by id of an event of the timetable.
        dates: The country's own days, by id of an event of the timetable.
        iso3: The country, as its ISO 3166-1 alpha-3 code; empty where it is not known.
    """

    week: WorkingWeek = field(default_factory=WorkingWeek)
    weekend: Weekend = field(default_factory=Weekend)
    lead_times: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    efforts: Mapping[str, int] = field(default_factory=dict)
    capacity: Mapping[str, int] = field(default_factory=dict)
    offsets: Mapping[str, tuple[int, str, int | None]] = field(default_factory=dict)
    dates: Mapping[str, date] = field(default_factory=dict)
    iso3: str = ""


def add_assessment_settings(settings: PlanSettings, folder: AssessmentSettings) -> PlanSettings:
    """Return the settings with the weekend, holidays and dates of an assessment folder; those of plan.json stay.

    >>> folder = AssessmentSettings(country="IRQ", edition="fatf-2022", weekend=("friday",))
    >>> add_assessment_settings(PlanSettings(), folder).weekend.names
    ('friday',)
    """
    weekend = settings.weekend
    if folder.weekend and weekend.source is not WeekendSource.SETTINGS:
        weekend = Weekend(days=frozenset(map(DAYS.index, folder.weekend)), source=WeekendSource.SETTINGS)
    week = WorkingWeek(weekend=weekend.days, holidays=settings.week.holidays | folder.holidays.keys())
    return replace(settings, weekend=weekend, week=week, dates=folder.dates)


def apply_country(settings: PlanSettings, country: str | None, recorded: Weekend | None = None) -> PlanSettings:
    """Return the settings of a country, by its code or name, with its weekend; a weekend that it has set itself stays.

    `recorded` is the weekend that a plan was made with; it goes before that of the country.

    >>> found = apply_country(PlanSettings(), "Iraq")
    >>> found.weekend.names, found.iso3
    (('friday', 'saturday'), 'IRQ')
    """
    settings = replace(settings, iso3=find_country(country) or "")
    if settings.weekend.source is WeekendSource.SETTINGS:
        return settings
    weekend = recorded or find_weekend(settings.iso3)
    return replace(settings, weekend=weekend, week=replace(settings.week, weekend=weekend.days))


def read_settings(path: Path | None) -> PlanSettings:
    """Return the settings in a file; those shipped where there is none.

    Raises:
        FatfKitError: the file cannot be read or does not conform to its schema.
    """
    if path is None:
        return PlanSettings()
    try:
        data, problems = load_json(path, _SCHEMA)
    except OSError as fault:
        raise FatfKitError("{file} cannot be read: {why}.", file=path.name, why=fault.strerror) from fault
    if problems:
        raise FatfKitError(problems[0])
    holidays = frozenset(_read_day(one["day"], path.name) for one in data.get("holidays", ()))
    weekend = Weekend()
    if "weekend" in data:
        weekend = Weekend(days=frozenset(map(DAYS.index, data["weekend"])), source=WeekendSource.SETTINGS)
    return PlanSettings(
        week=WorkingWeek(weekend=weekend.days, holidays=holidays),
        weekend=weekend,
        offsets={key: (one["count"], one["unit"], one.get("up_to")) for key, one in data.get("offsets", {}).items()},
        **{key: data[key] for key in ("lead_times", "efforts", "capacity") if key in data},
    )


def _read_day(text: str, name: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise FatfKitError(
            "'{found}' in {file} is not a day of the calendar. Correct it.", found=text, file=name
        ) from None
