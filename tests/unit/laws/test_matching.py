"""A typed citation is matched with the instrument it means, and with no other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fatf_kit.assessment.answers.model import EvidenceKind
from fatf_kit.laws.articles import read_article_keys
from fatf_kit.laws.identity import find_name, read_identity
from fatf_kit.laws.matching import CitationMatcher, Difference
from fatf_kit.laws.model import Instrument, LawRegister, Spelling, SpellingState
from tests.unit.laws.registers import REGISTER


@pytest.fixture
def matcher() -> CitationMatcher:
    """A matcher with the small register, in Iraq."""
    return CitationMatcher(REGISTER, "IRQ")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Law 39 of 2015", "L-001"),
        ("AML/CFT Law No. (39)/2015, art. 12", "L-001"),
        ("قانون رقم ٣٩ لسنة ٢٠١٥", "L-001"),
        ("AML/CFT Law 2015", "L-001"),
        ("l-001 art. 12", "L-001"),
        ("Criminal Procedure Code 2013, art. 5", "L-002"),
        ("Bank of Ruritania Regulation 7/2021, art. 38", "L-003"),
    ],
)
def test_sure_match(matcher: CitationMatcher, typed: str, expected: str) -> None:
    """By id, by number, year and kind, or by title and year."""
    found = matcher.match(typed)
    assert found.instrument is not None
    assert found.instrument.id == expected


@pytest.mark.parametrize(
    ("typed", "expected", "difference"),
    [
        ("Criminal Procedure Code, art. 17(2)", "L-002", Difference.YEAR),
        ("Regulation 39/2015", "L-001", Difference.KIND),
        ("قانون مكافحة غسل الأموال لسنة 2015", "L-001", Difference.TITLE),
        ("Electricity Law 39 of 2015", "L-001", Difference.TITLE),
        ("AML/CFT Law 40 of 2015", "L-001", Difference.NUMBER),
    ],
)
def test_near_match_is_a_question(matcher: CitationMatcher, typed: str, expected: str, difference: Difference) -> None:
    """One thing differs or is missing."""
    found = matcher.match(typed)
    assert (found.instrument, found.difference) == (None, difference)
    assert [one.id for one in found.candidates] == [expected]


@pytest.mark.parametrize(
    "typed",
    [
        "Law 40 of 2015",
        "FIU Regulation 7/2021",
        "Answers on the AML Law 39/2015",
        "art. 12",
        "L-099 art. 3",
        "annual report 2015",
        "",
    ],
)
def test_no_match(matcher: CitationMatcher, typed: str) -> None:
    """Another number, another issuer, a text about a law, an article alone."""
    assert matcher.match(typed).candidates == ()


def test_a_confirmed_spelling_is_sure_and_a_rejected_one_is_no_question() -> None:
    """The decision of the person who keeps the register holds in every workbook."""
    spellings = (
        Spelling(text="Criminal Procedure Code", instrument="L-002", state=SpellingState.CONFIRMED),
        Spelling(text="Regulation 39/2015", instrument="L-001", state=SpellingState.REJECTED),
    )
    matcher = CitationMatcher(replace(REGISTER, spellings=spellings), "IRQ")
    assert matcher.match("criminal procedure code, art. 17").instrument is not None
    assert matcher.match("Regulation 39/2015").candidates == ()


def test_two_instruments_with_one_number_differ_by_their_issuers() -> None:
    """Each body numbers its own rules."""
    rules = tuple(
        Instrument(id=f"L-00{at}", titles={"en": "Regulation 1/2019"}, kind=EvidenceKind.REGULATION, issuer=issuer)
        for at, issuer in enumerate(("Central Bank", "Securities Commission"), start=1)
    )
    matcher = CitationMatcher(LawRegister(instruments=rules), None)
    found = matcher.match("Securities Commission Regulation 1/2019")
    assert found.instrument is rules[1]
    both = matcher.match("Regulation 1/2019")
    assert (both.instrument, both.difference) == (None, Difference.SEVERAL)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("L-001 art. 12(3)(a)", ["L-001 art. 12"]),
        ("L-001 art. 22", ["L-001 arts. 20-25"]),
        ("L-001 art. 30", ["L-001 art. 30(2)"]),
        ("L-001 arts. 12 and 21", ["L-001 art. 12", "L-001 arts. 20-25"]),
        ("L-001 art. 13", []),
    ],
)
def test_provisions_that_contain_an_article_or_are_in_it(
    matcher: CitationMatcher, typed: str, expected: list[str]
) -> None:
    """A citation of paragraph 3 is proved by the article; one of the article by its paragraphs in the register."""
    assert [one.id for one in matcher.match(typed).provisions] == expected


@pytest.mark.parametrize(
    ("country", "typed", "numbers"),
    [
        ("MAR", "القانون رقم 43.05", (("43", 2005),)),
        ("MAR", "loi n° 43-05", (("43", 2005),)),
        ("DZA", "Loi n° 05-01", (("1", 2005),)),
        ("TUN", "loi organique n° 2015-26 du 7 août 2015", (("26", 2015),)),
        ("SAU", "مرسوم ملكي رقم (م/20) وتاريخ 1439/2/5هـ", (("م/20", 2017),)),
        ("CMR", "Règlement N°02/24/CEMAC/UMAC/CM", (("2", 2024),)),
        ("GBR", "S.I. 2017/692", (("692", 2017),)),
        (None, "loi n° 05-09", (("5", 2009), ("9", 2005))),
        (None, "Circular B-14/2022", (("b-14", 2022),)),
    ],
)
def test_number_and_year_in_the_order_of_the_country(
    country: str | None, typed: str, numbers: tuple[tuple[str, int], ...]
) -> None:
    """Four digits are the year; of two digits each, the country's own order decides, and without a country neither."""
    assert read_identity(typed, country).numbers == numbers


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("arts. 18(1)-(3)", [("18", "1"), ("18", "2"), ("18", "3")]),
        ("art. 9(1)(b)-(d)", [("9", "1", "b"), ("9", "1", "c"), ("9", "1", "d")]),
        ("sections 2, 5 and 7-9", [("2",), ("5",), ("7",), ("8",), ("9",)]),
        ("art. 561-2", [("561-2",)]),
        ("art. 9 bis", [("9bis",)]),
        ("المواد 21-23", [("21",), ("22",), ("23",)]),
        ("المادتين (5) و(6)", [("5",), ("6",)]),
        ("البند (ثالثا) من المادة (73)", [("73",)]),
        ("المادة التاسعة والعشرون", [("29",)]),
        ("Section Seventy-Five", [("75",)]),
        ("art 12, para 3", [("12",)]),
    ],
)
def test_articles_as_keys(typed: str, keys: list[tuple[str, ...]]) -> None:
    """Ranges, lists, ordinals in words, bis articles."""
    assert list(read_article_keys(typed, "IRQ")) == keys


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Securities Commission Rules 3/2020 on AML/CFT, rules 4-29", "Securities Commission Rules 3/2020 on AML/CFT"),
        ("Criminal Code 2011, consolidated text of 2023", "Criminal Code 2011"),
        ("art. 5 of the Banking Law", "Banking Law"),
        ("دليل المفوضية للعطاء الآمن، الفصل 4", "دليل المفوضية للعطاء الآمن"),
    ],
)
def test_name_of_an_instrument_without_its_articles(typed: str, name: str) -> None:
    """It is proposed as a title."""
    assert find_name(typed, None) == name
