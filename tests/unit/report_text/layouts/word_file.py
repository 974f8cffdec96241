"""A report as a Word document."""

from __future__ import annotations

import io
from typing import Any

from tests.unit.report_text.layouts.document import (
    LIST_MARK,
    PageBreak,
    SampleHeading,
    SampleParagraph,
    SampleReport,
    Table,
)


def make_word(report: SampleReport) -> bytes:
    """Return the bytes of the document; columns, heads and notes are left to Word and are not in its text."""
    from docx import Document
    from docx.enum.text import WD_BREAK

    document = Document()
    for block in report.blocks:
        match block:
            case SampleHeading():
                document.add_paragraph(block.text)
            case SampleParagraph():
                _add(document, block.text)
            case PageBreak():
                document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
            case Table():
                table = document.add_table(rows=len(block.rows), cols=len(block.widths))
                for row, cells in zip(table.rows, block.rows, strict=True):
                    for cell, texts in zip(row.cells, cells, strict=False):
                        _fill(cell, texts)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _add(parent: Any, text: str) -> None:
    style = "List Bullet" if text.startswith(LIST_MARK) else None
    parent.add_paragraph(text.removeprefix(LIST_MARK), style=style)


def _fill(cell: Any, texts: tuple[str, ...]) -> None:
    """Fill a cell; its first paragraph is there already."""
    for text in texts[:1]:
        cell.paragraphs[0].text = text.removeprefix(LIST_MARK)
        if text.startswith(LIST_MARK):
            cell.paragraphs[0].style = "List Bullet"
    for text in texts[1:]:
        _add(cell, text)
