"""Sums, gaps, priorities and what is not known, worked out by hand for the made-up register."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fatf_kit.action_plan.items.model import CycleRecord
from fatf_kit.action_plan.needs.costing import add_up, price_line, price_lines, round_amount, sum_by, sum_by_year
from fatf_kit.action_plan.needs.matrix import NeedMatrix, build_matrix
from fatf_kit.action_plan.needs.model import CostLine, CostRange, Rate
from fatf_kit.action_plan.needs.partner_copy import select_for_partner
from fatf_kit.action_plan.needs.texts import describe_range, list_groupings, list_unknown
from fatf_kit.core.messages import Translator
from tests.unit.action_plan.needs.registers import BANK, FUND, REGISTER, STATE, make_facts, span

T = Translator("en")
EUR_ONCE = span(624e3, 875e3, 1333e3)
"""15+12+4+60+300+100+8+90+20+15, 20+15+5+80+400+200+10+100+30+15, 30+20+6+100+600+400+12+110+40+15 thousand."""
EUR_YEARLY = span(216e3, 267e3, 318e3)
"""Three years of 12+60, 14+75, 16+90 thousand."""


def _matrix(**changes: object) -> NeedMatrix:
    register = replace(REGISTER, **changes)  # type: ignore[arg-type]
    return build_matrix(register, make_facts(register))


def _sums(key: str) -> dict[tuple[str, str | None], CostRange | None]:
    matrix = _matrix()
    group_of = next(one for name, _, one in list_groupings(matrix, T) if name == key)
    return {(one.group, one.currency): one.amount for one in sum_by(matrix.lines, group_of)}


def test_days_times_rate_and_years() -> None:
    """40 days of 500; a yearly cost counts once for each year."""
    lines = {one.line.id: one for one in price_lines(REGISTER)}
    assert lines["C-01"].total == span(15e3, 20e3, 30e3)
    assert lines["C-05"].total == span(36e3, 42e3, 48e3)
    assert lines["C-05"].years == (2028, 2029, 2030)
    assert lines["C-13"].total is None
    assert lines["C-15"].is_paid_already


def test_the_whole() -> None:
    """Currencies are never added up, and the time of own staff is in no sum."""
    matrix = _matrix()
    assert add_up(matrix.lines) == {"EUR": EUR_ONCE + EUR_YEARLY, "USD": CostRange.of(6000)}
    assert add_up(matrix.paid_already) == {"EUR": CostRange.of(6000)}
    assert sum(one.total is None for one in matrix.lines) == 1


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (
            "times",
            {
                ("paid once", "EUR"): EUR_ONCE,
                ("paid once", "USD"): CostRange.of(6000),
                ("paid every year", "EUR"): EUR_YEARLY,
            },
        ),
        (
            "funding",
            {
                ("partner, agreed", "EUR"): span(27e3, 35e3, 50e3),
                ("state budget, voted", "EUR"): span(4e3, 5e3, 6e3),
                ("partner, offered", "EUR"): span(158e3, 190e3, 222e3),
                ("partner, offered", "USD"): CostRange.of(6000),
                ("state budget, asked for", "EUR"): span(36e3, 42e3, 48e3),
                ("open", "EUR"): span(300e3, 400e3, 600e3),
                ("not stated", "EUR"): span(315e3, 470e3, 725e3),
            },
        ),
        (
            "payer",
            {
                (FUND, "EUR"): span(75e3, 100e3, 130e3),
                (FUND, "USD"): CostRange.of(6000),
                (BANK, "EUR"): span(110e3, 125e3, 142e3),
                (STATE, "EUR"): span(220e3, 272e3, 324e3),
                ("open", "EUR"): span(435e3, 645e3, 1055e3),
            },
        ),
    ],
)
def test_sums_by_group(key: str, expected: dict[tuple[str, str], CostRange]) -> None:
    """Each sum by hand; lines that are not known are in none."""
    assert _sums(key) == expected


def test_every_grouping_adds_up_to_the_whole() -> None:
    """No line is lost or counted twice, and the line that is not known is in each grouping once."""
    matrix = _matrix()
    for _, title, group_of in list_groupings(matrix, T):
        groups = sum_by(matrix.lines, group_of)
        total = sum(one.amount.likely for one in groups if one.amount and one.currency == "EUR")
        assert total == 1142e3, title
        assert sum({one.group: one.unknown for one in groups}.values()) == 1, title


def test_sums_by_year() -> None:
    """2027: 20+15+5+10+30+15 thousand once; 2028: 80+400+200+100 once and 14 of three years."""
    found = {(one.year, one.currency): (one.once.likely, one.yearly.likely) for one in sum_by_year(_matrix().lines)}
    assert found == {
        (2027, "EUR"): (95e3, 0),
        (2028, "EUR"): (780e3, 14e3),
        (2029, "EUR"): (0, 89e3),
        (2030, "EUR"): (0, 89e3),
        (2031, "EUR"): (0, 75e3),
        (2027, "USD"): (6000, 0),
    }


@pytest.mark.parametrize("status", ["declined", "dropped"])
def test_a_need_that_ended_is_no_money(status: str) -> None:
    """TA-001 (20 thousand, 24 funded) and TA-005 (400 and 200 once, 225 in three years) are in no sum and no gap."""
    needs = tuple(replace(one, status=status) if one.id in ("TA-001", "TA-005") else one for one in REGISTER.needs)
    matrix = _matrix(needs=needs)
    assert add_up(matrix.lines)["EUR"].likely == 1142e3 - 20e3 - 600e3 - 225e3
    assert sum(one.yearly.likely for one in sum_by_year(matrix.lines)) == 42e3
    rows = {row.need.id: row for row in matrix.rows}
    assert [(rows[name].cost.funded, rows[name].cost.gap) for name in ("TA-001", "TA-005")] == [({}, {}), ({}, {})]
    assert rows["TA-005"].cost.sums["EUR"].likely == 825e3
    copy = select_for_partner(matrix, FUND)
    assert next(row for row in copy.rows if row.need.id == "TA-001").cost == rows["TA-001"].cost
    assert "C-01" not in [one.line.id for one in copy.lines]


def test_gaps_are_never_below_zero_and_unknown_where_the_cost_is() -> None:
    """24,000 is funded of a likely cost of 20,000; of TA-004 nothing is certain; TA-008 has no line."""
    rows = {row.need.id: row for row in _matrix().rows}
    assert (rows["TA-001"].cost.funded, rows["TA-001"].cost.gap) == ({"EUR": 24000}, {"EUR": 0})
    assert (rows["TA-003"].cost.funded, rows["TA-003"].cost.gap) == ({"EUR": 5000}, {"EUR": 0})
    assert rows["TA-004"].cost.gap == {"EUR": 122e3}
    assert not rows["TA-008"].cost.is_known
    assert rows["TA-008"].cost.gap == {}
    assert rows["TA-011"].cost.gap == {}


def test_what_is_not_known_is_counted() -> None:
    """Needs without a line or with days alone; W-04 has neither a need nor a line; PI-05 has nothing at all."""
    unknown = _matrix().unknown
    assert (unknown.needs, unknown.needs_of) == (("TA-008", "TA-011"), 12)
    assert (unknown.actions, unknown.actions_of) == (("W-04",), 4)
    assert (unknown.items, unknown.items_of) == (("PI-05",), 1)
    assert next(iter(list_unknown(_matrix(), T))) == "Needs whose costs are not known: 2 of 12 (TA-008 and TA-011)"


@pytest.mark.parametrize(
    ("need", "rule"),
    [("TA-001", 1), ("TA-002", 2), ("TA-003", 4), ("TA-004", 3), ("TA-005", 1), ("TA-006", 3), ("TA-011", 1)],
)
def test_the_rule_of_priority(need: str, rule: int) -> None:
    """PI-01 is due by the second cycle (June 2027), PI-03 is about R.6, PI-02 about IO.7, PI-04 about nothing."""
    assert next(row for row in _matrix().rows if row.need.id == need).rule == rule


def test_priority_follows_decisions_thresholds_and_waiting_actions() -> None:
    """An item decided as done is not critical; a unit that crosses a threshold is high; one at its best is not."""
    done = CycleRecord(id="1", item="PI-01", cycle="2027-02", plan="icrg", decided="addressed")
    register = replace(REGISTER, records=(done,))
    item = register.by_id["PI-01"]
    assert make_facts(register).rate_item(item) == 3
    assert make_facts(register, crossing={"IO.5"}).rate_item(item) == 2
    assert make_facts(register, best={"IO.5", "R.24"}).rate_item(item) == 4
    waiting = replace(REGISTER.work[2], own=("A-003",))
    assert make_facts(REGISTER).rate_action(waiting) == 3
    assert make_facts(REGISTER, blocking={"A-003"}).rate_action(waiting) == 1


def test_two_cycles_without_cycles_in_the_workbook() -> None:
    """The next two Plenaries after November 2026."""
    register = replace(REGISTER, cycles=())
    assert make_facts(register).last_critical_cycle == "2027-06"


def test_lists_for_the_coordinator() -> None:
    """Two partners offer training for W-03; W-04 is critical; the request of June has no answer."""
    matrix = _matrix()
    assert [(one.id, other.id) for one, other in matrix.double_offers] == [("TA-006", "TA-007")]
    # An item need covers the actions of its item, so without the translation of PI-01 only W-04 is left.
    assert matrix.uncovered == ()
    fewer = _matrix(needs=tuple(one for one in REGISTER.needs if one.id != "TA-011"))
    assert [(one.work.id, one.has_means) for one in fewer.uncovered] == [("W-04", False)]
    assert [one.id for one in matrix.unanswered] == ["TA-005"]
    assert [one.id for one in matrix.without_action] == ["TA-002", "TA-010"]


def test_own_means_are_lines_with_certain_money() -> None:
    """The budget is voted."""
    line = CostLine(
        id="C-20", target="W-04", amount=CostRange.of(10), is_yearly=False, currency="EUR", funding="budget-voted"
    )
    needs = tuple(one for one in REGISTER.needs if one.id != "TA-011")
    assert [one.has_means for one in _matrix(needs=needs, costs=(line,)).uncovered] == [True]
    asked = replace(line, funding="budget-asked")
    assert [one.has_means for one in _matrix(needs=needs, costs=(asked,)).uncovered] == [False]


def test_what_the_open_part_serves_is_a_range() -> None:
    """Of PI-02 the only action is named by open needs; PI-01 has two actions that no open need names."""
    matrix = _matrix()
    served = matrix.find_served(matrix.pending)
    assert served.items == ("PI-01", "PI-02", "PI-03", "PI-04")
    assert served.items_for_certain == ("PI-02",)
    assert served.units == ("R.24", "IO.5", "IO.7", "R.6")
    assert served.units_for_certain == ("IO.7",)


def test_an_amount_counts_before_days_and_a_rate_gives_its_currency() -> None:
    """Of both the typed amount is used."""
    rates = {"expert": Rate(grade="Expert", amount=100, currency="USD")}
    line = CostLine(id="C-01", target="W-01", is_yearly=False, days=CostRange.of(3), rate="Expert", currency="EUR")
    assert (price_line(line, rates).total, price_line(line, rates).currency) == (CostRange.of(300), "USD")
    typed = replace(line, amount=CostRange.of(50))
    assert (price_line(typed, rates).total, price_line(typed, rates).currency) == (CostRange.of(50), "EUR")


@pytest.mark.parametrize(
    "changes",
    [{"currency": ""}, {"is_yearly": None}, {"is_yearly": True, "last": None}, {"is_yearly": True, "last": 2026}],
)
def test_what_lacks_a_fact_has_no_total(changes: dict[str, object]) -> None:
    """Never zero."""
    line = CostLine(
        id="C-01", target="W-01", is_yearly=False, first=2027, last=2028, amount=CostRange.of(5), currency="EUR"
    )
    assert price_line(line, {}).total == CostRange.of(5)
    assert price_line(replace(line, **changes), {}).total is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "rounded"), [(0, 0), (7, 7), (14, 14), (123, 120), (1250, 1300), (999, 1000), (1142e3, 1100e3)]
)
def test_amounts_in_texts_have_two_significant_figures(value: float, rounded: float) -> None:
    """Sheets have them as they are."""
    assert round_amount(value) == rounded
    assert describe_range(span(840e3, 1142e3, 1651e3), "EUR", T) == "840,000 to 1,700,000 EUR, likely 1,100,000"
