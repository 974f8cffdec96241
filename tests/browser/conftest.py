"""A browser that is the system's own and never asks the network for anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from fatf_kit.report.formats.html import render_html
from tests.examples import score_example

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

OpenPage = Callable[..., Any]
"""The type of a function that opens a page in a language at a width, with options of the browser."""

NOW = "2026-11-24T15:00+00:00"

_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One Chromium for all tests of a worker."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        running = play.chromium.launch(executable_path=chromium, args=list(_QUIET))
        yield running
        running.close()


@pytest.fixture(scope="session")
def gap_page(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The gap report of the made-up country in a language, as a file."""
    folder = tmp_path_factory.mktemp("pages")
    scored = score_example("ruritania/workbook")

    def made(language: str) -> Path:
        path = folder / f"gap-{language}.html"
        if not path.exists():
            path.write_bytes(render_html(scored.report(generated_at=NOW, language=language)))
        return path

    return made


@pytest.fixture
def open_gap(browser: Browser, gap_page: Callable[[str], Path]) -> OpenPage:
    """A function that opens the gap report in a language, as `open_file` does."""
    return lambda language, width, **options: open_file(browser, gap_page(language), width, **options)


def open_file(browser: Browser, path: Path, width: int, **options: bool) -> tuple[Page, list[str]]:
    """Return a page at a width, with everything that the browser complained about or asked for."""
    context = browser.new_context(viewport={"width": width, "height": 900}, **options)  # type: ignore[arg-type]
    page = context.new_page()
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("request", lambda request: heard.append(request.url) if request.url.startswith("http") else None)
    page.goto(path.as_uri())
    return page, heard
