"""The ratings that changed since an earlier run, and how the ratings compare with the last published ones."""

from __future__ import annotations

from collections.abc import Iterator

from fatf_kit.core.messages import Translator
from fatf_kit.papers.report_input import GapInput
from fatf_kit.published.model import find_scale
from fatf_kit.scoring.report.traces import name_unit
from fatf_kit.scoring.report.weight_texts import UnitResult
from fatf_kit.scoring.span import Span

_NAMED = 3
"""How many changed ratings a sentence names."""


def describe_changes(paper_input: GapInput, t: Translator) -> tuple[str, ...]:
    """Return the sentences on what changed; none on what is not known."""
    return (*_since_last_run(paper_input, t), *_since_published(paper_input, t))


def _since_last_run(paper_input: GapInput, t: Translator) -> Iterator[str]:
    known = paper_input.background
    if known.earlier is None:
        if known.has_history:
            yield t("Since the last run: the history of this folder has no result of an earlier day.")
        return
    before = known.earlier.ratings
    up: list[str] = []
    down: list[str] = []
    for unit in paper_input.assessment.units:
        then, now = before.get(unit.id), _counted(unit)
        if then is not None and then != now:
            (up if _rank(unit.id, now) >= _rank(unit.id, then) else down).append(_name(unit.id, then, now, t))
    day = t.day(known.earlier.day)
    if not up and not down:
        yield t("Since the last run ({day}): no rating changed.", day=day)
        return
    rose, fell, parts = t.few(up, _NAMED), t.few(down, _NAMED), []
    if up:
        parts.append(t.plural("{n} rating rose: {units}", "{n} ratings rose: {units}", len(up), units=rose))
    if down:
        parts.append(t.plural("{n} rating fell: {units}", "{n} ratings fell: {units}", len(down), units=fell))
    yield t("Since the last run ({day}): {changes}.", day=day, changes=t.points(parts))


def _since_published(paper_input: GapInput, t: Translator) -> Iterator[str]:
    report = paper_input.background.published
    if report is None:
        return
    up, down = [], []
    for unit in paper_input.assessment.units:
        rating = report.ratings.get(unit.id)
        if rating is None or rating.rank is None:
            continue
        worst, best = unit.counted.worst.rank, unit.counted.best.rank
        if worst is not None and worst > rating.rank:
            up.append(name_unit(unit.id, t))
        elif best is not None and best < rating.rank:
            down.append(name_unit(unit.id, t))
    parts = [
        t.plural(
            "{n} rating is higher even in the worst case", "{n} ratings are higher even in the worst case", len(up)
        ),
        t.plural("{n} is lower even in the best case", "{n} are lower even in the best case", len(down)),
    ]
    if down:
        parts[1] = t("{name}: {text}", name=parts[1], text=t.few(down, _NAMED))
    changes = t.points(parts)
    yield t("Since the last published ratings ({report}): {changes}.", report=report.label, changes=changes)


def _counted(unit: UnitResult) -> Span[str]:
    return Span(worst=str(unit.counted.worst), best=str(unit.counted.best))


def _rank(unit: str, span: Span[str]) -> tuple[int, int]:
    """Return the ranks of a range, by which it rose or fell: the worst end first. Not applicable ranks above all."""
    scale = find_scale(unit)
    ranks = (scale(one).rank for one in (span.worst, span.best))
    worst, best = (len(list(scale)) if rank is None else rank for rank in ranks)
    return worst, best


def _name(unit: str, before: Span[str], after: Span[str], t: Translator) -> str:
    return f"{name_unit(unit, t)} {before.describe()} → {after.describe()}"
