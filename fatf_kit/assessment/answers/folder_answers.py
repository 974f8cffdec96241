"""The workbooks of an assessment folder are read: the agency of each, and the answer that is used."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from fatf_kit.assessment.answers.conflicts import Conflict, resolve_conflicts
from fatf_kit.assessment.answers.intake import read_responses
from fatf_kit.assessment.answers.model import Answer, CopyDecision, ResponseSet
from fatf_kit.assessment.folder.folder import name_country
from fatf_kit.assessment.folder.model import RESPONSES, Workspace
from fatf_kit.assessment.folder.unread_files import find_misplaced_workbooks
from fatf_kit.core.languages import LANGUAGES, normalise
from fatf_kit.core.local_names import local_name
from fatf_kit.core.problems import CellRef, Problem, make_problem
from fatf_kit.core.progress import ProgressCallback
from fatf_kit.framework.model import Framework


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderAnswers:
    """The answers of an assessment folder.

    `responses` holds one settled answer for each requirement, `answers` every agency's own as it was read.
    """

    framework: Framework
    responses: ResponseSet
    answers: tuple[Answer, ...]
    conflicts: tuple[Conflict, ...]
    problems: tuple[Problem, ...]


def read_assessment(
    workspace: Workspace,
    *,
    copy_decisions: Collection[CopyDecision] = (),
    on_progress: ProgressCallback | None = None,
) -> FolderAnswers:
    """Return everything in `responses/`, settled among agencies by the assignment.

    The settings of the folder say the country and the cut-off date; a cover that says something else is a Problem.
    Where one agency sent two copies that differ, the one that was saved last is used and a Problem names both, until
    `copy_decisions` say which one is the agency's. `on_progress` is called with the number of files read.
    """
    settings = workspace.settings
    framework, responses, problems = read_responses(
        [workspace.path / RESPONSES],
        edition=settings.edition,
        agencies=workspace.by_id,
        copy_decisions=copy_decisions,
        on_progress=on_progress,
    )
    agreement = resolve_conflicts(framework, responses.answers, workspace.assignment, workspace.by_id)
    notices = (*settings.notices, *responses.notices)
    settled = replace(
        responses,
        answers=agreement.answers,
        country=name_country(settings, "en"),
        cut_off=settings.last_day or responses.cut_off,
        notices=tuple(dict.fromkeys(notices)),
    )
    return FolderAnswers(
        framework=framework,
        responses=settled,
        answers=responses.answers,
        conflicts=agreement.conflicts,
        problems=(
            *(one for one in problems if not (_between_covers(one) or _is_of_supporting(one, responses, workspace))),
            *_covers(workspace, responses),
            *agreement.problems,
            *find_misplaced_workbooks(workspace.path, {one.sha256 for one in responses.inputs}),
        ),
    )


def _between_covers(problem: Problem) -> bool:
    """Return whether a problem compares the covers of two files, which here are compared with the settings instead."""
    other = dict(problem.facts).get("other", "")
    return problem.code == "cover-differs" and problem.ref is not None and not other.startswith(problem.ref.file)


def _is_of_supporting(problem: Problem, responses: ResponseSet, workspace: Workspace) -> bool:
    """Return whether a problem misses the rating of an agency that supports another one and needs none."""
    if problem.code != "rating-missing" or problem.ref is None or problem.requirement is None:
        return False
    agency = next((one.agency for one in responses.inputs if one.name == problem.ref.file), None)
    duty = workspace.assignment.duty(problem.requirement)
    return duty.lead is not None and agency in duty.supporting


def _covers(workspace: Workspace, responses: ResponseSet) -> Iterator[Problem]:
    settings = workspace.settings
    names = {normalise(name_country(settings, language)) for language in LANGUAGES} | {normalise(settings.country)}
    for one in responses.inputs:
        where = CellRef(file=one.name)
        if one.agency not in workspace.by_id and workspace.agencies:
            yield make_problem("agency-unnamed", where)
        if (agency := workspace.by_id.get(one.agency or "")) and one.agency_on_cover:
            called = {normalise(name) for name in (agency.id, *agency.names.values())}
            if normalise(one.agency_on_cover) not in called:
                yield make_problem("cover-agency", where, agency=local_name(agency.name))
        if one.country and normalise(one.country) not in names:
            yield make_problem("cover-country", where)
        if one.cut_off and settings.last_day and one.cut_off != settings.last_day:
            yield make_problem("cover-cut-off", where, found=one.cut_off, wanted=settings.last_day)
