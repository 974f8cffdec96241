"""Indicators, core issues that figures stand behind, years, and names of persons."""

from __future__ import annotations

import pytest

from fatf_kit.core.errors import FatfKitError
from fatf_kit.statistics.core_issues import find_core_issue_evidence
from fatf_kit.statistics.figures import CaseEntry, Risk
from fatf_kit.statistics.indicators import IndicatorResult, compute_indicators
from fatf_kit.statistics.model import RiskLevel
from fatf_kit.statistics.persons import has_person_name, is_heading_of_names
from fatf_kit.statistics.years import convert_from_hijri, convert_to_hijri, parse_years
from tests.unit.statistics.made import agency, merged


def indicator(name: str, *returns: object) -> IndicatorResult:
    """One indicator of these returns."""
    found = compute_indicators(merged(*returns))  # type: ignore[arg-type]
    return next(one for one in found if one.indicator.id == name)


def test_a_share_is_of_years_for_which_both_are_known() -> None:
    """A blank is no zero, and nothing is divided by it."""
    lines: dict[str, list[int | None]] = {"parallel-investigations/total/parallel": [5, 6, None],
             "parallel-investigations/total/predicate-cases": [50, None, 10]}  # fmt: skip
    row = indicator("parallel-share", agency("police", lines)).rows[0]
    assert [point.value for point in row.points] == [10, None, None]
    assert (row.overall.value, row.overall.part, row.overall.whole) == (10, 5, 50)


def test_nothing_is_divided_by_zero() -> None:
    """None of none is not known."""
    lines = {"parallel-investigations/total/parallel": [0, 0, 0],
             "parallel-investigations/total/predicate-cases": [0, 0, 0]}  # fmt: skip
    assert not indicator("parallel-share", agency("police", lines)).is_known


def test_a_funnel_adds_up_the_years() -> None:
    """Step by step; a step nobody counted is not known."""
    lines: dict[str, list[int | None]] = {
        "ml-cases/total/investigations": [5, 6, 7],
        "ml-cases/total/prosecutions": [2, None, 3],
    }
    rows = indicator("ml-funnel", agency("police", lines)).rows
    assert [row.overall.value for row in rows] == [18, 5, None]


def test_confiscated_against_estimated_proceeds() -> None:
    """The estimate is for a year; without one there is no value."""
    lines = {"confiscations/total/confiscated-amount": [10, 20, 30]}
    fraud = Risk(id="threat/fraud", level=RiskLevel.HIGH, proceeds=1000)
    bank = Risk(id="sector/banks", level=RiskLevel.HIGH, proceeds=5000)
    row = indicator("confiscated-to-proceeds", agency("justice", lines, risks=(fraud, bank))).rows[0]
    assert [point.value for point in row.points] == [1, 2, 3]
    assert row.overall.value == pytest.approx(2)
    assert not indicator("confiscated-to-proceeds", agency("justice", lines)).is_known


def test_times_have_no_overall_value() -> None:
    """Medians are not averaged."""
    row = indicator("mla-days", agency("justice", {"mla/in-evidence/median-days": [90, 80, 0]})).rows[0]
    assert [point.value for point in row.points] == [90, 80, 0]
    assert row.overall.value is None


@pytest.mark.parametrize("edition", ["fatf-2013", "fatf-2022"])
def test_figures_and_cases_stand_behind_core_issues(edition: str) -> None:
    """Of the tables that feed them; zero is a figure; half a case shows nothing."""
    zero = agency("courts", {"ml-sanctions/natural/custodial": [0, None, None]})
    sentences = {"fatf-2013": "IO.7/7.4", "fatf-2022": "IO.7/7.3"}[edition]
    shown = find_core_issue_evidence(merged(zero), edition)
    assert {issue: one.tables for issue, one in shown.items()} == {sentences: ("ml-sanctions",)}
    whole = CaseEntry(id="1", outcome="IO.7", done="a", result="b", shows="c", core_issues=("IO.7/7.1",))
    half = CaseEntry(id="2", outcome="IO.7", done="a", result="", shows="c")
    shown = find_core_issue_evidence(merged(agency("police", {}, cases=(whole, half))), edition)
    assert {issue: one.cases for issue, one in shown.items()} == {"IO.7/7.1": ("1",)}
    general = CaseEntry(id="3", outcome="IO.9", done="a", result="b", shows="c")
    shown = find_core_issue_evidence(merged(agency("police", {}, cases=(general,))), edition)
    assert {f"IO.9/9.{n}" for n in range(1, 6)} == set(shown)
    assert find_core_issue_evidence(merged(agency("police", {})), edition) == {}


def test_hijri_years_begin_where_they_do() -> None:
    """First of Muharram 1400 to 1450 by the year in which it fell or falls."""
    begins = {1400: 1979, 1410: 1989, 1420: 1999, 1430: 2008, 1440: 2018, 1442: 2020, 1443: 2021, 1444: 2022,
              1445: 2023, 1446: 2024, 1447: 2025, 1448: 2026}  # fmt: skip
    assert begins == {hijri: convert_from_hijri(hijri) for hijri in begins}
    assert [convert_to_hijri(year) for year in range(2020, 2026)] == [1442, 1443, 1444, 1445, 1446, 1447]


@pytest.mark.parametrize("text", ["", "21-25", "2025-2021", "1999,", "2001-2040", "last year"])
def test_years_that_are_none_are_refused(text: str) -> None:
    """Or too many of them."""
    if text == "1999,":
        assert parse_years(text) == (1999,)
    else:
        with pytest.raises(FatfKitError, match="names no years"):
            parse_years(text)


TITLED = [
    "Mr Smith paid.", "Mme Durand a payé.", "إلى السيدة فلانة", "M. Dupont", "للسيد زيد",
    "Judge Karimi ruled", "le juge Martin", "Dr. O'Neil paid", "Colonel Ould Ahmed", "Me Durand", "procureur Étienne",
    "حكم القاضي محمد علي", "للدكتور أحمد", "والشيخ عبد الله", "المتهمة فاطمه", "بالعقيد إبراهيم", "المُتَّهم خالد",
]  # fmt: skip
UNTITLED = [
    "", "a director", "MR. was asked", "سيدات الأعمال", "la S.A.M. Nord", "Umm Qasr",
    "the Prosecutor General appealed", "The Judge In Charge", "an inspector of taxes", "Inspector FIU",
    "le Procureur Général", "le juge d’instruction", "Commissaire aux Comptes", "the doctor treated", "Judge Advocate",
    "أصدر القاضي حكماً", "القاضي المختص", "المقدم إلى النيابة", "القاضي على أساس", "القاضي بتجريم", "الحاجة إلى تدريب",
    "المتهم الأول", "شارع الشيخ زايد", "الرائد في السوق",
]  # fmt: skip


@pytest.mark.parametrize("text", TITLED)
def test_names_are_recognised(text: str) -> None:
    """A form of address, an office or a rank comes before a word that looks like a name."""
    assert has_person_name(text)


@pytest.mark.parametrize("text", UNTITLED)
def test_other_words_are_not_names(text: str) -> None:
    """Offices without a name are in every case, and raise no alarm."""
    assert not has_person_name(text)


def test_headings_of_names_are_seen_in_each_language() -> None:
    """And ours are none."""
    assert all(map(is_heading_of_names, ("Name", "NOM", "اسم المتهم", "Suspects")))
    assert not is_heading_of_names("Predicate offence")
