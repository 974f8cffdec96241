"""A claim without evidence reaches no reviewer unmarked, and the writer of a report learns of each item."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from fatf_kit.action_plan.items.book import render_items
from fatf_kit.action_plan.items.checks import check_claims
from fatf_kit.action_plan.items.choices import ItemEvidenceKind
from fatf_kit.action_plan.items.model import CycleRecord, ItemEvidence, ItemRegister, PlanItem
from fatf_kit.action_plan.items.proof import ProofSources
from fatf_kit.action_plan.items.rules import load_monitoring
from fatf_kit.action_plan.items.status_report import describe_plan
from fatf_kit.action_plan.items.statuses import CycleProgress, measure_progress
from fatf_kit.action_plan.review import ItemReview, check_action_plan, review_items
from fatf_kit.core.json_files import check_json
from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import Problem
from fatf_kit.core.resources import data_folder
from fatf_kit.report.formats.html import render_html
from fatf_kit.report.model import Report
from fatf_kit.workflows.action_papers import action_plan_report, action_plan_status, check_action_plan_report
from fatf_kit.workflows.overview import list_plan_states
from tests.documents import join_texts
from tests.unit.action_plan.items.registers import CYCLES, FIRST, SECOND
from tests.unit.action_plan.written_plans import find_keys, read_register, write_register

EN = Translator("en")
CLAIMS = ("partly addressed", "largely addressed", "addressed")
WHO = "A. Zenda, 12 November 2026"
ITEM = PlanItem(
    id="PI-01", label="Inspections", plans=("icrg",), asks="process-or-practice", units=("IO.3", "R.26"),
    deadline="2027-01", report="MER 2025", place="p. 47", baseline="Few inspections follow risk",
)  # fmt: skip
CLAIM = CycleRecord(id="1", item="PI-01", cycle=FIRST, plan="icrg", done="A manual is ready.", claimed=CLAIMS[1])
MANUAL = ItemEvidence(id="1", item="PI-01", kind=ItemEvidenceKind.DOCUMENT, what="Manual", cycle=FIRST, annex=1)
REGISTER = ItemRegister(items=(ITEM,), records=(CLAIM,), cycles=CYCLES)


def _measure(register: ItemRegister, cycle: int = 0) -> CycleProgress:
    return measure_progress(register, "icrg", CYCLES[cycle], ProofSources())


def _review(tmp_path: Path, register: ItemRegister, country: str = "") -> ItemReview:
    source = data_folder("examples") / "ruritania"
    ignored = shutil.ignore_patterns("workbook", "libreoffice", "responses", "statistics", "mock", "ar", "fr")
    folder = Path(shutil.copytree(source, tmp_path / "home", ignore=ignored))
    if country:
        path = folder / "assessment.json"
        path.write_text(path.read_text(encoding="utf-8").replace('"XRU"', f'"{country}"'), encoding="utf-8")
    (folder / "action-plan.xlsx").write_bytes(render_items(register, Translator("en")))
    return review_items(folder, today=date(2026, 11, 29))


def _report(review: ItemReview, language: str = "en") -> Report:
    return action_plan_report(review, "icrg", cycle=FIRST, is_full=True, generated_at="2026-11-29", language=language)


def _payload(report: Report) -> Any:
    return report.payload


def _codes(problems: Sequence[Problem]) -> list[str]:
    return [problem.code for problem in problems]


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_a_claim_without_evidence_is_not_in_the_report(language: str, tmp_path: Path) -> None:
    """The action taken is; the status is neither in the tables nor in the counts."""
    report = _report(_review(tmp_path, REGISTER), language)
    page = render_html(report).decode()
    assert "A manual is ready." in page
    (item,) = _payload(report)["items"]
    assert (item["claimed"], item["evidence_to_come"]) == (None, False)
    assert _payload(report)["counts"]["claimed"]["largely addressed"] == 0
    assert "largely addressed" not in str(report.tables)
    t = Translator(language)
    assert t("Proposed status") not in "".join(re.findall(r'<table[^>]*id="block-PI-01".*?</table>', page, re.DOTALL))
    assert check_json(report.payload, "action-plan-report-1.schema.json", "report") == ()


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_a_confirmed_claim_is_marked(language: str, tmp_path: Path) -> None:
    """The report proposes it and says that the evidence is to come; who confirmed it stays with the country."""
    review = _review(tmp_path, replace(REGISTER, records=(replace(CLAIM, confirmed=WHO),)))
    report, t = _report(review, language), Translator(language)
    page = render_html(report).decode()
    (item,) = _payload(report)["items"]
    assert (item["claimed"], item["evidence_to_come"]) == ("largely addressed", True)
    assert page.count(t("evidence still to come")) == 2  # in the table of all items and in its own
    assert (
        t.plural(
            "{n} of the proposed statuses still lacks evidence.", "{n} of the proposed statuses still lack evidence.", 1
        )
        in page
    )
    assert "Zenda, 12" not in page + str(report.payload)
    status = action_plan_status(review, cycle=FIRST, generated_at="2026-11-29", language=language)
    assert WHO in render_html(status).decode()
    assert check_json(status.payload, "action-plan-status-1.schema.json", "status") == ()


@pytest.mark.parametrize("claimed", CLAIMS)
def test_the_writer_is_warned_of_each_item(claimed: str, tmp_path: Path) -> None:
    """Of every status of being addressed, at its row, before the report is sent; not once it is confirmed."""
    other = replace(ITEM, id="PI-02", label="Sanctions")
    records = (replace(CLAIM, claimed=claimed), replace(CLAIM, id="2", item="PI-02", claimed=claimed))
    review = _review(tmp_path, replace(REGISTER, items=(ITEM, other), records=records))
    found = check_action_plan_report(review, cycle=FIRST)
    assert _codes(found) == ["item-claim-unproven"] * 2
    for problem, name in zip(found, ("PI-01", "PI-02"), strict=True):
        assert name in problem.message
        assert problem.ref is not None
        assert problem.ref.cell
    confirmed = tuple(replace(record, confirmed=WHO) for record in records)
    progress = _measure(replace(REGISTER, items=(ITEM, other), records=confirmed))
    assert list(check_claims(progress)) == []


def test_a_better_claim_than_the_evidence_is_reported_until_it_is_confirmed() -> None:
    """It stays in the report, because something was handed in that reviewers can judge."""
    register = replace(REGISTER, evidence=(MANUAL,))
    assert _codes(list(check_claims(_measure(register)))) == ["item-claim-unshown"]
    assert _measure(register).withhold_claims().items[0].claimed == "largely addressed"
    confirmed = replace(register, records=(replace(CLAIM, confirmed=WHO),))
    assert list(check_claims(_measure(confirmed))) == []


@pytest.mark.parametrize(
    ("evidence", "is_without"),
    [
        (MANUAL, False),
        (replace(MANUAL, cycle=SECOND), True),  # it comes with the next report
        (replace(MANUAL, what=""), True),  # a row without content
        (replace(MANUAL, kind=ItemEvidenceKind.CASE, what="ML-99"), True),  # no such case
        (replace(MANUAL, kind=ItemEvidenceKind.FIGURES, what="no/such/line"), True),  # no figures
        (replace(MANUAL, kind=ItemEvidenceKind.LAW, what="L-001"), False),
    ],
)
def test_what_counts_as_handed_in(evidence: ItemEvidence, is_without: bool) -> None:
    """Something that has content, up to the cycle of the report."""
    progress = _measure(replace(REGISTER, evidence=(evidence,)))
    assert progress.is_without_evidence(progress.items[0]) is is_without


def test_evidence_of_a_sub_item_is_evidence_of_its_item() -> None:
    """The item has none of its own; another sub-item without evidence is still without it."""
    parts = tuple(replace(ITEM, id=f"PI-01.{number}", plans=()) for number in (1, 2))
    records = (CLAIM, *(replace(CLAIM, id=part.id, item=part.id) for part in parts))
    register = replace(REGISTER, items=(ITEM, *parts), records=records, evidence=(replace(MANUAL, item="PI-01.1"),))
    progress = _measure(register)
    assert [progress.is_without_evidence(one) for one in progress.items] == [False, False, True]


def test_what_the_plenary_decided_needs_no_confirmation() -> None:
    """The country repeats the decision; only a claim that goes beyond it is without evidence."""
    decided = replace(CLAIM, claimed=None, decided="largely addressed")
    for claimed, is_without in ((None, False), ("largely addressed", False), ("addressed", True)):
        later = replace(CLAIM, id="2", cycle=SECOND, claimed=claimed)
        progress = _measure(replace(REGISTER, records=(decided, later)), 1)
        assert progress.is_without_evidence(progress.items[0]) is is_without
        assert progress.withhold_claims().items[0].claimed == "largely addressed"


def test_a_confirmation_belongs_to_the_claim() -> None:
    """One of an earlier claim, which the Plenary has answered, confirms no later one."""
    records = (
        replace(CLAIM, confirmed=WHO, decided="not addressed"),
        replace(CLAIM, id="2", cycle=SECOND),
    )
    progress = _measure(replace(REGISTER, records=records), 1)
    assert _codes(list(check_claims(progress))) == ["item-claim-unproven"]
    assert progress.withhold_claims().items[0].claimed == "not addressed"


@pytest.mark.parametrize("plan", [kind.id for kind in load_monitoring().kinds])
def test_no_plan_lets_a_claim_out(plan: str) -> None:
    """Whatever its scale calls the statuses, the lowest alone needs no evidence."""
    for status in load_monitoring().scale_of(plan).names:
        record = replace(CLAIM, plan=plan, claimed=status)
        register = replace(REGISTER, items=(replace(ITEM, plans=(plan,)),), records=(record,))
        progress = measure_progress(register, plan, CYCLES[0], ProofSources())
        is_lowest = load_monitoring().scale_of(plan).rank(status) == 0
        assert progress.is_without_evidence(progress.items[0]) is not is_lowest
        assert progress.withhold_claims().items[0].claimed == (status if is_lowest else None)


def test_a_workbook_of_an_earlier_version_is_read(tmp_path: Path) -> None:
    """It lacks the columns for baselines, risks and confirmations; nothing else is read differently."""
    register = replace(REGISTER, items=(replace(ITEM, baseline=""),), evidence=(MANUAL,))
    path = write_register(tmp_path, register)
    book = openpyxl.load_workbook(path)
    for sheet, key in (("Items", "baseline"), ("Reports by cycle", "confirmed"), ("Evidence", "risk")):
        column = next(cell.column for cell in find_keys(book[sheet]) if cell.value == key)
        for row in book[sheet].iter_rows(min_col=column, max_col=column):
            row[0].value = None
    book.save(path)
    found, problems = read_register(path)
    assert problems == ()
    for name in ("items", "records", "evidence"):
        assert [replace(one, ref=None) for one in getattr(found, name)] == list(getattr(register, name))


def test_the_example_with_a_planted_claim_is_caught() -> None:
    """PI-02 of the second example claims "largely addressed", and nothing was handed in for it."""
    review, problems = check_action_plan(data_folder("examples") / "graustark", today=date(2026, 12, 1))
    assert _codes(problems).count("item-claim-unproven") == 1
    (problem,) = [one for one in check_action_plan_report(review) if one.code == "item-claim-unproven"]
    assert "PI-02" in problem.message
    report = action_plan_report(review, is_full=True, generated_at="2026-12-01")
    claimed = {item["id"]: item["claimed"] for item in _payload(report)["items"]}
    assert claimed["PI-02"] == "partly addressed"  # what was decided before
    assert "This report proposes no further item as done." in render_html(report).decode()


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_each_item_shows_its_baseline(language: str, tmp_path: Path) -> None:
    """The finding, its place in the report, and the published ratings of its Recommendations and outcomes."""
    page = render_html(_report(_review(tmp_path, REGISTER, "IRQ"), language)).decode()
    assert Translator(language)("Baseline") in page
    for text in (ITEM.baseline, ITEM.report, ITEM.place, "MER"):
        assert text in page
    assert re.search(r"R\.26.{0,20}(LC|PC|NC|C)\b", page)


def test_own_ratings_are_no_baseline(tmp_path: Path) -> None:
    """Of a country without a published report no rating is printed: those of its folder are its own."""
    page = render_html(_report(_review(tmp_path, REGISTER))).decode()
    assert ITEM.baseline in page
    assert not re.search(r"R\.26.{0,20}(LC|PC|NC)\b", page)


def test_an_item_without_a_baseline_is_reported(tmp_path: Path) -> None:
    """A report without a page is no place where it can be looked up; its sub-items share its baseline."""
    blank = replace(ITEM, baseline="", place="")
    part = replace(blank, id="PI-01.1", plans=())
    review = _review(tmp_path, replace(REGISTER, items=(blank, part), records=(), evidence=(MANUAL,)))
    (problem,) = check_action_plan_report(review, cycle=FIRST)
    assert problem.code == "item-no-baseline"
    assert "PI-01.1" not in problem.message


def test_each_count_of_claims_says_how_many_have_no_evidence(tmp_path: Path) -> None:
    """The sentence, the chart and the JSON of the country's own paper; nothing is said where all have evidence."""
    addressed = replace(REGISTER, records=(replace(CLAIM, claimed="addressed"),))
    for register, expected in ((addressed, 1), (replace(addressed, evidence=(MANUAL,)), 0)):
        review = _review(tmp_path / str(expected), register)
        status = action_plan_status(review, cycle=FIRST, generated_at="2026-11-29")
        (chart,) = (chart for chart in status.document.charts() if chart.id == "history-icrg")
        assert chart.message.startswith("1 of 1 item is claimed as done")
        texts = (chart.message, chart.alt, join_texts(status.document), describe_plan(review.progress("icrg"), EN))
        marks = (*["claims without evidence: 1"] * 2, *["1 claim has no evidence."] * 2)
        assert [mark in text for text, mark in zip(texts, marks, strict=True)] == [bool(expected)] * 4
        (plan,) = _payload(status)["plans"]
        assert plan["without_evidence"] == expected
        (state,) = (plan for plan in list_plan_states(review) if plan.kind == "icrg")
        assert state.unproven == expected


def test_every_table_of_the_report_marks_a_confirmed_claim(tmp_path: Path) -> None:
    """Its sheet too, which officials send on without the page."""
    report = _report(_review(tmp_path, replace(REGISTER, records=(replace(CLAIM, confirmed=WHO),))))
    sheet = report.tables[0]
    assert ("largely addressed", "evidence still to come") in [row[-2:] for row in sheet.rows]
    (chart,) = (chart for chart in report.document.charts() if chart.id == "history-icrg")
    assert "claims without evidence: 1" in chart.alt
    assert _payload(report)["evidence_to_come"] == 1


def test_an_earlier_claim_without_evidence_was_never_proposed(tmp_path: Path) -> None:
    """The full report repeats what the earlier report had: nothing, or the claim with its mark."""
    for number, (confirmed, expected) in enumerate((("", 0), (WHO, 1))):
        records = (replace(CLAIM, confirmed=confirmed), replace(CLAIM, id="2", cycle=SECOND, claimed=None))
        review = _review(tmp_path / str(number), replace(REGISTER, records=records))
        report = action_plan_report(review, "icrg", cycle=SECOND, is_full=True, generated_at="2026-11-29")
        page = render_html(report).decode()
        (table,) = re.findall(r'<table[^>]*id="earlier-PI-01".*?</table>', page, re.DOTALL)
        assert table.count("largely addressed (evidence still to come)") == expected
        assert table.count("largely addressed") == expected
