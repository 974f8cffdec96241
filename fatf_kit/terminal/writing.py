"""The documents and reports that a command writes, and what it prints of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fatf_kit.core.store import write_output
from fatf_kit.terminal import output

if TYPE_CHECKING:
    from fatf_kit.report.model import Document, Report


def current_time(precision: str = "minutes") -> str:
    """Return the time of day here as ISO 8601, for the imprint of what is written."""
    return datetime.now().astimezone().isoformat(timespec=precision)


def date_document(document: Document) -> Document:
    """Return a document with a date for the properties of its file: its own, else today."""
    return document if document.made_on else replace(document, made_on=str(date.today()))


def write_with_progress(report: Report, folder: Path, wanted: tuple[str, ...], **how: Any) -> tuple[Path, ...]:
    """Return what `write_report` returns, and show how many of the files are made."""
    from fatf_kit.report.write import write_report

    report = replace(report, document=date_document(report.document))
    with output.progress_bar("Report files") as on_progress:
        return write_report(report, folder, wanted, on_progress=on_progress, **how)


def write_report_file(report: Report, target: Path | None, *, force: bool = False) -> None:
    """Write a report to one file, if one is named, and print where it is; the ending of the name decides the format.

    ".xlsx" has all its tables, ".csv" the first of them, every other ending its document.
    """
    if target is None:
        return
    from fatf_kit.report.formats.csv import render_csv
    from fatf_kit.report.formats.xlsx import render_xlsx

    ending = target.suffix.lower()
    if ending in (".xlsx", ".csv"):
        content = render_xlsx(report) if ending == ".xlsx" else render_csv(report.tables[0])
        write_new_file(target, content, force=force)
    else:
        write_single(report.document, target, force=force)


def write_single(document: Document, path: Path, *, force: bool = True) -> None:
    """Write one document and print where it is; the ending of the name decides the format."""
    from fatf_kit.report.write import write_document

    write_document(date_document(document), path, force=force)
    print_files(path)


def write_new_file(target: Path, content: bytes, *, force: bool = False) -> None:
    """Write a file, unless that would lose one (see `check_target`), and print where it is."""
    print_files(write_output(target, content, force=force))


def figure_lines(report: Report) -> Iterator[str]:
    """Yield the key figures at the beginning of a report as lines."""
    from fatf_kit.report.model import KeyFigures

    t = output.translator()
    for block in report.document.body[0].blocks:
        for one in block.figures if isinstance(block, KeyFigures) else ():
            shown = t("{text} ({place})", text=one.value, place=one.detail) if one.detail else one.value
            yield t("{name}: {text}", name=one.label, text=shown)


def print_written(folder: Path, wanted: tuple[str, ...]) -> None:
    """Print where a report was written, and in which formats."""
    from fatf_kit.report.write import DATA_FORMATS

    formats = output.translator().joined(wanted)
    if set(wanted) <= DATA_FORMATS:  # for those no charts are drawn
        output.print_message("Written to {folder}: {formats}", folder=folder, formats=formats)
    else:
        output.print_message("Written to {folder}: {formats} and charts/", folder=folder, formats=formats)


def print_files(*paths: Path) -> None:
    """Print that files were written, a line for each."""
    for path in paths:
        output.print_message("Written: {path}", path=path)
