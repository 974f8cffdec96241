"""Rates, cost lines and needs of assistance, with the columns of action-plan.xlsx in which they are typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import ClassVar

from fatf_kit.action_plan.items.plan_rows import PlanContext, capitalise, read_month
from fatf_kit.action_plan.needs import choices
from fatf_kit.action_plan.needs.rules import load_assistance
from fatf_kit.core.languages import LANGUAGES, clean, normalise
from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import CellRef, quote_found
from fatf_kit.spreadsheets.declared_rows import DeclaredRow
from fatf_kit.spreadsheets.declared_sheets import col, sheet_row
from fatf_kit.spreadsheets.schema import CellKind

_NEED = re.compile(r"TA-\d{3,4}")
_CURRENCY = re.compile(r"[A-Za-z]{3}")
_FIRST_YEAR, _LAST_YEAR = 1990, 2199

OPEN_PARTNER = "open"
"""The name under which the needs without a partner are copied for a partner that has none yet."""


def is_open_partner(name: str) -> bool:
    """Return whether a name is the word that reports print where there is no partner, in any language.

    >>> is_open_partner("Ouvert"), is_open_partner("Open Fund")
    (True, False)
    """
    return normalise(name) in _list_open_words()


@cache
def _list_open_words() -> frozenset[str]:
    return frozenset(normalise(Translator(language)(OPEN_PARTNER)) for language in LANGUAGES)


@dataclass(frozen=True, slots=True, kw_only=True)
class CostRange:
    """A lowest, likely and highest value; all three are equal where one value was typed.

    >>> CostRange.of(2) + CostRange(low=1, likely=2, high=5) * 2
    CostRange(low=4, likely=6, high=12)
    """

    low: float
    likely: float
    high: float

    @classmethod
    def of(cls, value: float) -> CostRange:
        """Return the range of one value."""
        return cls(low=value, likely=value, high=value)

    def __add__(self, other: CostRange) -> CostRange:
        """Return low with low, likely with likely and high with high."""
        return CostRange(low=self.low + other.low, likely=self.likely + other.likely, high=self.high + other.high)

    def __mul__(self, times: float) -> CostRange:
        """Return each value so many times."""
        return CostRange(low=self.low * times, likely=self.likely * times, high=self.high * times)

    @property
    def is_single(self) -> bool:
        """Whether its three values are equal."""
        return self.low == self.high


def _read_grade(row: DeclaredRow[PlanContext], _key: str) -> str | None:
    grade = clean(row.cells.id)
    if not grade:
        row.report_row("rate-unnamed")
    return grade or None


def _read_currency(row: DeclaredRow[PlanContext], key: str) -> str:
    """Read a code of three letters in capitals; empty where it is open, and with a problem for anything else."""
    text = row.cells.text(key)
    if text and not _CURRENCY.fullmatch(text):
        row.report("cost-currency-unknown", key, **quote_found(text))
        return ""
    return text.upper()


def _read_year(row: DeclaredRow[PlanContext], key: str) -> int | None:
    year = row.cells.count(key)
    if year is not None and not _FIRST_YEAR <= year <= _LAST_YEAR:
        row.report("cost-year", key, **quote_found(year))
        return None
    return year


def _read_cost_id(row: DeclaredRow[PlanContext], _key: str) -> str:
    return row.cells.id.upper()


def _read_target(row: DeclaredRow[PlanContext], key: str) -> str | None:
    target = row.context.find_target(row.cells.text(key))
    if target is None:
        row.report("cost-unknown", key, **quote_found(row.cells.text(key) or "–"))
    return target


def _read_times(row: DeclaredRow[PlanContext], key: str) -> bool | None:
    times = row.cells.choice(key)
    return None if times is None else times == "yearly"


def _name_times(is_yearly: bool | None) -> str | None:
    return None if is_yearly is None else "yearly" if is_yearly else "once"


def _read_rate(row: DeclaredRow[PlanContext], key: str) -> str:
    grade = row.cells.text(key)
    if grade and not row.reader.find_place("plan_rates", normalise(grade)):
        row.report("cost-rate", key, **quote_found(grade))
        return ""
    return grade


def _read_partner(row: DeclaredRow[PlanContext], key: str) -> str:
    """Read a partner or payer as typed; empty also where the word for "open" is typed."""
    name = row.cells.text(key)
    return "" if is_open_partner(name) else name


def _read_need_id(row: DeclaredRow[PlanContext], _key: str) -> str | None:
    name = capitalise(row.cells.id)
    if not _NEED.fullmatch(name):
        row.report_row("need-unnumbered", **quote_found(row.cells.id or "–"))
        return None
    return name


def _read_served(row: DeclaredRow[PlanContext], key: str) -> tuple[str, ...]:
    served = {name: row.context.find_target(name) for name in row.cells.items(key)}
    for name in (name for name, target in served.items() if target is None):
        row.report("need-unknown", key, **quote_found(name))
    return tuple(target for target in served.values() if target)


@sheet_row
class Rate:
    """The price of one day of a grade or class of expert. No price is built in.

    `amount` is None and `currency` empty where they are open; `base_year` is the year of the price.
    """

    grade: str = col("Grade or class of expert", 34, kind=CellKind.ID, style="text", read=_read_grade)
    amount: float | None = col("Amount per day")
    currency: str = col("Currency", 11, style="short text", read=_read_currency)
    base_year: int | None = col("Year of the price", 12, key="year", kind=CellKind.COUNT, read=_read_year)
    source: str = col("Source of the rate", 44, key="rate_source", multiline=True)
    ref: CellRef | None = None


@sheet_row
class CostLine:
    """One line of cost, for an item, an action or a need.

    Attributes:
        id: Like "C-01".
        target: The id of the item ("PI-03"), action ("W-01") or need ("TA-001") that it is for.
        kind: Id of the kind of cost; empty where it is open.
        is_yearly: Whether it returns every year; None where that is open, so that its total is not known.
        first: The year in which it is paid, or the first of several; None where it is open.
        last: The last year of a yearly cost.
        days: Days of work, which are multiplied by `rate`, a grade of the sheet of rates.
        amount: The amount as typed, once or for each year; it counts before `days`.
        currency: As typed; where it is empty, that of the rate counts.
        source: Id of the word for where the figure comes from.
        funding: Id of the funding state; empty where it is open.
        payer: Who pays: a partner, or a budget.
    """

    id: str = col("No.", 8, key="row", read=_read_cost_id)
    target: str = col("For item, action or need", 13, style="short text", needed=True, read=_read_target)
    kind: str = col("Kind of cost", 22, choices=choices.COST_KINDS)
    what: str = col("What it pays for", 30, multiline=True)
    is_yearly: bool | None = col(
        "Once or every year", 15, key="times", choices=choices.TIMES, read=_read_times, write=_name_times
    )
    first: int | None = col("Year, or first year", 10, kind=CellKind.COUNT, read=_read_year)
    last: int | None = col("Last year", 10, kind=CellKind.COUNT, read=_read_year)
    days_low: ClassVar[int] = col("Days, at least", 9)
    days_likely: ClassVar[int] = col("Days, likely", 9)
    days_high: ClassVar[int] = col("Days, at most", 9)
    days: CostRange | None = None
    rate: str = col("Rate (grade)", 22, read=_read_rate)
    low: ClassVar[float] = col("Amount, at least", 13)
    likely: ClassVar[float] = col("Amount, likely", 13)
    high: ClassVar[float] = col("Amount, at most", 13)
    amount: CostRange | None = None
    currency: str = col("Currency", 11, style="short text", read=_read_currency)
    source: str = col("Source of the figure", 15, choices=choices.COST_SOURCES)
    assumptions: str = col("Assumptions", 40, folded=True, multiline=True)
    funding: str = col("Funding", 20, choices=choices.FUNDINGS)
    payer: str = col("Payer or partner", 22, read=_read_partner)
    ref: CellRef | None = None

    @property
    def is_funded(self) -> bool:
        """Whether its money is certain."""
        return any(funding.is_funded for funding in load_assistance().fundings if funding.id == self.funding)

    @property
    def is_of_partner(self) -> bool:
        """Whether a partner pays it, or may pay it."""
        return any(funding.is_partner for funding in load_assistance().fundings if funding.id == self.funding)

    @property
    def times(self) -> str | None:
        """Whether it is paid "once" or "yearly"; None where that is open."""
        return _name_times(self.is_yearly)


@sheet_row
class Need:
    """One need of assistance.

    Attributes:
        id: Like "TA-001"; it never changes.
        serves: Ids of the items and actions that it serves.
        need: What is missing, in one sentence.
        provision: The provision of law that it concerns, as typed.
        kind: Id of the kind of assistance; empty where it is open.
        beneficiary: The agency that receives it, as typed.
        priority: The priority that a person gave, 1 to 4, with its reason; None without one.
        wanted_from: Month, "YYYY-MM"; empty where it is open. So is `wanted_until`.
        delivery: Id of the form of delivery.
        partner: The partner's name; empty where the need is open.
        status: Id of the status.
        contacted: Day of the last contact.
        funded: The amount that its partner has agreed, or that is found otherwise, in `currency`.
        result: The result to show: a figure or document.
        is_confidential: Whether it is left out of copies for partners.
        is_shareable: Whether other partners may see it.
    """

    id: str = col("No.", 9, key="need_id", read=_read_need_id)
    serves: tuple[str, ...] = col("Serves items and actions", 16, style="ids", read=_read_served)
    need: str = col("What is missing", 40, multiline=True)
    provision: str = col("Provision of law, or none yet", 20, folded=True, multiline=True)
    kind: str = col("Kind of assistance", 22, choices=choices.KINDS)
    beneficiary: str = col("Receiving agency", 22)
    priority: int | None = col("Priority you give", 13, style="rating", choices=choices.PRIORITIES)
    reason: str = col("Reason for the priority", 28, folded=True, multiline=True)
    wanted_from: str = col("Wanted from (year-month)", 12, style="short text", folded=True, read=read_month)
    wanted_until: str = col("Wanted by (year-month)", 12, style="short text", read=read_month)
    delivery: str = col("Delivery", 16, choices=choices.DELIVERIES)
    partner: str = col("Partner (blank: open)", 22, read=_read_partner)
    status: str = col("Status of the need", 18, style="rating", choices=choices.NEED_STATUSES)
    contacted: date | None = col("Last contact", 13, folded=True)
    funded: float | None = col("Amount funded", 13)
    currency: str = col("Currency", 11, style="short text", read=_read_currency)
    condition: str = col("Condition", 28, folded=True, multiline=True)
    result: str = col("Result to show", 28, multiline=True)
    is_confidential: bool = col("Confidential", 12, key="confidential", style="rating")
    is_shareable: bool = col("May be shown to other partners", 14, key="shareable", style="rating")
    note: str = col("Notes", 34, folded=True, multiline=True)
    ref: CellRef | None = None

    @property
    def is_ended(self) -> bool:
        """Whether it is declined or dropped, so that its costs count nowhere."""
        return load_assistance().group_of(self.status) == "ended"
