"""Two assessments compared as JSON that others may rely on: frameworks/schema/compare-1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fatf_kit.comparison.model import (
    AssessmentComparison,
    MovementCause,
    MovementStep,
    RequirementChange,
    UnitMovement,
)
from fatf_kit.comparison.report import list_ends


@dataclass(frozen=True, slots=True, kw_only=True)
class FactPair:
    """A fact of both assessments."""

    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedFacts:
    """The edition, the scoring rules, the cut-off date and the moment of both assessments."""

    edition: FactPair
    policy: FactPair
    policy_digest: FactPair
    cut_off: FactPair
    generated_at: FactPair


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedPair:
    """The published reports that are compared, like MER 2024-05; null for a result that is made from answers."""

    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeResult:
    """A requirement that changed, and why; null where there was none before."""

    id: str
    cause: MovementCause
    before: str | None
    after: str
    claimed_before: str | None
    claimed_after: str | None
    was: tuple[str, ...]
    law_before: str | None
    law_after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementResult:
    """A Recommendation or outcome before and after. Ranges run from the worst to the best end; alike where settled."""

    id: str
    before: str
    after: str
    before_range: tuple[str, str]
    after_range: tuple[str, str]
    before_by_earlier_method: str | None
    moved: bool
    steps: tuple[MovementStep, ...]
    changes: tuple[ChangeResult, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonResult:
    """Two assessments compared.

    With `is_earlier_method` the older result was made by the earlier method; the present method rates its answers here.
    """

    schema: Literal["fatf-kit/compare/1"]
    country: str
    facts: ComparedFacts
    is_earlier_method: bool
    published: PublishedPair
    not_comparable: tuple[str, ...]
    movements: tuple[MovementResult, ...]


def make_comparison_result(found: AssessmentComparison) -> ComparisonResult:
    """Make the JSON value of a comparison."""
    before, after = found.published
    return ComparisonResult(
        schema="fatf-kit/compare/1",
        country=found.country,
        facts=ComparedFacts(**{key: FactPair(before=old, after=new) for key, (old, new) in found.facts.items()}),
        is_earlier_method=found.is_earlier_method,
        published=PublishedPair(before=before or None, after=after or None),
        not_comparable=found.not_comparable,
        movements=tuple(map(_make_movement, found.movements)),
    )


def _make_movement(movement: UnitMovement) -> MovementResult:
    before_range, after_range = list_ends(movement)
    return MovementResult(
        id=movement.unit,
        before=movement.before,
        after=movement.after,
        before_range=before_range,
        after_range=after_range,
        before_by_earlier_method=movement.before_by_method or None,
        moved=movement.moved,
        steps=movement.steps,
        changes=tuple(map(_make_change, movement.changes)),
    )


def _make_change(change: RequirementChange) -> ChangeResult:
    return ChangeResult(
        id=change.requirement,
        cause=change.cause,
        before=change.before or None,
        after=change.after,
        claimed_before=change.claimed[0] or None,
        claimed_after=change.claimed[1] or None,
        was=change.was,
        law_before=change.law[0] or None,
        law_after=change.law[1] or None,
    )
