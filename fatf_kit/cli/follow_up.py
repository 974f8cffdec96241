"""`fatf-kit follow-up`: from a published report to re-rating requests and the follow-up report."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fatf_kit.cli.output import (
    EXITS,
    NewFile,
    ReadPath,
    document_endings,
    exit_code,
    force_option,
    json_option,
    language_option,
    on_option,
    print_json,
    print_message,
    print_problems,
)

if TYPE_CHECKING:
    from fatf_kit.core.messages import Translator
    from fatf_kit.follow_up_report.re_ratings import FollowUpCase

_report_option = click.option(
    "--report", default="MER", show_default=True, help="Which report: MER, FUR, latest or a month like 2024-05."
)


@click.group("follow-up", epilog=EXITS)
def follow_up() -> None:
    """After the report: what is open, what to re-rate first, and the follow-up report in Word."""


@follow_up.command(epilog=EXITS)
@click.option("--published", metavar="ISO3", required=True, help="Whose published report is followed up.")
@_report_option
@click.option(
    "-o",
    "--output",
    type=NewFile(lambda: [".xlsx"]),
    default="follow-up.xlsx",
    show_default=True,
    help="Workbook to be written.",
)
@force_option
@language_option
def template(published: str, report: str, output: Path, force: bool, language: str) -> int:
    """Write a workbook: the report's table to paste, re-ratings to ask for, what changed criterion by criterion."""
    from fatf_kit import follow_up as make
    from fatf_kit.core.files import check_target, write_file

    check_target(output, force=force, endings=[".xlsx"])
    write_file(output, make(published, report=report).workbook(language))
    print_message("Written: {path}", path=output)
    return 0


@follow_up.command("report", epilog=EXITS)
@click.argument("workbook", metavar="[FILE.xlsx]", required=False, type=ReadPath(dir_okay=False))
@click.option("--published", metavar="ISO3", default="", help="Whose report, where no workbook says it.")
@_report_option
@click.option(
    "-o", "--output", type=NewFile(document_endings), default="follow-up.docx", show_default=True, help="Document."
)
@on_option
@force_option
@language_option
@json_option
def write(
    workbook: Path | None,
    published: str,
    report: str,
    output: Path,
    day: date | None,
    force: bool,
    language: str,
    as_json: bool,
) -> int:
    """Write the follow-up report, from a filled workbook or from the published ratings alone."""
    from fatf_kit import follow_up as make
    from fatf_kit.action_plan.payload import follow_up_payload
    from fatf_kit.core.files import check_target
    from fatf_kit.core.messages import Translator
    from fatf_kit.outlook.report import describe_what_if
    from fatf_kit.published.listing_status import describe_listing
    from fatf_kit.published.listings import find_listing
    from fatf_kit.report.write import write_document

    check_target(output, inputs=[workbook] if workbook else [], force=force)
    found = make(published, report=report, workbook=workbook)
    print_problems(found.problems)
    today = day or date.today()
    write_document(found.document(today=today, language=language), output)
    t, listing = Translator(language), find_listing(found.case.report.iso3, today)
    if as_json:
        print_json(follow_up_payload(found.case, lambda way: describe_what_if(way, t), listing))
    else:
        if listing:
            click.echo(describe_listing(listing, t))
        for line in _show_case(found.case, t):
            click.echo(line)
    print_message("Written: {path}", path=output)
    return exit_code(found.problems)


def _show_case(case: FollowUpCase, t: Translator) -> Iterator[str]:
    """What follows the report, in sentences."""
    from fatf_kit.outlook.report import describe_outlook, describe_target_path, describe_what_if, list_request_dates

    yield describe_outlook(case.outlook, t)
    for way in case.ways:
        yield describe_target_path(way.target, way, t)
    if not case.ways[-1].reachable:
        told = describe_what_if(case.technical, t)
        yield t("Leaving aside the thresholds that depend on effectiveness: {sentence}", sentence=told)
    if case.requests:
        yield t("If every re-rating asked for is granted: {outlook}", outlook=describe_outlook(case.granted, t))
    yield from list_request_dates(case.outlook.rules, t)
