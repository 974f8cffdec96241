"""The outcomes on the scale from low to high: the claim above, what is shown beneath."""

from __future__ import annotations

from fatf_kit.report.charts.canvas import Canvas
from fatf_kit.report.charts.rating_scale import draw_key_and_title, draw_scale, draw_span
from fatf_kit.report.model import Chart

_LANE = 0.18
_ROW = 0.32
_ROW_OF_TWO = 0.48


def draw_outcomes(canvas: Canvas, chart: Chart) -> float:
    """Draw the chart and return where it ends.

    A series' values are the ranks between which the claim lies, worst and best, then the same of what is shown.
    """
    both = len(chart.keys) > 1
    top = draw_key_and_title(canvas, chart)
    scale, scale_rows = draw_scale(
        canvas, chart.scale or "effectiveness", [s.label for s in chart.series], top, _ROW_OF_TWO if both else _ROW
    )
    for row, (series, scale_row) in enumerate(zip(chart.series, scale_rows, strict=True)):
        claimed_worst, claimed_best, shown_worst, shown_best = series.values
        middle = scale_row.top + scale_row.height / 2
        off = 0.112 if both else 0.0
        with canvas.mark(row):
            draw_span(canvas, scale, claimed_worst, claimed_best, middle - off, _LANE, solid=False)
            draw_span(canvas, scale, shown_worst, shown_best, middle + off, _LANE, solid=True)
    return scale_rows[-1].top + scale_rows[-1].height
