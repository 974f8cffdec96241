"""`fatf-kit check`: everything in filled workbooks that needs a look."""

from __future__ import annotations

from pathlib import Path

import click

from fatf_kit.cli import options, output, steps
from fatf_kit.scoring.report.payload import build_problems_document

_NOT_THERE = ("file-missing", "nothing-to-read")


@click.command(epilog=output.EXITS)
@options.input_paths("FILE|DIR...")
@options.edition
@options.language_json
def check(paths: tuple[Path, ...], edition: str | None, language: str, as_json: bool) -> int:
    """Read filled workbooks, or folders of them, and list every problem with its cell."""
    paths = steps.require_paths(paths, "Give filled workbooks, folders of them or an assessment folder.")
    steps.language_for(language, paths)
    scored = steps.score_with_progress(paths, edition=edition)
    problems, cover = scored.problems, scored.assessment.coverage
    if as_json:
        output.print_json(build_problems_document(problems, total=cover.total, answered=cover.answered))
    else:
        output.print_problems(problems)
        if scored.responses.inputs:
            t = output.translator()
            facts = {"answered": cover.answered, "asked": cover.total, "edition": scored.framework.id}
            found = t("Answers found: {answered} of {asked} that {edition} asks.", **facts)
            fine = t("Every cell that is filled in could be used.")
            output.print_message(found if problems else f"{fine} {found}")
        for line in steps.coverage_lines(scored.folder):
            output.print_message(line)
    is_nothing_there = not scored.responses.inputs and all(problem.code in _NOT_THERE for problem in problems)
    return output.STOPPED if is_nothing_there else output.exit_code(problems)
