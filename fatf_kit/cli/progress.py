"""`fatf-kit progress`: how far a plan is, and which ratings follow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

import fatf_kit
from fatf_kit.terminal import options, output, writing

if TYPE_CHECKING:
    from fatf_kit.action_plan.progress import PlanProgress


@click.command
@click.argument("file", metavar="FILE.xlsx", type=options.INPUT_FILE)
@options.output_folder("Folder for the report.")
@options.date_option("--today", text="Day for which progress is reported, as year-month-day.  [default: today]")
@options.plan_settings
@options.force_language_json
def progress(
    file: Path, target: Path | None, today: date | None, settings: Path | None, force: bool, language: str
) -> None:
    """Read the workbook of a plan and report the actions that are done, late or blocked, and the ratings that follow.

    An action is done if its evidence is named. Actions done without evidence are listed separately and not counted.
    Ratings at the cut-off date are projected twice: if every action is on time, and at today's pace.

    Example: fatf-kit progress plan.xlsx -o progress
    """
    found, problems = fatf_kit.progress(file, today=today or date.today(), settings=settings)
    output.print_problems(problems)
    report = fatf_kit.progress_report(found, language)
    if target:
        writing.write_with_progress(report, target, ("html", "docx"), force=force)
        output.print_message("Written to {folder}", folder=target)
    output.print_result(report.payload, _lines(found))


def _lines(found: PlanProgress) -> Iterator[str]:
    """Yield the number of actions in each state, and the outlook of each projection."""
    from fatf_kit.action_plan.book import state_limits
    from fatf_kit.action_plan.progress import ActionState
    from fatf_kit.action_plan.progress_report import list_cases
    from fatf_kit.outlook.report import describe_outlook

    t = output.translator()
    yield t.listed(t("{name}: {text}", name=t(state), text=found.count(state)) for state in ActionState)
    for name, one in list_cases(found, t):
        yield t("{name}: {text}", name=name, text=describe_outlook(one.outlook, t))
    yield state_limits(t)
