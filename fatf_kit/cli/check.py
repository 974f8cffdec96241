"""`fatf-kit check`: everything in filled workbooks that needs a look."""

from __future__ import annotations

from pathlib import Path

import click

from fatf_kit.cli.output import (
    EXITS,
    STOPPED,
    ReadPath,
    exit_code,
    json_option,
    language_option,
    print_json,
    print_message,
    print_problems,
    translator,
)

_NOT_THERE = ("file-missing", "nothing-to-read")


@click.command(epilog=EXITS)
@click.argument("paths", metavar="FILE|DIR...", nargs=-1, type=ReadPath())
@click.option("--edition", help="Edition of the Methodology; taken from the workbooks if left out.")
@language_option
@json_option
def check(paths: tuple[Path, ...], edition: str | None, language: str, as_json: bool) -> int:
    """Read filled workbooks, or folders of them, and list every problem with its cell."""
    from fatf_kit.cli.steps import coverage_lines, language_for, paths_or_cwd, score_with_progress

    places = paths_or_cwd(paths)
    if not places:
        raise click.UsageError("Give filled workbooks, folders of them or an assessment folder.")
    language_for(language, places)
    scored = score_with_progress(places, edition=edition)
    problems, cover = scored.problems, scored.assessment.coverage
    if as_json:
        from fatf_kit.scoring.report.payload import build_problems_document

        print_json(build_problems_document(problems, asked=cover.asked, answered=cover.answered))
    else:
        print_problems(problems)
        if scored.responses.inputs:
            t = translator()
            facts = {"answered": cover.answered, "asked": cover.asked, "edition": scored.framework.id}
            found = t("Answers found: {answered} of {asked} that {edition} asks.", **facts)
            fine = t("Every cell that is filled in could be used.")
            print_message(found if problems else f"{fine} {found}")
        for line in coverage_lines(scored.folder):
            print_message(line)
    nothing_there = not scored.responses.inputs and all(problem.code in _NOT_THERE for problem in problems)
    return STOPPED if nothing_there else exit_code(problems)
