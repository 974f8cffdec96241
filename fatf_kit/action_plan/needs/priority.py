"""The priority that the rule gives to items, actions and needs, 1 the gravest. The person's is shown with it.

Source: fatf-kit's own rule, frameworks/plan/assistance.json.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from fatf_kit.action_plan.items.cycles import find_cycle, list_plenaries
from fatf_kit.action_plan.items.model import ItemRegister, PlanItem, PlanWork
from fatf_kit.action_plan.needs.model import Need
from fatf_kit.action_plan.needs.rules import load_assistance

CRITICAL, HIGH, MEDIUM, LOW = 1, 2, 3, 4


@dataclass(frozen=True, kw_only=True)
class PriorityFacts:
    """The facts behind priorities.

    Attributes:
        register: The items and actions.
        today: The day on which the next cycles are counted.
        key_units: The key Recommendations of the edition.
        blocking: Ids of the country's own actions that others wait for.
        crossing: Units whose rise crosses a threshold; None where the ratings are not known.
        best: Units that are at their best rating, which nothing can raise.
    """

    register: ItemRegister
    today: date
    key_units: Collection[str]
    blocking: Collection[str] = ()
    crossing: Collection[str] | None = None
    best: Collection[str] = ()

    @cached_property
    def last_critical_cycle(self) -> str:
        """The last of the cycles within which an item is critical, "YYYY-MM"."""
        wanted, coming = load_assistance().critical_cycles, find_cycle(self.register, self.today)
        known = [name for name in self.register.cycles_by_id if coming and name >= coming.id]
        if len(known) >= wanted and known[0] >= f"{self.today:%Y-%m}":
            return known[wanted - 1]
        return [one.id for one in list_plenaries(self.today, wanted)][-1]

    def rate_item(self, item: PlanItem) -> int:
        """Return the priority of an item or of a part of one."""
        head = self.register.by_id.get(item.parent, item)
        deadline = item.deadline or head.deadline
        plans = set(head.plans) & set(load_assistance().critical_plans)
        is_open = any(not self.register.is_done(head.id, plan) for plan in plans)
        if is_open and deadline and deadline <= self.last_critical_cycle:
            return CRITICAL
        units = [unit for unit in item.units or head.units if unit not in self.best]
        if any(unit in self.key_units or unit in (self.crossing or ()) for unit in units):
            return HIGH
        return MEDIUM if units else LOW

    def is_closed(self, item: PlanItem) -> bool:
        """Return whether an item is decided as done under every plan that it belongs to."""
        head = self.register.by_id.get(item.parent, item)
        return bool(head.plans) and all(self.register.is_done(head.id, plan) for plan in head.plans)

    def rate_action(self, work: PlanWork) -> int:
        """Return the priority of an action: critical where others wait for it, else the gravest of its items."""
        if work.is_to_do and set(work.own) & set(self.blocking):
            return CRITICAL
        items = (self.register.by_id[name] for name in work.items if name in self.register.by_id)
        return min(map(self.rate_item, items), default=LOW)

    def rate_need(self, need: Need) -> int:
        """Return the priority of a need: the gravest of what it serves."""
        items = (one for one in self.register.items if one.id in need.serves)
        work = (one for one in self.register.work if one.id in need.serves)
        return min((*map(self.rate_item, items), *map(self.rate_action, work)), default=LOW)
