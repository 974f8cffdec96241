"""The steps that several commands share: finding the assessment folder, scoring, and writing reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import fatf_kit
from fatf_kit.cli import output
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.isolation import remove_isolation
from fatf_kit.core.outputs import check_target, write_output

if TYPE_CHECKING:
    from fatf_kit.papers.status import FolderStatus
    from fatf_kit.report.model import Document, Report


def current_time(precision: str = "minutes") -> str:
    """Return the time of day here as ISO 8601, for the imprint of what is written."""
    return datetime.now().astimezone().isoformat(timespec=precision)


def paths_or_cwd(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """Return the paths given, or else the assessment folder that the command was called in; empty without either."""
    from fatf_kit.assessment.folder.folder import find_workspace

    if paths:
        return paths
    home = find_workspace(Path.cwd())
    return (home,) if home else ()


def require_paths(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """Return what `paths_or_cwd` finds; a usage error if that is nothing."""
    found = paths_or_cwd(paths)
    if not found:
        output.fail_usage("Name filled workbooks, a folder of them, or an assessment folder.")
    return found


def require_folder(paths: tuple[Path, ...]) -> Path:
    """Return the assessment folder that is named, or the one that the command was called in; else a usage error."""
    from fatf_kit.assessment.folder.folder import is_workspace

    found = paths_or_cwd(paths)
    if len(found) != 1:
        output.fail_usage("Name one assessment folder, or call this command inside one.")
    if not is_workspace(found[0]):
        output.fail_usage(
            "'{folder}' is not an assessment folder. Name the folder with assessment.xlsx, or make one with "
            "'fatf-kit init'.",
            folder=found[0],
        )
    return found[0]


def is_language_named() -> bool:
    """Return whether --lang was given to the command that runs."""
    source = click.get_current_context().get_parameter_source("language")
    return source is not click.core.ParameterSource.DEFAULT


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


def write_with_progress(report: Report, folder: Path, wanted: tuple[str, ...], **how: Any) -> tuple[Path, ...]:
    """Return what `write_report` returns, and show how many of the files are made."""
    from fatf_kit.report.write import write_report

    report = replace(report, document=date_document(report.document))
    with output.progress_bar("Report files") as on_progress:
        return write_report(report, folder, wanted, on_progress=on_progress, **how)


def date_document(document: Document) -> Document:
    """Return a document with a date for the properties of its file: its own, else today."""
    return document if document.made_on else replace(document, made_on=str(date.today()))


def print_written(folder: Path, wanted: tuple[str, ...]) -> None:
    """Print where a report was written, and in which formats."""
    from fatf_kit.report.write import DATA_FORMATS

    formats = output.translator().joined(wanted)
    if set(wanted) <= DATA_FORMATS:  # for those no charts are drawn
        output.print_message("Written to {folder}: {formats}", folder=folder, formats=formats)
    else:
        output.print_message("Written to {folder}: {formats} and charts/", folder=folder, formats=formats)


def print_files(*paths: Path) -> None:
    """Print that files were written, a line for each."""
    for path in paths:
        output.print_message("Written: {path}", path=path)


def write_single(document: Document, path: Path, *, force: bool = True) -> None:
    """Write one document and print where it is; the ending of the name decides the format."""
    from fatf_kit.report.write import write_document

    write_document(date_document(document), path, force=force)
    print_files(path)


def write_new_file(target: Path, content: bytes, *, inputs: Iterable[Path] = (), force: bool = False) -> None:
    """Write a file, unless that would lose one (see `check_target`), and print where it is."""
    print_files(write_output(target, content, inputs=inputs, force=force))


def write_report_file(report: Report, target: Path | None, *, inputs: Iterable[Path] = (), force: bool = False) -> None:
    """Write a report to one file, if one is named, and print where it is; the ending of the name decides the format.

    ".xlsx" has all its tables, ".csv" the first of them, every other ending its document. `inputs` are never replaced.
    """
    if target is None:
        return
    from fatf_kit.report.formats.csv import render_csv
    from fatf_kit.report.formats.xlsx import render_xlsx

    check_target(target, inputs=inputs, force=force)
    ending = target.suffix.lower()
    if ending in (".xlsx", ".csv"):
        content = render_xlsx(report) if ending == ".xlsx" else render_csv(report.tables[0])
        print_files(write_output(target, content, inputs=inputs, force=force))
    else:
        write_single(report.document, target, force=force)


def figure_lines(report: Report) -> Iterator[str]:
    """Yield the key figures at the beginning of a report as lines."""
    from fatf_kit.report.model import KeyFigures

    t = output.translator()
    for block in report.document.body[0].blocks:
        for one in block.figures if isinstance(block, KeyFigures) else ():
            shown = t("{text} ({place})", text=one.value, place=one.detail) if one.detail else one.value
            yield t("{name}: {text}", name=one.label, text=shown)


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


def protected_paths(paths: tuple[Path, ...], folder: fatf_kit.FolderScore | None) -> tuple[Path, ...]:
    """Return what is read, so that nothing is written over it."""
    return (*paths, *folder_inputs(folder.workspace.path)) if folder else paths


def folder_inputs(home: Path) -> tuple[Path, ...]:
    """Return the files and folders of an assessment folder that are read, so that nothing is written over them."""
    from fatf_kit.assessment.folder.model import OWN_FILES, RESPONSES

    return (home, home / RESPONSES, *(home / name for name in OWN_FILES))


@contextmanager
def work_alone(paths: Sequence[Path], task: str) -> Iterator[None]:
    """Keep other runs out of the assessment folder among some paths, where there is one, while this one works there."""
    from fatf_kit.assessment.folder.folder import is_workspace
    from fatf_kit.core import folder_lock

    home = next((path for path in paths if is_workspace(path)), None)
    with folder_lock.work_alone(home, task) if home else nullcontext():
        yield


def keep_result(folder: fatf_kit.FolderScore, payload: bytes, moment: str) -> None:
    """Put the result of a run into history/, bring decisions.xlsx up to date, and print what was written."""
    from fatf_kit.workflows import folder_decisions

    print_files(folder_decisions.keep_result(folder.workspace, payload, moment))
    decisions, newer = folder_decisions.rewrite_decisions(folder, moment)
    if decisions:
        print_files(decisions)
    output.print_problems(newer)
