"""The section of a report on the consequences of ratings."""

from __future__ import annotations

import json

import pytest

from fatf_kit import score_published
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.messages import Translator
from fatf_kit.outlook import load_rules
from fatf_kit.outlook.model import LevelCounts
from fatf_kit.outlook.report import build_outlook_section
from fatf_kit.outlook.sentences import describe_levels
from fatf_kit.published import find_report
from fatf_kit.report.model import Bullets, DocumentTable, Paragraph, Report, Section, Tone
from tests.examples import score_example

NOW = "2026-11-24T15:00+00:00"


def section_of(report: Report) -> Section:
    """The section on the consequences."""
    return next(section for section in report.document.sections if section.anchor == "outlook")


def texts(section: Section) -> list[str]:
    """Its paragraphs."""
    return [block.text for block in section.blocks if isinstance(block, Paragraph)]


def tables(section: Section) -> dict[str, DocumentTable]:
    """Its tables by id."""
    return {block.id: block for block in section.blocks if isinstance(block, DocumentTable)}


RATINGS, ENHANCED, REFERRAL = "Recommendations rated NC or PC", "enhanced follow-up", "referral to the ICRG"


def find_thresholds(section: Section) -> dict[tuple[str, str], list[str]]:
    """The columns after the test, by name and consequence of each threshold."""
    rows = tables(section)["outlook-lines"].rows
    return {(row.cells[0].text, row.cells[1].text): [cell.text for cell in row.cells[3:]] for row in rows}


def test_iraq() -> None:
    """Lines with value, limit and distance; why regular follow-up is out of reach; what referral does not mean."""
    section = section_of(score_published("IRQ", report="MER", generated_at=NOW)[1])
    rows = find_thresholds(section)
    assert rows[RATINGS, ENHANCED] == [
        "13",
        "8",
        "yes",
        "5 above the threshold of 8",
    ]
    assert rows["outcomes rated LE or ME", "referral to the ICRG"] == [
        "9 / 2",
        "9 / 2",
        "yes",
        "at the threshold of 9; at the threshold of 2",
    ]
    assert rows["outcomes rated LE", REFERRAL] == ["2", "6", "no", "4 below the threshold of 6"]
    assert texts(section)[0] == "Enhanced follow-up. A threshold for referral to the ICRG is met."
    assert texts(section)[-2].endswith(
        "because 2 thresholds depend on effectiveness, namely outcomes rated LE or ME (enhanced follow-up) "
        "and outcomes rated LE or ME (referral to the ICRG)."
    )
    assert texts(section)[1].startswith("FATF's lists: Listed since 19 June 2026 (increased monitoring), as of 19 June")
    assert "Warning: this Plenary is over." in texts(section)[1]  # the report is made in November
    assert "The country is already on one of FATF's lists" in texts(section)[-1]
    (notes,) = (block.items for block in section.blocks if isinstance(block, Bullets))
    assert "does not mean being listed" in notes[0]
    assert "outlook-sets" not in tables(section)


def test_facts_of_a_country_that_is_not_listed_are_requested() -> None:
    """Only a listing answers who is looked at first; without one, what is not known is asked for."""
    section = section_of(score_published("MRT", report="MER", generated_at=NOW)[1])
    assert "The priority of the country after a referral cannot be determined" in texts(section)[-1]
    questions = next(block.items for block in section.blocks if isinstance(block, Bullets))
    assert questions == ("How large are the assets of the financial sector, in billions of US dollars?",)


def test_first_five_sets() -> None:
    """Korea in 2020: eight smallest sets, five of them printed, by number, and the eight not counted."""
    report = find_report("KOR", "MER")
    section = build_outlook_section(report.edition, report.ratings, Translator("en"))
    assert texts(section)[-1] == "To reach regular follow-up: at least 1 Recommendation must rise one level."
    assert [row.cells[1].text for row in tables(section)["outlook-sets"].rows[:3]] == [
        "R.6 PC → LC",
        "R.7 PC → LC",
        "R.8 PC → LC",
    ]
    assert len(tables(section)["outlook-sets"].rows) == 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_assessment_has_it_too(language: str) -> None:
    """The made-up country, ranked by what is open, and marked provisional, in every language."""
    report = score_example("ruritania/workbook").report(generated_at=NOW, language=language)
    section = section_of(report)
    t = Translator(language)
    notices = [b.text for b in section.blocks if isinstance(b, Paragraph) and b.tone is Tone.NOTICE]
    assert notices == [t(load_rules("fatf-2022").provisional_because)]
    assert t("Consequences of the ratings") == section.title
    assert len(tables(section)["outlook-lines"].rows) == 9


def test_both_ends_of_the_example() -> None:
    """Shown and claimed ratings, and a threshold that is met in the worst case only."""
    report = score_example("ruritania/workbook").report(generated_at=NOW)
    section = section_of(report)
    paragraphs = texts(section)
    assert paragraphs[0].startswith(
        "Enhanced follow-up, even in the best case. A threshold for referral to the ICRG is met in the worst case only."
    )
    assert "would be rated C or LC today; " in paragraphs[1]
    assert "more without evidence" in paragraphs[1]
    assert "Assessors may find further gaps" in " ".join(paragraphs)
    rows = find_thresholds(section)
    assert rows[RATINGS, REFERRAL][:3] == [
        "20 – 12",
        "15",
        "in the worst case only",
    ]
    assert rows[RATINGS, REFERRAL][3] == ("5 above the threshold of 15, in the best case 3 below it")
    assert rows["key Recommendations rated PC", "enhanced follow-up"][2:] == ["yes", "at the threshold of 1"]
    whole = json.dumps([repr(report.document)])
    assert "ways to choose" not in whole
    assert "steps needed" not in whole
    assert "smallest sets" not in whole


def test_claims_and_blanks_are_counted_apart() -> None:
    """A claim needs evidence, a blank needs an answer."""
    standing = (
        LevelCounts(of=40, shown=15, claimed=10, unanswered=1),
        LevelCounts(of=11, shown=3, claimed=0, unanswered=0),
    )
    assert describe_levels(standing, Translator("en")) == (
        "15 of the 40 Recommendations would be rated C or LC today; agencies claim 10 more without evidence; "
        "1 more depends on unanswered criteria. 3 of the 11 outcomes would be rated HE or SE today."
    )
