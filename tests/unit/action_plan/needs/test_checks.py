"""Each contradiction of costs and needs is a problem; the made-up register has only the note on what is not known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fatf_kit.action_plan.items.model import ItemRegister
from fatf_kit.action_plan.needs.checks import check_needs
from fatf_kit.action_plan.needs.model import CostLine, CostRange, Need
from tests.unit.action_plan.needs.registers import BANK, REGISTER, change_cost, change_need, make_facts


def _codes(register: ItemRegister) -> list[str]:
    return [one.code for one in check_needs(make_facts(register))]


def test_the_register_has_days_without_a_price_and_unknown_costs() -> None:
    """C-13 has days alone; four costs are not known, and one note counts them."""
    problems = check_needs(make_facts(REGISTER))
    assert [one.code for one in problems] == ["cost-days-only", "costs-unknown"]
    assert dict(problems[1].facts)["count"] == "4"
    assert "TA-008, TA-011, W-04 and PI-05" in problems[1].message
    assert check_needs(make_facts(replace(REGISTER, costs=(), needs=(), rates=()))) == ()


@pytest.mark.parametrize(
    ("place", "changes", "code"),
    [
        (1, {"currency": ""}, "cost-currency"),
        (0, {"rate": ""}, "cost-days-only"),
        (0, {"currency": "USD"}, "cost-currencies"),
        (0, {"amount": CostRange.of(7)}, "cost-both"),
        (1, {"is_yearly": None}, "cost-times"),
        (4, {"last": None}, "cost-years"),
        (4, {"last": 2020}, "cost-years"),
        (4, {"payer": ""}, "cost-payer"),
        (1, {"last": 2030}, "cost-last-year"),
    ],
)
def test_costs(place: int, changes: dict[str, object], code: str) -> None:
    """One problem more than before, with the cell of the line."""
    before, after = _codes(REGISTER), _codes(change_cost(place, **changes))
    assert after.count(code) == before.count(code) + 1


def test_a_yearly_cost_of_two_years_needs_no_payer() -> None:
    """The rule is about the years after the second."""
    assert "cost-payer" not in _codes(change_cost(4, payer="", last=2029))


@pytest.mark.parametrize(
    ("place", "changes", "code"),
    [
        (0, {"serves": ()}, "need-unserved"),
        (0, {"wanted_until": "2027-06"}, "need-late"),
        (3, {"status": "agreed"}, "need-unfunded"),
        (0, {"funded": 30001}, "need-overfunded"),
        (0, {"currency": ""}, "cost-currency"),
        (1, {"status": "delivered"}, "need-result"),
        (0, {"priority": 3, "reason": ""}, "need-priority"),
        (6, {"partner": BANK}, "need-twice"),
    ],
)
def test_needs(place: int, changes: dict[str, object], code: str) -> None:
    """One problem that the register did not have."""
    assert code not in _codes(REGISTER)
    assert _codes(change_need(place, **changes)).count(code) == 1


def test_neighbours_of_each_limit() -> None:
    """In the month of the deadline, funded as its highest cost, delivered with a result: nothing to say."""
    for changes in ({"wanted_until": "2027-05"}, {"funded": 30000}, {"status": "delivered"}, {"priority": 2}):
        assert _codes(change_need(0, **changes)) == ["cost-days-only", "costs-unknown"], changes


def test_a_plan_with_known_costs_has_no_note() -> None:
    """An item is known by the need that serves it."""
    need = Need(id="TA-001", serves=("PI-01",), kind="training")
    line = CostLine(id="C-01", target="TA-001", is_yearly=False, amount=CostRange.of(5), currency="EUR")
    register = ItemRegister(items=REGISTER.items[:1], needs=(need,), costs=(line,))
    assert _codes(register) == []
    assert _codes(replace(register, costs=(replace(line, amount=None),))) == ["costs-unknown"]
