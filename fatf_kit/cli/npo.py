"""`fatf-kit npo`: the NPO sector, from the country's own register."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fatf_kit.cli.npo_compare import compare
from fatf_kit.cli.npo_questionnaire import questionnaire
from fatf_kit.cli.output import (
    DONE,
    EXITS,
    STOPPED,
    DayType,
    ReadPath,
    exit_code,
    force_option,
    json_option,
    language_option,
    print_json,
    print_message,
    print_problems,
    translator,
)
from fatf_kit.cli.progress_bar import progress_bar

if TYPE_CHECKING:
    from fatf_kit.npo.model import SectorResult

_FILE = ReadPath(dir_okay=False)
_map_option = click.option(
    "--map", "mapping", type=_FILE, help="Mapping of the register's own columns: the workbook of 'npo map', or JSON."
)
_settings_option = click.option("--settings", type=_FILE, help="Places, thresholds, national factors, overrides, JSON.")


@click.group(epilog=EXITS)
def npo() -> None:
    """Who is within R.8, at what risk, and which measures fit: from the country's own register.

    Results are indicative. Working files name bodies by their number and are not for publication.
    """


@npo.command(epilog=EXITS)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), default="npo-register", show_default=True,
    help="Folder to write to.",
)  # fmt: skip
@force_option
@language_option
def template(output: Path, force: bool, language: str) -> None:
    """Write the register workbook, a CSV with its headings, the data dictionary, and the workbook of measures."""
    from fatf_kit.npo.run import npo_template

    for path in npo_template(output, language=language, force=force):
        print_message("Written: {path}", path=path)


@npo.command("map", epilog=EXITS)
@click.argument("register", type=_FILE)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), default="map.xlsx", show_default=True,
    help="Workbook to write.",
)  # fmt: skip
@force_option
@language_option
def map_columns(register: Path, output: Path, force: bool, language: str) -> None:
    """Write the workbook that says which column of the register holds what, filled in with a proposal.

    Look it through, correct it from its lists, and give it to the other commands with --map.
    """
    from fatf_kit.npo.run import npo_map

    made = npo_map(register, output, language=language, force=force)
    print_message("Written: {path}", path=made.path)
    print_message("A field is proposed for {proposed} of {columns} columns. Look through the workbook, then give it with --map.",
        proposed=made.proposed, columns=made.columns)  # fmt: skip


@npo.command(epilog=EXITS)
@click.argument("register", type=_FILE)
@_map_option
@_settings_option
@click.option("--suggest-map", is_flag=True, help="Print a mapping to start from, as JSON, and stop.")
@language_option
@json_option
def check(
    register: Path,
    mapping: Path | None,
    settings: Path | None,
    suggest_map: bool,
    language: str,  # noqa: ARG001 - what is told is told in it
    as_json: bool,
) -> int:
    """List what is refused, rows that are kept out, and values that cannot be read."""
    from fatf_kit.npo.run import look_through, npo_suggest_mapping

    if suggest_map:
        proposed = npo_suggest_mapping(register)
        print_json(proposed)
        if unclear := proposed.get("dates_unclear"):
            print_message(
                "The first rows do not tell whether day or month comes first: {columns}. "
                'Without "dates": "mdy" in the mapping the day does.',
                columns=", ".join(unclear),
            )
        return DONE
    checked = look_through(register, mapping=mapping, settings=settings)
    problems = checked.problems
    if as_json:
        from fatf_kit.scoring.report.payload import build_problems_document

        print_json(build_problems_document(problems))
    else:
        print_problems(problems)
    if checked.rows is not None:
        used = len(checked.used)
        seen = {"rows": checked.rows, "used": used, "columns": used + len(checked.unused)}
        print_message("Looked at {rows} rows and {used} of {columns} columns.", **seen)
        if checked.unused:
            print_message("Columns that are not used: {columns}.", columns=", ".join(checked.unused))
        if not problems:
            print_message("Every row and value can be read.")
    return exit_code(problems)


@npo.command(epilog=EXITS)
@click.argument("register", type=_FILE)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder to write to."
)
@_map_option
@_settings_option
@click.option("--measures", type=_FILE, help="Workbook with the country's measures, for the over-regulation checks.")
@click.option("--format", "formats", default="csv", show_default=True, help="Working files: csv, xlsx, or both.")
@click.option("--report", default="html,docx,xlsx,json", show_default=True, help="Formats of the report, or none.")
@click.option("--capacity", type=float, help="Inspection days a year, for the inspection plan.")
@click.option("--country", default="", help="Name of the country, for the title.")
@click.option("--as-of", type=DayType(), help="Day on which ages and lists of places are judged; today if left out.")
@click.option("--answers", type=_FILE, multiple=True, help="Filled questionnaire; its answers go before the register.")
@click.option("--public", is_flag=True, help="Report for publication: small counts are hidden.")
@click.option("--raw-ids", is_flag=True, help="Write register numbers as they are, even those that look like formulas.")
@click.option("--notice", multiple=True, help="A line to stand on every page of the report.")
@force_option
@language_option
@json_option
def classify(
    register: Path,
    output: Path,
    mapping: Path | None,
    settings: Path | None,
    measures: Path | None,
    formats: str,
    report: str,
    capacity: float | None,
    country: str,
    as_of: date | None,
    answers: tuple[Path, ...],
    public: bool,
    raw_ids: bool,
    notice: tuple[str, ...],
    force: bool,
    language: str,
    as_json: bool,
) -> int:
    """Classify every body in a register and write the working files and the report on the sector."""
    import fatf_kit
    from fatf_kit.cli.steps import write_with_progress
    from fatf_kit.npo.papers import write_working_papers
    from fatf_kit.npo.register import RegisterRefusedError
    from fatf_kit.npo.run import npo_classify

    try:
        with progress_bar("Register read, classes written") as told:
            made = npo_classify(
                register,
                output,
                mapping=mapping,
                settings=settings,
                formats=_listed(formats),
                language=language,
                answers=answers,
                as_of=as_of,
                formula_safe=not raw_ids,
                force=force,
                needs_scope=True,
                told=told,
            )
    except RegisterRefusedError as fault:
        print_problems(fault.problems)
        return STOPPED
    now = datetime.now().astimezone().isoformat(timespec="minutes")
    document, found = fatf_kit.npo_report(
        made.result,
        measures=measures,
        capacity=capacity,
        country=country,
        generated_at=now,
        language=language,
        notices=notice,
        public=public,
    )
    problems = (*made.result.problems, *found)
    print_problems(problems)
    if made.unused:
        print_message("Columns that are not used: {columns}.", columns=", ".join(made.unused))
    wanted = _listed(report)
    written = (
        *made.files,
        *(
            ()
            if wanted == ("none",)
            else write_with_progress(document, output, wanted, json_name="npo.json", force=force)
        ),
        *write_working_papers(
            made.result,
            output,
            measures=measures,
            classified=output / "classified.csv" if "csv" in _listed(formats) else None,
            capacity=capacity,
            language=language,
            country=country,
            force=force,
        ),
    )
    if as_json:
        print_json(document.payload)
    _say_finding(made.result)
    _say_counts(made.result)
    names = ", ".join(path.name for path in written if path.parent == output)
    print_message("Written to {folder}: {formats}", folder=output, formats=names)
    return exit_code(problems)


def _say_finding(sector: SectorResult) -> None:
    """The finding as at the head of the report, and what to do next where the register is too thin."""
    from fatf_kit.npo.model import Verdict
    from fatf_kit.npo.report.asking import headline
    from fatf_kit.npo.report.figures import internal_counts
    from fatf_kit.npo.report.names import load_names

    t = translator()
    with internal_counts(internal=True):
        click.echo(headline(sector, t))
    if sector.verdict is not Verdict.CLASSIFIED:
        names = load_names(t.language)
        collect = t.points(names.column(column) for column in sector.group.collect)
        print_message("Collect next: {columns}.", columns=collect)
        if sector.group.bodies:
            print_message("'fatf-kit npo questionnaire' writes the questions to the bodies to ask first.")


def _say_counts(sector: SectorResult) -> None:
    summary, counts, t = sector.register, sector.classes, translator()
    print_message(
        "Rows of the register {rows}: classified {classified}, rejected {rejected}, blank {blank}.",
        rows=t.number(summary.rows),
        classified=t.number(summary.registered),
        rejected=t.number(summary.rejected),
        blank=t.number(summary.blank),
    )
    print_message(
        "Registered {registered}, active {active}, in scope {in_scope} "
        "({undetermined} undetermined and not counted in).",
        registered=t.number(summary.registered),
        active=t("not told") if summary.active is None else t.number(summary.active),
        in_scope=t.number(summary.in_scope),
        undetermined=t.number(summary.undetermined),
    )
    classes = ("high", "medium", "low", "unrated", "provisional")
    print_message(
        "High {high}, medium {medium}, low {low}, not classified {unrated}; {provisional} of them provisional.",
        **{name: t.number(getattr(counts, name)) for name in classes},
    )


def _listed(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


npo.add_command(compare)
npo.add_command(questionnaire)
