"""`fatf-kit mock`: the rehearsal of the on-site visit, planned and then debriefed."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from fatf_kit.cli.output import (
    EXITS,
    Day,
    Names,
    exit_code,
    force_option,
    json_option,
    language_option,
    print_json,
    say,
    show_problems,
)


def _documents() -> tuple[str, ...]:
    from fatf_kit.api.mock_visit import document_formats

    return document_formats()


def _formats() -> tuple[str, ...]:
    return (*_documents(), "json")


@click.group(epilog=EXITS)
def mock() -> None:
    """Rehearse the on-site visit.

    First plan it from the assessment, then read the scored sheets back. No rating comes from it.
    """


@mock.command(epilog=EXITS)
@click.argument("paths", metavar="FILE|DIR...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default="fatf-mock",
    show_default=True,
    help="Folder for plan and sheets.",
)
@click.option("--edition", help="Edition of the Methodology; taken from the workbooks if left out.")
@click.option("--only", type=Names(), default=(), help="Only these outcomes, separated by commas, like IO.3,IO.6.")
@click.option("--rooms", type=click.IntRange(1, 50), help="Rooms that can be used at once; 3 if left out.")
@click.option("--days", type=click.IntRange(1, 100), help="Working days there are; as many as needed if left out.")
@click.option("--from", "first", type=Day(), help="First day, year-month-day; weekends are left out.")
@click.option("--joint", is_flag=True, help="One session for each outcome, with all its agencies in one room.")
@click.option(
    "--format",
    "wanted",
    type=Names(_documents),
    default="html,docx",
    show_default=True,
    help="Formats of the plan, separated by commas.",
)
@force_option
@language_option
def template(
    paths: tuple[Path, ...],
    output: Path,
    edition: str | None,
    only: tuple[str, ...],
    rooms: int | None,
    days: int | None,
    first: date | None,
    joint: bool,
    wanted: tuple[str, ...],
    force: bool,
    language: str,
) -> int:
    """Write the plan of a mock visit, and a workbook of questions for each outcome.

    Questions come from the country's own open points and from the bank of what assessors commonly ask. The plan may be
    handed out; the workbooks are for the mock assessors.
    """
    from fatf_kit.api.mock_visit import mock_template, write_mock_visit

    visit = mock_template(
        paths,
        edition=edition,
        rooms=rooms,
        days=days,
        first=first,
        joint=joint,
        only=only,
        language=language,
    )
    show_problems(visit.problems, language)
    write_mock_visit(visit, output, wanted, inputs=paths, force=force)
    timetable = visit.rehearsal.timetable
    say(f"Written to {output}: {len(visit.rehearsal.outcomes)} workbooks and the plan ({', '.join(wanted)})")
    say(f"{len(timetable.placed)} meetings on {timetable.days} days in {visit.rehearsal.frame.rooms} rooms")
    return exit_code(visit.problems)


@mock.command(epilog=EXITS)
@click.argument("paths", metavar="FILE|DIR...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default="fatf-debrief",
    show_default=True,
    help="Folder for the debrief.",
)
@click.option(
    "--format",
    "wanted",
    type=Names(_formats),
    default="html,docx,json",
    show_default=True,
    help="Formats, separated by commas.",
)
@force_option
@language_option
@json_option
def debrief(
    paths: tuple[Path, ...], output: Path, wanted: tuple[str, ...], force: bool, language: str, as_json: bool
) -> int:
    """Read the scored sheets of a mock visit and write what they show.

    Contradictions first, then readiness by outcome, agency and core issue, and what to rehearse again.
    """
    from fatf_kit.api.mock_visit import mock_debrief, write_debrief

    now = datetime.now().astimezone().isoformat(timespec="minutes")
    made = mock_debrief(paths)
    show_problems(made.problems, language)
    write_debrief(made, output, wanted, generated_at=now, language=language, inputs=paths, force=force)
    if as_json:
        print_json(made.payload(generated_at=now))
    say(f"Written to {output}: {', '.join(wanted)}")
    return exit_code(made.problems)
