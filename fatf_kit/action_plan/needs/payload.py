"""Needs and costs as JSON by the schema frameworks/schema/action-needs-1: exact amounts, of a copy only its own."""

from __future__ import annotations

from typing import Any

from fatf_kit.action_plan.needs.closed_gaps import ClosedGaps
from fatf_kit.action_plan.needs.costing import PricedLine, sum_by, sum_by_year
from fatf_kit.action_plan.needs.matrix import NeedMatrix, NeedRow
from fatf_kit.action_plan.needs.texts import list_groupings
from fatf_kit.core.json_files import make_json_value
from fatf_kit.core.messages import Translator

SCHEMA = "fatf-kit/action-needs/1"


def make_needs_payload(matrix: NeedMatrix, edition: str, effect: ClosedGaps | None, t: Translator) -> dict[str, Any]:
    """Return the matrix or a partner's copy as JSON; the names of groups are in the language of `t`."""
    is_all = not matrix.partner
    found: dict[str, Any] = make_json_value(
        {
            "schema": SCHEMA,
            "edition": edition,
            "today": matrix.today,
            "partner": matrix.partner or None,
            "needs": [_make_need(row, is_all=is_all) for row in matrix.rows],
            "costs": [_make_line(one) for one in matrix.lines] if is_all else [],
            "paid_already": [_make_line(one) for one in matrix.paid_already],
            "totals": [
                {"by": key, **make_json_value(one)}
                for key, _, group_of in list_groupings(matrix, t)
                for one in sum_by(matrix.lines, group_of)
            ],
            "years": sum_by_year(matrix.lines),
            "unknown": matrix.unknown,
            "served": matrix.find_served(matrix.pending),
            "effect": _make_effect(effect, is_all=is_all),
            "double_offers": [(one.id, other.id) for one, other in matrix.double_offers] if is_all else [],
            "needs_without_action": [one.id for one in matrix.without_action] if is_all else [],
            "critical_without_need": [
                {"action": one.work.id, "own_means": one.has_means} for one in (matrix.uncovered if is_all else ())
            ],
            "unanswered": [one.id for one in matrix.unanswered] if is_all else [],
        }
    )
    return found


_NEED = (
    *("id", "items", "units", "need", "provision", "kind", "beneficiary", "priority", "wanted_from"),
    *("wanted_until", "deadline", "delivery", "partner", "status", "condition", "result", "is_cost_known"),
    *("cost", "funded", "gap"),
)
_COORDINATOR = (
    *("serves", "priority_typed", "priority_rule", "reason", "contacted"),
    *("is_confidential", "is_shareable", "note"),
)
_OPEN = ("kind", "wanted_from", "wanted_until", "deadline", "delivery", "partner", "status")
"""The keys of a need, those that a copy does not have, and those that are null while they are open."""


def _make_need(row: NeedRow, *, is_all: bool) -> dict[str, Any]:
    need, cost = row.need, row.cost
    given = {
        "items": row.items,
        "units": row.units,
        "priority": row.priority,
        "priority_typed": need.priority,
        "priority_rule": row.rule,
        "deadline": row.deadline,
        "is_cost_known": cost.is_known,
        "cost": cost.sums,
        "funded": cost.funded,
        "gap": cost.gap if cost.is_known else None,
    }
    keys = (*_NEED, *_COORDINATOR) if is_all else _NEED
    found = {key: given[key] if key in given else getattr(need, key) for key in keys}
    return found | {key: None for key in _OPEN if not found[key]}


def _make_line(one: PricedLine) -> dict[str, Any]:
    line = one.line
    return {
        "id": line.id,
        "for": line.target,
        "kind": line.kind or None,
        "what": line.what,
        "times": line.times,
        "years": one.years,
        "each": one.each,
        "total": one.total,
        "currency": one.currency or None,
        "source": line.source or None,
        "assumptions": line.assumptions,
        "funding": line.funding or None,
        "payer": line.payer,
    }


def _make_effect(effect: ClosedGaps | None, *, is_all: bool) -> dict[str, Any] | None:
    """Return the effect on ratings; of a copy only numbers, because names of units would show self-ratings."""
    if effect is None:
        return None
    least = len(effect.rises)
    found = {"rises": (least, least + len(effect.may_rise)), "cleared": len(effect.cleared)}
    if not is_all:
        return found
    return {**found, "units": effect.rises, "units_at_worst": effect.may_rise, "thresholds": effect.cleared}
