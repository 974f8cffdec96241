"""The sheets of assistance, costs and rates in action-plan.xlsx, declared with what is checked in a whole row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from fatf_kit.action_plan.items.plan_rows import PlanContext, list_numbers
from fatf_kit.action_plan.needs.model import CostLine, CostRange, Need, Rate
from fatf_kit.spreadsheets.declared_rows import DeclaredRow, SheetReader
from fatf_kit.spreadsheets.declared_sheets import DeclaredSheet


def _check_rate(row: DeclaredRow[PlanContext], rate: Rate) -> Rate:
    return replace(rate, amount=None) if _is_currency_unknown(row, rate.currency) else rate


def _check_need(row: DeclaredRow[PlanContext], need: Need) -> Need:
    return replace(need, funded=None) if _is_currency_unknown(row, need.currency) else need


def _check_cost(row: DeclaredRow[PlanContext], line: CostLine) -> CostLine:
    days, amount = _read_range(row, "days_"), _read_range(row, "")
    is_unknown = _is_currency_unknown(row, line.currency)
    return line if is_unknown else replace(line, days=days, amount=amount)


def _is_currency_unknown(row: DeclaredRow[PlanContext], currency: str) -> bool:
    """Return whether a currency is typed that is none, so that no amount of the row counts."""
    return bool(row.cells.text("currency")) and not currency


def _read_range(row: DeclaredRow[PlanContext], prefix: str) -> CostRange | None:
    """Return the three cells of a range; the likely value counts for an end that is blank."""
    low, likely, high = (row.cells.number(f"{prefix}{end}") for end in ("low", "likely", "high"))
    if likely is None:
        if (low is not None or high is not None) and not row.cells.has(f"{prefix}likely"):
            row.report("cost-likely", f"{prefix}likely")
        return None
    values = CostRange(low=likely if low is None else low, likely=likely, high=likely if high is None else high)
    if not values.low <= values.likely <= values.high:
        ends = {end: f"{getattr(values, end):.15g}" for end in ("low", "likely", "high")}
        row.report("cost-range", f"{prefix}low", **ends)
        return None
    return values


def _list_cost_cells(line: CostLine) -> Mapping[str, float]:
    return {**_list_range_cells(line.days, "days_"), **_list_range_cells(line.amount, "")}


def _list_range_cells(values: CostRange | None, prefix: str) -> Mapping[str, float]:
    """Return the cells of a range: of one value the likely one alone, as people type it."""
    if values is None:
        return {}
    ends = {} if values.is_single else {f"{prefix}low": values.low, f"{prefix}high": values.high}
    return {f"{prefix}likely": values.likely, **ends}


RATES = DeclaredSheet(
    name="plan_rates",
    row_type=Rate,
    title="Rates",
    about="The price of one day for each grade of staff and class of expert, with its source.",
    is_nameless=True,
    unique=("grade",),
    is_folded=True,
    twice="item-twice",
    check=_check_rate,
)
"""One row for each grade of staff or class of expert. It is empty by default, because no price is built in."""

COSTS = DeclaredSheet(
    name="plan_costs",
    row_type=CostLine,
    title="Costs",
    about="One row for each line of cost of an item, an action or a need: days and a rate, or an amount, as low, "
    "likely and high. fatf-kit has no prices of its own, and a cost that is not known is never zero.",
    is_nameless=True,
    unique=("id",),
    twice="item-twice",
    ref="target",
    check=_check_cost,
    cells=_list_cost_cells,
)
"""One row for each line of cost. Amounts are of one year where the cost returns every year."""

ASSISTANCE = DeclaredSheet(
    name="plan_needs",
    row_type=Need,
    title="Assistance",
    about="One row for each need and partner. Leave the partner blank while the need is open. Confidential rows "
    "are never in a partner's copy.",
    is_nameless=True,
    unique=("id",),
    twice="item-twice",
    check=_check_need,
)
"""One row for each need and partner: a need that two partners share has two rows."""


def read_costs(reader: SheetReader, context: PlanContext) -> tuple[CostLine, ...]:
    """Return the lines of cost of a workbook; those without a number get the numbers after the last one."""
    numbers = list_numbers((row.id for row in reader.book.rows.get(COSTS.name, ())), "C-")
    return tuple(line if line.id else replace(line, id=next(numbers)) for line in reader.read(COSTS, context))
