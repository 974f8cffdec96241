"""Costs from days, rates and amounts, and their sums. What is not known is counted and never zero.

Lows are added to lows and highs to highs. Lines that are independent partly cancel, so the sum of a range is wider than
a real interval. Amounts of different currencies are never added up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from fatf_kit.action_plan.items.model import ItemRegister
from fatf_kit.action_plan.needs.model import CostLine, CostRange, Need, Rate
from fatf_kit.action_plan.needs.rules import load_assistance
from fatf_kit.core.groups import group_pairs
from fatf_kit.core.languages import normalise

Sums = Mapping[str, CostRange]
"""A sum for each currency."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedLine:
    """A line of cost with its price.

    `each` is paid once or every year, in `currency`; None where it is not known. `years` are those in which it is paid,
    empty where they are open.
    """

    line: CostLine
    each: CostRange | None
    currency: str
    years: tuple[int, ...]

    @property
    def total(self) -> CostRange | None:
        """The sum over all years; None where the amount, its currency, or the years of a yearly cost are not known."""
        if self.each is None or not self.currency or self.line.is_yearly is None:
            return None
        if not self.line.is_yearly:
            return self.each
        return self.each * len(self.years) if self.years else None

    @property
    def is_paid_already(self) -> bool:
        """Whether it is paid anyway, like the time of own staff."""
        return load_assistance().is_paid_already(self.line.kind)


def price_line(line: CostLine, rates: Mapping[str, Rate]) -> PricedLine:
    """Return a line with its price; `rates` are by their normalised names. An amount as typed counts before days.

    >>> rates = {"expert": Rate(grade="Expert", amount=400, currency="EUR")}
    >>> line = CostLine(id="C-01", target="W-01", days=CostRange(low=5, likely=8, high=10), rate="Expert")
    >>> price_line(line, rates).each, price_line(line, rates).currency
    (CostRange(low=2000, likely=3200, high=4000), 'EUR')
    """
    rate = rates.get(normalise(line.rate))
    each, currency = line.amount, line.currency
    if each is None and line.days is not None and rate is not None and rate.amount is not None:
        each, currency = line.days * rate.amount, rate.currency or line.currency
    if line.is_yearly:
        years = tuple(range(line.first, line.last + 1)) if line.first and line.last else ()
    else:
        years = (line.first,) if line.first else ()
    return PricedLine(line=line, each=each, currency=currency, years=years)


def price_lines(register: ItemRegister) -> tuple[PricedLine, ...]:
    """Return all lines of a register with their prices."""
    rates = {normalise(one.grade): one for one in register.rates}
    return tuple(price_line(one, rates) for one in register.costs)


def find_payer(line: CostLine, need: Need | None) -> str:
    """Return who pays a line: as entered, or else the partner of its need; empty where it is open."""
    return line.payer or (need.partner if need else "")


def add_up(lines: Iterable[PricedLine]) -> dict[str, CostRange]:
    """Return the sum of the known lines for each currency."""
    found: dict[str, CostRange] = {}
    for one in lines:
        if one.total is not None:
            found[one.currency] = found[one.currency] + one.total if one.currency in found else one.total
    return found


@dataclass(frozen=True, kw_only=True)
class TargetCost:
    """The cost of one item, action or need, without what is paid already."""

    lines: tuple[PricedLine, ...]

    @cached_property
    def sums(self) -> Sums:
        """The sum of the lines that are known, for each currency."""
        return add_up(self.lines)

    @property
    def is_known(self) -> bool:
        """Whether it has lines and the cost of each is known."""
        return bool(self.lines) and all(one.total is not None for one in self.lines)


@dataclass(frozen=True, kw_only=True)
class NeedCost(TargetCost):
    """The cost of a need, what of it is funded, and what remains; the latter are empty where nothing is known.

    Both are empty for a need that is declined or dropped.

    `funded` is the amount that was typed, or else the lines whose money is certain. `gap` is the likely cost without
    what is funded in the same currency, never below zero.
    """

    funded: Mapping[str, float]
    gap: Mapping[str, float]


def cost_need(need: Need, lines: Sequence[PricedLine]) -> NeedCost:
    """Return the cost of a need from its lines, without what is paid already."""
    cost = TargetCost(lines=tuple(one for one in lines if one.line.target == need.id and not one.is_paid_already))
    if need.is_ended:
        return NeedCost(lines=cost.lines, funded={}, gap={})
    if need.funded is not None and need.currency:
        funded: dict[str, float] = {need.currency: need.funded}
    else:
        certain = add_up(one for one in cost.lines if one.line.is_funded)
        funded = {name: amount.likely for name, amount in certain.items()}
    gap = {name: max(0, amount.likely - funded.get(name, 0)) for name, amount in cost.sums.items()}
    return NeedCost(lines=cost.lines, funded=funded, gap=gap if cost.is_known else {})


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupSum:
    """The sum of one group in one currency.

    `lines` counts the lines in it. `unknown` counts those of the group whose cost is not known; they are in no sum.
    `currency` and `amount` are None for a group without a known line.
    """

    group: str
    currency: str | None
    amount: CostRange | None
    lines: int
    unknown: int


def sum_by(lines: Iterable[PricedLine], group_of: Callable[[PricedLine], str]) -> tuple[GroupSum, ...]:
    """Return the sums of each group and currency, groups in the order of their first lines."""
    groups = group_pairs((group_of(one), one) for one in lines)
    return tuple(found for name, members in groups.items() for found in _sum_group(name, members))


def _sum_group(name: str, members: Sequence[PricedLine]) -> Iterable[GroupSum]:
    known = [one for one in members if one.total is not None]
    unknown = len(members) - len(known)
    for currency, amount in add_up(known).items():
        lines = sum(one.currency == currency for one in known)
        yield GroupSum(group=name, currency=currency, amount=amount, lines=lines, unknown=unknown)
    if not known:
        yield GroupSum(group=name, currency=None, amount=None, lines=0, unknown=unknown)


@dataclass(frozen=True, slots=True, kw_only=True)
class YearSum:
    """The costs of one year in one currency, those paid once and those paid every year.

    `year` is None for costs whose year is open.
    """

    year: int | None
    currency: str
    once: CostRange
    yearly: CostRange


def sum_by_year(lines: Iterable[PricedLine]) -> tuple[YearSum, ...]:
    """Return the costs of each year, in order of currencies and years; lines that are not known are in none."""
    zero = CostRange.of(0)
    found: dict[tuple[str, int | None], tuple[CostRange, CostRange]] = {}
    for one in lines:
        if one.total is None or one.each is None:
            continue
        for year in one.years or (None,):
            once, yearly = found.get((one.currency, year), (zero, zero))
            added = (once, yearly + one.each) if one.line.is_yearly else (once + one.each, yearly)
            found[one.currency, year] = added
    order = sorted(found.items(), key=lambda pair: (pair[0][0], pair[0][1] is None, pair[0][1] or 0))
    return tuple(
        YearSum(year=year, currency=currency, once=once, yearly=yearly) for (currency, year), (once, yearly) in order
    )


def round_amount(value: float) -> float:
    """Return an amount with two significant figures, for texts; sheets have it as it is.

    >>> [round_amount(value) for value in (123456, 98.6, 1250, 0)]
    [120000, 99, 1300, 0]
    """
    if not value:
        return 0
    digits = 0
    while abs(value) >= 10 ** (digits + 1):
        digits += 1
    step = 10 ** (digits - 1) if digits > 1 else 1
    return int(value / step + 0.5) * step
