"""The cost of the end of a law, against figures worked out by hand (see `bill_case` for those of today)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fatf_kit.assessment.answers.evidence_facts import EvidenceFacts
from fatf_kit.assessment.answers.model import EvidenceKind
from fatf_kit.core.errors import FatfKitError
from fatf_kit.laws.bill_effects import RatingBasis
from fatf_kit.laws.repeal import RepealEffects, work_out_repeal
from tests.unit.laws.bill_case import REGISTER, describe, make_basis

LAW = REGISTER.by_id["L-001"]


def _without(article: str = "", basis: RatingBasis | None = None) -> RepealEffects:
    return work_out_repeal(basis or make_basis(), LAW, article, None)


def test_a_whole_law_ends() -> None:
    """R.11 has no other proof: its criteria are not met, so NC at both ends. R.21 keeps C by the other law."""
    found = _without()
    assert found.moved == ("R.11",)
    assert describe(found.after, "R.11", "R.21") == {"R.11": "NC", "R.21": "C"}
    assert found.after.units["R.11"].claimed == found.now.units["R.11"].claimed
    assert [one.requirement for one in found.unproven] == ["R.11/11.1", "R.11/11.2", "R.11/11.3"]
    assert {one.requirement: one.others for one in found.criteria if not one.is_lost} == {
        "R.21/21.1": ("L-002 art. 2",)
    }


def test_one_article_ends() -> None:
    """11.1 is not met: 305 points of 10 are still PC, so no rating changes, but a criterion has no proof."""
    found = _without("Article 5")
    assert found.moved == ()
    (lost,) = found.criteria
    assert (lost.requirement, lost.is_lost, lost.after.describe()) == ("R.11/11.1", True, "not met")
    assert str(lost.status) == "no longer in force"


def test_another_article_ends_nothing() -> None:
    """Nothing cites it."""
    found = _without("art. 50")
    assert (found.moved, found.criteria) == ((), ())


@pytest.mark.parametrize("article", ["art. 5", "arts. 4-6", "art. 5 and art. 77"])
def test_an_article_within_what_ends_ends(article: str) -> None:
    """The citation is of art. 5(2)."""
    basis = make_basis()
    facts = dict(basis.proof.instruments)
    facts["R.11/11.1"] = (replace(facts["R.11/11.1"][0], law="L-001 art. 5(2)", article="art. 5(2)"),)
    found = _without(article, replace(basis, proof=EvidenceFacts(instruments=facts)))
    assert "R.11/11.1" in [one.requirement for one in found.unproven]


def test_a_wider_citation_does_not_end_with_one_article() -> None:
    """The answer names the articles 1 to 96 of the law."""
    basis = make_basis()
    facts = dict(basis.proof.instruments)
    facts["R.11/11.1"] = (replace(facts["R.11/11.1"][0], law="L-001", article="arts. 1-96"),)
    assert _without("art. 5", replace(basis, proof=EvidenceFacts(instruments=facts))).criteria == ()


def test_without_a_cut_off_date_the_proof_is_left_out() -> None:
    """Dates are not tested, but the law is gone."""
    found = _without(basis=make_basis(cut_off=None))
    assert describe(found.after, "R.11") == {"R.11": "NC"}


def test_a_claim_that_something_else_may_carry_stays_the_best_case() -> None:
    """11.1 also cites a text whose article is open, 11.3 a guideline: the first may be met, the second is not."""
    basis = make_basis()
    law, *_ = basis.proof.instruments["R.11/11.1"]
    open_text = replace(law, label="Banking Act", law="L-002", article="")
    guideline = replace(law, label="Guideline", law="", kind=EvidenceKind.GUIDANCE)
    facts = dict(basis.proof.instruments)
    facts["R.11/11.1"] += (open_text,)
    facts["R.11/11.3"] += (guideline,)
    found = _without(basis=replace(basis, proof=EvidenceFacts(instruments=facts)))
    ends = {one.requirement: one.after.describe() for one in found.criteria}
    assert (ends["R.11/11.1"], ends["R.11/11.3"]) == ("mostly met – met", "not met")


def make_chain() -> RatingBasis:
    """The case in which L-002 is a regulation made under L-001, and L-003 an instruction made under L-002."""
    rule = replace(REGISTER.by_id["L-002"], kind=EvidenceKind.REGULATION, made_under=("L-001",))
    instruction = replace(rule, id="L-003", made_under=("L-002",))
    register = replace(REGISTER, instruments=(LAW, rule, instruction))
    basis = make_basis()
    facts = dict(basis.proof.instruments)
    facts["R.21/21.2"] = (replace(facts["R.21/21.2"][0], law="L-003 art. 1"),)
    return replace(basis, register=register, proof=EvidenceFacts(instruments=facts))


def test_an_act_takes_its_regulations_along() -> None:
    """Everything of the case rests on L-001 then, the instruction through the regulation. R.35 lacks both criteria."""
    found = _without(basis=make_chain())
    assert [one.id for one in found.along] == ["L-002", "L-003"]
    assert describe(found.after, "R.9", "R.11", "R.21", "R.35") == dict.fromkeys(("R.9", "R.11", "R.21", "R.35"), "NC")
    assert {one.others for one in found.criteria} == {()}


def test_with_an_article_the_regulations_stay() -> None:
    """Whether they are made under that article is not recorded."""
    found = _without("art. 9", basis=make_chain())
    assert (found.along, found.moved) == ((), ())
    (kept,) = found.criteria
    assert (kept.requirement, kept.others) == ("R.21/21.1", ("L-002 art. 2",))


def test_the_end_of_a_regulation_leaves_its_act() -> None:
    """L-002 and the instruction under it fall; L-001 keeps R.11."""
    basis = make_chain()
    found = work_out_repeal(basis, basis.register.by_id["L-002"], "", None)
    assert [one.id for one in found.along] == ["L-003"]
    assert "R.11" not in found.moved
    assert {"R.9", "R.35"} <= set(found.moved)


def test_decisions_of_people_stay() -> None:
    """The answer that was decided counts, and has no proof all the same."""
    found = _without("art. 5", make_basis(decisions={"R.11/11.1": "met"}))
    (lost,) = found.criteria
    assert (lost.is_decided, lost.is_lost, lost.after.describe()) == (True, True, "met")


def test_what_is_not_law_yet_and_what_is_no_article_are_refused() -> None:
    """A bill proves nothing."""
    with pytest.raises(FatfKitError, match="L-010 is not law yet"):
        work_out_repeal(make_basis(), REGISTER.by_id["L-010"], "", None)
    with pytest.raises(FatfKitError, match="'chapter' is not an article"):
        _without("chapter")
