"""`fatf-kit status`: who was asked, who answered, what is late, and what comes next."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import click

import fatf_kit
from fatf_kit.cli import steps
from fatf_kit.core.store import check_writable, work_alone, write_output
from fatf_kit.terminal import folders, options, output, writing


@click.command
@options.input_paths("[DIR]")
@options.output_folder("Folder for status.html and status.xlsx.  [default: the assessment folder]")
@options.force_language_json
def status(paths: tuple[Path, ...], target: Path | None, force: bool, language: str) -> None:
    """Show the state of an assessment folder: agencies, answers, dates and next steps.

    The page status.html is written into the folder, or into the one that is named.

    Example: fatf-kit status iraq
    """
    from fatf_kit.papers.status import describe_date, list_status_lines
    from fatf_kit.workflows.status import write_status
    from fatf_kit.workflows.unchanged import PAGES, keep_status, read_state

    home, t = folders.require_folder(paths), output.translator()
    folder = None if output.is_set(output.JSON) else target or home
    if folder:
        check_writable(folder)
    before = read_state(home, without=PAGES)
    with output.progress_bar("Workbooks read") as on_progress:
        found = fatf_kit.folder_status(home, today=date.today(), language=language, on_progress=on_progress)
    report = fatf_kit.status_report(found)
    output.print_result(report.payload, output.table_lines(tuple(list_status_lines(found, t))))
    if folder is None:
        return
    answers = found.facts.answers
    whole = t(
        "Answers: {answered} of {asked} ({shown} shown by evidence). Questions to decide: {undecided}.",
        answered=answers.answered,
        asked=answers.requested,
        shown=answers.shown,
        undecided=found.facts.decisions.questions,
    )
    click.echo(f"\n{whole}")
    coming = next((one for one in found.dates if one.days >= 0), None)
    if coming:
        output.print_line(t("{name}: {text}", name=coming.step, text=describe_date(coming, t)))
    steps.print_next_steps(found)
    with work_alone(folder, "status"):
        writing.print_files(write_status(found, folder, partial(write_output, force=force or target is None)))
        if read_state(home, without=PAGES) == before:  # nobody saved a file meanwhile
            keep_status(found, home, before)
