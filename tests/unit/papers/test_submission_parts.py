"""Parts of submissions: their order as data, the list of instruments, sentences with figures."""

from __future__ import annotations

import json
from datetime import date

import pytest

from fatf_kit.assessment.answers.model import EvidenceItem, EvidenceKind
from fatf_kit.core.messages import Translator
from fatf_kit.core.resources import data_folder
from fatf_kit.framework import list_editions
from fatf_kit.framework.submission_shape import SubmissionPart, check_submission_file, load_submission_shape
from fatf_kit.laws.matching import CitationMatcher
from fatf_kit.laws.model import EntryState, Instrument, LawRegister
from fatf_kit.papers.submission.cited_sources import InstrumentList
from fatf_kit.papers.submission.key_findings import quote_figures
from fatf_kit.report.model import DocumentTable

NO_LAWS = CitationMatcher(LawRegister(), None)


@pytest.mark.parametrize("edition", list_editions())
def test_each_edition_has_orders_and_lengths_with_their_source(edition: str) -> None:
    """Context first and evidence last in both; each choice says where it comes from and how far that is confirmed."""
    folder = data_folder("frameworks") / edition
    assert check_submission_file(folder) == ()
    shape = load_submission_shape(edition)
    for part in (shape.compliance, shape.effectiveness):
        assert part.order[0] is SubmissionPart.CONTEXT
        assert part.order[-1] is SubmissionPart.EVIDENCE
    data = json.loads((folder / "submission.json").read_text(encoding="utf-8"))
    parts = (data[name] for name in ("compliance", "effectiveness", "key_findings"))
    assert all(one["source"] and one["confidence"] for one in (*parts, *data["lengths"].values()))


def item(title: str, kind: EvidenceKind = EvidenceKind.LAW) -> EvidenceItem:
    """An item of the evidence register."""
    return EvidenceItem(id="E-1", title=title, kind=kind, source="a.xlsx")


def rows(listed: InstrumentList) -> list[list[str]]:
    """Name, short name, kind, numbers and units of each instrument."""
    section = next(listed.build_sections(()))
    table = next(block for block in section.blocks if isinstance(block, DocumentTable))
    return [[r.cells[0].text, r.cells[0].detail, *(r.cells[n].text for n in (1, 3, 4))] for r in table.rows]


def test_spellings_of_one_instrument_are_one_row() -> None:
    """With and without articles and year, by its short name, and by its title in the register."""
    listed = InstrumentList(NO_LAWS, Translator("en"))
    listed.add("AML/CFT Act 2019, art. 5(1)", "R.1/1.1", {1: item("Anti-Money Laundering Act 2019")})
    listed.add("AML/CFT Act 2019, arts. 6-7; Criminal Code, art. 3", "R.2/2.1", {})
    listed.add("AML/CFT Act, art. 9", "R.3/3.1", {})
    listed.add("Criminal Code 2011", "R.3/3.2", {4: item("Criminal Code 2011, consolidated text")})
    assert rows(listed) == [
        ["Anti-Money Laundering Act 2019", "AML/CFT Act 2019", "law", "[1]", "R.1–R.3"],
        ["Criminal Code 2011, consolidated text", "", "law", "[4]", "R.2, R.3"],
    ]


def test_what_is_only_alike_stays_apart() -> None:
    """A regulation under a law, two laws of the register, and evidence that is no instrument."""
    listed = InstrumentList(NO_LAWS, Translator("en"))
    listed.add("Banking Act 2014", "R.26/26.1", {1: item("Banking Act 2014")})
    listed.add("", "R.26/26.2", {2: item("Banking Act 2014 (Amendment) Act 2020")})
    listed.add("", "R.26/26.3", {3: item("Banking Act 2014 Regulation", EvidenceKind.REGULATION)})
    listed.add("", "R.26/26.4", {4: item("Inspections 2025", EvidenceKind.STATISTICS)})
    names = ("Banking Act 2014", "Banking Act 2014 (Amendment) Act 2020", "Banking Act 2014 Regulation")
    assert tuple(row[0] for row in rows(listed)) == names
    assert list(InstrumentList(NO_LAWS, Translator("en")).build_sections(())) == []


def test_a_kind_that_no_source_confirms_stays_open() -> None:
    """An instruction of a French authority is guidance by a proposal only; the drafter is asked."""
    listed = InstrumentList(CitationMatcher(LawRegister(), "FRA"), Translator("en"))
    listed.add("Instruction n° 7, art. 3", "R.10/10.1", {})
    assert [row[2] for row in rows(listed)] == ["–"]
    assert listed.without_kind == ("Instruction n° 7",)


def test_figures_are_quoted_up_to_a_length() -> None:
    """Years, articles and numbers of laws are no figures, and the first sentence with one is always kept."""
    text = "Article 12 of Act 63/2019 applies since 2020. In 2025 the unit sent 97 requests. Of these 64 were answered."
    assert quote_figures(text, None, 60) == "In 2025 the unit sent 97 requests. Of these 64 were answered."
    assert quote_figures(text, None, 5) == "In 2025 the unit sent 97 requests."
    assert quote_figures("وفي 2025 أُرسل 97 طلباً. ونُشرت النتائج.", None, 60) == "وفي 2025 أُرسل 97 طلباً."
    assert quote_figures("The law of 2019 applies.", None, 60) == ""


def test_an_instrument_of_the_register_of_laws_has_its_number_title_and_date() -> None:
    """Two spellings are one row; a law that was only proposed is none of the register."""
    title, day = {"en": "Anti-Money Laundering Act 2019"}, date(2019, 7, 1)
    law = Instrument(id="L-007", titles=title, kind=EvidenceKind.LAW, in_force_from=day)
    other = Instrument(id="L-008", titles={"en": "Banking Act 2014"}, entry=EntryState.PROPOSED)
    matcher = CitationMatcher(LawRegister(instruments=(law, other)), None)
    listed = InstrumentList(matcher, Translator("en"))
    listed.add("AML Act 2019, art. 5", "R.1/1.1", {})
    listed.add("L-007 art. 9", "R.2/2.1", {})
    listed.add("Banking Act 2014, art. 3", "R.26/26.1", {})
    assert listed.list_laws("AML Act 2019, art. 5; Banking Act 2014, art. 3") == "L-007"
    (section,) = listed.build_sections(())
    table = next(block for block in section.blocks if isinstance(block, DocumentTable))
    expected = ["L-007", "Anti-Money Laundering Act 2019", "law", "1 July 2019"]
    assert [cell.text for cell in table.rows[0].cells][:4] == expected
    assert table.rows[1].cells[0].text == "–"
