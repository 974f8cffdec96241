"""From step to step: a bar for each, its figure after it, and how much of the step before it is."""

from __future__ import annotations

from fatf_kit.report.charts.canvas import Canvas
from fatf_kit.report.charts.rows import RowStyle, draw_labels, draw_title, fit_labels
from fatf_kit.report.charts.style import SMALL, TEXT
from fatf_kit.report.model import Chart
from fatf_kit.report.palette import CLAIMED, INK, LINE, QUIET

_ROW = 0.46
_BAR = 0.26
_LONGEST_LABEL = 3.4


def draw_funnel(canvas: Canvas, chart: Chart) -> float:
    """Draw the chart and return where it ends; a series is a step, its mark the share of the step before."""
    top = draw_title(canvas, chart)
    room = fit_labels(canvas, chart.series, _LONGEST_LABEL, size=TEXT)
    start = canvas.start + room + 0.15
    most = max(s.values[0] or 0 for s in chart.series) or 1
    each = (canvas.end - _find_figure_width(canvas, chart) - start) / most
    y = top
    place, style = (canvas.start, top), RowStyle(_ROW, 0.1, TEXT, is_balanced=True)
    for series, middle, bottom in draw_labels(canvas, chart.series, place, room, style):
        y = bottom
        value = series.values[0]
        end = start + (value or 0) * each
        if value is None:
            canvas.line([(start, middle), (start + 0.5, middle)], colour=LINE, width=1.2)
            end = start + 0.5
        elif value:
            canvas.box(start, middle - _BAR / 2, end - start, _BAR, fill=CLAIMED, edge=QUIET, line=0.5)
        figure, *share = series.marks
        canvas.text(end + 0.1, middle, figure, bold=True, colour=QUIET if value is None else INK)
        if share and share[0]:
            behind = end + 0.2 + canvas.width_of(figure, bold=True)
            canvas.text(behind, middle, share[0], size=SMALL, colour=QUIET)
    canvas.line([(start, top), (start, y)], colour=QUIET, width=0.8)
    return y


def _find_figure_width(canvas: Canvas, chart: Chart) -> float:
    """Return the width of the widest figure with the share after it."""
    return 0.25 + max(
        canvas.width_of(series.marks[0], bold=True) + sum(canvas.width_of(m, size=SMALL) for m in series.marks[1:])
        for series in chart.series
    )
