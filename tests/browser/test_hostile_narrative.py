"""A page made of what somebody should not have typed: nothing runs, nothing overflows, and the words are there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fatf_kit.report.formats.html import render_document
from tests.narratives import NASTY, PRINTED, nasty_document

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.full
WIDTHS = (360, 1280)


@pytest.fixture(scope="module", params=["en", "ar"])
def nasty(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page as a file, in either direction."""
    path = tmp_path_factory.mktemp("nasty") / f"nasty-{request.param}.html"
    path.write_bytes(render_document(nasty_document(request.param)))
    return path


def opened(browser: Browser, path: Path, width: int) -> tuple[Page, list[str]]:
    """The page, with every dialog, request and complaint."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("dialog", lambda dialog: heard.append(dialog.message))
    page.on("request", lambda request: heard.append(request.url) if request.url != path.as_uri() else None)
    page.goto(path.as_uri())
    return page, [url for url in heard if not url.startswith("data:")]


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_runs_and_nothing_overflows(
    browser: Browser, nasty: Path, width: int, artefact: Callable[[str], Path | None]
) -> None:
    """No script, no request, no element that somebody typed; never wider than the screen, 30,000 letters or not."""
    page, heard = opened(browser, nasty, width)
    assert heard == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    edges = page.locator("body *:not(.skip)").evaluate_all(
        "all => all.map(e => e.getBoundingClientRect()).filter(r => r.width > 1).map(r => [r.left, r.right])"
    )
    assert [edge for edge in edges if edge[0] < 0 or edge[1] > width] == []
    assert page.evaluate("document.scripts.length") == 1
    assert page.locator("[onerror], img[src=x]").count() == 0
    if place := artefact(f"hostile-{nasty.stem}-{width}.png"):
        page.screenshot(path=place)


def test_every_word_is_there(browser: Browser, nasty: Path) -> None:
    """As typed, without control characters and without marks that turn text around."""
    page, _ = opened(browser, nasty, WIDTHS[-1])
    plain = "e => e.textContent.replace(/[\\u200e\\u200f]/g, '')"
    for where in ("main p:not([class=key])", "main li:not([class])", "tbody th", "tbody td small"):
        found = page.locator(where).evaluate_all(f"all => all.map({plain})")
        assert [sum(printed in text for text in found) > 0 for printed in PRINTED] == [True] * len(PRINTED), where
    assert len(NASTY) == page.locator("section > table > tbody > tr").count()


def test_no_mark_turns_text_around(nasty: Path) -> None:
    """Neither an override nor a null nor any other control is left in the file."""
    text = nasty.read_bytes().decode("utf-8")
    marks = "\u202a\u202b\u202d\u202e\u2066\u2067\x00\x07\x1b\x7f\x85\uffff"
    assert [hex(ord(mark)) for mark in marks if mark in text] == []
