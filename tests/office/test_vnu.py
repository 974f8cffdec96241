"""Pages as the Nu Html Checker judges them: markup, ARIA and styles.

A usual run reads one page, a full one a page of each kind and all that `fatf-kit demo --all` writes.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from fatf_kit import folder_status, guide, paper, write_document
from fatf_kit.core.resources import data_folder
from fatf_kit.report.formats.html import render_html
from fatf_kit.workflows.status import write_status
from tests.examples import score_example
from tools.vnu import find_faults, find_missing

pytestmark = pytest.mark.full
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
    scored = score_example("ruritania/workbook")
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


@pytest.mark.sample
def test_a_guide_has_only_the_faults_that_are_planted(tmp_path: Path) -> None:
    """An attribute, a property and a role that do not exist; a style that its policy does not allow."""
    page, changed = tmp_path / "guide.html", tmp_path / "changed.html"
    write_document(guide("IO.9"), page)
    text = page.read_text(encoding="utf-8").replace("<style>", "<style>p { colour: red }", 1)
    changed.write_text(text.replace("<main", '<main wrong="1" role="none-such"', 1), encoding="utf-8")
    faults = find_faults([page, changed])
    assert {fault.partition(":")[0] for fault in faults} == {"changed.html"}
    assert all(word in " ".join(faults) for word in ("colour", "wrong", "none-such", "Content Security Policy"))
