"""An action plan as frozen values: actions, their effects and dates, and the ratings at the start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from fatf_kit.core.ratings import Achievement, CriterionRating, FindingKind
from fatf_kit.framework.catalog import get_unit_id
from fatf_kit.framework.weekends import Weekend
from fatf_kit.outlook.model import Rating, Ratings, Target
from fatf_kit.scoring.span import Span

RequirementRating = CriterionRating | Achievement
"""The rating of a requirement: an answer to a criterion, or the extent of a core issue."""

Gap = tuple[str, FindingKind]
"""A requirement and one of its gaps: a shortcoming, missing proof, or a missing answer."""


class ActionStatus(StrEnum):
    """How far an action is, as its owner reports."""

    NOT_STARTED = "not started"
    UNDER_WAY = "under way"
    BLOCKED = "blocked"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A stage that an action passes, and the working days it takes."""

    id: str
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementState:
    """The state of one criterion or core issue.

    `now` is what counts today, worst and best; `claimed` is the country's own answer, None while open; `gaps` are what
    keeps it from being met and shown. `decided` says that people decided on `now`, `is_duty` that the criterion is the
    duty itself that its Recommendation is about.
    """

    requirement: str
    weight: int
    now: Span[RequirementRating]
    claimed: RequirementRating | None
    gaps: frozenset[FindingKind] = frozenset()
    decided: bool = False
    is_duty: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitState:
    """One Recommendation or outcome: its requirements, and the rating that people decided on, if any."""

    unit: str
    requirements: tuple[RequirementState, ...]
    decided: Rating | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One piece of work.

    Attributes:
        id: Like "A-07"; stays the same in the workbook.
        kind: An id of frameworks/plan/efforts.json.
        effort: Person-days.
        stages: The stages it passes, in order.
        cause: The root cause it removes; empty where it serves one unit or requirement.
        closes: Gaps that are gone when it is done.
        owner: Id of the agency that is responsible, else of the role that usually is; empty where neither is known.
        owner_is_role: Whether the owner is a role rather than an agency.
        after: Ids of actions that have to be done before it can begin.
        in_force_from: The day on which the measure comes into force as enacted, where that is after the cut-off.
        key: Whether a gap it closes is a candidate for a key recommended action.
        missing: The country's own words on what is missing, by requirement; nothing restricted.
        planned_due: The latest date that the country itself has given, as text; empty where none.
        concerns: Requirements that it serves without closing a gap: questions at the visit are about them.
        mock: Ids of the findings of a mock visit that it answers; empty where the assessment proposed it.
    """

    id: str
    kind: str
    effort: int
    stages: tuple[Stage, ...]
    cause: str = ""
    closes: tuple[Gap, ...] = ()
    owner: str = ""
    owner_is_role: bool = False
    after: tuple[str, ...] = ()
    in_force_from: date | None = None
    key: bool = False
    missing: Mapping[str, str] = field(default_factory=dict)
    planned_due: str = ""
    concerns: tuple[str, ...] = ()
    mock: tuple[str, ...] = ()

    @property
    def days(self) -> int:
        """The working days from beginning to end."""
        return sum(stage.days for stage in self.stages)

    @property
    def requirements(self) -> tuple[str, ...]:
        """The requirements it serves, each once."""
        return tuple(dict.fromkeys((*(requirement for requirement, _ in self.closes), *self.concerns)))

    @property
    def units(self) -> tuple[str, ...]:
        """The Recommendations and outcomes it serves, each once."""
        return tuple(dict.fromkeys(get_unit_id(requirement) for requirement in self.requirements))


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingChange:
    """A unit whose range of ratings changes, at either end."""

    unit: str
    before: Span[Rating]
    after: Span[Rating]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """The gain from an action at one end of the ranges.

    `levels` counts levels of ratings; `points` is weight times credit, which also counts where no rating moves yet.
    """

    levels: int
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """The effect of one action alone, with everything else unchanged.

    `moves` are ranges that change, `clears` thresholds of the outlook that are certainly no longer met, `nearer` those
    that come nearer to that. `shown` is the gain at the worst end, which the proof on file supports, `claimed` the
    gain at the best end.
    """

    moves: tuple[RatingChange, ...]
    clears: tuple[str, ...]
    nearer: tuple[str, ...]
    shown: Gain
    claimed: Gain

    @property
    def levels(self) -> int:
        """Levels of ratings won at both ends together."""
        return self.shown.levels + self.claimed.levels

    @property
    def points(self) -> int:
        """Points won at both ends together."""
        return self.shown.points + self.claimed.points


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """The first and the last day of work on an action; `late` where the last day is after the cut-off."""

    start: date
    due: date
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetPath:
    """A smallest set of actions that reaches a target in time, in order of beginning.

    Attributes:
        target: The target of the country.
        reached: Whether closing these gaps clears its thresholds by the cut-off.
        in_time: False where only actions after the cut-off would reach it; `reached` is then false too.
        actions: Ids; empty where the target is reached already or cannot be.
        effort: Person-days of the set.
        exact: No set of less effort reaches it; False where the search was cut short.
        open_at_best: It is reached only if everything unanswered turns out at its best.
    """

    target: Target
    reached: bool
    in_time: bool
    actions: tuple[str, ...]
    effort: int
    exact: bool
    open_at_best: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionPlan:
    """One plan, with its actions in order of effect per effort.

    `ratings_now` are the ranges that the proof on file allows, `claimed` the ratings that the answers claim. `way` is
    None where no target was named. `weekend` are the days off in a week. `agencies` has the names of agencies by
    language, by id.
    """

    edition: str
    country: str | None
    policy: str
    start: date
    cut_off: date | None
    units: tuple[UnitState, ...]
    actions: tuple[Action, ...]
    effects: Mapping[str, Effect]
    slots: Mapping[str, Slot]
    ratings_now: Ratings
    claimed: Ratings
    way: TargetPath | None
    weekend: Weekend = field(default_factory=Weekend)
    notices: tuple[str, ...] = ()
    agencies: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def late(self) -> tuple[str, ...]:
        """Ids of actions that cannot be done by the cut-off."""
        return tuple(action.id for action in self.actions if self.slots[action.id].late)

    def find_due(self, action: Action) -> date:
        """Return the date of an action that leads everywhere: the country's own, else the earliest possible one.

        A day before the plan begins cannot be kept any more, so the earliest possible one takes its place.
        """
        planned = self.find_planned_day(action)
        return planned if planned and planned >= self.start else self.slots[action.id].due

    def find_planned_day(self, action: Action) -> date | None:
        """Return the last day that the country itself has given for an action; None where it gives none."""
        return date.fromisoformat(action.planned_due) if action.planned_due else None
