"""`fatf-kit mock`: the rehearsal of the on-site visit, planned and then debriefed."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from fatf_kit.assessment.folder.model import MOCK
from fatf_kit.cli.output import (
    EXITS,
    DayType,
    NameList,
    ReadPath,
    exit_code,
    force_option,
    json_option,
    language_option,
    print_errors,
    print_json,
    print_message,
    print_problems,
)
from fatf_kit.cli.progress_bar import progress_bar


def _documents() -> tuple[str, ...]:
    from fatf_kit.workflows.mock_visit import list_document_formats

    return list_document_formats()


def _formats() -> tuple[str, ...]:
    return (*_documents(), "json")


def _inside(sources: tuple[Path, ...], name: str) -> Path | None:
    """A folder inside the assessment folder that is read; None where none is."""
    from fatf_kit.assessment.folder.folder import is_workspace

    return sources[0] / name if len(sources) == 1 and is_workspace(sources[0]) else None


@click.group(epilog=EXITS)
def mock() -> None:
    """Rehearse the on-site visit.

    First plan it from the assessment, then read the scored sheets back. No rating comes from it.
    """


@mock.command(epilog=EXITS)
@click.argument("paths", metavar="FILE|DIR...", nargs=-1, type=ReadPath())
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for plan and sheets.  [default: fatf-mock, or mock/ of the assessment folder]",
)
@click.option("--edition", help="Edition of the Methodology; taken from the workbooks if left out.")
@click.option("--only", type=NameList(), default=(), help="Only these outcomes, separated by commas, like IO.3,IO.6.")
@click.option("--rooms", type=click.IntRange(1, 50), help="Rooms that can be used at once; 3 if left out.")
@click.option("--days", type=click.IntRange(1, 100), help="Working days there are; as many as needed if left out.")
@click.option("--from", "first", type=DayType(), help="First day, year-month-day; weekends are left out.")
@click.option("--joint", is_flag=True, help="One session for each outcome, with all its agencies in one room.")
@click.option(
    "--format",
    "wanted",
    type=NameList(_documents),
    default="html,docx",
    show_default=True,
    help="Formats of the plan, separated by commas.",
)
@force_option
@language_option
def template(
    paths: tuple[Path, ...],
    output: Path | None,
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

    FILE or DIR are filled workbooks, or an assessment folder; none is needed inside one.

    Questions come from the country's own open points and from the bank of what assessors commonly ask. The plan may be
    handed out; the workbooks are for the mock assessors.
    """
    from fatf_kit.cli.steps import language_for, paths_or_cwd
    from fatf_kit.workflows.mock_visit import mock_template, write_mock_visit

    sources = paths_or_cwd(paths)
    if not sources:
        raise click.UsageError("Give filled workbooks or an assessment folder, or call this inside one.")
    language = language_for(language, sources)
    target = output or _inside(sources, MOCK) or Path("fatf-mock")
    with progress_bar("Workbooks read") as told:
        visit = mock_template(
            sources,
            edition=edition,
            rooms=rooms,
            days=days,
            first=first,
            joint=joint,
            only=only,
            language=language,
            on_progress=told,
        )
    print_errors(visit.scored.problems)
    print_problems([p for p in visit.problems if p not in visit.scored.problems])
    write_mock_visit(visit, target, wanted, inputs=sources, force=force)
    timetable = visit.rehearsal.timetable
    made = {"folder": target, "books": len(visit.rehearsal.outcomes), "formats": ", ".join(wanted)}
    print_message("Written to {folder}: {books} workbooks and the plan ({formats})", **made)
    size = {"meetings": len(timetable.placed), "days": timetable.days, "rooms": visit.rehearsal.frame.rooms}
    print_message("Meetings: {meetings}, days: {days}, rooms: {rooms}", **size)
    return exit_code(visit.problems)


@mock.command(epilog=EXITS)
@click.argument("paths", metavar="FILE|DIR...", nargs=-1, type=ReadPath())
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the debrief.  [default: fatf-debrief, or reports/ of the assessment folder]",
)
@click.option(
    "--format",
    "wanted",
    type=NameList(_formats),
    default="html,docx,json",
    show_default=True,
    help="Formats, separated by commas.",
)
@force_option
@language_option
@json_option
def debrief(
    paths: tuple[Path, ...], output: Path | None, wanted: tuple[str, ...], force: bool, language: str, as_json: bool
) -> int:
    """Read the scored sheets of a mock visit and write what they show.

    Contradictions first, then readiness by outcome, agency and core issue, and what to rehearse again. Inside an
    assessment folder the sheets in its mock/ are read.
    """
    from fatf_kit.assessment.folder.model import REPORTS
    from fatf_kit.cli.steps import language_for, paths_or_cwd
    from fatf_kit.workflows.mock_visit import mock_debrief, write_debrief

    home = paths_or_cwd(())
    sources = paths or tuple(one / MOCK for one in home)
    if not sources:
        raise click.UsageError("Give scored sheets, or call this inside an assessment folder.")
    if not paths:
        language = language_for(language, home)
    target = output or (None if paths else _inside(home, REPORTS)) or Path("fatf-debrief")
    now = datetime.now().astimezone().isoformat(timespec="minutes")
    made = mock_debrief(sources)
    print_problems(made.problems)
    write_debrief(made, target, wanted, generated_at=now, language=language, inputs=sources, force=force)
    if as_json:
        print_json(made.payload(generated_at=now))
    print_message("Written to {folder}: {formats}", folder=target, formats=", ".join(wanted))
    return exit_code(made.problems)
