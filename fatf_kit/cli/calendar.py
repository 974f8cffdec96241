"""`fatf-kit calendar`: the dates of an evaluation, counted from the visit or the Plenary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

import fatf_kit
from fatf_kit.core.store import write_output
from fatf_kit.evaluation_calendar.payload import make_calendar_result
from fatf_kit.evaluation_calendar.report import LateAction
from fatf_kit.terminal import options, output, writing


@click.command
@options.input_paths("[FILE|DIR]...")
@options.date_option("--visit", text="First day of the on-site visit, as year-month-day.")
@options.date_option("--visit-end", text="Last day of the visit.  [default: counted from its first day]")
@options.option("Plenary", help="Day of the Plenary.  [default: counted from the visit]")
@options.option(
    "edition", help="Edition whose timetable applies.  [default: that of the workbooks, else the current one]"
)
@options.option("country", default="", help="Name of the country, if no workbooks are named.")
@options.option("first day of work", help="Day on which work begins.  [default: today]")
@click.option(
    "-o",
    "--output",
    "files",
    cls=options.TargetOption,
    type=options.new_file((".ics", *options.DOCUMENT_ENDINGS)),
    multiple=True,
    help="File to write: .ics, .html, .docx or .pdf. May be given several times.",
)
@options.plan_settings
@options.force_language_json
def calendar(
    paths: tuple[Path, ...],
    files: tuple[Path, ...],
    start: date | None,
    force: bool,
    language: str,
    **planning: Any,
) -> None:
    """List the dates of the evaluation: submissions, drafts, scoping, visit, Plenary and follow-up.

    The dates are counted from the visit or the Plenary. Each interval is shown with its confidence and can be changed
    in the settings. With filled workbooks, the actions that cannot be in force by the end of the visit are listed too.

    Example: fatf-kit calendar --visit 2027-03-01 -o calendar.ics
    """
    today = date.today()
    dates = fatf_kit.calendar(paths, start=start or today, **planning)
    problems = dates.planned.problems if dates.planned else ()
    output.print_errors(problems)
    for path in files:
        if path.suffix.lower() == ".ics":
            writing.print_files(write_output(path, dates.ics(today=today, language=language), force=force))
        else:
            writing.write_single(dates.document(today=today, language=language), path, force=force)
    flags = dates.planned.flags(language) if dates.planned else ()
    if output.is_set(output.JSON) or not files:
        document = make_calendar_result(dates.schedule, dates.country, flags, output.translator())
        output.print_result(document, _date_lines(dates, flags))


def _date_lines(dates: fatf_kit.EvaluationDates, flags: Sequence[LateAction]) -> Iterator[str]:
    """Yield a line for each step, then for each action that cannot be in force in time."""
    t = output.translator()
    for event in dates.schedule.events:
        until = f" – {event.until}" if event.until else ""
        yield f"{event.day}{until}  {t(event.what)}  ({t(event.confidence)})"
    for flag in flags:
        late = t.joined((flag.name, t.day(flag.soonest)))
        yield t("{name}: {text}", name=t("Not in force by the cut-off date"), text=late)
