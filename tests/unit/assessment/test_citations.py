"""Kinds and articles of typed citations, measured on two lists: that of the country files, and an independent one."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fatf_kit.assessment.answers.model import EvidenceKind
from fatf_kit.assessment.citations.citations import read_citations

DATA = Path(__file__).parents[2] / "data"
VOCABULARY, INDEPENDENT = (
    json.loads((DATA / f"citations-{name}.json").read_text(encoding="utf-8")) for name in ("vocabulary", "independent")
)
LAW, REGULATION, SUPRANATIONAL = EvidenceKind.LAW, EvidenceKind.REGULATION, EvidenceKind.SUPRANATIONAL_LAW


def kind(text: str, country: str | None) -> str | None:
    """The kind of the one instrument that a text names."""
    (one,) = read_citations(text, country)
    return one.kind and one.kind.value


def article(text: str, country: str | None = None) -> str:
    """The article of the one instrument that a text names."""
    (one,) = read_citations(text, country)
    return one.article


def result(found: str | None, allowed: list[str | None]) -> str:
    """Right, unknown or wrong."""
    return "right" if found in allowed else "unknown" if found is None else "wrong"


def test_kinds_of_the_country_files() -> None:
    """Of 321 kinds of instrument all are right; with the words before, 248 were, 41 were unknown and 32 wrong."""
    found = Counter(result(kind(one["text"], one["country"]), [one["kind"]]) for one in VOCABULARY["kinds"])
    assert found == {"right": 321}


def test_articles_of_the_country_files() -> None:
    """All 106 examples are read whole; with the words before, 84 were recognised as naming an article."""
    read = {one["text"]: article(one["text"], one["country"]) for one in VOCABULARY["articles"]}
    assert {text: found for text, found in read.items() if found != text} == {}
    assert len(VOCABULARY["articles"]) == 106


def test_kinds_of_the_independent_list() -> None:
    """Of 203 citations of 67 countries none is wrong; with the words before, 136 were right and 35 wrong."""
    found = Counter(result(kind(one["text"], one["country"]), one["kind"]) for one in INDEPENDENT["kinds"])
    assert found == {"right": 203}


@pytest.mark.parametrize("one", INDEPENDENT["articles"], ids=lambda one: one["text"])
def test_articles_of_the_independent_list(one: dict[str, Any]) -> None:
    """97 forms are read as they are written, and the number of a law is never an article."""
    assert article(one["text"], one["country"]) in one["article"]


def test_entries_of_own_knowledge_are_proposals() -> None:
    """A kind is certain only if a source or the plain meaning of the word gives it."""
    certain = Counter(
        (one["confidence"] == "own knowledge", read_citations(one["text"], one["country"])[0].has_certain_kind)
        for one in VOCABULARY["kinds"]
    )
    assert certain[False, False] == 0
    assert certain == {(True, False): 101, (True, True): 69, (False, True): 151}


@pytest.mark.parametrize(
    ("text", "country", "expected", "is_certain"),
    [
        ("Loi n° 2016-1691, art. 17", "FRA", LAW, True),  # the word means a law in every country seen
        ("Décret n° 2020-118, art. 3", "FRA", REGULATION, False),  # a law in Belgium
        ("Décret n° 2018-440, art. 3", "CIV", REGULATION, True),  # secondary source
        ("Instruction n° 7, art. 3", "FRA", EvidenceKind.GUIDANCE, False),
        ("art. R. 561-38 du code monétaire et financier", "FRA", REGULATION, False),
        ("Code monétaire et financier, art. L. 561-2", "FRA", LAW, True),
        ("Instruction 5/2021, arts. 2-6", None, REGULATION, False),
    ],
)
def test_kind_from_a_proposal_is_not_certain(
    text: str, country: str | None, expected: EvidenceKind, is_certain: bool
) -> None:
    """A kind that rests on a proposal is marked as not certain."""
    (one,) = read_citations(text, country)
    assert (expected, is_certain) == (one.kind, one.has_certain_kind)


@pytest.mark.parametrize(("country", "expected"), [("SAU", LAW), ("IRQ", REGULATION), (None, None), ("XRU", None)])
def test_one_word_two_kinds(country: str | None, expected: EvidenceKind | None) -> None:
    """The word of a law in Saudi Arabia is that of a regulation in Iraq; where the country is not known it is open."""
    (one,) = read_citations("نظام مكافحة غسل الأموال، المادة 7", country)
    assert (expected, "المادة 7") == (one.kind, one.article)


@pytest.mark.parametrize(
    ("text", "country", "expected", "applies_from"),
    [
        ("Regulation (EU) 2024/1624, art. 19(1)", "DEU", SUPRANATIONAL, date(2027, 7, 10)),
        ("EU Regulation 2024/1624, art. 19(1)", "MLT", SUPRANATIONAL, date(2027, 7, 10)),
        ("Règlement (UE) 2023/1113, art. 4", "FRA", SUPRANATIONAL, date(2024, 12, 30)),
        ("Regulation (EU) 2024/1624, art. 19(1)", "NOR", None, None),
        ("Regulation (EU) 2024/1624, art. 19(1)", "GBR", None, None),
        ("Regulation (EU) 2024/1624, art. 19(1)", None, None, None),
        ("Regulation (EU) 2030/1, art. 1", "DEU", SUPRANATIONAL, None),
        ("Regulation (EU) 2018/1805, art. 4", "DNK", None, None),
        ("Directive (EU) 2015/849, art. 13", "IRL", None, None),
        ("Règlement n° 02/24/CEMAC/UMAC/CM du 20 décembre 2024, art. 29", "CMR", SUPRANATIONAL, date(2024, 12, 20)),
        ("Règlement n° 02/24/CEMAC/UMAC/CM, art. 29", "FRA", None, None),
        ("Règlement n° 01/CEMAC/UMAC/CM, art. 29", "GAB", SUPRANATIONAL, date(2016, 4, 11)),
        ("Règlement n° 01/16/CEMAC/UMAC/CM du 11 avril 2016", "TCD", SUPRANATIONAL, date(2016, 4, 11)),
        ("Règlement COBAC R-2023/01, art. 4", "CMR", REGULATION, None),
        ("Règlement COBAC R-2005/01 relatif aux diligences dans la CEMAC, art. 4", "GAB", REGULATION, None),
        ("Règlement n° 02/15/CEMAC/UMAC/COBAC/CM, art. 4", "CMR", SUPRANATIONAL, None),
        ("Règlement CREPMF n° 1 (UEMOA), art. 2", "SEN", REGULATION, None),
        ("Règlement n° 14/2002/CM/UEMOA, art. 3", "BFA", SUPRANATIONAL, date(2002, 9, 19)),
        ("Directive n° 02/2015/CM/UEMOA, art. 18", "SEN", None, None),
        ("Loi n° 2020-10 portant application du règlement n° 01/CEMAC/UMAC/CM, art. 3", "CMR", LAW, None),
        ("Law No. 9 implementing Regulation (EU) 2015/847, art. 2", "HRV", LAW, None),
    ],
)
def test_texts_of_regional_organisations(
    text: str, country: str | None, expected: EvidenceKind | None, applies_from: date | None
) -> None:
    """They are law in member states from their first day; a directive never is, nor a supervisor's regulation."""
    (one,) = read_citations(text, country)
    assert (expected, applies_from) == (one.kind, one.in_force_from)


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("AML Act, art. 11(2); Criminal Procedure Code, art. 118", None, [("law", "art. 11(2)"), ("law", "art. 118")]),
        ("AML Law, art. 5, CDD Regulations, reg. 4", None, [("law", "art. 5"), ("regulation", "reg. 4")]),
        ("AML Law, art. 9 and Instructions No. 1, art. 4", "IRQ", [("law", "art. 9"), ("regulation", "art. 4")]),
        ("Loi n° 1, art. 5, et arrêté n° 2, art. 3", "CIV", [("law", "art. 5"), ("regulation", "art. 3")]),
        ("قانون 39، المادة 9، والتعليمات رقم 1، المادة 3", "IRQ", [("law", "المادة 9"), ("regulation", "المادة 3")]),
        (
            "المادة 5 من قانون مكافحة غسل الأموال والمادة 7 من تعليمات رقم 1",
            "IRQ",
            [("law", "المادة 5"), ("regulation", "المادة 7")],
        ),
        ("Law No. 39 of 2015\nArticle 9", "IRQ", [("law", "Article 9")]),
        ("Article 9\nLaw No. 39 of 2015", "IRQ", [("law", "Article 9")]),
        ("AML Law, art. 3; art. 7; FIU Rules, r 1", None, [("law", "art. 3; art. 7"), ("regulation", "r 1")]),
        ("AML Regulations, reg. 5, made under the AML Act, s. 3", None, [("regulation", "reg. 5; s. 3")]),
        ("Arrêté n° 5, art. 3, pris en application de la loi n° 2, art. 4", "CIV", [("regulation", "art. 3; art. 4")]),
        ("", None, []),
        (" ;\n; ", None, []),
    ],
)
def test_several_instruments_in_one_cell(text: str, country: str | None, expected: list[tuple[str, str]]) -> None:
    """They are separated by ";", a new line, or where both sides of a comma or "and" are whole citations."""
    assert [(one.kind and one.kind.value, one.article) for one in read_citations(text, country)] == expected


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("Banking Act (Disclosure) Regulations 2015, reg. 4", "ZAF", "regulation"),
        ("Money Laundering Act 2002 Rules, r 5", "KEN", "regulation"),
        ("Regulation 4 made under the AML/CFT Law, s. 3", None, "regulation"),
        ("Supreme Court Act 1981, s. 37", "GBR", "law"),
        ("Criminal Law Act 1977, s 1", "GBR", "law"),
        ("Report on the AML Law, section 5", None, "document"),
        ("Answers on the AML Law, section 5", None, None),
        ("Draft law on trusts, art. 3", None, "document"),
        ("Code of Conduct for non-profit organisations", None, "guidance"),
        ("FATF Recommendation 10", None, None),
        ("UNSCR 1267, para 4", "KEN", None),
        ("حكم المادة 5 من قانون العقوبات", "EGY", "law"),
        ("قرار رئيس جمهورية مصر العربية بالقانون رقم 136 لسنة 2014", "EGY", "law"),
        ("المرسوم رقم 5", None, None),
        ("Arrete n° 5", "FRA", "regulation"),
        ("Arrêt n° 5 de la Cour de cassation", "FRA", "court decision"),
        ("ordonnance n° 5", None, None),
        ("No. 12/2020, s. 4", None, None),
    ],
)
def test_heads_of_titles(text: str, country: str | None, expected: str | None) -> None:
    """The word that heads the title decides; what only speaks about a law is none."""
    assert kind(text, country) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Regulation (EU) 2024/1624", ""),
        ("Council of Ministers Regulation No. 306/2014", ""),
        ("Rule 5 of 2014", ""),
        ("CDD Regulation 2017", ""),
        ("Law No. 12(I)/2007", ""),
        ("S.R.O. 920(I)/2020", ""),
        ("قرار رقم (173) لسنة 2017", ""),
        ("الجريدة الرسمية العدد 20 مكرر (أ)", ""),
        ("Proceeds of Crime Act, Ch. 11:27", ""),
        ("AML Rules, version 1.2.3", ""),
        ("the draft fc-1.1.1", ""),
        ("AML Law, Title II, Chapter 3", ""),
        ("AML Law, 12 bis", "12 bis"),
        ("AML Act s12(3)", "s12(3)"),
    ],
)
def test_numbers_that_are_no_article(text: str, expected: str) -> None:
    """Number and year of a law, of a gazette and of a version are none, and a chapter written out is none either."""
    assert article(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SYSC 6.3.1R", "SYSC 6.3.1R"),
        ("FCA Handbook, SYSC 6.3.1R and SYSC 6.3.8R", "SYSC 6.3.1R and SYSC 6.3.8R"),
        ("CBB Rulebook Volume 1, FC-1.1.1", "FC-1.1.1"),
        ("تعليمات رقم 4، القسم 3", "القسم 3"),
        ("Law 5/2019, p. 56", "p. 56"),
        ("Circ. 2011/1, ch 4", "ch 4"),
        ("Rundschreiben 2011/1, Ziff. 5", "Ziff. 5"),
        ("GwV-FINMA, art. 5 Ziff. 3", "art. 5 Ziff. 3"),
    ],
)
def test_rules_and_points_of_handbooks_and_circulars(text: str, expected: str) -> None:
    """They are cited by a code, a section, a numbered point: as exact as an article."""
    assert article(text) == expected


def test_long_cells_take_no_longer_than_their_length() -> None:
    """The longest text of a cell is read."""
    assert article("a " * 16_000 + "art. 5") == "art. 5"
