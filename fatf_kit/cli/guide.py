"""`fatf-kit guide`: how to prepare for one Immediate Outcome, as a page, a Word document or a PDF."""

from __future__ import annotations

from pathlib import Path

import click

from fatf_kit.cli import options, output, steps


@click.command(epilog=output.EXITS)
@click.argument("outcome", metavar="IO.N")
@options.output_file(
    "File to write: .html, .docx or .pdf.  [default: IO.N-LANG.html]",
    options.document_endings,
)
@options.current_edition
@options.force_language
def guide(outcome: str, target: Path | None, edition: str, force: bool, language: str) -> None:
    """Write a preparation guide for one Immediate Outcome, for the agencies that have to demonstrate it.

    It describes an effective system, the agencies that contribute, each core issue with question, evidence and signs,
    the statistics and cases to prepare, and the questions of assessors. It ends with a checklist.
    """
    from fatf_kit import guide as build

    document = build(outcome, edition=edition, language=language)
    steps.write_single(document, target or Path(f"{document.id.removeprefix('guide-')}-{language}.html"), force=force)
