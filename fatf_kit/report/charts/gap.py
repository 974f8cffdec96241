"""The distance between what is claimed and what is shown, for each Recommendation.

A range that is open is a hatched bar down from the claim; an arrow leads from the claim to what is settled below it.
"""

from __future__ import annotations

from fatf_kit.report.charts.canvas import Canvas
from fatf_kit.report.charts.rating_scale import PILL, RatingScale, draw_key_and_title, draw_scale, draw_span
from fatf_kit.report.model import Chart
from fatf_kit.report.palette import SHOWN

_MANY = 20
_HEAD = 0.07


def draw_gap(canvas: Canvas, chart: Chart) -> float:
    """Draw the chart and return where it ends; values are the ranks claimed, shown at worst and at best."""
    row, marker = (0.32, 0.2) if len(chart.series) <= _MANY else (0.235, 0.175)
    top = draw_key_and_title(canvas, chart)
    scale, scale_rows = draw_scale(canvas, chart.scale or "compliance", [s.label for s in chart.series], top, row)
    for number, (series, scale_row) in enumerate(zip(chart.series, scale_rows, strict=True)):
        claimed, worst, best = series.values
        y = scale_row.top + scale_row.height / 2
        with canvas.mark(number):
            if claimed is not None and best is not None:
                _arrow(canvas, scale, claimed, best, y)
            draw_span(canvas, scale, worst, best, y, marker, solid=True)
            draw_span(canvas, scale, claimed, claimed, y, marker, solid=False)
    return scale_rows[-1].top + scale_rows[-1].height


def _arrow(canvas: Canvas, scale: RatingScale, claimed: float, shown: float, y: float) -> None:
    if claimed == shown:
        return
    back = 1 if claimed > shown else -1
    tip = scale.centre(shown) + back * (PILL / 2 + 0.03)
    tail = scale.centre(claimed) - back * PILL / 2
    neck = tip + back * 1.4 * _HEAD
    canvas.line([(tail, y), (neck, y)], colour=SHOWN, width=1.8)
    canvas.shape([(tip, y), (neck, y - _HEAD), (neck, y + _HEAD)], fill=SHOWN)
