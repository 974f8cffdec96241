"""Costs and needs in words: amounts with two significant figures, priorities, statuses and what is not known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from fatf_kit.action_plan.needs.costing import NeedCost, PricedLine, Sums, find_payer, round_amount
from fatf_kit.action_plan.needs.matrix import NeedMatrix, NeedRow, ServedRange
from fatf_kit.action_plan.needs.model import CostRange
from fatf_kit.action_plan.needs.rules import load_assistance
from fatf_kit.action_plan.needs.schema import COST_KINDS, FUNDINGS, KINDS, NEED_STATUSES, TIMES
from fatf_kit.core.messages import Translator
from fatf_kit.spreadsheets.schema import Choices


def describe_amount(value: float, currency: str, t: Translator) -> str:
    """Return an amount with two significant figures and its currency.

    >>> describe_amount(123456, "EUR", Translator("en"))
    '120,000 EUR'
    """
    return t("{amount} {currency}", amount=t.number(round_amount(value)), currency=currency)


def describe_range(value: CostRange, currency: str, t: Translator) -> str:
    """Return a range with two significant figures, of one value that value.

    >>> describe_range(CostRange(low=1000, likely=1240, high=2000), "EUR", Translator("en"))
    '1,000 to 2,000 EUR, likely 1,200'
    """
    if value.is_single:
        return describe_amount(value.likely, currency, t)
    low, likely, high = (t.number(round_amount(end)) for end in (value.low, value.likely, value.high))
    return t("{low} to {high} {currency}, likely {likely}", low=low, high=high, likely=likely, currency=currency)


def describe_sums(sums: Sums, t: Translator) -> str:
    """Return the sum of each currency; a dash where nothing is known."""
    return t.points(describe_range(value, name, t) for name, value in sums.items()) or "–"


def describe_cost(cost: NeedCost, t: Translator) -> str:
    """Return the cost of a need, or that it is not known."""
    if cost.is_known:
        return describe_sums(cost.sums, t)
    if cost.sums:
        return t("{sums}, and a part that is not known", sums=describe_sums(cost.sums, t))
    return t("not known")


def describe_amounts(amounts: Mapping[str, float], t: Translator) -> str:
    """Return amounts by currency; empty where there are none."""
    return t.points(describe_amount(value, name, t) for name, value in amounts.items())


def name_priority(number: int, t: Translator) -> str:
    """Return a priority in words.

    >>> name_priority(1, Translator("en"))
    '1 critical'
    """
    return f"{number} {t(next(one.name for one in load_assistance().priorities if one.id == number))}"


def name_choice(choices: Choices, code: str | None, t: Translator) -> str:
    """Return an entry of a list in words; empty where it is open."""
    return choices.label(code, t.language) if code else ""


def name_partner(row: NeedRow, t: Translator) -> str:
    """Return the partner of a need, or else the budgets that pay it for certain, or that it is open."""
    payers = dict.fromkeys(one.line.payer for one in row.cost.lines if one.line.is_funded and one.line.payer)
    return row.need.partner or t.listed(payers) or t("open")


def list_unknown(matrix: NeedMatrix, t: Translator) -> Iterator[str]:
    """Yield the numbers of needs, actions and items whose costs are not known."""
    found = matrix.unknown
    parts = (
        (t("Needs whose costs are not known"), found.needs, found.needs_of),
        (t("Actions still to do whose costs are not known"), found.actions, found.actions_of),
        (t("Items without an action, a need and known costs"), found.items, found.items_of),
    )
    for title, names, count in parts:
        if names:
            shown = t.first_of(names, _NAMED)
            yield t("{title}: {n} of {of} ({names})", title=title, n=len(names), of=count, names=shown)


_NAMED = 10
"""Ids that a sentence names at most."""


def state_width(t: Translator) -> str:
    """Return what the ends of a sum mean."""
    return t(
        "The lowest total adds up the lowest amounts of all lines, and the highest total adds up the highest. It is "
        "unlikely that all lines are at the same end, so the true total is probably nearer the middle."
    )


def state_condition(t: Translator) -> str:
    """Return on what condition the open part has its effect."""
    return t(
        "This applies if all named gaps are closed. Assessors may find others, and assistance alone closes no item: "
        "its result has to be shown."
    )


def describe_served(served: ServedRange, units: Sequence[str], t: Translator) -> Iterator[str]:
    """Yield the ranges of items and of units that needs serve; `units` are those of the edition, in its order."""
    in_order = [unit for unit in units if unit in served.units]
    parts = (
        (t("Items served"), served.items_for_certain, served.items),
        (t("Outcomes and Recommendations served"), served.units_for_certain, in_order),
    )
    for title, least, most in parts:
        facts = {"title": title, "most": len(most), "names": t.listed(most) or "–"}
        if len(least) == len(most):
            yield t("{title}: {most} ({names})", **facts)
        else:
            yield t("{title}: {least} to {most} ({names})", least=len(least), **facts)
    yield t("The lower number counts an item only if every action still to do for it is named by one of these needs.")


GroupNamer = Callable[[PricedLine], str]


def list_groupings(matrix: NeedMatrix, t: Translator) -> tuple[tuple[str, str, GroupNamer], ...]:
    """Return the ways in which costs are added up: key, title, and the name of the group of a line.

    A partner's copy is not added up by payer and funding.
    """
    needs = {row.need.id: row.need for row in matrix.rows}
    agencies = {
        **{one.id: one.lead for one in matrix.register.items},
        **{one.id: one.owner for one in matrix.register.work},
        **{one.id: one.beneficiary for one in needs.values()},
    }
    open_ = t("not stated")

    def find_kind(one: PricedLine) -> str:
        need = needs.get(one.line.target)
        return (name_choice(KINDS, need.kind, t) or open_) if need else t("no assistance")

    found: tuple[tuple[str, str, GroupNamer], ...] = (
        ("all", t("All"), lambda _: t("all")),
        ("times", t("Once or every year"), lambda one: name_choice(TIMES, one.line.times, t) or open_),
        ("kind", t("Kind of cost"), lambda one: name_choice(COST_KINDS, one.line.kind, t) or open_),
        ("assistance", t("Kind of assistance"), find_kind),
        ("agency", t("Receiving agency"), lambda one: agencies.get(one.line.target) or open_),
    )
    if matrix.partner:
        return found
    return (
        *found,
        ("payer", t("Payer or partner"), lambda one: find_payer(one.line, needs.get(one.line.target)) or t("open")),
        ("funding", t("Funding"), lambda one: name_choice(FUNDINGS, one.line.funding, t) or open_),
    )


def describe_status(row: NeedRow, t: Translator) -> str:
    """Return the status of a need in words; one that is not stated is open."""
    return name_choice(NEED_STATUSES, row.need.status, t) or t("open")
