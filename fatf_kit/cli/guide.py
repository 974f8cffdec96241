"""`fatf-kit guide`: the framework of one Immediate Outcome, as a page or a Word document."""

from __future__ import annotations

from pathlib import Path

import click

from fatf_kit.cli.output import EXITS, language_option, say
from fatf_kit.resources import CURRENT_EDITION


@click.command(epilog=EXITS)
@click.argument("outcome", metavar="IO.N")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="File to write: .html or .docx.  [default: IO.N.html]"
)
@click.option("--edition", default=CURRENT_EDITION, show_default=True, help="Edition of the Methodology.")
@language_option
def guide(outcome: str, output: Path | None, edition: str, language: str) -> None:
    """Write the guide to one Immediate Outcome for those who must show it.

    What a well-performing system shows, who must contribute, each core issue with question, evidence and signs, the
    figures and cases to prepare, how assessors will probe it, and a checklist.
    """
    from fatf_kit.api import guide as build
    from fatf_kit.report.write import write_document

    document = build(outcome, edition=edition, language=language)
    target = output or Path(f"{document.id.removeprefix('guide-')}-{language}.html")
    write_document(document, target)
    say(f"Written: {target}")
