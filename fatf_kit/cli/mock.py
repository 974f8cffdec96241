"""`fatf-kit mock`: the rehearsal of the on-site visit, its plan and its debrief."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

import fatf_kit
from fatf_kit.assessment.folder.model import MOCK, REPORTS
from fatf_kit.core.store import protect_inputs
from fatf_kit.terminal import folders, options, output, writing


def _inside(sources: tuple[Path, ...], name: str) -> Path | None:
    """Return a folder inside the assessment folder that is read; None without one."""
    from fatf_kit.assessment.folder.folder import is_workspace

    return sources[0] / name if len(sources) == 1 and is_workspace(sources[0]) else None


@click.group
def mock() -> None:
    """Rehearse the on-site visit.

    First write the plan and the question sheets from the assessment. After the mock visit, read the sheets with the
    scores. A mock visit changes no rating.

    Example: fatf-kit mock template iraq --rooms 2 --from 2026-11-01
    """


@mock.command
@options.input_paths("FILE|DIR...")
@options.output_folder(
    "Folder for the plan and the sheets.  [default: mock/ of the assessment folder, else fatf-mock]",
    home=MOCK,
    place="fatf-mock",
)
@options.edition
@options.names_option("--only", text="Only these outcomes, separated by commas, like IO.3,IO.6.")
@click.option(
    "--rooms",
    "venues",
    type=click.IntRange(1, 50),
    help="Number of meetings that are possible at the same time.  [default: 3]",
)
@click.option("--days", type=click.IntRange(1, 100), help="Number of working days.  [default: as many as needed]")
@options.date_option("--from", "first", text="First day, as year-month-day; weekends are left out.")
@click.option("--joint", is_flag=True, help="Plan one meeting for each outcome, with all its agencies together.")
@options.formats(options.DOCUMENT_FORMATS, "html,docx", "Formats of the plan, separated by commas.")
@options.force_language
def template(
    paths: tuple[Path, ...], target: Path | None, formats: tuple[str, ...], force: bool, language: str, **visiting: Any
) -> None:
    """Write the plan of a mock visit, and a workbook of questions for each outcome.

    FILE or DIR are filled workbooks or an assessment folder. None is needed inside an assessment folder.

    The questions come from open points in the country's answers and from a bank of questions that assessors often ask.
    The plan may be distributed; the workbooks are for the mock assessors only.

    Example: fatf-kit mock template iraq --rooms 2 --from 2026-11-01
    """
    from fatf_kit.workflows.mock_visit import write_mock_visit

    sources = folders.require_paths(paths)
    folder = target or _inside(sources, MOCK) or Path("fatf-mock")
    with output.progress_bar("Workbooks read") as on_progress:
        visit = fatf_kit.mock_template(sources, language=language, on_progress=on_progress, **visiting)
    output.print_errors(visit.scored.problems)
    output.print_problems([p for p in visit.problems if p not in visit.scored.problems])
    write_mock_visit(visit, folder, formats, force=force)
    rehearsal, timetable = visit.rehearsal, visit.rehearsal.timetable
    output.print_plural(
        "Written to {folder}: the plan ({formats}) and {n} workbook of questions",
        "Written to {folder}: the plan ({formats}) and {n} workbooks of questions",
        len(rehearsal.outcomes),
        folder=folder,
        formats=output.translator().joined(formats),
    )
    size = {"meetings": len(timetable.placed), "days": timetable.days, "parallel": rehearsal.frame.venues}
    output.print_message("Meetings: {meetings}. Days: {days}. Meetings at the same time: {parallel}.", **size)


@mock.command
@options.input_paths("FILE|DIR...")
@options.output_folder(
    "Folder for the debrief.  [default: reports/ of the assessment folder, else fatf-debrief]",
    home=REPORTS,
    place="fatf-debrief",
)
@options.formats((*options.DOCUMENT_FORMATS, "json"), "html,docx,json", "Formats, separated by commas.")
@options.force_language_json
def debrief(paths: tuple[Path, ...], target: Path | None, formats: tuple[str, ...], force: bool, language: str) -> None:
    """Read the scored sheets of a mock visit and write the debrief.

    It lists contradictions first, then readiness by outcome, agency and core issue, then the questions to rehearse
    again. Inside an assessment folder the sheets in its mock/ are read.

    Example: fatf-kit mock debrief iraq/mock
    """
    from fatf_kit.workflows.mock_visit import write_debrief

    home = folders.paths_or_cwd(())
    sources = paths or tuple(one / MOCK for one in home)
    if not sources:
        output.fail_usage("Name scored sheets, or run this inside an assessment folder.")
    folder = target or (None if paths else _inside(home, REPORTS)) or Path("fatf-debrief")
    now = writing.current_time()
    made = fatf_kit.mock_debrief(sources)
    output.print_problems(made.problems)
    with protect_inputs(sources):
        write_debrief(made, folder, formats, generated_at=now, language=language, force=force)
    output.print_result(made.payload(generated_at=now))
    output.print_message("Written to {folder}: {formats}", folder=folder, formats=", ".join(formats))
