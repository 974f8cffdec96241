"""The workbooks of the agencies of an assessment folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from fatf_kit.assessment.answers.intake import read_responses
from fatf_kit.assessment.answers.model import ResponseSet
from fatf_kit.assessment.answers.prefilled_workbooks import find_unplaced_answers, write_agency_workbook
from fatf_kit.assessment.folder.agency_templates import find_agency, locate_template
from fatf_kit.assessment.folder.folder import open_workspace
from fatf_kit.assessment.folder.model import Agency
from fatf_kit.core.errors import UnknownIdError
from fatf_kit.core.problems import Problem
from fatf_kit.published import find_report
from fatf_kit.published.model import PublishedReport


def read_earlier(path: str | Path, copies: Sequence[str | Path]) -> tuple[ResponseSet, tuple[Problem, ...]]:
    """Earlier copies of an assessment folder's workbooks, what cannot be used of them, and what no agency would take.

    Raises:
        FatfKitError: the folder cannot be used.
    """
    workspace, _ = open_workspace(path)
    places = [Path(place) for place in copies]
    _, earlier, problems = read_responses(places, edition=workspace.settings.edition, agencies=workspace.by_id)
    return earlier, (*problems, *find_unplaced_answers(earlier, workspace))


def find_own_report(country: str) -> PublishedReport | None:
    """Return the last evaluation report of a country; None where none is published."""
    try:
        return find_report(country, "MER")
    except UnknownIdError:
        return None


def agency_templates(
    path: str | Path,
    *,
    agencies: Sequence[str] = (),
    languages: Sequence[str] = (),
    output: str | Path | None = None,
    prefill: Sequence[str | Path] | ResponseSet = (),
    published: str | None = None,
    force: bool = False,
) -> Iterator[tuple[Agency, Path, bool]]:
    """Write the workbook of each agency of an assessment folder, and yield each with whether it was written.

    Each in its agency's own language, or in each of `languages`. False means that the workbook exists, which only
    `force` replaces, or that the agency is asked nothing. `prefill` are earlier copies, or the result of `read_earlier`
    for them, which also lists what of them cannot be used; `published` is the ISO 3166 code of the country whose last
    evaluation is printed on the sheets, by default that of the folder, if it has a published report.

    Raises:
        UnknownIdError: no such agency, language or jurisdiction.
        FatfKitError: the folder cannot be used, or a file cannot be written.
    """
    workspace, _ = open_workspace(path)
    wanted = [find_agency(workspace, name) for name in agencies] or list(workspace.agencies)
    if isinstance(prefill, ResponseSet):
        earlier: ResponseSet | None = prefill
    else:
        earlier = read_earlier(path, prefill)[0] if prefill else None
    report = find_report(published, "MER") if published else find_own_report(workspace.settings.country)
    for agency in wanted:
        for language in languages or (None,):
            target = locate_template(workspace, agency, language)
            if output is not None:
                target = Path(output) / target.name
            written = (force or not target.exists()) and write_agency_workbook(
                workspace, agency, target, language=language, earlier=earlier, published=report
            )
            yield agency, target, written
