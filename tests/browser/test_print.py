"""Pages on paper, as a browser prints them: every page of a table says what its columns are, in whole words."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import fatf_kit
from fatf_kit.comparison.model import AssessmentComparison
from fatf_kit.core.resources import data_folder
from fatf_kit.report.formats.html import render_document, render_html
from fatf_kit.workflows.mock_visit import DebriefResult
from tests.examples import score_example
from tests.office.files import run_poppler

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.full
NOW = "2026-11-24T15:00+00:00"
RURITANIA = data_folder("examples") / "ruritania"
LATER = data_folder("examples") / "ruritania-plan"
PAPER = 688
"""Pixels between the margins of A4."""

BROKEN = """() => {
  const found = [];
  for (const head of document.querySelectorAll("thead th, .figures dt")) {
    const texts = document.createTreeWalker(head, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) for (const word of texts.currentNode.textContent.matchAll(/[\\p{L}\\p{M}]{4,}/gu)) {
      const range = document.createRange();
      range.setStart(texts.currentNode, word.index);
      range.setEnd(texts.currentNode, word.index + word[0].length);
      const tops = [...range.getClientRects()].filter((box) => box.width > 0).map((box) => Math.round(box.top));
      if (new Set(tops).size > 1) found.push(`${word[0]} in ${head.textContent}`);
    }
  }
  return found;
}"""


@cache
def gap(language: str) -> bytes:
    """The gap report of the made-up country."""
    return render_html(score_example().report(generated_at=NOW, language=language))


@cache
def debriefed() -> DebriefResult:
    """The debrief of its mock visit."""
    return fatf_kit.mock_debrief(RURITANIA / "mock" / "sheets")


def debrief(language: str) -> bytes:
    """The page of the debrief."""
    return render_document(debriefed().document(generated_at=NOW, language=language))


def progress(language: str) -> bytes:
    """How far its plan has come."""
    tracked, _ = fatf_kit.progress(LATER / "plan-after-six-months.xlsx", today="2026-07-01")
    return render_document(fatf_kit.progress_report(tracked, language).document)


@cache
def compared() -> AssessmentComparison:
    """The changes between its two assessments."""
    return fatf_kit.compare(RURITANIA / "workbook", LATER / "second")


def comparison(language: str) -> bytes:
    """The page on its two assessments."""
    return render_document(fatf_kit.compare_report(compared(), language).document)


def peers(language: str) -> bytes:
    """A jurisdiction beside others."""
    compared = fatf_kit.peers("IRQ", report="MER")
    return render_html(fatf_kit.peers_report(compared, generated_at=NOW, language=language))


def opened(browser: Browser, folder: Path, content: bytes) -> Page:
    """A page as it is laid out for paper."""
    path = folder / "page.html"
    path.write_bytes(content)
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(path.as_uri())
    page.emulate_media(media="print")
    page.evaluate(f"document.body.style.width = '{PAPER}px'")
    return page


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
@pytest.mark.parametrize("paper", [gap, debrief, progress, comparison, peers], ids=lambda paper: paper.__name__)
def test_no_word_of_a_heading_is_broken(
    browser: Browser, paper: Callable[[str], bytes], language: str, tmp_path: Path
) -> None:
    """A column is wide enough for each word above it."""
    page = opened(browser, tmp_path, paper(language))
    assert page.locator("thead th").count() > 3
    assert page.evaluate(BROKEN) == []


def test_a_table_says_on_each_page_what_its_columns_are(browser: Browser, tmp_path: Path) -> None:
    """Headings with a button to sort by were left empty on all pages of a table but its first."""
    page = opened(browser, tmp_path, gap("en"))
    page.evaluate("document.getElementById('annex').open = true")
    page.pdf(path=tmp_path / "page.pdf", format="A4")
    pages = run_poppler("pdftotext", "-layout", tmp_path / "page.pdf", "-").split("\f")
    on_pages = [number for number, text in enumerate(pages) if "Worldwide" in text]
    assert len(on_pages) > 1
    assert on_pages == list(range(on_pages[0], on_pages[-1] + 1))
    last_lines = [[line for line in text.splitlines() if line.strip()][-3:] for text in pages if text.strip()]
    head = re.compile(r"(Criterion|Requirement) .* Gaps ")
    assert not [lines for lines in last_lines if any(head.search(line) for line in lines)]


def test_the_folded_annex_is_printed(browser: Browser, tmp_path: Path) -> None:
    """Closed on the screen, complete on paper: the printed file has the last criterion, and the state stays."""
    path = tmp_path / "page.html"
    path.write_bytes(gap("en"))
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(path.as_uri())
    assert not page.evaluate("document.getElementById('annex').open")
    assert not page.locator("#annex section").first.is_visible()
    (tmp_path / "page.pdf").write_bytes(page.pdf())
    assert not page.evaluate("document.getElementById('annex').open")
    page.close()
    text = run_poppler("pdftotext", tmp_path / "page.pdf", "-")
    assert "40.20" in text
    assert text.count("\f") > 30
