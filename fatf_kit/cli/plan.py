"""`fatf-kit plan`: the gaps as actions, in a workbook."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from fatf_kit.action_plan.book import describe_path
from fatf_kit.cli import options, output
from fatf_kit.cli.progress_bar import progress_bar


@click.command(epilog=output.EXITS)
@options.input_paths("[FILE|DIR]...")
@click.option(
    "--published",
    metavar="ISO3",
    help="Make a first plan from the published ratings of this jurisdiction, without workbooks.",
)
@click.option(
    "--report", default="MER", show_default=True, help="Published report: MER, FUR, latest or a month like 2024-05."
)
@options.output_file("Workbook to write.", lambda: [".xlsx"], default="plan.xlsx")
@click.option(
    "--target",
    "goal",
    type=click.Choice(["leave-icrg", "regular", "none"]),
    default="none",
    show_default=True,
    help="Begin with the least work after which no referral threshold, or no threshold of any kind, is met.",
)
@options.date_option(
    "--visit", text="Last day of the on-site visit, as year-month-day.  [default: as in the workbooks]"
)
@options.date_option("--start", text="Day on which work begins.  [default: today]")
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
    published: str | None,
    report: str,
    target: Path,
    goal: str,
    visit: date | None,
    start: date | None,
    edition: str | None,
    mock: Path | None,
    settings: Path | None,
    force: bool,
    language: str,
    as_json: bool,
) -> int:
    """Turn gaps into actions with owners, dates, dependencies and their effect on ratings.

    One action removes one root cause, which may affect several requirements. Effects are calculated by rating again.
    Efforts and lead times are rough estimates that the country should set itself. Points from a mock visit become
    separate actions, which change no rating.
    """
    from fatf_kit import plan_of, published_plan
    from fatf_kit.action_plan.payload import plan_payload
    from fatf_kit.core.files import check_target, write_file
    from fatf_kit.framework import load_framework

    if bool(paths) == bool(published):
        output.fail_usage("Name filled workbooks, or use --published with a jurisdiction, but not both.")
    if published and mock:
        output.fail_usage("Use --mock only with filled workbooks, not with --published.")
    check_target(target, inputs=[*paths, *([mock] if mock else [])], force=force, endings=[".xlsx"])
    common: dict[str, Any] = {
        "start": start or date.today(),
        "target": None if goal == "none" else goal,
        "settings": settings,
    }
    if published:
        planned = published_plan(published, report=report, cut_off=visit, **common)
    else:
        with progress_bar("Workbooks read") as on_progress:
            planned = plan_of(paths, visit_end=visit, edition=edition, mock=mock, on_progress=on_progress, **common)
    output.print_errors(planned.problems)
    write_file(target, planned.workbook(language))
    made, t = planned.plan, output.translator()
    payload = plan_payload(made, load_framework(made.edition, language), t) if as_json else None
    output.print_result(payload, [describe_path(made, t)] if made.way else [], as_json=as_json)
    if planned.scored and not planned.scored.assessment.coverage.answered:
        output.print_message(
            "Written: {path}. No requirement is answered yet, so the plan only asks for answers.", path=target
        )
    else:
        text = t.plural(
            "Written: {path}, with {n} action. Too late for the cut-off date: {late}.",
            "Written: {path}, with {n} actions. Too late for the cut-off date: {late}.",
            len(made.actions),
            path=target,
            late=len(made.late),
        )
        output.print_message(text)
    return output.DONE
