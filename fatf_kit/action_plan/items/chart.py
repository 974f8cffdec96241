"""The picture of a plan over its cycles: items by the status that was decided."""

from __future__ import annotations

from collections.abc import Mapping

from fatf_kit.action_plan.items.model import ItemRegister
from fatf_kit.action_plan.items.statuses import CycleProgress, list_history
from fatf_kit.core.messages import Translator
from fatf_kit.report.model import Chart, ChartKind, Series

_CODES = ("NC", "PC", "LC", "C")
"""Codes of the palette, from the lowest status to the highest."""


def draw_history(
    register: ItemRegister, progress: CycleProgress, t: Translator, *, is_before_decision: bool = False
) -> Chart:
    """Return a bar for each cycle with the statuses decided until then, and one for this cycle as claimed.

    This cycle has a bar of its own once something is decided in it, but not with `is_before_decision`.

    The scale of a plan has at most four statuses; items without a status are the last part.
    """
    names = (*progress.scale.names, "")
    decided = {one.cycle for one in register.records if one.plan == progress.plan and one.decided}
    if is_before_decision:
        decided.discard(progress.cycle.id)
    history = list_history(register, progress.plan, progress.cycle.id)
    rows = [(t.month(cycle.id), counts) for cycle, counts in history if cycle.id in decided]
    rows.append((t("{month}, as claimed", month=t.month(progress.cycle.id)), progress.count("claimed")))
    claimed = progress.count_done("claimed")
    message = t.plural(
        "{done} of {n} item is claimed as done",
        "{done} of {n} items are claimed as done",
        len(progress.heads),
        done=claimed,
    )
    if unproven := progress.count_unproven():
        message = t("{text}; claims without evidence: {n}", text=message, n=t.number(unproven))
    counted = {name: _list_counts(counts, t) for name, counts in rows}
    return Chart(
        id=f"history-{progress.plan}",
        kind=ChartKind.STACKED,
        title=t("Items by status, from cycle to cycle"),
        alt=". ".join((t.points(t("{name}: {text}", name=name, text=text) for name, text in counted.items()), message)),
        keys=tuple(_name(name, t) for name in names),
        codes=(*_CODES[: len(names) - 2], _CODES[-1], "NA"),
        series=tuple(
            Series(label=name, values=tuple(float(counts[status]) for status in names)) for name, counts in rows
        ),
        message=message,
    )


def _list_counts(counts: Mapping[str, int], t: Translator) -> str:
    """List the statuses that items have, each with its number."""
    return t.listed(t("{text} ({place})", text=_name(status, t), place=n) for status, n in counts.items() if n)


def _name(status: str, t: Translator) -> str:
    return t(status) if status else t("no status")
