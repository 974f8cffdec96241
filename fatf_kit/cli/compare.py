"""`fatf-kit compare`: two assessments, what moved, and why."""

from __future__ import annotations

from pathlib import Path

import click

from fatf_kit.cli.bar import bar
from fatf_kit.cli.output import EXITS, ReadPath, force_option, json_option, language_option, print_json, say


@click.command(epilog=EXITS)
@click.argument("before", metavar="DIR|FILE", type=ReadPath())
@click.argument("after", metavar="DIR|FILE", type=ReadPath())
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="Folder for the report.")
@force_option
@language_option
@json_option
def compare(before: Path, after: Path, output: Path | None, force: bool, language: str, as_json: bool) -> int:
    """What moved from an older assessment to a newer one: answers, evidence, decisions, weights, policy, edition.

    Each is an assessment.json, a folder with one, an assessment folder, or filled workbooks.
    """
    from fatf_kit.api import compare as work_out
    from fatf_kit.api import compare_report
    from fatf_kit.cli.home import write_seen
    from fatf_kit.messages import Words
    from fatf_kit.report.build.compare import cause_name

    with bar("Workbooks read") as watching:
        found = work_out(before, after, told=watching)
    report = compare_report(found, language)
    if output:
        write_seen(report, output, ("html", "docx"), inputs=[before, after], force=force)
        say("Written to {folder}", folder=output)
    if as_json:
        print_json(report.payload)
        return 0
    t = Words(language)
    for one in found.moved:
        told = t.points(f"{cause_name(s.cause, t)} {s.before} → {s.after}" for s in one.steps)
        click.echo(t("{name}: {text}", name=one.unit, text=f"{one.before} → {one.after}  ({told})"))
    within = len(found.movements) - len(found.moved)
    facts = {"moved": len(found.moved), "within": within}
    say("{moved} ratings moved; in {within} units something changed and the rating stayed.", **facts)
    return 0
