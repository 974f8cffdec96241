"""The contents of a Word file, with the pages that they name, and the summary before them."""

from __future__ import annotations

import io
from typing import Any

import docx
from docx.document import Document as File
from docx.oxml.ns import qn

from fatf_kit.report.formats.docx import render_docx
from fatf_kit.report.model import Document, Paragraph, Section

WORDS = "Each supervisor keeps a plan of its visits and reports on them once a year. "


def _open(*, paragraphs: int = 1, repeats: int = 10, summary: Section | None = None) -> File:
    """A file with a first section of some length, a second one, and a third one on a page of its own."""
    blocks = (Paragraph(text=WORDS * repeats),) * paragraphs
    document = Document(
        id="test",
        title="A country: readiness",
        subtitle="Gap report",
        language="en",
        facts=(("Edition", "fatf-2022"),),
        notices=("Made up.", "Indicative."),
        summary=summary,
        sections=(
            Section(anchor="a", title="First", blocks=blocks),
            Section(anchor="b", title="Second"),
            Section(anchor="c", title="Third", break_before=True),
        ),
    )
    return docx.Document(io.BytesIO(render_docx(document)))


def _styled(file: File) -> list[tuple[str, str]]:
    return [(p.style.name, p.text) for p in file.paragraphs if p.style is not None and p.style.name != "Table End"]


def _contents(file: File) -> list[str]:
    return [text for style, text in _styled(file) if style == "toc 1"]


def test_contents_have_the_pages_that_long_texts_lead_to() -> None:
    """A long first section pushes the second one on; LibreOffice breaks the pages at the same places."""
    assert _contents(_open()) == ["First\t1", "Second\t1", "Third\t2"]
    assert _contents(_open(paragraphs=14, repeats=40)) == ["First\t1", "Second\t9", "Third\t10"]


def test_word_opens_the_file_without_a_question() -> None:
    """It would ask the reader about fields that may refer to other files; printing counts them all the same."""
    body: Any = _open().element.body
    fields = [(field.text or "").strip() for field in body.iter(qn("w:instrText"))]
    assert fields[:2] == ['TOC \\o "1-1" \\h', "PAGEREF a \\h"]
    assert [sign for sign in body.iter(qn("w:fldChar")) if sign.get(qn("w:dirty"))] == []


def test_a_summary_is_before_facts_and_contents() -> None:
    """The answer first; it is not listed in the contents."""
    file = _open(summary=Section(anchor="answer", title="The answer", blocks=(Paragraph(text="Yes."),)))
    assert _styled(file)[2:5] == [
        ("Notice", "Made up.\nIndicative."),
        ("Heading 1", "The answer"),
        ("Normal", "Yes."),
    ]
    assert _contents(file) == ["First\t1", "Second\t1", "Third\t2"]
