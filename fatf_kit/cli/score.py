"""`fatf-kit score`: indicative ratings and the gap report."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import fatf_kit
from fatf_kit.cli import steps
from fatf_kit.core.store import work_alone
from fatf_kit.terminal import folders, options, output, writing

if TYPE_CHECKING:
    from fatf_kit.report.model import Report


@click.command
@options.input_paths("FILE|DIR...")
@options.output_folder(
    "Folder for the report.  [default: reports/ of the assessment folder, else fatf-report]",
    home="reports",
    place="fatf-report",
)
@options.scoring
@options.report_format
@options.option("jurisdiction", help="Report on the published ratings of this jurisdiction, without workbooks.")
@options.published_report
@options.audience
@options.notice
@options.force_language_json
def score(
    paths: tuple[Path, ...],
    target: Path | None,
    formats: tuple[str, ...],
    jurisdiction: str | None,
    report: str | None,
    audience: str,
    notices: tuple[str, ...],
    force: bool,
    language: str,
    **scoring: Any,
) -> None:
    """Read filled workbooks, calculate indicative ratings, and write the report into a folder.

    In an assessment folder, or if you name one, its settings apply. The report is written to reports/, the result is
    kept in history/, and decisions.xlsx lists the questions to decide.

    With --published the report is made from the ratings of a published mutual evaluation or follow-up report.

    Example: fatf-kit score iraq
    """
    if not jurisdiction:
        paths = folders.paths_or_cwd(paths)
    if bool(paths) == bool(jurisdiction):
        output.fail_usage("Name filled workbooks, or use --published with a jurisdiction, but not both.")
    if report and not jurisdiction:
        output.fail_usage("Use --report only with --published.")
    given = [f"--{name.replace('_', '-')}" for name in ("edition", "cut_off", "policy") if scoring[name]]
    if jurisdiction and given:
        output.fail_usage(
            "Leave out {options} with --published: published ratings are not calculated.", options=", ".join(given)
        )
    imprint: dict[str, Any] = {"generated_at": writing.current_time("seconds"), "notices": notices}
    if jurisdiction:
        _, made = fatf_kit.score_published(jurisdiction, report=report or "latest", language=language, **imprint)
        folder = steps.output_for(target, None)
        writing.write_with_progress(made, folder, formats, force=force)
        output.print_result(made.payload)
        writing.print_written(folder, formats)
        return
    imprint |= {"language": language, "audience": audience}
    from fatf_kit.assessment.folder.folder import is_workspace

    home = next(filter(is_workspace, paths), None)  # it keeps the result, also where the report is written elsewhere
    with work_alone(home, "score") if home else nullcontext():
        scored, made, folder = _score_workbooks(paths, target, formats, scoring, imprint, force=force)
    output.print_result(made.payload)
    writing.print_written(folder, formats)
    if not output.is_set(output.JSON) and scored.assessment.coverage.answered:
        _print_result(scored, imprint)


def _print_result(scored: fatf_kit.ScoringResult, imprint: dict[str, Any]) -> None:
    """Print what the ratings lead to, the gaps that cost most and what comes next."""
    from fatf_kit.papers.verdict import list_verdict_lines

    click.echo()
    output.print_result({}, list_verdict_lines(scored.paper_input(**imprint), output.translator()))
    if scored.folder:
        status = fatf_kit.folder_status(scored, today=date.today(), language=output.current_language())
        steps.print_next_steps(status)


def _score_workbooks(
    paths: tuple[Path, ...],
    target: Path | None,
    formats: tuple[str, ...],
    scoring: dict[str, Any],
    imprint: dict[str, Any],
    *,
    force: bool,
) -> tuple[fatf_kit.ScoringResult, Report, Path]:
    """Write the report on filled workbooks; return what it is about, it and its folder.

    An assessment folder keeps the result.
    """
    from fatf_kit.report.formats.json import render_json

    scored = steps.score_with_progress(paths, **scoring)
    output.print_errors(scored.problems)
    nothing = output.translate("No workbook could be read, so no report was written.")
    steps.require_workbooks(scored, nothing, has_printed=True)
    made = scored.report(**imprint)
    folder = steps.output_for(target, scored.folder)
    writing.write_with_progress(made, folder, formats, force=force)
    if scored.folder:
        steps.keep_result(scored.folder, render_json(made), imprint["generated_at"])
    if not scored.assessment.coverage.answered:
        output.print_message(
            "No requirement is answered yet, so the report has no ratings. Fill in the workbooks and run this again."
        )
    return scored, made, folder
