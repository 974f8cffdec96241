"""The panel of a page counts thresholds as `fatf_kit.outlook` does, for every published report and by its buttons."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from fatf_kit import score_published
from fatf_kit.framework import load_framework
from fatf_kit.outlook.evaluate import evaluate, find_best_case, find_worst_case
from fatf_kit.outlook.model import FollowUp, Outlook, Ratings
from fatf_kit.outlook.rules import load_rules
from fatf_kit.published.loader import load_published
from fatf_kit.report.formats.html import render_html
from tests.browser.conftest import NOW, OpenPage

pytestmark = pytest.mark.full
EVERY = """all => all.map(ratings => {
  const panel = document.querySelector("form.what-if");
  for (const one of panel.querySelectorAll("li[data-unit]")) Object.assign(one.dataset, ratings[one.dataset.unit]);
  panel.dispatchEvent(new Event("change"));
  const lines = [...panel.querySelectorAll(".thresholds tbody tr")];
  const texts = lines.map(row => `${row.cells[1].textContent} ${row.className}`);
  return [panel.dataset.followUp, panel.dataset.referral, ...texts];
})"""


def as_page_has_it(ratings: Ratings) -> Mapping[str, Mapping[str, str]]:
    """Both ends of every rating."""
    worst, best = find_worst_case(ratings), find_best_case(ratings)
    return {unit: {"worst": str(worst[unit]), "best": str(best[unit])} for unit in worst}


def expected(outlook: Outlook) -> list[str]:
    """The texts of the panel: follow-up, referral, and each threshold with its counts."""

    def state(worst: bool, best: bool) -> str:
        return "yes" if best else "open" if worst else "no"

    follow_up, referral = outlook.follow_up_span, outlook.referral_span
    lines = []
    for line in outlook.lines:
        pairs = zip(line.at_ends.best, line.at_ends.worst, strict=True)
        counts = " / ".join(str(best) if best == worst else f"{best} – {worst}" for best, worst in pairs)
        lines.append(f"{counts} {state(line.met.worst, line.met.best)}")
    enhanced = [end is FollowUp.ENHANCED for end in (follow_up.worst, follow_up.best)]
    return [state(*enhanced), state(referral.worst, referral.best), *lines]


@pytest.mark.parametrize(("edition", "language"), [("fatf-2013", "en"), ("fatf-2022", "en"), ("fatf-2022", "ar")])
def test_it_counts_as_the_outlook_does(open_gap: OpenPage, tmp_path: Path, edition: str, language: str) -> None:
    """For the ratings of every published report, whatever edition they are under, with the thresholds of either."""
    page, heard = open_gap(language, 1366)
    if edition == "fatf-2013":
        path = tmp_path / "published.html"
        path.write_bytes(render_html(score_published("IRQ", report="MER", generated_at=NOW)[1]))
        page.goto(path.as_uri())
    reports = [report.ratings for report in load_published()]
    rules = load_rules(edition)
    shown = page.evaluate(EVERY, [as_page_has_it(one) for one in reports])
    assert len(reports) > 400
    assert shown == [expected(evaluate(rules, one)) for one in reports]
    assert heard == []


def test_buttons_move_a_rating_by_a_level(open_gap: OpenPage) -> None:
    """An open one to its better end first; the ends of the scale are its ends, and reset brings everything back."""
    page, heard = open_gap("en", 1366)
    assert page.locator("form.what-if:visible").count() == 1
    first = page.locator(".verdict").inner_text()
    open_ = page.locator("li[data-unit='R.1']")
    lower, raise_ = (open_.locator("button").nth(n) for n in (0, 1))
    assert open_.locator("output").inner_text() == "PC – LC"
    raise_.click()
    assert open_.locator("output").inner_text() == "LC"
    raise_.click()
    assert (open_.locator("output").inner_text(), raise_.is_disabled()) == ("C", True)
    for _ in range(3):
        lower.click()
    assert (open_.locator("output").inner_text(), lower.is_disabled()) == ("NC", True)
    assert "R.1: PC – LC → NC" in page.locator(".verdict").inner_text()
    page.click("form.what-if button[type=reset]")
    assert page.locator(".verdict").inner_text() == first
    titles = {unit.id: unit.title for unit in load_framework("fatf-2022").units}
    assert lower.get_attribute("aria-label") == f"Lower R.1 {titles['R.1']}"
    assert heard == []


def test_the_best_case_is_reached_by_buttons(open_gap: OpenPage) -> None:
    """With every rating at its best no threshold is met, and paper shows what was changed and no buttons."""
    page, _ = open_gap("en", 1366)
    page.locator(".steppers li").evaluate_all(
        "all => all.forEach(one => { for (let n = 0; n < 4; n++) one.querySelector('[value=\"1\"]').click(); })"
    )
    assert page.locator(".verdict .lead").inner_text() == (
        "Regular follow-up. No threshold for referral to the ICRG is met."
    )
    page.emulate_media(media="print")
    assert page.locator(".what-if button:visible").count() == 0
    assert page.locator(".what-if .moves:visible").count() == 1
