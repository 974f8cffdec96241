"""The cells of the sheets of costs and assistance that are written in another form than the value has."""

from __future__ import annotations

from fatf_kit.action_plan.needs.model import CostLine, CostRange, Need
from fatf_kit.action_plan.needs.schema import TIMES_NAMES
from fatf_kit.spreadsheets.writer import RowValues

_ONCE, _YEARLY = TIMES_NAMES


def list_cost_cells(line: CostLine) -> RowValues:
    """Return the cells of a line of cost."""
    return {
        "row": line.id,
        "times": None if line.is_yearly is None else _YEARLY if line.is_yearly else _ONCE,
        **_list_range_cells(line.days, "days_"),
        **_list_range_cells(line.amount, ""),
    }


def _list_range_cells(given: CostRange | None, prefix: str) -> RowValues:
    """Return the cells of a range: of one value the likely one alone, as people type it."""
    if given is None:
        return {}
    ends = {} if given.is_single else {f"{prefix}low": given.low, f"{prefix}high": given.high}
    return {f"{prefix}likely": given.likely, **ends}


def list_need_cells(need: Need) -> RowValues:
    """Return the cells of a need of assistance."""
    return {
        "need_id": need.id,
        "priority": None if need.priority is None else str(need.priority),
        "confidential": "yes" if need.is_confidential else None,
        "shareable": "yes" if need.is_shareable else None,
    }
