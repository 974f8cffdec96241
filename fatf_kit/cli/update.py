"""`fatf-kit update`: everything that is due in an assessment folder."""

from __future__ import annotations

import os
import webbrowser
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

import fatf_kit
from fatf_kit.cli import steps
from fatf_kit.terminal import folders, options, output

if TYPE_CHECKING:
    from fatf_kit.core.messages import Translator
    from fatf_kit.core.problems import Problem


@click.command
@options.input_paths("[DIR]")
@click.option("--no-open", is_flag=True, help="Do not open status.html at the end.")
@options.quiet_language
def update(paths: tuple[Path, ...], no_open: bool) -> None:
    """Do everything that is due in an assessment folder, then open its status.

    Files the workbooks of the inbox, writes missing workbooks of agencies, reads every answer once, and writes the
    report, the decisions, the papers, the letters and the page status.html.

    Example: fatf-kit update iraq
    """
    home = folders.require_folder(paths)
    with output.progress_bar("Workbooks read") as on_progress:
        done = fatf_kit.update_folder(home, now=datetime.now().astimezone(), on_progress=on_progress)
    _print_done(done, home)
    if not no_open:
        webbrowser.open((home.resolve() / "status.html").as_uri())


def _print_done(done: fatf_kit.FolderUpdate, home: Path) -> None:
    """Print what was done, a line for each kind of work, then errors, faults of the coordinator's files, next steps.

    That no workbook came back yet is no error: the next steps and the status say what is awaited.
    """
    from fatf_kit.assessment.folder.model import CONTROL, DECISIONS
    from fatf_kit.core.problem_kinds import ProblemLevel

    for line in (*_list_done(done, home), *_list_rule_change(done), *_offer_news(done)):
        output.print_line(line)
    output.print_problems(
        [
            problem
            for problem in done.problems
            if (problem.level is ProblemLevel.ERROR and problem.code != "nothing-to-read")
            or (problem.level is not ProblemLevel.NOTE and _is_own(problem, (CONTROL, DECISIONS)))
        ]
    )
    steps.print_next_steps(done.status)
    click.echo(f"\n{home / 'status.html'}")


def _is_own(problem: Problem, own_files: tuple[str, ...]) -> bool:
    """Return whether a problem is one for the coordinator, not for an agency."""
    return (problem.ref is not None and problem.ref.file in own_files) or problem.code == "workbook-old"


def _list_rule_change(done: fatf_kit.FolderUpdate) -> Iterator[str]:
    """Yield the ratings that new scoring rules move, each with the rules and requirements that moved it."""
    from fatf_kit.comparison import rule_change as texts

    change, t = done.rule_change, output.translator()
    if change is None:
        return
    yield from texts.describe_change(change, t)
    for moved in change.moved:
        yield f"  {texts.describe_rating_move(moved, t)}"
        yield from (f"    {line}" for line in texts.list_rules(moved, t))
    if change.is_adopted:
        yield texts.describe_way_back(change, t)


def _offer_news(done: fatf_kit.FolderUpdate) -> Iterator[str]:
    """Yield the line that offers the page on what is new, in the first update by a newer version of fatf-kit."""
    t = output.translator()
    if upgrade := done.upgrade:
        yield t(
            "This folder was last updated by fatf-kit {earlier}; this is {later}. What is new for you: {page}",
            earlier=upgrade.earlier,
            later=upgrade.later,
            page=upgrade.page,
        )


def _list_inbox(done: fatf_kit.FolderUpdate, home: Path, t: Translator) -> Iterator[str]:
    """Yield what became of the files of the inbox: their places, and why some were left."""
    from fatf_kit.workflows.inbox import LeftBecause

    if n := len(done.filed):
        places = t.first_of(Path(os.path.relpath(target, home)).as_posix() for _, target in done.filed)
        yield t.plural(
            "{n} file of the inbox was filed: {places}.",
            "{n} files of the inbox were filed: {places}.",
            n,
            places=places,
        )
    for file in done.carried:
        yield t(
            "The answers in {name} are to an older edition. Workbooks that are not sent yet begin with them.",
            name=file.name,
        )
    for file in done.reports:
        yield t("The recommended actions of {name} are in last-report.xlsx.", name=file.name)
    for left in done.left:
        if left.why is LeftBecause.KEPT:
            yield t(
                "{name} is left in the inbox, because the folder has its own {file}. Copy what is new into it.",
                name=left.path.name,
                file=left.detail,
            )
        elif left.why is LeftBecause.COMMAND:
            yield t("{name} is left in the inbox: '{command}' reads it.", name=left.path.name, command=left.detail)
    if unknown := [file.path.name for file in done.left if file.why is LeftBecause.UNKNOWN]:
        yield t(
            "Not recognised, so left in the inbox: {names}. Copy answers that they contain into the workbook of the "
            "agency.",
            names=t.first_of(unknown),
        )


def _list_done(done: fatf_kit.FolderUpdate, home: Path) -> Iterator[str]:
    """Yield a line for each kind of work that was done or left."""
    from fatf_kit.assessment.folder.model import REPORTS

    t = output.translator()
    if done.since:
        time = f"{done.since:%H:%M}"
        yield t("Nothing has changed since the update at {time}: everything is up to date.", time=time)
    yield from _list_inbox(done, home, t)
    if done.open_files:
        yield t(
            "These files are open in a spreadsheet program, so changes that are not saved yet are not read: {names}. "
            "Save and close them, and update again.",
            names=t.first_of(done.open_files),
        )
    if done.is_refreshed:
        yield t("The control workbook was written again.")
    if n := len(done.templates):
        yield t.plural("{n} workbook for an agency was written.", "{n} workbooks for agencies were written.", n)
    if n := len(done.letters):
        yield t.plural("{n} letter was written.", "{n} letters were written.", n)
    if n := done.decisions:
        yield t.plural("{n} decision counts.", "{n} decisions count.", n)
    if n := sum(path.parent.name == REPORTS for path in done.written):
        yield t.plural("{n} report or paper was written.", "{n} reports and papers were written.", n)
    if done.waiting:
        yield t(
            "Open or changed by hand, so the new copy is next to it: {names}",
            names=t.first_of(one.name for one in done.waiting),
        )
