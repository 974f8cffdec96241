"""Ratings, weights, decisions and margins in words: what is claimed and shown, who set what, and what would move it."""

from __future__ import annotations

from collections import Counter

from fatf_kit.assessment.folder.model import Materiality, RecordedDecision
from fatf_kit.core.messages import Translator
from fatf_kit.core.ratings import Achievement, ComplianceRating, CriterionRating, EffectivenessRating
from fatf_kit.framework.model import CoreIssue, Criterion, Requirement
from fatf_kit.scoring.materiality import load_sector_names
from fatf_kit.scoring.model import (
    AnyRequirement,
    AnyUnit,
    Assessment,
    Margin,
    OutcomeResult,
    RecommendationResult,
    Weighing,
    WeightSource,
)
from fatf_kit.scoring.report.traces import name_units, strip_stop, strip_unit
from fatf_kit.scoring.span import Span

UnitResult = AnyUnit
PartOfUnit = AnyRequirement
AnySpan = Span[CriterionRating] | Span[Achievement] | Span[ComplianceRating] | Span[EffectivenessRating]
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
        return _describe_sector_weight(weighing, t)
    reason = requirement.weight.reason if isinstance(requirement, Criterion | CoreIssue) else None
    return t("Weight {n}: {reason}", n=weighing.value, reason=reason) if reason else ""


def _describe_sector_weight(weighing: Weighing, t: Translator) -> str:
    """Return the rule by which sectors change a weight, and the country's reason for each of them."""
    names = load_sector_names()
    facts = {
        "weight": weighing.value,
        "edition": weighing.edition,
        "sectors": t.listed(t("“{text}”", text=t(names[sector.id])) for sector in weighing.sectors),
    }
    match weighing.sectors[0].materiality:
        case Materiality.MOST:
            rule = t.plural(
                "Under a rule of fatf-kit, the weight is {weight} instead of {edition}, because the sector {sectors} "
                "is most important.",
                "Under a rule of fatf-kit, the weight is {weight} instead of {edition}, because the sectors {sectors} "
                "are most important.",
                len(weighing.sectors),
                **facts,
            )
        case Materiality.HIGH:
            rule = t.plural(
                "Under a rule of fatf-kit, the weight is {weight} instead of {edition}, because the sector {sectors} "
                "is highly important.",
                "Under a rule of fatf-kit, the weight is {weight} instead of {edition}, because the sectors {sectors} "
                "are highly important.",
                len(weighing.sectors),
                **facts,
            )
        case _:
            rule = t.plural(
                "Under a rule of fatf-kit, the weight is {weight} instead of {edition}, because the sector {sectors} "
                "is less important.",
                "Under a rule of fatf-kit, the weight is {weight} instead of {edition}, because the sectors {sectors} "
                "are less important.",
                len(weighing.sectors),
                **facts,
            )
    if len(weighing.sectors) == 1:
        reason = strip_stop(weighing.sectors[0].reason or "")
        return " ".join((rule, t("The country's reason: {reason}.", reason=reason))) if reason else rule
    reasons = (
        t(
            "The country's reason for “{sector}”: {reason}.",
            sector=t(names[sector.id]),
            reason=strip_stop(sector.reason),
        )
        for sector in weighing.sectors
        if sector.reason
    )
    return " ".join((rule, *reasons))


def describe_decision(decision: RecordedDecision, value: str, t: Translator) -> str:
    """Return a decision in words: its value, office, day and reason."""
    return t(
        "Decided: {value} ({office}, {day}). Reason: {reason}",
        value=value,
        office=decision.decided_by,
        day=t.day(decision.day),
        reason=decision.reason,
    )


def describe_above_shown(shown: str, t: Translator) -> str:
    """Return the flag of a decision above what is shown."""
    return t("Above the shown rating ({shown}).", shown=shown)


def describe_range(unit: AnyUnit, t: Translator) -> str:
    """Return the claimed and the shown rating in one line: "claimed C · PC to C until evidence is on file"."""
    claimed, shown, settled = unit.claimed.rating, unit.shown, unit.shown.rating
    both = {"claimed": unit.claimed.describe(), "shown": shown.describe()}
    if unit.decided is not None:
        return t("decided {rating} · claimed {claimed} · shown {shown}", **both, rating=unit.decided)
    if settled is not None:
        if settled == claimed:
            return t("{rating}, claimed and shown", rating=settled)
        if any(part.decided is not None for part in unit.requirements):
            return t("claimed {claimed} · {shown} after decisions", **both)
        return t("claimed {claimed} · {shown} shown", **both)
    ends = {"worst": shown.worst, "best": shown.best}
    if claimed is None:
        return t("not all answered · {worst} to {best} until answers and evidence are on file", **ends)
    return t("claimed {claimed} · {worst} to {best} until evidence is on file", claimed=claimed, **ends)


def is_above(result: AnyUnit | AnyRequirement) -> bool:
    """Return whether people decided for better than is shown; "not applicable" counts too, because it lifts out."""
    return result.decided is not None and _better(result.decided, result.shown.worst)


def is_lifted(unit: AnyUnit) -> bool:
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
            units=name_units(units, t),
        ),
    )


def get_scale(unit: AnyUnit) -> str:
    """Return the name of the scale that a unit is rated on."""
    return "compliance" if isinstance(unit, RecommendationResult) else "effectiveness"


_SETS_TOLD = 3
_BOTH = 2


def describe_margins(unit: AnyUnit, t: Translator) -> tuple[str, ...]:
    """Return how firmly the rating holds; the worst end first while it is open, empty where it is NA or was decided."""
    if unit.margins.worst == unit.margins.best:
        return describe_margin(unit, unit.margins.worst, t)
    worst, best = describe_margin(unit, unit.margins.worst, t), describe_margin(unit, unit.margins.best, t)
    heads = (
        t("In the worst case ({rating}):", rating=unit.shown.worst),
        t("In the best case ({rating}):", rating=unit.shown.best),
    )
    return (*((heads[0], *worst) if worst else ()), *((heads[1], *best) if best else ()))


def describe_margin(unit: AnyUnit, margin: Margin | None, t: Translator) -> tuple[str, ...]:
    """Return how firmly one end of the rating holds; empty where it is NA or was decided."""
    if margin is None:
        return ()
    waiting = _to_be_shown(unit, margin, t) if margin is unit.margins.worst else ""
    is_outcome = isinstance(unit, OutcomeResult)
    return tuple(filter(None, (_down(margin, is_outcome, t), _up(margin, is_outcome, t), waiting)))


def _down(margin: Margin, is_outcome: bool, t: Translator) -> str:
    if not margin.down:
        if is_outcome:
            return t("The rating stays the same even if any single core issue falls by one level.")
        return t("The rating stays the same even if any single criterion falls by one level.")
    ids = t.either(map(strip_unit, margin.down))
    if is_outcome:
        return t.plural(
            "The rating stays the same unless core issue {ids} falls by one level.",
            "The rating stays the same unless one of these core issues falls by one level: {ids}.",
            len(margin.down),
            ids=ids,
        )
    return t.plural(
        "The rating stays the same unless criterion {ids} falls by one level.",
        "The rating stays the same unless one of these criteria falls by one level: {ids}.",
        len(margin.down),
        ids=ids,
    )


def _up(margin: Margin, is_outcome: bool, t: Translator) -> str:
    if margin.to is None:
        return ""
    if not margin.sets:
        return t("No set of upgrades reaches {rating}.", rating=margin.to)
    if margin.up and margin.steps == 1:
        return _raise_one(margin, is_outcome, t)
    if margin.sets_total == 1:
        return _raise_all(margin, is_outcome, t)
    facts = {"rating": margin.to, "sets": t.either(_steps(one, t) for one in margin.sets[:_SETS_TOLD])}
    if is_outcome:
        return t.plural(
            "To reach {rating}, raise core issues by at least {n} level in total, for example {sets}.",
            "To reach {rating}, raise core issues by at least {n} levels in total, for example {sets}.",
            margin.steps,
            **facts,
        )
    return t.plural(
        "To reach {rating}, raise criteria by at least {n} level in total, for example {sets}.",
        "To reach {rating}, raise criteria by at least {n} levels in total, for example {sets}.",
        margin.steps,
        **facts,
    )


def _raise_one(margin: Margin, is_outcome: bool, t: Translator) -> str:
    """Return that one of several requirements has to rise by a level."""
    facts = {"rating": margin.to, "ids": t.either(map(strip_unit, margin.up))}
    if is_outcome:
        return t.plural(
            "To reach {rating}, raise core issue {ids} by one level.",
            "To reach {rating}, raise one of these core issues by one level: {ids}.",
            len(margin.up),
            **facts,
        )
    return t.plural(
        "To reach {rating}, raise criterion {ids} by one level.",
        "To reach {rating}, raise one of these criteria by one level: {ids}.",
        len(margin.up),
        **facts,
    )


def _raise_all(margin: Margin, is_outcome: bool, t: Translator) -> str:
    """Return the only set of requirements that have to rise together."""
    count = len({*margin.sets[0]})
    facts = {"rating": margin.to, "set": _steps(margin.sets[0], t)}
    if count == _BOTH:
        return t("To reach {rating}, raise both {set}.", **facts)
    if is_outcome:
        return t.plural(
            "To reach {rating}, raise core issue {set}.",
            "To reach {rating}, raise all of these core issues: {set}.",
            count,
            **facts,
        )
    return t.plural(
        "To reach {rating}, raise criterion {set}.",
        "To reach {rating}, raise all of these criteria: {set}.",
        count,
        **facts,
    )


def _to_be_shown(unit: AnyUnit, margin: Margin, t: Translator) -> str:
    """Return those of the upgrades that are claimed already: a citation or a figure may do."""
    named = {key for one in (*margin.sets[:_SETS_TOLD], margin.up) for key in one}
    waiting = [
        part.id
        for part in unit.requirements
        if part.id in named
        and part.decided is None
        and part.claimed.rating is not None
        and (part.claimed.rating.rank or 0) > (part.counted.worst.rank or 0)
    ]
    if not waiting:
        return ""
    ids = t.listed(map(strip_unit, waiting))
    return t("The agencies already claim a higher level for {ids}; only the evidence is missing.", ids=ids)


def _steps(one: tuple[str, ...], t: Translator) -> str:
    """Return a set of single steps: "4.9 (2 steps) and 4.2"."""
    return t.listed(
        t.plural("{id} ({n} level)", "{id} ({n} levels)", count, id=strip_unit(key)) if count > 1 else strip_unit(key)
        for key, count in Counter(one).items()
    )
