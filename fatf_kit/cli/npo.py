"""`fatf-kit npo`: the NPO sector, from the country's own register."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fatf_kit.cli import options, output, steps
from fatf_kit.cli.npo_compare import compare
from fatf_kit.cli.npo_questionnaire import questionnaire
from fatf_kit.cli.progress_bar import progress_bar
from fatf_kit.core.isolation import remove_isolation
from fatf_kit.npo.functions import check_register

if TYPE_CHECKING:
    from fatf_kit.npo.model import SectorResult

_reading_options = options.combine(
    options.input_file(
        "--map", "mapping", text="Mapping of the register's own columns: the workbook of 'npo map', or JSON."
    ),
    options.input_file(
        "--settings", text="File of settings (JSON): places, thresholds, national factors and overrides."
    ),
)


@click.group(epilog=output.EXITS)
def npo() -> None:
    """Find the organisations to which R.8 applies, their risk and the measures that fit, from the country's register.

    Results are indicative. Working files name bodies by their number and are not for publication.
    """


@npo.command(epilog=output.EXITS)
@options.output_folder("Folder to write to.", default="npo-register")
@options.force_language
def template(target: Path, force: bool, language: str) -> None:
    """Write the register workbook, a CSV with its headings, the data dictionary, and the workbook of measures."""
    from fatf_kit.npo.functions import npo_template

    steps.print_files(*npo_template(target, language=language, force=force))


@npo.command("map", epilog=output.EXITS)
@click.argument("register", type=options.INPUT_FILE)
@options.output_file("Workbook to write.", default="map.xlsx")
@options.force_language
def map_columns(register: Path, target: Path, force: bool, language: str) -> None:
    """Write the workbook that assigns the columns of the register to fields, filled in with a proposal.

    Check the workbook, correct it with its lists, and pass it to the other commands with --map.
    """
    from fatf_kit.npo.functions import npo_map

    made = npo_map(register, target, language=language, force=force)
    steps.print_files(made.path)
    output.print_message(
        "A field is proposed for {proposed} of {columns} columns. Look through the workbook, then give it with --map.",
        proposed=made.proposed,
        columns=made.columns,
    )


@npo.command(epilog=output.EXITS)
@click.argument("register", type=options.INPUT_FILE)
@_reading_options
@click.option("--suggest-map", is_flag=True, help="Print a mapping to start from, as JSON, and stop.")
@options.language_json
def check(
    register: Path,
    suggest_map: bool,
    language: str,  # noqa: ARG001 - its option sets the language of messages
    as_json: bool,
    **reading: Any,
) -> int:
    """List why a register or some of its rows cannot be used, and values that cannot be read."""
    from fatf_kit.npo.functions import npo_suggest_mapping

    if suggest_map:
        proposed = npo_suggest_mapping(register)
        output.print_json(proposed)
        if unclear := proposed.get("dates_unclear"):
            output.print_message(
                "The first rows do not show whether day or month comes first: {columns}. The day "
                'comes first unless the mapping has "dates": "mdy".',
                columns=", ".join(unclear),
            )
        return output.DONE
    checked = check_register(register, **reading)
    problems = checked.problems
    if as_json:
        from fatf_kit.scoring.report.payload import build_problems_document

        output.print_json(build_problems_document(problems))
    else:
        output.print_problems(problems)
    if checked.rows is not None:
        used, rows = len(checked.used), output.translator().number(checked.rows)
        facts = {"rows": rows, "used": used, "columns": used + len(checked.unused)}
        output.print_message("Looked at {rows} rows and {used} of {columns} columns.", **facts)
        if checked.unused:
            _print_unused(checked.unused)
        if not problems:
            output.print_message("Every row and value can be read.")
    return output.exit_code(problems)


@npo.command(epilog=output.EXITS)
@click.argument("register", type=options.INPUT_FILE)
@options.output_folder("Folder to write to.", default="npo")
@_reading_options
@options.input_file("--measures", text="Workbook with the country's measures, for the over-regulation checks.")
@options.names_option("--format", "working", default="csv", text="Working files: csv, xlsx, or both.")
@options.names_option("--report", "wanted", default="html,docx,xlsx,json", text="Formats of the report, or none.")
@click.option("--capacity", type=float, help="Inspection days a year, for the inspection plan.")
@click.option("--country", default="", help="Name of the country, for the title.")
@options.as_of
@options.input_file("--answers", text="Filled questionnaire; its answers replace what the register has.", multiple=True)
@click.option("--public", is_flag=True, help="Report for publication: small counts are hidden.")
@click.option("--raw-ids", is_flag=True, help="Write register numbers as they are, even those that look like formulas.")
@click.option("--notice", multiple=True, help="A line that is printed on every page of the report.")
@options.force_language_json
def classify(
    register: Path,
    target: Path,
    measures: Path | None,
    working: tuple[str, ...],
    wanted: tuple[str, ...],
    capacity: float | None,
    country: str,
    public: bool,
    raw_ids: bool,
    notice: tuple[str, ...],
    force: bool,
    language: str,
    as_json: bool,
    **reading: Any,
) -> int:
    """Classify every body in a register and write the working files and the report on the sector."""
    import fatf_kit
    from fatf_kit.npo.functions import npo_classify
    from fatf_kit.npo.measures.working_papers import write_working_papers
    from fatf_kit.npo.register.rows import RegisterRefusedError

    try:
        with progress_bar("Register read, classes written") as on_progress:
            made = npo_classify(
                register,
                target,
                formats=working,
                language=language,
                formula_safe=not raw_ids,
                force=force,
                needs_scope=True,
                on_progress=on_progress,
                **reading,
            )
    except RegisterRefusedError as fault:
        output.print_problems(fault.problems)
        return output.STOPPED
    paper: dict[str, Any] = {"measures": measures, "capacity": capacity, "country": country, "language": language}
    document, found = fatf_kit.npo_report(
        made.result, generated_at=steps.current_time(), notices=notice, public=public, **paper
    )
    problems = (*made.result.problems, *found)
    output.print_problems(problems)
    if made.unused:
        _print_unused(made.unused)
    written = list(made.files)
    if wanted != ("none",):
        written += steps.write_with_progress(document, target, wanted, force=force)
    classified = target / "classified.csv" if "csv" in working else None
    written += write_working_papers(made.result, target, classified=classified, force=force, **paper)
    if as_json:
        output.print_json(document.payload)
    _print_finding(made.result)
    _print_counts(made.result)
    names = ", ".join(path.name for path in written if path.parent == target)
    output.print_message("Written to {folder}: {formats}", folder=target, formats=names)
    return output.DONE


def _print_unused(columns: tuple[str, ...]) -> None:
    output.print_message("Columns that are not used: {columns}.", columns=", ".join(columns))


def _print_finding(sector: SectorResult) -> None:
    """Print the finding as at the head of the report, and what to do next if the register is too incomplete."""
    from fatf_kit.npo.model import SectorVerdict
    from fatf_kit.npo.report.asking import headline
    from fatf_kit.npo.report.figures import internal_counts
    from fatf_kit.npo.report.names import load_names

    t = output.translator()
    with internal_counts(internal=True):
        click.echo(remove_isolation(headline(sector, t)))
    if sector.verdict is not SectorVerdict.CLASSIFIED:
        names = load_names(t.language)
        collect = t.points(names.column(column) for column in sector.group.collect)
        output.print_message("Collect next: {columns}.", columns=collect)
        if sector.group.bodies:
            output.print_message("'fatf-kit npo questionnaire' writes the questions to the bodies to ask first.")


def _print_counts(sector: SectorResult) -> None:
    summary, counts, t = sector.register, sector.classes, output.translator()
    output.print_message(
        "Rows of the register {rows}: classified {classified}, rejected {rejected}, blank {blank}.",
        rows=t.number(summary.rows),
        classified=t.number(summary.registered),
        rejected=t.number(summary.rejected),
        blank=t.number(summary.blank),
    )
    output.print_message(
        "Registered {registered}, active {active}, in scope {in_scope} "
        "({undetermined} undetermined and not counted in).",
        registered=t.number(summary.registered),
        active=t("not stated") if summary.active is None else t.number(summary.active),
        in_scope=t.number(summary.in_scope),
        undetermined=t.number(summary.undetermined),
    )
    classes = ("high", "medium", "low", "unrated", "provisional")
    output.print_message(
        "High {high}, medium {medium}, low {low}, not classified {unrated}; {provisional} of them provisional.",
        **{name: t.number(getattr(counts, name)) for name in classes},
    )


npo.add_command(compare)
npo.add_command(questionnaire)
