"""Figures through the years: a row for each to its own scale, a column for each year with its figure above."""

from __future__ import annotations

from fatf_kit.report.charts.canvas import Canvas
from fatf_kit.report.charts.rows import draw_title, fit_labels
from fatf_kit.report.charts.style import LINE_HEIGHT, SMALL, TEXT
from fatf_kit.report.model import Chart, Series
from fatf_kit.report.palette import CLAIMED, INK, LINE, QUIET

_ROW = 0.78
_COLUMN = 0.44
_LABEL_SHARE = 0.4
_WIDEST = 0.55


def draw_trend(canvas: Canvas, chart: Chart) -> float:
    """Draw the chart and return where it ends; keys are years, marks the figures as they are written."""
    y = draw_title(canvas, chart)
    room = fit_labels(canvas, chart.series, _LABEL_SHARE * canvas.width, size=TEXT)
    start = canvas.start + room + 0.2
    each = (canvas.end - start) / len(chart.keys)
    for row, series in enumerate(chart.series):
        lines = canvas.balance(series.label, room)
        foot = y + _ROW - 0.06
        with canvas.mark(row):
            canvas.lines(canvas.start, foot - _COLUMN / 2 - len(lines) * TEXT * LINE_HEIGHT / 2, lines)
            _columns(canvas, series, start, foot, each)
            canvas.line([(start, foot), (canvas.end, foot)], colour=LINE, width=0.8)
        y += _ROW
    for n, key in enumerate(chart.keys):
        canvas.text(start + (n + 0.5) * each, y + 0.1, key, size=SMALL, bold=True, align="middle")
    return y + 0.22


def _columns(canvas: Canvas, series: Series, start: float, foot: float, each: float) -> None:
    width = min(0.6 * each, _WIDEST)
    most = max((value or 0 for value in series.values), default=0) or 1
    for n, (value, mark) in enumerate(zip(series.values, series.marks, strict=True)):
        middle = start + (n + 0.5) * each
        height = _COLUMN * (value or 0) / most
        if height:
            canvas.box(middle - width / 2, foot - height, width, height, fill=CLAIMED, edge=QUIET, line=0.5)
        colour = QUIET if value is None else INK
        canvas.text(middle, foot - height - 0.09, mark, size=SMALL, colour=colour, align="middle")
