"""The cost of the end of a law, against figures worked out by hand (see `bill_case` for those of today)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fatf_kit.assessment.answers.evidence_facts import EvidenceFacts
from fatf_kit.core.errors import FatfKitError
from fatf_kit.laws.bill_effects import RatingBasis
from fatf_kit.laws.repeal import RepealEffects, work_out_repeal
from tests.unit.laws.bill_case import REGISTER, describe, make_basis

LAW = REGISTER.by_id["L-001"]


def _without(article: str = "", basis: RatingBasis | None = None) -> RepealEffects:
    return work_out_repeal(basis or make_basis(), LAW, article, None)


def test_a_whole_law_ends() -> None:
    """R.11 has no other proof: its criteria may be not met, so NC. R.21 keeps C by the other law."""
    found = _without()
    assert found.moved == ("R.11",)
    assert describe(found.after, "R.11", "R.21") == {"R.11": "NC – PC", "R.21": "C"}
    assert [one.requirement for one in found.unproven] == ["R.11/11.1", "R.11/11.2", "R.11/11.3"]
    assert {one.requirement: one.others for one in found.criteria if not one.is_lost} == {
        "R.21/21.1": ("L-002 art. 2",)
    }


def test_one_article_ends() -> None:
    """11.1 may be not met: 305 points of 10 are still PC, so no rating changes, but a criterion has no proof."""
    found = _without("Article 5")
    assert found.moved == ()
    (lost,) = found.criteria
    assert (lost.requirement, lost.is_lost, lost.after.describe()) == ("R.11/11.1", True, "not met – met")
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
    assert describe(found.after, "R.11") == {"R.11": "NC – PC"}


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
