"""`fatf-kit training`: the training record of an assessment folder, test papers, and the page for a partner."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from fatf_kit.cli import options, output, steps
from fatf_kit.cli.progress_bar import progress_bar

AUDIENCES = ("partner", "government")
"""The members of `training.model.TrainingAudience`, which --help need not load."""


def _endings() -> Sequence[str]:
    return (*options.document_endings(), ".xlsx", ".csv")


@click.group(epilog=output.EXITS)
def training() -> None:
    """Keep a record of training: sessions, participants as numbers, and tests before and after.

    The record is training.xlsx in the assessment folder. It has no names of persons.
    """


@training.command(epilog=output.EXITS)
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
    options.document_endings,
)
@options.force_language
def template(
    paths: tuple[Path, ...],
    tests: tuple[str, ...],
    questions: int,
    today: date | None,
    target: Path | None,
    force: bool,
    language: str,
) -> int:
    """Write training.xlsx, or bring its lists up to date, and on request the papers of a test.

    Filled cells stay; the earlier file is kept in history/. A test has one paper for before the training and
    one for after it, with as many questions on each outcome, all of them different. They come from the questions of
    the mock visit. The same command gives the same papers.
    """
    from fatf_kit.workflows.training import training_template

    folder = steps.require_folder(paths)
    if target is not None and not tests:
        output.fail_usage("-o names the file for the papers of a test. Name the outcomes with --test.")
    made = training_template(
        folder,
        tests=tests,
        questions=questions,
        language=language,
        today=today,
        moment=steps.current_time("seconds"),
    )
    output.print_problems(made.problems)
    is_kept = any(one.code == "training-kept" for one in made.problems)
    if made.path is not None:
        steps.print_files(made.path)
    elif not is_kept:
        output.print_message("{file} is up to date.", file="training.xlsx")
    if made.papers is not None:
        outcomes = "-".join(name for name, _ in made.papers.facts)
        steps.write_single(made.papers, target or folder / f"training-test-{outcomes}-{language}.docx", force=force)
    return output.FOUND if is_kept else output.DONE


@training.command(epilog=output.EXITS)
@options.input_paths("[DIR]")
@options.output_file("File to write: .docx, .html, .pdf, .xlsx or .csv.", _endings)
@click.option(
    "--audience",
    type=click.Choice(AUDIENCES),
    default="partner",
    show_default=True,
    help="Readers of the report. Only the copy of the government compares the sessions with its own ratings.",
)
@options.date_option(
    "--today", text="Day of the report, as year-month-day; later sessions are left out.  [default: today]"
)
@options.force_language_json
def report(
    paths: tuple[Path, ...],
    target: Path | None,
    audience: str,
    today: date | None,
    force: bool,
    language: str,
    as_json: bool,
) -> int:
    """Report on the training: sessions, seats by agency and sex, outcomes covered, tests before and after.

    The copy for a partner is one page and shows no group under five people. The copy of the government also has the
    outcomes that are rated low, and the next needs.
    """
    from fatf_kit.workflows.training import training_report

    folder = steps.require_folder(paths)
    with progress_bar("Workbooks read") as on_progress:
        made = training_report(
            folder,
            generated_at=str(today) if today else steps.current_time(),
            audience=audience,
            language=language,
            on_progress=on_progress,
        )
    output.print_problems(made.problems)
    if not made.record.file:
        output.print_message("The folder has no training.xlsx. Make it with 'fatf-kit training template'.")
    if target is not None:
        steps.write_report_file(made.report, target, inputs=steps.folder_inputs(folder), force=force)
    output.print_result(made.report.payload, steps.figure_lines(made.report), as_json=as_json)
    return output.DONE
