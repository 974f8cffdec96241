"""The two rows above every table: headings that people read, and hidden keys under them that the reader goes by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fatf_kit.spreadsheets.cell_writer import Pen
from fatf_kit.spreadsheets.marks import HEADING_BREAK
from fatf_kit.spreadsheets.schema import Column
from fatf_kit.spreadsheets.styles import height_of, lines_of

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet


def write_head(
    pen: Pen,
    sheet: Worksheet,
    columns: Sequence[Column],
    *,
    title: int,
    heading: str,
    note: str,
) -> None:
    """Headings and keys of a table; the heading of column `title` also carries the sheet's own heading and a note.

    Where a heading says more than its own word, the word stands on a line of its own or before HEADING_BREAK, so that a
    reader who has lost the keys still finds it.
    """
    for column, what in enumerate(columns):
        pen.put(sheet, 0, column, what.heading_in(pen.language), "heading")
        pen.put(sheet, 1, column, what.key, "key")
    first = f"{columns[0].heading_in(pen.language)} {HEADING_BREAK} {pen.words['requirement.back']}"
    pen.link(sheet, 0, 0, pen.words["sheet.contents"], first, "heading link")
    note = "\n".join(filter(None, (pen.notice, note)))
    runs = (
        ("run heading", f"{heading}\n"),
        ("run heading quiet", f"{note}\n" if note else ""),
        ("run heading column", columns[title].heading_in(pen.language)),
    )
    pen.runs(sheet, 0, title, runs, "heading")
    width = columns[title].width
    lines = lines_of(heading, width * 0.8) + (lines_of(note, width * 1.1) if note else 0) + 1.5
    sheet.set_row(0, height_of(lines))
    sheet.set_row(1, None, None, {"hidden": True})
