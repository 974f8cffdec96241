"""The progress of a plan on a day, and the ratings it leads to. Pure: the day is an argument.

Done means that evidence exists; done without evidence is shown apart and counts nowhere. What was done after the day is
under way on it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from fatf_kit.action_plan.effects import Rerating, collect_gaps
from fatf_kit.action_plan.efforts import load_efforts
from fatf_kit.action_plan.model import Action, ActionStatus
from fatf_kit.action_plan.reading import ActionRow, PlanBook
from fatf_kit.action_plan.scheduling import Job, find_longest_chain, order_jobs
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.problems import Problem, make_problem
from fatf_kit.evaluation_calendar.settings import PlanSettings
from fatf_kit.outlook.evaluate import evaluate
from fatf_kit.outlook.model import Outlook, Ratings, Rules
from fatf_kit.scoring.policy import Policy


class ActionState(StrEnum):
    """The state of an action on a day; each action has exactly one."""

    DONE = "done"
    UNSHOWN = "done without evidence"
    OVERDUE = "overdue"
    BLOCKED = "blocked"
    UNDER_WAY = "under way"
    NOT_STARTED = "not started"
    DROPPED = "dropped"


UNFINISHED = (
    *(ActionState.OVERDUE, ActionState.BLOCKED, ActionState.UNSHOWN),
    *(ActionState.UNDER_WAY, ActionState.NOT_STARTED),
)
"""The states of actions that are not finished, the most urgent first; one that lacks only its evidence is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionProgress:
    """One action on the day.

    `remaining` are working days of the stages still ahead; `forecast` the soonest it can be over from the day on,
    after what it waits for; `too_late` that this is after the cut-off. `waits_for` are actions not done that it waits
    for.
    """

    row: ActionRow
    state: ActionState
    remaining: int
    forecast: date | None
    too_late: bool
    waits_for: tuple[str, ...]

    @property
    def done_on(self) -> date | None:
        """When it was done, as its owner says; None where it is not done on the day, or no day is given."""
        return self.row.done_on if self.state in (ActionState.DONE, ActionState.UNSHOWN) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """Ratings under one assumption, with what they lead to and the actions that it takes as done."""

    ratings: Ratings
    outlook: Outlook
    actions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanProgress:
    """The plan on a day.

    Attributes:
        claimed: Ratings that the answers claimed at the start.
        at_start: Ratings as the plan found them.
        now: With what is done and shown.
        on_time: At the cut-off, if everything open is over by its due date and by the cut-off.
        at_pace: At the cut-off, if as many person-days a working day are done as until now; None where the day lies
            not after the start, so that there is no pace.
        pace: Person-days done and shown in a working day since the start.
        chain: Open actions that follow one another and take longest.
    """

    book: PlanBook
    today: date
    standings: tuple[ActionProgress, ...]
    claimed: Ratings
    at_start: Projection
    now: Projection
    on_time: Projection
    at_pace: Projection | None
    pace: float | None
    effort_done: int
    effort_all: int
    chain: tuple[str, ...]

    def count(self, state: ActionState) -> int:
        """Return how many actions are in a state."""
        return len(self.list_in(state))

    def list_in(self, state: ActionState) -> list[ActionProgress]:
        """Return the actions in a state."""
        return [one for one in self.standings if one.state is state]


def track_progress(book: PlanBook, policy: Policy, rules: Rules, settings: PlanSettings, today: date) -> PlanProgress:
    """Return the state of every action on a day, and the ratings that follow.

    Raises:
        FatfKitError: the workbook has no baseline left, or actions wait for each other.
    """
    if not book.units:
        raise FatfKitError(
            "The hidden baseline sheet of the plan is missing, so ratings cannot be calculated. Use a copy of the plan "
            "that has it."
        )
    rerating = Rerating(book.units, policy, load_efforts())
    standings = _standings(book, settings, today)
    done = [one.row.action for one in standings if one.state is ActionState.DONE]
    counted = [one for one in standings if one.state is not ActionState.DROPPED]

    def project(actions: Sequence[Action]) -> Projection:
        ratings = rerating.ratings(collect_gaps(actions))
        return Projection(ratings=ratings, outlook=evaluate(rules, ratings), actions=tuple(a.id for a in actions))

    pace, at_pace = _at_pace(book, settings, today, standings)
    return PlanProgress(
        book=book,
        today=today,
        standings=standings,
        claimed=rerating.claimed(),
        at_start=project([]),
        now=project(done),
        on_time=project([one.row.action for one in counted if _in_time(one, book.cut_off)]),
        at_pace=project(at_pace) if at_pace is not None else None,
        pace=pace,
        effort_done=sum(action.effort for action in done),
        effort_all=sum(one.row.action.effort for one in counted),
        chain=find_longest_chain([_job(one) for one in counted if one.state is not ActionState.DONE]),
    )


def check_done_dates(book: PlanBook, today: date) -> tuple[Problem, ...]:
    """Report actions marked as done after the day: a typing error, or the report is about a day in the past."""
    return tuple(
        make_problem("action-later", one.ref, day=one.done_on, today=today)
        for one in book.actions
        if one.done_on and one is not _on(one, today)
    )


def count_overdue(book: PlanBook, today: date) -> int:
    """Return how many actions were due before a day and are on it neither done with evidence nor dropped."""
    rows = (_on(one, today) for one in book.actions)
    return sum(
        one.due is not None and one.due < today and not one.is_done and one.status is not ActionStatus.DROPPED
        for one in rows
    )


def _on(one: ActionRow, today: date) -> ActionRow:
    """Return the action as it was on a day: one that was done only later was under way."""
    later = one.status is ActionStatus.DONE and one.done_on is not None and one.done_on > today
    return replace(one, status=ActionStatus.UNDER_WAY) if later else one


def _standings(book: PlanBook, settings: PlanSettings, today: date) -> tuple[ActionProgress, ...]:
    tracked = {one.action.id: _on(one, today) for one in book.actions}
    jobs = order_jobs([Job(id=a.action.id, owner=a.owner, days=1, after=a.action.after) for a in book.actions])
    over: dict[str, date] = {}
    found: dict[str, ActionProgress] = {}
    for job in jobs:
        one = tracked[job.id]
        waits = tuple(name for name in one.action.after if name in tracked and not tracked[name].is_done)
        remaining = _remaining(one, settings)
        forecast = None
        if not one.is_done and one.status is not ActionStatus.DROPPED:
            begin = max((settings.week.add(over[name], 1) for name in waits if name in over), default=today)
            if one.status is ActionStatus.NOT_STARTED and one.slot:
                begin = max(begin, one.slot.start)
            forecast = settings.week.last_of(max(begin, today), remaining)
            over[job.id] = forecast
        found[job.id] = ActionProgress(
            row=one,
            state=_state(one, waits, today),
            remaining=remaining,
            forecast=forecast,
            too_late=forecast is not None and book.cut_off is not None and forecast > book.cut_off,
            waits_for=waits,
        )
    return tuple(found[one.action.id] for one in book.actions)


def _state(one: ActionRow, waits: Sequence[str], today: date) -> ActionState:
    if one.status is ActionStatus.DROPPED:
        return ActionState.DROPPED
    if one.status is ActionStatus.DONE:
        return ActionState.DONE if one.evidence else ActionState.UNSHOWN
    begun = one.status is ActionStatus.UNDER_WAY or (one.start is not None and one.start <= today)
    if one.status is ActionStatus.BLOCKED or (waits and begun):
        return ActionState.BLOCKED
    if one.due is not None and one.due < today:
        return ActionState.OVERDUE
    return ActionState.UNDER_WAY if one.status is ActionStatus.UNDER_WAY else ActionState.NOT_STARTED


def _remaining(one: ActionRow, settings: PlanSettings) -> int:
    """Return working days of the stages after the one that is behind; by its dates where it has no stages."""
    if one.status in (ActionStatus.DONE, ActionStatus.DROPPED):
        return 0
    names = [stage.id for stage in one.action.stages]
    if names:
        passed = names.index(one.stage) + 1 if one.stage in names else 0
        return sum(stage.days for stage in one.action.stages[passed:])
    return settings.week.between(one.slot.start, one.slot.due) if one.slot else 1


def _in_time(one: ActionProgress, cut_off: date | None) -> bool:
    """Return whether an action counts if it is over by its due date: done, or due by the cut-off and not late."""
    if one.state is ActionState.DONE:
        return True
    due = one.row.due
    return due is not None and (cut_off is None or due <= cut_off) and not (one.too_late and one.remaining)


def _at_pace(
    book: PlanBook, settings: PlanSettings, today: date, standings: Sequence[ActionProgress]
) -> tuple[float | None, list[Action] | None]:
    """Return which actions are done by the cut-off at the pace so far, in the order in which they are due."""
    if book.start is None or book.cut_off is None or today <= book.start:
        return None, None
    done = [one.row.action for one in standings if one.state is ActionState.DONE]
    worked = settings.week.between(book.start, today)
    left = settings.week.between(today, book.cut_off) - 1 if today <= book.cut_off else 0
    pace = sum(action.effort for action in done) / worked if worked else 0.0
    budget = pace * max(left, 0)
    finished = {action.id for action in done}
    taken = list(done)
    waiting = [one for one in standings if one.state in UNFINISHED and not one.too_late]
    waiting.sort(key=lambda one: (one.row.due or date.max, one.row.action.id))
    ordered = order_jobs([_job(one) for one in waiting])
    actions: Mapping[str, Action] = {one.row.action.id: one.row.action for one in waiting}
    blocked = {one.row.action.id for one in standings if one.state is not ActionState.DONE} - set(actions)
    for job in ordered:
        action = actions[job.id]
        budget -= action.effort
        if budget < 0:
            break
        if not blocked & set(action.after) and set(action.after) <= finished:
            finished.add(action.id)
            taken.append(action)
    return pace, taken


def _job(one: ActionProgress) -> Job:
    action = one.row.action
    return Job(id=action.id, owner=one.row.owner, days=max(one.remaining, 1), after=action.after)
