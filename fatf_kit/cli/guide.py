"""`fatf-kit guide`: the framework of one Immediate Outcome, as a page, a Word document or a PDF."""

from __future__ import annotations

from pathlib import Path

import click

from fatf_kit.cli import options, output, steps


@click.command(epilog=output.EXITS)
@click.argument("outcome", metavar="IO.N")
@options.output_file(
    "File to write; its ending is the format, .html, .docx or .pdf.  [default: IO.N-LANG.html]",
    options.document_endings,
)
@options.current_edition
@options.force_language
def guide(outcome: str, target: Path | None, edition: str, force: bool, language: str) -> None:
    """Write the guide to one Immediate Outcome for those who must show it.

    What a well-performing system shows, who must contribute, each core issue with question, evidence and signs, the
    figures and cases to prepare, how assessors will probe it, and a checklist.
    """
    from fatf_kit import guide as build

    document = build(outcome, edition=edition, language=language)
    steps.write_single(document, target or Path(f"{document.id.removeprefix('guide-')}-{language}.html"), force=force)
