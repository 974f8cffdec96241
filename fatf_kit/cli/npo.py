"""`fatf-kit npo`: the NPO sector, from the country's own register."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

import fatf_kit
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.messages import Translator
from fatf_kit.core.store import keep_private
from fatf_kit.npo.functions import WORKING_FILES, check_register
from fatf_kit.npo.measures.working_papers import (
    ANSWERS_NAME,
    INSPECTIONS_NAME,
    check_working_papers,
    write_working_papers,
)
from fatf_kit.npo.model import SectorResult, SectorVerdict
from fatf_kit.npo.register.refusals import RegisterRefusedError
from fatf_kit.npo.report.asking import headline
from fatf_kit.npo.report.comparison import YearsResult, build_comparison, make_years_result
from fatf_kit.npo.report.disclosure import internal_counts
from fatf_kit.npo.report.names import load_names
from fatf_kit.npo.report.rejection import list_rejection_lines
from fatf_kit.terminal import exit_codes, options, output, writing

_MOVES = ("both", "up", "down", "came", "went", "by_hand", "by_method")
"""The counts of a comparison of two years that are printed."""

_FOLDER, _PUBLIC_FOLDER = "npo", "npo-public"
"""The folders of the working files with the internal report, and of the report for publication, by default."""

_SETTINGS_TEXT = "File of settings (JSON): places, thresholds, national factors and overrides."

_reading_options = options.combine(
    options.option("mapping", help="Mapping of the register's own columns: the workbook of 'npo map', or JSON."),
    options.option("settings", help=_SETTINGS_TEXT),
)


@click.group
def npo() -> None:
    """Find the organisations to which R.8 applies, their risk and the measures that fit, from the country's register.

    Results are indicative. Working files name bodies by their number and are not for publication.

    Example: fatf-kit npo classify register.csv -o npo
    """


@npo.command
@options.output_folder("Folder to write to.", default="npo-register")
@options.force_language
def template(target: Path, force: bool, language: str) -> None:
    """Write the register workbook, a CSV with its headings, the data dictionary, and the workbook of measures.

    Example: fatf-kit npo template -o npo-register
    """
    writing.print_files(*fatf_kit.npo_template(target, language=language, force=force))


@npo.command("map")
@click.argument("register", type=options.INPUT_FILE)
@options.output_file("Workbook to write.", default="map.xlsx")
@options.force_language
def map_columns(register: Path, target: Path, force: bool, language: str) -> None:
    """Write the workbook that assigns the columns of the register to fields, filled in with a proposal.

    Check the workbook, correct it with its lists, and pass it to the other commands with --map.

    Example: fatf-kit npo map register.csv -o map.xlsx
    """
    made = fatf_kit.npo_map(register, target, language=language, force=force)
    writing.print_files(made.path)
    output.print_message(
        "A field is proposed for {proposed} of {columns} columns. Look through the workbook, then give it with --map.",
        proposed=made.proposed,
        columns=made.columns,
    )


@npo.command
@click.argument("register", type=options.INPUT_FILE)
@_reading_options
@click.option("--suggest-map", is_flag=True, help="Print a mapping to start from, as JSON, and stop.")
@options.run_language_json
def check(register: Path, suggest_map: bool, **reading: Any) -> int:
    """List why a register or some of its rows cannot be used, and values that cannot be read.

    Example: fatf-kit npo check register.csv --map map.xlsx
    """
    if suggest_map:
        proposed = fatf_kit.npo_suggest_mapping(register)
        output.print_json(proposed)
        if unclear := proposed.get("dates_unclear"):
            output.print_message(
                "The first rows do not show whether day or month comes first: {columns}. The day "
                'comes first unless the mapping has "dates": "mdy".',
                columns=", ".join(unclear),
            )
        return exit_codes.DONE
    checked = check_register(register, **reading)
    problems = checked.problems
    code = output.print_found(problems)
    if checked.rows is not None:
        used, rows = len(checked.used), output.translator().number(checked.rows)
        facts = {"rows": rows, "used": used, "columns": used + len(checked.unused)}
        output.print_message("{rows} rows and {used} of {columns} columns were read.", **facts)
        if checked.unused:
            _print_unused(checked.unused)
        if not problems:
            output.print_message("Every row and value can be read.")
    return code


@npo.command
@click.argument("register", type=options.INPUT_FILE)
@options.output_folder(
    f"Folder to write to.  [default: {_FOLDER}, with --public {_PUBLIC_FOLDER}]",
    place=lambda values: _PUBLIC_FOLDER if values["public"] else _FOLDER,
)
@_reading_options
@options.input_file("--measures", text="Workbook with the country's measures, for the over-regulation checks.")
@options.names_option("--format", "working", default="csv", text="Working files: csv, xlsx, or both.")
@options.names_option("--report", "formats", default="html,docx,xlsx,json", text="Formats of the report, or none.")
@click.option("--capacity", type=float, help="Inspection days a year, for the inspection plan.")
@options.option("country", default="", help="Name of the country, for the title.")
@options.as_of
@options.input_file("--answers", text="Filled questionnaire; its answers replace what the register has.", multiple=True)
@click.option(
    "--public",
    is_flag=True,
    help="Only the report for publication, in a folder without restricted files: small counts are hidden.",
)
@click.option("--raw-ids", is_flag=True, help="Write register numbers as they are, even those that look like formulas.")
@options.option("notice", help="A line that is printed on every page of the report.")
@options.force_language_json
def classify(
    register: Path,
    target: Path | None,
    measures: Path | None,
    working: tuple[str, ...],
    formats: tuple[str, ...],
    capacity: float | None,
    country: str,
    public: bool,
    raw_ids: bool,
    notices: tuple[str, ...],
    force: bool,
    language: str,
    **reading: Any,
) -> int:
    """Classify every body in a register and write the working files and the report on the sector.

    Working files name bodies by their number, so only their owner may read them. With --public they are not written.

    Example: fatf-kit npo classify register.csv --map map.xlsx -o npo
    """
    folder = target or Path(_PUBLIC_FOLDER if public else _FOLDER)
    paper: dict[str, Any] = {"measures": measures, "capacity": capacity, "country": country, "language": language}
    with ExitStack() as stack:
        if public:
            _check_nothing_restricted(folder)
            work_folder = Path(stack.enter_context(TemporaryDirectory(prefix="fatf-kit-npo-")))
        else:
            work_folder = folder
            stack.enter_context(keep_private())
            check_working_papers(folder, has_visits="csv" in working, force=force)
        try:
            with output.progress_bar("Register read, classes written") as on_progress:
                made = fatf_kit.npo_classify(
                    register,
                    work_folder,
                    formats=() if public else working,
                    language=language,
                    formula_safe=not raw_ids,
                    force=force,
                    needs_scope=True,
                    on_progress=on_progress,
                    **reading,
                )
        except RegisterRefusedError as fault:
            output.print_problems(fault.problems)
            return exit_codes.STOPPED
        document, found = fatf_kit.npo_report(
            made.result, generated_at=writing.current_time(), notices=notices, public=public, **paper
        )
        for line in list_rejection_lines(made.result.register, output.translator()):
            output.print_line(line, err=True)
        output.print_problems((*made.result.problems, *found))
        if made.unused:
            _print_unused(made.unused)
        written = [] if public else list(made.files)
        if formats != ("none",):
            written += writing.write_with_progress(document, folder, formats, force=force)
        if not public:
            classified = folder / "classified.csv" if "csv" in working else None
            written += write_working_papers(made.result, folder, classified=classified, force=force, **paper)
    with internal_counts(internal=not public):
        finding = headline(made.result, output.translator())
    output.print_result(document.payload, [finding])
    _print_next(made.result)
    _print_counts(made.result)
    names = output.translator().joined(path.name for path in written if path.parent == folder)
    output.print_message("Written to {folder}: {formats}", folder=folder, formats=names)
    return exit_codes.DONE


def _check_nothing_restricted(folder: Path) -> None:
    """Refuse a folder for publication that has files which name bodies, as of an earlier run."""
    names = [name for name in sorted({*WORKING_FILES, ANSWERS_NAME, INSPECTIONS_NAME}) if (folder / name).exists()]
    if names:
        raise FatfKitError(
            "{folder} has files that are not for publication: {names}. Name another folder with -o.",
            folder=str(folder),
            names=tuple(names),
        )


def _print_unused(columns: tuple[str, ...]) -> None:
    output.print_message("Columns that are not used: {columns}.", columns=", ".join(columns))


def _print_next(sector: SectorResult) -> None:
    """Print what to do next if the register is too incomplete for a finding."""
    t = output.translator()
    if sector.verdict is not SectorVerdict.CLASSIFIED:
        names = load_names(t.language)
        collect = t.points(names.column(column) for column in sector.group.collect)
        output.print_message("Collect next: {columns}.", columns=collect)
        if sector.group.bodies:
            output.print_message("'fatf-kit npo questionnaire' writes the questions to the bodies to ask first.")


def _print_counts(sector: SectorResult) -> None:
    summary, counts, t = sector.register, sector.classes, output.translator()
    output.print_message(
        "Rows of the register: {rows} (classified {classified}, rejected {rejected}, blank {blank}).",
        classified=t.number(summary.registered),
        **{name: t.number(getattr(summary, name)) for name in ("rows", "rejected", "blank")},
    )
    output.print_message(
        "Bodies on the register: {registered} (active {active}, within the scope {in_scope}, undetermined and not "
        "counted {undetermined}).",
        active=t("not stated") if summary.active is None else t.number(summary.active),
        **{name: t.number(getattr(summary, name)) for name in ("registered", "in_scope", "undetermined")},
    )
    classes = ("high", "medium", "low", "unrated", "provisional")
    output.print_message(
        "Classes: high {high}, medium {medium}, low {low} and not classified {unrated} (provisional {provisional}).",
        **{name: t.number(getattr(counts, name)) for name in classes},
    )


@npo.command
@click.argument("before", metavar="OLD", type=options.INPUT_FILE)
@click.argument("after", metavar="NEW", type=options.INPUT_FILE)
@options.output_file("File to write, .html or .docx.")
@options.force_language_json
def compare(before: Path, after: Path, target: Path | None, force: bool, language: str) -> None:
    """Count the bodies that moved between classes from one classified.csv to a later one, and why.

    Bodies are matched by their number. Only counts are shown, and small counts are hidden.

    Example: fatf-kit npo compare 2026/classified.csv 2027/classified.csv -o comparison.docx
    """
    compared = fatf_kit.npo_compare(before, after)
    result = make_years_result(compared)
    output.print_result(result, _comparison_lines(result))
    if target is not None:
        writing.write_single(
            build_comparison(compared, load_names(language), Translator(language)), target, force=force
        )


def _comparison_lines(result: YearsResult) -> Iterator[str]:
    t = output.translator()
    moved = {name: getattr(result, name) for name in _MOVES}
    counts = {name: t("few") if number is None else t.number(number) for name, number in moved.items()}
    yield t(
        "Bodies in both years: {both}. Moved to a higher class: {up}, to a lower one: {down}. "
        "New: {came}. No longer registered: {left}.",
        left=counts["went"],
        **counts,
    )
    yield t("{by_hand} set by hand; {by_method} moved by method or settings alone.", **counts)


@npo.command
@click.argument("register", type=options.INPUT_FILE)
@options.output_folder("Folder to write to.", default="npo-questionnaire")
@options.option("mapping", help="Mapping of the register's own columns, JSON.")
@options.option("settings", help=_SETTINGS_TEXT)
@options.input_file(
    "--answers",
    text="Questionnaire that was filled in earlier. Bodies that it classifies are not asked again.",
    multiple=True,
)
@options.names_option(
    "--languages",
    known=lambda: LANGUAGES,
    text="Languages of the workbooks, separated by commas. [default: that of --lang]",
)
@click.option(
    "--sample",
    type=click.IntRange(min=1),
    help="Number of bodies to draw at random from those that need not be asked.",
)
@click.option("--all", "everybody", is_flag=True, help="Ask the whole group, however large.")
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    help="Number that starts the random draw; the same number draws the same bodies.",
)
@options.as_of
@options.force_language
def questionnaire(register: Path, target: Path, languages: tuple[str, ...], language: str, **asking: Any) -> int:
    """Write a short workbook with questions to the bodies to ask first: those not yet classified but exposed to risk.

    Once it is filled in, 'npo classify --answers' reads it. It names bodies by their number and is restricted.

    Example: fatf-kit npo questionnaire register.csv --map map.xlsx -o questionnaire --sample 100
    """
    chosen = languages or (language,)
    try:
        selection, written = fatf_kit.npo_questionnaire(register, target, languages=chosen, **asking)
    except RegisterRefusedError as fault:
        output.print_problems(fault.problems)
        return exit_codes.STOPPED
    if not selection.bodies:
        output.print_message("No body has to be asked, because none without a class has a known feature of exposure.")
        return exit_codes.DONE
    asked = len(selection.bodies)
    output.print_message("Bodies to ask first: {group}. Asked: {asked}.", group=selection.group, asked=asked)
    if selection.drawn is not None and selection.margin is not None:
        t = output.translator()
        output.print_message(
            "{drawn} of them are drawn at random from {rest} (seed {seed}); a share found among them is off by at most "
            "{margin} percentage points (95 per cent confidence).",
            drawn=selection.drawn,
            rest=t.number(selection.rest),
            seed=selection.seed,
            margin=t.number(round(100 * selection.margin, 1)),
        )
    writing.print_files(*written)
    return exit_codes.DONE
