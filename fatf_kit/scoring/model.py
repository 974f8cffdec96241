"""Results of scoring, each with the trace that lets a person repeat it by hand.

Two ratings stand side by side everywhere: *claimed* takes the answers as given, *demonstrated* counts them only as
far as they are shown. While answers are missing a rating is a span from the worst to the best that is still possible.
All of it is indicative; FATF's ratings are judgements.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from fatf_kit.problems import CellRef
from fatf_kit.ratings import Achievement, ComplianceRating, CriterionRating, EffectivenessRating
from fatf_kit.responses.model import Input

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
class CriterionResult:
    """One criterion: what is claimed, what of it is shown, and where the answer stands.

    `claimed` and `demonstrated` are None while open. `in_force_from` is the date that matters where `showing` is
    IN_FORCE_LATER. `above_parts` says that the criterion's own answer is better than its parts support.
    """

    id: str
    claimed_span: Span[CriterionRating]
    demonstrated_span: Span[CriterionRating]
    showing: Showing
    weight: int
    weight_reason: str | None
    in_force_from: date | None = None
    above_parts: CriterionRating | None = None
    agencies: tuple[str, ...] = ()
    conflict: bool = False
    refs: tuple[CellRef, ...] = ()

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
    showing: Showing
    weight: int
    weight_reason: str | None
    agencies: tuple[str, ...] = ()
    conflict: bool = False
    refs: tuple[CellRef, ...] = ()

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
class RecommendationResult:
    """One Recommendation with its traces: the worst and best case of each reading; equal when settled."""

    id: str
    claimed_span: Span[ComplianceRating]
    demonstrated_span: Span[ComplianceRating]
    claimed_traces: Span[ComplianceTrace]
    demonstrated_traces: Span[ComplianceTrace]
    criteria: tuple[CriterionResult, ...]
    coverage: Coverage
    decided: ComplianceRating | None = None
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
    def used(self) -> ComplianceRating | None:
        """The rating that goes on: the decided one where people decided, else the demonstrated one."""
        return self.decided or self.demonstrated


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeResult:
    """One Immediate Outcome with its traces, in the same shape as a Recommendation."""

    id: str
    claimed_span: Span[EffectivenessRating]
    demonstrated_span: Span[EffectivenessRating]
    claimed_traces: Span[EffectivenessTrace]
    demonstrated_traces: Span[EffectivenessTrace]
    core_issues: tuple[CoreIssueResult, ...]
    coverage: Coverage
    decided: EffectivenessRating | None = None
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
    def used(self) -> EffectivenessRating | None:
        """The rating that goes on: the decided one where people decided, else the demonstrated one."""
        return self.decided or self.demonstrated


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
