"""A plan is begun or taken over: recommended actions become items, and items move to the next plan."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from fatf_kit.action_plan.items.annexes import number_annexes
from fatf_kit.action_plan.items.cycles import find_cycle, list_plenaries
from fatf_kit.action_plan.items.model import ItemRegister, PlanItem, ReportCycle
from fatf_kit.action_plan.items.report_answers import AnswerIntake, find_criterion_item, pair_rows
from fatf_kit.core.problems import Problem
from fatf_kit.report_text.items import ReportItem
from fatf_kit.report_text.model import ActionList

CYCLES_AHEAD = 4
"""Cycles that are proposed in a register without any."""


LAST_REPORT, KEY_ACTIONS, OBSERVATION, ICRG = "last-report", "key-actions", "observation", "icrg"
"""The kinds of plan that follow from each other."""

_FOLLOWS = {OBSERVATION: ((LAST_REPORT,),), ICRG: ((OBSERVATION, KEY_ACTIONS), (LAST_REPORT,))}
"""The plans whose open items are taken over: those of the first group that has items."""

_LISTS = {KEY_ACTIONS: (ActionList.KEY, ActionList.PRIORITY)}
"""The lists of the report from which a plan is begun; all lists where the plan is not named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MadePlan:
    """The register with a plan: ids of the items that are new, and of those taken over from another plan.

    `problems` are answers to the last report that were not taken over.
    """

    register: ItemRegister
    added: tuple[str, ...]
    moved: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


def make_plan_items(
    register: ItemRegister, kind: str, *, report: Sequence[ReportItem] = (), source: str = "", today: date
) -> MadePlan:
    """Return the register with the items of a kind of plan.

    Recommended actions of the last report become items, each once, and so do the deficiencies that the country
    answered, with their baseline: the report, its page and the Recommendation. A deficiency with evidence whose
    criterion has an item already is evidence of that item. One that is an open item already gets the plan in
    addition. Open items of an earlier plan are taken over with their numbers. After the observation period or the
    roadmap an ICRG plan has only their open items, whatever else the report recommends. Without cycles the next
    Plenaries are proposed. All evidence gets its annex number. What is in the register stays.
    """
    earlier = next((plans for plans in _FOLLOWS.get(kind, ()) if any(map(register.heads, plans))), ())
    lists = _LISTS.get(kind)
    wanted = [item for item in report if (item.is_answered if item.is_deficiency else True)]
    wanted = [item for item in wanted if lists is None or item.list in lists]
    if kind == ICRG and earlier and LAST_REPORT not in earlier:
        wanted = []
    added = tuple(_add(register, kind, wanted, source))
    moved = tuple(_take_over(register, kind, earlier, frozenset(one.id for one in wanted)))
    kept = (replace(one, plans=(*one.plans, kind)) if one.id in moved else one for one in register.items)
    cycles = register.cycles or tuple(list_plenaries(today, CYCLES_AHEAD))
    made = replace(register, items=(*kept, *added), cycles=cycles)
    intake = _take_answers(made, report, wanted, find_cycle(made, today))
    made = replace(intake.register, evidence=number_annexes(intake.register.evidence))
    return MadePlan(register=made, added=tuple(item.id for item in added), moved=moved, problems=tuple(intake.problems))


def _add(register: ItemRegister, kind: str, report: Sequence[ReportItem], source: str) -> Iterator[PlanItem]:
    known = {one.origin for one in register.items if one.origin}
    number = max((int(one.id[3:].partition(".")[0]) for one in register.items), default=0)
    items, rows = list(register.items), {item.id: item for item in report}
    for one in report:
        if one.id in known or (one.evidence and find_criterion_item(one, items, rows)):
            continue
        number += 1
        item = PlanItem(
            id=f"PI-{number:02}",
            label=one.title,
            plans=(kind,),
            report=source,
            place=one.page,
            baseline=_describe_finding(one),
            origin=one.id,
            units=one.units,
            lead=one.owner,
            note=one.done,
        )
        items.append(item)
        yield item


def _describe_finding(row: ReportItem) -> str:
    """Return a deficiency as the country words it, with its criteria; empty for a recommended action."""
    return "; ".join(filter(None, (row.label, ", ".join(row.criteria)))) if row.is_deficiency else ""


def _take_answers(
    register: ItemRegister, report: Sequence[ReportItem], wanted: Sequence[ReportItem], cycle: ReportCycle | None
) -> AnswerIntake:
    """Return the register with every answer taken over, and those that could not be."""
    intake = AnswerIntake(register, cycle.id if cycle else "")
    names = {item.id for item in wanted}
    for row, item, is_own in pair_rows(report, register.items, lambda row: row.id in names):
        if item is None:
            intake.report_unused(row)
        elif is_own:
            intake.take_own(row, item)
        else:
            intake.take_evidence(row, item)
    return intake


def _take_over(register: ItemRegister, kind: str, earlier: Collection[str], origins: Collection[str]) -> Iterator[str]:
    """Yield the open items of earlier plans, and those made from recommended actions that the plan begins with."""
    for one in register.items:
        is_wanted = one.origin in origins or not set(earlier).isdisjoint(one.plans)
        if kind not in one.plans and is_wanted and not any(register.is_done(one.id, plan) for plan in one.plans):
            yield one.id
