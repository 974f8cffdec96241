"""`fatf-kit plan`: the gaps as actions, in a workbook."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

import fatf_kit
from fatf_kit.action_plan.book import describe_path
from fatf_kit.action_plan.payload import make_plan_result
from fatf_kit.core.store import write_output
from fatf_kit.terminal import options, output


@click.command
@options.input_paths("[FILE|DIR]...")
@options.option(
    "jurisdiction",
    help="Make a first plan from the published ratings of this jurisdiction, without workbooks.",
)
@options.published_evaluation
@options.output_file("Workbook to write.", [".xlsx"], default="plan.xlsx")
@options.choice(
    "--target",
    "goal",
    allowed=("leave-icrg", "regular", "none"),
    default="none",
    text="Begin with the least work after which no referral threshold, or no threshold of any kind, is met.",
)
@options.date_option(
    "--visit", text="Last day of the on-site visit, as year-month-day.  [default: as in the workbooks]"
)
@options.option("first day of work", help="Day on which work begins.  [default: today]")
@options.edition
@click.option(
    "--mock",
    metavar="FILE|DIR",
    type=options.ReadPath(),
    help="Scored sheets of a mock visit.  [default: those in mock/ of the assessment folder]",
)
@options.plan_settings
@options.force_language_json
def plan(
    paths: tuple[Path, ...],
    jurisdiction: str | None,
    report: str,
    target: Path,
    goal: str,
    visit: date | None,
    edition: str | None,
    mock: Path | None,
    force: bool,
    language: str,
    **planning: Any,
) -> None:
    """Turn gaps into actions with owners, dates, dependencies and their effect on ratings.

    One action removes one root cause, which may affect several requirements. Effects are calculated by rating again.
    Efforts and lead times are rough estimates that the country should set itself. Points from a mock visit become
    separate actions, which change no rating.

    Example: fatf-kit plan iraq -o plan.xlsx
    """
    if bool(paths) == bool(jurisdiction):
        output.fail_usage("Name filled workbooks, or use --published with a jurisdiction, but not both.")
    if jurisdiction and mock:
        output.fail_usage("Use --mock only with filled workbooks, not with --published.")
    planning |= {"start": planning["start"] or date.today(), "target": None if goal == "none" else goal}
    if jurisdiction:
        planned = fatf_kit.published_plan(jurisdiction, report=report, cut_off=visit, **planning)
    else:
        planning |= {"visit_end": visit, "edition": edition, "mock": mock}
        with output.progress_bar("Workbooks read") as on_progress:
            planned = fatf_kit.plan_of(paths, on_progress=on_progress, **planning)
    output.print_errors(planned.problems)
    write_output(target, planned.workbook(language), force=force)
    made, t = planned.plan, output.translator()
    payload = make_plan_result(made, fatf_kit.load_framework(made.edition, language), t)
    output.print_result(payload, [describe_path(made, t)] if made.way else [])
    if planned.scored and not planned.scored.assessment.coverage.answered:
        output.print_message(
            "Written: {path}. No requirement is answered yet, so the plan only asks for answers.", path=target
        )
    else:
        output.print_plural(
            "Written: {path}, with {n} action, of which {late} cannot be completed by the cut-off date.",
            "Written: {path}, with {n} actions, of which {late} cannot be completed by the cut-off date.",
            len(made.actions),
            path=target,
            late=len(made.late),
        )
