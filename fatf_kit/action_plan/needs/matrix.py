"""All needs of a country with their costs and priorities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import combinations

from fatf_kit.action_plan.items.model import ItemRegister, PlanItem, PlanWork
from fatf_kit.action_plan.needs.costing import NeedCost, PricedLine, TargetCost, cost_need, price_lines
from fatf_kit.action_plan.needs.model import Need
from fatf_kit.action_plan.needs.priority import CRITICAL, PriorityFacts
from fatf_kit.action_plan.needs.rules import NeedGroup, load_assistance
from fatf_kit.core.languages import normalise

PENDING: tuple[NeedGroup, ...] = ("open", "offered")
"""How far a need is whose money is still to be found or agreed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedRow:
    """A need with what follows from the plan.

    `items` are the items that it serves, also through actions, and `units` their outcomes and Recommendations.
    `deadline` is the earliest month in which one of them is due; empty where none is set. `rule` is the priority that
    the rule gives.
    """

    need: Need
    items: tuple[str, ...]
    units: tuple[str, ...]
    deadline: str
    rule: int
    cost: NeedCost

    @property
    def priority(self) -> int:
        """The priority of the person, or else that of the rule."""
        return self.need.priority or self.rule

    @property
    def group(self) -> NeedGroup:
        """How far the need is."""
        return load_assistance().group_of(self.need.status)

    @property
    def is_pending(self) -> bool:
        """Whether its money is still to be found or agreed."""
        return self.group in PENDING


@dataclass(frozen=True, slots=True, kw_only=True)
class UncoveredAction:
    """A critical action that no need names. `has_means` says that its costs are known and their money is certain."""

    work: PlanWork
    has_means: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownCosts:
    """The items, actions and needs whose costs are not known, and how many there are of each.

    Items count where they have neither an action nor a need. The cost of a need is that of the actions that it serves.
    """

    needs: tuple[str, ...]
    needs_of: int
    actions: tuple[str, ...]
    actions_of: int
    items: tuple[str, ...]
    items_of: int

    @property
    def names(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.needs, *self.actions, *self.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedRange:
    """The items and units that some needs serve.

    `items` are those that a need serves and that are not decided as done. `items_for_certain` are those of them of
    which every action still to do is named by such a need, so that the plan names nothing else that is missing.
    """

    items: tuple[str, ...]
    items_for_certain: tuple[str, ...]
    units: tuple[str, ...]
    units_for_certain: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class NeedMatrix:
    """Needs and lines of cost; of a partner's copy only those that the partner may see.

    `lines` are without what is paid already, which is in `paid_already`, and both are without the lines of needs that
    are declined or dropped; those are in the row of the need only. `partner` is empty in the matrix of all.
    """

    register: ItemRegister
    facts: PriorityFacts
    today: date
    rows: tuple[NeedRow, ...]
    lines: tuple[PricedLine, ...]
    paid_already: tuple[PricedLine, ...]
    partner: str = ""

    @cached_property
    def partners(self) -> tuple[str, ...]:
        """The names of the partners, each once."""
        return list_partners(self.register)

    @property
    def pending(self) -> tuple[NeedRow, ...]:
        """The needs whose money is still to be found or agreed."""
        return tuple(row for row in self.rows if row.is_pending)

    def count(self, group: NeedGroup) -> int:
        """Return the number of needs of a group."""
        return sum(row.group == group for row in self.rows)

    @cached_property
    def unknown(self) -> UnknownCosts:
        """The items, actions and needs whose costs are not known."""
        rows = [row for row in self.rows if row.group != "ended"]
        register, is_all = self.register, not self.partner
        priced = {row.need.id for row in rows if row.cost.is_known}
        has_need = {name for row in rows for name in row.need.serves}
        priced_work = {name for row in rows if row.need.id in priced for name in row.need.serves}
        work = [one for one in register.work if is_all and one.is_to_do]
        served = {name for one in register.work for name in one.items} | has_need
        items = [one for one in self._open_heads() if is_all and not self._names(one) & served]
        return UnknownCosts(
            needs=tuple(row.need.id for row in rows if row.need.id not in priced),
            needs_of=len(rows),
            actions=tuple(one.id for one in work if one.id not in priced_work and not self._own_cost(one.id).is_known),
            actions_of=len(work),
            items=tuple(one.id for one in items if not self._own_cost(one.id).is_known),
            items_of=len(items),
        )

    def _own_cost(self, target: str) -> TargetCost:
        """Return the cost of an item or action by its own lines; work of own staff is a cost of it too."""
        lines = (*self.lines, *self.paid_already)
        return TargetCost(lines=tuple(one for one in lines if one.line.target == target))

    def _open_heads(self) -> Iterator[PlanItem]:
        return (one for one in self.register.items if not one.parent and not self.facts.is_closed(one))

    def _names(self, item: PlanItem) -> set[str]:
        """Return the ids of an item and of its parts."""
        return {item.id, *(part.id for part in self.register.parts_of(item.id))}

    @cached_property
    def double_offers(self) -> tuple[tuple[Need, Need], ...]:
        """The pairs of needs of one kind that two partners offer or agreed for the same item or action."""
        offered = [row.need for row in self.rows if row.group in ("offered", "agreed") and row.need.partner]
        return tuple(
            (one, other)
            for one, other in combinations(offered, 2)
            if one.kind and one.kind == other.kind and not set(one.serves).isdisjoint(other.serves)
            if normalise(one.partner) != normalise(other.partner)
        )

    @cached_property
    def without_action(self) -> tuple[Need, ...]:
        """The needs for which the plan has no action: they name none, and no action serves their items."""
        known = {_head(name) for one in self.register.work for name in (one.id, *one.items)}
        needs = (row.need for row in self.rows if row.group != "ended")
        return tuple(one for one in needs if known.isdisjoint(map(_head, one.serves)))

    @cached_property
    def uncovered(self) -> tuple[UncoveredAction, ...]:
        """The critical actions still to do that no need names, nor a need that names their items alone."""
        named = {name for row in self.rows if row.group != "ended" for name in row.need.serves}
        found = []
        for one in self.register.work:
            if not one.is_to_do or self.facts.rate_action(one) != CRITICAL or {one.id, *one.items} & named:
                continue
            cost = self._own_cost(one.id)
            is_paid = all(priced.line.is_funded or priced.is_paid_already for priced in cost.lines)
            found.append(UncoveredAction(work=one, has_means=cost.is_known and is_paid))
        return tuple(found)

    @cached_property
    def unanswered(self) -> tuple[Need, ...]:
        """The requests whose last contact is too long ago."""
        limit = self.today - timedelta(days=load_assistance().answer_days)
        requested = (row.need for row in self.rows if row.need.status == "requested")
        return tuple(one for one in requested if one.contacted and one.contacted <= limit)

    def find_served(self, rows: Iterable[NeedRow]) -> ServedRange:
        """Return the items and units that some needs serve."""
        given = list(rows)
        named = {name for row in given for name in row.need.serves}
        heads = {_head(item) for row in given for item in row.items}
        items = [one for one in self._open_heads() if one.id in heads]
        to_do = [work for work in self.register.work if work.is_to_do]

        def is_certain(item: PlanItem) -> bool:
            missing = {work.id for work in to_do if not self._names(item).isdisjoint(work.items)}
            return bool(missing) and missing <= named

        certain = list(filter(is_certain, items))
        return ServedRange(
            items=tuple(one.id for one in items),
            items_for_certain=tuple(one.id for one in certain),
            units=self._units_of(items),
            units_for_certain=self._units_of(certain),
        )

    def _units_of(self, items: Iterable[PlanItem]) -> tuple[str, ...]:
        names = [name for one in items for name in sorted(self._names(one))]
        return tuple(dict.fromkeys(unit for name in names for unit in self.register.by_id[name].units))


def _head(name: str) -> str:
    """Return the id of the item of a part; other ids as they are."""
    return name.partition(".")[0]


def build_matrix(register: ItemRegister, facts: PriorityFacts) -> NeedMatrix:
    """Return the matrix of all needs of a register."""
    lines = price_lines(register)
    ended = {one.id for one in register.needs if one.is_ended}
    counted = [one for one in lines if one.line.target not in ended]
    return NeedMatrix(
        register=register,
        facts=facts,
        today=facts.today,
        rows=tuple(_make_row(one, register, facts, lines) for one in register.needs),
        lines=tuple(one for one in counted if not one.is_paid_already),
        paid_already=tuple(one for one in counted if one.is_paid_already),
    )


def _make_row(need: Need, register: ItemRegister, facts: PriorityFacts, lines: Sequence[PricedLine]) -> NeedRow:
    through = {one.id: one.items for one in register.work}
    items = dict.fromkeys(name for served in need.serves for name in through.get(served, (served,)))
    found = [register.by_id[name] for name in items if name in register.by_id]
    heads = [register.by_id.get(one.parent, one) for one in found]
    units = (unit for one, head in zip(found, heads, strict=True) for unit in one.units or head.units)
    deadlines = [one.deadline or head.deadline for one, head in zip(found, heads, strict=True)]
    return NeedRow(
        need=need,
        items=tuple(one.id for one in found),
        units=tuple(dict.fromkeys(units)),
        deadline=min(filter(None, deadlines), default=""),
        rule=facts.rate_need(need),
        cost=cost_need(need, lines),
    )


def list_partners(register: ItemRegister) -> tuple[str, ...]:
    """Return the partners of needs, and those that pay lines of cost, each once."""
    names = [one.partner for one in register.needs]
    names += [one.payer for one in register.costs if one.is_of_partner]
    return tuple({normalise(name): name for name in reversed(names) if name}.values())[::-1]
