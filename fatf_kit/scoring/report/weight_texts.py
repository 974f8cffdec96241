"""Ratings, weights and decisions in words: what is claimed and shown, who set what, and why."""

from __future__ import annotations

from fatf_kit.assessment.folder.model import Materiality, RecordedDecision
from fatf_kit.core.messages import Translator
from fatf_kit.core.ratings import Achievement, ComplianceRating, CriterionRating, EffectivenessRating
from fatf_kit.framework.model import CoreIssue, Criterion, Requirement
from fatf_kit.scoring.materiality import load_sector_names
from fatf_kit.scoring.model import (
    Assessment,
    CoreIssueResult,
    CriterionResult,
    OutcomeResult,
    RecommendationResult,
    Weighing,
    WeightSource,
)
from fatf_kit.scoring.report.traces import name_unit
from fatf_kit.scoring.span import Span

UnitResult = RecommendationResult | OutcomeResult
AnySpan = Span[CriterionRating] | Span[Achievement] | Span[ComplianceRating] | Span[EffectivenessRating]
PartOfUnit = CriterionResult | CoreIssueResult
AnyRating = CriterionRating | Achievement | ComplianceRating | EffectivenessRating


def describe_weight(weighing: Weighing, requirement: Requirement, t: Translator) -> str:
    """Return why a requirement weighs what it weighs; empty where it is ordinary and nothing changed it.

    `requirement` is that of the edition in the reader's language, which gives the edition's own reason.
    """
    if weighing.source is WeightSource.COUNTRY:
        return t(
            "Weight {n}, set by the country (in the edition: {edition}): {reason}",
            n=weighing.value,
            edition=weighing.edition,
            reason=weighing.reason,
        )
    if weighing.source is WeightSource.SECTOR:
        names = load_sector_names()
        sectors = t.points(
            f"{t(names[sector.id])} ({sector.reason})" if sector.reason else t(names[sector.id])
            for sector in weighing.sectors
        )
        facts = {"n": weighing.value, "edition": weighing.edition, "sectors": sectors}
        if weighing.sectors[0].materiality is Materiality.MOST:
            return t(
                "The weight is {n} instead of {edition} by a rule of fatf-kit, because these sectors are "
                "most important: {sectors}",
                **facts,
            )
        if weighing.sectors[0].materiality is Materiality.HIGH:
            return t(
                "The weight is {n} instead of {edition} by a rule of fatf-kit, because these sectors are "
                "highly important: {sectors}",
                **facts,
            )
        return t(
            "The weight is {n} instead of {edition} by a rule of fatf-kit, because these sectors are "
            "less important: {sectors}",
            **facts,
        )
    reason = requirement.weight.reason if isinstance(requirement, Criterion | CoreIssue) else None
    return t("Weight {n}: {reason}", n=weighing.value, reason=reason) if reason else ""


def describe_decision(decision: RecordedDecision, value: str, t: Translator) -> str:
    """Return a decision in words: its value, office, day and reason."""
    return t(
        "Decided: {value}, by {office} on {day}. Reason: {reason}",
        value=value,
        office=decision.decided_by,
        day=t.day(decision.day),
        reason=decision.reason,
    )


def describe_above_shown(shown: str, t: Translator) -> str:
    """Return the flag of a decision above what is shown."""
    return t("Above the shown rating ({shown}).", shown=shown)


def describe_range(unit: UnitResult, t: Translator) -> str:
    """Return the claimed and the shown rating in one line: "claimed C · PC to C until shown"."""
    claimed, shown, settled = unit.claimed.rating, unit.shown, unit.shown.rating
    if unit.decided is not None:
        return t("decided {rating} · claimed {claimed} · shown {shown}", **_ends(unit), rating=unit.decided)
    if settled is not None:
        if settled == claimed:
            return t("{rating}, claimed and shown", rating=settled)
        if any(part.decided is not None for part in unit.requirements):
            return t("claimed {claimed} · {shown} after decisions", **_ends(unit))
        return t("claimed {claimed} · {shown} shown", **_ends(unit))
    if claimed is None:
        return t("not all answered · {worst} to {best} until answered and shown", worst=shown.worst, best=shown.best)
    return t("claimed {claimed} · {worst} to {best} until shown", claimed=claimed, worst=shown.worst, best=shown.best)


def _ends(unit: UnitResult) -> dict[str, str]:
    return {"claimed": unit.claimed.describe(), "shown": unit.shown.describe()}


def is_above(result: UnitResult | PartOfUnit) -> bool:
    """Return whether people decided for better than is shown; "not applicable" counts too, because it lifts out."""
    return result.decided is not None and _better(result.decided, result.shown.worst)


def is_lifted(unit: UnitResult) -> bool:
    """Return whether a rating rests on any decision above what is shown, even where it would be the same without."""
    return is_above(unit) or (unit.decided is None and any(map(is_above, unit.requirements)))


def _better(one: AnyRating, other: AnyRating) -> bool:
    if one == other:
        return False
    return one.rank is None or other.rank is None or one.rank > other.rank


def list_lifted_notices(assessment: Assessment, t: Translator) -> tuple[str, ...]:
    """Return the notices of every page while ratings rest on decisions above what is shown; empty otherwise."""
    units = [unit.id for unit in assessment.units if is_lifted(unit)]
    if not units:
        return ()
    return (
        t(
            "These ratings are based on decisions above the shown rating: {units}.",
            units=t.listed(name_unit(one, t) for one in units),
        ),
    )


def get_scale(unit: UnitResult) -> str:
    """Return the name of the scale that a unit is rated on."""
    return "compliance" if isinstance(unit, RecommendationResult) else "effectiveness"
