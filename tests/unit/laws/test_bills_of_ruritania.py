"""The bills and the annulment of the example, from the command line to the page, against figures worked out by hand.

By the standard policy, as described in `bill_case`:

- R.19 has weights 5, 3, 2 and answers mostly, partly, met: 655 of 10, but 30 % is partly met, so PC. Clause 3 of L-040
  makes 19.2 mostly met: 760 of 10, nothing partly met, so LC.
- R.22 has at its worst end 35 on average for weights 5, 3, 3 and not met for 2: 385 of 13, below 30 on average, so NC.
  Clause 5 of L-040 makes 22.4 mostly met: 525 of 13, so PC.
- R.24 has at its best end 2,770 of 42, with 24.8 of weight 5 partly met and 24.10 of weight 3 not met, so PC at most.
  Clauses 2 and 3 of L-041 make both mostly met: 3,155 of 42 with 5 of it partly met, so LC. L-041 is late, so the worst
  end remains.
- R.29 has 1,900 of 22, so LC. Article 10 of L-001 alone is cited for 29.7 of weight 5, mostly met: without it 29.7 is
  not met, and 1,550 of 22 with 5 of it not met is PC.

Without the whole of L-001, with the ten instruments that are made under it:

- R.20 has weights 5 and 3. 20.1 cites L-001 art. 43, 20.2 FIU Regulation 1/2019, which is made under L-001: both are
  not met, so NC at both ends.
- R.21 has weights 3 and 3. 21.1 cites L-001, 21.2 the FIU Regulation: NC at both ends.
- R.29 has weights 3, 2, 3, 5, 2, 2, 5; 29.8 does not apply. 29.4 and 29.6 have other proof and are met: 700 of 22 is
  above 30 on average, but 15 of 22, or 68 %, is not met: NC at both ends.
- R.2 has weights 3, 2, 2, 3, 1. 2.2 and 2.3 rest on Cabinet Decree 88/2019, made under L-001; 2.1 is met, 2.4 mostly,
  2.5 partly met: 545 of 11, so PC.
- R.14 has weights 5, 5, 5, 3, 3. Only 14.3 falls. At the best end 14.1 is met, 14.2 mostly, 14.4 met, 14.5 mostly met:
  1,360 of 21 is below 65 on average, so PC at both ends, where it was PC to LC.
- R.40 has 50 of weight that applies, 27 of it not met: 54 %. At the best end 2,050 of 50 is PC, at the worst end 40.4,
  40.10, 40.16 and 40.17 give nothing and 40.20 is partly met: 1,380 of 50 is below 30 on average, so NC.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fatf_kit import LawReview, bill_what_if, build_bill_page, laws_without, review_laws
from fatf_kit.assessment.folder.model import LAWS
from fatf_kit.core.json_files import check_json
from fatf_kit.laws.bills import BillEffects, Scenario
from tests.unit.cli.commands import RURITANIA, end_of, invoke, json_of


@pytest.fixture(scope="module")
def review() -> LawReview:
    """The assessment folder of the example."""
    return review_laws(RURITANIA)


def _ranges(one: Scenario, other: Scenario) -> Mapping[str, str]:
    return {unit: other.units[unit].counted.describe() for unit in one.moves_to(other)}


def _lost(found: BillEffects) -> Mapping[str, Mapping[str, str]]:
    return {clause.label: _ranges(found.kept, one) for clause, one in found.without if found.kept.moves_to(one)}


def test_the_first_bill(review: LawReview) -> None:
    """Two of its clauses move a rating."""
    found = bill_what_if(review, "L-040", target="R.19=LC")
    assert _ranges(found.now, found.kept) == {"R.19": "LC", "R.22": "PC"}
    assert _lost(found) == {"cl. 3": {"R.19": "PC"}, "cl. 5": {"R.22": "NC – PC"}}
    assert found.sets
    assert [(one.size, one.total, [c.label for c in one.first]) for one in (found.sets.worst, found.sets.best)] == [
        (1, 1, ["cl. 3"])
    ] * 2


def test_the_second_bill_is_late(review: LawReview) -> None:
    """Its clauses move the claim and the best end."""
    found = bill_what_if(review, "L-041")
    assert _ranges(found.now, found.kept) == {"R.24": "PC – LC"}
    assert _lost(found) == {"cl. 2": {"R.24": "PC"}, "cl. 3": {"R.24": "PC"}}


def test_both_bills(review: LawReview) -> None:
    """Clause 7 of L-040 makes 24.10 partly met, which is enough for LC at the best end: 3,050 of 42."""
    found = bill_what_if(review, ["L-040", "L-041"])
    assert _ranges(found.now, found.kept) == {"R.19": "LC", "R.22": "PC", "R.24": "PC – LC"}
    assert found.shared == ("R.24/24.10",)
    assert {clause.id: _ranges(found.kept, one) for clause, one in found.without}["L-041 cl. 3"] == {}


def test_the_annulment(review: LawReview) -> None:
    """Only 29.7 loses its proof; the regulations under the act stay."""
    found = laws_without(review, "L-001", "art. 10")
    assert _ranges(found.now, found.after) == {"R.29": "PC"}
    assert [one.requirement for one in found.unproven] == ["R.29/29.7"]


def test_without_the_aml_act(review: LawReview) -> None:
    """The instruments made under it fall with it, and where the claim rested on both, the best case falls too."""
    found = laws_without(review, "L-001")
    assert {one.id for one in found.along} == {
        *("L-022", "L-024", "L-025", "L-026", "L-027", "L-028", "L-029", "L-031", "L-038", "L-039")
    }
    ranges = _ranges(found.now, found.after)
    expected = {"R.20": "NC", "R.21": "NC", "R.29": "NC", "R.2": "PC", "R.14": "PC", "R.40": "NC – PC"}
    assert {unit: ranges[unit] for unit in expected} == expected
    lost = [one.requirement for one in found.unproven]
    assert [name for name in lost if name.startswith(("R.20/", "R.29/"))] == [
        *("R.20/20.1", "R.20/20.2", "R.29/29.1", "R.29/29.2", "R.29/29.3", "R.29/29.5", "R.29/29.7")
    ]
    assert found.now.units["R.20"].claimed == found.after.units["R.20"].claimed


def test_a_provision_that_no_answer_is_linked_with_is_called_so(review: LawReview) -> None:
    """L-014 has two provisions, and nobody entered which answers they would change: that is not "changes nothing"."""
    found = bill_what_if(review, "L-014", in_force=date(2027, 3, 1))
    assert [clause.is_linked for clause in found.bills[0].clauses] == [False, False]
    printed = invoke("laws", "what-if", RURITANIA, "L-014", "--in-force", "2027-03-01", "--lang", "en").stdout
    assert "art. 4   not linked with an answer  not known" in printed
    assert "no answer changes" not in printed
    text = str(build_bill_page(review, found, today=date(2027, 1, 10)).sections)
    assert "not linked with an answer" in text
    assert "no Recommendation" not in text


@pytest.mark.parametrize(
    ("schema", "args"),
    [
        ("laws-what-if-1", ("what-if", RURITANIA, "L-040", "L-041", "--without", "L-041 cl. 2", "--target", "regular")),
        pytest.param(
            "laws-what-if-1",
            ("what-if", RURITANIA, "L-014", "--in-force", "2027-03-01"),
            marks=pytest.mark.full,
        ),
        ("laws-without-1", ("without", RURITANIA, "L-001", "art. 10")),
    ],
)
def test_json_keeps_its_schema(schema: str, args: tuple[object, ...]) -> None:
    """The document is alone on standard output."""
    found: Any = json_of("laws", *args)
    assert check_json(found, f"{schema}.schema.json", "stdout") == ()


@pytest.mark.full
def test_the_terminal_shows_ratings_and_clauses() -> None:
    """In tables, in the language asked for."""
    shown = invoke("laws", "what-if", RURITANIA, "L-040", "--lang", "en").stdout
    assert re.search("^R.19 +PC +LC", shown, re.MULTILINE)
    assert "R.19: from LC to PC" in shown
    assert "no rating changes" in shown
    late = invoke("laws", "what-if", RURITANIA, "L-041", "--without", "cl. 2", "--lang", "en").stdout
    assert "the bill counts only if it is in force by 19 March 2027." in late
    assert "Without cl. 2" in late
    assert re.search("^R.24 +PC +PC – LC +PC +PC", late, re.MULTILINE)
    lost = invoke("laws", "without", RURITANIA, "L-001", "art. 10", "--lang", "en").stdout
    assert "1 criterion loses its proof." in lost
    assert "R.29/29.7" in lost


@pytest.mark.full
def test_the_command_works_within_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a folder on the command line; and what is wrong is said."""
    home = tmp_path / "country"
    shutil.copytree(RURITANIA, home, ignore=shutil.ignore_patterns("ar", "fr", "workbook", "libreoffice", "mock"))
    assert (home / LAWS).is_file()
    monkeypatch.chdir(home)
    assert end_of("laws", "without", "L-003") == 0
    assert end_of("laws", "what-if", "L-040", "-o", "page.html", "-q") == 0
    (home / "page.html").write_text("changed by a person", encoding="utf-8")
    assert end_of("laws", "what-if", "L-040", "-o", "page.html", "-q") == 3
    assert end_of("laws", "without", "L-003", "art. 1", "art. 2") == 2


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
@pytest.mark.parametrize("bills", [("L-040",), ("L-041",), ("L-040", "L-041")])
def test_the_page_for_parliament_repeats_no_answer(review: LawReview, language: str, bills: tuple[str, ...]) -> None:
    """With each bill in its title, and without a word of an answer."""
    found = bill_what_if(review, bills)
    page = build_bill_page(review, found, today=date(2026, 11, 28), language=language)
    assert all(one.instrument.title(language) in page.title for one in found.bills)
    printed = str(page)
    explained = [one.explanation for one in review.folder.responses.answers if len(one.explanation) > 12]
    assert explained
    assert not [text for text in explained if text in printed]
    assert not [effect.note for effect in review.register.effects if effect.note in printed]
