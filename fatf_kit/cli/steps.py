"""The steps that several commands share and that need ratings: scoring, and what is printed of a rated folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import fatf_kit
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.isolation import remove_isolation
from fatf_kit.terminal import output, writing

if TYPE_CHECKING:
    from fatf_kit.papers.status import FolderStatus


def score_with_progress(paths: tuple[Path, ...], **scoring: Any) -> fatf_kit.ScoringResult:
    """Return what `fatf_kit.score` returns, and show how many of the workbooks are read."""
    with output.progress_bar("Workbooks read") as on_progress:
        return fatf_kit.score(paths, on_progress=on_progress, **scoring)


def require_workbooks(scored: fatf_kit.ScoringResult, message: str, *, has_printed: bool = False) -> None:
    """Raise a FatfKitError with a translated message if no workbook could be read.

    The problems are printed before, unless the command has printed them.
    """
    if not scored.responses.inputs:
        if not has_printed:
            output.print_problems(scored.problems)
        raise FatfKitError(message)


def output_for(folder: Path | None, scored: fatf_kit.FolderScore | None) -> Path:
    """Return where reports go: as asked, else reports/ of the assessment folder, else a folder here."""
    from fatf_kit.assessment.folder.model import REPORTS

    return folder or (scored.workspace.path / REPORTS if scored else Path("fatf-report"))


def coverage_lines(folder: fatf_kit.FolderScore | None) -> Iterator[str]:
    """Yield a line for each agency of the folder on what it answered, those that sent nothing first."""
    from fatf_kit.assessment.answers.returns import ReturnState, list_agency_responses
    from fatf_kit.assessment.folder.assignment import requirements_by_agency

    if folder is None:
        return
    t = output.translator()
    names = {agency.id: agency.name(t.language) for agency in folder.workspace.agencies}
    shown = {one.agency: one.shown or 0 for one in folder.coverage}
    asked = requirements_by_agency(folder.framework, folder.workspace.assignment)
    for one in list_agency_responses(asked, folder.responses):
        facts = {"agency": names.get(one.agency, one.agency), "asked": len(one.requested)}
        if one.returned is ReturnState.NOTHING:
            yield t("  {agency}: no workbook was received; requirements: {asked}", **facts)
        elif one.returned is ReturnState.EMPTY:
            yield t("  {agency}: the workbook is empty; requirements: {asked}", **facts)
        else:
            facts |= {"answered": len(one.answered), "shown": shown.get(one.agency, 0)}
            yield t("  {agency}: {answered} of {asked} answered, {shown} of them with evidence", **facts)


def print_next_steps(status: FolderStatus) -> None:
    """Print what people do next in an assessment folder, with the file or command for it."""
    click.echo()
    output.print_heading(output.translator()("Next steps"))
    for number, step in enumerate(status.steps, start=1):
        click.echo(remove_isolation(f"  {number}. {step.text}  {step.place}".rstrip()))


def keep_result(folder: fatf_kit.FolderScore, payload: bytes, moment: str) -> None:
    """Put the result of a run into history/, bring decisions.xlsx up to date, and print what was written."""
    from fatf_kit.workflows import folder_decisions

    writing.print_files(folder_decisions.keep_result(folder.workspace, payload, moment))
    decisions, newer = folder_decisions.rewrite_decisions(folder, moment)
    if decisions:
        writing.print_files(decisions)
    output.print_problems(newer)
