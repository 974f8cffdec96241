"""Costs and needs are checked against themselves, each other and the plan."""

from __future__ import annotations

from collections.abc import Iterator

from fatf_kit.action_plan.items.model import ItemRegister
from fatf_kit.action_plan.needs.costing import price_lines
from fatf_kit.action_plan.needs.matrix import NeedMatrix, NeedRow, build_matrix
from fatf_kit.action_plan.needs.model import Need
from fatf_kit.action_plan.needs.priority import PriorityFacts
from fatf_kit.action_plan.needs.rules import load_assistance
from fatf_kit.action_plan.needs.schema import PRIORITIES
from fatf_kit.core.languages import normalise
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
    for priced in price_lines(register):
        one, rate = priced.line, rates.get(normalise(priced.line.rate))
        if priced.each is None and one.days is not None:
            yield make_problem("cost-days-only", one.ref, found=one.id)
        elif priced.each is not None and not priced.currency:
            yield make_problem("cost-currency", one.ref, found=one.id)
        if one.amount is None and rate and one.currency and rate.currency and one.currency != rate.currency:
            yield make_problem("cost-currencies", one.ref, found=one.id, currency=one.currency, other=rate.currency)
        if one.amount is not None and one.days is not None and rate and rate.amount is not None:
            yield make_problem("cost-both", one.ref, found=one.id)
        if one.is_yearly is None:
            if priced.each is not None:
                yield make_problem("cost-times", one.ref, found=one.id)
        elif one.is_yearly:
            if not priced.years:
                yield make_problem("cost-years", one.ref, found=one.id)
            limit = load_assistance().unpaid_after_years
            if (not priced.years or len(priced.years) > limit) and not one.payer:
                yield make_problem("cost-payer", one.ref, found=one.id, count=limit)
        elif one.last is not None:
            yield make_problem("cost-last-year", one.ref, found=one.id)


def _check_needs(matrix: NeedMatrix) -> Iterator[Problem]:
    for row in matrix.rows:
        need = row.need
        if not need.serves:
            yield make_problem("need-unserved", need.ref, found=need.id)
        if need.wanted_until and row.deadline and need.wanted_until > row.deadline:
            yield make_problem("need-late", need.ref, found=need.id, month=need.wanted_until, deadline=row.deadline)
        if need.funded is not None and not need.currency:
            yield make_problem("cost-currency", need.ref, found=need.id)
        if row.group == "agreed" and not any(row.cost.funded.values()):
            yield make_problem("need-unfunded", need.ref, found=need.id, partner=need.partner or "–")
        for currency, funded in row.cost.funded.items():
            cost = row.cost.cost.sums.get(currency)
            if row.cost.cost.is_known and cost is not None and funded > cost.high:
                yield make_problem(
                    "need-overfunded",
                    need.ref,
                    found=need.id,
                    funded=f"{funded:.15g}",
                    cost=f"{cost.high:.15g}",
                    currency=currency,
                )
        if row.group == "delivered" and not need.result:
            yield make_problem("need-result", need.ref, found=need.id)
        if need.priority is not None and need.priority != row.rule and not need.reason:
            yield make_problem(
                "need-priority",
                need.ref,
                found=need.id,
                priority=PRIORITIES.local_name(str(need.priority)),
                rule=PRIORITIES.local_name(str(row.rule)),
            )


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
        shown = (*names[:_NAMED], "…") if len(names) > _NAMED else names
        yield make_problem(
            "costs-unknown", CellRef(file=matrix.register.file), count=len(names), names=", ".join(shown)
        )
