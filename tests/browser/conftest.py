"""A browser that is the system's own and never asks the network for anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fatf_kit import score
from fatf_kit.core.resources import data_folder
from fatf_kit.report.formats.html import render_html

if TYPE_CHECKING:
    from playwright.sync_api import Browser

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
    scored = score([data_folder("examples") / "ruritania" / "workbook"])

    def made(language: str) -> Path:
        path = folder / f"gap-{language}.html"
        if not path.exists():
            path.write_bytes(render_html(scored.report(generated_at=NOW, language=language)))
        return path

    return made
