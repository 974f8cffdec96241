"""The register as evidence: what it says about a cited instrument replaces what the answer leaves open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from fatf_kit.assessment.answers.evidence_facts import CitedInstrument, EvidenceFacts
from fatf_kit.assessment.answers.model import EvidenceKind
from fatf_kit.laws.evidence import apply_register
from fatf_kit.laws.matching import CitationMatcher
from fatf_kit.laws.model import EntryState, Instrument, InstrumentStatus, LawRegister, LinkScope, ProvisionLink
from tests.unit.laws.registers import AML, REGISTER


def _resolve(register: LawRegister, label: str, **facts: object) -> list[CitedInstrument]:
    cited = CitedInstrument(label=label, kind=None, **facts)  # type: ignore[arg-type]
    proof = EvidenceFacts(instruments={"R.10/10.2": (cited,)})
    found = apply_register(proof, register, CitationMatcher(register, "IRQ"))
    return list(found.instruments["R.10/10.2"])


def test_kind_and_date_come_from_the_register() -> None:
    """The answer gives neither."""
    (found,) = _resolve(REGISTER, "L-001 art. 12")
    assert (found.kind, found.in_force_from, found.law) == (EvidenceKind.LAW, date(2015, 11, 16), "L-001 art. 12")


def test_each_provision_has_its_own_dates() -> None:
    """Of two cited articles one has ended."""
    one, other = _resolve(REGISTER, "AML/CFT Law 39/2015, arts. 12 and 21", article="arts. 12 and 21")
    assert (one.law, one.in_force_until) == ("L-001 art. 12", None)
    assert (other.law, other.in_force_until) == ("L-001 arts. 20-25", date(2026, 6, 30))


def test_an_item_of_evidence_does_not_replace_the_article_that_the_answer_names() -> None:
    """The item is the law as a whole, so that it would show the criterion after the end of the article."""
    named = CitedInstrument(label="L-001 art. 12", kind=None, article="art. 12")
    item = CitedInstrument(
        label="AML/CFT Law 39/2015", kind=EvidenceKind.LAW, article="arts. 1-50", is_in_register=True
    )

    def resolve(*cited: CitedInstrument) -> list[str]:
        proof = EvidenceFacts(instruments={"R.10/10.2": cited})
        found = apply_register(proof, REGISTER, CitationMatcher(REGISTER, "IRQ"))
        return [one.law for one in found.instruments["R.10/10.2"]]

    assert resolve(named, item) == ["L-001 art. 12"]
    assert resolve(item) == ["L-001"]


def test_an_article_that_is_not_in_the_register_has_the_dates_of_its_instrument() -> None:
    """Provisions need not all be entered."""
    (found,) = _resolve(REGISTER, "L-001 art. 99")
    assert (found.law, found.in_force_from) == ("L-001", date(2015, 11, 16))


def test_a_bill_has_no_kind_so_that_it_shows_nothing() -> None:
    """It leads to a question."""
    (found,) = _resolve(REGISTER, "L-004 art. 1")
    assert found.kind is None


def test_a_repealed_instrument_without_a_last_day_does_not_count_at_all() -> None:
    """It ends with the first day that is known of it."""
    over = replace(AML, status=InstrumentStatus.REPEALED)
    (found,) = _resolve(LawRegister(instruments=(over,)), "L-001 art. 12")
    assert found.in_force_until == date(2015, 11, 16)


def test_a_proposed_instrument_changes_nothing() -> None:
    """Nobody has checked it."""
    register = LawRegister(instruments=(replace(AML, entry=EntryState.PROPOSED),))
    (found,) = _resolve(register, "AML/CFT Law 39/2015, art. 12")
    assert (found.kind, found.law) == (None, "")


def test_a_near_match_changes_nothing() -> None:
    """It is a question to the person who keeps the register."""
    (found,) = _resolve(REGISTER, "Criminal Procedure Code, art. 17(2)")
    assert found.law == ""


def test_a_checked_link_that_covers_all_is_on_file_without_a_citation() -> None:
    """A link that covers a part, or that was only proposed, is not."""
    links = (
        ProvisionLink(instrument="L-001", article="art. 12", requirement="R.20/20.1"),
        ProvisionLink(instrument="L-001", article="art. 12", requirement="R.20/20.2", scope=LinkScope.PART),
        ProvisionLink(instrument="L-001", article="art. 12", requirement="R.21/21.1", entry=EntryState.PROPOSED),
    )
    register = replace(REGISTER, links=links)
    found = apply_register(EvidenceFacts(), register, CitationMatcher(register, "IRQ"))
    assert [(name, one.law) for name, (one,) in found.instruments.items()] == [("R.20/20.1", "L-001 art. 12")]


def test_without_a_register_the_proof_is_the_same() -> None:
    """A folder without laws.xlsx."""
    proof = EvidenceFacts()
    assert apply_register(proof, LawRegister(), CitationMatcher(LawRegister(), None)) is proof


def test_an_adopted_law_applies_from_the_day_that_is_expected() -> None:
    """No day of entry into force is given yet."""
    later = Instrument(
        id="L-001",
        titles={"en": "A Law 2026"},
        kind=EvidenceKind.LAW,
        status=InstrumentStatus.ADOPTED,
        expected=date(2027, 9, 1),
    )
    (found,) = _resolve(LawRegister(instruments=(later,)), "L-001 art. 3")
    assert (found.kind, found.in_force_from) == (EvidenceKind.LAW, date(2027, 9, 1))
