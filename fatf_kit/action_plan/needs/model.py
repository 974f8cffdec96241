"""Rates, cost lines and needs of assistance as frozen values, as they are typed in action-plan.xlsx."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from fatf_kit.action_plan.needs.rules import load_assistance
from fatf_kit.core.languages import LANGUAGES, normalise
from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import CellRef

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """The price of one day of a grade or class of expert. No price is built in.

    `amount` is None and `currency` empty where they are open; `base_year` is the year of the price.
    """

    grade: str
    amount: float | None = None
    currency: str = ""
    base_year: int | None = None
    source: str = ""
    ref: CellRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
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

    id: str
    target: str
    kind: str = ""
    what: str = ""
    is_yearly: bool | None = None
    first: int | None = None
    last: int | None = None
    days: CostRange | None = None
    rate: str = ""
    amount: CostRange | None = None
    currency: str = ""
    source: str = ""
    assumptions: str = ""
    funding: str = ""
    payer: str = ""
    ref: CellRef | None = None

    @property
    def is_funded(self) -> bool:
        """Whether its money is certain."""
        return any(one.is_funded for one in load_assistance().fundings if one.id == self.funding)

    @property
    def is_of_partner(self) -> bool:
        """Whether a partner pays it, or may pay it."""
        return any(one.is_partner for one in load_assistance().fundings if one.id == self.funding)

    @property
    def times(self) -> str | None:
        """Whether it is paid "once" or "yearly"; None where that is open."""
        return None if self.is_yearly is None else "yearly" if self.is_yearly else "once"


@dataclass(frozen=True, slots=True, kw_only=True)
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

    id: str
    serves: tuple[str, ...] = ()
    need: str = ""
    provision: str = ""
    kind: str = ""
    beneficiary: str = ""
    priority: int | None = None
    reason: str = ""
    wanted_from: str = ""
    wanted_until: str = ""
    delivery: str = ""
    partner: str = ""
    status: str = ""
    contacted: date | None = None
    funded: float | None = None
    currency: str = ""
    condition: str = ""
    result: str = ""
    is_confidential: bool = False
    is_shareable: bool = False
    note: str = ""
    ref: CellRef | None = None

    @property
    def is_ended(self) -> bool:
        """Whether it is declined or dropped, so that its costs count nowhere."""
        return load_assistance().group_of(self.status) == "ended"
