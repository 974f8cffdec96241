"""`fatf-kit plan`: from gaps to actions, in a workbook."""

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
@click.option("--published", metavar="ISO3", help="No workbooks: a skeleton from published ratings.")
@click.option(
    "--report", default="MER", show_default=True, help="With --published: MER, FUR, latest or a month like 2024-05."
)
@options.output_file("Workbook to be written.", lambda: [".xlsx"], default="plan.xlsx")
@click.option(
    "--target",
    "goal",
    type=click.Choice(["leave-icrg", "regular", "none"]),
    default="none",
    show_default=True,
    help="Begin with the least work that clears the referral lines, or all lines.",
)
@options.date_option("--visit", text="Last day of the visit, year-month-day; as the answers say if left out.")
@options.date_option("--start", text="Day on which work begins; today if left out.")
@options.edition
@click.option(
    "--mock",
    metavar="FILE|DIR",
    type=options.ReadPath(),
    help="Scored sheets of a mock visit; those in the folder's mock/ if left out.",
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
    """Turn what is missing into actions: owner, dates, what waits for what, and what each would change.

    One action removes one root cause, however many requirements feel it. Effects are worked out by rating again;
    efforts and lead times are orders of size that the country sets itself. What a mock visit showed becomes actions of
    its own, which move no rating.
    """
    from fatf_kit import plan_of, published_plan
    from fatf_kit.action_plan.payload import plan_payload
    from fatf_kit.core.files import check_target, write_file
    from fatf_kit.framework import load_framework

    if bool(paths) == bool(published):
        raise click.UsageError("Give filled workbooks, or --published with a jurisdiction, not both.")
    if published and mock:
        raise click.UsageError("--mock belongs to filled workbooks and says nothing with --published.")
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
            "Written: {path}. Nothing is answered yet, so the plan can only ask for answers.", path=target
        )
    else:
        facts = {"path": target, "actions": len(made.actions), "late": len(made.late)}
        output.print_message("Written: {path}, {actions} actions, {late} of them too late for the cut-off.", **facts)
    return output.exit_code(planned.problems)
