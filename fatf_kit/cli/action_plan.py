"""`fatf-kit action-plan`: plans that others word, from the last report to removal from FATF's list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fatf_kit.cli import options, output, steps
from fatf_kit.cli.action_plan_needs import needs

if TYPE_CHECKING:
    from fatf_kit import ItemReview
    from fatf_kit.report.model import Report

OWN = "own"
"""The kind of the country's own plan, which 'fatf-kit plan' makes."""

KINDS = ("last-report", "observation", "icrg", "key-actions")
"""The kinds of plans that others word (frameworks/plan/monitoring.json)."""


def _status_endings() -> Sequence[str]:
    return (*options.report_endings(), ".ics")


def _review(paths: tuple[Path, ...], today: Any = None) -> tuple[Path, ItemReview]:
    import fatf_kit

    home = steps.require_folder(paths)
    review = fatf_kit.review_items(home, today=today)
    output.print_errors(review.problems)
    return home, review


@click.group("action-plan", epilog=output.EXITS)
def action_plan() -> None:
    """Keep the plans that others word: recommended actions, the ICRG action plan, the roadmap of key actions.

    The items are in action-plan.xlsx in the assessment folder, in the wording of the plan. Each has evidence, and a
    status as claimed, as shown and as decided after each Plenary.
    """


@action_plan.command(epilog=output.EXITS)
@options.input_paths("[DIR]")
@click.option(
    "--kind",
    type=click.Choice([OWN, *KINDS]),
    required=True,
    help="Kind of plan; 'own' is the plan that 'fatf-kit plan' makes from the gaps.",
)
@click.option(
    "--report",
    type=options.INPUT_FILE,
    metavar="FILE",
    help="Recommended actions that 'fatf-kit report-in' read.  [default: last-report.xlsx in the folder]",
)
@options.date_option("--today", text="Day from which the next Plenaries are counted.  [default: today]")
@options.language_json
def make(paths: tuple[Path, ...], kind: str, report: Path | None, today: Any, language: str, as_json: bool) -> int:
    """Begin a plan in action-plan.xlsx, or move the open items of the plan before into it.

    The recommended actions of the last report become items. Items that are open after the observation period keep
    their numbers in the ICRG plan. Rows that are there stay; the earlier file is kept in history/.
    """
    import fatf_kit

    home = steps.require_folder(paths)
    if kind == OWN:
        from fatf_kit.cli.plan import plan

        options_of_plan = {"language": language, "as_json": as_json, "target": Path("plan.xlsx")}
        return int(click.get_current_context().invoke(plan, paths=(home,), **options_of_plan))
    made = fatf_kit.make_action_plan(home, kind, report=report, today=today, moment=steps.current_time("seconds"))
    if as_json:
        output.print_json(made.payload)
        return output.exit_code(made.problems)
    output.print_problems(made.problems)
    if made.path is None:
        return output.exit_code(made.problems)
    steps.print_files(made.path)
    t = output.translator()
    counts = (
        t.plural("{n} new item", "{n} new items", len(made.made.added)),
        t.plural("{n} item moved from the plan before", "{n} items moved from the plan before", len(made.made.moved)),
    )
    output.print_message("In the plan: {counts}.", counts=t.listed(counts))
    output.print_message(
        "Next: open {file}, type or paste each item as it is worded, and choose what it asks for.", file=made.path.name
    )
    return output.DONE


@action_plan.command(epilog=output.EXITS)
@options.input_paths("[DIR]")
@options.date_option("--today", text="Day for which the plans are checked.  [default: today]")
@options.language_json
def check(paths: tuple[Path, ...], today: Any, language: str, as_json: bool) -> int:  # noqa: ARG001 - read at start
    """List every problem of action-plan.xlsx: missing deadlines, claims without evidence, cycles out of order."""
    import fatf_kit
    from fatf_kit.scoring.report.payload import build_problems_document

    review, problems = fatf_kit.check_action_plan(steps.require_folder(paths), today=today)
    if as_json:
        output.print_json(build_problems_document(problems))
        return output.exit_code(problems)
    output.print_problems(problems)
    if not review.register.file:
        output.print_message("The folder has no action-plan.xlsx. Make it with 'fatf-kit action-plan make'.")
    elif not problems:
        output.print_message("No problem was found.")
    return output.exit_code(problems)


@action_plan.command(epilog=output.EXITS)
@options.input_paths("[DIR]")
@click.option("--cycle", metavar="YEAR-MONTH", help="Month of the Plenary.  [default: the next one]")
@options.date_option("--today", text="Day that decides which Plenary is the next one.  [default: today]")
@options.output_file("File to write: .html, .docx, .pdf, .xlsx, .csv, or .ics with the dates.", _status_endings)
@options.force_language_json
def status(
    paths: tuple[Path, ...],
    cycle: str | None,
    today: Any,
    target: Path | None,
    force: bool,
    language: str,
    as_json: bool,
) -> int:
    """Show how far each item is: as claimed, as the evidence shows, as decided, and what the next status needs.

    The status shown is calculated by a rule from the evidence on file. A law alone shows an item only where the item
    asks for a law.
    """
    import fatf_kit
    from fatf_kit.action_plan.items.payload import make_status_payload
    from fatf_kit.core.files import check_target, write_file

    home, review = _review(paths, today)
    plans = [review.progress(plan, cycle) for plan in review.plans]
    if target and target.suffix.lower() == ".ics":
        check_target(target, inputs=steps.folder_inputs(home), force=force)
        write_file(target, fatf_kit.action_plan_calendar(review, language=language))
        steps.print_files(target)
    elif target:
        report = fatf_kit.action_plan_status(review, cycle=cycle, generated_at=steps.current_time(), language=language)
        steps.write_report_file(report, target, inputs=steps.folder_inputs(home), force=force)
    payload = make_status_payload(review.register, plans, review.problems) if as_json else None
    output.print_result(payload, _status_lines(plans), as_json=as_json)
    return output.DONE


def _status_lines(plans: Sequence[Any]) -> Iterator[str]:
    """Yield for each plan the count of its items, and a line for each item that is not decided as done."""
    from fatf_kit.action_plan.items.status_report import describe_item, describe_plan
    from fatf_kit.action_plan.items.texts import name_plan

    t = output.translator()
    if not plans:
        yield t("No plan has items. Begin one with 'fatf-kit action-plan make --kind icrg'.")
    for one in plans:
        name = t("{text} ({place})", text=name_plan(one.plan, t), place=t.month(one.cycle.id))
        yield t("{name}: {text}", name=name, text=describe_plan(one, t))
        for item in one.heads:
            if not one.scale.is_done(item.decided):
                yield describe_item(item, t)


@action_plan.command(epilog=output.EXITS)
@options.input_paths("[DIR]")
@click.option("--kind", type=click.Choice(KINDS), help="Kind of plan.  [default: the only one that has items]")
@click.option("--cycle", metavar="YEAR-MONTH", help="Month of the Plenary.  [default: the next one]")
@click.option("--full", "is_full", is_flag=True, help="All items with what was reported before, not only what is new.")
@options.date_option("--today", text="Day that decides which Plenary is the next one.  [default: today]")
@options.output_file(
    "File to write: .docx, .html, .pdf, .xlsx or .csv.", options.report_endings, default="progress-report.docx"
)
@options.force_language_json
def report(
    paths: tuple[Path, ...],
    kind: str | None,
    cycle: str | None,
    is_full: bool,
    today: Any,
    target: Path,
    force: bool,
    language: str,
    as_json: bool,
) -> int:
    """Write the report to the reviewers for one cycle: action taken, evidence by annex, proposed status.

    It contains the country's statements only. Everything that is new since the last report is marked.
    """
    import fatf_kit
    from fatf_kit.action_plan.items.annexes import find_open_annexes

    home, review = _review(paths, today)
    output.print_problems(find_open_annexes(review.register.evidence))
    made: Report = fatf_kit.action_plan_report(
        review, kind, cycle=cycle, is_full=is_full, generated_at=steps.current_time(), language=language
    )
    steps.write_report_file(made, target, inputs=steps.folder_inputs(home), force=force)
    output.print_result(made.payload, (), as_json=as_json)
    return output.DONE


action_plan.add_command(needs)
