"""`fatf-kit follow-up`: from a published report to re-rating requests and the follow-up report."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

import fatf_kit
from fatf_kit.core.messages import Translator
from fatf_kit.follow_up_report.payload import make_follow_up_result
from fatf_kit.follow_up_report.re_ratings import FollowUpCase
from fatf_kit.outlook.report import describe_outlook, describe_target_path, describe_what_if, list_request_dates
from fatf_kit.published.listing_status import describe_listing
from fatf_kit.published.listings import ListingStatus
from fatf_kit.terminal import options, output, writing


@click.group("follow-up")
def follow_up() -> None:
    """Prepare follow-up after a published report: re-ratings to request, and the follow-up report in Word.

    Example: fatf-kit follow-up template --published IRQ
    """


@follow_up.command
@options.option("jurisdiction", required=True, help="Jurisdiction of the published report.")
@options.published_evaluation
@options.output_file("Workbook to write.", [".xlsx"], default="follow-up.xlsx")
@options.force_language
def template(jurisdiction: str, report: str, target: Path, force: bool, language: str) -> None:
    """Write the workbook for the follow-up report.

    It has a sheet for the report's table of recommended actions, one for the re-ratings to request, and one for the
    changes criterion by criterion.

    Example: fatf-kit follow-up template --published IRQ -o follow-up.xlsx
    """
    writing.write_new_file(target, fatf_kit.follow_up(jurisdiction, report=report).workbook(language), force=force)


@follow_up.command("report")
@click.argument("workbook", metavar="[FILE.xlsx]", required=False, type=options.INPUT_FILE)
@options.option("jurisdiction", default="", help="Jurisdiction of the report, if no workbook is named.")
@options.published_evaluation
@options.output_file("Document to write.", options.DOCUMENT_ENDINGS, default="follow-up.docx")
@options.day
@options.force_language_json
def write(
    workbook: Path | None,
    jurisdiction: str,
    report: str,
    target: Path,
    day: date | None,
    force: bool,
    language: str,
) -> None:
    """Write the follow-up report from a filled workbook, or from the published ratings alone.

    Example: fatf-kit follow-up report follow-up.xlsx -o follow-up.docx
    """
    found = fatf_kit.follow_up(jurisdiction, report=report, workbook=workbook)
    output.print_problems(found.problems)
    today, t = day or date.today(), output.translator()
    fatf_kit.write_document(found.document(today=today, language=language), target, force=force)
    listing = fatf_kit.find_listing(found.case.report.iso3, today)
    document = make_follow_up_result(found.case, lambda way: describe_what_if(way, t), listing)
    output.print_result(document, _case_lines(found.case, listing, t))
    writing.print_files(target)


def _case_lines(case: FollowUpCase, listing: ListingStatus | None, t: Translator) -> Iterator[str]:
    """Yield what follows from the report, in sentences."""
    if listing:
        yield describe_listing(listing, t)
    yield describe_outlook(case.outlook, t)
    for way in case.ways:
        yield describe_target_path(way.target, way, t)
    if not case.ways[-1].reachable:
        yield t(
            "Apart from the thresholds that depend on effectiveness, {sentence}",
            sentence=describe_what_if(case.technical, t),
        )
    if case.requests:
        yield t("If every requested re-rating is granted: {outlook}", outlook=describe_outlook(case.granted, t))
    yield from list_request_dates(case.outlook.rules, t)
