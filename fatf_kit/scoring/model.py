"""Results of scoring, each with the trace that lets a person repeat it by hand.

Two ratings stand side by side everywhere: *claimed* takes the answers as given, *demonstrated* counts them only as
far as they are shown. While answers are missing a rating is a span from the worst to the best that is still possible.
All of it is indicative; FATF's ratings are judgements.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from fatf_kit.framework.model import Combination
from fatf_kit.problems import CellRef
from fatf_kit.ratings import Achievement, ComplianceRating, CriterionRating, EffectivenessRating
from fatf_kit.responses.model import Input
from fatf_kit.workspace.model import Decision, Sector, WeightChange

T_co = TypeVar("T_co", covariant=True)
"""A rating or an answer of one scale, or a trace. What is frozen may stand for what is wider."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span(Generic[T_co]):
    """From worst to best; equal when nothing is open any more.

    >>> Span(worst="LC", best="LC").rating, Span(worst="PC", best="LC").rating
    ('LC', None)
    """

    worst: T_co
    best: T_co

    @property
    def rating(self) -> T_co | None:
        """The one value, or None while worst and best differ."""
        return self.worst if self.worst == self.best else None

    def told(self, named: Callable[[T_co], str] = str) -> str:
        """The value, or both between which it lies; `named` gives each its name.

        >>> Span(worst="PC", best="LC").told(), Span(worst="LC", best="LC").told()
        ('PC – LC', 'LC')
        """
        return " – ".join(map(named, dict.fromkeys((self.worst, self.best))))


class Showing(StrEnum):
    """Whether an answer is shown, and if not, what is missing.

    >>> Showing.SHOWN.counts, Showing.NO_DATE.counts
    (True, False)
    """

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

    @property
    def counts(self) -> bool:
        """Whether the answer counts as given among what is demonstrated."""
        return self in (Showing.SHOWN, Showing.NOT_NEEDED)


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
class RequirementResult(Generic[T_co]):
    """One criterion or core issue: what is claimed, what of it is shown, what people decided, and where it stands.

    `possible` runs from the worst case, which counts the worst of conflicting answers, to the best. `in_force_from`
    is the date that matters where `showing` is IN_FORCE_LATER, which no core issue is.
    """

    id: str
    claimed_span: Span[T_co]
    demonstrated_span: Span[T_co]
    possible: Span[T_co]
    showing: Showing
    weighing: Weighing
    decided: T_co | None = None
    decision: Decision | None = None
    agencies: tuple[str, ...] = ()
    conflict: bool = False
    in_force_from: date | None = None
    refs: tuple[CellRef, ...] = ()

    @property
    def weight(self) -> int:
        """How much it weighs."""
        return self.weighing.value

    @property
    def used_span(self) -> Span[T_co]:
        """What counts: the decided value, else the demonstrated one."""
        return self.demonstrated_span if self.decided is None else Span(worst=self.decided, best=self.decided)

    @property
    def claimed(self) -> T_co | None:
        """The answer, or None while it is open."""
        return self.claimed_span.rating

    @property
    def demonstrated(self) -> T_co | None:
        """What of the answer is shown, or None while it is open."""
        return self.demonstrated_span.rating


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionResult(RequirementResult[CriterionRating]):
    """One criterion. `above_parts` says that its own answer is better than its parts support.

    `parts` are those that the answer is made of, in the way that `combine` says; empty where the criterion has an
    answer of its own.
    """

    above_parts: CriterionRating | None = None
    parts: tuple[PartResult, ...] = ()
    combine: Combination = field(default_factory=Combination)


@dataclass(frozen=True, slots=True, kw_only=True)
class CoreIssueResult(RequirementResult[Achievement]):
    """One core issue. Without evidence nothing is known of it: the demonstrated span then starts at negligible."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace(Generic[T_co]):
    """How one set of answers became a rating.

    `points` is the sum of weight times credit, `weight` the sum of the weights of what applies.
    """

    rating: T_co
    points: int
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplianceTrace(Trace[ComplianceRating]):
    """How criteria became a rating: the average is points / weight.

    `partly_or_worse` and `not_met` are weights too. `before_ceiling` differs from `rating` where a
    heavy criterion holds it down; `held_by` names those criteria.
    """

    partly_or_worse: int
    not_met: int
    before_ceiling: ComplianceRating
    held_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectivenessTrace(Trace[EffectivenessRating]):
    """How core issues became a level: the average per cent is 100 * points / (full * weight)."""

    full: int
    below_large: int
    negligible: int


def ratings_of(traces: Span[Trace[T_co]]) -> Span[T_co]:
    """The ratings at the two ends of what was traced.

    >>> traced = Trace(rating="LC", points=160, weight=2)
    >>> ratings_of(Span(worst=traced, best=traced)).rating
    'LC'
    """
    return Span(worst=traces.worst.rating, best=traces.best.rating)


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
class UnitResult(Generic[T_co]):
    """One Recommendation or outcome with its traces: the worst and best case of each reading; equal when settled.

    `used_traces` count decided requirements as decided. `possible` is the range of what may still be used in the end,
    the worst of conflicting answers included. `margin` is None while the rating is open, NA, or decided as a whole.
    """

    id: str
    claimed_traces: Span[Trace[T_co]]
    demonstrated_traces: Span[Trace[T_co]]
    used_traces: Span[Trace[T_co]]
    possible: Span[T_co]
    coverage: Coverage
    decided: T_co | None = None
    decision: Decision | None = None
    margin: Margin | None = None
    published: T_co | None = None

    @property
    def claimed_span(self) -> Span[T_co]:
        """From the worst to the best of what agencies say it amounts to."""
        return ratings_of(self.claimed_traces)

    @property
    def demonstrated_span(self) -> Span[T_co]:
        """From the worst to the best of what they can show."""
        return ratings_of(self.demonstrated_traces)

    @property
    def used_span(self) -> Span[T_co]:
        """What goes on: the decided rating, else the roll-up in which decided answers count as decided."""
        return ratings_of(self.used_traces) if self.decided is None else Span(worst=self.decided, best=self.decided)

    @property
    def claimed(self) -> T_co | None:
        """What agencies say it amounts to, or None while open."""
        return self.claimed_span.rating

    @property
    def demonstrated(self) -> T_co | None:
        """What they can show, or None while open."""
        return self.demonstrated_span.rating

    @property
    def used(self) -> T_co | None:
        """The rating that goes on, or None while open."""
        return self.used_span.rating


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationResult(UnitResult[ComplianceRating]):
    """One Recommendation, rated from its criteria."""

    claimed_traces: Span[ComplianceTrace]
    demonstrated_traces: Span[ComplianceTrace]
    used_traces: Span[ComplianceTrace]
    criteria: tuple[CriterionResult, ...]

    @property
    def requirements(self) -> tuple[CriterionResult, ...]:
        """What it is rated from, by the name that outcomes share."""
        return self.criteria


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeResult(UnitResult[EffectivenessRating]):
    """One Immediate Outcome, rated from its core issues."""

    claimed_traces: Span[EffectivenessTrace]
    demonstrated_traces: Span[EffectivenessTrace]
    used_traces: Span[EffectivenessTrace]
    core_issues: tuple[CoreIssueResult, ...]

    @property
    def requirements(self) -> tuple[CoreIssueResult, ...]:
        """What it is rated from, by the name that Recommendations share."""
        return self.core_issues


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
    def requirements(self) -> tuple[CriterionResult | CoreIssueResult, ...]:
        """All criteria, then all core issues."""
        return tuple(result for unit in self.units for result in unit.requirements)

    @property
    def in_force_later(self) -> Mapping[str, date]:
        """When measures come into force that do so after the cut-off, by requirement."""
        return {result.id: result.in_force_from for result in self.requirements if result.in_force_from is not None}

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
