"""`fatf-kit score`: indicative ratings and the gap report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fatf_kit.cli import options, output, steps

if TYPE_CHECKING:
    from fatf_kit.core.problems import Problem
    from fatf_kit.report.model import Report


@click.command(epilog=output.EXITS)
@options.input_paths("FILE|DIR...")
@options.output_folder("Folder for the report; reports/ of an assessment folder, else fatf-report.")
@options.scoring
@options.report_format
@click.option("--published", metavar="ISO3", help="No workbooks: report on this jurisdiction's published ratings.")
@options.published_report
@options.audience
@options.notice
@options.force_language_json
def score(
    paths: tuple[Path, ...],
    target: Path | None,
    wanted: tuple[str, ...],
    published: str | None,
    report: str | None,
    audience: str,
    notice: tuple[str, ...],
    force: bool,
    language: str,
    as_json: bool,
    **scoring: Any,
) -> int:
    """Read filled workbooks, work out indicative ratings, and write the report into a folder.

    An assessment folder, given or called in, is scored by its own settings: the report goes into its reports/, the
    result into history/, and decisions.xlsx lists what is to be decided.

    With --published the same kind of report is made from the ratings in a mutual evaluation or follow-up report.
    """
    import fatf_kit

    if not published:
        paths = steps.paths_or_cwd(paths)
    if bool(paths) == bool(published):
        raise click.UsageError("Give filled workbooks, or --published with a jurisdiction, not both.")
    if report and not published:
        raise click.UsageError("--report chooses a published report and says nothing without --published.")
    given = [f"--{name.replace('_', '-')}" for name in ("edition", "cut_off", "policy") if scoring[name]]
    if published and given:
        raise click.UsageError(
            f"{' and '.join(given)} would say nothing with --published: its ratings stand as they are."
        )
    imprint: dict[str, Any] = {"generated_at": steps.current_time("seconds"), "notices": notice}
    problems: tuple[Problem, ...] = ()
    if published:
        _, made = fatf_kit.score_published(published, report=report or "latest", language=language, **imprint)
        folder = steps.output_for(target, None)
        steps.write_with_progress(made, folder, wanted, force=force)
    else:
        imprint |= {"language": steps.language_for(language, paths), "audience": audience}
        made, folder, problems = _score_workbooks(paths, target, wanted, scoring, imprint, force=force)
    if as_json:
        output.print_json(made.payload)
    steps.print_written(folder, wanted)
    return output.exit_code(problems)


def _score_workbooks(
    paths: tuple[Path, ...],
    target: Path | None,
    wanted: tuple[str, ...],
    scoring: dict[str, Any],
    imprint: dict[str, Any],
    *,
    force: bool,
) -> tuple[Report, Path, tuple[Problem, ...]]:
    """Write the report on filled workbooks; return it, its folder and the problems. An assessment folder keeps it."""
    from fatf_kit.report.formats.json import render_json

    scored = steps.score_with_progress(paths, **scoring)
    output.print_problems(scored.problems, most=output.MOST_NOTES)
    t = output.translator()
    nothing = t("No workbook could be read, so there is nothing to report on.")
    steps.require_workbooks(scored, nothing, has_printed=True)
    made = scored.report(**imprint)
    folder = steps.output_for(target, scored.folder)
    protected = steps.protected_paths(paths, scored.folder)
    steps.write_with_progress(made, folder, wanted, inputs=protected, force=force)
    if scored.folder:
        steps.keep_result(scored.folder, render_json(made), imprint["generated_at"])
    if not scored.assessment.coverage.answered:
        output.print_message(
            "Nothing is answered yet, so the report has no ratings. Fill in the workbooks, then run this again."
        )
    return made, folder, scored.problems
