"""An assessment folder: finding it, reading it, making a new one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from fatf_kit.assessment.folder.agencies import read_agencies, render_agencies, starting_agencies
from fatf_kit.assessment.folder.assignment import fill_duties, read_assignment, render_assignment
from fatf_kit.assessment.folder.csv_tables import UNREAD
from fatf_kit.assessment.folder.model import (
    AGENCIES,
    ASSIGNMENT,
    HISTORY,
    REPORTS,
    RESPONSES,
    SETTINGS,
    TEMPLATES,
    AssessmentSettings,
    Materiality,
    Sector,
    Workspace,
)
from fatf_kit.assessment.folder.settings import read_settings, render_settings, sector_ids
from fatf_kit.assessment.folder.stray_files import find_stray_copies
from fatf_kit.core.errors import FatfKitError, UnknownIdError
from fatf_kit.core.files import WRITTEN, is_remote, write_file
from fatf_kit.core.messages import Translator, find_country_name
from fatf_kit.core.national_words import add_country, base_language
from fatf_kit.core.problems import Problem
from fatf_kit.core.resources import CURRENT_EDITION
from fatf_kit.framework.loader import list_editions, load_framework
from fatf_kit.framework.model import Framework

README = "README.txt"


def find_workspace(start: Path) -> Path | None:
    """Return the assessment folder that a path is or lies in: the nearest with an assessment.json; None without one."""
    if is_remote(start):
        return None
    place = start.resolve()
    return next(filter(is_workspace, (place, *place.parents)), None)


def is_workspace(path: Path) -> bool:
    """Return whether a path is an assessment folder; a folder of reports has a file of the same name, and a note."""
    return not is_remote(path) and (path / SETTINGS).is_file() and not (path / WRITTEN).is_file()


def read_workspace(path: str | Path) -> tuple[Workspace | None, tuple[Problem, ...]]:
    """Return settings, agencies and assignment, and every fault in them. None where the settings cannot be used."""
    folder = Path(path)
    settings, problems = read_settings(folder / SETTINGS)
    if settings is None:
        return None, problems
    agencies, found = read_agencies(folder / AGENCIES, settings.languages[0])
    unread = any(problem.code in UNREAD for problem in found)  # then every agency counts as known
    known = None if unread else agencies
    assignment, more = read_assignment(folder / ASSIGNMENT, load_framework(settings.edition), known)
    workspace = Workspace(path=folder, settings=settings, agencies=agencies, assignment=assignment)
    return workspace, (*problems, *found, *more, *find_stray_copies(folder))


def open_workspace(path: str | Path) -> tuple[Workspace, tuple[Problem, ...]]:
    """Return as `read_workspace`, for those who cannot go on without settings.

    Raises:
        FatfKitError: the settings cannot be used.
    """
    workspace, problems = read_workspace(path)
    if workspace is None:
        raise FatfKitError(" ".join(["The folder cannot be used.", *(problem.message for problem in problems)]))
    return workspace, problems


def name_country(settings: AssessmentSettings, language: str) -> str:
    """Return the country's name in a language."""
    names = settings.names
    return names.get(base_language(language)) or names.get("en") or find_country_name(settings.country, language)


def init_assessment(
    path: str | Path,
    *,
    country: str,
    edition: str = CURRENT_EDITION,
    on_site: tuple[date, date | None] | None = None,
    cut_off: date | None = None,
    languages: Sequence[str] = ("en",),
) -> Workspace:
    """Make an assessment folder with settings, a starting set of agencies and who answers what.

    `country` is an ISO 3166 code of three letters. The first of `languages` is the country's own: that of the tables'
    titles, the README and of agencies until they say otherwise. Nothing that is there already is touched.

    Raises:
        UnknownIdError: no such edition, country or language.
        FatfKitError: the folder has an assessment already, the dates do not fit, or it cannot be written.
    """
    folder, code = Path(path), country.strip().upper()
    if edition not in list_editions():
        raise UnknownIdError(f"There is no edition {edition!r}. Use one of: {', '.join(list_editions())}.")
    if len(code) != 3 or not code.isalpha() or find_country_name(code, "en") == code:
        raise UnknownIdError(f"{country!r} is no ISO 3166 code of a country. Write three letters, like IRQ.")
    _check_free(folder)
    first, last = on_site or (None, None)
    last = last or first
    if first and last and last < first:
        raise FatfKitError(f"The visit ends on {last}, before it begins on {first}.")
    sectors = tuple(Sector(id=name, materiality=Materiality.MODERATE) for name in sector_ids())
    settings = AssessmentSettings(
        country=code,
        edition=edition,
        on_site_from=first,
        on_site_to=last,
        cut_off=cut_off or last,
        languages=tuple(languages),
        sectors=sectors,
    )
    framework = load_framework(edition, languages[0])
    agencies = starting_agencies(languages[0], country)
    workspace = Workspace(
        path=folder, settings=settings, agencies=agencies, assignment=fill_duties(framework, agencies)
    )
    _write(workspace, framework, Translator(add_country(languages[0], country)))
    return workspace


def _check_free(folder: Path) -> None:
    for name in (SETTINGS, AGENCIES, ASSIGNMENT):
        if (folder / name).exists():
            raise FatfKitError(f"{folder} holds {name} already. Choose another folder, or edit the one that is there.")


def _write(workspace: Workspace, framework: Framework, t: Translator) -> None:
    """Write the tables, the README, and make the folders that a run fills."""
    folder = workspace.path
    write_file(folder / SETTINGS, render_settings(workspace.settings).encode())
    write_file(folder / AGENCIES, render_agencies(workspace.agencies))
    write_file(folder / ASSIGNMENT, render_assignment(framework, workspace.assignment))
    write_file(folder / README, render_readme(t).encode("utf-8-sig"))
    for name in (TEMPLATES, RESPONSES, REPORTS, HISTORY):
        (folder / name).mkdir(exist_ok=True)


def refill_assignment(path: str | Path) -> tuple[int, tuple[Problem, ...]]:
    """Fill blank leads from the roles again, after agencies or roles were added; how many leads that gave.

    Raises:
        FatfKitError: the settings or the table cannot be used, or it cannot be written.
    """
    workspace, problems = open_workspace(path)
    broken = (*UNREAD, "id-unknown", "agency-unknown")
    lost = [p for p in problems if p.ref and p.ref.file in (AGENCIES, ASSIGNMENT) and p.code in broken]
    lost += [p for p in problems if p.ref and p.ref.file == ASSIGNMENT and p.code == "cell-beside"]
    if lost:  # writing again what could not be read would lose it
        raise FatfKitError(" ".join(["Correct the tables first.", *(problem.message for problem in lost)]))
    framework = load_framework(workspace.settings.edition, workspace.settings.languages[0])
    filled = fill_duties(framework, workspace.agencies, workspace.assignment)
    before = {name for name, duty in workspace.assignment.duties.items() if duty.lead}
    now = {name for name, duty in filled.duties.items() if duty.lead}
    if now != before:
        write_file(workspace.path / ASSIGNMENT, render_assignment(framework, filled))
    return len(now - before), problems


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
        raise FatfKitError(f"The policy {name!r} lies outside the assessment folder. Copy it into the folder.")
    return str(place)


def render_readme(t: Translator) -> str:
    """Return what each file and folder is, in one language."""
    lines = (
        (SETTINGS, t("Settings: country, edition, dates of the visit, materiality of sectors, weights with reasons.")),
        (AGENCIES, t("The agencies that answer, with their names and roles. Edit it in Excel.")),
        (ASSIGNMENT, t("Who leads and who supports on each requirement. Edit it in Excel.")),
        (f"{TEMPLATES}/", t("One workbook for each agency, made by: fatf-kit template")),
        (f"{RESPONSES}/", t("Put the filled workbooks here, under any name.")),
        ("decisions.xlsx", t("Conflicts and open judgements to decide, made by: fatf-kit score")),
        (f"{REPORTS}/", t("Reports, written by: fatf-kit score")),
        (f"{HISTORY}/", t("The result of every run, by date.")),
    )
    title = t("Self-assessment for the mutual evaluation: what is in this folder")
    body = "\r\n\r\n".join(f"{name}\r\n    {text}" for name, text in lines)
    return f"{title}\r\n\r\n{body}\r\n"
