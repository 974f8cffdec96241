"""Charts answer: on hover and focus, to the filters, on a phone and in the dark."""

from __future__ import annotations

import pytest

from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.full
UNFOLD = "document.getElementById('annex').open = true"
FIGURES = r"""() => [...document.querySelectorAll("[id^=severity-mark-]")].filter(one => one.matches(".point")).map(
  mark => [...mark.querySelectorAll("text")].filter(one => one.checkVisibility())
    .map(one => one.textContent.replace(/[\u2066-\u2069]/g, "")))"""


def test_a_mark_says_what_it_is(open_gap: OpenPage) -> None:
    """On hover and on focus alike; arrow keys go from mark to mark, and a mark leads to its unit."""
    page, heard = open_gap("en", 1366)
    tip = page.locator(".tip")
    page.locator("#recommendations-mark-0 text").first.hover()
    hovered = tip.inner_text()
    page.mouse.move(0, 0)
    assert tip.is_hidden()
    page.locator("#recommendations-mark-0 a").focus()
    assert tip.inner_text() == hovered
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.closest('.point').id") == "recommendations-mark-1"
    assert page.locator("#recommendations-mark-1 a").get_attribute("aria-label") == tip.inner_text()
    assert page.locator("[id^=recommendations-mark-] a[tabindex='0']").count() == 1
    target = page.locator("#recommendations-mark-1 a").get_attribute("href")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == target
    assert heard == []


def test_filters_reach_the_charts(open_gap: OpenPage) -> None:
    """Marks without a row of the agency are pale, bars are counted again, and everything comes back."""
    page, _ = open_gap("en", 1366)
    page.evaluate(UNFOLD)
    before = page.evaluate(FIGURES)
    page.select_option("select[name=severity]", "major")
    after = page.evaluate(FIGURES)
    rows = page.locator("[data-unit] > table > tbody > tr:visible")
    counted = rows.evaluate_all(
        """all => all.filter(row => /shortcoming/.test(row.dataset.kind))
          .flatMap(row => row.dataset.severity.split("|")).filter(one => one === "major").length"""
    )
    pale = page.locator("#recommendations-mark-0").evaluate("mark => mark.classList.contains('off')")
    assert sum(int(row[-1]) for row in after) >= counted > 0
    assert pale == (page.locator("#R-1 tbody tr:visible").count() == 0)
    assert [row[-1] for row in before] != [row[-1] for row in after]
    page.click("button[name=reset]")
    assert page.evaluate(FIGURES) == before
    assert page.locator(".off").count() == 0


@pytest.mark.parametrize("language", ["en", "ar"])
def test_counting_every_row_gives_the_figures_of_the_picture(open_gap: OpenPage, language: str) -> None:
    """The script and the report count the same."""
    page, _ = open_gap(language, 1366)
    page.evaluate(UNFOLD)
    before = page.evaluate(FIGURES)
    assert len(before) > 1
    page.evaluate(
        """() => { const main = document.getElementById("content");
          main.classList.add("filtered"); main.dispatchEvent(new Event("filtered")); }"""
    )
    assert page.evaluate(FIGURES) == before


def test_a_phone_has_lists(open_gap: OpenPage) -> None:
    """With the message as their heading and a row for each mark, instead of pictures too small to read."""
    page, _ = open_gap("en", 390)
    page.evaluate(UNFOLD)
    assert page.locator("figure.chart svg:visible").count() == 0
    assert page.locator("table.values:visible").count() == page.locator("figure.chart").count()
    first = page.locator("table.values").first
    assert first.locator("tbody tr").count() == 40
    assert first.locator("caption").inner_text().startswith("19 of the 39 applicable Recommendations")
    assert first.locator("tbody td").first.evaluate("cell => getComputedStyle(cell).fontSize") == "12.8px"


def test_the_dark_page_has_no_white_boxes(open_gap: OpenPage) -> None:
    """Grounds and letters of the pictures follow the page; colours of ratings stay."""
    page, _ = open_gap("en", 1366)
    page.emulate_media(color_scheme="dark")
    ground, ink, rating = page.evaluate(
        """() => ["figure.chart svg > path", "figure.chart .message text", "#recommendations-mark-1 path"]
          .map(one => getComputedStyle(document.querySelector(one)).fill)"""
    )
    assert ground == page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert ink == page.evaluate("getComputedStyle(document.documentElement).color")
    assert rating == "rgb(143, 193, 217)"
