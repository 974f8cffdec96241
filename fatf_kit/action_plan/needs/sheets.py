"""The rows of the sheets of rates, costs and assistance as they are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from fatf_kit.action_plan.needs.model import CostLine, CostRange, Need, Rate
from fatf_kit.action_plan.needs.schema import TIMES_NAMES
from fatf_kit.spreadsheets.sheet import CellValue

_Row = Mapping[str, CellValue | None]
_ONCE, _YEARLY = TIMES_NAMES


def list_rate_rows(rates: Iterable[Rate]) -> Iterator[_Row]:
    """Yield the rows of the sheet of rates."""
    for one in rates:
        yield {
            "grade": one.grade,
            "amount": one.amount,
            "currency": one.currency,
            "year": one.base_year,
            "rate_source": one.source,
        }


def list_cost_rows(lines: Iterable[CostLine]) -> Iterator[_Row]:
    """Yield the rows of the sheet of costs."""
    for one in lines:
        yield {
            "row": one.id,
            "target": one.target,
            "kind": one.kind,
            "what": one.what,
            "times": None if one.is_yearly is None else _YEARLY if one.is_yearly else _ONCE,
            "first": one.first,
            "last": one.last,
            **_list_range_cells(one.days, "days_"),
            "rate": one.rate,
            **_list_range_cells(one.amount, ""),
            "currency": one.currency,
            "source": one.source,
            "assumptions": one.assumptions,
            "funding": one.funding,
            "payer": one.payer,
        }


def _list_range_cells(given: CostRange | None, prefix: str) -> _Row:
    """Return the cells of a range: of one value the likely one alone, as people type it."""
    if given is None:
        return {}
    ends = {} if given.is_single else {f"{prefix}low": given.low, f"{prefix}high": given.high}
    return {f"{prefix}likely": given.likely, **ends}


def list_need_rows(needs: Iterable[Need]) -> Iterator[_Row]:
    """Yield the rows of the sheet of assistance."""
    for one in needs:
        yield {
            "need_id": one.id,
            "serves": ", ".join(one.serves),
            "need": one.need,
            "provision": one.provision,
            "kind": one.kind,
            "beneficiary": one.beneficiary,
            "priority": None if one.priority is None else str(one.priority),
            "reason": one.reason,
            "wanted_from": one.wanted_from,
            "wanted_until": one.wanted_until,
            "delivery": one.delivery,
            "partner": one.partner,
            "status": one.status,
            "contacted": one.contacted,
            "funded": one.funded,
            "currency": one.currency,
            "condition": one.condition,
            "result": one.result,
            "confidential": "yes" if one.is_confidential else None,
            "shareable": "yes" if one.is_shareable else None,
            "note": one.note,
        }
