"""The papers of the made-up country as Word files in LibreOffice: they open, all is in them, and no word is cut."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fatf_kit import ScoringResult, paper
from fatf_kit.report.formats.docx import render_docx
from fatf_kit.report.model import Document, DocumentTable, Section, walk_sections
from tests.conftest import program
from tests.examples import score_example

Convert = Callable[[Path, str], Path]
LANGUAGES = ("en", "ar", "fr")
PAGES = {"compliance": (40, 60), "effectiveness": (45, 100)}
"""Pages at least and at most. The most are those of the report template of 2013, see frameworks/*/submission.json."""
_PAGE_NUMBER = 4
"""Words in "Page 1 of 2"."""


@pytest.fixture(scope="module")
def scored() -> ScoringResult:
    """The assessment folder of eight agencies, with their figures and the scored mock visit."""
    return score_example()


@pytest.fixture
def told(convert: Convert, tmp_path: Path, artefact: Callable[[str], Path | None]) -> Callable[[Document], list[str]]:
    """A function that sends a document through Word's format and LibreOffice and gives the text of each page."""

    def run(document: Document) -> list[str]:
        path = tmp_path / f"{document.id}-{document.language}.docx"
        path.write_bytes(render_docx(document))
        printed = convert(path, "pdf")
        if place := artefact(f"word/{printed.name}"):
            place.write_bytes(printed.read_bytes())
        command = [program(("pdftotext",), "FATF_KIT_REQUIRE_OFFICE"), "-layout", str(printed), "-"]
        text = subprocess.run(command, check=True, capture_output=True, timeout=60).stdout.decode()
        return _bare(text).split("\f")[:-1]

    return run


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", PAGES)
def test_a_submission_is_whole(
    scored: ScoringResult, told: Callable[[Document], list[str]], kind: str, language: str
) -> None:
    """A sane number of pages, none of them empty, every unit and chapter in its order, and the notice on each page."""
    document = paper(scored, kind, generated_at="2026-11-24", language=language)
    pages = told(document)
    least, most = PAGES[kind]
    assert least <= len(pages) <= most
    running = _bare(f"{document.title} {' '.join(document.notices)}").split()
    notice, blank = _bare(document.notices[0]).split()[0], len(running) + _PAGE_NUMBER
    assert [number for number, page in enumerate(pages, 1) if notice not in page or len(page.split()) <= blank] == []
    text = " ".join(pages)
    units = scored.framework.recommendations if kind == "compliance" else scored.framework.outcomes
    assert [unit.id for unit in units if text.count(unit.id) < 2] == []
    listed = set(_contents(document.sections, document.contents_depth))
    first = " ".join(pages[:2])
    assert [words for title in listed for words in _ids(title) if words not in first] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_brief_is_one_page_in_word_too(
    scored: ScoringResult, told: Callable[[Document], list[str]], language: str
) -> None:
    """In the letters that the file brings along."""
    assert len(told(paper(scored, "brief", generated_at="2026-11-24", language=language))) == 1


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_heading_of_a_column_is_cut(
    scored: ScoringResult, told: Callable[[Document], list[str]], language: str
) -> None:
    """Columns are no narrower than the words over them."""
    document = paper(scored, "gap", generated_at="2026-11-24", language=language)
    tables = [b for s in walk_sections(document.sections) for b in s.blocks if isinstance(b, DocumentTable) and b.rows]
    text = set(re.split(r"[\s\-/()]+", " ".join(told(document))))
    words = {word for table in tables for column in table.columns for word in re.split(r"[\s\-/()]+", column.title)}
    assert {word for word in map(_bare, words) if word} - text == set()


def _contents(sections: tuple[Section, ...], deepest: int) -> Iterator[str]:
    for section in sections:
        yield section.title
        if deepest > 1:
            yield from _contents(section.sections, deepest - 1)


def _ids(title: str) -> list[str]:
    """What of a title reads alike in any direction."""
    return re.findall(r"(?:R|IO)\.\d+", title)


def _bare(text: str) -> str:
    """The text without marks that say which way it runs, with letters in their plain form."""
    return re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", unicodedata.normalize("NFKC", text))
