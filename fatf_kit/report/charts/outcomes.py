"""The outcomes on the scale from low to high: the claim above, what is shown beneath."""

from __future__ import annotations

from fatf_kit.report.charts.canvas import Canvas
from fatf_kit.report.charts.rating_scale import draw_key_and_title, draw_scale, draw_span
from fatf_kit.report.model import Chart

_LANE = 0.18
_ROW = 0.32
_ROW_OF_TWO = 0.48


def draw_outcomes(canvas: Canvas, chart: Chart) -> float:
    """Returns where the picture ends.

    A series' values are the ranks between which the claim lies, worst and best, then the same of what is shown.
    """
    both = len(chart.keys) > 1
    top = draw_key_and_title(canvas, chart)
    ladder, rungs = draw_scale(
        canvas, chart.scale or "effectiveness", [s.label for s in chart.series], top, _ROW_OF_TWO if both else _ROW
    )
    for series, rung in zip(chart.series, rungs, strict=True):
        claimed_worst, claimed_best, shown_worst, shown_best = series.values
        middle = rung.top + rung.height / 2
        off = 0.112 if both else 0.0
        draw_span(canvas, ladder, claimed_worst, claimed_best, middle - off, _LANE, solid=False)
        draw_span(canvas, ladder, shown_worst, shown_best, middle + off, _LANE, solid=True)
    return rungs[-1].top + rungs[-1].height
