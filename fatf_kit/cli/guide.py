"""`fatf-kit guide`: guides to Immediate Outcomes and for readers, as a page, a Word document or a PDF."""

from __future__ import annotations

from pathlib import Path

import click

import fatf_kit
from fatf_kit.core.progress import with_progress
from fatf_kit.core.store import check_target
from fatf_kit.terminal import options, output, writing

_ALL = "all"
_FOLDER = "guides"


@click.command
@click.argument("subject", metavar="IO.N|all|READER")
@click.option(
    "-o",
    "--output",
    "target",
    cls=options.TargetOption,
    is_folder=lambda values: values["subject"].casefold() == _ALL,
    place=lambda values: _FOLDER if values["subject"].casefold() == _ALL else None,
    type=options.NamedPath(),
    metavar="FILE|DIR",
    help="File to write: .html, .docx or .pdf; with 'all' a folder.  "
    "[default: IO.N-LANG.html, READER-LANG.html, or guides/]",
)
@options.current_edition
@options.force_language
def guide(subject: str, target: Path | None, edition: str, force: bool, language: str) -> None:
    """Write a preparation guide for one Immediate Outcome, or the guide for a reader.

    The guide to an outcome describes an effective system, the agencies that contribute, each core issue with question,
    evidence and signs, the statistics and cases to prepare, and the questions of assessors. It ends with a checklist.

    'all' writes a Word document for each outcome into a folder.

    READER is coordinator, agency, npo, laws or analyst: their guide of the documentation, to be sent to people. The
    page whats-new describes what this version changes for its users.

    Example: fatf-kit guide IO.6 -o guide-IO.6.docx
    """
    if subject.casefold() == _ALL:
        folder = target or Path(_FOLDER)
        _write_all(folder, edition, language, force=force)
        return
    if target:
        options.new_file(options.DOCUMENT_ENDINGS).convert(str(target), None, click.get_current_context())
    if any(map(str.isdigit, subject)):
        document = fatf_kit.guide(subject, edition=edition, language=language)
    else:
        document = fatf_kit.reader_guide(subject.casefold(), language=language)
    writing.write_single(document, target or Path(f"{document.id.removeprefix('guide-')}-{language}.html"), force=force)


def _write_all(folder: Path, edition: str, language: str, *, force: bool) -> None:
    """Write the guide of each outcome into a folder; none is written where one of them is there and is to be kept."""
    outcomes = [one.id for one in fatf_kit.load_framework(edition).outcomes]
    files = {name: folder / f"{name}-{language}.docx" for name in outcomes}
    for file in files.values():
        check_target(file, force=force)
    with output.progress_bar("Guides written") as on_progress:
        for name in with_progress(outcomes, len(outcomes), on_progress):
            document = writing.date_document(fatf_kit.guide(name, edition=edition, language=language))
            fatf_kit.write_document(document, files[name], force=force)
    output.print_plural(
        "{n} guide was written to the folder {folder}.",
        "{n} guides were written to the folder {folder}.",
        len(files),
        folder=folder,
    )
