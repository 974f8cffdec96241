"""Ratings shared out among jurisdictions, as a chart."""

from __future__ import annotations

from collections.abc import Sequence

from fatf_kit.core.messages import Translator
from fatf_kit.report.model import Chart, ChartKind, Series


def shares_chart(
    name: str,
    title: str,
    units: Sequence[tuple[str, tuple[tuple[str, int], ...], tuple[str, ...]]],
    t: Translator,
) -> Chart:
    """Return units as bars divided by rating, NA left out; each with ratings after its bar, "" for a missing one.

    The message of the chart names the unit with the lowest share at the two best ratings.
    """
    keys = tuple(code for code, _ in units[0][1][:4]) if units else ()
    return Chart(
        id=name,
        kind=ChartKind.SHARES,
        title=title,
        message=_name_weakest(units, t),
        alt=t.points(
            t("{name}: {text}", name=unit, text=t.listed(f"{code} {n}" for code, n in counts[:4]))
            for unit, counts, _ in units
        ),
        keys=keys,
        series=tuple(
            Series(label=unit, values=tuple(n for _, n in counts[:4]), marks=marks, units=(unit,))
            for unit, counts, marks in units
        ),
    )


def _name_weakest(units: Sequence[tuple[str, tuple[tuple[str, int], ...], tuple[str, ...]]], t: Translator) -> str:
    """Return the unit where the smallest share is at the two best ratings; empty where nothing is rated."""
    rated = [(unit, counts[:2], sum(n for _, n in counts[:4])) for unit, counts, _ in units]
    known = [(sum(n for _, n in best) / total, unit, best, total) for unit, best, total in rated if total]
    if not known:
        return ""
    _, unit, best, total = min(known, key=lambda one: one[0])
    return t(
        "{unit} is the weakest: {good} of {rated} rated {best}",
        unit=unit,
        good=sum(n for _, n in best),
        rated=total,
        best=t.listed(code for code, _ in best),
    )
