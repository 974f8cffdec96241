"""`fatf-kit plan`: from gaps to actions, in a workbook."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from fatf_kit.cli.output import (
    EXITS,
    DayType,
    NewFile,
    ReadPath,
    exit_code,
    force_option,
    json_option,
    language_option,
    print_errors,
    print_json,
    print_message,
)
from fatf_kit.cli.progress_bar import progress_bar

settings_option = click.option(
    "--settings",
    type=ReadPath(dir_okay=False),
    help="Working week, holidays, lead times, capacity; plan.json in the folder if left out.",
)


@click.command(epilog=EXITS)
@click.argument("paths", metavar="[FILE|DIR]...", nargs=-1, type=ReadPath())
@click.option("--published", metavar="ISO3", help="No workbooks: a skeleton from published ratings.")
@click.option(
    "--report", default="MER", show_default=True, help="With --published: MER, FUR, latest or a month like 2024-05."
)
@click.option(
    "-o",
    "--output",
    type=NewFile(lambda: [".xlsx"]),
    default="plan.xlsx",
    show_default=True,
    help="Workbook to be written.",
)
@click.option(
    "--target",
    type=click.Choice(["leave-icrg", "regular", "none"]),
    default="none",
    show_default=True,
    help="Begin with the least work that clears the referral lines, or all lines.",
)
@click.option("--visit", type=DayType(), help="Last day of the visit, year-month-day; as the answers say if left out.")
@click.option("--start", type=DayType(), help="Day on which work begins; today if left out.")
@click.option("--edition", help="Edition of the Methodology; taken from the workbooks if left out.")
@click.option(
    "--mock",
    metavar="FILE|DIR",
    type=ReadPath(),
    help="Scored sheets of a mock visit; those in the folder's mock/ if left out.",
)
@settings_option
@force_option
@language_option
@json_option
def plan(
    paths: tuple[Path, ...],
    published: str | None,
    report: str,
    output: Path,
    target: str,
    visit: date | None,
    start: date | None,
    edition: str | None,
    mock: Path | None,
    settings: Path | None,
    force: bool,
    language: str,
    as_json: bool,
) -> int:
    """Turn what is missing into actions: owner, dates, what waits for what, and what each would change.

    One action removes one root cause, however many requirements feel it. Effects are worked out by rating again;
    efforts and lead times are orders of size that the country sets itself. What a mock visit showed becomes actions of
    its own, which move no rating.
    """
    from fatf_kit import plan_of, published_plan
    from fatf_kit.action_plan.book import describe_path
    from fatf_kit.action_plan.payload import plan_payload
    from fatf_kit.core.files import check_target, write_file
    from fatf_kit.core.messages import Translator
    from fatf_kit.framework import load_framework

    if bool(paths) == bool(published):
        raise click.UsageError("Give filled workbooks, or --published with a jurisdiction, not both.")
    if published and mock:
        raise click.UsageError("--mock belongs to filled workbooks and says nothing with --published.")
    check_target(output, inputs=[*paths, *([mock] if mock else [])], force=force, endings=[".xlsx"])
    begin, wanted = start or date.today(), None if target == "none" else target
    if published:
        planned = published_plan(published, report=report, start=begin, target=wanted, cut_off=visit, settings=settings)
    else:
        with progress_bar("Workbooks read") as told:
            planned = plan_of(
                paths,
                start=begin,
                target=wanted,
                visit_end=visit,
                edition=edition,
                settings=settings,
                mock=mock,
                on_progress=told,
            )
    print_errors(planned.problems)
    write_file(output, planned.workbook(language))
    t = Translator(language)
    if as_json:
        print_json(plan_payload(planned.plan, load_framework(planned.plan.edition, language), t))
    elif planned.plan.way:
        click.echo(describe_path(planned.plan, t))
    facts = {"path": output, "actions": len(planned.plan.actions), "late": len(planned.plan.late)}
    if planned.scored and not planned.scored.assessment.coverage.answered:
        print_message("Written: {path}. Nothing is answered yet, so the plan can only ask for answers.", path=output)
    else:
        print_message("Written: {path}, {actions} actions, {late} of them too late for the cut-off.", **facts)
    return exit_code(planned.problems)
