"""The Word file in LibreOffice: it opens, and every heading is there in its order."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from fatf_kit import score_published
from fatf_kit.report.formats.docx import render_docx
from fatf_kit.report.model import Bullets, Document, Paragraph, Section, TableCell, walk_sections
from tests.conftest import program

ARABIC_TITLES = ("الوضع الراهن", "التقييم العام", "طريقة العمل")
"""Without ligatures, as of lam and alef or of yeh at the end, which pdftotext takes apart in the wrong order."""


def _english() -> Document:
    """A real report with charts and tables, and a checklist."""
    document = score_published("IRQ", report="MER", generated_at="2026-11-24")[1].document
    checklist = Section(anchor="list", title="Checklist", blocks=(Bullets(items=("To do",), boxes=True),))
    return replace(document, sections=(*document.sections, checklist))


def _arabic() -> Document:
    """The same in Arabic frames, under titles that do not depend on a catalogue."""
    english = _english()
    badge = TableCell(text="المثبت", rating="PC", scale="compliance")
    sections = (
        Section(anchor="a", title=ARABIC_TITLES[0], blocks=(Paragraph(text="المعيار R.10/10.7(b) مستوفى."),)),
        Section(anchor="b", title=ARABIC_TITLES[1], blocks=english.sections[0].blocks, badges=(badge,)),
        Section(anchor="c", title=ARABIC_TITLES[2], break_before=True),
    )
    return replace(english, language="ar", title="الجاهزية للتقييم", sections=sections)


@pytest.fixture(scope="module", params=["en", "ar"])
def told(
    request: pytest.FixtureRequest, convert: Callable[[Path, str], Path], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Document, str]:
    """The document and the text of its PDF, a form feed after each page."""
    document = _english() if request.param == "en" else _arabic()
    path = tmp_path_factory.mktemp("word") / f"{request.param}.docx"
    path.write_bytes(render_docx(document))
    pdftotext = program(("pdftotext",), "FATF_KIT_REQUIRE_OFFICE")
    command = [pdftotext, str(convert(path, "pdf")), "-"]
    return document, _bare(subprocess.run(command, check=True, capture_output=True, timeout=60).stdout.decode())


def test_headings_in_order(told: tuple[Document, str]) -> None:
    """Every heading has a line of its own, after the contents, and in the order of the document."""
    document, text = told
    lines = text.splitlines()
    titles = [_bare(section.title) for section in walk_sections(document.sections)]
    contents = next(number for number, line in enumerate(lines) if "..." in line and titles[-1] in line)
    places = [lines.index(title, contents + 1) for title in titles]
    assert sorted(places) == places


def test_pages_are_numbered_and_carry_the_notice(told: tuple[Document, str]) -> None:
    """Fields are worked out, and the notice stands on every page."""
    document, text = told
    pages = text.split("\f")[:-1]
    assert len(pages) > 1
    for number, page in enumerate(pages, 1):
        assert _bare(document.notices[0])[:40] in page
        numbers = [sorted(re.findall(r"\d+", line)) for line in page.splitlines()]
        assert sorted([str(number), str(len(pages))]) in numbers


def _bare(text: str) -> str:
    """The text without marks that say which way it runs."""
    return "".join(letter for letter in text if letter not in "\u200e\u200f\u202a\u202b\u202c\u202d\u2066\u2067\u2069")
