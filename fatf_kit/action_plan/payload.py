"""A plan as JSON that others may rely on, by the schema frameworks/schema/plan-2."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from fatf_kit.action_plan.effects import make_span
from fatf_kit.action_plan.model import Action, ActionPlan, Effect, Gain, RatingChange, TargetPath
from fatf_kit.action_plan.names import name_action
from fatf_kit.core.json_shapes import Count, RatingCode, one_of
from fatf_kit.core.messages import Translator
from fatf_kit.core.ratings import FindingKind
from fatf_kit.framework.model import Framework
from fatf_kit.framework.weekends import DAYS, WeekendSource

RatingEnds = tuple[RatingCode, RatingCode]
"""The worst and the best rating; twice the same where nothing is open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekendResult:
    """The days off in a week, with their source."""

    days: tuple[Annotated[str, one_of(DAYS)], ...]
    source: WeekendSource
    confidence: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRatings:
    """The rating that the answers claim, and the range that the proof on file allows."""

    claimed: RatingEnds
    shown: RatingEnds


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedGap:
    """A requirement and the kind of its gap that an action closes."""

    requirement: str
    kind: FindingKind


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeChange:
    """A unit whose range of ratings changes."""

    id: str
    from_: RatingEnds
    to: RatingEnds


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionEffectResult:
    """The effect of one action alone. `shown` is the gain at the worst end, `claimed` at the best end."""

    moves: tuple[RangeChange, ...]
    clears: tuple[str, ...]
    nearer: tuple[str, ...]
    shown: Gain
    claimed: Gain


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionResult:
    """An action with its dates.

    `in_force_from` is the day on which the measure comes into force as enacted, where that is after the cut-off.
    """

    id: str
    name: str
    kind: str
    root_cause: str | None
    closes: tuple[ClosedGap, ...]
    concerns: tuple[str, ...]
    mock: tuple[str, ...]
    owner: str | None
    owner_is_role: bool
    after: tuple[str, ...]
    effort: Count
    start: date
    due: date
    late: bool
    in_force_from: date | None
    key: bool
    effect: ActionEffectResult


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionPlanDocument:
    """The actions for all that is missing, in their order. `way` is null where no target was named.

    Names of actions are in the language of the reader; everything else is codes.
    """

    schema: Literal["fatf-kit/plan/2"]
    edition: str
    country: str | None
    policy: str
    start: date
    cut_off: date | None
    weekend: WeekendResult
    ratings: Mapping[str, UnitRatings]
    way: TargetPath | None
    actions: tuple[ActionResult, ...]


def make_plan_result(plan: ActionPlan, framework: Framework, t: Translator) -> ActionPlanDocument:
    """Make the JSON value of a plan. Names are in the language of `t`, which is that of `framework`."""
    weekend = plan.weekend
    return ActionPlanDocument(
        schema="fatf-kit/plan/2",
        edition=plan.edition,
        country=plan.country,
        policy=plan.policy,
        start=plan.start,
        cut_off=plan.cut_off,
        weekend=WeekendResult(days=weekend.names, source=weekend.source, confidence=weekend.confidence or None),
        ratings={
            unit: UnitRatings(claimed=_list_ends(plan.claimed[unit]), shown=_list_ends(shown))
            for unit, shown in plan.ratings_now.items()
        },
        way=plan.way,
        actions=tuple(_make_action(action, plan, name_action(action, framework, t)) for action in plan.actions),
    )


def _list_ends(rating: object) -> RatingEnds:
    span = make_span(rating)
    return span.worst, span.best


def _make_action(action: Action, plan: ActionPlan, name: str) -> ActionResult:
    slot = plan.slots[action.id]
    return ActionResult(
        id=action.id,
        name=name,
        kind=action.kind,
        root_cause=action.cause or None,
        closes=tuple(ClosedGap(requirement=requirement, kind=kind) for requirement, kind in action.closes),
        concerns=action.concerns,
        mock=action.mock,
        owner=action.owner or None,
        owner_is_role=action.owner_is_role,
        after=action.after,
        effort=action.effort,
        start=slot.start,
        due=slot.due,
        late=slot.late,
        in_force_from=action.in_force_from,
        key=action.key,
        effect=_make_effect(plan.effects[action.id]),
    )


def _make_effect(effect: Effect) -> ActionEffectResult:
    return ActionEffectResult(
        moves=tuple(map(_make_move, effect.moves)),
        clears=effect.clears,
        nearer=effect.nearer,
        shown=effect.shown,
        claimed=effect.claimed,
    )


def _make_move(move: RatingChange) -> RangeChange:
    return RangeChange(id=move.unit, from_=_list_ends(move.before), to=_list_ends(move.after))
