"""The public functions that make an assessment folder, with files that start an update, and convert an older folder."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from fatf_kit.assessment.answers.country_names import require_country
from fatf_kit.assessment.folder.assignment import list_assigned, propose_duties
from fatf_kit.assessment.folder.control_workbook import ControlLists, ControlStep, render_control
from fatf_kit.assessment.folder.folder import open_workspace
from fatf_kit.assessment.folder.kept_files import keep_file, list_problems_of
from fatf_kit.assessment.folder.model import (
    AGENCIES,
    ASSIGNMENT,
    CONTROL,
    DECISIONS,
    HISTORY,
    INBOX,
    LAWS,
    REPORTS,
    RESPONSES,
    SETTINGS,
    STATISTICS,
    TEMPLATES,
    AssessmentSettings,
    Assignment,
    Duty,
    Materiality,
    Sector,
    Workspace,
)
from fatf_kit.assessment.folder.proposed_agencies import propose_agencies
from fatf_kit.assessment.folder.settings import sector_ids
from fatf_kit.core.errors import FatfKitError, UnknownIdError
from fatf_kit.core.files import require_existing
from fatf_kit.core.messages import Translator
from fatf_kit.core.problem_kinds import ProblemLevel
from fatf_kit.core.problems import Problem
from fatf_kit.core.resources import CURRENT_EDITION
from fatf_kit.core.store import make_private_folder, rewrite_file, work_alone, write_file
from fatf_kit.evaluation_calendar.settings import PlanSettings, apply_country
from fatf_kit.evaluation_calendar.timetable import load_timetable, schedule_assessment
from fatf_kit.framework.loader import list_editions, load_framework
from fatf_kit.laws.model import LawRegister
from fatf_kit.laws.proposals import propose_country_instruments
from fatf_kit.outlook import load_rules
from fatf_kit.published import find_report
from fatf_kit.published.listing_status import describe_listing
from fatf_kit.published.listings import find_listing
from fatf_kit.workflows.laws import render_laws

README = "README.txt"
_HARMLESS = ("assignment-open", "agency-removed", "agency-unknown", "control-outdated")
"""Problems of the workbook with which it is written again: what they are about is reported and not lost elsewhere."""


def init_assessment(
    path: str | Path,
    *,
    country: str,
    edition: str = CURRENT_EDITION,
    on_site: tuple[date, date | None] | None = None,
    cut_off: date | None = None,
    languages: Sequence[str] = ("en",),
    today: date | None = None,
) -> Workspace:
    """Make an assessment folder with its workbook: settings, proposed agencies and their assignment.

    `country` is an ISO 3166 code of three letters or a name in any shipped language. The first of `languages` is the
    country's own: that of the workbook, the README and of agencies until they choose another. `today` is the day for
    which the listing is stated, by default the present one. Existing files are not changed.

    Raises:
        UnknownIdError: no such edition, country or language.
        FatfKitError: the folder has an assessment already, the dates do not fit, or it cannot be written.

    >>> from datetime import date
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     workspace = init_assessment(folder, country="Iraq", on_site=(date(2027, 3, 1), None))
    >>> workspace.settings.edition, str(workspace.settings.cut_off)
    ('fatf-2022', '2027-03-01')
    """
    folder = Path(path)
    if edition not in list_editions():
        raise UnknownIdError("'{found}' is not an edition. Allowed: {names}.", found=edition, names=list_editions())
    code = require_country(country)
    _check_free(folder)
    first, last = on_site or (None, None)
    last = last or first
    if first and last and last < first:
        raise FatfKitError(
            "The visit ends on {last}, before it begins on {first}. Correct the dates.", last=last, first=first
        )
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
    agencies = propose_agencies(code, languages[0])
    assignment = Assignment(duties=propose_duties(load_framework(edition), agencies))
    workspace = Workspace(path=folder, settings=settings, agencies=agencies, assignment=assignment)
    with make_private_folder(folder):
        write_control(workspace, today=today)
        laws = LawRegister(instruments=propose_country_instruments(code))
        write_file(folder / LAWS, render_laws(laws, workspace))
        write_file(folder / README, _render_readme(Translator(languages[0])).encode("utf-8-sig"))
        for name in (INBOX, TEMPLATES, RESPONSES, STATISTICS, REPORTS, HISTORY):
            (folder / name).mkdir(exist_ok=True)
        write_launchers(folder)
    return workspace


def _check_free(folder: Path) -> None:
    for name in (CONTROL, SETTINGS, AGENCIES, ASSIGNMENT):
        if (folder / name).exists():
            raise FatfKitError(
                "{folder} already contains {file}. Choose another folder, or edit that file.",
                folder=folder,
                file=name,
            )


def write_control(workspace: Workspace, *, today: date | None = None) -> Path:
    """Write the workbook of an assessment folder from its values; return its path.

    Raises:
        FatfKitError: it cannot be written.
    """
    return write_file(workspace.path / CONTROL, _render_workbook(workspace, today))


def _render_workbook(workspace: Workspace, today: date | None = None) -> bytes:
    settings = workspace.settings
    t = Translator(settings.main_language)
    framework = load_framework(settings.edition, t.language)
    return render_control(workspace, framework, _collect_lists(settings, t, today or date.today()))


def _collect_lists(settings: AssessmentSettings, t: Translator, today: date) -> ControlLists:
    priority = load_rules(settings.edition).prioritisation
    ratings, report = _find_last_report(settings.country, t)
    listing = find_listing(settings.country, today)
    return ControlLists(
        facts=tuple((one.id, one.question) for one in priority.facts) if priority else (),
        steps=_list_steps(settings),
        ratings=ratings,
        report=report,
        listing=describe_listing(listing, t) if listing else "",
    )


def _list_steps(settings: AssessmentSettings) -> tuple[ControlStep, ...]:
    """Return the steps of the timetable, dated where the visit has a date."""
    plan = apply_country(PlanSettings(), settings.country)
    dated = schedule_assessment(settings.edition, plan, settings, settings.last_day)
    days = {one.id: one.day for one in dated.events} if dated else {}
    events = (dated or load_timetable(settings.edition)).events
    return tuple(
        ControlStep(id=one.id, name=one.what, usual_day=days.get(one.id), confidence=one.confidence) for one in events
    )


def _find_last_report(country: str, t: Translator) -> tuple[tuple[tuple[str, str], ...], str]:
    """Return the ratings of the newest published report and a sentence that names it; nothing where there is none."""
    try:
        report = find_report(country)
    except UnknownIdError:
        return (), ""
    ratings = tuple((unit, str(rating)) for unit, rating in report.ratings.items() if rating)
    return ratings, t("Ratings of {report}, for reference.", report=report.label)


def refresh_control(path: str | Path) -> tuple[bool, tuple[Problem, ...]]:
    """Write the workbook of a folder again after agencies or roles were changed; return whether that was possible.

    New agencies get a short name and a column on the sheet of the assignment. A workbook with problems is left as it
    is, because a value that cannot be read would be lost; so is a folder of text files. The earlier copy is kept in
    history/.

    Raises:
        FatfKitError: the folder cannot be used, or a file cannot be written.

    >>> from tempfile import TemporaryDirectory
    >>> from fatf_kit import init_assessment
    >>> with TemporaryDirectory() as folder:
    ...     _ = init_assessment(folder, country="Iraq")
    ...     refresh_control(folder)
    (True, ())
    """
    return rewrite_control(path)


def rewrite_control(path: str | Path, *, policy: str | None = None) -> tuple[bool, tuple[Problem, ...]]:
    """Do the same as `refresh_control`; a `policy` replaces the scoring rules that the workbook names.

    Raises:
        FatfKitError: the folder cannot be used, or a file cannot be written.
    """
    require_existing(Path(path))
    problems: tuple[Problem, ...] = ()
    is_possible = False
    target = Path(path) / CONTROL

    def render() -> bytes | None:
        nonlocal problems, is_possible
        workspace, problems = open_workspace(path)
        own = list_problems_of(CONTROL, problems)
        is_possible = target.is_file() and all(problem.code in _HARMLESS for problem in own)
        if not is_possible:
            return None
        if policy is not None:
            workspace = replace(workspace, settings=replace(workspace.settings, policy=policy))
        return _render_workbook(workspace)

    with work_alone(target.parent, target.stem):
        rewrite_file(target, render, partial(keep_file, target))
    return is_possible, problems


def convert_folder(path: str | Path, *, output: str | Path | None = None) -> tuple[Path, tuple[Problem, ...]]:
    """Replace assessment.json, agencies.csv and assignment.csv of a folder by its workbook; return that and problems.

    The three files are kept in history/, and the folder gets its inbox and the files that start an update. With an
    `output`, the workbook is written into that folder and nothing else changes.
    Assignments that differ from those that follow from the roles count as chosen.

    Raises:
        FatfKitError: the folder has a workbook already, or the files have errors.

    >>> from shutil import copytree
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path, problems = convert_folder(copytree("examples/ruritania", f"{folder}/ruritania"))
    >>> path.name, [str(problem.code) for problem in problems]
    ('assessment.xlsx', ['assignment-open'])
    """
    folder = Path(path)
    require_existing(folder)
    with work_alone(Path(output or folder), "init --convert"):
        return _convert_folder(folder, Path(output) if output else None)


def _convert_folder(folder: Path, output: Path | None) -> tuple[Path, tuple[Problem, ...]]:
    if ((output or folder) / CONTROL).exists():
        raise FatfKitError(
            "{folder} already contains {file}. Choose another folder.", folder=output or folder, file=CONTROL
        )
    workspace, problems = open_workspace(folder)
    if errors := [one for one in problems if one.level is ProblemLevel.ERROR]:
        raise FatfKitError("Correct these files first. {problems}", problems=tuple(errors))
    framework = load_framework(workspace.settings.edition)
    by_roles = propose_duties(framework, workspace.agencies)
    tops = {top.id for top in list_assigned(framework)}
    duties = {name: duty for name, duty in workspace.assignment.duties.items() if name not in tops}
    for name in tops:
        duties[name] = _mark_chosen(workspace.assignment.duty(name), by_roles[name], name)
    made = replace(workspace, path=output or folder, assignment=Assignment(duties=duties))
    if output:
        return write_control(made), problems
    earlier = (SETTINGS, AGENCIES, ASSIGNMENT)
    for name in earlier:  # before the workbook is there, so that a run that fails can be repeated
        write_file(folder / HISTORY / name, (folder / name).read_bytes())
    target = write_control(made)
    for name in earlier:
        (folder / name).unlink()
    (folder / INBOX).mkdir(exist_ok=True)
    write_launchers(folder)
    return target, problems


def _mark_chosen(duty: Duty, proposed: Duty, name: str) -> Duty:
    return replace(
        duty,
        requirement=name,
        is_lead_chosen=duty.lead is not None and duty.lead != proposed.lead,
        is_supporting_chosen=set(duty.supporting) != set(proposed.supporting),
    )


def _render_readme(t: Translator) -> str:
    """Return what each file and folder is, in one language."""
    lines = (
        (CONTROL, t("Settings, agencies, roles, assignment and dates. Edit it in Excel and save it.")),
        (f"{TEMPLATES}/", t("One workbook for each agency, written by fatf-kit. Send them to the agencies.")),
        (f"{INBOX}/", t("Copy everything that agencies send back here, under any name.")),
        ("Update.bat", t("Double-click it on Windows: it does everything that is due and opens the status.")),
        ("Update.command", t("The same on a Mac; update.sh on Linux.")),
        ("status.html", t("The state of the work: who has answered, what is late, what comes next.")),
        (f"{RESPONSES}/", t("The filled workbooks of the agencies, filed by fatf-kit.")),
        (f"{STATISTICS}/", t("The filled workbooks of statistics, filed by fatf-kit.")),
        (LAWS, t("The register of laws, kept by one person: laws, articles and what they show.")),
        (DECISIONS, t("Questions to decide: conflicts between agencies and open judgements.")),
        (f"{REPORTS}/", t("Reports, written by fatf-kit.")),
        (f"{HISTORY}/", t("The result of every run, by date, and who changed which file before it.")),
    )
    title = t("Self-assessment for the mutual evaluation: contents of this folder")
    body = "\r\n\r\n".join(f"{name}\r\n    {text}" for name, text in lines)
    return f"{title}\r\n\r\n{body}\r\n"


_WINDOWS = """@echo off
chcp 65001 >nul
cd /d "%~dp0"
where fatf-kit >nul 2>nul
if not errorlevel 1 (
  call fatf-kit update .
) else if exist "%LOCALAPPDATA%\\fatf-kit\\fatf-kit.bat" (
  call "%LOCALAPPDATA%\\fatf-kit\\fatf-kit.bat" update .
) else if exist "%ProgramFiles%\\fatf-kit\\fatf-kit.bat" (
  call "%ProgramFiles%\\fatf-kit\\fatf-kit.bat" update .
) else (
  {python} -P -m fatf_kit update .
)
pause
"""
"""With "call", because fatf-kit may be a batch file itself: without it the window would close at once."""

_UNIX = """#!/bin/sh
cd "$(dirname "$0")" || exit 1
if command -v fatf-kit >/dev/null 2>&1; then
  fatf-kit update .
elif [ -x "$HOME/.local/bin/fatf-kit" ]; then
  "$HOME/.local/bin/fatf-kit" update .
else
  {python} -P -m fatf_kit update .
fi
{wait}"""


def write_launchers(folder: Path) -> tuple[Path, ...]:
    """Write Update.bat, Update.command and update.sh; their contents are ASCII, so that every system can run them.

    They call the program by its name, else where the archive for machines without internet puts it, else with the
    Python of this installation.

    Raises:
        FatfKitError: a file cannot be written.
    """
    python = f'"{sys.executable}"' if sys.executable.isascii() else ""
    wait = 'printf "Press Enter to close this window. "\nread -r _\n'
    contents = {
        "Update.bat": _WINDOWS.format(python=python or "py").replace("\n", "\r\n"),
        "Update.command": _UNIX.format(python=python or "python3", wait=wait),
        "update.sh": _UNIX.format(python=python or "python3", wait=""),
    }
    files = tuple(write_file(folder / name, text.encode("ascii")) for name, text in contents.items())
    for path in files[1:]:
        path.chmod(0o755)
    return files
