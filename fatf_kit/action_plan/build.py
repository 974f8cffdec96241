"""The whole plan: actions with their effects, in order of effect per effort, each with its dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from fatf_kit.action_plan.actions import renumber_actions
from fatf_kit.action_plan.effects import Rerating, work_out_effects
from fatf_kit.action_plan.efforts import load_efforts
from fatf_kit.action_plan.model import Action, ActionPlan, Effect, TargetPath, UnitState
from fatf_kit.action_plan.scheduling import (
    Capacity,
    WorkingDays,
    WorkList,
    find_fastest_order,
    jobs_of,
    place_by_priority,
)
from fatf_kit.action_plan.sequence import find_least_work, make_target_test
from fatf_kit.evaluation_calendar.settings import PlanSettings
from fatf_kit.outlook.model import Rules, Target
from fatf_kit.scoring.policy import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTerms:
    """The terms of a plan.

    `cut_off` None means that nothing can be late. `agencies` gives names of agencies by language by id.
    """

    edition: str
    country: str | None
    policy: Policy
    rules: Rules
    start: date
    cut_off: date | None
    settings: PlanSettings
    target: Target | None = None
    notices: tuple[str, ...] = ()
    agencies: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def build_plan(terms: PlanTerms, units: Sequence[UnitState], derived: Sequence[Action]) -> ActionPlan:
    """Return actions with their effects, in order, each with its dates, and the path to the target if one is named."""
    efforts, settings = load_efforts(), terms.settings
    rerating = Rerating(units, terms.policy, efforts)
    actions = renumber_actions(_sort_by_benefit(derived, work_out_effects(derived, rerating, terms.rules)))
    days = WorkingDays(terms.start, settings.week)
    limits = dict(settings.capacity)
    capacity = Capacity(default=limits.pop("default", efforts.capacity), own=limits)
    deadline = days.last_number(terms.cut_off)
    path = _find_path(terms, units, actions, capacity, deadline) if terms.target else None
    chosen = [action for action in actions if path and action.id in path.actions]
    work = WorkList(
        jobs=jobs_of(actions),
        path=find_fastest_order(jobs_of(chosen), capacity)[0],
        desk=frozenset(action.id for action in actions if efforts.kinds[action.kind].is_evidence_work),
        deadline=deadline,
        is_path_in_time=path is not None and path.in_time,
    )
    return ActionPlan(
        edition=terms.edition,
        country=terms.country,
        policy=terms.policy.id,
        start=days.day(0),
        cut_off=terms.cut_off,
        units=tuple(units),
        actions=actions,
        effects=work_out_effects(actions, rerating, terms.rules),
        slots=days.slots(place_by_priority(work, capacity), terms.cut_off),
        ratings_now=rerating.ratings(frozenset()),
        claimed=rerating.claimed(),
        way=path,
        weekend=settings.weekend,
        notices=terms.notices,
        agencies=terms.agencies,
    )


def _sort_by_benefit(actions: Sequence[Action], effects: Mapping[str, Effect]) -> tuple[Action, ...]:
    """Return actions with the most effect for their effort first: levels at both ends, then points, for a person-day.

    Actions that a mock visit proposed come last.
    """

    def order(action: Action) -> tuple[bool, Fraction, Fraction, int, str]:
        effect = effects[action.id]
        levels, points = Fraction(effect.levels, action.effort), Fraction(effect.points, action.effort)
        return bool(action.mock), -levels, -points, action.effort, action.id

    return tuple(sorted(actions, key=order))


def _find_path(
    terms: PlanTerms, units: Sequence[UnitState], actions: Sequence[Action], capacity: Capacity, deadline: int | None
) -> TargetPath:
    """Return the least work that reaches the target by the deadline.

    Where none does, everything unanswered is taken at its best, and the path says so if that helps.
    """
    assert terms.target is not None  # noqa: S101 - checked by the caller
    closing = [action for action in actions if action.closes]
    for open_at_best in (False, True):
        rerating = Rerating(units, terms.policy, load_efforts(), open_at_best=open_at_best)
        test = make_target_test(terms.rules, rerating, terms.target)
        if found := find_least_work(closing, test, capacity, deadline):
            return TargetPath(
                target=terms.target,
                reached=found.in_time,
                in_time=found.in_time,
                actions=tuple(action.id for action in found.actions),
                effort=found.effort,
                exact=found.exact,
                open_at_best=open_at_best,
            )
    return TargetPath(target=terms.target, reached=False, in_time=False, actions=(), effort=0, exact=True)
