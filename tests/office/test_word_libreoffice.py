"""Word files in LibreOffice: they open, every heading is there in its order, no word is cut, guides are short."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from fatf_kit import ScoringResult, guide, paper, score_published
from fatf_kit.core.outcome_codes import translate_outcome_codes
from fatf_kit.report.formats.docx import render_docx
from fatf_kit.report.model import (
    Bullets,
    Document,
    DocumentTable,
    Paragraph,
    Section,
    TableCell,
    walk_sections,
)
from fatf_kit.report.sections import make_section
from tests.examples import score_example
from tests.office.files import Convert, count_pages, read_text, run_poppler, strip_marks

pytestmark = pytest.mark.full
LANGUAGES = ("en", "ar", "fr")
NOW = "2026-11-24"
ARABIC_TITLES = ("الوضع الراهن", "التقييم العام", "طريقة العمل")
"""Without ligatures, as of lam and alef or of yeh at the end, which pdftotext takes apart in the wrong order."""
PAGES = {"compliance": (40, 60), "effectiveness": (45, 100)}
"""Pages at least and at most. The most are those of the report template of 2013, see frameworks/*/submission.json."""
_PAGE_NUMBER = 4
"""Words in "Page 1 of 2"."""
LONGEST = [
    *(("fatf-2022", outcome, "en") for outcome in ("IO.1", "IO.3", "IO.8")),
    *(("fatf-2022", outcome, "fr") for outcome in ("IO.1", "IO.3", "IO.4")),
    *(("fatf-2022", outcome, "ar") for outcome in ("IO.3", "IO.6")),
    *(("fatf-2013", outcome, "fr") for outcome in ("IO.1", "IO.4")),
]


@pytest.fixture
def printed(convert: Convert, tmp_path: Path, artefact: Callable[[str], Path | None]) -> Callable[[Document], Path]:
    """A function that sends a document through Word's format and LibreOffice and gives the PDF."""

    def run(document: Document) -> Path:
        path = tmp_path / f"{document.id}-{document.language}.docx"
        path.write_bytes(render_docx(document))
        made = convert(path, "pdf")
        if place := artefact(f"word/{made.name}"):
            place.write_bytes(made.read_bytes())
        return made

    return run


@pytest.fixture(scope="module")
def scored() -> ScoringResult:
    """The assessment folder of eight agencies, with their figures and the scored mock visit."""
    return score_example()


def make_english() -> Document:
    """A real report with charts and tables, and a checklist."""
    document = score_published("IRQ", report="MER", generated_at=NOW)[1].document
    checklist = make_section("list", "Checklist", Bullets(items=("To do",), boxes=True))
    return replace(document, sections=(*document.sections, checklist))


def make_arabic() -> Document:
    """The same in Arabic frames, under titles that do not depend on a catalogue."""
    english = make_english()
    badge = TableCell(text="المثبت", rating="PC", scale="compliance")
    sections = (
        make_section("a", ARABIC_TITLES[0], Paragraph(text="المعيار R.10/10.7(b) مستوفى.")),
        replace(make_section("b", ARABIC_TITLES[1], *english.sections[0].blocks), badges=(badge,)),
        make_section("c", ARABIC_TITLES[2], break_before=True),
    )
    return replace(english, language="ar", title="الجاهزية للتقييم", sections=sections)


@pytest.mark.parametrize("make", [make_english, make_arabic])
def test_headings_are_in_order_and_pages_numbered(
    make: Callable[[], Document], printed: Callable[[Document], Path]
) -> None:
    """Every heading has a line of its own after the contents; every page has its number and the notice."""
    document = make()
    text = read_text(printed(document))
    lines = text.splitlines()
    titles = [strip_marks(section.title) for section in walk_sections(document.sections)]
    contents = next(number for number, line in enumerate(lines) if "..." in line and titles[-1] in line)
    places = [lines.index(title, contents + 1) for title in titles]
    assert sorted(places) == places
    pages = text.split("\f")[:-1]
    assert len(pages) > 1
    for number, page in enumerate(pages, 1):
        assert strip_marks(document.notices[0])[:40] in page
        numbers = [sorted(re.findall(r"\d+", line)) for line in page.splitlines()]
        assert sorted([str(number), str(len(pages))]) in numbers


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", PAGES)
def test_a_submission_is_whole(
    scored: ScoringResult, printed: Callable[[Document], Path], kind: str, language: str
) -> None:
    """A sane number of pages, none of them empty, every unit and chapter in its order, and the notice on each page."""
    document = paper(scored, kind, generated_at=NOW, language=language)
    pages = _read_layout(printed(document)).split("\f")[:-1]
    least, most = PAGES[kind]
    assert least <= len(pages) <= most
    running = _strip(f"{document.title} {' '.join(document.notices)}").split()
    notice, blank = _strip(document.notices[0]).split()[0], len(running) + _PAGE_NUMBER
    assert [number for number, page in enumerate(pages, 1) if notice not in page or len(page.split()) <= blank] == []
    text, first = " ".join(pages), " ".join(pages[:2])
    units = scored.framework.recommendations if kind == "compliance" else scored.framework.outcomes
    codes = (translate_outcome_codes(unit.id, language) for unit in units)
    assert [code for code in codes if text.count(code) < 2] == []
    listed = set(_list_titles(document.sections, document.contents_depth))
    ids = (name for title in listed for name in re.findall(r"(?:R|IO)\.\d+", title))
    assert [name for name in ids if translate_outcome_codes(name, language) not in first] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_brief_is_one_page_in_word_too(
    scored: ScoringResult, printed: Callable[[Document], Path], language: str
) -> None:
    """In the letters that the file brings along."""
    assert count_pages(printed(paper(scored, "brief", generated_at=NOW, language=language))) == 1


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_heading_of_a_column_is_cut(
    scored: ScoringResult, printed: Callable[[Document], Path], language: str
) -> None:
    """Columns are no narrower than the words over them."""
    document = paper(scored, "gap", generated_at=NOW, language=language)
    blocks = [block for section in walk_sections(document.sections) for block in section.blocks]
    tables = [block for block in blocks if isinstance(block, DocumentTable) and block.rows]
    text = set(re.split(r"[\s\-/()]+", _read_layout(printed(document))))
    titles = " ".join(column.title for table in tables for column in table.columns)
    assert {word for word in map(_strip, re.split(r"[\s\-/()]+", titles)) if word} - text == set()


@pytest.mark.parametrize(("edition", "outcome", "language"), LONGEST)
def test_guide_prints_on_two_to_five_pages(
    edition: str, outcome: str, language: str, printed: Callable[[Document], Path]
) -> None:
    """The longest guides of each language, printed by LibreOffice."""
    assert count_pages(printed(guide(outcome, edition=edition, language=language))) in range(2, 6)


@pytest.mark.parametrize("language", ["en", pytest.param("ar", marks=pytest.mark.sample), "fr"])
def test_a_guide_is_set_in_the_font_it_brings(language: str, printed: Callable[[Document], Path]) -> None:
    """LibreOffice, on a machine that has DejaVu only, takes both weights from the file."""
    fonts = run_poppler("pdffonts", printed(guide("IO.3", edition="fatf-2022", language=language)))
    used = set(re.findall(r"^[A-Z]{6}\+(\S+)", fonts, re.MULTILINE))
    assert {name for name in used if not name.startswith("DejaVu")} == {"IBMPlexSansArabic", "IBMPlexSansArabic-Bold"}


def _list_titles(sections: tuple[Section, ...], deepest: int) -> Iterator[str]:
    """Yield the titles that the contents list."""
    for section in sections:
        yield section.title
        if deepest > 1:
            yield from _list_titles(section.sections, deepest - 1)


def _read_layout(path: Path) -> str:
    """Return the text of a PDF in its layout, with letters in their plain form."""
    return unicodedata.normalize("NFKC", read_text(path, "-layout"))


def _strip(text: str) -> str:
    """Return a text without marks of direction, with letters in their plain form."""
    return strip_marks(unicodedata.normalize("NFKC", text))
