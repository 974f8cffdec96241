"""The margin of a rating in words: what would move it, and the smallest way up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from fatf_kit.messages import Words
from fatf_kit.report.traces import short
from fatf_kit.report.weighing import Unit
from fatf_kit.scoring.model import Margin

_SETS_TOLD = 3


def margin_sentences(unit: Unit, t: Words) -> tuple[str, ...]:
    """How firmly the rating holds; empty while it is open, NA or decided as a whole."""
    margin = unit.margin
    if margin is None:
        return ()
    is_open = any(part.used_span.rating is None for part in unit.requirements)
    worst = t("Open answers are taken at their worst here.") if is_open else ""
    return tuple(filter(None, (_down(margin, t), _up(margin, t), _to_be_shown(unit, margin, t), worst)))


def _down(margin: Margin, t: Words) -> str:
    if not margin.down:
        return t("No single step down would move the rating.")
    return t("It holds unless one of these falls by one step: {ids}.", ids=t.listed(map(short, margin.down)))


def _up(margin: Margin, t: Words) -> str:
    if margin.to is None:
        return ""
    if not margin.sets:
        return t("No set of upgrades reaches {rating}.", rating=margin.to)
    if margin.up and margin.steps == 1:
        return t("One step up in one of these gives {rating}: {ids}.", rating=margin.to, ids=_listed(margin.up, t))
    if margin.sets_total == 1:
        return t("{rating} needs {set}.", rating=margin.to, set=_steps(margin.sets[0], t))
    told = t.points(_steps(one, t) for one in margin.sets[:_SETS_TOLD])
    return t.plural(
        "{rating} needs {steps} steps up; {n} smallest set reaches it, for example {sets}.",
        "{rating} needs {steps} steps up; {n} smallest sets reach it, for example {sets}.",
        margin.sets_total,
        rating=margin.to,
        steps=margin.steps,
        sets=told,
    )


def _to_be_shown(unit: Unit, margin: Margin, t: Words) -> str:
    """Those of the upgrades that are claimed already: a citation or a figure may do."""
    named = {key for one in (*margin.sets[:_SETS_TOLD], margin.up) for key in one}
    waiting = [
        part.id
        for part in unit.requirements
        if part.id in named
        and part.decided is None
        and part.claimed is not None
        and part.used_span.rating is not None
        and (part.claimed.rank or 0) > (part.used_span.worst.rank or 0)
    ]
    return t("Claimed already and only to be shown: {ids}.", ids=_listed(waiting, t)) if waiting else ""


def _listed(ids: Sequence[str], t: Words) -> str:
    return t.listed(map(short, ids))


def _steps(one: tuple[str, ...], t: Words) -> str:
    """A set of single steps: "4.9 (2 steps) and 4.2"."""
    return t.listed(
        t("{id} ({n} steps)", id=short(key), n=count) if count > 1 else short(key)
        for key, count in Counter(one).items()
    )
