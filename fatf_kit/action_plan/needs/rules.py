"""The lists behind costs and assistance, as data: kinds, statuses, priorities, cost lines, sources and funding."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from fatf_kit.core.json_files import load_value
from fatf_kit.core.resources import data_folder

NeedGroup = Literal["open", "offered", "agreed", "delivered", "ended"]
"""How far a need is: open, offered, agreed, delivered, or no longer wanted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedWord:
    """One entry of a list. `name` is a message."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssistanceKind(ListedWord):
    """A kind of assistance, with its category in the review of the United Nations Convention against Corruption."""

    category: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedStatus(ListedWord):
    """A status of a need, and how far a need with it is."""

    group: NeedGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityLevel:
    """A priority, 1 the gravest, and the rule that gives it. Both texts are messages."""

    id: int
    name: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CostKind(ListedWord):
    """A kind of cost. What is paid already, such as salaries, is shown apart, and no partner is asked for it."""

    is_paid_already: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FundingState(ListedWord):
    """The state of the money for a cost: whether it is certain, and whether a partner pays."""

    is_funded: bool = False
    is_partner: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AssistanceRules:
    """Everything that frameworks/plan/assistance.json declares."""

    kinds: tuple[AssistanceKind, ...]
    kinds_source: str
    kinds_confidence: str
    deliveries: tuple[ListedWord, ...]
    deliveries_source: str
    deliveries_confidence: str
    statuses: tuple[NeedStatus, ...]
    statuses_source: str
    statuses_confidence: str
    answer_days: int
    answer_days_source: str
    answer_days_confidence: str
    priorities: tuple[PriorityLevel, ...]
    priorities_source: str
    priorities_confidence: str
    critical_plans: tuple[str, ...]
    critical_cycles: int
    lines: tuple[CostKind, ...]
    lines_source: str
    lines_confidence: str
    sources: tuple[ListedWord, ...]
    sources_source: str
    sources_confidence: str
    fundings: tuple[FundingState, ...]
    fundings_source: str
    fundings_confidence: str
    unpaid_after_years: int
    unpaid_after_years_source: str
    unpaid_after_years_confidence: str

    def group_of(self, status: str) -> NeedGroup:
        """Return how far a need with a status is; open where it has none.

        >>> load_assistance().group_of("under-way"), load_assistance().group_of("")
        ('agreed', 'open')
        """
        return next((one.group for one in self.statuses if one.id == status), "open")

    def source_of(self, key: str) -> tuple[str, str]:
        """Return the source of a list or number, and its degree of confidence."""
        return getattr(self, f"{key}_source"), getattr(self, f"{key}_confidence")

    def is_paid_already(self, kind: str) -> bool:
        """Return whether a kind of cost is paid anyway; not where the kind is open."""
        return any(one.is_paid_already for one in self.lines if one.id == kind)


@cache
def load_assistance() -> AssistanceRules:
    """Return the bundled lists.

    Raises:
        FrameworkError: the file does not conform to its schema.

    >>> [level.name for level in load_assistance().priorities]
    ['critical', 'high', 'medium', 'low']
    """
    path = data_folder("frameworks") / "plan" / "assistance.json"
    return load_value(path, AssistanceRules, "assistance.schema.json")
