"""Hostile texts that may be typed into a narrative, and the forms in which a report prints them."""

from __future__ import annotations

from dataclasses import replace
from itertools import cycle

from fatf_kit.report.model import (
    Block,
    Bullets,
    Chart,
    ChartKind,
    DataColumn,
    DataTable,
    Document,
    DocumentTable,
    Figure,
    KeyFigure,
    KeyFigures,
    Paragraph,
    RatingGrid,
    RatingMark,
    Report,
    Section,
    Series,
    TableCell,
    TableColumn,
    TableRow,
)

LONG = "x" * 30_000
"""As many letters as a cell of Excel nearly holds, and no place to break the line."""

MARKUP = "<script>alert(1)</script><img src=x onerror=alert(2)><style>*{display:none}</style> &amp; \"'} =1+1"
OVERRIDE = "start \u202eoverride\u202c \u202bembedded\u202c \u2066isolate\u2069 \u200emark\u200f end"
CONTROLS = "null\x00 bell\x07 escape\x1b delete\x7f next\x85 mark\ufeff none\uffff end"
EMOJI = "bank 🏦 family 👨‍👩‍👧 flag 🇮🇶"
MIXED = "رواية عربية مع English words و(2022) في سطر واحد"

NASTY = (MARKUP, OVERRIDE, CONTROLS, EMOJI, MIXED, LONG)

PRINTED = (MARKUP, "start override embedded isolate", "null bell escape delete next mark none end", EMOJI, MIXED, LONG)
"""The text of each in a report: only control characters and marks of direction are removed."""


def nasty_document(language: str) -> Document:
    """All of it in every place of a document that can hold words."""
    short = NASTY[:-1]
    met, levels = TableCell(text="met", rating="met"), cycle(("major", "minor"))
    cells = tuple(
        TableRow(cells=(TableCell(text=text), replace(met, detail=text)), facets={"severity": (level,)})
        for text, level in zip(NASTY, levels, strict=False)
    )
    mark = RatingMark(unit="R.1", title=MARKUP, rating="PC")
    series = (Series(label=f"{MIXED} {CONTROLS}", values=(3,)),)
    chart = Chart(id="nasty", kind=ChartKind.BARS, title=MARKUP, alt=CONTROLS, keys=("n",), series=series)
    blocks: tuple[Block, ...] = (
        *(Paragraph(text=text) for text in NASTY),
        Bullets(items=NASTY),
        KeyFigures(figures=(KeyFigure(value="7", label=MARKUP, detail=OVERRIDE),)),
        DocumentTable(
            id="t", caption=MARKUP, columns=(TableColumn(title=EMOJI, width=2), TableColumn(title=CONTROLS)), rows=cells
        ),
        RatingGrid(id="r", caption=OVERRIDE, scale="compliance", per_row=6, marks=(mark,), key=(("PC", EMOJI),)),
        Figure(chart=chart),
    )
    return Document(
        id="nasty",
        title=" ".join(short),
        subtitle=LONG,
        language=language,
        facts=((MARKUP, OVERRIDE), (EMOJI, CONTROLS)),
        notices=(" ".join(short),),
        sections=(Section(anchor="a", title=MARKUP, blocks=blocks), Section(anchor="b", title=LONG[:300])),
    )


def nasty_report(language: str) -> Report:
    """The document with a table of its own for Excel."""
    columns = (DataColumn(key="text", title=MARKUP), DataColumn(key="more", title=OVERRIDE, width=40))
    table = DataTable(key="nasty", title="Nasty", columns=columns, rows=tuple((text, text) for text in NASTY))
    return Report(document=nasty_document(language), tables=(table,), payload={})
