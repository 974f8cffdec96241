"""The texts of a document, and the parts of a file, for tests of papers and workbooks."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from fatf_kit.report.model import Bullets, Document, DocumentTable, Figure, KeyFigures, Paragraph, walk_sections


def list_texts(document: Document) -> Iterator[str]:
    """Yield everything that a reader of the document sees."""
    yield from (document.title, document.subtitle, document.banner, *document.notices)
    yield from (part for fact in document.facts for part in fact)
    for section in walk_sections(document.sections):
        yield section.title
        yield from (f"{badge.text} {badge.rating}" for badge in section.badges)
        for block in section.blocks:
            if isinstance(block, Paragraph):
                yield block.text
            elif isinstance(block, KeyFigures):
                yield from (text for one in block.figures for text in (one.value, one.label, one.detail))
            elif isinstance(block, Bullets):
                yield from block.items
            elif isinstance(block, Figure):
                yield from (block.chart.title, block.chart.message, block.chart.alt)
            elif isinstance(block, DocumentTable):
                yield from (part for row in block.rows for cell in row.cells for part in (cell.text, cell.detail))


def join_texts(document: Document) -> str:
    """Return everything that a reader of the document sees, a line for each text."""
    return "\n".join(list_texts(document))


def read_parts(path: Path) -> dict[str, bytes]:
    """Return the parts of a file; the packing around those of a workbook may differ between machines."""
    if not zipfile.is_zipfile(path):
        return {"": path.read_bytes()}
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}
