"""The sector report as a reader sees it, in every language, on a desktop and on a phone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.messages import Translator
from fatf_kit.npo.measures.plans import load_plan_settings
from fatf_kit.npo.measures.proportionality import check_proportion
from fatf_kit.npo.report import NpoInput, build_npo_report
from fatf_kit.npo.report.names import load_names
from fatf_kit.report.formats.html import render_html
from tests.unit.npo.made_up_sector import AS_OF, made_up_sector

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.full


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_fits_and_reads(browser: Browser, tmp_path: Path, language: str, width: int) -> None:
    """No sideways scrolling, no complaint, no dead link; every chart is drawn and told; marks are readable."""
    sector = made_up_sector(investigate=2)
    given = NpoInput(
        sector=sector,
        judged=check_proportion(None, sector, as_of=AS_OF),
        national=None,
        settings=load_plan_settings(language),
        country="Ruritania",
        generated_at="2026-11-24T15:00+00:00",
    )
    path = tmp_path / "npo.html"
    path.write_bytes(render_html(build_npo_report(given, load_names(language), Translator(language), tool="0")))
    page = browser.new_context(viewport={"width": width, "height": 900}).new_page()
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.goto(path.as_uri())
    assert width >= page.evaluate("document.documentElement.scrollWidth")
    links = page.locator("a[href^='#']").evaluate_all("all => all.map(one => one.getAttribute('href').slice(1))")
    assert page.evaluate("ids => ids.filter(id => !document.getElementById(id))", links) == []
    pictures = page.locator("figure.chart svg").evaluate_all(
        "all => all.map(one => [one.getBBox().width > 300, one.getAttribute('aria-label').length > 20])"
    )
    assert pictures == [[width > 600, True]] * 5
    assert heard == []
    worst = page.evaluate(
        """() => {
          const light = c => { const v = c.match(/\\d+/g).slice(0, 3).map(x => { x /= 255;
            return x <= .03928 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4 }); return .2126*v[0]+.7152*v[1]+.0722*v[2] };
          return Math.min(...[...document.querySelectorAll('.mark')].map(e => {
            const s = getComputedStyle(e), a = light(s.color), b = light(s.backgroundColor);
            return (Math.max(a, b) + .05) / (Math.min(a, b) + .05) })) }"""
    )
    assert worst >= 4.5
