"""Results of scoring, each with the trace that lets a person repeat it by hand.

Every unit has a *claimed* rating, which takes the answers as given, and a *shown* range from the worst to the best that
the proof on file allows. What is not known widens the range; it never counts as the worst case. Where both ends of the
range agree, the rating is settled. All of it is indicative; FATF's ratings are judgements.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from fatf_kit.assessment.answers.evidence_facts import CitedInstrument
from fatf_kit.assessment.answers.model import InputFile
from fatf_kit.assessment.folder.model import RecordedDecision, Sector, WeightChange
from fatf_kit.core.problems import CellRef
from fatf_kit.core.ratings import Achievement, ComplianceRating, CriterionRating, EffectivenessRating
from fatf_kit.framework.model import Combination
from fatf_kit.scoring.evidence import EvidenceStatus
from fatf_kit.scoring.span import Span

T_co = TypeVar("T_co", covariant=True)
"""A rating or an answer of one scale, or a trace. What is frozen may stand for what is wider."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustments:
    """The adjustments of a country: weights, decisions and the materiality of sectors. Empty ones change nothing."""

    weights: tuple[WeightChange, ...] = ()
    decisions: tuple[RecordedDecision, ...] = ()
    sectors: tuple[Sector, ...] = ()


class WeightSource(StrEnum):
    """The source of a requirement's weight: the edition, the country, or the materiality of a sector."""

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
    """One lettered part of a criterion that has no answer of its own, with everything below it.

    `weight` is what it weighs within the criterion, after the materiality of the sector that it concerns.
    """

    id: str
    claimed: Span[CriterionRating]
    shown: Span[CriterionRating]
    weight: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementResult(Generic[T_co]):
    """One criterion or core issue: the claim, the range that the proof on file allows, and what people decided.

    `claimed` is open, from worst to best, if there is no answer. `shown` counts the worst of conflicting answers at its
    worst end. `status` says what is missing; `instrument` is the one in question, None where none is cited.
    `in_force_from` is the date that matters where `status` is IN_FORCE_LATER, `in_force_until` where it is
    NO_LONGER_IN_FORCE; no core issue has either.
    """

    id: str
    claimed: Span[T_co]
    shown: Span[T_co]
    status: EvidenceStatus
    weighing: Weighing
    decided: T_co | None = None
    decision: RecordedDecision | None = None
    agencies: tuple[str, ...] = ()
    conflict: bool = False
    instrument: CitedInstrument | None = None
    in_force_from: date | None = None
    in_force_until: date | None = None
    refs: tuple[CellRef, ...] = ()

    @property
    def weight(self) -> int:
        """How much it weighs."""
        return self.weighing.value

    @property
    def counted(self) -> Span[T_co]:
        """The range that counts: the decided value, else the shown range."""
        return self.shown if self.decided is None else Span(worst=self.decided, best=self.decided)

    @property
    def resolved(self) -> T_co | None:
        """The one answer that counts, or None while it is open."""
        return self.counted.rating


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionResult(RequirementResult[CriterionRating]):
    """One criterion. `above_parts` says that its own answer is better than its parts support.

    `parts` are those that the answer is made of, in the way that `combine` says; empty where the criterion has an
    answer of its own. `is_duty` says that the criterion is the duty itself that its Recommendation is about.
    """

    above_parts: CriterionRating | None = None
    parts: tuple[PartResult, ...] = ()
    combine: Combination = field(default_factory=Combination)
    is_duty: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CoreIssueResult(RequirementResult[Achievement]):
    """One core issue. Without proof on file its range starts at negligible."""


AnyRequirement = CriterionResult | CoreIssueResult
"""The result of a requirement of either kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace(Generic[T_co]):
    """How one set of answers became a rating.

    `points` is the sum of weight times credit, `weight` the sum of the weights of what applies. `before_ceiling`
    differs from `rating` where requirements hold it down; `held_by` names them. `close_to` is the neighbouring rating
    that a few points more or less would give, None where none is that near.
    """

    rating: T_co
    points: int
    weight: int
    before_ceiling: T_co
    held_by: tuple[str, ...] = ()
    close_to: T_co | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplianceTrace(Trace[ComplianceRating]):
    """How criteria became a rating: the average is points / weight.

    `partly_or_worse` and `not_met` are weights too.
    """

    partly_or_worse: int
    not_met: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectivenessTrace(Trace[EffectivenessRating]):
    """How core issues became a level: the average per cent is 100 * points / (full * weight)."""

    full: int
    below_large: int
    negligible: int


def ratings_of(traces: Span[Trace[T_co]]) -> Span[T_co]:
    """Return the ratings at the two ends of what was traced.

    >>> traced = Trace(rating="LC", points=160, weight=2, before_ceiling="LC")
    >>> ratings_of(Span(worst=traced, best=traced)).rating
    'LC'
    """
    return Span(worst=traces.worst.rating, best=traces.best.rating)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Counts of criteria or core issues: in total, answered, and answered and shown."""

    total: int
    answered: int
    shown: int

    def __add__(self, other: Coverage) -> Coverage:
        return Coverage(
            total=self.total + other.total,
            answered=self.answered + other.answered,
            shown=self.shown + other.shown,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Margin:
    """How firmly one end of a rating holds, exact.

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


NO_MARGINS: Span[Margin | None] = Span(worst=None, best=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenInstrument:
    """One instrument whose proof would settle something, with all answers that cite it.

    `instrument` is the citation without its article, after its number in the register of laws where it is in that; ""
    where the answer to one requirement cites nothing, None where it is withheld from a reader. `levels` is by how many
    levels the worst ends of `units` rise together once it is shown, `points` the weight times credit that they gain.
    """

    instrument: str | None
    requirements: tuple[str, ...]
    units: tuple[str, ...]
    levels: int
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitResult(Generic[T_co]):
    """One Recommendation or outcome with its traces at both ends; equal ends where nothing is open.

    `shown_traces` count decided requirements as decided. `margins` are those of the two ends, alike where the rating
    is settled; an end is None where it is NA, both are None where the unit was decided as a whole. `open` are the at
    most three requirements whose proof settles the rating first, empty where it is settled.
    """

    id: str
    claimed_traces: Span[Trace[T_co]]
    shown_traces: Span[Trace[T_co]]
    coverage: Coverage
    decided: T_co | None = None
    decision: RecordedDecision | None = None
    margins: Span[Margin | None] = NO_MARGINS
    open: tuple[str, ...] = ()
    published: T_co | None = None

    @property
    def claimed(self) -> Span[T_co]:
        """The rating of the answers as they are given; open from worst to best while some are missing."""
        return ratings_of(self.claimed_traces)

    @property
    def shown(self) -> Span[T_co]:
        """From the worst to the best that the proof on file and the decisions on requirements allow."""
        return ratings_of(self.shown_traces)

    @property
    def counted(self) -> Span[T_co]:
        """The range that counts: the decided rating, else the shown range."""
        return self.shown if self.decided is None else Span(worst=self.decided, best=self.decided)

    @property
    def resolved(self) -> T_co | None:
        """The one rating that counts, or None while it is open."""
        return self.counted.rating

    @property
    def close_to(self) -> T_co | None:
        """The neighbouring rating that a settled one is close to; None while open or where people decided."""
        return self.shown_traces.worst.close_to if self.decided is None and self.resolved is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationResult(UnitResult[ComplianceRating]):
    """One Recommendation, rated from its criteria."""

    claimed_traces: Span[ComplianceTrace]
    shown_traces: Span[ComplianceTrace]
    criteria: tuple[CriterionResult, ...]

    @property
    def requirements(self) -> tuple[CriterionResult, ...]:
        """The requirements it is rated from, by the name that outcomes share."""
        return self.criteria


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeResult(UnitResult[EffectivenessRating]):
    """One Immediate Outcome, rated from its core issues."""

    claimed_traces: Span[EffectivenessTrace]
    shown_traces: Span[EffectivenessTrace]
    core_issues: tuple[CoreIssueResult, ...]

    @property
    def requirements(self) -> tuple[CoreIssueResult, ...]:
        """The requirements it is rated from, by the name that Recommendations share."""
        return self.core_issues


AnyUnit = RecommendationResult | OutcomeResult
"""The result of a unit of either kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """The whole result. `country` is the name given on the covers; `cut_off` None means that dates were not tested.

    `policy` and `edition` include their digests, so that the calculation can be repeated. `open` lists up to ten
    instruments whose proof would settle most ratings, the most effective first.
    """

    edition: str
    edition_digest: str
    policy: str
    policy_digest: str
    country: str | None
    cut_off: date | None
    inputs: tuple[InputFile, ...]
    recommendations: tuple[RecommendationResult, ...]
    outcomes: tuple[OutcomeResult, ...]
    open: tuple[OpenInstrument, ...] = ()
    adjustments: Adjustments = field(default_factory=Adjustments)

    @property
    def units(self) -> tuple[AnyUnit, ...]:
        """Everything that is rated: the 40 Recommendations, then the 11 outcomes."""
        return (*self.recommendations, *self.outcomes)

    @property
    def requirements(self) -> tuple[AnyRequirement, ...]:
        """All criteria, then all core issues."""
        return tuple(result for unit in self.units for result in unit.requirements)

    @property
    def in_force_later(self) -> Mapping[str, date]:
        """When measures come into force that do so after the cut-off, by requirement."""
        return {result.id: result.in_force_from for result in self.requirements if result.in_force_from is not None}

    @property
    def coverage(self) -> Coverage:
        """Over all criteria and core issues asked."""
        total = Coverage(total=0, answered=0, shown=0)
        for unit in self.units:
            total += unit.coverage
        return total

    @property
    def by_id(self) -> Mapping[str, AnyUnit]:
        """Every rated unit by its id."""
        return {unit.id: unit for unit in self.units}
