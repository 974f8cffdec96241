"""Days, and the settings of dates, as the files of a folder have them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from fatf_kit.assessment.folder.folder import find_workspace, read_workspace
from fatf_kit.assessment.folder.model import Workspace
from fatf_kit.core.dates import check_day, parse_day
from fatf_kit.evaluation_calendar.settings import (
    SETTINGS,
    PlanSettings,
    add_assessment_settings,
    apply_country,
    read_settings,
)
from fatf_kit.evaluation_calendar.timetable import Schedule, schedule_assessment
from fatf_kit.framework.weekends import Weekend

Day = date | str
"""A day, or its text like "2027-03-19"."""


def read_plan_settings(
    paths: Sequence[str | Path], given: str | Path | None, country: str | None, recorded: Weekend | None = None
) -> PlanSettings:
    """Return the settings of plan.json, of the assessment folder that is read, and the weekend of the country.

    Raises:
        FatfKitError: plan.json cannot be read or does not conform to its schema.
    """
    own = read_settings(find_settings_file(paths, given))
    home = find_workspace(Path(paths[0])) if len(paths) == 1 else None
    if home and (workspace := read_workspace(home)[0]):
        own = add_assessment_settings(own, workspace.settings)
    return apply_country(own, country, recorded)


def read_folder_plan_settings(workspace: Workspace) -> PlanSettings:
    """Return the settings as `read_plan_settings` does, of an assessment folder that was read already.

    Raises:
        FatfKitError: plan.json cannot be read or does not conform to its schema.
    """
    own = read_settings(find_settings_file([workspace.path], None))
    return apply_country(add_assessment_settings(own, workspace.settings), workspace.settings.country)


def find_settings_file(paths: Iterable[str | Path], given: str | Path | None) -> Path | None:
    """Return the file of settings: the one named, else plan.json in the folder, or next to the file, that is read."""
    if given is not None:
        return Path(given)
    places = [Path(path) for path in paths]
    if len(places) != 1:
        return None
    folder = places[0] if places[0].is_dir() else places[0].parent
    return folder / SETTINGS if (folder / SETTINGS).is_file() else None


def read_day(day: Day) -> date:
    """Return a day given as a date or as text.

    Raises:
        FatfKitError: the text is not a date.
    """
    return parse_day(day) if isinstance(day, str) else check_day(day)


def find_folder_schedule(workspace: Workspace, cut_off: date | None) -> Schedule | None:
    """Return the dates of the evaluation by the settings of a folder; None where neither visit nor cut-off is dated.

    Raises:
        FatfKitError: the settings of the folder contradict each other.
    """
    own = read_folder_plan_settings(workspace)
    return schedule_assessment(workspace.settings.edition, own, workspace.settings, cut_off)
