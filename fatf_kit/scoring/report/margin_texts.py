"""The margin of a rating in words: what would move it, and the smallest way up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from fatf_kit.core.messages import Translator
from fatf_kit.scoring.model import Margin
from fatf_kit.scoring.report.traces import strip_unit
from fatf_kit.scoring.report.weight_texts import UnitResult

_SETS_TOLD = 3


def describe_margins(unit: UnitResult, t: Translator) -> tuple[str, ...]:
    """Return how firmly the rating holds; the worst end first while it is open, empty where it is NA or was decided."""
    if unit.margins.worst == unit.margins.best:
        return describe_margin(unit, unit.margins.worst, t)
    worst, best = describe_margin(unit, unit.margins.worst, t), describe_margin(unit, unit.margins.best, t)
    heads = (
        t("In the worst case ({rating}):", rating=unit.shown.worst),
        t("In the best case ({rating}):", rating=unit.shown.best),
    )
    return (*((heads[0], *worst) if worst else ()), *((heads[1], *best) if best else ()))


def describe_margin(unit: UnitResult, margin: Margin | None, t: Translator) -> tuple[str, ...]:
    """Return how firmly one end of the rating holds; empty where it is NA or was decided."""
    if margin is None:
        return ()
    return tuple(
        filter(
            None,
            (_down(margin, t), _up(margin, t), _to_be_shown(unit, margin, t) if margin is unit.margins.worst else ""),
        )
    )


def _down(margin: Margin, t: Translator) -> str:
    if not margin.down:
        return t("No single step down would change the rating.")
    return t(
        "The rating stays the same unless one of these falls by one step: {ids}.",
        ids=t.listed(map(strip_unit, margin.down)),
    )


def _up(margin: Margin, t: Translator) -> str:
    if margin.to is None:
        return ""
    if not margin.sets:
        return t("No set of upgrades reaches {rating}.", rating=margin.to)
    if margin.up and margin.steps == 1:
        return t("One step up in one of these gives {rating}: {ids}.", rating=margin.to, ids=_listed(margin.up, t))
    if margin.sets_total == 1:
        return t("{rating} requires {set}.", rating=margin.to, set=_steps(margin.sets[0], t))
    examples = t.points(_steps(one, t) for one in margin.sets[:_SETS_TOLD])
    return t.plural(
        "{rating} requires at least {n} step up, for example {sets}.",
        "{rating} requires at least {n} steps up, for example {sets}.",
        margin.steps,
        rating=margin.to,
        sets=examples,
    )


def _to_be_shown(unit: UnitResult, margin: Margin, t: Translator) -> str:
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
    return t("Claimed already; only the evidence is missing: {ids}.", ids=_listed(waiting, t)) if waiting else ""


def _listed(ids: Sequence[str], t: Translator) -> str:
    return t.listed(map(strip_unit, ids))


def _steps(one: tuple[str, ...], t: Translator) -> str:
    """Return a set of single steps: "4.9 (2 steps) and 4.2"."""
    return t.listed(
        t.plural("{id} ({n} step)", "{id} ({n} steps)", count, id=strip_unit(key)) if count > 1 else strip_unit(key)
        for key, count in Counter(one).items()
    )
