"""Citations are proposed for the register, and nothing that a person entered is changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from fatf_kit import propose_laws, review_laws
from fatf_kit.assessment.answers.model import Answer, EvidenceItem, EvidenceKind, ResponseSet
from fatf_kit.core.json_files import check_json
from fatf_kit.core.ratings import CriterionRating
from fatf_kit.laws.citations import collect_citations
from fatf_kit.laws.matching import CitationMatcher
from fatf_kit.laws.model import (
    EntryState,
    Instrument,
    InstrumentStatus,
    LawRegister,
    ProvisionLink,
    SpellingState,
)
from fatf_kit.laws.proposals import Proposals, propose_country_instruments, propose_rows
from tests.unit.cli.commands import copy_small_country, invoke, json_of
from tests.unit.laws.registers import REGISTER


def _propose(register: LawRegister, *answers: Answer, evidence: tuple[EvidenceItem, ...] = ()) -> Proposals:
    responses = ResponseSet(edition="fatf-2022", answers=answers, evidence=evidence)
    citations = collect_citations(responses, CitationMatcher(register, "IRQ"))
    return propose_rows(register, citations, "IRQ", today=date(2026, 11, 28))


def _answer(citation: str, requirement: str = "R.10/10.2", **more: object) -> Answer:
    return Answer(requirement=requirement, rating=CriterionRating.MET, citation=citation, **more)  # type: ignore[arg-type]


def test_spellings_of_one_law_are_one_instrument() -> None:
    """The title is that of the evidence sheet, which is whole."""
    item = EvidenceItem(
        id="E-1",
        kind=EvidenceKind.LAW,
        title="Anti-Money Laundering and Counter-Terrorist Financing Act 2019",
        in_force_from=date(2019, 7, 1),
        link="https://gazette.example/1",
    )
    made = _propose(
        LawRegister(),
        _answer("AML/CFT Act 2019, art. 5(1)"),
        _answer("AML/CFT Act 2019, arts. 6 and 8", "R.10/10.3", evidence=("E-1",)),
        evidence=(item,),
    )
    (one,) = made.register.instruments
    assert (one.id, one.title("en"), one.kind, one.year) == ("L-001", item.title, EvidenceKind.LAW, 2019)
    assert (one.status, one.entry, one.link) == (InstrumentStatus.IN_FORCE, EntryState.PROPOSED, item.link)
    assert [p.id for p in made.register.provisions] == ["L-001 art. 5(1)", "L-001 art. 6", "L-001 art. 8"]
    assert [(link.article, link.requirement) for link in made.register.links] == [
        ("art. 5(1)", "R.10/10.2"),
        ("art. 6", "R.10/10.3"),
        ("art. 8", "R.10/10.3"),
    ]


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([_answer("AML/CFT Act 2019, art. 5")], ["all"]),
        ([_answer("AML/CFT Act 2019, arts. 5 and 6")], ["part", "part"]),
        ([_answer("AML/CFT Act 2019, art. 5; Banking Act 2012, art. 3")], ["part", "part"]),
        ([_answer("AML/CFT Act 2019, art. 5; Banking Act 2012")], ["part"]),
        ([_answer("AML/CFT Act 2019, art. 5")._replace(rating=CriterionRating.MOSTLY_MET)], ["part"]),
        ([_answer("AML/CFT Act 2019, art. 5")._replace(rating=None)], ["part"]),
    ],
)
def test_a_link_covers_all_only_where_nothing_else_is_cited(answers: list[Answer], expected: list[str]) -> None:
    """Checked in bulk, two links that each cover all would still prove a criterion when half of its duty is gone."""
    found = _propose(LawRegister(), *answers).register.links
    assert [str(link.scope) for link in found] == expected


def test_a_link_next_to_one_that_is_entered_covers_a_part() -> None:
    """The register links the criterion with another provision already."""
    known = ProvisionLink(instrument="L-002", article="art. 3", requirement="R.10/10.2")
    found = _propose(replace(REGISTER, links=(known,)), _answer("AML/CFT Law 39/2015, art. 12"))
    assert [str(link.scope) for link in found.register.links] == ["all", "part"]


def test_a_law_that_begins_later_is_adopted() -> None:
    """It is no bill, but not in force either."""
    made = _propose(LawRegister(), _answer("Bearer Shares Act 2026, art. 1", in_force_from=date(2027, 6, 1)))
    assert made.register.instruments[0].status is InstrumentStatus.ADOPTED


def test_what_is_known_is_not_proposed_again() -> None:
    """Instruments, and articles of provisions that are entered."""
    made = _propose(REGISTER, _answer("AML/CFT Law 39/2015, art. 12(3)"))
    assert (made.instruments, made.provisions, made.spellings) == (0, 0, 0)
    assert [(link.article, link.requirement) for link in made.register.links] == [("art. 12", "R.10/10.2")]


def test_a_near_match_is_proposed_as_a_spelling() -> None:
    """Until a person decides it, it means nothing."""
    made = _propose(REGISTER, _answer("Criminal Procedure Code, art. 17"), _answer("the Criminal Procedure Code"))
    (one,) = made.register.spellings
    assert (one.text, one.instrument, one.state) == ("Criminal Procedure Code", "L-002", SpellingState.PROPOSED)
    assert made.instruments == 0


@pytest.mark.parametrize(
    "citation", ["art. 12", "see explanation", "annual report 2015", "Answers on the AML Act 2019", ""]
)
def test_what_is_not_an_instrument_is_not_proposed(citation: str) -> None:
    """An article alone, words, a report."""
    assert _propose(LawRegister(), _answer(citation)).count == 0


def test_laws_of_a_country_are_its_first_rows() -> None:
    """Only where the country has a page."""
    (one,) = propose_country_instruments("IRQ")
    assert isinstance(one, Instrument)
    assert (one.number, one.year, one.entry) == ("39", 2015, EntryState.PROPOSED)
    assert propose_country_instruments("XRU") == ()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The example as a folder of its own, without its register."""
    home = copy_small_country(tmp_path / "ruritania")
    (home / "laws.xlsx").unlink(missing_ok=True)
    return home


@pytest.mark.full
def test_propose_check_and_propose_again(folder: Path) -> None:
    """From the answers alone; a second run finds nothing new, and one after a change keeps the earlier file."""
    made = invoke("laws", "propose", folder)
    assert made.exit_code == 0, made.output
    assert "Proposed: " in made.output
    before = (folder / "laws.xlsx").read_bytes()
    review = review_laws(folder)
    assert sum(one.match.instrument is not None for one in review.citations) > 0.95 * len(review.citations)
    again = invoke("laws", "propose", folder)
    assert "Nothing was proposed" in again.output
    assert (folder / "laws.xlsx").read_bytes() == before
    book = openpyxl.load_workbook(folder / "laws.xlsx")
    book["Instruments"].delete_rows(book["Instruments"].max_row)
    book.save(folder / "laws.xlsx")
    codes = {one["code"] for one in json_of("laws", "check", folder)["problems"]}
    assert "law-near" in codes


def test_proposals_as_json_keep_their_schema(folder: Path) -> None:
    """Counts and rows; a second run has nothing new and still names what waits to be checked."""
    first, second = json_of("laws", "propose", folder), json_of("laws", "propose", folder)
    for found, is_written in ((first, True), (second, False)):
        assert check_json(found, "laws-proposals-1.schema.json", "proposals") == ()
        assert found["written"] is is_written
    assert first["counts"]["instruments"] == len(first["instruments"]) > 0
    assert second["counts"]["instruments"] == 0
    assert [one["id"] for one in second["instruments"]] == [one["id"] for one in first["instruments"]]


def test_a_register_with_a_cell_that_cannot_be_read_is_not_written(folder: Path) -> None:
    """The value would be lost."""
    propose_laws(folder, today=date(2026, 11, 28))
    book = openpyxl.load_workbook(folder / "laws.xlsx")
    sheet = book["Instruments"]
    last = next(row for row in range(3, 60) if sheet.cell(row, 1).value is None)
    sheet.cell(last, 1).value, sheet.cell(last, 2).value = "Law of the sea", "Law of the sea"
    book.save(folder / "laws.xlsx")
    before = (folder / "laws.xlsx").read_bytes()
    made = propose_laws(folder, today=date(2026, 11, 28))
    assert made.path is None
    assert {"law-unnumbered", "laws-kept"} <= {one.code for one in made.problems}
    assert (folder / "laws.xlsx").read_bytes() == before
