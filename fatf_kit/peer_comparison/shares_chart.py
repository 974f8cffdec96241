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

    The message of the chart names the units with the lowest share at the two best ratings.
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
    """Return the units where the smallest share is at the two best ratings; empty where nothing is rated."""
    shares = [
        (sum(n for _, n in counts[:2]), sum(n for _, n in counts[:4]), unit, "/".join(code for code, _ in counts[:2]))
        for unit, counts, _ in units
    ]
    rated = [(good / total, good, total, unit, best) for good, total, unit, best in shares if total]
    if not rated:
        return ""
    lowest = min(rated)
    return t(
        "Weakest: {units}, {good} of {rated} rated {best}",
        units=t.listed(one[3] for one in rated if one[1:3] == lowest[1:3]),
        good=lowest[1],
        rated=lowest[2],
        best=lowest[4],
    )
