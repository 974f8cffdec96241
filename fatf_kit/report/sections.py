"""Sections and blocks as most papers have them, made from what is in them."""

from __future__ import annotations

from collections.abc import Iterable

from fatf_kit.report.model import Block, KeyFigure, KeyFigures, Paragraph, Section, Tone


def make_section(
    anchor: str, title: str, *blocks: Block, sections: Iterable[Section] = (), break_before: bool = False
) -> Section:
    """Return a section with its blocks, and with sections below it.

    >>> make_section("method", "Method", make_note("Counted by hand.")).blocks[0].text
    'Counted by hand.'
    """
    return Section(anchor=anchor, title=title, blocks=blocks, sections=tuple(sections), break_before=break_before)


def make_note(text: str) -> Paragraph:
    """Return a paragraph in small print."""
    return Paragraph(text=text, tone=Tone.SMALL)


def make_key_figures(figures: Iterable[tuple[str, ...]]) -> KeyFigures:
    """Return a row of key figures: of each the number, what it counts, and a second line where there is one."""
    return KeyFigures(
        figures=tuple(KeyFigure(value=value, label=label, detail="".join(more)) for value, label, *more in figures)
    )
