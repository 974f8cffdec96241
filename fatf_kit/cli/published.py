"""`fatf-kit published`: published ratings and FATF's lists, shown and imported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

import click

import fatf_kit
from fatf_kit.core.dates import parse_day
from fatf_kit.core.errors import FatfKitError, UnknownIdError, WorkbookError
from fatf_kit.core.messages import Translator, find_country_name
from fatf_kit.core.problem_results import list_problem_results
from fatf_kit.core.problems import Problem
from fatf_kit.core.store import check_target
from fatf_kit.published import PublishedChange, PublishedReport, complete_outcomes, find_changes, mark_current
from fatf_kit.published.history import find_newest
from fatf_kit.published.listing_status import (
    ListingEvent,
    describe_listing,
    describe_state,
    describe_table_day,
    list_events,
    list_past_listings,
    make_listing_result,
)
from fatf_kit.published.listings import ListingStatus, find_latest_day, list_in_force
from fatf_kit.published.results import (
    COMPLIANCE_CODES,
    EFFECTIVENESS_CODES,
    ImportedLists,
    ImportedRatings,
    ListedJurisdictions,
    NewestReports,
    ReportHistory,
    count_ratings,
    make_listed_jurisdiction,
    make_newest_report,
    make_report_step,
)
from fatf_kit.terminal import options, output, writing

Step = tuple[PublishedReport | None, PublishedReport, Sequence[PublishedChange]]
"""The report before, a report, and what changed from one to the other; None before the first."""


@click.group
def published() -> None:
    """Show and import the ratings that FATF publishes, by jurisdiction and report, and FATF's lists.

    Example: fatf-kit published show IRQ
    """


@published.command("list")
@options.quiet_language_json
def list_jurisdictions() -> None:
    """List each jurisdiction with its newest report and its number of Recommendations and outcomes at each rating.

    Example: fatf-kit published list
    """
    places: dict[str, list[PublishedReport]] = {}
    for report in fatf_kit.load_published():
        places.setdefault(report.place, []).append(report)
    latest = [complete_outcomes(find_newest(mine), mine) for mine in places.values()]
    document = NewestReports(schema="fatf-kit/published-list/1", jurisdictions=tuple(map(make_newest_report, latest)))
    output.print_result(document, _jurisdiction_lines(latest))


def _jurisdiction_lines(latest: Sequence[PublishedReport]) -> Iterator[str]:
    t = output.translator()
    rows = [("ISO3", t("Jurisdiction"), t("Body"), t("Newest report"))]
    rows += [
        (report.iso3, t.country(report.iso3, report.jurisdiction), "/".join(report.bodies), report.label)
        for report in latest
    ]
    scales = [(*COMPLIANCE_CODES, *EFFECTIVENESS_CODES)]
    counts = [[str(n) for group in count_ratings(report).values() for n in group.values()] for report in latest]
    numbers = ("".join(f"{number:>3}" for number in row) for row in (*scales, *counts))
    yield from output.table_lines([(*row, more) for row, more in zip(rows, numbers, strict=True)], kept=(4,))


@published.command
@click.argument("jurisdiction", metavar="ISO3")
@options.day
@options.quiet_language_json
def show(jurisdiction: str, day: date | None) -> None:
    """Show every report of a jurisdiction (code or English name), the changes between reports, and its listing.

    Example: fatf-kit published show IRQ
    """
    reports = fatf_kit.find_reports(jurisdiction)
    history: list[Step] = [(None, reports[0], ())]
    history += [(before, after, find_changes(before, after)) for before, after in pairwise(reports)]
    listing = fatf_kit.find_listing(reports[0].iso3, day or date.today())
    document = ReportHistory(
        schema="fatf-kit/published-show/1",
        iso3=reports[0].iso3,
        name=reports[0].jurisdiction,
        listing=make_listing_result(listing) if listing else None,
        listings=list_past_listings(listing),
        reports=tuple(make_report_step(*step) for step in history),
    )
    output.print_result(document, _history_lines(history, listing))


@published.command("import")
@click.argument("workbooks", metavar="FILE.xlsx...", nargs=-1, required=True, type=options.ReadPath())
@options.output_file("Table to write.", metavar="FILE.csv", default="ratings.csv")
@options.option(
    "edition",
    metavar="EDITION",
    help="Edition of the rows, like fatf-2022.  [default: as in the name or text of the workbook]",
)
@options.force
@options.quiet_language_json
def import_workbooks(workbooks: tuple[Path, ...], target: Path, edition: str | None, force: bool) -> None:
    """Convert FATF's workbooks of consolidated ratings, as downloaded, into one table in fatf-kit's CSV format.

    FATF publishes one workbook for each Methodology. Name all of them.

    Example: fatf-kit published import ratings.xlsx -o ratings.csv
    """
    if edition is not None and edition not in (known := fatf_kit.list_editions()):
        raise UnknownIdError("'{found}' is not an edition. Allowed: {names}.", found=edition, names=known)
    check_target(target, force=force)
    reports, problems = _read_all(workbooks, target, edition)
    fatf_kit.write_published(mark_current(reports), target)
    places = len({report.place for report in reports})
    facts = {"reports": len(reports), "places": places, "problems": len(problems)}
    output.print_message("Reports: {reports}. Jurisdictions: {places}. Problems: {problems}.", **facts)
    writing.print_files(target)
    document = ImportedRatings(
        schema="fatf-kit/published-import/1",
        written=str(target),
        reports=len(reports),
        jurisdictions=places,
        problems=list_problem_results(problems),
    )
    output.print_result(document)


def _read_all(
    workbooks: tuple[Path, ...], target: Path, edition: str | None
) -> tuple[list[PublishedReport], list[Problem]]:
    """Return the reports of all workbooks by jurisdiction and date; print the problems of each file."""
    t = output.translator()
    reports: list[PublishedReport] = []
    problems: list[Problem] = []
    for workbook in workbooks:
        found, odd = fatf_kit.read_fatf_workbook(workbook, edition)
        for problem in odd:
            click.echo(problem.message_in(t), err=True)
        if not found:
            raise WorkbookError(
                "No row of {file} could be read, so {table} was not written.", file=workbook.name, table=target.name
            )
        reports += found
        problems += odd
    reports.sort(key=lambda report: (report.jurisdiction, report.date))
    return reports, problems


def _history_lines(history: Sequence[Step], listing: ListingStatus | None) -> Iterator[str]:
    t, first = output.translator(), history[0][1]
    yield f"{t.country(first.iso3, first.jurisdiction)} ({first.iso3})"
    if listing:
        yield describe_listing(listing, t)
    events = list(list_events(listing, t))
    for before, report, changes in history:
        while events and events[0].day[: len(report.date)] < report.date:
            yield from _event_lines(events.pop(0), t)
        newest, doubt = t("newest") if report.is_current else "", "" if report.verified else t("not verified")
        marks = filter(None, (report.edition, "/".join(report.bodies), newest, doubt))
        yield f"\n{report.label}  ({t.joined(marks)})"
        yield "  " + t.points(_counts_text(group, t) for group in count_ratings(report).values())
        if report.url:
            yield f"  {report.url}"
        if before:
            yield "  " + t("{name}: {text}", name=_change_title(before, report, t), text=_changes_text(changes, t))
    for event in events:
        yield from _event_lines(event, t)


def _event_lines(event: ListingEvent, t: Translator) -> Iterator[str]:
    doubt = t("{name}: {text}", name=t("date"), text=event.confidence) if event.confidence else ""
    yield f"\n— {event.text}  ({t.joined(filter(None, (event.list, doubt)))})"


def _change_title(before: PublishedReport, report: PublishedReport, t: Translator) -> str:
    if before.edition == report.edition:
        return t("Changed since {report}", report=before.label)
    return t("Changed since {report} (another edition, so not comparable)", report=before.label)


def _changes_text(changes: Sequence[PublishedChange], t: Translator) -> str:
    return t.listed(f"{change.unit} {change.before} → {change.after}" for change in changes) or t("none")


def _counts_text(group: Mapping[str, int], t: Translator) -> str:
    return t.listed(f"{number} {code}" for code, number in group.items()) if any(group.values()) else t("not rated")


@published.group
def lists() -> None:
    """Show FATF's lists with the day of each listing, and update the table after a Plenary.

    If the environment variable FATF_KIT_LISTS names a table of your own, every command uses it in place of the bundled
    table.

    Example: fatf-kit published lists show
    """


@lists.command("show")
@options.day
@options.quiet_language_json
def show_lists(day: date | None) -> None:
    """List the jurisdictions on FATF's lists, with the day of listing if it is known.

    Example: fatf-kit published lists show --on 2026-06-30
    """
    table, today, t = fatf_kit.load_listings(), day or date.today(), output.translator()
    statuses = (fatf_kit.find_listing(row.iso3, today, table) for row in list_in_force(table))
    found = [status for status in statuses if status]
    document = ListedJurisdictions(
        schema="fatf-kit/published-lists/1",
        jurisdictions=tuple(map(make_listed_jurisdiction, found)),
    )
    names = (find_country_name(status.iso3, t.language) for status in found)
    lines = [
        f"{status.iso3}  " + t("{name}: {text}", name=name, text=describe_state(status, t))
        for status, name in zip(found, names, strict=True)
    ]
    lines += [describe_table_day(status, t) for status in found[:1]]
    output.print_result(document, lines)


@lists.command("import")
@click.argument("changes", metavar="FILE.csv", type=options.INPUT_FILE)
@options.output_file("Table to write.", metavar="FILE.csv", default="fatf-lists.csv")
@click.option(
    "--as-of",
    metavar="DATE",
    help="Last day of the Plenary up to which the file is complete.  [default: the newest as_of in it]",
)
@options.force
@options.quiet_language_json
def import_lists(changes: Path, target: Path, as_of: str | None, force: bool) -> None:
    """Update the table of FATF's lists with the changes of a Plenary, and write the whole table.

    FILE.csv has the columns iso3, list, listed_since, removed_on, as_of, source and confidence, and one line for each
    jurisdiction that was added or removed. If nothing changed, it has no lines and --as-of is required. If the file has
    errors, all of them are listed and no table is written. To use the new table, name it in FATF_KIT_LISTS.

    Example: fatf-kit published lists import changes.csv -o lists.csv
    """
    check_target(target, force=force)
    rows = fatf_kit.read_listings(changes, may_be_empty=as_of is not None)
    day = parse_day(as_of) if as_of else find_latest_day(rows)
    if rows and find_latest_day(rows) > day:
        raise FatfKitError(
            "{file} has lines as of {latest}, which is after --as-of {day}.",
            file=changes.name,
            latest=find_latest_day(rows),
            day=day,
        )
    table = fatf_kit.update_listings(fatf_kit.load_listings(), rows, day)
    fatf_kit.write_listings(table, target)
    counts = {"changes": len(rows), "listed": sum(row.is_in_force for row in table)}
    output.print_message("Changes: {changes}. Jurisdictions on the lists as of {day}: {listed}.", day=day, **counts)
    output.print_message("Written: {path}. To use it, set FATF_KIT_LISTS={path}.", path=target)
    output.print_result(
        ImportedLists(schema="fatf-kit/published-lists-import/1", written=str(target), as_of=day, **counts)
    )
