"""The whole plan from an assessment: actions with their effects, in order of effect per effort, each with its dates."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from fatf_kit.action_plan.actions import derive_actions, renumber_actions
from fatf_kit.action_plan.effects import Rerating, collect_states, effect_of
from fatf_kit.action_plan.efforts import Efforts, load_efforts
from fatf_kit.action_plan.mock_visit_actions import derive_mock_visit_actions
from fatf_kit.action_plan.model import Action, ActionPlan, Effect, TargetPath, UnitState
from fatf_kit.action_plan.priority import WorkList, place_by_priority
from fatf_kit.action_plan.scheduling import Capacity, Job, WorkingDays, find_fastest_order
from fatf_kit.action_plan.sequence import find_least_work, make_target_test
from fatf_kit.evaluation_calendar.settings import PlanSettings
from fatf_kit.framework.model import Framework
from fatf_kit.mock_visit.model import Debrief
from fatf_kit.outlook.evaluate import evaluate
from fatf_kit.outlook.model import Rules, Target
from fatf_kit.scoring.finding import Finding
from fatf_kit.scoring.model import Assessment
from fatf_kit.scoring.policy import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanInput:
    """What a plan is made from.

    `leads` gives the leading agency by requirement or unit, `agencies` names by language by id; `key_findings` are
    candidates for key recommended actions. `cut_off` None means that nothing can be late. `rehearsal` is what a scored
    mock visit showed, None where there was none.
    """

    framework: Framework
    assessment: Assessment
    findings: tuple[Finding, ...]
    policy: Policy
    rules: Rules
    start: date
    cut_off: date | None
    settings: PlanSettings = field(default_factory=PlanSettings)
    target: Target | None = None
    leads: Mapping[str, str] = field(default_factory=dict)
    agencies: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    key_findings: Collection[str] = ()
    notices: tuple[str, ...] = ()
    rehearsal: Debrief | None = None


def build_plan(given: PlanInput) -> ActionPlan:
    """Every action, when it is to be done, and what it would change.

    Raises:
        FatfKitError: settings name a kind, a stage or an owner's capacity that means nothing, or the mock visit was
            held under another edition.
    """
    efforts = load_efforts()
    units = collect_states(given.assessment, given.findings)
    derived = derive_actions(
        given.framework,
        given.findings,
        efforts,
        given.settings,
        leads=given.leads,
        in_force=given.assessment.in_force_later,
        key_findings=given.key_findings,
    )
    agencies = dict(given.agencies)
    if given.rehearsal is not None:
        agencies = {**given.rehearsal.sheets.names, **agencies}
        more = derive_mock_visit_actions(given.rehearsal, given.framework, efforts, given.settings, begun=len(derived))
        derived = (*derived, *more)
    terms = PlanTerms(
        edition=given.framework.id,
        country=given.assessment.country,
        policy=given.policy,
        rules=given.rules,
        start=given.start,
        cut_off=given.cut_off,
        settings=given.settings,
        target=given.target,
        notices=given.notices,
        agencies=agencies,
    )
    return assemble(terms, units, derived)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTerms:
    """What a plan of given actions is made under; the fields are as in `PlanInput`."""

    edition: str
    country: str | None
    policy: Policy
    rules: Rules
    start: date
    cut_off: date | None
    settings: PlanSettings = field(default_factory=PlanSettings)
    target: Target | None = None
    notices: tuple[str, ...] = ()
    agencies: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def assemble(given: PlanTerms, units: Sequence[UnitState], derived: Sequence[Action]) -> ActionPlan:
    """Actions with their effects, in order, each with its dates, and the shortest way where a target is named."""
    efforts, settings = load_efforts(), given.settings
    rerating = Rerating(units, given.policy, efforts)
    effects = effects_of(derived, rerating, given.rules)
    actions = renumber_actions(by_benefit(derived, effects))
    effects = effects_of(actions, rerating, given.rules)
    days = WorkingDays(given.start, settings.week)
    capacity = capacity_of(efforts, settings)
    deadline = last_number(days, given.cut_off)
    path = None
    first: tuple[Job, ...] = ()
    if given.target is not None:
        closing = [action for action in actions if action.closes]
        path = shortest_way(closing, rerating, given.rules, given.target, capacity, deadline)
        if not path.actions and not path.reached:
            hopeful = Rerating(units, given.policy, efforts, open_at_best=True)
            found = shortest_way(closing, hopeful, given.rules, given.target, capacity, deadline)
            path = replace(found, open_at_best=found.reached or bool(found.actions))
        chosen = [action for action in actions if action.id in path.actions]
        first, _ = find_fastest_order(jobs_of(chosen), capacity)
    work = WorkList(
        jobs=jobs_of(actions),
        way=first,
        desk=frozenset(action.id for action in actions if efforts.kinds[action.kind].is_desk_work),
        deadline=deadline,
        is_way_in_time=path is not None and path.in_time,
    )
    placed = place_by_priority(work, capacity)
    return ActionPlan(
        edition=given.edition,
        country=given.country,
        policy=given.policy.id,
        start=days.day(0),
        cut_off=given.cut_off,
        units=tuple(units),
        actions=actions,
        effects=effects,
        slots=days.slots(placed, given.cut_off),
        ratings_now=rerating.ratings(frozenset()),
        claimed=rerating.claimed(),
        way=path,
        weekend=settings.weekend,
        notices=given.notices,
        agencies=given.agencies,
    )


def effects_of(actions: Iterable[Action], rerating: Rerating, rules: Rules) -> dict[str, Effect]:
    """What each action does alone, by id."""
    ratings = rerating.ratings(frozenset())
    before = (ratings, evaluate(rules, ratings), rerating.points(frozenset()))
    return {action.id: effect_of(action, rerating, rules, before) for action in actions}


def by_benefit(actions: Sequence[Action], effects: Mapping[str, Effect]) -> tuple[Action, ...]:
    """Actions with the most effect for their effort first: levels won at both ends, then points, for a person-day.

    What a mock visit proposed comes last.
    """

    def order(action: Action) -> tuple[bool, Fraction, Fraction, int, str]:
        effect = effects[action.id]
        levels, points = Fraction(effect.levels, action.effort), Fraction(effect.points, action.effort)
        return bool(action.mock), -levels, -points, action.effort, action.id

    return tuple(sorted(actions, key=order))


def shortest_way(
    actions: Sequence[Action],
    rerating: Rerating,
    rules: Rules,
    target: Target,
    capacity: Capacity,
    deadline: int | None,
) -> TargetPath:
    """The least work that reaches a target by the deadline, or what can be said where none does."""
    reached = make_target_test(rules, rerating, target)
    found = find_least_work(actions, reached, jobs_of, capacity, deadline)
    if found is None:
        return TargetPath(target=target, actions=(), reached=False, in_time=False, effort=0, exact=True)
    return TargetPath(
        target=target,
        actions=tuple(action.id for action in found.actions),
        reached=found.in_time,
        in_time=found.in_time,
        effort=found.effort,
        exact=found.exact,
    )


def jobs_of(actions: Iterable[Action]) -> tuple[Job, ...]:
    """The actions as jobs to be placed."""
    return tuple(Job(id=action.id, owner=action.owner, days=action.days, after=action.after) for action in actions)


def capacity_of(efforts: Efforts, settings: PlanSettings) -> Capacity:
    """How much each owner can do at a time; the setting "default" is for everybody not named."""
    own = dict(settings.capacity)
    return Capacity(default=own.pop("default", efforts.capacity), own=own)


def last_number(days: WorkingDays, cut_off: date | None) -> int | None:
    """The number of the last day of work that still counts; -1 where there is none left."""
    if cut_off is None:
        return None
    number = days.number(cut_off)
    return number if days.day(number) == cut_off else number - 1
