"""`fatf-kit score`: indicative ratings and the gap report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fatf_kit.cli.output import (
    EXITS,
    MOST_NOTES,
    ReadPath,
    audience_option,
    exit_code,
    force_option,
    formats_option,
    json_option,
    language_option,
    notice_option,
    print_json,
    print_message,
    print_problems,
    scoring_options,
    translator,
)

if TYPE_CHECKING:
    from fatf_kit.core.problems import Problem
    from fatf_kit.report.model import Report


@click.command(epilog=EXITS)
@click.argument("paths", metavar="FILE|DIR...", nargs=-1, type=ReadPath())
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the report; reports/ of an assessment folder, else fatf-report.",
)
@scoring_options
@formats_option
@click.option("--published", metavar="ISO3", help="No workbooks: report on this jurisdiction's published ratings.")
@click.option("--report", help="With --published: MER, FUR, latest or a month like 2024-05.  [default: latest]")
@audience_option
@notice_option
@force_option
@language_option
@json_option
def score(
    paths: tuple[Path, ...],
    output: Path | None,
    edition: str | None,
    cut_off: date | None,
    policy: str | None,
    wanted: tuple[str, ...],
    published: str | None,
    report: str | None,
    audience: str,
    notice: tuple[str, ...],
    force: bool,
    language: str,
    as_json: bool,
) -> int:
    """Read filled workbooks, work out indicative ratings, and write the report into a folder.

    An assessment folder, given or called in, is scored by its own settings: the report goes into its reports/, the
    result into history/, and decisions.xlsx lists what is to be decided.

    With --published the same kind of report is made from the ratings in a mutual evaluation or follow-up report.
    """
    from fatf_kit.cli.steps import language_for, paths_or_cwd, show_written

    if not published:
        paths = paths_or_cwd(paths)
    if bool(paths) == bool(published):
        raise click.UsageError("Give filled workbooks, or --published with a jurisdiction, not both.")
    if report and not published:
        raise click.UsageError("--report chooses a published report and says nothing without --published.")
    idle = {"--edition": edition, "--cut-off": cut_off, "--policy": policy} if published else {}
    if said := [name for name, value in idle.items() if value]:
        raise click.UsageError(
            f"{' and '.join(said)} would say nothing with --published: its ratings stand as they are."
        )
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    told = {"generated_at": now, "language": language, "notices": notice}
    if published:
        made, folder = _of_published(published, report or "latest", output, wanted, force=force, **told)
        problems: tuple[Problem, ...] = ()
    else:
        told |= {"language": language_for(language, paths), "audience": audience}
        scoring = {"edition": edition, "cut_off": cut_off, "policy": policy}
        made, folder, problems = _of_workbooks(paths, output, wanted, scoring, force=force, **told)
    if as_json:
        print_json(made.payload)
    show_written(folder, wanted)
    return exit_code(problems)


def _of_published(
    jurisdiction: str, which: str, output: Path | None, wanted: tuple[str, ...], *, force: bool, **told: Any
) -> tuple[Report, Path]:
    """The report on published ratings, written, and where."""
    import fatf_kit
    from fatf_kit.cli.steps import output_for, write_with_progress

    _, made = fatf_kit.score_published(jurisdiction, report=which, **told)
    folder = output_for(output, None)
    write_with_progress(made, folder, wanted, force=force)
    return made, folder


def _of_workbooks(
    paths: tuple[Path, ...],
    output: Path | None,
    wanted: tuple[str, ...],
    scoring: Mapping[str, Any],
    *,
    force: bool,
    **told: Any,
) -> tuple[Report, Path, tuple[Problem, ...]]:
    """The report on filled workbooks, written, where, and what was found in them; a folder keeps the run."""
    from fatf_kit.cli.steps import input_paths, keep_result, output_for, score_with_progress, write_with_progress
    from fatf_kit.core.errors import FatfKitError
    from fatf_kit.report.formats.json import render_json

    scored = score_with_progress(paths, **scoring)
    print_problems(scored.problems, most=MOST_NOTES)
    if not scored.responses.inputs:
        t = translator()
        raise FatfKitError(t("No workbook could be read, so there is nothing to report on."))
    made = scored.report(**told)
    folder = output_for(output, scored.folder)
    write_with_progress(made, folder, wanted, inputs=input_paths(paths, scored.folder), force=force)
    if scored.folder:
        for path in keep_result(scored.folder, render_json(made), told["generated_at"]):
            print_message("Written: {path}", path=path)
    if not scored.assessment.coverage.answered:
        print_message(
            "Nothing is answered yet, so the report has no ratings. Fill in the workbooks, then run this again."
        )
    return made, folder, scored.problems
