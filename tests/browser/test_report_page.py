"""The report as a reader sees it: desktop and phone, without script, printed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import axe_playwright_python
import pytest

from fatf_kit import score_published
from fatf_kit.report.formats.html import render_html
from tests.browser.conftest import NOW, OpenPage, open_file

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.full
WIDTHS = {"desktop": 1280, "phone": 390}


@pytest.fixture(scope="session", params=["gap", "published"])
def page_file(
    request: pytest.FixtureRequest, gap_page: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The two kinds of report as files."""
    if request.param == "gap":
        return gap_page("en")
    path = tmp_path_factory.mktemp("pages") / "published.html"
    path.write_bytes(render_html(score_published("IRQ", report="MER", generated_at=NOW)[1]))
    return path


@pytest.mark.parametrize("device", WIDTHS)
def test_nothing_is_wider_than_the_screen(browser: Browser, page_file: Path, device: str) -> None:
    """No sideways scrolling, no complaint, no request."""
    page, heard = open_file(browser, page_file, WIDTHS[device])
    assert WIDTHS[device] >= page.evaluate("document.documentElement.scrollWidth")
    assert heard == []


def test_readable_without_script(browser: Browser, page_file: Path) -> None:
    """The position first, and all ratings in one table."""
    page, _ = open_file(browser, page_file, WIDTHS["desktop"], java_script_enabled=False)
    assert "position" in page.locator("h2").first.inner_text()
    assert page.locator(".ratings li, #ratings-table tbody tr").count() == 51


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_the_annex_is_folded_and_opens_by_a_link(open_gap: OpenPage, script: bool) -> None:
    """The main part is short; the link of a rating leads to its criteria, with and without script."""
    page, _ = open_gap("en", WIDTHS["desktop"], java_script_enabled=script)
    assert page.locator("#R-10 table:visible").count() == 0
    page.locator('#ratings-table a[href="#R-10"]').click()
    page.wait_for_selector("#R-10 table:visible")


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_the_first_screen_of_a_laptop_has_the_answer(open_gap: OpenPage, language: str) -> None:
    """At 1366 by 768: the follow-up, the counts, five gaps with owner and date, and every threshold."""
    page, _ = open_gap(language, 1366)
    seen = [page.locator(part).last.bounding_box() for part in ("#first-gaps tr", "#first-thresholds tr")]
    assert page.locator("#first-gaps tbody tr").count() == 5
    assert [box["y"] + box["height"] <= 768 for box in seen if box] == [True, True]


def test_pictures_have_words(browser: Browser, page_file: Path) -> None:
    """Every chart is drawn and told."""
    page, _ = open_file(browser, page_file, WIDTHS["desktop"])
    pictures = page.locator("figure.chart svg").evaluate_all(
        "all => all.map(one => [one.getBBox().width > 300, one.getAttribute('aria-label').length > 20])"
    )
    assert pictures
    assert all(drawn and told for drawn, told in pictures)


def test_links_inside_the_page_lead_somewhere(browser: Browser, page_file: Path) -> None:
    """No anchor is dead."""
    page, _ = open_file(browser, page_file, WIDTHS["desktop"])
    dead = page.evaluate(
        """() => [...document.querySelectorAll('a[href^="#"]')].map(a => a.getAttribute('href').slice(1))
          .filter(id => !document.getElementById(id))"""
    )
    assert dead == []


def test_contrast_of_marks(browser: Browser, page_file: Path) -> None:
    """Letters on their colours reach 4.5 to 1."""
    page, _ = open_file(browser, page_file, WIDTHS["desktop"])
    worst = page.evaluate(
        """() => {
          const light = c => { const v = c.match(/\\d+/g).slice(0, 3).map(x => { x /= 255;
            return x <= .03928 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4 }); return .2126*v[0]+.7152*v[1]+.0722*v[2] };
          const marks = [...document.querySelectorAll('.mark, .grid li')].filter(e => !/r-open/.test(e.className));
          return Math.min(...marks.map(e => {
            const s = getComputedStyle(e), a = light(s.color), b = light(s.backgroundColor);
            return (Math.max(a, b) + .05) / (Math.min(a, b) + .05) })) }"""
    )
    assert worst >= 4.5


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_prints(open_gap: OpenPage, language: str, artefact: Callable[[str], Path | None]) -> None:
    """A4 pages with the notice on each, and without the tools of the screen."""
    page, _ = open_gap(language, WIDTHS["desktop"])
    printed = page.pdf(format="A4")
    assert printed.startswith(b"%PDF")
    page.emulate_media(media="print")
    assert page.locator(".tools:visible, nav:visible button").count() == 0
    if place := artefact(f"gap-{language}-print.pdf"):
        place.write_bytes(printed)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("device", WIDTHS)
@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_the_page_begins_with_where_the_country_stands(
    open_gap: OpenPage,
    language: str,
    device: str,
    script: bool,
    artefact: Callable[[str], Path | None],
) -> None:
    """In each language the right way round, on either screen, with and without script; what was seen is kept."""
    page, _ = open_gap(language, WIDTHS[device], java_script_enabled=script)
    box = page.locator("h1").bounding_box()
    figures = page.locator(".figures > div").all()
    first, second = (figure.bounding_box() for figure in figures[:2])
    assert box
    assert first
    assert second
    assert (language == "ar") == (first["x"] > second["x"])
    assert (1 if script else 0) == page.locator("form.tools").count()
    if place := artefact(f"gap-{language}-{device}{'' if script else '-no-script'}.png"):
        page.screenshot(path=place, clip={"x": 0, "y": 0, "width": WIDTHS[device], "height": 3_000}, full_page=True)


@pytest.mark.parametrize("language", ["en", pytest.param("ar", marks=pytest.mark.sample)])
@pytest.mark.parametrize("device", WIDTHS)
def test_axe_finds_nothing(open_gap: OpenPage, language: str, device: str) -> None:
    """No violation of accessibility rules, in both directions and widths, with the tools of the script in place."""
    page, heard = open_gap(language, WIDTHS[device])
    axe = next(Path(axe_playwright_python.__file__).parent.glob("axe.min.js"))
    page.evaluate(axe.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run().then(r => r.violations.map(v => [v.id, v.nodes.length, v.nodes[0].html]))")
    assert (found, heard) == ([], [])


@pytest.mark.sample
def test_filter_sort_and_fold(open_gap: OpenPage) -> None:
    """A chosen value leaves only its rows and sections, a heading sorts, a fold hides, and everything comes back."""
    page, heard = open_gap("en", WIDTHS["desktop"])
    rows = page.locator("main tbody tr")
    every = rows.count()
    page.select_option("select[name=severity]", "major")
    shown = page.locator("main tbody tr:visible")
    assert 0 < shown.count() < every
    by_severity = page.locator("main tbody tr[data-severity]:visible")
    assert all("major" in str(row.get_attribute("data-severity")).split() for row in by_severity.all())
    # A row about a whole unit stays with the rows of that unit.
    assert by_severity.count() + page.locator("main tbody tr[data-about]:visible").count() == shown.count()
    page.click("button[name=reset]")
    assert every == page.locator("main tbody tr:not([hidden])").count()
    page.fill("input[type=search]", "zzzz-nowhere")
    assert page.locator("main tbody tr:visible").count() == 0
    page.click("button[name=reset]")
    table = page.locator("#gaps-table")
    table.locator("thead button").first.click()
    first = table.locator("tbody th").all_inner_texts()
    table.locator("thead button").first.click()
    assert first == table.locator("tbody th").all_inner_texts()[::-1]
    page.click("button[name=fold]")
    assert page.locator("#R-10 table:visible").count() == 0
    page.evaluate("location.hash = '#R-10'")
    page.wait_for_selector("#R-10 table:visible")
    assert heard == []
