"""The public functions for figures and cases: they write the workbooks, and report on what agencies returned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from fatf_kit.assessment.answers.country_names import find_country
from fatf_kit.assessment.folder.agency_templates import find_agency, get_return_terms
from fatf_kit.assessment.folder.folder import find_workspace, is_workspace, name_country, open_workspace, read_workspace
from fatf_kit.assessment.folder.model import STATISTICS, TEMPLATES
from fatf_kit.core.dates import check_moment
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.files import list_paths
from fatf_kit.core.messages import Translator
from fatf_kit.core.national_words import add_country
from fatf_kit.core.problems import Problem
from fatf_kit.core.resources import CURRENT_EDITION
from fatf_kit.core.store import write_files
from fatf_kit.framework import load_framework
from fatf_kit.report.model import Report
from fatf_kit.spreadsheets import misdirected_workbooks
from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.figures import Statistics
from fatf_kit.statistics.merge import rename_agencies
from fatf_kit.statistics.reader import read_statistics
from fatf_kit.statistics.report.document import build_statistics_report
from fatf_kit.statistics.template import make_plan, render_template

_LONGEST_FILE_NAME = 60
_NAMED_PROBLEMS = 2


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
        FatfKitError: no years, too many, or a workbook that was changed since is there already.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     [path.name for path in statistics_template(folder, years="2023-2025", roles=["fiu"])]
    ['statistics-fiu-en.xlsx']
    """
    text_language = add_country(language, find_country(country))
    wanted = tuple(roles) or load_definitions(text_language).roles
    span = years if isinstance(years, str) else tuple(years)
    contents = {}
    for group in [wanted] if agency else [(role,) for role in wanted]:
        plan = make_plan(
            group,
            years=span,
            language=text_language,
            agency=agency,
            year_kind=year_kind,
            country=country,
        )
        is_long = len(plan.id) > _LONGEST_FILE_NAME
        name = plan.id[:_LONGEST_FILE_NAME].rstrip("-") if is_long else plan.id
        contents[f"statistics-{name}-{language}.xlsx"] = render_template(plan)
    return write_files(Path(folder), contents, force=force)


def agency_statistics_templates(
    path: str | Path,
    *,
    years: str | Iterable[int],
    year_kind: str = "calendar",
    agencies: Sequence[str] = (),
    force: bool = False,
) -> tuple[Path, ...]:
    """Write into an assessment folder one blank workbook for each of its agencies that counts something.

    `agencies` limits them to some, by their ids. Each is in the language of its agency and contains the lines of its
    roles. Filled copies are saved in the folder's
    `statistics`. `year_kind` is the calendar of the column headings; each agency enters the calendar by which it counts
    on the cover.

    Raises:
        UnknownIdError: no such kind of years or agency.
        FatfKitError: this is not an assessment folder, no years or too many, or a workbook was changed since.

    >>> from tempfile import TemporaryDirectory
    >>> from fatf_kit import init_assessment
    >>> with TemporaryDirectory() as folder:
    ...     _ = init_assessment(folder, country="Iraq")
    ...     paths = agency_statistics_templates(folder, years="2023-2025")
    ...     [path.name for path in paths[:2]]
    ['statistics-coordination.xlsx', 'statistics-fiu.xlsx']
    """
    workspace, _ = open_workspace(path)
    span = years if isinstance(years, str) else tuple(years)
    counting = load_definitions().roles
    contents = {}
    for agency in [find_agency(workspace, name) for name in agencies] or workspace.agencies:
        if roles := tuple(role for role in agency.roles if role in counting):
            language = add_country(agency.language, workspace.settings.country)
            plan = make_plan(
                roles,
                years=span,
                language=language,
                agency=agency.name(language),
                year_kind=year_kind,
                country=name_country(workspace.settings, language),
                notice=workspace.settings.notice,
                terms=get_return_terms(workspace, agency),
            )
            contents[name_statistics_template(agency.id)] = render_template(plan)
    return write_files(workspace.path / TEMPLATES, contents, force=force)


def name_statistics_template(agency: str) -> str:
    """Return the file name of the blank workbook of an agency.

    >>> name_statistics_template("fiu")
    'statistics-fiu.xlsx'
    """
    return f"statistics-{agency}.xlsx"


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
        FatfKitError: no workbook could be read, or `generated_at` is not a date.

    >>> report, problems = statistics_report("examples/ruritania/statistics", generated_at="2027-01-10")
    >>> report.document.title, [problem.code for problem in problems][:2]
    ('Ruritania: statistics and cases', [])
    """
    check_moment(generated_at)
    given = list_paths(paths)
    places = [path / STATISTICS if is_workspace(path) else path for path in given]
    statistics, problems = read_statistics(places)
    problems = misdirected_workbooks.name_misdirected(problems, places)
    if not statistics.returns:
        shown = problems[:_NAMED_PROBLEMS]
        if len(problems) > len(shown):
            raise FatfKitError(
                "No workbook of statistics could be read. {problems} Further problems: {count}.",
                problems=shown,
                count=len(problems) - len(shown),
            )
        raise FatfKitError("No workbook of statistics could be read. {problems}", problems=shown)
    language = add_country(language, find_country(statistics.country))
    framework, t = load_framework(edition, language), Translator(language)

    def build(given: Statistics) -> Report:
        return build_statistics_report(given, problems, framework, t, generated_at=generated_at, notices=notices)

    report = build(statistics)
    home = find_workspace(places[0])
    if home and (workspace := read_workspace(home)[0]):  # the JSON is the same in every language
        named = build(rename_agencies(statistics, workspace.agencies, language))
        report = replace(named, payload=report.payload)
    return report, problems
