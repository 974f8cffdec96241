"""A report as a PDF, printed by typst."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tests.unit.report_text.layouts.document import (
    LIST_MARK,
    Cell,
    PageBreak,
    SampleHeading,
    SampleParagraph,
    SampleReport,
    Table,
)
from tests.unit.report_text.layouts.layout import SampleLayout


def make_pdf(report: SampleReport, layout: SampleLayout) -> bytes:
    """Return the bytes of the PDF."""
    import typst

    return typst.compile("\n".join(_write(report, layout)).encode())


def _quote(text: str) -> str:
    return f"#text({json.dumps(text, ensure_ascii=False)})"


def _write(report: SampleReport, layout: SampleLayout) -> Iterator[str]:
    head = _quote(report.head)
    number = "#context counter(page).display()"
    odd = "#context if calc.odd(counter(page).get().first())"
    settings = {
        "top": f"header: [{head} #h(1fr) | {number}]",
        "odd and even": f"header: [{odd} [{number} | {head}] else [{head} | {number}]]",
        "foot": f"header: [{head}], footer: align(center)[– {number} –]",
        "tab": f"header: [{head} | {number}], foreground: place(right + horizon, dx: -5mm)[3]",
        "none": "",
    }
    direction, hyphens = ("rtl", "false") if report.language == "ar" else ("ltr", "true")
    yield f'#set page(paper: "a4", margin: 22mm, {settings[layout.head]})'
    yield f'#set text(size: 9pt, lang: "{report.language}", dir: {direction}, hyphenate: {hyphens})'
    yield "#set par(justify: true)"
    columns = 1
    for block in report.blocks:
        match block:
            case PageBreak():
                yield "]" if columns > 1 else ""
                yield "#pagebreak(weak: true)"
                columns = block.columns
                yield f"#columns({columns})[" if columns > 1 else ""
            case SampleHeading():
                yield f"#block(sticky: true)[#strong[{_quote(block.text)}]]"
            case SampleParagraph():
                yield _write_paragraph(block.text, block.note)
            case Table():
                yield from _write_table(block)


def _write_paragraph(text: str, note: str = "") -> str:
    shown = note.partition(" ")[2]
    mark = f"#footnote[{_quote(shown)}]" if shown else ""
    if text.startswith(LIST_MARK):
        return f"#list[{_quote(text.removeprefix(LIST_MARK))}]"
    return f"#par[{_quote(text)}{mark}]"


def _write_table(table: Table) -> Iterator[str]:
    widths = ", ".join(f"{width}fr" for width in table.widths)
    yield f"#table(columns: ({widths}), align: start + top,"
    for place, row in enumerate(table.rows):
        cells = [*row, *[()] * (len(table.widths) - len(row))]
        shown = ", ".join(_write_cell(cell, is_split=table.is_split) for cell in cells)
        is_head = place < table.first
        yield f"table.header(repeat: {str(table.is_repeated).lower()}, {shown})," if is_head else f"{shown},"
    yield ")"


def _write_cell(cell: Cell, *, is_split: bool) -> str:
    content = "".join(_write_paragraph(text) for text in cell)
    return f"table.cell(breakable: {str(is_split).lower()})[#set par(justify: false); {content}]"
