"""`fatf-kit published`: look at the published ratings, and renew them from FATF's own workbook."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fatf_kit.cli.listings import lists
from fatf_kit.cli.output import ReadPath, force_option, on_option

if TYPE_CHECKING:
    from fatf_kit.core.problems import Problem
    from fatf_kit.published import PublishedChange, PublishedReport
    from fatf_kit.published.listings import ListingStatus

_COMPLIANCE = ("C", "LC", "PC", "NC", "NA")
_EFFECTIVENESS = ("HE", "SE", "ME", "LE")
_EXITS = "Exit codes: 0 done; 1 done, but problems were found; 2 usage; 3 could not run."

_json = click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output and nothing else.")


@click.group(epilog=_EXITS)
def published() -> None:
    """Ratings as FATF publishes them, by jurisdiction and report, and FATF's lists."""


published.add_command(lists)


@published.command("list", epilog=_EXITS)
@_json
def list_jurisdictions(as_json: bool) -> None:
    """One line per jurisdiction: its newest report and how many units have each rating."""
    from fatf_kit.published import complete_outcomes, find_newest, load_published

    places: dict[str, list[PublishedReport]] = {}
    for report in load_published():
        places.setdefault(report.place, []).append(report)
    latest = [complete_outcomes(find_newest(mine), mine) for mine in places.values()]
    if as_json:
        rows = [{**_head(report), **_counts(report)} for report in latest]
        _print_json({"schema": "fatf-kit/published-list/1", "jurisdictions": rows})
        return
    width = max(len(report.jurisdiction) for report in latest)
    body = max(len("/".join(report.bodies)) for report in latest)
    kind = max(len(report.label) for report in latest)
    scales = "".join(f"{code:>4}" for code in (*_COMPLIANCE, *_EFFECTIVENESS))
    click.echo(f"{'iso3':<4}  {'jurisdiction':<{width}}  {'body':<{body}}  {'newest report':<{kind}}{scales}")
    for report in latest:
        counts = "".join(f"{number:>4}" for group in _counts(report).values() for number in group.values())
        bodies = "/".join(report.bodies)
        click.echo(
            f"{report.iso3:<4}  {report.jurisdiction:<{width}}  {bodies:<{body}}  {report.label:<{kind}}{counts}"
        )


@published.command(epilog=_EXITS)
@click.argument("jurisdiction", metavar="ISO3")
@on_option
@_json
def show(jurisdiction: str, day: date | None, as_json: bool) -> None:
    """Every report of one jurisdiction (code or English name), what moved from each to the next, and its listing."""
    from fatf_kit.published import find_changes, find_reports
    from fatf_kit.published.listings import find_listing

    reports = find_reports(jurisdiction)
    steps: list[tuple[PublishedReport | None, PublishedReport, Sequence[PublishedChange]]] = [(None, reports[0], ())]
    steps += [(before, after, find_changes(before, after)) for before, after in pairwise(reports)]
    listing = find_listing(reports[0].iso3, day or date.today())
    if as_json:
        from fatf_kit.published.listing_status import make_listing_payload

        rows = [_step_json(*step) for step in steps]
        name = {"iso3": reports[0].iso3, "name": reports[0].jurisdiction}
        found = make_listing_payload(listing) if listing else None
        _print_json({"schema": "fatf-kit/published-show/1", **name, "listing": found, "reports": rows})
        return
    click.echo(f"{reports[0].jurisdiction} ({reports[0].iso3})")
    if listing:
        click.echo(_listing_text(listing))
    for step in steps:
        click.echo("\n".join(("", *_step_lines(*step))))


@published.command("import", epilog=_EXITS)
@click.argument("workbooks", metavar="FILE.xlsx...", nargs=-1, required=True, type=ReadPath())
@click.option(
    "-o",
    "--output",
    metavar="FILE.csv",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The table to write.",
)
@click.option(
    "--edition",
    metavar="EDITION",
    help="Edition of the rows, like fatf-2022; else taken from the name or text of the workbook.",
)
@force_option
@_json
def import_workbooks(
    workbooks: tuple[Path, ...], output: Path, edition: str | None, force: bool, as_json: bool
) -> None:
    """Turn FATF's workbooks of consolidated ratings, as downloaded, into one table in fatf-kit's own CSV form.

    FATF offers one workbook for each Methodology; name them all.
    """
    from fatf_kit.core.errors import UnknownIdError
    from fatf_kit.core.files import check_target
    from fatf_kit.core.problem_codes import ProblemLevel
    from fatf_kit.framework import list_editions
    from fatf_kit.published import mark_current, write_published

    if edition is not None and edition not in list_editions():
        raise UnknownIdError(f"There is no edition {edition!r}. Use one of: {', '.join(list_editions())}.")
    check_target(output, inputs=workbooks, force=force)
    reports, problems = _read_all(workbooks, output, edition)
    write_published(mark_current(reports), output)
    places = len({report.place for report in reports})
    click.echo(
        f"{len(reports)} reports of {places} jurisdictions written to {output}; {len(problems)} problems.", err=True
    )
    if as_json:
        _print_json(
            {
                "schema": "fatf-kit/published-import/1",
                "written": str(output),
                "reports": len(reports),
                "jurisdictions": places,
                "problems": [_problem_json(problem) for problem in problems],
            }
        )
    if any(problem.level is not ProblemLevel.NOTE for problem in problems):
        click.get_current_context().exit(1)


def _read_all(
    workbooks: tuple[Path, ...], output: Path, edition: str | None
) -> tuple[list[PublishedReport], list[Problem]]:
    """The reports of all workbooks by jurisdiction and date; what was not understood is told file by file."""
    from fatf_kit.core.errors import WorkbookError
    from fatf_kit.published import read_fatf_workbook

    reports: list[PublishedReport] = []
    problems: list[Problem] = []
    for workbook in workbooks:
        found, odd = read_fatf_workbook(workbook, edition)
        _print_problems(odd)
        if not found:
            raise WorkbookError(f"{workbook.name} holds no row that could be read, so {output.name} was not written.")
        reports += found
        problems += odd
    reports.sort(key=lambda report: (report.jurisdiction, report.date))
    return reports, problems


def _listing_text(listing: ListingStatus) -> str:
    from fatf_kit.core.messages import Translator
    from fatf_kit.published.listing_status import describe_listing

    return describe_listing(listing, Translator("en"))


def _head(report: PublishedReport) -> dict[str, Any]:
    return {
        "iso3": report.iso3,
        "name": report.jurisdiction,
        "bodies": list(report.bodies),
        "type": report.report_type,
        "kind": report.kind,
        "date": report.date,
        "edition": report.edition,
        "is_current": report.is_current,
        "verified": report.verified,
        "url": report.url or None,
        "completed_from": report.completed_from,
    }


def _counts(report: PublishedReport) -> dict[str, dict[str, int]]:
    given: dict[str, list[str]] = {"R": [], "IO": []}
    for unit, rating in report.ratings.items():
        given[unit.partition(".")[0]].append(rating)
    return {
        "compliance": {code: given["R"].count(code) for code in _COMPLIANCE},
        "effectiveness": {code: given["IO"].count(code) for code in _EFFECTIVENESS},
    }


def _step_json(
    before: PublishedReport | None, report: PublishedReport, changes: Iterable[PublishedChange]
) -> dict[str, Any]:
    return {
        **_head(report),
        "ratings": dict(report.ratings),
        "since": before.label if before else None,
        "same_edition": before.edition == report.edition if before else None,
        "changes": [{"id": change.unit, "from": change.before, "to": change.after} for change in changes],
    }


def _step_lines(
    before: PublishedReport | None, report: PublishedReport, changes: Sequence[PublishedChange]
) -> list[str]:
    marks = [
        report.edition,
        "/".join(report.bodies),
        *["newest"] * report.is_current,
        *["not verified"] * (not report.verified),
    ]
    lines = [f"{report.label}  ({', '.join(mark for mark in marks if mark)})"]
    lines.append("  " + "; ".join(_counts_line(group) for group in _counts(report).values()))
    if report.url:
        lines.append(f"  {report.url}")
    if before:
        other = "" if before.edition == report.edition else " (another edition: not measured alike)"
        moved = ", ".join(f"{change.unit} {change.before} -> {change.after}" for change in changes) or "nothing"
        lines.append(f"  moved since {before.label}{other}: {moved}")
    return lines


def _counts_line(group: Mapping[str, int]) -> str:
    return ", ".join(f"{number} {code}" for code, number in group.items()) if any(group.values()) else "not rated"


def _problem_json(problem: Problem) -> dict[str, Any]:
    ref = problem.ref
    return {
        "code": problem.code,
        "level": problem.level,
        "file": ref.file if ref else None,
        "sheet": ref.sheet if ref else None,
        "cell": ref.cell if ref else None,
        "requirement": problem.requirement,
        "message": problem.message,
    }


def _print_problems(problems: Iterable[Problem]) -> None:
    for problem in problems:
        click.echo(problem.message, err=True)


def _print_json(document: Mapping[str, Any]) -> None:
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))
