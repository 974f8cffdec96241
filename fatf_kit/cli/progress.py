"""`fatf-kit progress`: how far a plan has come, and where the ratings lead."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from fatf_kit.cli.output import (
    EXITS,
    DayType,
    ReadPath,
    exit_code,
    force_option,
    json_option,
    language_option,
    print_json,
    print_message,
    print_problems,
)
from fatf_kit.cli.plan import settings_option


@click.command(epilog=EXITS)
@click.argument("file", metavar="FILE.xlsx", type=ReadPath(dir_okay=False))
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="Folder for the report.")
@click.option("--today", type=DayType(), help="The day to look from, year-month-day; today if left out.")
@settings_option
@force_option
@language_option
@json_option
def progress(
    file: Path,
    output: Path | None,
    today: date | None,
    settings: Path | None,
    force: bool,
    language: str,
    as_json: bool,
) -> int:
    """Read a plan's workbook: what is done, late or blocked, and the ratings that follow.

    Done means that evidence is named; done without evidence is shown apart and counts nowhere. Ratings are projected to
    the cut-off twice: if everything is on time, and if today's pace holds.
    """
    from fatf_kit import progress as track
    from fatf_kit import progress_report
    from fatf_kit.action_plan.book import state_limits
    from fatf_kit.action_plan.progress import ActionState
    from fatf_kit.action_plan.progress_report import list_cases
    from fatf_kit.cli.steps import write_with_progress
    from fatf_kit.core.messages import Translator
    from fatf_kit.outlook.report import describe_outlook

    found, problems = track(file, today=today or date.today(), settings=settings)
    print_problems(problems)
    report = progress_report(found, language)
    if output:
        write_with_progress(report, output, ("html", "docx"), inputs=[file], force=force)
        print_message("Written to {folder}", folder=output)
    if as_json:
        print_json(report.payload)
        return exit_code(problems)
    t = Translator(language)
    click.echo(t.listed(t("{name}: {text}", name=t(state), text=found.count(state)) for state in ActionState))
    for name, one in list_cases(found, t):
        click.echo(t("{name}: {text}", name=name, text=describe_outlook(one.outlook, t)))
    click.echo(state_limits(t))
    return exit_code(problems)
