"""Pages as the Nu Html Checker judges them: markup, ARIA and styles.

A usual run reads a page of each kind, FATF_KIT_FULL=1 also all pages that `fatf-kit demo` writes.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from fatf_kit import folder_status, guide, paper, score, write_document
from fatf_kit.core.resources import data_folder
from fatf_kit.report.formats.html import render_html
from fatf_kit.workflows.status import write_status
from tools.vnu import find_faults, find_missing

NOW = "2026-11-28T12:00+00:00"


@pytest.fixture(scope="module", autouse=True)
def checker() -> None:
    """Skip without the checker, or fail where the machine is meant to have it."""
    if missing := find_missing():
        if os.environ.get("FATF_KIT_REQUIRE_VNU") == "1":
            pytest.fail(missing)
        pytest.skip(missing)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The gap report in two languages, an Arabic brief and status page, and a guide."""
    folder, home = tmp_path_factory.mktemp("pages"), data_folder("examples") / "ruritania"
    scored = score([home / "workbook"])
    for language in ("en", "ar"):
        page = render_html(scored.report(generated_at=NOW, language=language))
        (folder / f"gap-{language}.html").write_bytes(page)
    write_document(paper(scored, "brief", generated_at=NOW, language="ar"), folder / "brief.html")
    write_document(guide("IO.9"), folder / "guide.html")
    write_status(folder_status(home, today=date(2026, 11, 28), language="ar"), folder)
    return sorted(folder.glob("*.html"))


def test_each_kind_of_page_is_valid(pages: list[Path]) -> None:
    """No error and no warning."""
    assert len(pages) == 5
    assert find_faults(pages) == []


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_all_pages_of_the_demonstration_are_valid(language: str, demo: Callable[[str], Path]) -> None:
    """Also those of the mock visit, the NPO sector and the peers."""
    pages = sorted(demo(language).rglob("*.html"))
    assert len(pages) >= 7
    assert find_faults(pages) == []


def test_faults_are_found(pages: list[Path], tmp_path: Path) -> None:
    """An attribute, a property and a role that do not exist; a style that its policy does not allow."""
    page = next(path for path in pages if path.name == "guide.html").read_text(encoding="utf-8")
    changed = page.replace("<style>", "<style>p { colour: red }", 1).replace(
        "<main", '<main wrong="1" role="none-such"', 1
    )
    path = tmp_path / "changed.html"
    path.write_text(changed, encoding="utf-8")
    faults = " ".join(find_faults([path]))
    assert all(word in faults for word in ("colour", "wrong", "none-such", "Content Security Policy"))
