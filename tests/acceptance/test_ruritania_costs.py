"""The costs and needs of the made-up country one year after its report: sums, the open part, and partners' copies.

The sums were worked out by hand from after.json: days times rates, amounts, and years of yearly costs.
"""

from __future__ import annotations

import html
import json
import re
import zipfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from fatf_kit import ItemReview, action_plan_needs, review_items
from fatf_kit.action_plan.needs.costing import PricedLine, add_up
from fatf_kit.action_plan.needs.matrix import NeedMatrix
from fatf_kit.action_plan.needs.pictures import draw_years
from fatf_kit.cli.action_plan import needs as command
from fatf_kit.core.messages import Translator
from fatf_kit.core.resources import data_folder
from fatf_kit.examples.texts import read_example
from fatf_kit.report.formats.html import render_html
from fatf_kit.report.model import Bullets, DocumentTable
from fatf_kit.terminal.writing import write_report_file
from tests.samples import take_sample

HOME = data_folder("examples") / "ruritania-after"
TODAY = date(2029, 7, 2)
_MARKS = re.compile("[\u200e\u200f\u2066-\u2069]")

Sum = tuple[float, float, float]
"""Low, likely and high."""

TOTALS: dict[str, dict[str, Sum]] = {  # thousands; C-18, the time of own inspectors, is in none of these sums
    "once": {"RUC": (1566, 2220.7, 3586), "GFL": (81, 90, 99)},
    "yearly": {"RUC": (1009, 1204, 1547)},  # 3 x C-05, 4 x C-09, 2 x C-16, 3 x C-20
    "register": {"RUC": (1100, 1650, 2860)},  # C-06, C-07, C-08: 74% of what is paid once
    "own staff": {"RUC": (50.4, 67.2, 92.4)},
}
FUNDINGS: dict[str, dict[str, Sum]] = {
    "unfunded": {"RUC": (1224, 1800.4, 3050)},  # the register, C-15, C-17, and 2 x C-16
    "partner-offered": {"RUC": (204, 246, 321), "GFL": (81, 90, 99)},  # C-02, C-04, C-10; C-13
    "partner-agreed": {"RUC": (82, 94.8, 114)},  # C-01, C-11
    "budget-voted": {"RUC": (78, 104, 137)},  # C-03, C-12, C-19
    "budget-asked": {"RUC": (987, 1179.5, 1511)},  # C-14, C-21, C-22, 3 x C-05, 4 x C-09, 3 x C-20
}
PAYERS: dict[str, dict[str, Sum]] = {
    "fund": {"RUC": (214, 256.8, 336)},  # C-01, C-04
    "cooperation": {"RUC": (30, 36, 45), "GFL": (81, 90, 99)},  # C-02, C-13
    "centre": {"RUC": (42, 48, 54)},  # C-10, C-11
    "budget": {"RUC": (1065, 1283.5, 1648)},
    "": {"RUC": (1224, 1800.4, 3050)},
}
GROUPS = {
    "agreed": {"TA-001", "TA-003", "TA-007"},
    "offered": {"TA-002", "TA-004", "TA-006", "TA-009"},
    "open": {"TA-005", "TA-008", "TA-010", "TA-011", "TA-012"},
}
COPIES: dict[str, tuple[set[str], dict[str, Sum]]] = {  # TA-012 is confidential, and TA-009 may be shown to all
    "fund": (
        {"TA-001", "TA-004", "TA-005", "TA-008", "TA-009", "TA-010", "TA-011"},
        {"RUC": (2087, 2884.8, 4527), "GFL": (81, 90, 99)},  # C-01, C-04 to C-09, C-13 to C-16
    ),
    "cooperation": (
        {"TA-002", "TA-005", "TA-008", "TA-009", "TA-010", "TA-011"},
        {"RUC": (1822, 2568, 4107), "GFL": (81, 90, 99)},  # C-02, C-06 to C-09, C-13 to C-16
    ),
    "centre": (
        {"TA-005", "TA-006", "TA-007", "TA-008", "TA-009", "TA-010", "TA-011"},
        {"RUC": (1840, 2588, 4128), "GFL": (81, 90, 99)},  # C-06 to C-16
    ),
}


@pytest.fixture(scope="module", params=take_sample(["en", "ar", "fr"], ["ar"]))
def language(request: pytest.FixtureRequest) -> str:
    """Each language of the example."""
    return str(request.param)


@pytest.fixture(scope="module")
def review(language: str) -> ItemReview:
    """The folder of the language."""
    return review_items(HOME if language == "en" else HOME / language, today=TODAY)


@pytest.fixture(scope="module")
def matrix(review: ItemReview, language: str) -> NeedMatrix:
    """All costs and needs of the folder."""
    return action_plan_needs(review, language=language, generated_at="2029-06-20").matrix


def _thousands(lines: Iterable[PricedLine]) -> dict[str, Sum]:
    """The sums of each currency."""
    found = add_up(lines).items()
    return {name: (one.low / 1000, one.likely / 1000, one.high / 1000) for name, one in found}


def test_sums_of_the_costs(matrix: NeedMatrix) -> None:
    """Once and yearly, and the register alone, which is over half of what is paid once at both ends."""
    once = [one for one in matrix.lines if not one.line.is_yearly]
    register = _thousands(one for one in once if one.line.target == "TA-005")
    assert _thousands(once) == TOTALS["once"]
    assert _thousands(one for one in matrix.lines if one.line.is_yearly) == TOTALS["yearly"]
    assert _thousands(matrix.paid_already) == TOTALS["own staff"]
    assert register == TOTALS["register"]
    assert all(part > whole / 2 for part, whole in zip(register["RUC"], TOTALS["once"]["RUC"], strict=True))


def test_sums_by_funding_and_payer(matrix: NeedMatrix, language: str) -> None:
    """The open part, what is offered, and what is certain."""
    for state, wanted in FUNDINGS.items():
        assert _thousands(one for one in matrix.lines if one.line.funding == state) == wanted, state
    names = {row["id"]: row["name"] for row in read_example("after", language)["partners"]} | {"": ""}
    for payer, wanted in PAYERS.items():
        assert _thousands(one for one in matrix.lines if one.line.payer == names[payer]) == wanted, payer


def test_needs_by_how_far_they_are(matrix: NeedMatrix) -> None:
    """Three are funded, four offered and five open; the costs of two are not known."""
    assert {group: {row.need.id for row in matrix.rows if row.group == group} for group in GROUPS} == GROUPS
    assert len(matrix.rows) == sum(map(len, GROUPS.values()))
    assert matrix.unknown.names == ("TA-008", "TA-010")
    assert [one.id for one in matrix.unanswered] == ["TA-005"]
    assert [one.id for one in matrix.without_action] == ["TA-007", "TA-010"]
    assert (matrix.double_offers, matrix.uncovered) == ((), ())
    funded = {row.need.id: dict(row.cost.funded) for row in matrix.rows if any(row.cost.funded.values())}
    assert funded == {"TA-001": {"RUC": 60e3}, "TA-003": {"RUC": 36e3}, "TA-007": {"RUC": 26e3}}


def _words(markup: str) -> str:
    """The words without tags, and again with them, without the marks that isolate texts of another direction."""
    return _MARKS.sub("", html.unescape(re.sub("<[^>]+>", "", markup) + markup))


def _written(path: Path) -> str:
    """The words of a Word file or workbook."""
    with zipfile.ZipFile(path) as parts:
        return _words("".join(parts.read(name).decode("utf-8") for name in parts.namelist() if name.endswith(".xml")))


@pytest.mark.parametrize("partner", list(COPIES))
def test_a_copy_leaks_nothing(review: ItemReview, language: str, partner: str, tmp_path: Path) -> None:
    """Texts of other needs, notes, reasons, rates and other partners; the matrix of all needs has them."""
    data = read_example("after", language)
    names = {row["id"]: row["name"] for row in data["partners"]}
    shown, sums = COPIES[partner]
    secrets = {names[name] for name in ("fund", "centre") if name != partner}
    for row in data["needs"]:
        secrets |= {row[key] for key in ("note", "reason") if key in row}
        if row["id"] not in shown:
            secrets |= {row[key] for key in ("id", "need", "condition", "result") if key in row}
    copy = action_plan_needs(review, partner=names[partner], language=language, generated_at="2029-06-20")
    everything = action_plan_needs(review, language=language, generated_at="2029-06-20")
    assert copy.problems == ()
    assert {row.need.id for row in copy.matrix.rows} == shown
    assert _thousands(copy.matrix.lines) == sums
    for ending in (".docx", ".xlsx"):
        write_report_file(copy.report, tmp_path / f"copy{ending}")
        write_report_file(everything.report, tmp_path / f"all{ending}")
    page = _words(render_html(copy.report).decode("utf-8"))
    texts = (page, _written(tmp_path / "copy.docx"), _written(tmp_path / "copy.xlsx"))
    assert all(names[partner] in text for text in texts[:2])
    copied = (*texts, json.dumps(copy.report.payload, ensure_ascii=False))
    grades = {row["grade"] for row in data["rates"]}
    assert [secret for secret in secrets | grades for text in copied if secret in text] == []
    whole = _written(tmp_path / "all.xlsx")
    assert [secret for secret in secrets if secret not in whole] == []


def test_the_paper_is_in_order(review: ItemReview, matrix: NeedMatrix, language: str) -> None:
    """The main currency comes first, units are in the order of the edition, and no column has dashes alone."""
    charts = list(draw_years(matrix, Translator(language)))
    assert [one.id for one in charts] == ["costs-by-year-1", "costs-by-year-2"]
    document = action_plan_needs(review, language=language, generated_at="2029-06-20").report.document
    blocks = [block for section in document.sections for block in section.blocks]
    totals = [one for one in blocks if isinstance(one, DocumentTable) and one.id.startswith("totals-")]
    assert [len(one.columns) for one in totals] == [2] * 5
    lines = [_MARKS.sub("", line) for one in blocks if isinstance(one, Bullets) for line in one.items]
    outcome = "RI" if language == "fr" else "IO"
    units = next(re.findall(rf"(?:R|{outcome})\.\d+", line) for line in lines if f"{outcome}.8" in line)
    assert units == ["R.4", "R.7", "R.8", "R.32", "R.37", "R.38", *(f"{outcome}.{n}" for n in (2, 8, 10, 11))]


def test_the_command_takes_a_day() -> None:
    """Items due in November 2030 are critical by July. PI-12 is decided as done, so TA-001, which serves it, is not."""
    for day, critical in (("2029-07-02", 5), ("2030-07-01", 11)):
        made = CliRunner().invoke(command, [str(HOME), "--today", day, "--json"])
        found = json.loads(made.stdout)
        assert found["today"] == day
        assert sum(one["priority"] == 1 for one in found["needs"]) == critical
