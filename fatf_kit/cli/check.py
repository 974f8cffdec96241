"""`fatf-kit check`: every problem in filled workbooks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from fatf_kit.cli import steps
from fatf_kit.spreadsheets.ledger import CellCounts, collect_counts
from fatf_kit.terminal import exit_codes, folders, options, output, writing
from fatf_kit.workflows.problems import group_problems, problems_report

_NOT_THERE = ("file-missing", "nothing-to-read")


@click.command
@options.input_paths("FILE|DIR...")
@options.output_file("Write a workbook (.xlsx) with one row for each problem.", [".xlsx"])
@click.option(
    "--cells", "shows_cells", is_flag=True, help="Count the filled cells of each workbook by what became of them."
)
@options.edition
@options.force_language_json
def check(
    paths: tuple[Path, ...], target: Path | None, shows_cells: bool, edition: str | None, force: bool, language: str
) -> int:
    """Read filled workbooks, or folders of them, and list every problem with its cell, agency by agency.

    The list is printed on standard output. With -o it is also written as a workbook, with a sheet for each agency.
    With --cells it is followed by counts of the filled cells: used, reported, and not read on purpose.

    Example: fatf-kit check iraq -o problems.xlsx
    """
    paths = folders.require_paths(paths)
    with collect_counts() as counts:
        scored = steps.score_with_progress(paths, edition=edition, must_exist=False)
    problems, cover = scored.problems, scored.assessment.coverage
    if target:
        from fatf_kit.report.formats.xlsx import render_xlsx

        report = problems_report(scored, generated_at=writing.current_time(), language=language)
        writing.write_new_file(target, render_xlsx(report), force=force)
    if output.is_set(output.JSON):
        cells = counts if shows_cells else None
        output.print_found(problems, total=cover.total, answered=cover.answered, cells=cells)
    else:
        output.print_problem_groups(group_problems(scored, language))
        if scored.responses.inputs:
            if not problems:
                output.print_message("No problem was found.")
            output.print_plural(
                "{answered} of {n} requirement of {edition} is answered.",
                "{answered} of {n} requirements of {edition} are answered.",
                cover.total,
                answered=cover.answered,
                edition=scored.framework.id,
            )
        for line in steps.coverage_lines(scored.folder):
            output.print_message(line)
        if shows_cells:
            _print_cells(counts)
    is_nothing_there = not scored.responses.inputs and all(problem.code in _NOT_THERE for problem in problems)
    return exit_codes.STOPPED if is_nothing_there else output.exit_code(problems)


def _print_cells(counts: Sequence[CellCounts]) -> None:
    """Print how many cells of each workbook are filled and what became of them, and each that is not read."""
    t = output.translator()
    heads = t("Workbook"), t("Filled cells"), t("Used"), t("Reported"), t("Not read on purpose")
    rows = [(one.file, *map(str, (one.filled, one.used, one.reported, one.unread))) for one in counts]
    for line in output.table_lines([heads, *rows]):
        output.print_line(line)
    for one in counts:
        for ref in one.unread_cells:
            output.print_message("{place}: this cell is not read, as the heading of its column states.", place=str(ref))
