"""`fatf-kit training`: the training record of an assessment folder, test papers, and the page for a partner."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from fatf_kit.terminal import exit_codes, folders, options, output, writing
from fatf_kit.training.functions import training_report, training_template
from fatf_kit.training.model import TrainingAudience


@click.group
def training() -> None:
    """Keep a record of training: sessions, participants as numbers, and tests before and after.

    The record is training.xlsx in the assessment folder. It has no names of persons.

    Example: fatf-kit training template iraq
    """


@training.command
@options.input_paths("[DIR]")
@options.names_option(
    "--test",
    "tests",
    text="Write two papers for a test on these outcomes too, separated by commas, like IO.3,IO.6.",
)
@click.option(
    "--questions",
    type=click.IntRange(1, 50),
    default=5,
    show_default=True,
    help="Number of questions on each outcome in each paper.",
)
@options.date_option("--today", text="Day for which the record is checked.  [default: today]")
@options.output_file(
    "File for the papers: .docx, .html or .pdf.  [default: training-test-IO.N-LANG.docx in the folder]",
    options.DOCUMENT_ENDINGS,
    home="",
)
@options.force_language
def template(
    paths: tuple[Path, ...], tests: tuple[str, ...], target: Path | None, force: bool, language: str, **asking: Any
) -> int:
    """Write training.xlsx, or bring its lists up to date, and on request the papers of a test.

    Filled cells stay; the earlier file is kept in history/. A test has one paper for before the training and
    one for after it, with as many questions on each outcome, all of them different. They come from the questions of
    the mock visit. The same command gives the same papers.

    Example: fatf-kit training template iraq --test IO.3,IO.6 --questions 4
    """
    folder = folders.open_folder(paths)
    if target is not None and not tests:
        output.fail_usage("-o names the file for the papers of a test. Name the outcomes with --test.")
    moment = writing.current_time("seconds")
    made = training_template(folder, tests=tests, language=language, moment=moment, **asking)
    output.print_problems(made.problems)
    is_kept = any(one.code == "training-kept" for one in made.problems)
    if made.path is not None:
        writing.print_files(made.path)
    elif not is_kept:
        output.print_message("{file} is up to date.", file="training.xlsx")
    if made.papers is not None:
        name = f"training-test-{'-'.join(made.outcomes)}-{language}.docx"
        writing.write_single(made.papers, target or folder.workspace.path / name, force=force)
    return exit_codes.FOUND if is_kept else exit_codes.DONE


@training.command
@options.input_paths("[DIR]")
@options.output_file("File to write: .docx, .html, .pdf, .xlsx or .csv.", options.REPORT_ENDINGS)
@options.option(
    "audience",
    type=click.Choice([audience.value for audience in TrainingAudience]),
    default="partner",
    show_default=True,
    help="Readers of the report. Only the copy of the government compares the sessions with its own ratings.",
)
@options.date_option(
    "--today", text="Day of the report, as year-month-day; later sessions are left out.  [default: today]"
)
@options.force_language_json
def report(paths: tuple[Path, ...], target: Path | None, today: date | None, force: bool, **reporting: Any) -> None:
    """Report on the training: sessions, seats by agency and sex, outcomes covered, tests before and after.

    The copy for a partner is one page and shows no group under five people. The copy of the government also has the
    outcomes that are rated low, and the next needs.

    Example: fatf-kit training report iraq -o training.docx
    """
    folder = folders.open_folder(paths)
    with output.progress_bar("Workbooks read") as on_progress:
        now = str(today) if today else writing.current_time()
        made = training_report(folder, generated_at=now, on_progress=on_progress, **reporting)
    output.print_problems(made.problems)
    if not made.record.file:
        output.print_message("The folder has no training.xlsx. Make it with 'fatf-kit training template'.")
    writing.write_report_file(made.report, target, force=force)
    output.print_result(made.report.payload, writing.figure_lines(made.report))
