"""Needs and costs as JSON by the schema frameworks/schema/action-needs-1: exact amounts, of a copy only its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from msgspec import Meta

from fatf_kit.action_plan.needs.closed_gaps import ClosedGaps
from fatf_kit.action_plan.needs.costing import GroupSum, PricedLine, YearSum, sum_by, sum_by_year
from fatf_kit.action_plan.needs.matrix import NeedMatrix, NeedRow, ServedRange, UnknownCosts
from fatf_kit.action_plan.needs.model import CostRange
from fatf_kit.action_plan.needs.texts import list_groupings
from fatf_kit.core.json_shapes import ABSENT, Absent, Count
from fatf_kit.core.messages import Translator

NeedId = Annotated[str, Meta(pattern=r"^TA-[0-9]{3,4}$")]
Priority = Annotated[int, Meta(ge=1, le=4)]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssistanceNeedResult:
    """A need; null while a choice is open. A copy of a partner has no keys from `serves` on.

    `cost` is the sum of the known lines by currency, `gap` the likely cost without what is funded; null where the cost
    is not known.
    """

    id: NeedId
    items: tuple[str, ...]
    units: tuple[str, ...]
    need: str
    provision: str
    kind: str | None
    beneficiary: str
    priority: Priority
    wanted_from: str | None
    wanted_until: str | None
    deadline: str | None
    delivery: str | None
    partner: str | None
    status: str | None
    condition: str
    result: str
    is_cost_known: bool
    cost: Mapping[str, CostRange]
    funded: Mapping[str, float]
    gap: Mapping[str, float] | None
    serves: tuple[str, ...] | Absent = ABSENT
    priority_typed: Priority | Absent | None = ABSENT
    priority_rule: Priority | Absent = ABSENT
    reason: str | Absent = ABSENT
    contacted: date | Absent | None = ABSENT
    is_confidential: bool | Absent = ABSENT
    is_shareable: bool | Absent = ABSENT
    note: str | Absent = ABSENT


@dataclass(frozen=True, slots=True, kw_only=True)
class CostResult:
    """A line of cost; null while a choice is open or no price is known."""

    id: str
    for_: str
    kind: str | None
    what: str
    times: str | None
    years: tuple[int, ...]
    each: CostRange | None
    total: CostRange | None
    currency: str | None
    source: str | None
    assumptions: str
    funding: str | None
    payer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalResult:
    """The sum of one group in one currency, by what the costs are grouped; null for a group without a known line."""

    by: str
    group: str
    currency: str | None
    amount: CostRange | None
    lines: Count
    unknown: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedGapsResult:
    """The effect of the needs on ratings: fewest and most units that rise. A copy has only the numbers.

    `units` rise in every case, `units_at_worst` at the worst end only; `thresholds` are no longer met.
    """

    rises: tuple[Count, Count]
    cleared: Count
    units: tuple[str, ...] | Absent = ABSENT
    units_at_worst: tuple[str, ...] | Absent = ABSENT
    thresholds: tuple[str, ...] | Absent = ABSENT


@dataclass(frozen=True, slots=True, kw_only=True)
class UncoveredResult:
    """A critical action without a need, and whether the country has means of its own for it."""

    action: str
    own_means: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsResult:
    """Costs and needs of the action plans.

    `partner` is null in the matrix of all needs; a copy has no lines of cost and none of the lists for the coordinator.
    `paid_already` are costs such as the time of own staff, which are in no other sum. `effect` is null where ratings
    are not known, and in a copy where fewer than five units are served.
    """

    schema: Literal["fatf-kit/action-needs/1"]
    edition: str
    today: date
    partner: str | None
    needs: tuple[AssistanceNeedResult, ...]
    costs: tuple[CostResult, ...]
    paid_already: tuple[CostResult, ...]
    totals: tuple[TotalResult, ...]
    years: tuple[YearSum, ...]
    unknown: UnknownCosts
    served: ServedRange
    effect: ClosedGapsResult | None
    double_offers: tuple[tuple[str, str], ...]
    needs_without_action: tuple[str, ...]
    critical_without_need: tuple[UncoveredResult, ...]
    unanswered: tuple[str, ...]


def make_needs_result(matrix: NeedMatrix, edition: str, effect: ClosedGaps | None, t: Translator) -> NeedsResult:
    """Make the JSON value of the matrix or of a partner's copy; the names of groups are in the language of `t`."""
    is_all = not matrix.partner
    return NeedsResult(
        schema="fatf-kit/action-needs/1",
        edition=edition,
        today=matrix.today,
        partner=matrix.partner or None,
        needs=tuple(_make_need(row, is_all=is_all) for row in matrix.rows),
        costs=tuple(map(_make_cost, matrix.lines)) if is_all else (),
        paid_already=tuple(map(_make_cost, matrix.paid_already)),
        totals=tuple(
            _make_total(key, total)
            for key, _, group_of in list_groupings(matrix, t)
            for total in sum_by(matrix.lines, group_of)
        ),
        years=tuple(sum_by_year(matrix.lines)),
        unknown=matrix.unknown,
        served=matrix.find_served(matrix.pending),
        effect=_make_effect(effect, is_all=is_all) if effect else None,
        double_offers=tuple((first.id, second.id) for first, second in matrix.double_offers) if is_all else (),
        needs_without_action=tuple(need.id for need in matrix.without_action) if is_all else (),
        critical_without_need=tuple(
            UncoveredResult(action=action.work.id, own_means=action.has_means)
            for action in (matrix.uncovered if is_all else ())
        ),
        unanswered=tuple(need.id for need in matrix.unanswered) if is_all else (),
    )


def _make_need(row: NeedRow, *, is_all: bool) -> AssistanceNeedResult:
    need, cost = row.need, row.cost
    for_coordinator: dict[str, Any] = {
        "serves": need.serves,
        "priority_typed": need.priority,
        "priority_rule": row.rule,
        "reason": need.reason,
        "contacted": need.contacted,
        "is_confidential": need.is_confidential,
        "is_shareable": need.is_shareable,
        "note": need.note,
    }
    return AssistanceNeedResult(
        id=need.id,
        items=row.items,
        units=row.units,
        need=need.need,
        provision=need.provision,
        kind=need.kind or None,
        beneficiary=need.beneficiary,
        priority=row.priority,
        wanted_from=need.wanted_from or None,
        wanted_until=need.wanted_until or None,
        deadline=row.deadline or None,
        delivery=need.delivery or None,
        partner=need.partner or None,
        status=need.status or None,
        condition=need.condition,
        result=need.result,
        is_cost_known=cost.is_known,
        cost=cost.sums,
        funded=cost.funded,
        gap=cost.gap if cost.is_known else None,
        **(for_coordinator if is_all else {}),
    )


def _make_cost(priced: PricedLine) -> CostResult:
    line = priced.line
    return CostResult(
        id=line.id,
        for_=line.target,
        kind=line.kind or None,
        what=line.what,
        times=line.times,
        years=priced.years,
        each=priced.each,
        total=priced.total,
        currency=priced.currency or None,
        source=line.source or None,
        assumptions=line.assumptions,
        funding=line.funding or None,
        payer=line.payer,
    )


def _make_total(by: str, total: GroupSum) -> TotalResult:
    return TotalResult(
        by=by,
        group=total.group,
        currency=total.currency,
        amount=total.amount,
        lines=total.lines,
        unknown=total.unknown,
    )


def _make_effect(effect: ClosedGaps, *, is_all: bool) -> ClosedGapsResult:
    """Make the effect on ratings; of a copy only numbers, because names of units would show self-ratings."""
    least = len(effect.rises)
    return ClosedGapsResult(
        rises=(least, least + len(effect.may_rise)),
        cleared=len(effect.cleared),
        units=effect.rises if is_all else ABSENT,
        units_at_worst=effect.may_rise if is_all else ABSENT,
        thresholds=effect.cleared if is_all else ABSENT,
    )
