"""`fatf-kit verify`: whether a report and its inputs still belong together."""

from __future__ import annotations

from pathlib import Path

import click

from fatf_kit.cli.output import DONE, EXITS, FOUND, ReadPath, json_option, print_json, print_message, print_table


@click.command(epilog=EXITS)
@click.argument("folder", metavar="DIR", type=ReadPath())
@click.argument("inputs", metavar="[FILE|DIR]...", nargs=-1, type=ReadPath())
@json_option
def verify(folder: Path, inputs: tuple[Path, ...], as_json: bool) -> int:
    """Say whether a folder of reports and the workbooks it was made from still belong together.

    DIR is what `score -o` wrote, or an assessment folder. The workbooks are looked for in the assessment folder, or
    where you say, and so is a policy of your own. Files are compared by fingerprint (SHA-256); a workbook under another
    name is found again. Settings and decisions have no fingerprint and are not compared. Where the report is on
    published ratings, these are compared with the table of published ratings.
    """
    from fatf_kit.workflows.verify import FINE, verdict_document
    from fatf_kit.workflows.verify import verify as compare

    verdict = compare(folder, inputs)
    if as_json:
        print_json(verdict_document(verdict))
    else:
        print_table([(one.standing, one.kind, one.fingerprint[:19], one.name) for one in verdict.compared])
    off = sum(one.standing not in FINE for one in verdict.compared)
    if verdict.holds:
        print_message("Report and inputs belong together.")
    else:
        print_message("They do not belong together: {n} differ.", n=off)
    return DONE if verdict.holds else FOUND
