"""`fatf-kit calendar`: every date of an evaluation, from the visit or the plenary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fatf_kit.cli.output import (
    EXITS,
    DayType,
    NewFile,
    PlainText,
    ReadPath,
    document_endings,
    exit_code,
    force_option,
    json_option,
    language_option,
    print_errors,
    print_json,
    print_message,
    translator,
)
from fatf_kit.cli.plan import settings_option

if TYPE_CHECKING:
    from fatf_kit import EvaluationDates
    from fatf_kit.evaluation_calendar.report import LateAction


def _endings() -> list[str]:
    return [".ics", *document_endings()]


@click.command(epilog=EXITS)
@click.argument("paths", metavar="[FILE|DIR]...", nargs=-1, type=ReadPath())
@click.option("--visit", type=DayType(), help="First day of the visit, year-month-day.")
@click.option("--visit-end", type=DayType(), help="Last day of the visit; counted if left out.")
@click.option("--plenary", type=DayType(), help="Day of the plenary; counted from the visit if left out.")
@click.option("--edition", help="Edition whose timetable applies; the current one, or that of the answers.")
@click.option("--country", type=PlainText(), default="", help="Name of the country, where no answers say it.")
@click.option("--start", type=DayType(), help="Day on which work begins; today if left out.")
@click.option("-o", "--output", type=NewFile(_endings), multiple=True, help="A file .ics, .html or .docx; repeatable.")
@settings_option
@force_option
@language_option
@json_option
def calendar(
    paths: tuple[Path, ...],
    visit: date | None,
    visit_end: date | None,
    plenary: date | None,
    edition: str | None,
    country: str,
    start: date | None,
    output: tuple[Path, ...],
    settings: Path | None,
    force: bool,
    language: str,
    as_json: bool,
) -> int:
    """Submissions, drafts, scoping, visit, plenary and follow-up, backwards and forwards.

    Every step is an offset with its confidence, and every offset can be set. With answers, actions are named that
    cannot be in force by the end of the visit.
    """
    from fatf_kit import calendar as make
    from fatf_kit.action_plan.payload import calendar_payload
    from fatf_kit.core.files import check_target

    for path in output:
        check_target(path, inputs=paths, force=force)
    today = date.today()
    dates = make(
        paths,
        visit=visit,
        visit_end=visit_end,
        plenary=plenary,
        edition=edition,
        country=country,
        start=start or today,
        settings=settings,
    )
    problems = dates.planned.problems if dates.planned else ()
    print_errors(problems)
    _write(dates, output, today, language)
    t, flags = translator(), dates.planned.flags(language) if dates.planned else ()
    if as_json:
        late_actions = [(flag.name, flag.soonest) for flag in flags]
        print_json(calendar_payload(dates.schedule, country=dates.country, late=late_actions, t=t))
    elif not output:
        for line in _show_dates(dates, flags):
            click.echo(line)
    return exit_code(problems)


def _write(dates: EvaluationDates, output: tuple[Path, ...], today: date, language: str) -> None:
    """Every file asked for; the ending of its name says which kind it is."""
    from fatf_kit.core.files import write_file
    from fatf_kit.report.write import write_document

    document = dates.document(today=today, language=language)
    for path in output:
        if path.suffix.lower() == ".ics":
            write_file(path, dates.ics(today=today, language=language))
        else:
            write_document(document, path)
        print_message("Written: {path}", path=path)


def _show_dates(dates: EvaluationDates, flags: Sequence[LateAction]) -> Iterator[str]:
    """A line for each step, then what cannot be in force in time."""
    t = translator()
    for event in dates.schedule.events:
        until = f" – {event.until}" if event.until else ""
        yield f"{event.day}{until}  {t(event.what)}  ({t(event.confidence)})"
    for flag in flags:
        late = t.listed((flag.name, t.day(flag.soonest)))
        yield t("{name}: {text}", name=t("Not in force by the cut-off"), text=late)
