"""The matrix of all needs and a partner's copy in every format: the copy has nothing that the partner may not see."""

from __future__ import annotations

import html
import io
import json
import shutil
import zipfile
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from fatf_kit.action_plan.item_making import render_action_plan
from fatf_kit.action_plan.needs import functions
from fatf_kit.action_plan.needs.closed_gaps import close_gaps, find_best, find_crossing
from fatf_kit.action_plan.needs.functions import ActionNeeds
from fatf_kit.action_plan.needs.rules import load_assistance
from fatf_kit.action_plan.review import ItemReview
from fatf_kit.cli.main import cli
from fatf_kit.core.errors import FatfKitError, UnknownIdError
from fatf_kit.core.json_files import check_json
from fatf_kit.core.ratings import ComplianceRating
from fatf_kit.framework.page_rules import RECOMMENDATIONS
from fatf_kit.outlook import load_rules
from fatf_kit.report.formats.html import render_document
from fatf_kit.scoring.span import Span
from fatf_kit.terminal.writing import write_report_file
from fatf_kit.workflows.scoring import ScoringResult
from tests.examples import score_example
from tests.samples import take_sample
from tests.unit.action_plan.needs.registers import BANK, FUND, REGISTER, STATE, change_cost, change_need

MADE_ON = "2026-11-30T09:15:00+03:00"
LANGUAGES = ("en", "ar", "fr")
ENDINGS = (".xlsx", ".csv", ".docx", ".html")
SECRETS = (
    "TA-012", "A mock visit", "IO.7 are weak",  # confidential
    "TA-002", "order on sanctions", "TA-006", "asset recovery",  # of the other partner
    "TA-003", "A national policy",  # paid by the state, not open
    "a note", "It comes first", "2026-10-01",  # notes, reasons and contacts
    "C-15", "Prosecutor, grade 2", "Senior expert",  # own staff and rates
)  # fmt: skip


action_plan_needs = partial(functions.action_plan_needs, generated_at=MADE_ON)


def _write(needs: ActionNeeds, path: Path) -> Path:
    """Write the needs as the command does."""
    write_report_file(needs.report, path)
    return path


def _page(needs: ActionNeeds) -> str:
    return render_document(needs.report.document).decode()


def _texts(path: Path) -> str:
    """Everything that is written in a file, as one text."""
    content = path.read_bytes()
    if path.suffix in (".xlsx", ".docx"):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            names = [name for name in parts.namelist() if name.endswith((".xml", ".rels"))]
            return "\n".join(parts.read(name).decode("utf-8") for name in names)
    return content.decode("utf-8")


@pytest.mark.parametrize("language", take_sample(LANGUAGES, ["ar"]))
def test_a_copy_leaks_nothing(review: ItemReview, language: str, tmp_path: Path) -> None:
    """In each format; the same words are in the coordinator's matrix, so that the search would find them."""
    copy = action_plan_needs(review, partner=FUND.upper(), language=language)
    everything = action_plan_needs(review, language=language)
    assert copy.problems == ()
    for ending in ENDINGS:
        text = _texts(_write(copy, tmp_path / f"copy{ending}"))
        assert FUND in text
        assert [secret for secret in SECRETS if secret in text] == [], ending
        full = _texts(_write(everything, tmp_path / f"all{ending}"))
        assert all(name in full for name in ("TA-012", "TA-006", BANK)), ending
    copied = json.dumps(copy.report.payload, ensure_ascii=False)
    assert [secret for secret in SECRETS if secret in copied] == []


def test_what_is_in_a_copy(review: ItemReview) -> None:
    """Its own needs, the open ones without a partner, and TA-009, which its partner lets others see."""
    copy = action_plan_needs(review, partner=FUND).matrix
    assert [row.need.id for row in copy.rows] == [
        "TA-001", "TA-004", "TA-005", "TA-007", "TA-008", "TA-009", "TA-010", "TA-011",
    ]  # fmt: skip
    assert copy.paid_already == ()
    assert copy.unknown.names == ("TA-008", "TA-011")
    open_needs = action_plan_needs(review, partner="open").matrix
    assert [row.need.id for row in open_needs.rows] == ["TA-005", "TA-008", "TA-009", "TA-010", "TA-011"]


def test_costs_that_another_partner_pays_are_not_in_a_copy(review: ItemReview) -> None:
    """A line of an open need that the other partner offers to pay, and one that the state pays, which stays."""
    other = replace(REGISTER.costs[6], payer=BANK, funding="partner-offered")
    unnamed = replace(REGISTER.costs[5], payer="", funding="partner-agreed")
    costs = (*REGISTER.costs[:5], unnamed, other, *REGISTER.costs[7:])
    copy = action_plan_needs(replace(review, register=replace(REGISTER, costs=costs)), partner=FUND)
    row = next(row for row in copy.matrix.rows if row.need.id == "TA-005")
    assert {name: value.likely for name, value in row.cost.sums.items()} == {"EUR": 225e3}
    assert [one.line.payer for one in row.cost.lines] == [STATE]
    assert "825000" not in json.dumps(copy.report.payload)


def test_a_cost_without_a_payer_is_paid_by_the_partner_of_its_need(review: ItemReview) -> None:
    """TA-001 with its agreed 20,000 is in its partner's copy, in no other, and the matrix counts it for the partner."""
    changed = replace(review, register=change_cost(0, payer=""))
    matrix = action_plan_needs(changed, partner=FUND).matrix
    cost = next(row.cost for row in matrix.rows if row.need.id == "TA-001")
    assert cost.sums["EUR"].likely == 20e3
    assert _find_copies(changed, "C-01") == [FUND]


def test_a_cost_that_an_unnamed_partner_pays_is_in_no_copy(review: ItemReview) -> None:
    """Also not in that for a partner that has no need yet."""
    changed = replace(review, register=change_cost(5, payer="", funding="partner-agreed"))
    assert _find_copies(changed, "C-06") == []


def _find_copies(review: ItemReview, line: str) -> list[str]:
    """The partners whose copies have a line of cost."""
    copies = {name: action_plan_needs(review, partner=name).matrix for name in (FUND, BANK, "open")}
    return [name for name, matrix in copies.items() if line in [one.line.id for one in matrix.lines]]


def test_a_text_that_names_another_partner_is_a_problem(review: ItemReview) -> None:
    """The words of a person cannot be checked for more."""
    changed = replace(review, register=change_need(4, condition=f"After {BANK} has paid for the servers"))
    problems = action_plan_needs(changed, partner=FUND).problems
    assert [(one.code, dict(one.facts)["found"]) for one in problems] == [("need-names-partner", "TA-005")]


@pytest.mark.parametrize(
    ("other", "text", "is_named"),
    [
        ("EU", "European rules, neutral in form", False),
        ("EU", "After the EU-funded study", True),
        ("Fund", f"After {FUND} has paid", False),
        ("Fund", f"After {FUND} and the Fund have paid", True),
        ("البنك الدولي", "بعد مساهمة البنك الدولي", True),
        ("البنك الدولي", "بدعم من الاتحاد وللبنك الدولي", True),
        ("البنك الدولي", "بعد مساهمة البنك الدوليين", False),
    ],
)
def test_a_partner_is_named_by_whole_words(review: ItemReview, other: str, text: str, *, is_named: bool) -> None:
    """Neither a part of a word nor a part of the reader's own name; Arabic prefixes belong to the word."""
    assert _find_named_partners(review, other, 4, text) == ([other] if is_named else [])


def test_a_need_that_others_may_see_names_only_its_own_partner(review: ItemReview) -> None:
    """TA-009 of the bank may name the bank, but not a third partner."""
    assert _find_named_partners(review, "Third Fund", 8, f"{BANK} and Third Fund") == ["Third Fund"]


def _find_named_partners(review: ItemReview, other: str, place: int, condition: str) -> list[str]:
    """The partners that a copy wrongly names where a need has a condition and TA-006 is of another partner."""
    needs = list(change_need(place, condition=condition).needs)
    needs[5] = replace(needs[5], partner=other)
    changed = replace(review, register=replace(REGISTER, needs=tuple(needs)))
    return [dict(one.facts)["partner"] for one in action_plan_needs(changed, partner=FUND).problems]


def test_the_command_ends_with_1_where_a_copy_names_another_partner(tmp_path: Path, review: ItemReview) -> None:
    """The file is written and the problem printed; the copy for the partner that is named has none."""
    home = tmp_path / "home"
    shutil.copytree(review.workspace.path, home)
    changed = change_need(4, condition=f"After {BANK} has paid")
    (home / "action-plan.xlsx").write_bytes(render_action_plan(changed, review.workspace))
    copy = _run(home, "--partner", FUND, "-o", tmp_path / "fund.docx")
    assert copy.return_value == 1
    assert BANK in copy.stderr
    assert (tmp_path / "fund.docx").is_file()
    assert _run(home, "--partner", BANK).return_value == 0


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("partner", [None, FUND])
def test_the_json_conforms_to_its_schema(review: ItemReview, language: str, partner: str | None) -> None:
    """With amounts as they are."""
    payload: dict[str, Any] = dict(action_plan_needs(review, partner=partner, language=language).report.payload)
    assert check_json(json.loads(json.dumps(payload)), "action-needs-1.schema.json", "payload") == ()
    if partner is None:
        total = next(one for one in payload["totals"] if one["by"] == "all" and one["currency"] == "EUR")
        assert total["amount"] == {"low": 840e3, "likely": 1142e3, "high": 1651e3}
        assert (total["lines"], total["unknown"]) == (12, 1)
        assert payload["double_offers"] == [["TA-006", "TA-007"]]


def test_sheets_have_exact_amounts(review: ItemReview, tmp_path: Path) -> None:
    """Rounded in words, never in cells; nothing where a cost is not known."""
    path = _write(action_plan_needs(review), tmp_path / "all.xlsx")
    sheet = openpyxl.load_workbook(path)["Needs of assistance"]
    heads, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    found = {row[0]: dict(zip(heads, row, strict=True)) for row in rows}
    assert [found["TA-004"][f"Cost, {end}"] for end in ("at least", "likely", "at most")] == [96e3, 122e3, 148e3]
    assert (found["TA-001"]["Amount funded"], found["TA-001"]["Still to be funded"]) == (24000, 0)
    assert [found["TA-008"][name] for name in ("Cost", "Currency", "Cost, likely")] == ["not known", None, None]
    assert (found["TA-001"]["Priority"], found["TA-001"]["Priority by the rule"]) == ("1 critical", "1 critical")


def test_words_say_what_a_sum_means(review: ItemReview) -> None:
    """Two significant figures, what is not known, and the condition of the effect."""
    page = _page(action_plan_needs(review))
    assert "620,000 to 1,300,000 EUR, likely 880,000; 6,000 USD" in page
    assert "the true total is probably nearer the middle" in page
    assert "Needs whose costs are not known: 2 of 12 (TA-008 and TA-011)" in page
    assert "Assessors may find others" in page
    assert "Own staff, paid already and in no sum above: 6,000 EUR" in page


def test_the_matrix_names_the_source_of_each_list(review: ItemReview) -> None:
    """Each with its confidence; a copy has no such table."""
    rules = load_assistance()
    page = html.unescape(_page(action_plan_needs(review)))
    names = [name for name in dir(rules) if name.endswith("_source")]
    assert len(names) == 9
    assert [name for name in names if getattr(rules, name) not in page] == []
    assert "Rules and their sources" not in _page(action_plan_needs(review, partner=FUND))


@pytest.mark.parametrize("edition", ["fatf-2013", "fatf-2022"])
def test_the_key_recommendations_are_those_that_thresholds_name(edition: str) -> None:
    """Six in both rounds."""
    assert load_rules(edition).key_units == {"R.3", "R.5", "R.6", "R.10", "R.11", "R.20"}


def test_the_picture_counts_what_is_not_known(review: ItemReview) -> None:
    """In 2027 TA-008 and TA-011 (by its deadline) and W-04; PI-05 has no date. It is a count, not an amount."""
    charts = list(action_plan_needs(review).report.document.charts())
    assert [chart.id for chart in charts] == ["costs-by-year-1", "costs-by-year-2"]
    assert [(one.label, one.marks) for one in charts[0].series] == [
        ("2027", ("95,000", "", "3", "95,000 + 3 not known")),
        ("2028", ("780,000", "14,000", "", "790,000")),
        ("2029", ("", "89,000", "", "89,000")),
        ("2030", ("", "89,000", "", "89,000")),
        ("2031", ("", "75,000", "", "75,000")),
        ("year not stated", ("", "", "1", "1 not known")),
    ]


def test_an_unknown_partner_and_an_empty_plan(review: ItemReview) -> None:
    """The names that are allowed are in the message."""
    with pytest.raises(UnknownIdError, match="Northern Fund"):
        action_plan_needs(review, partner="Southern Fund")
    empty = replace(review, register=replace(REGISTER, needs=(), costs=(), file=""))
    with pytest.raises(FatfKitError, match=r"^action-plan\.xlsx has no costs and no needs"):
        action_plan_needs(empty)


def test_closing_gaps_is_a_range() -> None:
    """R.6 rises from either end, R.10 from its worst end only, R.1 is at its best."""
    rules = load_rules("fatf-2022")
    ratings: Any = dict.fromkeys(RECOMMENDATIONS, ComplianceRating.C)
    ratings["R.6"] = ComplianceRating.NC
    ratings["R.10"] = Span(worst=ComplianceRating.PC, best=ComplianceRating.LC)
    found = close_gaps(("R.6", "R.10", "R.1", "IO.5"), ratings, rules)
    assert (found.rises, found.may_rise) == (("R.6",), ("R.10",))
    assert "R.1" in find_best(ratings)
    assert "R.10" not in find_best(ratings)
    assert all(close_gaps((unit,), ratings, rules).cleared for unit in find_crossing(ratings, rules))


@pytest.fixture(scope="module")
def scored() -> ScoringResult:
    """The scored workbooks of the made-up country."""
    return score_example("ruritania/workbook")


def _replace_item(review: ItemReview, place: int, **changes: Any) -> ItemReview:
    """The items with other facts of one of them."""
    items = tuple(replace(one, **changes) if at == place else one for at, one in enumerate(review.register.items))
    return replace(review, register=replace(review.register, items=items))


def test_priorities_of_a_copy_do_not_depend_on_ratings(review: ItemReview, scored: ScoringResult) -> None:
    """The only unit of TA-010 is at its best, so its priority falls; a partner may not conclude that from a copy."""
    best = {one.id: one for one in scored.assessment.recommendations if str(one.counted.worst) == "C"}
    unit = next(name for name in best if name not in load_rules("fatf-2022").key_units)
    changed = _replace_item(review, 3, units=(unit,))

    def rate(**rest: Any) -> dict[str, int]:
        return {row.need.id: row.priority for row in action_plan_needs(changed, **rest).matrix.rows}

    assert rate(partner=FUND) == rate(partner=FUND, scored=scored)
    assert (rate()["TA-010"], rate(scored=scored)["TA-010"]) == (3, 4)


def test_a_copy_has_only_numbers_of_ratings(review: ItemReview, scored: ScoringResult) -> None:
    """The coordinator sees which ratings may rise; a partner sees how many of at least five, and no rating at all."""
    changed = _replace_item(review, 3, units=("R.6", "R.24", "R.25"))
    everything = action_plan_needs(changed, scored=scored)
    copy = action_plan_needs(changed, scored=scored, partner=FUND)
    effect: Any = everything.report.payload["effect"]
    copied: Any = copy.report.payload["effect"]
    assert set(effect["units"]) <= {"R.24", "R.25", "IO.5", "IO.7", "R.6"}
    assert copied.keys() == {"rises", "cleared"}
    least, most = effect["rises"]
    assert (least, most) == (len(effect["units"]), len(effect["units"]) + len(effect["units_at_worst"]))
    page, page_of_copy = _page(everything), _page(copy)
    assert "Ratings that would rise in the worst and in the best case" in page
    assert "Ratings that would rise in the worst and in the best case" not in page_of_copy
    assert "Ratings that would rise" in page_of_copy


def test_a_copy_for_few_units_has_no_effect_on_ratings(review: ItemReview, scored: ScoringResult) -> None:
    """Four units are served: a partner could conclude from "0 to 4" how each is rated."""
    copy = action_plan_needs(review, scored=scored, partner=FUND)
    assert copy.report.payload["effect"] is None
    page = _page(copy)
    assert "The effect on ratings is not part of this paper." in page
    assert "Ratings that would rise" not in page
    assert action_plan_needs(review, scored=scored).report.payload["effect"] is not None


def _run(*args: object) -> Any:
    return CliRunner().invoke(
        cli, ["action-plan", "needs", *map(str, args)], standalone_mode=False, catch_exceptions=False
    )


def test_the_paper_names_its_day_and_when_it_was_made(review: ItemReview) -> None:
    """The day decides the priorities; the properties of the file have the time at which it was made."""
    document = action_plan_needs(review, partner=FUND).report.document
    facts = dict(document.facts)
    assert document.made_on == MADE_ON
    assert facts["Date"] == "29 November 2026"
    assert facts["Made on"].startswith("30 November 2026")
    with pytest.raises(FatfKitError, match="is not a date"):
        action_plan_needs(review, generated_at="soon")


def test_the_command_counts_from_the_day_that_is_given(folder: Path) -> None:
    """In November 2025 the item due in May 2027 is not within two cycles, and the request of June 2026 is not late."""
    found = [json.loads(_run(folder, "--today", day, "--json").stdout) for day in ("2026-11-29", "2025-11-29")]
    assert [one["today"] for one in found] == ["2026-11-29", "2025-11-29"]
    assert [one["unanswered"] for one in found] == [["TA-005"], []]


def test_the_command(folder: Path, tmp_path: Path) -> None:
    """Lines, a file, and JSON alone; the workbook itself is never replaced."""
    shown = _run(folder)
    assert "12 needs: open (5), offered (4) and agreed or delivered (3)" in shown.stdout
    assert "1,100,000" in shown.stdout
    copy = _run(folder, "--partner", FUND, "-o", tmp_path / "fund.docx", "--json")
    payload = json.loads(copy.stdout)
    assert payload["partner"] == FUND
    assert (tmp_path / "fund.docx").is_file()
    (tmp_path / "fund.docx").write_bytes(b"a paper that a person changed")
    with pytest.raises(FatfKitError):
        _run(folder, "-o", tmp_path / "fund.docx")
    with pytest.raises(FatfKitError):
        _run(folder, "-o", folder / "action-plan.xlsx", "--force")
