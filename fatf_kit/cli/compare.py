"""`fatf-kit compare`: two assessments, what moved, and why."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fatf_kit.cli import options, output, steps
from fatf_kit.cli.progress_bar import progress_bar

if TYPE_CHECKING:
    from fatf_kit.comparison.compare import AssessmentComparison


@click.command(epilog=output.EXITS)
@options.input_paths("DIR|FILE DIR|FILE...", required=True)
@options.output_folder("Folder for the report.")
@options.force_language_json
def compare(paths: tuple[Path, ...], target: Path | None, force: bool, language: str, as_json: bool) -> int:
    """What moved from an older assessment to a newer one: answers, evidence, decisions, weights, policy, edition.

    Each is an assessment.json, a folder with one, an assessment folder, or filled workbooks. The assessment.json of
    'score --published' is what assessors found: what moved since the mutual evaluation. Of more than two, as in
    history/*, the oldest and the newest are compared, and files that are no results are skipped.
    """
    from fatf_kit import compare_report
    from fatf_kit.core.files import shown_name
    from fatf_kit.workflows.comparison import compare_ends

    if len(paths) < 2:
        raise click.UsageError("Give two results, the older one first.")
    with progress_bar("Workbooks read") as on_progress:
        compared = compare_ends(paths, on_progress=on_progress)
    found = compared.comparison
    if len(compared.skipped) == 1:
        output.print_message("Skipped, because it is no result: {file}", file=shown_name(compared.skipped[0]))
    elif compared.skipped:
        output.print_message("Skipped, because they are no results: {n} files", n=len(compared.skipped))
    if len(paths) - len(compared.skipped) > 2:
        names = {"before": shown_name(compared.before), "after": shown_name(compared.after)}
        output.print_message("Compared: the oldest result, {before}, with the newest, {after}.", **names)
    report = compare_report(found, language)
    if target:
        steps.write_with_progress(report, target, ("html", "docx"), inputs=paths, force=force)
        output.print_message("Written to {folder}", folder=target)
    output.print_result(report.payload, _lines(found), as_json=as_json)
    if as_json:
        return output.DONE
    moved = len(found.moved)
    if any(found.published):
        output.print_message("{moved} ratings differ from those that were published.", moved=moved)
    else:
        facts = {"moved": moved, "within": len(found.movements) - moved}
        output.print_message(
            "{moved} ratings moved; in {within} units something changed and the rating stayed.", **facts
        )
    return output.DONE


def _lines(found: AssessmentComparison) -> Iterator[str]:
    """Yield a line for each rating that moved, with the causes where both results are the country's own."""
    from fatf_kit.comparison.report import describe_range, list_ends, name_cause

    t = output.translator()
    for one in found.moved:
        causes = t.points(f"{name_cause(s.cause, t)} {s.before} → {s.after}" for s in one.steps)
        before, after = map(describe_range, list_ends(one))
        because = f"  ({causes})" if causes and not any(found.published) else ""
        yield t("{name}: {text}", name=one.unit, text=f"{before} → {after}{because}")
