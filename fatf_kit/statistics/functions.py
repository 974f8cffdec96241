"""Figures and cases: the workbooks that ask for them, and the report on what agencies gave."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from fatf_kit.assessment.folder.folder import is_workspace, name_country, open_workspace
from fatf_kit.assessment.folder.model import STATISTICS, TEMPLATES
from fatf_kit.core.dates import check_moment
from fatf_kit.core.errors import FatfKitError, UnknownIdError
from fatf_kit.core.files import write_files
from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import Problem
from fatf_kit.core.resources import CURRENT_EDITION, tool_version
from fatf_kit.framework import load_framework
from fatf_kit.report.model import Report
from fatf_kit.spreadsheets import misdirected_workbooks as strangers
from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.intake import read_statistics
from fatf_kit.statistics.model import YearKind
from fatf_kit.statistics.plan import make_plan
from fatf_kit.statistics.report import StatisticsInput, build_statistics_report
from fatf_kit.statistics.template import render_template
from fatf_kit.statistics.years import parse_years

_LONGEST_FILE_NAME = 60
_TOLD = 2


def statistics_template(
    folder: str | Path,
    *,
    years: str | Iterable[int],
    roles: Sequence[str] = (),
    agency: str | None = None,
    year_kind: str = "calendar",
    language: str = "en",
    country: str | None = None,
    force: bool = False,
) -> tuple[Path, ...]:
    """Write blank workbooks of figures and cases into a folder, one for each role, and return their paths.

    `roles` limits them; with `agency`, the name of a body that has all of these roles, it is one workbook for it.
    `years` are like "2021-2025", each named by the calendar year in which it begins; `year_kind` is "calendar",
    "fiscal" or "hijri".

    Raises:
        UnknownIdError: a role that counts nothing, or no such language or kind of years.
        FatfKitError: no years, too many, or a workbook that somebody has changed since is there already.
    """
    wanted = tuple(roles) or load_definitions(language).roles
    groups = [wanted] if agency else [(role,) for role in wanted]
    span = parse_years(years) if isinstance(years, str) else tuple(years)
    plans = [
        make_plan(
            group,
            years=span,
            language=language,
            agency=agency,
            year_kind=_year_kind(year_kind),
            country=country,
        )
        for group in groups
    ]
    names = {f"statistics-{_file_name(plan.id)}-{language}.xlsx": render_template(plan) for plan in plans}
    return write_files(Path(folder), names, force=force)


def _home_of(path: Path) -> Path:
    """Where figures lie: in an assessment folder in a folder of their own."""
    return path / STATISTICS if is_workspace(path) else path


def _file_name(name: str) -> str:
    return name if len(name) <= _LONGEST_FILE_NAME else name[:_LONGEST_FILE_NAME].rstrip("-")


def agency_statistics_templates(
    path: str | Path, *, years: str | Iterable[int], year_kind: str = "calendar", force: bool = False
) -> tuple[Path, ...]:
    """Write into an assessment folder one blank workbook for each of its agencies that counts something.

    Each is in its agency's language and holds the lines of its roles. Filled copies belong into the folder's
    `statistics`. Agencies differ in the years they count by; the cover says so, whatever `year_kind` heads the columns.

    Raises:
        UnknownIdError: no such kind of years.
        FatfKitError: this is no assessment folder, no years or too many, or a workbook was changed since.
    """
    workspace, _ = open_workspace(path)
    span = parse_years(years) if isinstance(years, str) else tuple(years)
    counting = load_definitions().roles
    contents = {}
    for agency in workspace.agencies:
        roles = tuple(role for role in agency.roles if role in counting)
        if roles:
            plan = make_plan(
                roles,
                years=span,
                language=agency.language,
                agency=agency.name(agency.language),
                year_kind=_year_kind(year_kind),
                country=name_country(workspace.settings, agency.language),
                notice=workspace.settings.notice,
            )
            contents[f"statistics-{agency.id}.xlsx"] = render_template(plan)
    return write_files(workspace.path / TEMPLATES, contents, force=force)


def _year_kind(name: str) -> YearKind:
    if name not in list(YearKind):
        raise UnknownIdError(f"{name!r} is no kind of years. Use one of: {', '.join(YearKind)}.")
    return YearKind(name)


def statistics_report(
    paths: str | Path | Iterable[str | Path],
    *,
    generated_at: str,
    edition: str = CURRENT_EDITION,
    language: str = "en",
    notices: Sequence[str] = (),
) -> tuple[Report, tuple[Problem, ...]]:
    """Read filled workbooks of figures, or folders of them: the report on them, and what could not be read.

    Of an assessment folder the workbooks in its `statistics` are read.

    Raises:
        UnknownIdError: no such edition or language.
        FatfKitError: no workbook could be read, or `generated_at` is no date.
    """
    check_moment(generated_at)
    framework = load_framework(edition, language)
    given = [paths] if isinstance(paths, str | Path) else paths
    places = [_home_of(Path(path)) for path in given]
    statistics, problems = read_statistics(places)
    problems = strangers.name_misdirected(problems, places)
    if not statistics.returns:
        told = [problem.message for problem in problems[:_TOLD]]
        more = [f"{len(problems) - _TOLD} more are like that."] if len(problems) > _TOLD else []
        raise FatfKitError(" ".join(["No workbook of figures could be read.", *told, *more]))
    parts = StatisticsInput(
        framework=framework,
        statistics=statistics,
        problems=problems,
        generated_at=generated_at,
        notices=tuple(notices),
    )
    return build_statistics_report(parts, Translator(language), tool=tool_version()), problems
