"""`fatf-kit mock`: the rehearsal of the on-site visit, planned and then debriefed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from fatf_kit.assessment.folder.model import MOCK, REPORTS
from fatf_kit.cli import options, output, steps
from fatf_kit.cli.progress_bar import progress_bar


def _documents() -> tuple[str, ...]:
    from fatf_kit.workflows.mock_visit import list_document_formats

    return list_document_formats()


def _formats() -> tuple[str, ...]:
    return (*_documents(), "json")


def _inside(sources: tuple[Path, ...], name: str) -> Path | None:
    """Return a folder inside the assessment folder that is read; None without one."""
    from fatf_kit.assessment.folder.folder import is_workspace

    return sources[0] / name if len(sources) == 1 and is_workspace(sources[0]) else None


@click.group(epilog=output.EXITS)
def mock() -> None:
    """Rehearse the on-site visit.

    First plan it from the assessment, then read the scored sheets back. No rating comes from it.
    """


@mock.command(epilog=output.EXITS)
@options.input_paths("FILE|DIR...")
@options.output_folder("Folder for plan and sheets.  [default: fatf-mock, or mock/ of the assessment folder]")
@options.edition
@click.option(
    "--only", type=options.name_list(), default=(), help="Only these outcomes, separated by commas, like IO.3,IO.6."
)
@click.option("--rooms", type=click.IntRange(1, 50), help="Rooms that can be used at once; 3 if left out.")
@click.option("--days", type=click.IntRange(1, 100), help="Working days there are; as many as needed if left out.")
@options.date_option("--from", "first", text="First day, year-month-day; weekends are left out.")
@click.option("--joint", is_flag=True, help="One session for each outcome, with all its agencies in one room.")
@options.formats(_documents, "html,docx", "Formats of the plan, separated by commas.")
@options.force_language
def template(
    paths: tuple[Path, ...], target: Path | None, wanted: tuple[str, ...], force: bool, language: str, **visiting: Any
) -> int:
    """Write the plan of a mock visit, and a workbook of questions for each outcome.

    FILE or DIR are filled workbooks, or an assessment folder; none is needed inside one.

    Questions come from the country's own open points and from the bank of what assessors commonly ask. The plan may be
    handed out; the workbooks are for the mock assessors.
    """
    from fatf_kit.workflows.mock_visit import mock_template, write_mock_visit

    sources = steps.require_paths(paths, "Give filled workbooks or an assessment folder, or call this inside one.")
    language = steps.language_for(language, sources)
    folder = target or _inside(sources, MOCK) or Path("fatf-mock")
    with progress_bar("Workbooks read") as on_progress:
        visit = mock_template(sources, language=language, on_progress=on_progress, **visiting)
    output.print_errors(visit.scored.problems)
    output.print_problems([p for p in visit.problems if p not in visit.scored.problems])
    write_mock_visit(visit, folder, wanted, inputs=sources, force=force)
    rehearsal = visit.rehearsal
    made = {"folder": folder, "books": len(rehearsal.outcomes), "formats": ", ".join(wanted)}
    output.print_message("Written to {folder}: {books} workbooks and the plan ({formats})", **made)
    timetable, rooms = rehearsal.timetable, rehearsal.frame.rooms
    size = {"meetings": len(timetable.placed), "days": timetable.days, "rooms": rooms}
    output.print_message("Meetings: {meetings}, days: {days}, rooms: {rooms}", **size)
    return output.exit_code(visit.problems)


@mock.command(epilog=output.EXITS)
@options.input_paths("FILE|DIR...")
@options.output_folder("Folder for the debrief.  [default: fatf-debrief, or reports/ of the assessment folder]")
@options.formats(_formats, "html,docx,json", "Formats, separated by commas.")
@options.force_language_json
def debrief(
    paths: tuple[Path, ...], target: Path | None, wanted: tuple[str, ...], force: bool, language: str, as_json: bool
) -> int:
    """Read the scored sheets of a mock visit and write what they show.

    Contradictions first, then readiness by outcome, agency and core issue, and what to rehearse again. Inside an
    assessment folder the sheets in its mock/ are read.
    """
    from fatf_kit.workflows.mock_visit import mock_debrief, write_debrief

    home = steps.paths_or_cwd(())
    sources = paths or tuple(one / MOCK for one in home)
    if not sources:
        raise click.UsageError("Give scored sheets, or call this inside an assessment folder.")
    if not paths:
        language = steps.language_for(language, home)
    folder = target or (None if paths else _inside(home, REPORTS)) or Path("fatf-debrief")
    now = steps.current_time()
    made = mock_debrief(sources)
    output.print_problems(made.problems)
    write_debrief(made, folder, wanted, generated_at=now, language=language, inputs=sources, force=force)
    if as_json:
        output.print_json(made.payload(generated_at=now))
    output.print_message("Written to {folder}: {formats}", folder=folder, formats=", ".join(wanted))
    return output.exit_code(made.problems)
