"""`fatf-kit compare`: two assessments, which ratings changed, and why."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

import fatf_kit
from fatf_kit.core.files import shown_name
from fatf_kit.terminal import options, output, writing

if TYPE_CHECKING:
    from fatf_kit.comparison.model import AssessmentComparison


@click.command
@options.input_paths("DIR|FILE DIR|FILE...", required=True)
@options.output_folder("Folder for the report.")
@options.force_language_json
def compare(paths: tuple[Path, ...], target: Path | None, force: bool, language: str) -> None:
    """Compare an older assessment with a newer one and give the causes of each change in a rating.

    The causes are answers, evidence, decisions, weights, scoring rules and edition. Each assessment is an
    assessment.json, a folder with one, an assessment folder, or filled workbooks. To compare with the published
    ratings, name the published.json that 'score --published' wrote. Of more than two, as in history/*, the oldest and
    the newest are compared; other files are skipped.

    Example: fatf-kit compare history/2026-05-01.json iraq -o comparison
    """
    from fatf_kit.workflows.comparison import compare_ends

    if len(paths) < 2:
        output.fail_usage("Name two assessments, the older one first.")
    with output.progress_bar("Workbooks read") as on_progress:
        compared = compare_ends(paths, on_progress=on_progress)
    found = compared.comparison
    if compared.skipped:
        output.print_plural(
            "{n} file is not an assessment and was skipped, like {file}.",
            "{n} files are not assessments and were skipped, like {file}.",
            len(compared.skipped),
            file=shown_name(compared.skipped[0]),
        )
    if len(paths) - len(compared.skipped) > 2:
        names = {"before": shown_name(compared.before), "after": shown_name(compared.after)}
        output.print_message("The oldest assessment, {before}, is compared with the newest, {after}.", **names)
    report = fatf_kit.compare_report(found, language)
    if target:
        writing.write_with_progress(report, target, ("html", "docx"), force=force)
        output.print_message("Written to {folder}", folder=target)
    output.print_result(report.payload, _lines(found))
    moved = len(found.moved)
    if output.is_set(output.JSON):
        return
    if any(found.published):
        output.print_plural(
            "{n} rating differs from the published one.", "{n} ratings differ from the published ones.", moved
        )
    else:
        within = len(found.movements) - moved
        output.print_plural("{n} rating changed.", "{n} ratings changed.", moved)
        if within:
            output.print_plural(
                "{n} more change has no effect on a rating.", "{n} more changes have no effect on a rating.", within
            )


def _lines(found: AssessmentComparison) -> Iterator[str]:
    """Yield a line for each rating that moved, with the causes where both results are the country's own."""
    from fatf_kit.comparison.report import describe_range, list_ends, name_cause

    t = output.translator()
    for one in found.moved:
        causes = t.points(f"{name_cause(s.cause, t)} {s.before} → {s.after}" for s in one.steps)
        before, after = map(describe_range, list_ends(one))
        because = f"  ({causes})" if causes and not any(found.published) else ""
        changed = f"{before} → {after}{because}"
        yield t("{name}: {text}", name=one.unit, text=changed)
