"""Results of scoring, each with the trace that lets a person repeat it by hand.

Two ratings stand side by side everywhere: *claimed* takes the answers as given, *demonstrated* counts them only as
far as they are shown. While answers are missing a rating is a span from the worst to the best that is still possible.
All of it is indicative; FATF's ratings are judgements.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from fatf_kit.framework.model import Combine
from fatf_kit.problems import CellRef
from fatf_kit.ratings import Achievement, ComplianceRating, CriterionRating, EffectivenessRating
from fatf_kit.responses.model import Input
from fatf_kit.workspace.model import Decision, Sector, WeightChange

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span(Generic[T]):
    """From worst to best; equal when nothing is open any more.

    >>> Span(worst="LC", best="LC").rating, Span(worst="PC", best="LC").rating
    ('LC', None)
    """

    worst: T
    best: T

    @property
    def rating(self) -> T | None:
        """The one value, or None while worst and best differ."""
        return self.worst if self.worst == self.best else None


class Showing(StrEnum):
    """Whether an answer is shown, and if not, what is missing."""

    SHOWN = "shown"
    NOT_NEEDED = "not needed"  # "not met" and "negligible" need no proof
    NOTHING_CITED = "nothing cited"
    NO_ARTICLE = "no article"
    NOT_BINDING = "not binding"
    LAW_NEEDED = "law needed"
    NO_DATE = "no date"
    IN_FORCE_LATER = "in force later"
    NO_REASON = "no reason"  # "not applicable" without an explanation
    NO_EVIDENCE = "no evidence"  # core issues
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustments:
    """What a country sets beside the answers: weights, decisions, how much sectors matter. Empty changes nothing."""

    weights: tuple[WeightChange, ...] = ()
    decisions: tuple[Decision, ...] = ()
    sectors: tuple[Sector, ...] = ()


class WeightSource(StrEnum):
    """Who says how much a requirement weighs: the edition, the country, or the materiality of a sector."""

    EDITION = "edition"
    COUNTRY = "country"
    SECTOR = "sector"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """A weight and where it comes from. `edition` is the weight it would have otherwise.

    `reason` is the edition's or the country's, None for an ordinary weight; `sectors` are those that moved it.
    """

    value: int
    edition: int
    source: WeightSource = WeightSource.EDITION
    reason: str | None = None
    sectors: tuple[Sector, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PartResult:
    """One lettered part of a criterion that has no answer of its own, with everything below it."""

    id: str
    claimed_span: Span[CriterionRating]
    demonstrated_span: Span[CriterionRating]


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionResult:
    """One criterion: what is claimed, what of it is shown, what people decided, and where the answer stands.

    `claimed` and `demonstrated` are None while open. `in_force_from` is the date that matters where `showing` is
    IN_FORCE_LATER. `above_parts` says that the criterion's own answer is better than its parts support. `possible`
    runs from the worst case, which counts the worst of conflicting answers, to the best. `parts` are those that the
    answer is made of, in the way that `combine` says; empty where the criterion has an answer of its own.
    """

    id: str
    claimed_span: Span[CriterionRating]
    demonstrated_span: Span[CriterionRating]
    possible: Span[CriterionRating]
    showing: Showing
    weighing: Weighing
    decided: CriterionRating | None = None
    decision: Decision | None = None
    in_force_from: date | None = None
    above_parts: CriterionRating | None = None
    parts: tuple[PartResult, ...] = ()
    combine: Combine = Combine.ALL
    agencies: tuple[str, ...] = ()
    conflict: bool = False
    refs: tuple[CellRef, ...] = ()

    @property
    def weight(self) -> int:
        """How much it weighs."""
        return self.weighing.value

    @property
    def used_span(self) -> Span[CriterionRating]:
        """What counts: the decided value, else the demonstrated one."""
        return Span(worst=self.decided, best=self.decided) if self.decided is not None else self.demonstrated_span

    @property
    def claimed(self) -> CriterionRating | None:
        """The answer, or None while it is open."""
        return self.claimed_span.rating

    @property
    def demonstrated(self) -> CriterionRating | None:
        """What of the answer is shown, or None while it is open."""
        return self.demonstrated_span.rating


@dataclass(frozen=True, slots=True, kw_only=True)
class CoreIssueResult:
    """One core issue. Without evidence nothing is known of it: the demonstrated span then starts at negligible."""

    id: str
    claimed_span: Span[Achievement]
    demonstrated_span: Span[Achievement]
    possible: Span[Achievement]
    showing: Showing
    weighing: Weighing
    decided: Achievement | None = None
    decision: Decision | None = None
    agencies: tuple[str, ...] = ()
    conflict: bool = False
    refs: tuple[CellRef, ...] = ()

    @property
    def weight(self) -> int:
        """How much it weighs."""
        return self.weighing.value

    @property
    def used_span(self) -> Span[Achievement]:
        """What counts: the decided value, else the demonstrated one."""
        return Span(worst=self.decided, best=self.decided) if self.decided is not None else self.demonstrated_span

    @property
    def claimed(self) -> Achievement | None:
        """The answer, or None while it is open."""
        return self.claimed_span.rating

    @property
    def demonstrated(self) -> Achievement | None:
        """The answer as far as it is shown, or None while it is open."""
        return self.demonstrated_span.rating


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplianceTrace:
    """How one set of criterion ratings became a rating.

    `points` is the sum of weight times credit, `weight` the sum of the weights of applicable criteria, so the average
    is points / weight. `partly_or_worse` and `not_met` are weights too. `before_ceiling` differs from `rating` where a
    heavy criterion holds it down; `held_by` names those criteria.
    """

    rating: ComplianceRating
    points: int
    weight: int
    partly_or_worse: int
    not_met: int
    before_ceiling: ComplianceRating
    held_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectivenessTrace:
    """How one set of extents became a level. The average per cent is 100 * points / (full * weight)."""

    rating: EffectivenessRating
    points: int
    weight: int
    full: int
    below_large: int
    negligible: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How much of what was asked is answered, and how much of that is shown. Counts of criteria or core issues."""

    asked: int
    answered: int
    demonstrated: int

    def __add__(self, other: Coverage) -> Coverage:
        return Coverage(
            asked=self.asked + other.asked,
            answered=self.answered + other.answered,
            demonstrated=self.demonstrated + other.demonstrated,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Margin:
    """How firmly a settled rating holds, exact.

    `down` and `up` are the requirements of which one step alone moves the rating. `sets` are smallest sets of single
    steps to the next level: an id that stands twice in a set moves up two steps. All smallest sets are counted in
    `sets_total`, at most a few are written out. `to` is the next level, None at the top.
    """

    down: tuple[str, ...] = ()
    up: tuple[str, ...] = ()
    to: str | None = None
    steps: int = 0
    sets: tuple[tuple[str, ...], ...] = ()
    sets_total: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationResult:
    """One Recommendation with its traces: the worst and best case of each reading; equal when settled.

    `used_traces` count decided criteria as decided. `possible` is the range of what may still be used in the end, the
    worst of conflicting answers included. `margin` is None while the rating is open, NA, or decided as a whole.
    """

    id: str
    claimed_span: Span[ComplianceRating]
    demonstrated_span: Span[ComplianceRating]
    claimed_traces: Span[ComplianceTrace]
    demonstrated_traces: Span[ComplianceTrace]
    used_traces: Span[ComplianceTrace]
    possible: Span[ComplianceRating]
    criteria: tuple[CriterionResult, ...]
    coverage: Coverage
    decided: ComplianceRating | None = None
    decision: Decision | None = None
    margin: Margin | None = None
    published: ComplianceRating | None = None

    @property
    def claimed(self) -> ComplianceRating | None:
        """What agencies say it amounts to, or None while open."""
        return self.claimed_span.rating

    @property
    def demonstrated(self) -> ComplianceRating | None:
        """What they can show, or None while open."""
        return self.demonstrated_span.rating

    @property
    def used_span(self) -> Span[ComplianceRating]:
        """What goes on: the decided rating, else the roll-up in which decided answers count as decided."""
        if self.decided is not None:
            return Span(worst=self.decided, best=self.decided)
        return Span(worst=self.used_traces.worst.rating, best=self.used_traces.best.rating)

    @property
    def used(self) -> ComplianceRating | None:
        """The rating that goes on, or None while open."""
        return self.used_span.rating


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeResult:
    """One Immediate Outcome with its traces, in the same shape as a Recommendation."""

    id: str
    claimed_span: Span[EffectivenessRating]
    demonstrated_span: Span[EffectivenessRating]
    claimed_traces: Span[EffectivenessTrace]
    demonstrated_traces: Span[EffectivenessTrace]
    used_traces: Span[EffectivenessTrace]
    possible: Span[EffectivenessRating]
    core_issues: tuple[CoreIssueResult, ...]
    coverage: Coverage
    decided: EffectivenessRating | None = None
    decision: Decision | None = None
    margin: Margin | None = None
    published: EffectivenessRating | None = None

    @property
    def claimed(self) -> EffectivenessRating | None:
        """What agencies say it amounts to, or None while open."""
        return self.claimed_span.rating

    @property
    def demonstrated(self) -> EffectivenessRating | None:
        """What they can show, or None while open."""
        return self.demonstrated_span.rating

    @property
    def used_span(self) -> Span[EffectivenessRating]:
        """What goes on: the decided rating, else the roll-up in which decided answers count as decided."""
        if self.decided is not None:
            return Span(worst=self.decided, best=self.decided)
        return Span(worst=self.used_traces.worst.rating, best=self.used_traces.best.rating)

    @property
    def used(self) -> EffectivenessRating | None:
        """The rating that goes on, or None while open."""
        return self.used_span.rating


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """The whole result. `country` is the name given on the covers; `cut_off` None means that dates were not tested.

    `policy` and `edition` name their digests too, so that anybody can repeat the calculation.
    """

    edition: str
    edition_digest: str
    policy: str
    policy_digest: str
    country: str | None
    cut_off: date | None
    inputs: tuple[Input, ...]
    recommendations: tuple[RecommendationResult, ...]
    outcomes: tuple[OutcomeResult, ...]
    adjustments: Adjustments = field(default_factory=Adjustments)

    @property
    def units(self) -> tuple[RecommendationResult | OutcomeResult, ...]:
        """Everything that is rated: the 40 Recommendations, then the 11 outcomes."""
        return (*self.recommendations, *self.outcomes)

    @property
    def coverage(self) -> Coverage:
        """Over all criteria and core issues asked."""
        total = Coverage(asked=0, answered=0, demonstrated=0)
        for unit in self.units:
            total += unit.coverage
        return total

    @property
    def by_id(self) -> Mapping[str, RecommendationResult | OutcomeResult]:
        """Every rated unit by its id."""
        return {unit.id: unit for unit in self.units}
