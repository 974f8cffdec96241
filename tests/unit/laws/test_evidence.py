"""The register as evidence: what it says about a cited instrument replaces what the answer leaves open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from fatf_kit.assessment.answers.evidence_facts import CitedInstrument, EvidenceFacts
from fatf_kit.assessment.answers.model import EvidenceKind
from fatf_kit.core.ratings import CriterionRating
from fatf_kit.framework.model import ShownBy
from fatf_kit.laws.evidence import apply_register
from fatf_kit.laws.matching import CitationMatcher
from fatf_kit.laws.model import EntryState, Instrument, InstrumentStatus, LawRegister, LinkScope, ProvisionLink
from fatf_kit.scoring.evidence import EvidenceStatus, criterion_evidence, worst_of_criterion
from fatf_kit.scoring.policy import load_policy
from fatf_kit.scoring.proof import Proof
from tests.unit.laws.registers import AML, BILL, CODE, REGISTER, RULES


def _resolve(register: LawRegister, label: str, **facts: object) -> list[CitedInstrument]:
    cited = CitedInstrument(label=label, kind=None, **facts)  # type: ignore[arg-type]
    proof = EvidenceFacts(instruments={"R.10/10.2": (cited,)})
    found = apply_register(proof, register, CitationMatcher(register, "IRQ"))
    return list(found.instruments["R.10/10.2"])


OVER = replace(AML, status=InstrumentStatus.REPEALED)
LATER = replace(AML, status=InstrumentStatus.ADOPTED, in_force_from=None, expected=date(2027, 9, 1))
PROPOSED = replace(AML, entry=EntryState.PROPOSED)


@pytest.mark.parametrize(
    ("instruments", "label", "expected"),
    [
        ((AML,), "L-001 art. 12", {"kind": EvidenceKind.LAW, "in_force_from": date(2015, 11, 16), "law": "L-001"}),
        ((BILL,), "L-004 art. 1", {"kind": None}),  # it leads to a question
        ((OVER,), "L-001 art. 12", {"in_force_until": date(2015, 11, 16)}),  # the first day that is known of it
        ((LATER,), "L-001 art. 3", {"kind": EvidenceKind.LAW, "in_force_from": date(2027, 9, 1)}),
        ((PROPOSED,), "AML/CFT Law 39/2015, art. 12", {"kind": None, "law": ""}),  # nobody has checked it
        ((CODE,), "Criminal Procedure Code, art. 17(2)", {"law": ""}),  # a near match is a question
    ],
)
def test_kind_and_dates_come_from_the_register(
    instruments: tuple[Instrument, ...], label: str, expected: dict[str, object]
) -> None:
    """The answer gives neither; provisions need not be entered."""
    (found,) = _resolve(LawRegister(instruments=instruments), label)
    assert {name: getattr(found, name) for name in expected} == expected


UNKINDED = LawRegister(instruments=(replace(AML, kind=None),))
"""A checked row whose kind nobody has chosen."""


@pytest.mark.parametrize("is_certain", [True, False])
def test_a_kind_that_the_register_leaves_open_stays_open(is_certain: bool) -> None:
    """Neither a word of the citation nor an unconfirmed word of the country settles it; the range stays wide."""
    cited = CitedInstrument(
        label="AML/CFT Law 39/2015, art. 12", kind=EvidenceKind.LAW, has_certain_kind=is_certain, article="art. 12"
    )
    found = apply_register(
        EvidenceFacts(instruments={"R.3/3.1": (cited,)}), UNKINDED, CitationMatcher(UNKINDED, "IRQ")
    ).instruments["R.3/3.1"]
    assert [one.law for one in found] == ["L-001"]
    rules = load_policy().proof
    proof = Proof(shown_by=(ShownBy.LAW,), rules=rules)
    evidence = criterion_evidence(found, CriterionRating.MET, date(2027, 3, 19), proof, has_reason=True)
    assert evidence.status is EvidenceStatus.UNKNOWN_KIND
    assert worst_of_criterion(CriterionRating.MET, evidence.status, rules) is CriterionRating.NOT_MET


def test_a_kind_that_was_chosen_for_an_item_of_evidence_is_certain() -> None:
    """Somebody chose it from the list, so a register that leaves it open does not ask again."""
    item = CitedInstrument(label="AML/CFT Law 39/2015", kind=EvidenceKind.LAW, is_in_register=True)
    (found,) = apply_register(
        EvidenceFacts(instruments={"R.3/3.1": (item,)}), UNKINDED, CitationMatcher(UNKINDED, "IRQ")
    ).instruments["R.3/3.1"]
    assert (found.law, found.kind, found.has_certain_kind) == ("L-001", EvidenceKind.LAW, True)


def test_a_provision_of_the_register_is_named() -> None:
    """Not only its instrument."""
    (found,) = _resolve(REGISTER, "L-001 art. 12")
    assert found.law == "L-001 art. 12"


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


def test_two_items_of_one_law_both_count() -> None:
    """Each has its own article; which of them is first on the sheet does not decide."""
    items = tuple(
        CitedInstrument(label="L-001", kind=EvidenceKind.LAW, article=article, is_in_register=True)
        for article in ("art. 3", "art. 5")
    )
    proof = EvidenceFacts(instruments={"R.10/10.2": items})
    found = apply_register(proof, REGISTER, CitationMatcher(REGISTER, "IRQ")).instruments["R.10/10.2"]
    assert [one.article for one in found] == ["art. 3", "art. 5"]


def test_a_checked_link_that_covers_all_is_on_file_without_a_citation() -> None:
    """A link that covers a part, or that was only proposed, is not."""
    link = ProvisionLink(instrument="L-001", article="art. 12", requirement="R.20/20.1")
    part = replace(link, requirement="R.20/20.2", scope=LinkScope.PART)
    proposed = replace(link, requirement="R.21/21.1", entry=EntryState.PROPOSED)
    register = replace(REGISTER, links=(link, part, proposed))
    found = apply_register(EvidenceFacts(), register, CitationMatcher(register, "IRQ"))
    assert [(name, one.law) for name, (one,) in found.instruments.items()] == [("R.20/20.1", "L-001 art. 12")]


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        ({}, (date(2021, 4, 1), None)),
        ({"in_force_until": date(2026, 12, 31)}, (date(2021, 4, 1), date(2026, 12, 31))),
        ({"status": InstrumentStatus.REPEALED}, (date(2021, 4, 1), date(2015, 11, 16))),
        ({"in_force_from": date(2022, 1, 1)}, (date(2022, 1, 1), None)),
        ({"in_force_from": None}, (date(2021, 4, 1), None)),
        (
            {"status": InstrumentStatus.ADOPTED, "in_force_from": None, "expected": date(2027, 9, 1)},
            (date(2027, 9, 1), None),
        ),
        ({"status": InstrumentStatus.REPEALED, "entry": EntryState.PROPOSED}, (date(2021, 4, 1), None)),
    ],
)
def test_a_regulation_applies_while_its_act_does(act: dict[str, object], expected: tuple[date, date | None]) -> None:
    """It has its own dates within those of the act; what is only proposed of the act changes nothing."""
    changed = replace(AML, **act)  # type: ignore[arg-type]
    register = LawRegister(instruments=(changed, replace(RULES, made_under=("L-001",))))
    (fact,) = _resolve(register, "L-003 art. 4")
    assert (fact.in_force_from, fact.in_force_until) == expected


def test_what_is_made_under_a_bill_is_not_law_yet() -> None:
    """A regulation can be drafted before its act is passed; it has no kind, so the agency gets a question."""
    register = LawRegister(instruments=(BILL, replace(RULES, made_under=("L-004",))))
    (fact,) = _resolve(register, "L-003 art. 4")
    assert fact.kind is None


def test_without_a_register_the_proof_is_the_same() -> None:
    """A folder without laws.xlsx."""
    proof = EvidenceFacts()
    assert apply_register(proof, LawRegister(), CitationMatcher(LawRegister(), None)) is proof
