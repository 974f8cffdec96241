"""`fatf-kit compare`: two assessments, what moved, and why."""

from __future__ import annotations

from pathlib import Path

import click

from fatf_kit.cli.output import EXITS, ReadPath, force_option, json_option, language_option, print_json, print_message
from fatf_kit.cli.progress_bar import progress_bar


@click.command(epilog=EXITS)
@click.argument("paths", metavar="DIR|FILE DIR|FILE...", nargs=-1, required=True, type=ReadPath())
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="Folder for the report.")
@force_option
@language_option
@json_option
def compare(paths: tuple[Path, ...], output: Path | None, force: bool, language: str, as_json: bool) -> int:
    """What moved from an older assessment to a newer one: answers, evidence, decisions, weights, policy, edition.

    Each is an assessment.json, a folder with one, an assessment folder, or filled workbooks. The assessment.json of
    'score --published' is what assessors found: what moved since the mutual evaluation. Of more than two, as in
    history/*, the oldest and the newest are compared, and files that are no results are skipped.
    """
    from fatf_kit import compare_report
    from fatf_kit.cli.steps import write_with_progress
    from fatf_kit.comparison.report import describe_range, list_ends, name_cause
    from fatf_kit.core.files import shown_name
    from fatf_kit.core.messages import Translator
    from fatf_kit.workflows.comparison import compare_ends

    if len(paths) < 2:
        raise click.UsageError("Give two results, the older one first.")
    with progress_bar("Workbooks read") as watching:
        compared = compare_ends(paths, on_progress=watching)
    found = compared.comparison
    if len(compared.skipped) == 1:
        print_message("Skipped, because it is no result: {file}", file=shown_name(compared.skipped[0]))
    elif compared.skipped:
        print_message("Skipped, because they are no results: {n} files", n=len(compared.skipped))
    if len(paths) - len(compared.skipped) > 2:
        names = {"before": shown_name(compared.before), "after": shown_name(compared.after)}
        print_message("Compared: the oldest result, {before}, with the newest, {after}.", **names)
    report = compare_report(found, language)
    if output:
        write_with_progress(report, output, ("html", "docx"), inputs=list(paths), force=force)
        print_message("Written to {folder}", folder=output)
    if as_json:
        print_json(report.payload)
        return 0
    t = Translator(language)
    for one in found.moved:
        told = t.points(f"{name_cause(s.cause, t)} {s.before} → {s.after}" for s in one.steps)
        before, after = map(describe_range, list_ends(one))
        because = f"  ({told})" if told and not any(found.published) else ""
        click.echo(t("{name}: {text}", name=one.unit, text=f"{before} → {after}{because}"))
    if any(found.published):
        print_message("{moved} ratings differ from those that were published.", moved=len(found.moved))
        return 0
    within = len(found.movements) - len(found.moved)
    facts = {"moved": len(found.moved), "within": within}
    print_message("{moved} ratings moved; in {within} units something changed and the rating stayed.", **facts)
    return 0
