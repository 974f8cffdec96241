"""The three decisions that a minister is asked for, chosen from the action plan by their effect on ratings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fatf_kit.action_plan.effects import Rerating, collect_gaps
from fatf_kit.action_plan.efforts import load_efforts
from fatf_kit.action_plan.model import Action, ActionPlan
from fatf_kit.action_plan.names import name_action, name_owner
from fatf_kit.core.messages import Translator
from fatf_kit.framework.model import Framework
from fatf_kit.outlook.model import Rating
from fatf_kit.report.document_tables import make_day_cell, make_table
from fatf_kit.report.model import DocumentTable
from fatf_kit.scoring.policy import Policy
from fatf_kit.scoring.span import Span

ASKED = 3
_OWNERS = 2
"""Agencies that are named; the others are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestedDecision:
    """One decision: what is decided, who then acts, by when, and which ratings change.

    `is_late` says that the work cannot be completed by the cut-off date.
    """

    what: str
    owner: str
    due: date
    is_late: bool
    effect: str


def list_desk_work(plan: ActionPlan, *, in_time: bool = False) -> tuple[Action, ...]:
    """Return the actions that need no new measure: evidence and answers; `in_time` leaves out what is too late."""
    kinds = load_efforts().kinds
    found = (one for one in plan.actions if kinds[one.kind].is_desk_work and one.closes)
    return tuple(one for one in found if not (in_time and plan.slots[one.id].late))


def choose_decisions(
    plan: ActionPlan, framework: Framework, policy: Policy, t: Translator
) -> tuple[RequestedDecision, ...]:
    """Return at most three decisions, evidence first.

    They are: that the agencies complete the evidence work; the measure with the largest effect that can be completed by
    the cut-off date; and the one with the largest effect that cannot. Where one of these does not exist, the measures
    with the next largest effect follow.
    """
    kinds = load_efforts().kinds
    measures = [one for one in plan.actions if not kinds[one.kind].is_desk_work and one.closes]
    effects = plan.effects
    measures.sort(key=lambda one: (-effects[one.id].levels, -effects[one.id].points, one.id))
    soon = [one for one in measures if not plan.slots[one.id].late]
    late = [one for one in measures if plan.slots[one.id].late]
    first = {one.id for one in (*soon[:1], *late[:1])}
    ranked = sorted(measures, key=lambda one: one.id not in first)
    desk = list_desk_work(plan, in_time=True)
    evidence = [_evidence(plan, desk, policy, t)] if desk else []
    rest = ranked[: ASKED - len(evidence)]
    rest.sort(key=lambda one: plan.slots[one.id].late)
    return (*evidence, *(_measure(plan, one, framework, t) for one in rest))


def build_decisions_table(decisions: Sequence[RequestedDecision], t: Translator) -> DocumentTable:
    """Return the decisions as a table."""
    heads = ((t("Decision"), 11), (t("Who acts"), 6), (t("Due"), 5), (t("Effect"), 7))
    late = t("after the cut-off date")
    rows = []
    for one in decisions:
        due = make_day_cell(one.due, t, detail=late if one.is_late else "")
        rows.append((one.what, one.owner, due, one.effect))
    caption = t("Evidence first, then the measures with the largest effect")
    empty = t("The plan has no action.")
    return make_table("requested-decisions", caption, heads, rows, empty=empty)


def _evidence(plan: ActionPlan, desk: Sequence[Action], policy: Policy, t: Translator) -> RequestedDecision:
    rerating = Rerating(plan.units, policy, load_efforts())
    before, after = rerating.ratings(frozenset()), rerating.ratings(collect_gaps(desk))
    raised = sum(_worst(after[unit]) != _worst(before[unit]) for unit in before)
    owners = Counter(name_owner(one, plan.agencies, t) for one in desk)
    return RequestedDecision(
        what=t.plural(
            "Instruct the agencies to complete {n} task of evidence and answers",
            "Instruct the agencies to complete {n} tasks of evidence and answers",
            len(desk),
        ),
        owner=t.few([name for name, _ in owners.most_common()], _OWNERS),
        due=max(plan.slots[one.id].due for one in desk),
        is_late=False,
        effect=t.plural(
            "{n} rating can be shown one level higher or more",
            "{n} ratings can be shown one level higher or more",
            raised,
        ),
    )


def _measure(plan: ActionPlan, action: Action, framework: Framework, t: Translator) -> RequestedDecision:
    slot, units = plan.slots[action.id], [move.unit for move in plan.effects[action.id].moves]
    effect = t("a step towards better ratings; changes none by itself")
    if units:
        names = t.listed(units)
        effect = t.plural("raises {n} rating: {units}", "raises {n} ratings: {units}", len(units), units=names)
    return RequestedDecision(
        what=name_action(action, framework, t),
        owner=name_owner(action, plan.agencies, t),
        due=slot.due,
        is_late=slot.late,
        effect=effect,
    )


def _worst(rating: Rating | Span[Rating] | None) -> Rating | None:
    return rating.worst if isinstance(rating, Span) else rating
