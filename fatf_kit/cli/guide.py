"""`fatf-kit guide`: the framework of one Immediate Outcome, as a page, a Word document or a PDF."""

from __future__ import annotations

from pathlib import Path

import click

from fatf_kit.cli.output import EXITS, NewFile, document_endings, force_option, language_option, print_message
from fatf_kit.core.resources import CURRENT_EDITION


@click.command(epilog=EXITS)
@click.argument("outcome", metavar="IO.N")
@click.option(
    "-o",
    "--output",
    type=NewFile(document_endings),
    help="File to write; its ending is the format, .html, .docx or .pdf.  [default: IO.N-LANG.html]",
)
@click.option("--edition", default=CURRENT_EDITION, show_default=True, help="Edition of the Methodology.")
@force_option
@language_option
def guide(outcome: str, output: Path | None, edition: str, force: bool, language: str) -> None:
    """Write the guide to one Immediate Outcome for those who must show it.

    What a well-performing system shows, who must contribute, each core issue with question, evidence and signs, the
    figures and cases to prepare, how assessors will probe it, and a checklist.
    """
    from fatf_kit import guide as build
    from fatf_kit.report.write import write_document

    document = build(outcome, edition=edition, language=language)
    target = output or Path(f"{document.id.removeprefix('guide-')}-{language}.html")
    write_document(document, target, force=force)
    print_message("Written: {path}", path=target)
