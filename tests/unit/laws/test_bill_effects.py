"""The effects of bills, against figures worked out by hand (see `bill_case` for those of today)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from fatf_kit.assessment.answers.evidence_facts import EvidenceFacts
from fatf_kit.core.errors import FatfKitError, UnknownIdError
from fatf_kit.laws.bill_effects import work_out_bills
from fatf_kit.laws.bills import find_clauses, read_bill
from fatf_kit.laws.legal_basis import find_start
from fatf_kit.laws.matching import CitationMatcher
from fatf_kit.laws.model import ClauseEffect
from fatf_kit.scoring import assess
from tests.unit.laws.bill_case import (
    CUT_OFF,
    MATCHER,
    MET,
    MOSTLY,
    NOT,
    REGISTER,
    describe,
    make_basis,
    make_bills,
    make_fact,
)

UNITS = ("R.9", "R.11", "R.21", "R.35")


def test_a_bill_with_all_clauses() -> None:
    """R.11: 300 + 210 + 200 + 140 of 10, none partly met: LC. R.21: 405 of 6, half partly met: PC."""
    found = work_out_bills(make_basis(), make_bills("L-010"))
    assert describe(found.now, *UNITS) == {"R.9": "PC", "R.11": "PC", "R.21": "C", "R.35": "PC"}
    assert describe(found.whole, *UNITS) == {"R.9": "C", "R.11": "LC", "R.21": "PC", "R.35": "PC"}
    assert found.moved == ("R.9", "R.11", "R.21")
    assert found.kept == found.whole
    assert [one.clause.id for one in found.changes if one.is_lower] == ["L-010 cl. 4"]


def test_each_clause_that_is_dropped() -> None:
    """R.11 needs both clauses: without cl. 1, 30 % is partly met or worse; without cl. 2, 20 % is not met."""
    found = work_out_bills(make_basis(), make_bills("L-010"))
    lost = {clause.label: describe(one, *found.whole.moves_to(one)) for clause, one in found.without}
    assert lost == {
        "cl. 1": {"R.11": "PC"},
        "cl. 2": {"R.11": "PC"},
        "cl. 3": {"R.9": "PC"},
        "cl. 4": {"R.21": "C"},
        "cl. 5": {},
    }


def test_clauses_have_the_headings_of_the_register() -> None:
    """A provision of the bill that changes no answer is a clause too."""
    (bill,) = make_bills("L-010")
    assert [(one.label, one.heading, len(one.effects)) for one in bill.clauses] == [
        ("cl. 1", "Keeping records", 1),
        ("cl. 2", "", 1),
        ("cl. 3", "", 1),
        ("cl. 4", "", 1),
        ("cl. 5", "Short title", 0),
    ]


def test_dropped_clauses_are_left_out_beforehand() -> None:
    """The cost of one more clause is then calculated without them."""
    bills = make_bills("L-010")
    found = work_out_bills(make_basis(), bills, dropped=find_clauses(["clause 2"], bills, None))
    assert describe(found.whole, "R.11") == {"R.11": "LC"}
    assert describe(found.kept, "R.11") == {"R.11": "PC"}
    assert "cl. 2" not in [clause.label for clause, _ in found.without]
    first = next(one for clause, one in found.without if clause.label == "cl. 1")
    assert first.units["R.11"] == found.now.units["R.11"]


@pytest.mark.parametrize(
    ("names", "in_force", "cut_off", "expected"),
    [
        # R.35: C is claimed, PC shown without the late bill; R.11: met instead of not met alone is still PC
        (("L-011",), None, CUT_OFF, {"R.9": "PC", "R.11": "PC", "R.21": "C", "R.35": "PC – C"}),
        (("L-011",), CUT_OFF, CUT_OFF, {"R.35": "C"}),  # the cut-off date itself is in time
        (("L-011",), date(2027, 3, 20), CUT_OFF, {"R.35": "PC – C"}),
        (("L-011",), None, None, {"R.35": "C"}),  # dates are not tested
        (("L-012",), None, CUT_OFF, {"R.11": "PC – C"}),  # a draft without a date counts as late
        # R.11 is LC by L-010, and stays LC where L-011 makes 11.4 met: 11.2 is only mostly met
        (("L-010", "L-011"), None, CUT_OFF, {"R.9": "C", "R.11": "LC", "R.21": "PC", "R.35": "PC – C"}),
    ],
)
def test_a_late_bill_raises_the_claim_and_the_best_end_only(
    names: tuple[str, ...], in_force: date | None, cut_off: date | None, expected: dict[str, str]
) -> None:
    """The day on which a bill comes into force decides whether the worst end moves too."""
    bills = make_bills(*names, in_force=in_force, cut_off=cut_off)
    found = work_out_bills(make_basis(cut_off=cut_off), bills)
    assert describe(found.kept, *expected) == expected


def test_what_is_known_of_late_bills() -> None:
    """The claim moves although the bill is late; a draft has no day."""
    found = work_out_bills(make_basis(), make_bills("L-011"))
    assert not found.bills[0].is_in_time
    assert found.kept.units["R.35"].claimed.describe() == "C"
    assert make_bills("L-012")[0].commencement is None


def test_a_late_clause_that_lowers_an_answer_lowers_the_claim_only() -> None:
    """The law of today still applies on the cut-off date."""
    effect = ClauseEffect(bill="L-011", clause="cl. 9", requirement="R.21/21.1", rating=NOT)
    register = replace(REGISTER, effects=(effect,))
    bill = read_bill("L-011", register, CitationMatcher(register, None), cut_off=CUT_OFF)
    found = work_out_bills(make_basis(), [bill])
    assert describe(found.kept, "R.21") == {"R.21": "C"}
    assert found.kept.units["R.21"].claimed.describe() == "PC"


def test_several_bills_together_and_apart() -> None:
    """Both change 11.4."""
    found = work_out_bills(make_basis(), make_bills("L-010", "L-011"))
    assert found.shared == ("R.11/11.4",)
    apart = {bill.id: describe(one, "R.11", "R.35") for bill, one in found.apart}
    assert apart == {"L-010": {"R.11": "LC", "R.35": "PC"}, "L-011": {"R.11": "PC", "R.35": "PC – C"}}


def test_the_late_bill_replaces_a_dropped_clause_at_the_best_end() -> None:
    """Without cl. 2 of L-010, 11.4 is met by L-011 if that is in force in time."""
    bills = make_bills("L-010", "L-011")
    found = work_out_bills(make_basis(), bills, dropped=find_clauses(["L-010 cl. 2"], bills, None))
    assert describe(found.kept, "R.11") == {"R.11": "PC – LC"}


def test_decisions_of_people_stay() -> None:
    """A decided criterion and a decided Recommendation keep their ratings, and the result names both."""
    basis = make_basis(decisions={"R.11/11.4": "not met", "R.9": "LC"})
    found = work_out_bills(basis, make_bills("L-010"))
    assert describe(found.whole, "R.9", "R.11") == {"R.9": "LC", "R.11": "PC"}
    assert found.decided_units == ("R.9",)
    assert [one.effect.requirement for one in found.changes if one.is_decided] == ["R.11/11.4"]


def test_an_adopted_law_can_be_brought_forward() -> None:
    """R.21/21.2 is proven by L-013 from June: not met to met, so PC – C today, and C if it is in force in time."""
    basis = make_basis(later=("R.21/21.2",))
    late = work_out_bills(basis, make_bills("L-013"))
    assert describe(late.now, "R.21") == describe(late.kept, "R.21") == {"R.21": "PC – C"}
    early = work_out_bills(basis, make_bills("L-013", in_force=date(2027, 3, 1)))
    assert describe(early.kept, "R.21") == {"R.21": "C"}


def test_a_regulation_comes_into_force_with_its_act() -> None:
    """R.9 rests on a regulation of 2019 under L-013. Brought forward to February, the act takes it into time."""
    rule = replace(REGISTER.by_id["L-002"], made_under=("L-013",))
    act = REGISTER.by_id["L-013"]
    register = replace(REGISTER, instruments=(act, rule))
    late = replace(make_fact("L-002 art. 1"), in_force_from=find_start(register, rule, None))
    assert late.in_force_from == act.in_force_from == date(2027, 6, 1)
    basis = make_basis()
    proof = EvidenceFacts(instruments={**basis.proof.instruments, "R.9/9.1": (late,)})
    now = assess(basis.framework, basis.responses, basis.policy, facts=proof, cut_off=CUT_OFF)
    basis = replace(basis, register=register, proof=proof, now=now)
    for day, expected in ((date(2027, 2, 1), "PC"), (date(2027, 5, 1), "NC – PC")):
        (bill,) = make_bills("L-013", in_force=day)
        assert describe(work_out_bills(basis, [bill]).whole, "R.9") == {"R.9": expected}


def test_a_part_counts_within_its_criterion() -> None:
    """R.19/19.2 has two ordinary parts: met and not met are partly met. An answer to the whole is above them."""
    effects = [
        ClauseEffect(bill="L-010", clause="cl. 1", requirement=f"R.19/{name}", rating=rating)
        for name, rating in (("19.1", MET), ("19.2(a)", MET), ("19.2(b)", NOT), ("19.3", MET))
    ]
    whole = ClauseEffect(bill="L-010", clause="cl. 2", requirement="R.19/19.2", rating=MOSTLY)
    register = replace(REGISTER, provisions=(), effects=(*effects, whole))
    bill = read_bill("L-010", register, CitationMatcher(register, None), cut_off=CUT_OFF)
    found = work_out_bills(make_basis(), [bill])
    (first, _), (second, by_parts) = found.without
    assert (first.label, second.label) == ("cl. 1", "cl. 2")
    assert describe(by_parts, "R.19") == {"R.19": "PC"}  # 3 of 10 are partly met
    assert describe(found.kept, "R.19") == {"R.19": "LC"}


def test_outcomes_are_named_and_not_calculated() -> None:
    """IO.3 rests on R.9, R.11 and R.21; no outcome moves."""
    found = work_out_bills(make_basis(), make_bills("L-010"))
    assert ("IO.3", ("R.9", "R.11", "R.21")) in found.outcomes
    assert all(found.now.units[name] == found.kept.units[name] for name, _ in found.outcomes)


def test_thresholds_follow_the_ratings() -> None:
    """Three of four Recommendations are PC today; with the bill R.21 and R.35 are."""
    found = work_out_bills(make_basis(limits=(3, 1)), make_bills("L-010"))
    assert found.now.thresholds(worst=True) == ("low",)
    assert found.kept.thresholds(worst=True) == ()


def test_names_that_are_not_usable_are_refused() -> None:
    """Each with what is allowed."""
    bills = make_bills("L-010", "L-011")
    with pytest.raises(FatfKitError, match="L-001 is not a bill"):
        make_bills("L-001")
    with pytest.raises(UnknownIdError, match="L-099"):
        read_bill("L-099", REGISTER, MATCHER, cut_off=CUT_OFF)
    with pytest.raises(UnknownIdError, match=r"L-010 cl\. 1"):
        find_clauses(["cl. 77"], bills, None)
    with pytest.raises(FatfKitError, match="Name the bill too"):
        find_clauses(["cl. 1"], bills, None)
