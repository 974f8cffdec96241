"""Filling placeholders in a Word document that is not ours; formats, headers and everything else stay."""

from __future__ import annotations

import io
from typing import Any

from fatf_kit.core.languages import remove_unreadable
from fatf_kit.core.message_facts import Phrase
from fatf_kit.papers.fill.fields import PLACEHOLDER, PlaceholderLookup
from fatf_kit.report.word_file import save_document

Element = Any
"""An element of lxml, which has no types of its own."""


def fill_word(data: bytes, lookup: PlaceholderLookup) -> bytes:
    """Return the document with its placeholders filled, in the text, in tables, in headers and footers.

    A placeholder takes the format of its first letter, even where Word has cut it into several runs.
    """
    from docx import Document

    document = Document(io.BytesIO(data))
    roots = [document.element.body]
    for section in document.sections:
        for part in (section.header, section.footer, section.first_page_header, section.first_page_footer):
            if not part.is_linked_to_previous:
                roots.append(part._element)  # noqa: SLF001 - python-docx gives no other way to its XML
    number = 0
    for root in roots:
        for paragraph in root.iter("{*}p"):
            number += 1
            _fill_paragraph(paragraph, lookup, Phrase("paragraph {number}", number=number))
    return save_document(document)


def _fill_paragraph(paragraph: Element, lookup: PlaceholderLookup, where: str) -> None:
    texts = list(paragraph.iter("{*}t"))
    whole = "".join(text.text or "" for text in texts)
    for found in reversed(list(PLACEHOLDER.finditer(whole))):
        filled = lookup(found[0], where)
        if filled != found[0]:
            _replace(texts, found.start(), found.end(), filled)


def _replace(texts: list[Element], start: int, end: int, filled: str) -> None:
    """Put the new words where the placeholder begins and remove the rest of it, run by run."""
    at = 0
    for text in texts:
        own = text.text or ""
        first, last = max(start - at, 0), min(end - at, len(own))
        if first < last or (first == 0 and at == start and last >= 0 and not filled):
            begins = at <= start < at + len(own)
            _set(text, own[:first] + (filled if begins else "") + own[last:])
        at += len(own)


def _set(text: Element, words: str) -> None:
    """Set the words of a run; a line break becomes Word's own."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    lines = remove_unreadable(words).split("\n")
    text.text = lines[0]
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    after = text
    for line in lines[1:]:
        broken, more = OxmlElement("w:br"), OxmlElement("w:t")
        more.text = line
        more.set(qn("xml:space"), "preserve")
        after.addnext(broken)
        broken.addnext(more)
        after = more
