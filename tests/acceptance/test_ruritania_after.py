"""The made-up country one year after its report: three cycles of its two plans, from the workbook to the reports.

The tables below were worked out by hand from after.json and the rules of frameworks/plan/monitoring.json.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from lxml import html

from fatf_kit import ItemReview, action_plan_report, action_plan_status, check_action_plan, review_items
from fatf_kit.action_plan.items.status_report import describe_plan
from fatf_kit.core.messages import MADE_UP, Translator
from fatf_kit.core.resources import data_folder
from fatf_kit.examples.texts import read_example
from fatf_kit.report.formats.html import render_html
from fatf_kit.report.model import KeyFigures, Report

HOME = data_folder("examples") / "ruritania-after"
LANGUAGES = ("en", "ar", "fr")
_MARKS = re.compile("[\u200e\u200f\u2066-\u2069]")
NOW, TODAY = "2029-07-02", date(2029, 7, 2)
FIRST, SECOND, THIRD, FOURTH = "2028-10", "2029-02", "2029-06", "2029-10"
STATUSES = {
    "N": "not addressed",
    "P": "partly addressed",
    "L": "largely addressed",
    "A": "addressed",
    "F": "fully addressed",
    "-": None,
}


@dataclass(frozen=True)
class ItemStatuses:
    """Statuses of one item in each cycle, as claimed, shown and decided, by their first letters."""

    claimed: str
    shown: str
    decided: str


ICRG = {  # cycles        1 2 3    1 2 3    1 2 3
    "PI-01": ItemStatuses("AAA", "AAA", "AAA"),  # two documents and figures; closed before its deadline of January 2029
    "PI-02": ItemStatuses("PPL", "PPA", "PPL"),  # a law; then a manual; figures one deadline late
    "PI-03": ItemStatuses("PPL", "PPL", "PPL"),  # PI-03.2 decides: a document; figures in the third cycle
    "PI-03.1": ItemStatuses("AAA", "AAA", "AAA"),
    "PI-03.2": ItemStatuses("---", "PPL", "---"),
    "PI-04": ItemStatuses("PLL", "PPA", "PPL"),  # PI-04.2 decides: a law, a procedure, then figures
    "PI-04.1": ItemStatuses("---", "AAA", "---"),
    "PI-04.2": ItemStatuses("---", "PPA", "---"),
    "PI-05": ItemStatuses("PLA", "NLA", "PLA"),  # PI-05.2 has no evidence before the second cycle
    "PI-05.1": ItemStatuses("LLL", "AAA", "LLL"),
    "PI-05.2": ItemStatuses("---", "NLA", "---"),
    "PI-06": ItemStatuses("PPP", "PPP", "PPP"),  # prosecutions: 6 in 2026, 6 in 2027, 5 in 2028
    "PI-06.1": ItemStatuses("---", "PPP", "---"),
    "PI-06.2": ItemStatuses("---", "PPP", "---"),  # a rise, but one case only
    "PI-07": ItemStatuses("PPL", "PPP", "PPP"),  # one case only, so that the claim of the third cycle is a problem
    "PI-08": ItemStatuses("PLL", "PLA", "NPP"),  # a second case, then a document
    "PI-09": ItemStatuses("LAA", "LAA", "LAA"),
    "PI-09.1": ItemStatuses("---", "AAA", "---"),
    "PI-09.2": ItemStatuses("---", "LAA", "---"),  # a document and figures; a second document
}
KEY_ACTIONS = {
    "PI-01": ItemStatuses("FFF", "FFF", "FFF"),
    "PI-03": ItemStatuses("PPL", "PPL", "PPL"),
    "PI-04": ItemStatuses("PPL", "PPF", "PPL"),  # not reported under this plan in the second cycle
    "PI-05": ItemStatuses("PPF", "NLF", "PPF"),
    "PI-06": ItemStatuses("PPP", "PPP", "PPP"),
    "PI-08": ItemStatuses("PNL", "PLF", "NNP"),  # nor this one, so that its earlier decision is its status
    "PI-10": ItemStatuses("--P", "NNP", "--P"),
    "PI-11": ItemStatuses("LLL", "FFF", "LLL"),
    "PI-12": ItemStatuses("--L", "NNF", "--L"),
    "PI-13": ItemStatuses("--P", "NNP", "--P"),
    "PI-14": ItemStatuses("--P", "NNL", "--P"),
    "PI-15": ItemStatuses("--N", "NNN", "--N"),
}
COUNTS = {  # decided: not, partly, largely, the highest, none
    "icrg": {FIRST: (1, 6, 1, 1, 0), SECOND: (0, 6, 1, 2, 0), THIRD: (0, 3, 3, 3, 0)},
    "key-actions": {FIRST: (1, 4, 1, 1, 5), SECOND: (1, 4, 1, 1, 5), THIRD: (1, 5, 4, 2, 0)},
}
DUE = {  # deadlines: September 2028, January, May and September 2029
    FIRST: {"PI-02", "PI-09"},
    SECOND: {"PI-01", "PI-02", "PI-05", "PI-09"},
    THIRD: {"PI-01", "PI-02", "PI-03", "PI-04", "PI-05", "PI-06", "PI-09"},
    FOURTH: {f"PI-0{number}" for number in range(1, 10)},
}
OVERDUE: dict[str, set[str]] = {FIRST: set(), SECOND: {"PI-02"}, THIRD: set(), FOURTH: {"PI-06"}}
SHORT = {  # the items of the short form: reported, due and open, or with new evidence
    FIRST: {f"PI-0{number}" for number in range(1, 10)},
    SECOND: {f"PI-0{number}" for number in range(2, 10)},
    THIRD: {f"PI-0{number}" for number in range(2, 9)},
}
ANNEXES = {FIRST: 23, SECOND: 30, THIRD: 35}
"""The annexes of the ICRG plan: 24 in the first cycle, of which annex 24 belongs to the roadmap, then 7, then 5."""
NEW = {FIRST: set(range(1, 24)), SECOND: set(range(25, 32)), THIRD: set(range(32, 37))}


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    """Each language of the example."""
    return str(request.param)


@pytest.fixture(scope="module")
def review(language: str) -> ItemReview:
    """The folder of the language."""
    return review_items(_home(language), today=TODAY)


def _home(language: str) -> Path:
    return HOME if language == "en" else HOME / language


def _report(review: ItemReview, language: str, cycle: str, *, is_full: bool = False) -> Report:
    return action_plan_report(review, "icrg", cycle=cycle, is_full=is_full, generated_at=NOW, language=language)


def _text(report: Report) -> str:
    """The words of a report, without the marks that isolate texts of another direction."""
    page = html.fromstring(render_html(report))
    words = " ".join(str(text) for text in page.xpath("//body//text()[not(ancestor::script or ancestor::style)]"))
    return re.sub("[ \\n]+", " ", _MARKS.sub("", words))


@pytest.mark.parametrize(("plan", "table"), [("icrg", ICRG), ("key-actions", KEY_ACTIONS)])
def test_statuses_of_each_item(review: ItemReview, plan: str, table: dict[str, ItemStatuses]) -> None:
    """Claimed, shown and decided, in each cycle."""
    assert {one.item.id for one in review.progress(plan, FIRST).heads} == {name for name in table if "." not in name}
    for place, cycle in enumerate((FIRST, SECOND, THIRD)):
        progress = {one.item.id: one for one in review.progress(plan, cycle).items}
        for name, wanted in table.items():
            one = progress[name]
            for kind in ("claimed", "shown", "decided"):
                assert getattr(one, kind) == STATUSES[getattr(wanted, kind)[place]], (cycle, name, kind)


@pytest.mark.parametrize("plan", list(COUNTS))
def test_counts_over_cycles(review: ItemReview, plan: str) -> None:
    """As decided, with the items that have no status yet."""
    for cycle, counts in COUNTS[plan].items():
        assert tuple(review.progress(plan, cycle).count("decided").values()) == counts, cycle
    assert review.progress("icrg", THIRD).count_done("decided") == 6
    assert not review.progress("icrg", THIRD).is_ready


@pytest.mark.parametrize("cycle", list(DUE))
def test_items_due_and_overdue(review: ItemReview, cycle: str) -> None:
    """An item is judged by the Plenary after its deadline, and overdue from the next one on."""
    heads = review.progress("icrg", cycle).heads
    assert {one.item.id for one in heads if one.is_due} == DUE[cycle]
    assert {one.item.id for one in heads if one.is_overdue} == OVERDUE[cycle]


def test_the_only_problem_is_the_planted_one(language: str) -> None:
    """PI-07 claims more than its evidence shows.

    Notes name the items whose risks have no level, because the folder has no risk assessment, and the two needs whose
    costs are not known.
    """
    _, problems = check_action_plan(_home(language), today=TODAY)
    assert [one.code for one in problems] == ["item-claim-unshown", "item-risk-unrated", "costs-unknown"]
    assert dict(problems[0].facts)["found"] == "PI-07"
    assert dict(problems[1].facts)["count"] == "9"
    assert dict(problems[2].facts)["names"] == "TA-008 and TA-010"


def test_annexes_keep_their_numbers(review: ItemReview, language: str) -> None:
    """In all three reports, and only what is handed in for the first time is new."""
    numbers: dict[str, int] = {}
    for cycle, count in ANNEXES.items():
        table = next(one for one in _report(review, language, cycle).tables if one.key == "annexes")
        keys = [column.key for column in table.columns]
        rows = [dict(zip(keys, row, strict=True)) for row in table.rows]
        assert len(rows) == count
        assert {row["annex"] for row in rows if row["is_new"]} == NEW[cycle]
        for row in rows:
            assert numbers.setdefault(str(row["what"]), int(str(row["annex"]))) == row["annex"], row


@pytest.mark.parametrize("is_full", [False, True], ids=["short", "full"])
@pytest.mark.parametrize("cycle", list(SHORT))
def test_items_of_the_report(review: ItemReview, language: str, cycle: str, is_full: bool) -> None:
    """The short form leaves out what is done and unchanged."""
    document = _report(review, language, cycle, is_full=is_full).document
    section = next(one for one in document.sections if one.anchor == "items")
    wanted = {name for name in ICRG if "." not in name} if is_full else SHORT[cycle]
    assert {one.anchor.removeprefix("item-") for one in section.sections} == wanted


def test_what_is_new_is_marked(review: ItemReview, language: str) -> None:
    """The annexes of the cycle, and periods of figures that ended since the report before."""
    t = Translator(language)
    text = _text(_report(review, language, THIRD))
    new = _MARKS.sub("", t("New: {text}", text="2028"))
    assert text.count(new) == 6, "annexes 11, 12, 14, 17, 19 and 28"
    assert text.count(f"{new} H2") == 1, "annex 28"
    for number in NEW[THIRD]:
        assert t("Annex {number}", number=number) in text


@pytest.mark.parametrize("is_full", [False, True], ids=["short", "full"])
def test_the_report_has_the_country_s_statements_only(review: ItemReview, language: str, is_full: bool) -> None:
    """No rating, nothing that fatf-kit calculated, and nothing that was decided after the report."""
    t = Translator(language)
    reasons = {(row["cycle"], row["item"]): row.get("reason") for row in read_example("after", language)["records"]}
    for cycle in (FIRST, SECOND, THIRD):
        report = _report(review, language, cycle, is_full=is_full)
        text = _text(report)
        for word in (
            "Shown",
            "Still needed for the next status",
            "Status shown",
            "Re-ratings that the items may allow to request",
        ):
            assert t(word) not in text, word
        assert not re.search(r"(?<![\w.-])(?:HE|SE|ME|LE|LC|PC|NC)(?![\w.-])", text)
        assert not {"shown", "missing", "decided"} & {column.key for one in report.tables for column in one.columns}
        for (decided_in, item), reason in reasons.items():
            if decided_in >= cycle and reason and reason not in _earlier(reasons, cycle):
                assert reason not in text, (cycle, item)
        assert t(MADE_UP) in text


def _earlier(reasons: dict[tuple[str, str], str | None], cycle: str) -> set[str | None]:
    return {reason for (one, _), reason in reasons.items() if one < cycle}


def test_languages_say_the_same() -> None:
    """The same annexes, items and evidence by cycle."""

    def facts(language: str) -> Iterator[tuple[object, ...]]:
        register = review_items(_home(language), today=TODAY).register
        for one in register.evidence:
            yield one.item, one.kind, one.cycle, one.annex, one.series, one.direction
        for record in register.records:
            yield record.item, record.cycle, record.plan, record.claimed, record.decided
        for cycle in register.cycles:
            yield cycle.id, cycle.plenary, cycle.due, cycle.meeting, cycle.duty
        for line in register.costs:
            yield line.id, line.target, line.kind, line.is_yearly, line.first, line.last, line.days, line.amount
            yield line.currency, line.source, line.funding
        for need in register.needs:
            yield need.id, need.serves, need.kind, need.priority, need.wanted_from, need.wanted_until, need.delivery
            yield need.status, need.contacted, need.funded, need.is_confidential, need.is_shareable

    english = list(facts("en"))
    assert list(facts("ar")) == english
    assert list(facts("fr")) == english


def test_status_paper_names_the_open_items() -> None:
    """For the next cycle: one item overdue, two due, and the thresholds with the plan."""
    review = review_items(HOME, today=TODAY)
    paper = action_plan_status(review, generated_at=NOW)
    assert review.cycle().id == FOURTH
    text = _text(paper)
    assert "9 items, with 6 done as claimed, 7 as shown by evidence and 6 as accepted." in text
    assert describe_plan(review.progress("key-actions"), Translator("en")) in text
    assert [one.anchor for one in paper.document.sections][:4] == ["plan-icrg", "plan-key-actions", "days", "effect"]
    assert MADE_UP in paper.document.notices
    due = [row for row in ("PI-06 (", "PI-07 (", "PI-08 (") if row in text]
    assert len(due) == 3


def test_the_next_report_does_not_propose_what_was_rejected(review: ItemReview, language: str) -> None:
    """Six of nine items are decided as done; PI-07 and PI-08 were claimed as such, but decided as partly addressed."""
    progress = review.progress("icrg", FOURTH)
    assert {one.item.id for one in progress.heads if progress.scale.is_done(one.claimed)} == {
        f"PI-0{number}" for number in (1, 2, 3, 4, 5, 9)
    }
    summary = _report(review, language, FOURTH).document.sections[0]
    figures = next(block for block in summary.blocks if isinstance(block, KeyFigures)).figures
    assert [one.value for one in figures] == ["9", "6", "0", "3"]


def test_work_serves_items_of_both_plans(review: ItemReview) -> None:
    """One action is done once for several items."""
    plans = {
        one.id: {plan for name in one.items for plan in review.register.by_id[name].plans}
        for one in review.register.work
    }
    assert sum(found == {"icrg", "key-actions"} for found in plans.values()) == 8
    assert {one.kind for one in review.register.evidence} == {"law", "figures", "case", "document"}
