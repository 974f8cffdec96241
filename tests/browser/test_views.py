"""Views of a report by agency and chapter, each with an address, and tables that sort by what their cells mean."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fatf_kit.report.formats.html import render_html
from tests.browser.conftest import NOW, OpenPage, open_file
from tests.examples import score_example

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.full


@pytest.fixture(scope="module")
def country_page(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The gap report of the made-up country's folder, with its agencies."""
    folder = tmp_path_factory.mktemp("country")

    def write(language: str) -> Path:
        path = folder / f"{language}.html"
        path.write_bytes(render_html(score_example().report(generated_at=NOW, language=language)))
        return path

    return write


@pytest.fixture
def open_country(browser: Browser, country_page: Callable[[str], Path]) -> OpenPage:
    """A function that opens that page in a language, at a view as a reader who was sent its address does."""

    def open_view(language: str = "en", view: str = "") -> tuple[Page, list[str]]:
        path = country_page(language)
        page, heard = open_file(browser, path, 1366)
        if view:
            page.goto("about:blank")
            page.goto(f"{path.as_uri()}#{view}")
        return page, heard

    return open_view


def test_an_agency_has_an_address(open_country: OpenPage) -> None:
    """The page opens on its rows, with its counts, and its charts are there."""
    page, heard = open_country("en", "agency=fiu")
    counts = page.locator("form.tools output").inner_text()
    assert page.input_value("select[name=agency]") == "fiu"
    assert counts == (
        "33 of 538 rows shown · Gaps: to be shown 4, shortcoming 9, conflict 2 · major 2, moderate 3, minor 4 · "
        "Ratings: C 1, LC 2, PC – LC 1, PC 4, LE – ME 1"
    )
    assert page.locator("tr:visible[data-about]").evaluate_all("all => all.map(row => row.dataset.about)") == (
        ["R.4", "R.19", "R.20", "R.29", "R.31", "R.33", "R.34", "R.40", "IO.6"]
    )
    assert page.locator("table:visible:not(:has(tbody tr:visible))").count() == 0
    assert page.locator("figure.chart:visible").count() == page.locator("figure.chart").count()
    assert page.locator("tr:visible[data-agency]").evaluate_all(
        "all => all.every(row => row.dataset.agency.split('|').includes('fiu'))"
    )
    assert heard == []


def test_a_choice_is_in_the_address(open_country: OpenPage) -> None:
    """So that it can be sent; an address that names nothing shows everything."""
    page, _ = open_country()
    page.select_option("select[name=agency]", "bank")
    page.select_option("select[name=severity]", "major")
    assert page.evaluate("location.hash") == "#agency=bank&severity=major"
    page.click("button[name=reset]")
    assert page.evaluate("location.hash") == ""
    page, _ = open_country("en", "agency=unknown")
    assert page.locator("tbody tr[hidden]").count() == 0


def test_a_chapter_is_shown_alone(open_country: OpenPage) -> None:
    """As it is, with its sentences; nothing of the others."""
    page, _ = open_country("en", "chapter=outlook")
    shown = page.locator("main > section:visible").evaluate_all("all => all.map(one => one.id)")
    assert shown == ["outlook"]
    assert page.locator("#outlook > p:visible").count() > 2


@pytest.mark.parametrize("language", ["en", "ar"])
def test_choices_are_in_order(open_country: OpenPage, language: str) -> None:
    """Severities from the gravest, agencies by their names in the language of the page."""
    page, _ = open_country(language)
    options = "all => all.slice(1).map(one => [one.value, one.textContent])"
    severities = page.locator("select[name=severity] option").evaluate_all(options)
    agencies = page.locator("select[name=agency] option").evaluate_all(options)
    assert [value for value, _ in severities] == ["fundamental", "major", "moderate", "minor"]
    assert [name for _, name in agencies] == sorted(name for _, name in agencies)
    assert ("bank", "Bank of Ruritania" if language == "en" else "مصرف روريتانيا المركزي") in map(tuple, agencies)


def test_columns_sort_by_what_cells_mean(open_country: OpenPage) -> None:
    """Ratings from the worst, ranges among them; numbers by size."""
    page, _ = open_country()
    page.locator("#ratings-table thead button").nth(3).click()
    ratings = page.locator("#ratings-table tbody tr").evaluate_all(
        "all => all.map(row => row.cells[3].textContent).filter(text => /[A-Z]/.test(text))"
    )
    order = {"NA": -1, "NC": 0, "LE": 0, "PC": 1, "ME": 1, "LC": 2, "SE": 2, "C": 3, "HE": 3}
    ends = [[order[code] for code in rating.split(" – ")] for rating in ratings]
    assert len({str(end) for end in ends}) > 2
    assert ends == sorted(ends)
    page.locator("#agencies-table thead button").nth(2).click()
    asked = page.locator("#agencies-table tbody tr").evaluate_all(
        "all => all.map(row => Number(row.cells[2].textContent))"
    )
    assert asked == sorted(asked)
