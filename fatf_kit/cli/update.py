"""`fatf-kit update`: everything that is due in an assessment folder."""

from __future__ import annotations

import webbrowser
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fatf_kit.cli import options, output, steps
from fatf_kit.cli.progress_bar import progress_bar

if TYPE_CHECKING:
    from fatf_kit.workflows.update import FolderUpdate


@click.command(epilog=output.EXITS)
@options.input_paths("[DIR]")
@click.option("--no-open", is_flag=True, help="Do not open status.html at the end.")
@options.quiet_language
def update(paths: tuple[Path, ...], no_open: bool) -> int:
    """Do everything that is due in an assessment folder, then open its status.

    Files the workbooks of the inbox, writes missing workbooks of agencies, reads every answer once, and writes the
    report, the decisions, the papers, the letters and the page status.html.
    """
    import fatf_kit

    home = steps.require_folder(paths)
    with progress_bar("Workbooks read") as on_progress:
        done = fatf_kit.update_folder(home, now=datetime.now().astimezone(), on_progress=on_progress)
    _print_done(done, home)
    if not no_open:
        webbrowser.open((home.resolve() / "status.html").as_uri())
    return output.DONE


def _print_done(done: FolderUpdate, home: Path) -> None:
    """Print what was done, a line for each kind of work, then faults of the coordinator's own files and next steps."""
    from fatf_kit.assessment.folder.model import CONTROL, DECISIONS, REPORTS
    from fatf_kit.core.problem_codes import ProblemLevel

    t = output.translator()
    reports = sum(path.parent.name == REPORTS for path in done.written)
    lines = [
        t.plural("{n} file of the inbox was filed.", "{n} files of the inbox were filed.", len(done.filed))
        if done.filed
        else "",
        t(
            "Neither answers nor statistics, mock sheets or a plan, so left in the inbox: {names}. Copy answers that "
            "they contain into the workbook of the agency.",
            names=t.listed(one.name for one in done.unknown),
        )
        if done.unknown
        else "",
        t(
            "These files are open in a spreadsheet program, so changes that are not saved yet are not read: {names}. "
            "Save and close them, and update again.",
            names=t.listed(done.open_files),
        )
        if done.open_files
        else "",
        t("The control workbook was written again.") if done.is_refreshed else "",
        t.plural(
            "{n} workbook for an agency was written.", "{n} workbooks for agencies were written.", len(done.templates)
        )
        if done.templates
        else "",
        t.plural("{n} letter was written.", "{n} letters were written.", len(done.letters)) if done.letters else "",
        t.plural("{n} decision counts.", "{n} decisions count.", done.decisions) if done.decisions else "",
        t.plural("{n} report or paper was written.", "{n} reports and papers were written.", reports)
        if reports
        else "",
        t(
            "Open or changed by hand, so the new copy is next to it: {names}",
            names=t.listed(one.name for one in done.waiting),
        )
        if done.waiting
        else "",
    ]
    for line in filter(None, lines):
        output.print_line(line)
    own = [one for one in done.problems if one.ref and one.ref.file in (CONTROL, DECISIONS)]
    output.print_problems([one for one in own if one.level is not ProblemLevel.NOTE])
    steps.print_next_steps(done.status)
    click.echo(f"\n{home / 'status.html'}")
