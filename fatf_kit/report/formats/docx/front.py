"""The parts around the text: title and contents before it, paper, header and footer on every page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from fatf_kit.core.messages import AFFILIATION, Translator
from fatf_kit.report.formats.docx.runs import RunWriter
from fatf_kit.report.formats.docx.tables import write_facts
from fatf_kit.report.formats.docx.xml import Element, Setting, make
from fatf_kit.report.model import Document, Section
from fatf_kit.report.palette import LINE

if TYPE_CHECKING:
    from docx.document import Document as File

_PAGE_OF = "PAGEREF"
_PAGE, _PAGES = "\ue000", "\ue001"
"""Stand for the two numbers while a translator's sentence is taken apart."""


def write_title(writer: RunWriter, document: Document) -> Iterator[Element]:
    """Yield title, facts and notices; with a summary the facts follow it."""
    yield writer.plain("Title", document.title)
    if document.subtitle:
        yield writer.plain("Subtitle", document.subtitle)
    if document.summary is None:
        yield from write_facts(writer, document.facts)
    notices = document.notices if document.summary is None else ("\n".join(document.notices),)
    for notice in filter(None, notices):
        yield writer.plain("Notice", notice)


def write_front_matter(writer: RunWriter, document: Document, t: Translator) -> Iterator[Element]:
    """Yield what is before the sections: the facts of a document with a summary, and contents where it has them."""
    if document.summary is not None:
        yield from write_facts(writer, document.facts)
    yield writer.plain("Small", t(AFFILIATION))
    if document.has_contents:
        yield writer.plain("Contents Heading", t("Contents"))
        yield from _contents(writer, document)


def _contents(writer: RunWriter, document: Document) -> Iterator[Element]:
    """Yield Word's own table of contents, filled in beforehand; `fill_page_numbers` writes the numbers.

    Word counts them again when it prints or when a person updates the field. It is not asked to do so when it opens
    the file, because it would then ask the reader about "fields that may refer to other files".
    """
    listed = list(_listed(document.sections, document.contents_depth))
    for number, (section, depth) in enumerate(listed, 1):
        content = writer.link(section.anchor, section.title)
        content[0].extend(_page_reference(writer.find_name(section.anchor)))
        if number == 1:
            field = f'TOC \\o "1-{document.contents_depth}" \\h'
            content = [_sign("begin"), _instruction(field), _sign("separate"), *content]
        if number == len(listed):
            content.append(_sign("end"))
        yield writer.paragraph(Setting(style=f"toc {depth}"), *content)


def _page_reference(name: str) -> tuple[Element, ...]:
    number = make("t")
    number.text = ""
    tab, field = make("r", make("tab")), _instruction(f"{_PAGE_OF} {name} \\h")
    return tab, _sign("begin"), field, _sign("separate"), make("r", number), _sign("end")


def fill_page_numbers(contents: Iterable[Element], pages: Mapping[str, int]) -> None:
    """Write the page of each section into the contents, by the name of its bookmark."""
    for field in (field for paragraph in contents for field in paragraph.iter("{*}instrText")):
        kind, _, name = (field.text or "").strip().partition(" ")
        if kind == _PAGE_OF:
            run = field.getparent().getnext().getnext()
            run[0].text = str(pages.get(name.split(" ")[0], 1))


def _listed(sections: tuple[Section, ...], deepest: int, depth: int = 1) -> Iterator[tuple[Section, int]]:
    """Yield sections down to a level, each with its own."""
    for section in sections:
        yield section, depth
        if depth < deepest:
            yield from _listed(section.sections, deepest, depth + 1)


def write_paper(file: File, writer: RunWriter, document: Document, t: Translator) -> None:
    """Set A4, the title over every page but the first, notices and page number under all of them."""
    from docx.shared import Cm, Mm

    paper = file.sections[0]
    paper.page_width, paper.page_height = Mm(210), Mm(297)
    paper.left_margin = paper.right_margin = Cm(2)
    paper.top_margin, paper.bottom_margin = (Cm(1.8), Cm(1.6)) if document.compact else (Cm(2.2), Cm(2))
    paper.header_distance = paper.footer_distance = Cm(0.8 if document.compact else 1.1)
    paper.different_first_page_header_footer = True
    ruled = Setting(style="header", border=(("bottom", LINE, 4, 3),))
    banner = (document.banner,) if document.banner else ()
    over = [writer.plain("Banner", words) for words in banner]
    _fill(paper.header.part.element, [*over, writer.paragraph(ruled, *writer.runs(document.title))])
    first = [writer.plain("Banner", words) for words in banner]
    _fill(paper.first_page_header.part.element, first or [writer.plain("header", "")])
    for footer in (paper.footer, paper.first_page_footer):
        _fill(footer.part.element, _foot(writer, document, t))
    if writer.rtl:
        for grid in file.element.body.sectPr.iter("{*}docGrid"):
            grid.addprevious(make("bidi"))  # before it in the schema, after everything else


def _foot(writer: RunWriter, document: Document, t: Translator) -> list[Element]:
    ruled = Setting(style="footer", border=(("top", LINE, 4, 4),), before=4)
    number = writer.paragraph(Setting(style="footer", align="right"), *_page_number(writer, t))
    return [writer.paragraph(ruled, *writer.runs(" ".join(document.notices))), number]


def _page_number(writer: RunWriter, t: Translator) -> Iterator[Element]:
    words = t("Page {page} of {pages}", page=_PAGE, pages=_PAGES)
    before, _, rest = words.partition(_PAGE)
    between, _, after = rest.partition(_PAGES)
    yield from writer.runs(before)
    yield _field("PAGE")
    yield from writer.runs(between)
    yield _field("NUMPAGES")
    yield from writer.runs(after)


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
