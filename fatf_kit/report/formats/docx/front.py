"""What stands around the text: title and contents before it, paper, header and footer on every page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fatf_kit.core.messages import AFFILIATION, Translator
from fatf_kit.report.formats.docx.runs import RunWriter
from fatf_kit.report.formats.docx.tables import write_facts
from fatf_kit.report.formats.docx.xml import Element, Setting, make
from fatf_kit.report.model import Document, Section
from fatf_kit.report.palette import LINE

if TYPE_CHECKING:
    from docx.document import Document as File

_PAGE, _PAGES = "\ue000", "\ue001"
"""Stand for the two numbers while a translator's sentence is taken apart."""


def write_front_matter(pen: RunWriter, document: Document, t: Translator) -> Iterator[Element]:
    """Title, facts, notices, and contents where the document has them."""
    yield pen.plain("Title", document.title)
    if document.subtitle:
        yield pen.plain("Subtitle", document.subtitle)
    yield from write_facts(pen, document.facts)
    for notice in document.notices:
        yield pen.plain("Notice", notice)
    yield pen.plain("Small", t(AFFILIATION))
    if document.has_contents:
        yield pen.plain("Contents Heading", t("Contents"))
        yield from _contents(pen, document)


def _contents(pen: RunWriter, document: Document) -> Iterator[Element]:
    """Word's own table of contents, filled in beforehand; without page numbers, which only Word knows."""
    listed = list(_listed(document.sections, document.contents_depth))
    for number, (section, depth) in enumerate(listed, 1):
        content = pen.link(section.anchor, section.title)
        if number == 1:
            field = f'TOC \\o "1-{document.contents_depth}" \\n \\h'
            content = [_sign("begin"), _instruction(field), _sign("separate"), *content]
        if number == len(listed):
            content.append(_sign("end"))
        yield pen.paragraph(Setting(style=f"toc {depth}"), *content)


def _listed(sections: tuple[Section, ...], deepest: int, depth: int = 1) -> Iterator[tuple[Section, int]]:
    """Sections down to a level, each with its own."""
    for section in sections:
        yield section, depth
        if depth < deepest:
            yield from _listed(section.sections, deepest, depth + 1)


def write_paper(file: File, pen: RunWriter, document: Document, t: Translator) -> None:
    """A4, the title over every page but the first, notices and page number under all of them."""
    from docx.shared import Cm, Mm

    paper = file.sections[0]
    paper.page_width, paper.page_height = Mm(210), Mm(297)
    paper.left_margin = paper.right_margin = Cm(2)
    paper.top_margin, paper.bottom_margin = (Cm(1.8), Cm(1.6)) if document.compact else (Cm(2.2), Cm(2))
    paper.header_distance = paper.footer_distance = Cm(0.8 if document.compact else 1.1)
    paper.different_first_page_header_footer = True
    ruled = Setting(style="header", border=(("bottom", LINE, 4, 3),))
    banner = (document.banner,) if document.banner else ()
    over = [pen.plain("Banner", words) for words in banner]
    _fill(paper.header.part.element, [*over, pen.paragraph(ruled, *pen.runs(document.title))])
    first = [pen.plain("Banner", words) for words in banner]
    _fill(paper.first_page_header.part.element, first or [pen.plain("header", "")])
    for footer in (paper.footer, paper.first_page_footer):
        _fill(footer.part.element, _foot(pen, document, t))
    if pen.rtl:
        for grid in file.element.body.sectPr.iter("{*}docGrid"):
            grid.addprevious(make("bidi"))  # before it in the schema, after everything else


def _foot(pen: RunWriter, document: Document, t: Translator) -> list[Element]:
    ruled = Setting(style="footer", border=(("top", LINE, 4, 4),), before=4)
    number = pen.paragraph(Setting(style="footer", align="right"), *_page_number(pen, t))
    return [pen.paragraph(ruled, *pen.runs(" ".join(document.notices))), number]


def _page_number(pen: RunWriter, t: Translator) -> Iterator[Element]:
    words = t("Page {page} of {pages}", page=_PAGE, pages=_PAGES)
    before, _, rest = words.partition(_PAGE)
    between, _, after = rest.partition(_PAGES)
    yield from pen.runs(before)
    yield _field("PAGE")
    yield from pen.runs(between)
    yield _field("NUMPAGES")
    yield from pen.runs(after)


def _field(name: str) -> Element:
    number = make("t")
    number.text = "1"
    return make("fldSimple", make("r", number), instr=name)


def _sign(kind: str) -> Element:
    return make("r", make("fldChar", fldCharType=kind))


def _instruction(text: str) -> Element:
    words = make("instrText")
    words.text = text
    return make("r", words)


def _fill(root: Element, paragraphs: list[Element]) -> None:
    for child in list(root):
        root.remove(child)
    root.extend(paragraphs)
