"""The PDF as a reader gets it: its text, its tags, its pages, and hostile words in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from fatf_kit import ScoringResult, bill_what_if, build_bill_page, guide, paper
from fatf_kit.core.languages import LANGUAGES, clean
from fatf_kit.framework import list_editions
from fatf_kit.report.formats.html import render_document
from fatf_kit.report.formats.pdf import render_document_pdf
from fatf_kit.report.model import Document, DocumentTable, KeyFigures, Paragraph, RatingGrid, walk_sections
from fatf_kit.report.sections import make_section
from fatf_kit.workflows.laws import review_scored_laws
from tests.examples import score_example
from tests.office.files import count_pages, read_info, read_text

pytestmark = pytest.mark.full
NOW = "2026-11-24"
NASTY = (
    '<script>alert(1)</script> #import "x" $x^2$ [b] *c* @d = e // f \\ g',
    "\u202eright to left override\u202c and \u2066isolate\u2069",
    "emoji 🏦 and a null \x00 and a bell \x07",
    "long " * 6_000,
    "رواية عربية في تقرير إنجليزي (2022)",
)


@pytest.fixture(scope="module")
def scored() -> ScoringResult:
    """The made-up country."""
    return score_example("ruritania/workbook")


@pytest.fixture
def printed(tmp_path: Path) -> Callable[[Document], Path]:
    """A function that writes a document as PDF."""

    def write(document: Document) -> Path:
        path = tmp_path / "paper.pdf"
        path.write_bytes(render_document_pdf(document))
        return path

    return write


def numbers(document: Document) -> list[str]:
    """Key figures and ratings, in the order of the document."""
    found: list[str] = []
    for section in walk_sections(document.body):
        for block in section.blocks:
            if isinstance(block, KeyFigures):
                found += [figure.value for figure in block.figures]
            if isinstance(block, RatingGrid):
                found += [str(mark.rating) for mark in block.marks]
    return found


def test_the_same_numbers_as_the_page(scored: ScoringResult, printed: Callable[[Document], Path]) -> None:
    """Every key figure and rating is in the PDF and in the page as often as in the document."""
    document = paper(scored, "gap", generated_at=NOW)
    first = replace(document, sections=(), annex=None)
    assert len(numbers(first)) > 2
    text = read_text(printed(first)).split()
    page = re.sub(r"<[^>]*>", " ", render_document(first).decode()).split()
    for number in set(numbers(first)):
        for words in (text, page):
            pieces = number.split()
            runs = [words[at : at + len(pieces)] for at in range(len(words))]
            assert runs.count(pieces) >= numbers(first).count(number)


@pytest.mark.sample
@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_a_brief_is_tagged_titled_and_one_page(
    scored: ScoringResult, printed: Callable[[Document], Path], language: str
) -> None:
    """PDF/UA with title and language, on A4: weaknesses, consequences, needs, one chart and three decisions."""
    path = printed(paper(scored, "brief", generated_at=NOW, language=language))
    info, data = read_info(path), path.read_bytes()
    assert info["Pages"] == "1"
    assert (info["Tagged"], info["Title"] != "") == ("yes", True)
    assert "A4" in info["Page size"]
    assert f"/Lang ({language}".encode() in data or f"({language})".encode() in data
    assert b"/Outlines" in data or b"/StructTreeRoot" in data


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_the_first_page_of_an_agency_stands_alone(printed: Callable[[Document], Path], language: str) -> None:
    """The position and the work with the largest effect fill one page, and all the rest begins on the next."""
    folder = score_example()
    assert folder.folder is not None
    for agency in folder.folder.workspace.by_id:
        document = paper(folder, "agency", generated_at=NOW, language=language, agency=agency)
        if len(document.sections) == 2:  # all its work is on the first page, above the cells to check
            continue
        assert document.sections[1].break_before
        first = replace(document, sections=document.sections[:1])
        assert count_pages(printed(first)) == 1
        tables = [block for block in first.sections[0].blocks if isinstance(block, DocumentTable)]
        assert len(tables[0].rows) == 4


@pytest.mark.parametrize("language", ["en", "ar"])
def test_hostile_words_stay_words(printed: Callable[[Document], Path], language: str) -> None:
    """Markup, overrides, an emoji, a null and 30,000 letters are printed, and nothing else happens."""
    blocks = tuple(Paragraph(text=text) for text in NASTY)
    words = {"id": "x", "title": "T", "subtitle": "", "language": language}
    sections = (make_section("a", "A", *blocks),)
    document = Document(**words, facts=(), notices=("N",), sections=sections)  # type: ignore[arg-type]
    text = " ".join(read_text(printed(document)).split())
    assert '#import "x" $x^2$ [b] *c* @d = e // f \\ g' in text or language == "ar"
    assert text.count("long") == 6_000
    assert "override" in text
    assert "🏦" in text or "emoji" in text


def test_tables_repeat_their_heading(scored: ScoringResult, printed: Callable[[Document], Path]) -> None:
    """On every page a table goes over, its columns are named."""
    document = paper(scored, "gap", generated_at=NOW)
    blocks = (block for section in walk_sections(document.sections) for block in section.blocks)
    table = next(b for b in blocks if isinstance(b, DocumentTable) and len(b.rows) > 14)
    long = replace(table, rows=table.rows * 5)
    alone = replace(document, summary=None, sections=(make_section("a", "A", long),))
    pages = read_text(printed(alone)).split("\f")[:-1]
    assert len(pages) > 1
    word = next(column.title for column in table.columns if " " not in column.title)  # longer ones are broken
    assert all(clean(word) in page for page in pages)


@pytest.mark.parametrize("edition", list_editions())
@pytest.mark.parametrize("language", LANGUAGES)
def test_guides_have_two_to_five_pages(printed: Callable[[Document], Path], language: str, edition: str) -> None:
    """All eleven, to be carried into a meeting."""
    guides = {number: guide(f"IO.{number}", edition=edition, language=language) for number in range(1, 12)}
    pages = {number: count_pages(printed(document)) for number, document in guides.items()}
    assert {number: count for number, count in pages.items() if not 2 <= count <= 5} == {}


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
@pytest.mark.parametrize("bills", [("L-040",), ("L-041",), ("L-040", "L-041")])
def test_the_page_for_parliament_is_one_page(
    printed: Callable[[Document], Path], language: str, bills: tuple[str, ...]
) -> None:
    """For each bill of the example, and for both together."""
    review = review_scored_laws(score_example())
    page = build_bill_page(review, bill_what_if(review, bills), today=date(2026, 11, 28), language=language)
    assert count_pages(printed(page)) == 1
