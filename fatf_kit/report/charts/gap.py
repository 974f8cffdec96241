"""How far what is shown may fall behind what is claimed, for each Recommendation.

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
    """Returns where the picture ends; a series' values are the ranks claimed, shown at worst and shown at best."""
    row, marker = (0.32, 0.2) if len(chart.series) <= _MANY else (0.235, 0.175)
    top = draw_key_and_title(canvas, chart)
    ladder, rungs = draw_scale(canvas, chart.scale or "compliance", [s.label for s in chart.series], top, row)
    for series, rung in zip(chart.series, rungs, strict=True):
        claimed, worst, best = series.values
        y = rung.top + rung.height / 2
        if claimed is not None and best is not None:
            _arrow(canvas, ladder, claimed, best, y)
        draw_span(canvas, ladder, worst, best, y, marker, solid=True)
        draw_span(canvas, ladder, claimed, claimed, y, marker, solid=False)
    return rungs[-1].top + rungs[-1].height


def _arrow(canvas: Canvas, ladder: RatingScale, claimed: float, shown: float, y: float) -> None:
    if claimed == shown:
        return
    back = 1 if claimed > shown else -1
    tip = ladder.centre(shown) + back * (PILL / 2 + 0.03)
    tail = ladder.centre(claimed) - back * PILL / 2
    neck = tip + back * 1.4 * _HEAD
    canvas.line([(tail, y), (neck, y)], colour=SHOWN, width=1.8)
    canvas.shape([(tip, y), (neck, y - _HEAD), (neck, y + _HEAD)], fill=SHOWN)
