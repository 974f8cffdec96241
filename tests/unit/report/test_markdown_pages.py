"""Pages of Markdown become documents: headings nest, lists and tables and code keep their order and their words."""

from __future__ import annotations

import pytest

from fatf_kit.report.formats.html import render_document
from fatf_kit.report.markdown_pages import MarkdownPage, read_page
from fatf_kit.report.model import Block, Bullets, CodeBlock, Document, DocumentTable, Paragraph, Tone

FRAME = Document(id="", title="", subtitle="", language="en", facts=(), notices=("Note",), sections=())


def read(text: str, language: str = "en", path: str = "docs/guides/agency.md") -> Document:
    """Return a page as a document."""
    titles = {"docs/guides/npo.md": "Guide for the NPO regulator"}
    page = MarkdownPage(path, text, language, titles)
    return read_page(page, name="guide", introduction="About this guide", document=FRAME)


def blocks(text: str, language: str = "en") -> tuple[Block, ...]:
    """Return the blocks of a page without headings."""
    return read(f"# Title\n\n{text}", language).sections[0].blocks


def paragraph(text: str, language: str = "en") -> str:
    """Return the text of a page of one paragraph."""
    (block,) = blocks(text, language)
    assert isinstance(block, Paragraph)
    return block.text


def test_headings_become_nested_sections() -> None:
    """The first heading is the title, the text below it an introduction; a deeper heading is inside the one before."""
    made = read("# Guide\n\nFirst.\n\n## One\n\nA\n\n### In\n\nB\n\n#### Deep\n\n## Two\n")
    assert made.title == "Guide"
    assert [section.title for section in made.sections] == ["About this guide", "One", "Two"]
    one = made.sections[1]
    assert [inner.title for inner in one.sections] == ["In"]
    assert [inner.title for inner in one.sections[0].sections] == ["Deep"]
    anchors = [section.anchor for section in (*made.sections, *one.sections, *one.sections[0].sections)]
    assert len(set(anchors)) == len(anchors)


def test_text_is_joined_and_emphasis_is_dropped() -> None:
    """A line of the source is no line of the text."""
    assert paragraph("Double-click **Update**\nor *wait*.") == "Double-click Update or wait."


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "Type 'fatf-kit check .' with --draft"),
        ("fr", "Type «\u00a0fatf-kit check .\u00a0» with --draft"),
        ("ar", "Type «\u2066fatf-kit check .\u2069» with \u2066--draft\u2069"),
    ],
)
def test_code_of_several_words_is_quoted(language: str, expected: str) -> None:
    """Without quotation marks it is not clear where a command ends."""
    assert paragraph("Type `fatf-kit check .` with `--draft`", language) == expected


def test_links_name_the_page_they_lead_to() -> None:
    """By its title where that is known, else by its path; not twice, and not for a place on the same page."""
    assert paragraph("Read [this](npo.md#x).") == "Read this (Guide for the NPO regulator)."
    assert paragraph("See the [start](../start.md).") == "See the start (docs/start.md)."
    assert paragraph("The [guide for the NPO regulator](npo.md).") == "The guide for the NPO regulator."
    assert paragraph("As [above](#one).") == "As above."
    assert paragraph("[Site](https://example.org/a)") == "Site (https://example.org/a)"


def test_lists_keep_their_inner_items() -> None:
    """The document model has flat lists, so that an inner item is a line of its item."""
    (made,) = blocks("1. One\n   - inner\n   - other\n\n       code\n2. Two\n")
    assert made == Bullets(items=("One\n– inner\n– other\ncode", "Two"), numbered=True)
    assert b'<li class="lines">' in render_document(read("# T\n\n- One\n  - inner\n"))


def test_code_keeps_its_lines_and_spaces() -> None:
    """A command runs from left to right, an Arabic line of a program from right to left."""
    (made,) = blocks("```console\n$ fatf-kit init --country العراق\n  كُتب: a.xlsx\nWritten\n```", "ar")
    assert isinstance(made, CodeBlock)
    assert made.lines == (
        ("$ fatf-kit init --country العراق", "ltr"),
        ("  كُتب: a.xlsx", "rtl"),
        ("Written", "ltr"),
    )


def test_tables_have_a_heading_and_no_caption() -> None:
    """Columns share the width by their longest cell; an empty caption is not printed."""
    (made,) = blocks("| sheet | use |\n| --- | --- |\n| `A` | " + "long " * 9 + "|\n| B | |")
    assert isinstance(made, DocumentTable)
    assert [column.title for column in made.columns] == ["sheet", "use"]
    assert [[cell.text for cell in row.cells] for row in made.rows] == [["A", ("long " * 9).strip()], ["B", ""]]
    assert made.columns[0].width < made.columns[1].width
    assert b"<caption>" not in render_document(read("# T\n\n| a | b |\n| --- | --- |\n| c | d |\n"))


def test_a_quotation_is_a_notice_and_marks_of_the_site_are_dropped() -> None:
    """The tag that sets the direction of a page is none of its text."""
    made = blocks('<div dir="rtl" markdown>\n\n> Careful.\n\n![chart](a.png)\n\n</div>')
    assert made == (Paragraph(text="Careful.", tone=Tone.NOTICE),)
