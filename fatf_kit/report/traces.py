"""The trace of a rating in words that a person can follow and repeat by hand."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from fatf_kit.messages import Words
from fatf_kit.ratings import COMPLIANCE_LADDER, EFFECTIVENESS_LADDER, ComplianceRating, EffectivenessRating
from fatf_kit.scoring.model import (
    ComplianceTrace,
    EffectivenessTrace,
    OutcomeResult,
    RecommendationResult,
    Showing,
)
from fatf_kit.scoring.policy import Policy

R = TypeVar("R", ComplianceRating, EffectivenessRating)


def short(requirement: str) -> str:
    """The number without its unit, for places where the unit is plain.

    >>> short("R.10/10.7(b)")
    '10.7(b)'
    """
    return requirement.partition("/")[2] or requirement


def percent(part: int, whole: int) -> int:
    """A share in whole per cent, rounded half up; 0 of 0 is 0.

    >>> percent(1, 8), percent(0, 0)
    (13, 0)
    """
    return (200 * part + whole) // (2 * whole) if whole else 0


def compliance_sentence(result: RecommendationResult, policy: Policy, t: Words) -> str:
    """Why a Recommendation stands where it stands, in one or two sentences, for what is demonstrated or decided."""
    worst, best = result.used_traces.worst, result.used_traces.best
    if worst.rating != best.rating:
        open_count = result.coverage.asked - result.coverage.answered
        return t.plural(
            "Open between {worst} and {best}: {n} criterion is not answered yet.",
            "Open between {worst} and {best}: {n} criteria are not answered yet.",
            open_count,
            worst=worst.rating,
            best=best.rating,
        )
    return _compliance_trace(worst, policy, t)


def _compliance_trace(trace: ComplianceTrace, policy: Policy, t: Words) -> str:
    if trace.rating is ComplianceRating.NA:
        return t("No criterion applies.")
    if trace.rating is ComplianceRating.C:
        return t("Every applicable criterion is met.")
    sentences = [
        t(
            "Average {average} of 100; {partly} % of the weight is partly met or worse, {not_met} % not met.",
            average=percent(trace.points, 100 * trace.weight),
            partly=percent(trace.partly_or_worse, trace.weight),
            not_met=percent(trace.not_met, trace.weight),
        )
    ]
    if trace.held_by:
        sentences.append(
            t(
                "Without a ceiling it would be {free}; it is held at {rating} by {criteria}.",
                free=trace.before_ceiling,
                rating=trace.rating,
                criteria=t.listed(map(short, trace.held_by)),
            )
        )
    better = _next_up(trace.rating, COMPLIANCE_LADDER)
    limits = policy.compliance.get(better) if better else None
    if limits and not trace.held_by:
        sentences.append(
            t(
                "{better} asks for an average of {average}, at most {partly} % partly met or worse, {not_met} % unmet.",
                better=better,
                average=limits.average_from,
                partly=limits.partly_or_worse_up_to,
                not_met=limits.not_met_up_to,
            )
        )
    elif better is ComplianceRating.C and not trace.held_by:
        sentences.append(t("C asks for every applicable criterion to be met."))
    return " ".join(sentences)


def effectiveness_sentence(result: OutcomeResult, policy: Policy, t: Words) -> str:
    """Why an outcome stands where it stands, in one or two sentences, for what is demonstrated or decided."""
    worst, best = result.used_traces.worst, result.used_traces.best
    if worst.rating != best.rating:
        return t(
            "Open between {worst} and {best}: {answered} of {asked} core issues are answered, {shown} with evidence.",
            worst=worst.rating,
            best=best.rating,
            answered=result.coverage.answered,
            asked=result.coverage.asked,
            shown=result.coverage.demonstrated,
        )
    return _effectiveness_trace(worst, policy, t)


def _effectiveness_trace(trace: EffectivenessTrace, policy: Policy, t: Words) -> str:
    sentences = [
        t(
            "Average {average} of 100; core issues below a large extent: {below}, of these negligible: {negligible}.",
            average=percent(trace.points, trace.full * trace.weight),
            below=trace.below_large,
            negligible=trace.negligible,
        )
    ]
    better = _next_up(trace.rating, EFFECTIVENESS_LADDER)
    if better is not None:
        limits = policy.effectiveness[better]
        sentences.append(t("{better} asks for an average of {average}.", better=better, average=limits.average_from))
        if limits.below_large_up_to == 0:
            sentences.append(t("No core issue may then be below a large extent."))
    return " ".join(sentences)


def _next_up(rating: R, ladder: tuple[R, ...]) -> R | None:
    step = ladder.index(rating) + 1
    return ladder[step] if step < len(ladder) else None


def showing_text(showing: Showing, t: Words, day: date | None = None) -> str:
    """What an answer lacks to be shown; empty where it lacks nothing. `day` is that of coming into force."""
    told = t.day(day) if day else ""
    return {
        Showing.SHOWN: "",
        Showing.NOT_NEEDED: "",
        Showing.NOTHING_CITED: t("No law or other enforceable means is cited."),
        Showing.NO_ARTICLE: t("The citation names no article."),
        Showing.NOT_BINDING: t("Only guidance, drafts, documents or figures are cited, which do not bind."),
        Showing.LAW_NEEDED: t("The duty must be in law; what is cited is not recognised as a law."),
        Showing.NO_DATE: t("The date of entry into force is missing."),
        Showing.IN_FORCE_LATER: t("In force only from {day}: would count if in force by the cut-off date.", day=told),
        Showing.NO_REASON: t("“Not applicable” is given without a reason."),
        Showing.NO_EVIDENCE: t("No evidence from the register is named."),
        Showing.UNANSWERED: t("Not answered."),
    }[showing]
