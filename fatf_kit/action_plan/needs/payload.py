"""Needs and costs as JSON by the schema frameworks/schema/action-needs-1: exact amounts, of a copy only its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fatf_kit.action_plan.needs.closed_gaps import ClosedGaps
from fatf_kit.action_plan.needs.costing import PricedLine, sum_by, sum_by_year
from fatf_kit.action_plan.needs.matrix import NeedMatrix, NeedRow
from fatf_kit.action_plan.needs.model import CostRange
from fatf_kit.action_plan.needs.texts import list_groupings
from fatf_kit.core.messages import Translator

SCHEMA = "fatf-kit/action-needs/1"


def make_needs_payload(matrix: NeedMatrix, edition: str, effect: ClosedGaps | None, t: Translator) -> dict[str, Any]:
    """Return the matrix or a partner's copy as JSON; the names of groups are in the language of `t`."""
    unknown, served, is_all = matrix.unknown, matrix.find_served(matrix.pending), not matrix.partner
    return {
        "schema": SCHEMA,
        "edition": edition,
        "today": matrix.today.isoformat(),
        "partner": matrix.partner or None,
        "needs": [_make_need(row, is_all=is_all) for row in matrix.rows],
        "costs": [_make_line(one) for one in matrix.lines] if is_all else [],
        "paid_already": [_make_line(one) for one in matrix.paid_already],
        "totals": [
            {
                "by": key,
                "group": one.group,
                "currency": one.currency or None,
                "amount": _make_range(one.total),
                "lines": one.lines,
                "unknown": one.unknown,
            }
            for key, _, group_of in list_groupings(matrix, t)
            for one in sum_by(matrix.lines, group_of)
        ],
        "years": [
            {
                "year": one.year,
                "currency": one.currency,
                "once": _make_range(one.once),
                "yearly": _make_range(one.yearly),
            }
            for one in sum_by_year(matrix.lines)
        ],
        "unknown": {
            "needs": list(unknown.needs),
            "needs_of": unknown.needs_of,
            "actions": list(unknown.work),
            "actions_of": unknown.work_of,
            "items": list(unknown.items),
            "items_of": unknown.items_of,
        },
        "served": {
            "items": list(served.items),
            "items_for_certain": list(served.items_for_certain),
            "units": list(served.units),
            "units_for_certain": list(served.units_for_certain),
        },
        "effect": _make_effect(effect, is_all=is_all),
        "double_offers": [[one.id, other.id] for one, other in matrix.double_offers] if is_all else [],
        "needs_without_action": [one.id for one in matrix.without_action] if is_all else [],
        "critical_without_need": [
            {"action": one.work.id, "own_means": one.has_means} for one in (matrix.uncovered if is_all else ())
        ],
        "unanswered": [one.id for one in matrix.unanswered] if is_all else [],
    }


def _make_need(row: NeedRow, *, is_all: bool) -> dict[str, Any]:
    need = row.need
    found = {
        "id": need.id,
        "items": list(row.items),
        "units": list(row.units),
        "need": need.need,
        "provision": need.provision,
        "kind": need.kind or None,
        "beneficiary": need.beneficiary,
        "priority": row.priority,
        "wanted_from": need.wanted_from or None,
        "wanted_until": need.wanted_until or None,
        "deadline": row.deadline or None,
        "delivery": need.delivery or None,
        "partner": need.partner or None,
        "status": need.status or None,
        "condition": need.condition,
        "result": need.result,
        "is_cost_known": row.cost.cost.is_known,
        "cost": {name: _make_range(value) for name, value in row.cost.cost.sums.items()},
        "funded": dict(row.cost.funded),
        "gap": dict(row.cost.gap) if row.cost.cost.is_known else None,
    }
    if is_all:
        found |= {
            "serves": list(need.serves),
            "priority_typed": need.priority,
            "priority_rule": row.rule,
            "reason": need.reason,
            "contacted": need.contacted.isoformat() if need.contacted else None,
            "is_confidential": need.is_confidential,
            "is_shareable": need.is_shareable,
            "note": need.note,
        }
    return found


def _make_line(one: PricedLine) -> dict[str, Any]:
    line = one.line
    return {
        "id": line.id,
        "for": line.target,
        "kind": line.kind or None,
        "what": line.what,
        "times": None if line.is_yearly is None else "yearly" if line.is_yearly else "once",
        "years": list(one.years),
        "each": _make_range(one.each),
        "total": _make_range(one.total),
        "currency": one.currency or None,
        "source": line.source or None,
        "assumptions": line.assumptions,
        "funding": line.funding or None,
        "payer": line.payer,
    }


def _make_range(value: CostRange | None) -> Mapping[str, float] | None:
    return None if value is None else {"low": value.low, "likely": value.likely, "high": value.high}


def _make_effect(effect: ClosedGaps | None, *, is_all: bool) -> dict[str, Any] | None:
    """Return the effect on ratings; of a copy only numbers, because names of units would show self-ratings."""
    if effect is None:
        return None
    least = len(effect.rises)
    found: dict[str, Any] = {
        "rises": [least, least + len(effect.may_rise)],
        "cleared": len(effect.cleared),
    }
    if is_all:
        found |= {
            "units": list(effect.rises),
            "units_at_worst": list(effect.may_rise),
            "thresholds": list(effect.cleared),
        }
    return found
