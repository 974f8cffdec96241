"""`fatf-kit action-plan`: plans that others word, from the last report to removal from FATF's list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import fatf_kit
from fatf_kit.cli import steps
from fatf_kit.terminal import exit_codes, folders, options, output, writing

if TYPE_CHECKING:
    from fatf_kit.action_plan.items.statuses import CycleProgress
    from fatf_kit.action_plan.needs.matrix import NeedMatrix

OWN = "own"
"""The kind of the country's own plan, which 'fatf-kit plan' makes."""

KINDS = ("last-report", "observation", "icrg", "key-actions")
"""The kinds of plans that others word (frameworks/plan/monitoring.json)."""


def _review(paths: tuple[Path, ...], today: date | None) -> fatf_kit.ItemReview:
    review = fatf_kit.review_items(folders.require_folder(paths), today=today)
    output.print_errors(review.problems)
    return review


@click.group("action-plan")
def action_plan() -> None:
    """Keep the plans that others word: recommended actions, the ICRG action plan, the roadmap of key actions.

    The items are in action-plan.xlsx in the assessment folder, in the wording of the plan. Each has evidence, and a
    status as claimed, as shown and as decided after each Plenary.
    """


@action_plan.command
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
def make(paths: tuple[Path, ...], kind: str, report: Path | None, today: date | None, language: str) -> int:
    """Begin a plan in action-plan.xlsx, or move the open items of the plan before into it.

    The recommended actions of the last report become items. Items that are open after the observation period keep
    their numbers in the ICRG plan. Rows that are there stay; the earlier file is kept in history/.

    Example: fatf-kit action-plan make iraq --kind icrg
    """
    home = folders.require_folder(paths)
    if kind == OWN:
        from fatf_kit.cli.plan import plan

        click.get_current_context().invoke(plan, paths=(home,), language=language, target=Path("plan.xlsx"))
        return exit_codes.DONE
    made = fatf_kit.make_action_plan(home, kind, report=report, today=today, moment=writing.current_time("seconds"))
    if output.is_set(output.JSON):
        output.print_json(made.payload)
        return output.exit_code(made.problems)
    output.print_problems(made.problems)
    if made.path is None:
        return output.exit_code(made.problems)
    writing.print_files(made.path)
    t = output.translator()
    counts = (
        t.plural("{n} new item", "{n} new items", len(made.made.added)),
        t.plural("{n} item moved from the plan before", "{n} items moved from the plan before", len(made.made.moved)),
    )
    output.print_message("In the plan: {counts}.", counts=t.listed(counts))
    output.print_message(
        "Next: open {file}, type or paste each item as it is worded, and choose what it asks for.", file=made.path.name
    )
    return exit_codes.DONE


@action_plan.command
@options.input_paths("[DIR]")
@options.date_option("--today", text="Day for which the plans are checked.  [default: today]")
@options.run_language_json
def check(paths: tuple[Path, ...], today: date | None) -> int:
    """List every problem of action-plan.xlsx: missing deadlines, claims without evidence, cycles out of order.

    Example: fatf-kit action-plan check iraq
    """
    review, problems = fatf_kit.check_action_plan(folders.require_folder(paths), today=today)
    code = output.print_found(problems)
    if output.is_set(output.JSON):
        return code
    if not review.register.file:
        output.print_message("The folder has no action-plan.xlsx. Make it with 'fatf-kit action-plan make'.")
    elif not problems:
        output.print_message("No problem was found.")
    return code


@action_plan.command
@options.input_paths("[DIR]")
@click.option("--cycle", metavar="YEAR-MONTH", help="Month of the Plenary.  [default: the next one]")
@options.date_option("--today", text="Day that decides which Plenary is the next one.  [default: today]")
@options.output_file(
    "File to write: .html, .docx, .pdf, .xlsx, .csv, or .ics with the dates.", (*options.REPORT_ENDINGS, ".ics")
)
@options.force_language_json
def status(
    paths: tuple[Path, ...], cycle: str | None, today: date | None, target: Path | None, force: bool, language: str
) -> None:
    """Show how far each item is: as claimed, as the evidence shows, as decided, and what the next status needs.

    The status shown is calculated by a rule from the evidence on file. A law alone shows an item only where the item
    asks for a law.

    Example: fatf-kit action-plan status iraq -o status.docx
    """
    from fatf_kit.action_plan.items.payload import make_item_status_result

    review = _review(paths, today)
    plans = [review.progress(plan, cycle) for plan in review.plans]
    if target and target.suffix.lower() == ".ics":
        dates = fatf_kit.action_plan_calendar(review, language=language)
        writing.write_new_file(target, dates, force=force)
    else:
        report = fatf_kit.action_plan_status(
            review, cycle=cycle, generated_at=writing.current_time(), language=language
        )
        writing.write_report_file(report, target, force=force)
    output.print_result(make_item_status_result(review.register, plans, review.problems), _status_lines(plans))


def _status_lines(plans: Sequence[CycleProgress]) -> Iterator[str]:
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


@action_plan.command
@options.input_paths("[DIR]")
@click.option("--kind", "plan", type=click.Choice(KINDS), help="Kind of plan.  [default: the only one that has items]")
@click.option("--cycle", metavar="YEAR-MONTH", help="Month of the Plenary.  [default: the next one]")
@click.option("--full", "is_full", is_flag=True, help="All items with what was reported before, not only what is new.")
@options.date_option("--today", text="Day that decides which Plenary is the next one.  [default: today]")
@options.output_file(
    "File to write: .docx, .html, .pdf, .xlsx or .csv.", options.REPORT_ENDINGS, default="progress-report.docx"
)
@options.force_language_json
def report(paths: tuple[Path, ...], today: date | None, target: Path, force: bool, **reporting: Any) -> None:
    """Write the report to the reviewers for one cycle: action taken, evidence by annex, proposed status.

    It contains the country's statements only. Everything that is new since the last report is marked. A status without
    evidence is left out, and listed here, until the coordinator confirms it in action-plan.xlsx.

    Example: fatf-kit action-plan report iraq --cycle 2027-02 -o progress-report.docx
    """
    review = _review(paths, today)
    found = fatf_kit.check_action_plan_report(review, reporting["plan"], cycle=reporting["cycle"])
    output.print_problems(found)
    made = fatf_kit.action_plan_report(review, generated_at=writing.current_time(), **reporting)
    writing.write_report_file(made, target, force=force)
    output.print_result(made.payload)


@action_plan.command
@options.input_paths("[DIR]")
@click.option(
    "--partner",
    type=options.PLAIN_TEXT,
    metavar="NAME",
    help="Partner whose copy is written; 'open' for the open needs alone.  [default: the matrix of all needs]",
)
@click.option(
    "--ratings",
    "is_scored",
    is_flag=True,
    help="Score the answers of the folder too, and count the ratings that would rise.",
)
@options.date_option("--today", text="Day for which priorities are counted.  [default: today]")
@options.output_file("File to write: .xlsx, .csv, .docx, .html or .pdf.", options.REPORT_ENDINGS)
@options.force_language_json
def needs(
    paths: tuple[Path, ...], is_scored: bool, today: date | None, target: Path | None, force: bool, **copy: Any
) -> int:
    """Report the costs of the action plans, the assistance that is needed, and who pays.

    Without a partner it is the coordinator's matrix: all needs with totals, double offers, and what is not known. A
    partner's copy has its own needs and the open ones. Confidential needs, other partners' offers and the country's own
    ratings are not in it. Where a text of a copy names another partner, the file is written, the text is listed, and
    the command ends with 1.

    Example: fatf-kit action-plan needs iraq -o needs.docx
    """
    home = folders.require_folder(paths)
    review = fatf_kit.review_items(home, today=today)
    scored = steps.score_with_progress((home,)) if is_scored else None
    found = fatf_kit.action_plan_needs(review, generated_at=writing.current_time(), scored=scored, **copy)
    output.print_errors(review.problems)
    output.print_problems(found.problems)
    writing.write_report_file(found.report, target, force=force)
    output.print_result(found.report.payload, _need_lines(found.matrix))
    return output.exit_code(found.problems)


def _need_lines(matrix: NeedMatrix) -> Iterator[str]:
    """Yield the numbers of needs, the sums, and what is not known."""
    from fatf_kit.action_plan.needs.costing import add_up
    from fatf_kit.action_plan.needs.texts import describe_sums, list_unknown, state_width

    t = output.translator()
    counts = (
        (t("open"), matrix.count("open")),
        (t("offered"), matrix.count("offered")),
        (t("agreed or delivered"), matrix.count("agreed") + matrix.count("delivered")),
    )
    numbers = t.listed(t("{name} ({n})", name=name, n=n) for name, n in counts)
    yield t.plural("{n} need: {counts}", "{n} needs: {counts}", len(matrix.rows), counts=numbers)
    yield t("{name}: {text}", name=t("Costs"), text=describe_sums(add_up(matrix.lines), t))
    yield from list_unknown(matrix, t)
    if matrix.double_offers and not matrix.partner:
        yield t("Double offers: {n}", n=len(matrix.double_offers))
    yield state_width(t)
