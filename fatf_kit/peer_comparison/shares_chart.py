"""Ratings shared out among jurisdictions, as a chart."""

from __future__ import annotations

from collections.abc import Sequence

from fatf_kit.core.messages import Translator
from fatf_kit.report.model import Chart, ChartKind, Series


def shares_chart(
    name: str, title: str, units: Sequence[tuple[str, tuple[tuple[str, int], ...], tuple[str, ...]]], t: Translator
) -> Chart:
    """Units as bars shared out by rating, NA left out; each with ratings after its bar, "" for a missing one."""
    keys = tuple(code for code, _ in units[0][1][:4]) if units else ()
    return Chart(
        id=name,
        kind=ChartKind.SHARES,
        title=title,
        alt=t.points(
            t("{name}: {text}", name=unit, text=t.listed(f"{code} {n}" for code, n in counts[:4]))
            for unit, counts, _ in units
        ),
        keys=keys,
        series=tuple(
            Series(label=unit, values=tuple(n for _, n in counts[:4]), marks=marks, group="")
            for unit, counts, marks in units
        ),
    )
