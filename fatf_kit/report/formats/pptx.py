"""Slides for PowerPoint and LibreOffice Impress: each section of a document is one slide, its heading the message.

python-pptx comes with the extra `slides` and is imported only here, when slides are made.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from fatf_kit.core.dates import read_moment
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.languages import LANGUAGE_TAGS
from fatf_kit.core.messages import AFFILIATION, Translator
from fatf_kit.report.charts import draw_chart
from fatf_kit.report.formats.pptx_parts import Box, SlideWriter, count_height
from fatf_kit.report.model import Block, Bullets, Document, DocumentTable, Figure, KeyFigures, Paragraph, Section

if TYPE_CHECKING:
    from pptx.presentation import Presentation

_WIDTH, _HEIGHT, _EDGE, _TOP, _FOOT = 13.333, 7.5, 0.6, 1.4, 6.55
_GAP = 0.15
_FIGURES_HEIGHT = 1.3
_TEXT_SIZE = 20
_ABOVE_TABLE, _ABOVE_PICTURE, _PICTURE_BEFORE_TABLE = 0.32, 0.6, 0.2
"""Shares of the height: text above a table, text above a picture, a picture above a table."""

_FIXED = (1980, 1, 1, 0, 0, 0)


def render_pptx(document: Document) -> bytes:
    """Return the document as slides; the same document gives the same bytes.

    A document of several sections begins with a slide of its title; one of a single section is a single slide.

    Raises:
        FatfKitError: python-pptx is not installed.
    """
    try:
        from pptx import Presentation
        from pptx.util import Inches
    except ImportError:
        raise FatfKitError(
            "Slides need python-pptx, which is not installed. Install it with: pip install 'fatf-kit[slides]'"
        ) from None
    show = Presentation()
    show.slide_width, show.slide_height = Inches(_WIDTH), Inches(_HEIGHT)
    _write_properties(show, document)
    writer = _DeckWriter(show, document)
    if len(document.sections) > 1:
        writer.write_title()
    for section in document.sections:
        writer.write_section(section)
    return _pack(show)


class _DeckWriter:
    """Writes the slides of one document in order."""

    def __init__(self, show: Presentation, document: Document) -> None:
        t = Translator(document.language)
        self._show, self._document, self._t = show, document, t
        self._rtl = t.direction == "rtl"
        self._tag = LANGUAGE_TAGS.get(t.base, t.base)
        facts = (t("{name}: {text}", name=name, text=value) + "." for name, value in document.facts)
        self._foot = " ".join((*facts, *document.notices, t(AFFILIATION)))

    def write_title(self) -> None:
        """Write the first slide: title, subtitle, facts and the notices in full."""
        slide, document = self._new_slide(), self._document
        slide.write_title(document.title, Box(_EDGE, 1.6, _WIDTH - 2 * _EDGE, 1.5), size=40)
        facts = [self._t("{name}: {text}", name=name, text=value) for name, value in document.facts]
        lines = (document.subtitle, *facts, *document.notices)
        slide.write_texts(lines, Box(_EDGE, 3.3, _WIDTH - 2 * _EDGE, 3.2), most=20)

    def write_section(self, section: Section) -> None:
        """Write one section as one slide: key figures, text, a picture and a table, one below the other."""
        slide = self._new_slide()
        slide.write_title(section.title, Box(_EDGE, 0.4, _WIDTH - 2 * _EDGE, 0.95), size=28)
        figures = [block for block in section.blocks if isinstance(block, Figure)]
        tables = [block for block in section.blocks if isinstance(block, DocumentTable)]
        numbers = [block for block in section.blocks if isinstance(block, KeyFigures)]
        texts = list(_list_texts(section.blocks))
        top, width = _TOP, _WIDTH - 2 * _EDGE
        for one in numbers:
            slide.write_figures(one.figures, Box(_EDGE, top, width, _FIGURES_HEIGHT))
            top += _FIGURES_HEIGHT + _GAP
        rest = _FOOT - top
        most = rest * (_ABOVE_TABLE if tables else _ABOVE_PICTURE if figures else 1)
        if texts:
            height = min(count_height(texts, width - 0.3, _TEXT_SIZE), most)
            slide.write_texts(texts, Box(_EDGE, top, width, height), most=_TEXT_SIZE, bullets=True)
            top += height + _GAP
        for figure in figures[:1]:
            chart, height = figure.chart, rest * _PICTURE_BEFORE_TABLE if tables else _FOOT - top
            picture = draw_chart(chart, language=self._document.language, form="png")
            slide.write_picture(picture, f"{chart.title}. {chart.alt}", Box(_EDGE, top, width, height))
            top += height + _GAP
        for table in tables[:1]:
            slide.write_table(table, Box(_EDGE, top, width, _FOOT - top), self._t)

    def _new_slide(self) -> SlideWriter:
        slide = SlideWriter(self._show, rtl=self._rtl, language=self._tag)
        slide.write_foot(self._foot, Box(_EDGE, 6.8, _WIDTH - 2 * _EDGE, 0.6), number=len(self._show.slides))
        return slide


def _list_texts(blocks: Sequence[Block]) -> list[str]:
    """Return the paragraphs and the points of lists, in order."""
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            found.append(block.text)
        elif isinstance(block, Bullets):
            found += block.items
    return found


def _write_properties(show: Presentation, document: Document) -> None:
    about: Any = show.core_properties
    about.title, about.subject = document.title[:255], document.subtitle[:255]
    about.author = about.last_modified_by = "fatf-kit"
    about.language = LANGUAGE_TAGS.get(document.language, document.language)
    if document.made_on:
        about.created = about.modified = read_moment(document.made_on).replace(tzinfo=None)


def _pack(show: Presentation) -> bytes:
    """Return the file with one fixed moment in its package, whatever the clock says, without the template's picture."""
    package = show.part.package
    for picture in [one.rId for one in package.iter_rels() if one.reltype.endswith("/thumbnail")]:
        package.drop_rel(picture)
    made, target = io.BytesIO(), io.BytesIO()
    show.save(made)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(target, "w") as packed:
        for name in source.namelist():
            packed.writestr(zipfile.ZipInfo(name, _FIXED), source.read(name), zipfile.ZIP_DEFLATED)
    return target.getvalue()
