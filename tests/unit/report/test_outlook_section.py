"""What a report says of what follows."""

from __future__ import annotations

import json

import pytest

from fatf_kit import score, score_published
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.messages import Translator
from fatf_kit.core.resources import data_folder
from fatf_kit.outlook import load_rules
from fatf_kit.outlook.model import LevelCounts
from fatf_kit.outlook.report import build_outlook_section, describe_levels
from fatf_kit.published import find_report
from fatf_kit.report.model import Bullets, DocumentTable, Paragraph, Report, Section, Tone

NOW = "2026-11-24T15:00+00:00"


def section_of(report: Report) -> Section:
    """The section on what follows."""
    return next(section for section in report.document.sections if section.anchor == "outlook")


def texts(section: Section) -> list[str]:
    """Its paragraphs."""
    return [block.text for block in section.blocks if isinstance(block, Paragraph)]


def tables(section: Section) -> dict[str, DocumentTable]:
    """Its tables by id."""
    return {block.id: block for block in section.blocks if isinstance(block, DocumentTable)}


def test_iraq() -> None:
    """Lines with value, limit and distance; why regular follow-up is out of reach; what referral does not mean."""
    section = section_of(score_published("IRQ", report="MER", generated_at=NOW)[1])
    rows = {row.cells[0].text: [cell.text for cell in row.cells[3:]] for row in tables(section)["outlook-lines"].rows}
    assert rows["E4-1"] == ["13", "8", "yes", "5 above the threshold of 8"]
    assert rows["I4-3"] == ["9 / 2", "9 / 2", "yes", "at the threshold of 9; at the threshold of 2"]
    assert rows["I4-4"] == ["2", "6", "no", "4 below the threshold of 6"]
    assert texts(section)[0] == "Enhanced follow-up. A threshold for referral to the ICRG is met."
    assert "cannot be reached by re-ratings alone, because thresholds E4-3, I4-3 depend" in texts(section)[-2]
    assert texts(section)[1].startswith("FATF's lists: Listed since 19 June 2026 (increased monitoring), as of 19 June")
    assert "Warning: this Plenary has passed since." in texts(section)[1]  # the report is made in November
    assert "The country is listed already" in texts(section)[-1]
    (notes,) = (block.items for block in section.blocks if isinstance(block, Bullets))
    assert "not the same as being listed" in notes[0]
    assert "outlook-sets" not in tables(section)


def test_facts_of_a_country_that_is_not_listed_are_asked_for() -> None:
    """Only a listing answers who is looked at first; without one, what is not known is asked for."""
    section = section_of(score_published("MRT", report="MER", generated_at=NOW)[1])
    assert "looked at first after a referral is not known: facts are missing." in texts(section)[-1]
    asked = next(block.items for block in section.blocks if isinstance(block, Bullets))
    assert asked == ("How large are the assets of the financial sector, in billions of US dollars?",)


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
    report = score([data_folder("examples") / "ruritania" / "workbook"]).report(generated_at=NOW, language=language)
    section = section_of(report)
    t = Translator(language)
    notices = [b.text for b in section.blocks if isinstance(b, Paragraph) and b.tone is Tone.NOTICE]
    assert notices == [t(load_rules("fatf-2022").provisional_because)]
    assert t("What it would lead to") == section.title
    assert len(tables(section)["outlook-lines"].rows) == 9


def test_both_ends_of_the_example() -> None:
    """What is shown, what is claimed, and a threshold that is met only if nothing of what is open can be shown."""
    report = score([data_folder("examples") / "ruritania" / "workbook"]).report(generated_at=NOW)
    section = section_of(report)
    told = texts(section)
    assert told[0].startswith(
        "Enhanced follow-up, even if all that is open is shown. "
        "A threshold for referral to the ICRG is met only if what is open cannot be shown."
    )
    assert "are shown to be C or LC; " in told[1]
    assert "more are claimed and need proof" in told[1]
    assert "assessors may find others" in " ".join(told)
    rows = {row.cells[0].text: [cell.text for cell in row.cells[3:]] for row in tables(section)["outlook-lines"].rows}
    assert rows["I5-1"][:3] == ["12 – 19", "15", "only if what is open cannot be shown"]
    assert rows["I5-1"][3] == "3 below the threshold of 15, at worst 4 above it"
    assert rows["E5-3"][2:] == ["yes", "at the threshold of 1"]
    whole = json.dumps([repr(report.document)])
    assert "ways to choose" not in whole
    assert "steps needed" not in whole
    assert "smallest sets" not in whole


def test_standing_tells_claims_from_blanks() -> None:
    """A claim needs proof, a blank needs an answer."""
    standing = (
        LevelCounts(of=40, shown=15, claimed=10, unanswered=1),
        LevelCounts(of=11, shown=3, claimed=0, unanswered=0),
    )
    assert describe_levels(standing, Translator("en")) == (
        "15 of the 40 Recommendations are shown to be C or LC; 10 more are claimed and need proof; "
        "1 more depends on questions without an answer. 3 of the 11 outcomes are shown to be HE or SE."
    )
