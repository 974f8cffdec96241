"""`fatf-kit check`: every problem in filled workbooks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from fatf_kit.cli import options, output, steps
from fatf_kit.workflows.problems import group_problems, problems_report

if TYPE_CHECKING:
    from fatf_kit import ScoringResult

_NOT_THERE = ("file-missing", "nothing-to-read")


@click.command(epilog=output.EXITS)
@options.input_paths("FILE|DIR...")
@options.output_file("Write a workbook (.xlsx) with one row for each problem.", lambda: [".xlsx"])
@options.edition
@options.force_language_json
def check(
    paths: tuple[Path, ...], target: Path | None, edition: str | None, force: bool, language: str, as_json: bool
) -> int:
    """Read filled workbooks, or folders of them, and list every problem with its cell, agency by agency.

    The list is printed on standard output. With -o it is also written as a workbook, with a sheet for each agency.
    """
    paths = steps.require_paths(paths)
    scored = steps.score_with_progress(paths, edition=edition)
    problems, cover, t = scored.problems, scored.assessment.coverage, output.translator()
    if target:
        _write_workbook(scored, target, language, paths, force=force)
    if as_json:
        from fatf_kit.scoring.report.payload import build_problems_document

        output.print_json(build_problems_document(problems, total=cover.total, answered=cover.answered))
    else:
        output.print_problem_groups(group_problems(scored, language))
        if scored.responses.inputs:
            if not problems:
                output.print_message("No problem was found.")
            facts = {"answered": cover.answered, "edition": scored.framework.id}
            output.print_message(
                t.plural(
                    "{answered} of {n} requirement of {edition} is answered.",
                    "{answered} of {n} requirements of {edition} are answered.",
                    cover.total,
                    **facts,
                )
            )
        for line in steps.coverage_lines(scored.folder):
            output.print_message(line)
    is_nothing_there = not scored.responses.inputs and all(problem.code in _NOT_THERE for problem in problems)
    return output.STOPPED if is_nothing_there else output.exit_code(problems)


def _write_workbook(
    scored: ScoringResult, target: Path, language: str, paths: tuple[Path, ...], *, force: bool
) -> None:
    from fatf_kit.core.files import check_target, write_file
    from fatf_kit.report.formats.xlsx import render_xlsx

    check_target(target, inputs=steps.protected_paths(paths, scored.folder), force=force)
    report = problems_report(scored, generated_at=steps.current_time(), language=language)
    steps.print_files(write_file(target, render_xlsx(report)))
