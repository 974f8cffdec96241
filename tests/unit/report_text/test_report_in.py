"""A report becomes two workbooks and a comparison with the published ratings."""

from __future__ import annotations

import sys
from pathlib import Path

import openpyxl
import pytest

import fatf_kit
from fatf_kit.assessment.answers.intake import read_responses
from fatf_kit.core.errors import FatfKitError, UnknownIdError
from fatf_kit.core.json_files import check_json
from fatf_kit.core.ratings import CriterionRating
from fatf_kit.published import find_report
from fatf_kit.report_text.book import FIRST_WORDS, shorten
from fatf_kit.report_text.comparison import Agreement
from fatf_kit.report_text.parsing import parse_report, read_report
from fatf_kit.report_text.schema import LAST_REPORT
from fatf_kit.report_text.words import report_rules
from fatf_kit.spreadsheets.reader import read_book
from fatf_kit.texts import limits
from fatf_kit.texts.cleaning import read_text
from fatf_kit.texts.reading import read_pages, run_within_limits
from tests.samples import take_sample
from tests.unit.cli.commands import end_of, invoke, json_of
from tests.unit.report_text.made_up_reports import SHAPES, make_report, save

HAND = """Recommendation 9
Criterion 9.1 (Met) – Secrecy does not hinder harbours.
Weighting and conclusion
Recommendation 9 is rated compliant.
Recommendation 11
Criterion 11.1 (Met) – Books are kept.
Criterion 11.2 (Met) – For years.
Criterion 11.3 (Met) – In full.
Criterion 11.4 (Met) – And shown.
Weighting and conclusion
Recommendation 11 is rated largely compliant.
Recommendation 20
Criterion 20.1 (Not met) – Nobody reports.
Criterion 20.2 (Not met) – Nor tries.
Weighting and conclusion
Recommendation 20 is rated partially compliant.
Recommendation 34
Criterion 34.1 – Guidance is given.
Weighting and conclusion
Recommendation 34 is rated compliant.
"""


@pytest.fixture
def hand(tmp_path: Path) -> Path:
    """A report whose ratings can be worked out by hand: C against C, C against LC, NC against PC, and one open."""
    path = tmp_path / "hand.txt"
    path.write_text(HAND, encoding="utf-8")
    return path


def test_the_roll_up_is_compared_with_the_ratings(hand: Path) -> None:
    """All met is C and all not met is NC; a criterion without a rating leaves its Recommendation out."""
    found = fatf_kit.report_in(hand).comparison
    compared = {one.unit: (str(one.rolled), str(one.stated), one.agreement) for one in found.units if one.agreement}
    assert compared == {
        "R.9": ("C", "C", Agreement.AGREES),
        "R.11": ("C", "LC", Agreement.TOO_MILD),
        "R.20": ("NC", "PC", Agreement.TOO_STRICT),
    }
    assert found.counts_line == (
        "fatf-kit counts: edition=fatf-2013 policy=indicative-3 compared=3 agrees=1 too_strict=1 too_mild=1 "
        "two_levels=0 other=0"
    )


def test_the_published_table_is_compared(hand: Path) -> None:
    """Of the country's reports the one with most of the ratings; each difference is a problem with its page."""
    found = fatf_kit.report_in(hand, country="IRQ")
    table = find_report("IRQ", "MER").ratings
    assert found.comparison.published is not None
    assert found.comparison.published.date == "2024-05"
    stated = {"R.9": "C", "R.11": "LC", "R.20": "PC", "R.34": "C"}
    assert found.comparison.differing == tuple(unit for unit, rating in stated.items() if table[unit] != rating)
    assert [one.requirement for one in found.problems if one.code == "report-published-differs"] == [
        *found.comparison.differing
    ]


@pytest.mark.parametrize("language", take_sample(["en", "ar", "fr"], ["ar"]))
def test_two_workbooks_are_written(language: str, tmp_path: Path) -> None:
    """The answers can be read back with their pages, and so can the actions; no sentence is copied."""
    shape = SHAPES["brackets"]
    made = make_report(shape)
    report = save(made, shape, tmp_path / "report.pdf")
    found = fatf_kit.report_in(report, tmp_path / "out", language=language)
    answers, items = found.files
    _, responses, problems = read_responses([answers])
    assert not problems
    assert {one.requirement: one.rating for one in responses.answers} == made.criteria
    page = made.page_of["R.10/10.7"]
    text = next(one.explanation for one in responses.answers if one.requirement == "R.10/10.7")
    assert text == {"en": f"MER p. {page}", "fr": f"MER p. {page}", "ar": f"MER ص. {page}"}[language]
    book, problems = read_book(items, LAST_REPORT)
    assert book is not None
    assert not problems
    rows = book.records("report_actions")
    assert [row.text("units") for row in rows] == [outcome for outcome, _ in made.actions]
    assert [row.text("unit") for row in book.records("report_deficiencies")] == made.factors
    cells = {str(cell.value) for sheet in openpyxl.load_workbook(items) for row in sheet for cell in row if cell.value}
    assert not any(text in cell for _, text in made.actions for cell in cells)
    assert shorten(made.actions[0][1]) in cells


def test_an_extract_is_never_a_sentence() -> None:
    """At most so many words, and not more than a line of letters."""
    assert len(shorten("word " * 50).split()) == FIRST_WORDS + 1
    assert len(shorten("w" * 500)) < 90
    assert shorten("Count all ships that arrive.") == "Count all ships …"
    assert shorten("Count ships.") == "Count ships"


@pytest.mark.full
def test_the_command_prints_the_counts_and_its_document(hand: Path, tmp_path: Path) -> None:
    """The JSON document keeps its schema and has no text of the report."""
    done = invoke("report-in", hand, "-o", tmp_path / "out", "--country", "IRQ")
    assert "For 1 of 3 Recommendations, the rating calculated" in done.stdout
    assert "The calculation is too strict for 1 Recommendation." in done.stdout
    assert "fatf-kit counts: edition=fatf-2013" in done.stdout
    assert "IRQ" not in next(line for line in done.stdout.splitlines() if line.startswith("fatf-kit counts"))
    document = json_of("report-in", hand, "-o", tmp_path / "out")
    assert check_json(document, "report-in-1.schema.json", "stdout") == ()
    assert "Nobody reports" not in str(document)


@pytest.mark.full
def test_a_report_without_printed_ratings_is_read_too(tmp_path: Path) -> None:
    """The answers have pages, and those of Recommendations rated C are proposed as met; nothing is compared."""
    shape = SHAPES["plain"]
    report = save(make_report(shape), shape, tmp_path / "report.txt")
    found = fatf_kit.report_in(report, tmp_path / "out")
    assert found.comparison.compared == 0
    _, responses, _ = read_responses([found.files[0]])
    assert {one.rating for one in responses.answers} == {None, CriterionRating.MET}
    assert all(one.explanation.startswith("MER p. ") for one in responses.answers)


def test_dividing_a_text_ends(hand: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text file is parsed at once; its division has a limit of time, and beyond it nothing is written."""
    monkeypatch.setattr(limits, "SECONDS", 0.01)
    assert read_pages(hand)
    with pytest.raises(FatfKitError, match="was not read within") as raised:
        fatf_kit.report_in(hand, tmp_path / "out")
    assert hand.name in str(raised.value)
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process surely")
def test_what_divides_a_text_has_a_limit_of_memory() -> None:
    """Memory beyond the limit ends the work, with the name of the file."""
    with pytest.raises(FatfKitError, match=r"large\.txt unpacks to more than the"):
        run_within_limits(bytes, limits.MEMORY, name="large.txt")


def test_a_text_is_divided_in_another_process_as_in_this_one(hand: Path) -> None:
    """And its mapping of ratings cannot be changed."""
    found = read_report(hand)
    assert found == parse_report(read_text(hand, report_rules()))
    with pytest.raises(TypeError):
        found.ratings["R.9"] = found.ratings["R.11"]  # type: ignore[index]


def test_what_cannot_be_done_is_reported(hand: Path, tmp_path: Path) -> None:
    """An unknown country or edition; files that others wrote are not replaced."""
    with pytest.raises(UnknownIdError, match="Atlantis"):
        fatf_kit.report_in(hand, country="Atlantis")
    with pytest.raises(UnknownIdError, match="fatf-1999"):
        fatf_kit.report_in(hand, edition="fatf-1999")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "answers.xlsx").write_bytes(b"mine")
    with pytest.raises(FatfKitError, match="was not written by fatf-kit"):
        fatf_kit.report_in(hand, tmp_path / "out")
    assert end_of("report-in", tmp_path / "no.pdf", "-o", tmp_path / "out") == 3
