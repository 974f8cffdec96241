"""An assessment folder: finding it and reading it, from its workbook or from its files of text."""

from __future__ import annotations

from pathlib import Path

from fatf_kit.assessment.folder.agencies import read_agencies
from fatf_kit.assessment.folder.assignment import read_assignment
from fatf_kit.assessment.folder.control_reader import read_control
from fatf_kit.assessment.folder.csv_tables import UNREAD
from fatf_kit.assessment.folder.model import AGENCIES, ASSIGNMENT, CONTROL, SETTINGS, AssessmentSettings, Workspace
from fatf_kit.assessment.folder.settings import read_settings
from fatf_kit.assessment.folder.unread_files import find_unread_copies
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.files import is_remote
from fatf_kit.core.messages import find_country_name
from fatf_kit.core.national_words import base_language
from fatf_kit.core.problems import Problem
from fatf_kit.core.store import read_written_files
from fatf_kit.core.store.outputs import WRITTEN
from fatf_kit.framework.loader import load_framework


def find_workspace(start: Path) -> Path | None:
    """Return the assessment folder that a path is or lies in, the nearest one; None where it is in none."""
    if is_remote(start):
        return None
    place = start.resolve()
    return next(filter(is_workspace, (place, *place.parents)), None)


def is_workspace(path: Path) -> bool:
    """Return whether a path is an assessment folder; a folder of reports has files of the same names, with a note."""
    if is_remote(path):
        return False
    written = read_written_files(path)
    if not written and (path / WRITTEN).is_file():  # a note that cannot be read
        return False
    found = [name for name in (CONTROL, SETTINGS) if (path / name).is_file()]
    return bool(found) and not set(found) <= set(written)


def read_workspace(path: str | Path) -> tuple[Workspace | None, tuple[Problem, ...]]:
    """Return settings, agencies and assignment, and every fault in them. None where the settings cannot be used.

    >>> workspace, problems = read_workspace("examples/ruritania")
    >>> workspace.settings.country, len(workspace.agencies), [str(problem.code) for problem in problems]
    ('XRU', 8, ['assignment-open'])
    """
    folder = Path(path)
    if (folder / CONTROL).is_file():
        workspace, problems = read_control(folder / CONTROL)
        return workspace, (*problems, *find_unread_copies(folder))
    settings, problems = read_settings(folder / SETTINGS)
    if settings is None:
        return None, problems
    agencies, found = read_agencies(folder / AGENCIES, settings.languages[0])
    unread = any(problem.code in UNREAD for problem in found)  # then every agency counts as known
    known = None if unread else agencies
    assignment, more = read_assignment(folder / ASSIGNMENT, load_framework(settings.edition), known)
    workspace = Workspace(path=folder, settings=settings, agencies=agencies, assignment=assignment)
    return workspace, (*problems, *found, *more, *find_unread_copies(folder))


def open_workspace(path: str | Path) -> tuple[Workspace, tuple[Problem, ...]]:
    """Return as `read_workspace`, for those who cannot go on without settings.

    Raises:
        FatfKitError: the settings cannot be used.
    """
    workspace, problems = read_workspace(path)
    if workspace is None:
        raise FatfKitError("The folder cannot be used. {problems}", problems=problems)
    return workspace, problems


def check_workspace(path: str | Path) -> None:
    """Check that a path is an assessment folder.

    Raises:
        FatfKitError: it is not.
    """
    if not is_workspace(Path(path)):
        raise FatfKitError("{folder} is not an assessment folder. Name the folder with assessment.xlsx.", folder=path)


def name_country(settings: AssessmentSettings, language: str) -> str:
    """Return the country's name in a language."""
    names = settings.names
    return names.get(base_language(language)) or names.get("en") or find_country_name(settings.country, language)


def find_policy(workspace: Workspace) -> str:
    """Return the policy as scoring takes it: a file in the folder where there is one, else an id.

    Raises:
        FatfKitError: the name leads out of the folder.
    """
    name = workspace.settings.policy
    place = workspace.path / name
    if is_remote(place) or not place.is_file():
        return name
    if not place.resolve().is_relative_to(workspace.path.resolve()):
        raise FatfKitError(
            "The file of scoring rules '{name}' is outside the assessment folder. Copy it into the folder.", name=name
        )
    return str(place)
