"""The progress of a plan as JSON that others may rely on: frameworks/schema/progress-1."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from fatf_kit.action_plan.book import describe_span
from fatf_kit.action_plan.progress import ActionProgress, ActionState, PlanProgress, Projection
from fatf_kit.outlook.model import FollowUp


@dataclass(frozen=True, slots=True, kw_only=True)
class EffortResult:
    """Person-days done and in all, and those done in a working day; null where no working day has passed."""

    done: int
    all: int
    pace: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionProgressResult:
    """An action, its state, and the day on which it can be completed."""

    id: str
    what: str
    owner: str
    state: ActionState
    start: date | None
    due: date | None
    remaining_days: int
    done_on: date | None
    forecast: date | None
    too_late: bool
    waits_for: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectionResult:
    """The ratings with some actions done, and what follows from them; null while open ratings decide."""

    actions: tuple[str, ...]
    follow_up: FollowUp | None
    icrg_referral: bool | None
    ratings: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectionResults:
    """Ratings as the plan found them, with what is done, with all that is on time, and at the pace until now."""

    at_start: ProjectionResult
    now: ProjectionResult
    on_time: ProjectionResult
    at_pace: ProjectionResult | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressResult:
    """The progress of a plan on a day. `chain` are open actions that follow one another and take longest."""

    schema: Literal["fatf-kit/progress/1"]
    edition: str
    country: str
    today: date
    start: date | None
    cut_off: date | None
    states: Mapping[ActionState, int]
    effort: EffortResult
    chain: tuple[str, ...]
    actions: tuple[ActionProgressResult, ...]
    projections: ProjectionResults


def make_progress_result(found: PlanProgress) -> ProgressResult:
    """Make the JSON value of the progress of a plan."""
    book = found.book
    return ProgressResult(
        schema="fatf-kit/progress/1",
        edition=book.edition,
        country=book.country,
        today=found.today,
        start=book.start,
        cut_off=book.cut_off,
        states={state: found.count(state) for state in ActionState},
        effort=EffortResult(done=found.effort_done, all=found.effort_all, pace=found.pace),
        chain=found.chain,
        actions=tuple(map(_make_action, found.standings)),
        projections=ProjectionResults(
            at_start=_make_projection(found.at_start),
            now=_make_projection(found.now),
            on_time=_make_projection(found.on_time),
            at_pace=_make_projection(found.at_pace) if found.at_pace else None,
        ),
    )


def _make_action(action: ActionProgress) -> ActionProgressResult:
    return ActionProgressResult(
        id=action.row.action.id,
        what=action.row.what,
        owner=action.row.owner,
        state=action.state,
        start=action.row.start,
        due=action.row.due,
        remaining_days=action.remaining,
        done_on=action.done_on,
        forecast=action.forecast,
        too_late=action.too_late,
        waits_for=action.waits_for,
    )


def _make_projection(projection: Projection) -> ProjectionResult:
    return ProjectionResult(
        actions=projection.actions,
        follow_up=projection.outlook.follow_up,
        icrg_referral=projection.outlook.icrg_referral,
        ratings={unit: describe_span(rating) for unit, rating in projection.ratings.items()},
    )
