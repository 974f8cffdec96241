"""Assessment folders on the command line: finding the one we are in, and what is written there after a run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fatf_kit.cli.output import print_message, set_language, translator
from fatf_kit.cli.progress_bar import progress_bar

if TYPE_CHECKING:
    from fatf_kit import FolderScore, ScoringResult
    from fatf_kit.report.model import Report


def paths_or_cwd(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """The paths given, or the assessment folder that the command was called in; empty where there is neither."""
    from fatf_kit.assessment.folder.folder import find_workspace

    if paths:
        return paths
    home = find_workspace(Path.cwd())
    return (home,) if home else ()


def language_for(language: str, sources: tuple[Path, ...]) -> str:
    """The language that was asked for, else that of the assessment folder; from here on it is spoken.

    Raises:
        FatfKitError: the settings of the folder cannot be used.
    """
    from fatf_kit.assessment.folder.folder import is_workspace, open_workspace

    context = click.get_current_context()
    named = context.get_parameter_source("language") is not click.core.ParameterSource.DEFAULT
    if named or len(sources) != 1 or not is_workspace(sources[0]):
        return set_language(language)
    return set_language(open_workspace(sources[0])[0].settings.languages[0])


def score_with_progress(paths: tuple[Path, ...], **wanted: Any) -> ScoringResult:
    """As `fatf_kit.score`; whoever waits sees how many of the workbooks are read."""
    import fatf_kit

    with progress_bar("Workbooks read") as told:
        return fatf_kit.score(paths, on_progress=told, **wanted)


def write_with_progress(report: Report, folder: Path, wanted: tuple[str, ...], **how: Any) -> tuple[Path, ...]:
    """As `write_report`; whoever waits sees how many of the files are made."""
    from fatf_kit.report.write import write_report

    with progress_bar("Report files") as told:
        return write_report(report, folder, wanted, on_progress=told, **how)


def print_written(folder: Path, wanted: tuple[str, ...]) -> None:
    """Say where a report was written, and in which formats."""
    formats = ", ".join(wanted)
    if wanted == ("json",):
        print_message("Written to {folder}: {formats}", folder=folder, formats=formats)
    else:
        print_message("Written to {folder}: {formats} and charts/", folder=folder, formats=formats)


def output_for(output: Path | None, folder: FolderScore | None) -> Path:
    """Where reports go: as asked, else into the assessment folder's reports, else a folder here."""
    from fatf_kit.assessment.folder.model import REPORTS

    return output or (folder.workspace.path / REPORTS if folder else Path("fatf-report"))


def coverage_lines(folder: FolderScore | None) -> list[str]:
    """How far each agency of the folder has come, a line for each, those that sent no answers first."""
    from fatf_kit.assessment.answers.returns import ReturnState, list_agency_responses
    from fatf_kit.assessment.folder.assignment import requirements_by_agency

    if folder is None:
        return []
    t = translator()
    names = {agency.id: agency.name(t.language) for agency in folder.workspace.agencies}
    shown = {one.agency: one.shown or 0 for one in folder.coverage}
    lines = []
    asked = requirements_by_agency(folder.framework, folder.workspace.assignment)
    for one in list_agency_responses(asked, folder.responses):
        facts = {"agency": names.get(one.agency, one.agency), "asked": len(one.asked)}
        if one.returned is ReturnState.NOTHING:
            lines.append(t("  {agency}: sent nothing ({asked} asked)", **facts))
        elif one.returned is ReturnState.EMPTY:
            lines.append(t("  {agency}: sent an empty workbook ({asked} asked)", **facts))
        else:
            facts |= {"answered": len(one.answered), "shown": shown.get(one.agency, 0)}
            lines.append(t("  {agency}: {answered} of {asked} answered, {shown} of them shown", **facts))
    return lines


def protected_paths(paths: tuple[Path, ...], folder: FolderScore | None) -> tuple[Path, ...]:
    """What is read, so that nothing is written over it."""
    from fatf_kit.assessment.folder.model import RESPONSES

    return (*paths, folder.workspace.path / RESPONSES) if folder else paths


def keep_result(folder: FolderScore, payload: bytes, moment: str) -> list[Path]:
    """Put the result of a run into history/ and bring decisions.xlsx up to date; what was written."""
    from fatf_kit import write_decisions
    from fatf_kit.workflows.folder_decisions import keep_file

    written = [keep_file(folder.workspace, "assessment.json", payload, moment)]
    decisions = write_decisions(folder, moment=moment)
    return [*written, decisions] if decisions else written
