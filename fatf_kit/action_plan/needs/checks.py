"""Costs and needs are checked against themselves, each other and the plan."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from fatf_kit.action_plan.items.model import ItemRegister
from fatf_kit.action_plan.needs.costing import price_lines
from fatf_kit.action_plan.needs.matrix import NeedMatrix, NeedRow, build_matrix
from fatf_kit.action_plan.needs.model import Need
from fatf_kit.action_plan.needs.priority import PriorityFacts
from fatf_kit.action_plan.needs.rules import load_assistance
from fatf_kit.action_plan.needs.schema import PRIORITIES
from fatf_kit.core.languages import normalise
from fatf_kit.core.local_names import list_names
from fatf_kit.core.problems import CellRef, Problem, make_problem

_NAMED = 12
"""Ids that a message names at most."""


def check_needs(facts: PriorityFacts) -> tuple[Problem, ...]:
    """Return a problem for each contradiction of the sheets of costs and assistance, and a note on unknown costs."""
    register = facts.register
    if not (register.costs or register.needs or register.rates):
        return ()
    matrix = build_matrix(register, facts)
    return (*_check_costs(register), *_check_needs(matrix), *_check_twice(matrix.rows), *_check_unknown(matrix))


def _check_costs(register: ItemRegister) -> Iterator[Problem]:
    rates = {normalise(one.grade): one for one in register.rates}
    limit = load_assistance().unpaid_after_years
    for priced in price_lines(register):
        one, rate = priced.line, rates.get(normalise(priced.line.rate))
        report = partial(make_problem, ref=one.ref, found=one.id)
        if priced.each is None and one.days is not None:
            yield report("cost-days-only")
        elif priced.each is not None and not priced.currency:
            yield report("cost-currency")
        if one.amount is None and rate and one.currency and rate.currency and one.currency != rate.currency:
            yield report("cost-currencies", currency=one.currency, other=rate.currency)
        if one.amount is not None and one.days is not None and rate and rate.amount is not None:
            yield report("cost-both")
        if one.is_yearly is None and priced.each is not None:
            yield report("cost-times")
        if one.is_yearly and not priced.years:
            yield report("cost-years")
        if one.is_yearly and not one.payer and not 0 < len(priced.years) <= limit:
            yield report("cost-payer", count=limit)
        if one.is_yearly is False and one.last is not None:
            yield report("cost-last-year")


def _check_needs(matrix: NeedMatrix) -> Iterator[Problem]:
    for row in matrix.rows:
        need, cost = row.need, row.cost
        report = partial(make_problem, ref=need.ref, found=need.id)
        if not need.serves:
            yield report("need-unserved")
        if need.wanted_until and row.deadline and need.wanted_until > row.deadline:
            yield report("need-late", month=need.wanted_until, deadline=row.deadline)
        if need.funded is not None and not need.currency:
            yield report("cost-currency")
        if row.group == "agreed" and not any(cost.funded.values()):
            yield report("need-unfunded", partner=need.partner or "–")
        for currency, funded in cost.funded.items():
            total = cost.sums.get(currency) if cost.is_known else None
            if total is not None and funded > total.high:
                cost_text = f"{total.high:.15g}"
                yield report("need-overfunded", funded=f"{funded:.15g}", cost=cost_text, currency=currency)
        if row.group == "delivered" and not need.result:
            yield report("need-result")
        if need.priority is not None and need.priority != row.rule and not need.reason:
            given, rule = (PRIORITIES.local_name(str(one)) for one in (need.priority, row.rule))
            yield report("need-priority", priority=given, rule=rule)


def _check_twice(rows: tuple[NeedRow, ...]) -> Iterator[Problem]:
    seen: dict[tuple[object, ...], Need] = {}
    for row in rows:
        need = row.need
        if row.group == "ended" or not (need.kind and need.serves):
            continue
        key = (need.kind, frozenset(need.serves), normalise(need.beneficiary), normalise(need.partner))
        first = seen.setdefault(key, need)
        if first is not need:
            yield make_problem("need-twice", need.ref, found=need.id, other=first.id)


def _check_unknown(matrix: NeedMatrix) -> Iterator[Problem]:
    names = matrix.unknown.names
    if names:
        shown = list_names((*names[:_NAMED], "…") if len(names) > _NAMED else names)
        yield make_problem("costs-unknown", CellRef(file=matrix.register.file), count=len(names), names=shown)
