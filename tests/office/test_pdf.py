"""The PDF as a reader gets it: its text, its tags, its pages, and hostile words in it."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from fatf_kit import ScoringResult, paper, score
from fatf_kit.core.languages import clean
from fatf_kit.core.resources import data_folder
from fatf_kit.report.formats.html import render_document
from fatf_kit.report.formats.pdf import render_document_pdf
from fatf_kit.report.model import Document, DocumentTable, KeyFigures, Paragraph, RatingGrid, Section, walk_sections
from tests.conftest import program

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
    return score([data_folder("examples") / "ruritania" / "workbook"])


def text_of(data: bytes, folder: Path, *options: str) -> str:
    """The text of a PDF, without invisible marks."""
    path = folder / "paper.pdf"
    path.write_bytes(data)
    command = [program(("pdftotext",), "FATF_KIT_REQUIRE_OFFICE"), *options, str(path), "-"]
    done = subprocess.run(command, check=True, capture_output=True, timeout=60)
    return re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", done.stdout.decode())


def info_of(data: bytes, folder: Path) -> dict[str, str]:
    """What the PDF says about itself."""
    path = folder / "paper.pdf"
    path.write_bytes(data)
    command = [program(("pdfinfo",), "FATF_KIT_REQUIRE_OFFICE"), str(path)]
    lines = subprocess.run(command, check=True, capture_output=True, timeout=60).stdout.decode().splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


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


def test_the_same_numbers_as_the_page(scored: ScoringResult, tmp_path: Path) -> None:
    """Every key figure and rating stands in the PDF and in the page as often as in the document."""
    document = paper(scored, "gap", generated_at=NOW)
    first = replace(document, sections=(), annex=None)
    assert len(numbers(first)) > 2
    told = text_of(render_document_pdf(first), tmp_path).split()
    page = re.sub(r"<[^>]*>", " ", render_document(first).decode()).split()
    for number in set(numbers(first)):
        for words in (told, page):
            pieces = number.split()
            runs = [words[at : at + len(pieces)] for at in range(len(words))]
            assert runs.count(pieces) >= numbers(first).count(number)


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_tagged_titled_bookmarked(scored: ScoringResult, tmp_path: Path, language: str) -> None:
    """PDF/UA with title and language, fonts inside, on A4."""
    data = render_document_pdf(paper(scored, "brief", generated_at=NOW, language=language))
    info = info_of(data, tmp_path)
    assert (info["Tagged"], info["Title"] != "") == ("yes", True)
    assert "A4" in info["Page size"]
    assert f"/Lang ({language}".encode() in data or f"({language})".encode() in data
    assert b"/Outlines" in data or b"/StructTreeRoot" in data


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_the_brief_is_one_page(scored: ScoringResult, tmp_path: Path, language: str) -> None:
    """Weaknesses, consequences, needs, one chart and three decisions."""
    document = paper(scored, "brief", generated_at=NOW, language=language)
    assert info_of(render_document_pdf(document), tmp_path)["Pages"] == "1"


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_the_first_page_of_an_agency_stands_alone(tmp_path: Path, language: str) -> None:
    """Where it stands and what weighs most fill one page, and everything in full begins on the next."""
    folder = score([data_folder("examples") / "ruritania"])
    assert folder.folder is not None
    for agency in folder.folder.workspace.by_id:
        document = paper(folder, "agency", generated_at=NOW, language=language, agency=agency)
        assert document.sections[1].break_before
        first = replace(document, sections=document.sections[:1])
        assert info_of(render_document_pdf(first), tmp_path)["Pages"] == "1"
        assert len(next(block for block in first.sections[0].blocks if isinstance(block, DocumentTable)).rows) == 4


@pytest.mark.parametrize("language", ["en", "ar"])
def test_hostile_words_stay_words(tmp_path: Path, language: str) -> None:
    """Markup, overrides, an emoji, a null and 30,000 letters are printed, and nothing else happens."""
    blocks = tuple(Paragraph(text=text) for text in NASTY)
    document = Document(
        id="x",
        title="T",
        subtitle="",
        language=language,
        facts=(),
        notices=("N",),
        sections=(Section(anchor="a", title="A", blocks=blocks),),
    )
    text = " ".join(text_of(render_document_pdf(document), tmp_path).split())
    assert '#import "x" $x^2$ [b] *c* @d = e // f \\ g' in text or language == "ar"
    assert text.count("long") == 6_000
    assert "override" in text
    assert "🏦" in text or "emoji" in text


def test_tables_repeat_their_heading(scored: ScoringResult, tmp_path: Path) -> None:
    """On every page a table goes over, its columns are named."""
    document = paper(scored, "gap", generated_at=NOW)
    table = next(
        b
        for s in walk_sections(document.sections)
        for b in s.blocks
        if isinstance(b, DocumentTable) and len(b.rows) > 14
    )
    long = replace(table, rows=table.rows * 5)
    only = replace(document, sections=(Section(anchor="a", title="A", blocks=(long,)),))
    pages = text_of(render_document_pdf(only), tmp_path).split("\f")[:-1]
    assert len(pages) > 1
    assert all(clean(table.columns[0].title) in page for page in pages)
