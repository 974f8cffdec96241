"""A document as a Word file that people go on editing: Word's own styles, lists, tables and links."""

from __future__ import annotations

from fatf_kit.core.messages import Translator
from fatf_kit.report.formats.docx.body import BodyWriter
from fatf_kit.report.formats.docx.front import fill_page_numbers, write_front_matter, write_paper, write_title
from fatf_kit.report.formats.docx.package import drop_leftovers, embed_fonts, mark_as_current, write_properties
from fatf_kit.report.formats.docx.pages import find_pages
from fatf_kit.report.formats.docx.runs import RunWriter
from fatf_kit.report.formats.docx.styles import ListNumbering, write_styles
from fatf_kit.report.model import Document
from fatf_kit.report.word_file import save_document

__all__ = ["render_docx"]

_SUMMARY = 6
"""Points above the heading of a summary, which has to fit on the first page."""


def render_docx(document: Document) -> bytes:
    """Return a document as .docx for Word 2010 and later, and for LibreOffice; the same document gives the same bytes.

    Sections are headings with bookmarks, links lead to them, ratings are letters on their colour, charts are pictures
    with their words. Text is text: markup stays as typed, and characters that XML forbids are left out.

    Raises:
        UnknownIdError: the document's language is not shipped.
    """
    import docx

    t = Translator(document.language)
    writer = RunWriter(document)
    file = docx.Document()
    drop_leftovers(file)
    mark_as_current(file)
    embed_fonts(file)
    write_styles(file.styles.element, document.language, rtl=writer.rtl, compact=document.compact)
    write_properties(file, document)
    lists = ListNumbering(file.part.numbering_part.element, rtl=writer.rtl)
    body = BodyWriter(writer, lists, file, document.language)
    write_paper(file, writer, document, t)
    end = file.element.body.sectPr
    front = [*write_title(writer, document)]
    if document.summary:
        front += body.section(document.summary, before=_SUMMARY)
    front += write_front_matter(writer, document, t)
    content = [element for section in document.sections for element in body.section(section)]
    if document.has_contents:
        fill_page_numbers(front, find_pages((*front, *content), file.sections[0].footer.part.element))
    for element in (*front, *content):
        end.addprevious(element)
    return save_document(file)
