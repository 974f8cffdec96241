"""Sections and their blocks, in reading order; hints to the author are Word comments on the heading."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, TypeGuard

from fatf_kit.core.languages import remove_unreadable
from fatf_kit.report.charts import describe_chart, draw_chart
from fatf_kit.report.formats.docx.grid import WIDTH
from fatf_kit.report.formats.docx.runs import RunWriter
from fatf_kit.report.formats.docx.styles import ListNumbering
from fatf_kit.report.formats.docx.tables import write_in_columns, write_key_figures, write_rating_grid, write_table
from fatf_kit.report.formats.docx.xml import Element, Look, Setting, make
from fatf_kit.report.model import (
    Block,
    Bullets,
    Chart,
    CodeBlock,
    DocumentTable,
    Figure,
    KeyFigures,
    Paragraph,
    RatingGrid,
    Section,
    Tone,
)

if TYPE_CHECKING:
    from docx.document import Document as File


_AUTHOR = "fatf-kit"
_INITIALS = "fk"


class CommentWriter:
    """A writer of the comments of one document. The part of the file for them is made with the first comment."""

    def __init__(self, file: File, writer: RunWriter) -> None:
        self._file = file
        self._writer = writer

    def around(self, content: Sequence[Element], hints: Iterable[str]) -> list[Element]:
        """Return the content of a paragraph with a comment on it for each hint; unchanged where there are none."""
        numbers = [self._write(hint) for hint in hints]
        starts = [make("commentRangeStart", id=number) for number in numbers]
        ends = [make("commentRangeEnd", id=number) for number in numbers]
        signs = [make("r", make("commentReference", id=number)) for number in numbers]
        return [*starts, *content, *ends, *signs]

    def _write(self, hint: str) -> int:
        """Add a comment without the moment of writing, so that the same document gives the same bytes."""
        from docx.oxml.ns import qn

        comment = self._file.comments.add_comment(author=_AUTHOR, initials=_INITIALS)
        element = comment.part.element[-1]  # its paragraph is replaced by one in the direction of the document
        element.attrib.pop(qn("w:date"), None)
        for child in list(element):
            element.remove(child)
        element.append(self._writer.plain("annotation text", hint))
        return comment.comment_id


_DEEPEST = 4
_TALLEST = 11_500
"""22 cm in twentieths of a point: what a page has room for under a heading."""
_ENGLISH_UNITS = 635
"""Word measures pictures in English metric units; so many are a twentieth of a point."""

_TONES = {Tone.LEAD: "Lead", Tone.NORMAL: "Normal", Tone.SMALL: "Small", Tone.NOTICE: "Notice"}
_BOX_FONT = "Segoe UI Symbol"
_BOX_SIGNS = (("checkedState", "2611"), ("uncheckedState", "2610"))


class BodyWriter:
    """A writer of sections that counts lists and pictures."""

    def __init__(self, writer: RunWriter, lists: ListNumbering, file: File, language: str) -> None:
        self._writer = writer
        self._comments = CommentWriter(file, writer)
        self._lists = lists
        self._new_picture = file.part.new_pic_inline
        self._language = language
        self._pictures = 0

    def section(self, section: Section, depth: int = 1, *, before: float | None = None) -> Iterator[Element]:
        """Yield the heading, the ratings under it, the blocks, and the sections inside.

        `before` is the space above the heading in points, None for that of its style.
        """
        heading = Setting(style=f"heading {min(depth, _DEEPEST)}", new_page=section.break_before, before=before)
        title = self._writer.bookmarked(section.anchor, self._writer.runs(section.title))
        hints = [block.text for block in section.blocks if _is_hint(block)]
        if section.title:  # a letter begins without one
            yield self._writer.paragraph(heading, *self._comments.around(title, hints))
        if section.badges:
            line: list[Element] = []
            for badge in section.badges:
                mark = self._writer.mark(badge.rating or badge.text, badge.rating)
                line += [*self._writer.runs(f"{badge.text} "), *mark, *self._writer.runs("     ")]
            yield self._writer.paragraph(Setting(style="Ratings"), *line[:-1])
        blocks = [block for block in section.blocks if not _is_hint(block)]
        for block, following in zip_longest(blocks, blocks[1:]):
            if isinstance(block, Paragraph) and _belongs_to(block, following):
                setting = Setting(style=_TONES[block.tone], keep_next=True)
                yield self._writer.paragraph(setting, *self._writer.runs(block.text))
            else:
                yield from self._block(block)
        for inner in section.sections:
            yield from self.section(inner, depth + 1)

    def _block(self, block: Block) -> Iterator[Element]:
        match block:
            case Paragraph():
                yield self._writer.plain(_TONES[block.tone], block.text)
            case CodeBlock():
                for line, own in block.lines:
                    yield self._writer.code(line, rtl=own == "rtl")
                yield self._writer.plain("Table End", "")
            case Bullets():
                yield from self._bullets(block)
            case KeyFigures():
                yield from write_key_figures(self._writer, block)
            case DocumentTable():
                yield from write_table(self._writer, block)
            case RatingGrid():
                yield from write_rating_grid(self._writer, block)
            case Figure():
                yield self._figure(block.chart, block.width)

    def _bullets(self, block: Bullets) -> Iterator[Element]:
        """Yield the items; a checklist has boxes that can be ticked in Word."""
        number = self._lists.numbered() if block.numbered else None
        items = [self._item(block, item, number) for item in block.items]
        yield from write_in_columns(self._writer, items, block.columns) if block.columns > 1 else items

    def _item(self, block: Bullets, item: str, number: int | None) -> Element:
        if block.boxes:
            return self._writer.paragraph(Setting(style="Checklist"), _box(), *self._writer.runs(f"\t{item}"))
        style = "List Number" if block.numbered else "List Bullet"
        return self._writer.paragraph(Setting(style=style, list=number), *self._writer.runs(item))

    def _figure(self, chart: Chart, width: int) -> Element:
        """Return the chart over its share of the text's width, or as high as a page."""
        drawn = draw_chart(chart, language=self._language, form="png")
        across, down = (int.from_bytes(drawn[at : at + 4]) for at in (16, 20))  # where every PNG says its size
        scale = min(WIDTH * width / 100 / across, _TALLEST / down) * _ENGLISH_UNITS
        self._pictures += 1
        inline = self._new_picture(io.BytesIO(drawn), round(across * scale), round(down * scale))
        inline.docPr.set("id", str(self._pictures))
        inline.docPr.set("name", chart.id)
        inline.docPr.set("descr", remove_unreadable(describe_chart(chart)))
        return self._writer.paragraph(Setting(style="Figure"), make("r", make("drawing", inline)))


def _belongs_to(block: Paragraph, following: Block | None) -> bool:
    """Return whether a paragraph stays with what follows: words before a table, small print before its answer."""
    if isinstance(following, Paragraph):
        return block.tone is Tone.SMALL and following.tone is Tone.NORMAL
    return isinstance(following, DocumentTable | RatingGrid | Figure)


def _is_hint(block: Block) -> TypeGuard[Paragraph]:
    return isinstance(block, Paragraph) and block.tone is Tone.HINT


def _box() -> Element:
    """Return an empty box that a click ticks."""
    from docx.oxml.parser import OxmlElement

    def state(name: str, sign: str, **more: str) -> Element:
        element: Element = OxmlElement(f"w14:{name}")
        for key, value in {"val": sign, **more}.items():
            element.set(f"{{{element.nsmap['w14']}}}{key}", value)
        return element

    box: Element = OxmlElement("w14:checkbox")
    ticked, empty = (state(name, sign, font=_BOX_FONT) for name, sign in _BOX_SIGNS)
    box.extend([state("checked", "0"), ticked, empty])
    sign = make("t")
    sign.text = "☐"
    shown = make("r", Look(font=_BOX_FONT).element(), sign)
    return make("sdt", make("sdtPr", box), make("sdtContent", shown))
