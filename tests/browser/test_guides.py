"""Guides on paper: two to five A4 pages, so that a head of department carries one into a meeting."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from fatf_kit import guide
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.framework import list_editions, load_framework
from fatf_kit.report.formats.html import render_document

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.full


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("edition", list_editions())
def test_every_guide_prints_on_two_to_five_pages(browser: Browser, edition: str, language: str, tmp_path: Path) -> None:
    """Every outcome, edition and language, printed by the browser."""
    page = browser.new_page()
    for outcome in load_framework(edition).outcomes:
        path = tmp_path / f"{outcome.id}.html"
        path.write_bytes(render_document(guide(outcome.id, edition=edition, language=language)))
        page.goto(path.as_uri())
        printed = page.pdf(format="A4", prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) in range(2, 6), outcome.id
    page.close()
