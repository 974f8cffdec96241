"""The smallest sets of clauses that reach a target, against every set of clauses."""

from __future__ import annotations

from itertools import combinations

import pytest

from fatf_kit.core.errors import FatfKitError, UnknownIdError
from fatf_kit.core.ratings import COMPLIANCE_SCALE, ComplianceRating
from fatf_kit.framework import load_framework
from fatf_kit.laws import clause_search
from fatf_kit.laws.bill_effects import ClauseRater, RatingBasis, work_out_bills
from fatf_kit.laws.bills import Bill, BillEffects, ClauseSets, Scenario
from fatf_kit.laws.clause_search import read_target
from fatf_kit.outlook import load_rules
from fatf_kit.scoring.span import RangeEnd
from tests.unit.laws.bill_case import CUT_OFF, make_basis, make_bills


def _search(basis: RatingBasis, bills: list[Bill], text: str) -> BillEffects:
    return work_out_bills(basis, bills, target=read_target(text, basis.framework, basis.rules))


def _is_reached(scenario: Scenario, text: str, end: RangeEnd) -> bool:
    unit, _, wanted = text.partition("=")
    if wanted:
        rating = scenario.units[unit].counted.at(end)
        assert isinstance(rating, ComplianceRating)
        return COMPLIANCE_SCALE.index(rating) >= COMPLIANCE_SCALE.index(ComplianceRating(wanted))
    return not scenario.thresholds(worst=end is RangeEnd.WORST)


_TARGETS = (
    *((name, (3, 1)) for name in ("R.11=LC", "R.11=C", "R.9=LC", "R.21=C", "R.35=LC")),
    *(("regular", limits) for limits in ((1, 1), (2, 1), (3, 1), (4, 4))),
)


@pytest.mark.full(keep_every=3)
@pytest.mark.parametrize(("text", "limits"), _TARGETS)
@pytest.mark.parametrize("names", [("L-010",), ("L-012",), ("L-011", "L-012")])
def test_all_smallest_sets_are_counted(text: str, limits: tuple[int, int], names: tuple[str, ...]) -> None:
    """As many as trying every set finds, and the first of them in the order of the clauses; the draft is in time."""
    basis = make_basis(limits=limits)
    bills = [*make_bills(*names[:-1]), *make_bills(names[-1], in_force=CUT_OFF)]
    found = _search(basis, bills, text).sets
    assert found
    clauses = [clause for bill in bills for clause in bill.clauses]
    rater = ClauseRater(basis, bills)
    for end in RangeEnd:
        sets = found.at(end)
        for size in range(len(clauses) + 1):
            reached = [one for one in combinations(clauses, size) if _is_reached(rater.scenario(one), text, end)]
            if reached:
                assert (sets.size, sets.total, sets.first) == (size, len(reached), reached[0])
                break
        else:
            assert sets.size is None
        assert sets.is_exact


def test_several_smallest_sets_by_hand() -> None:
    """R.11 at LC needs 11.2 and 11.4 at mostly met: two clauses for each, so four sets of two."""
    found = _search(make_basis(), make_bills("L-012", in_force=CUT_OFF), "R.11=LC").sets
    assert found
    assert (found.worst.size, found.worst.total) == (2, 4)
    assert [one.label for one in found.worst.first] == ["art. 1", "art. 3"]


def test_a_target_that_is_reached_already_needs_no_clause() -> None:
    """The empty set is the only smallest one."""
    found = _search(make_basis(), make_bills("L-010"), "R.21=LC").sets
    assert found
    assert (found.worst.size, found.worst.total, found.worst.first) == (0, 1, ())


def test_thresholds_that_remain_are_named() -> None:
    """R.35 stays PC with all clauses, and R.21 falls."""
    found = _search(make_basis(limits=(1, 1)), make_bills("L-010"), "regular").sets
    assert found
    assert found.worst == ClauseSets(size=None, remaining=("low",))


def test_a_search_that_stops_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three sets are rated; then clauses are dropped from the last on while R.11 stays at LC."""
    monkeypatch.setattr(clause_search, "MOST_SETS", 3)
    found = _search(make_basis(), make_bills("L-012", in_force=CUT_OFF), "R.11=LC").sets
    assert found
    assert [one.label for one in found.worst.first] == ["art. 1", "art. 3"]
    assert not found.worst.is_exact


@pytest.mark.parametrize("text", ["R.24", "R.24=NC", "R.99=LC", "better", "R.24=XX"])
def test_targets_that_do_not_exist_are_refused(text: str) -> None:
    """With what is allowed."""
    with pytest.raises(UnknownIdError):
        read_target(text, load_framework("fatf-2022"), load_rules("fatf-2022"))


def test_an_outcome_is_no_target_of_a_bill() -> None:
    """No law changes it by itself."""
    with pytest.raises(FatfKitError, match=r"IO\.3"):
        read_target("IO.3=C", load_framework("fatf-2022"), load_rules("fatf-2022"))
