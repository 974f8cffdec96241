"""A plan is begun or taken over: recommended actions become items, and items move to the next plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from fatf_kit.action_plan.items.cycles import list_plenaries
from fatf_kit.action_plan.items.model import ItemRegister, PlanItem
from fatf_kit.action_plan.items.rules import load_monitoring
from fatf_kit.report_text.items import ReportItem
from fatf_kit.report_text.model import ActionList

CYCLES_AHEAD = 4
"""Cycles that are proposed in a register without any."""


KEY_ACTIONS, OBSERVATION, ICRG = "key-actions", "observation", "icrg"
"""The kinds of plan that follow from each other."""

_FOLLOWS = {ICRG: (OBSERVATION, KEY_ACTIONS)}
"""The plans from which open items are taken over."""

_LISTS = {KEY_ACTIONS: (ActionList.KEY, ActionList.PRIORITY)}
"""The lists of the report from which a plan is begun; all lists where the plan is not named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MadePlan:
    """The register with a plan: ids of the items that are new, and of those taken over from another plan."""

    register: ItemRegister
    added: tuple[str, ...]
    moved: tuple[str, ...]


def make_plan_items(
    register: ItemRegister, kind: str, *, report: Sequence[ReportItem] = (), source: str = "", today: date
) -> MadePlan:
    """Return the register with the items of a kind of plan.

    Recommended actions of the last report become items, each once. Open items of an earlier plan are taken over with
    their numbers. Without cycles the next Plenaries are proposed. What is in the register stays.
    """
    added = tuple(_add(register, kind, report, source))
    moved = tuple(_take_over(register, kind))
    items = (
        *(replace(one, plans=(*one.plans, kind)) if one.id in moved else one for one in register.items),
        *added,
    )
    cycles = register.cycles or tuple(list_plenaries(today, CYCLES_AHEAD))
    made = replace(register, items=items, cycles=cycles)
    return MadePlan(register=made, added=tuple(one.id for one in added), moved=moved)


def _add(register: ItemRegister, kind: str, report: Iterable[ReportItem], source: str) -> Iterable[PlanItem]:
    known = {one.origin for one in register.items if one.origin}
    wanted = _LISTS.get(kind)
    number = max((int(one.id[3:].partition(".")[0]) for one in register.items), default=0)
    for one in report:
        if one.id in known or (wanted and one.list not in wanted):
            continue
        number += 1
        yield PlanItem(
            id=f"PI-{number:02}",
            label=one.label or one.beginning,
            plans=(kind,),
            report=source,
            place=one.page,
            origin=one.id,
            units=one.units,
            lead=one.owner,
            note=one.done,
        )


def _take_over(register: ItemRegister, kind: str) -> Iterable[str]:
    """Yield items of earlier plans that are not decided as done."""
    for one in register.items:
        if kind in one.plans:
            continue
        for earlier in _FOLLOWS.get(kind, ()):
            if earlier not in one.plans:
                continue
            decided = [record.decided for record in register.records_of(one.id, earlier) if record.decided]
            if not (decided and load_monitoring().scale_of(earlier).is_done(decided[-1])):
                yield one.id
            break
