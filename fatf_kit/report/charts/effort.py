"""Effort against risk: a row for each threat, its level in a cell, then a bar for all cases and one within for some."""

from __future__ import annotations

from fatf_kit.report.charts.canvas import Canvas
from fatf_kit.report.charts.rows import RowStyle, draw_key, draw_labels, draw_title, fit_labels
from fatf_kit.report.charts.style import SMALL
from fatf_kit.report.model import Chart, Series
from fatf_kit.report.palette import CLAIMED, INK, LINE, QUIET, SHOWN, find_swatch

_ROW = 0.27
_BAR = 0.16
_PILL = 0.2
_LONGEST_LABEL = 3.0
_FIGURES = 0.95


def draw_effort(canvas: Canvas, chart: Chart) -> float:
    """Draw the chart and return where it ends.

    A series has two values, of which the second is part of the first; its marks are the level in words and both figures
    as they are written, its group the swatch of the level.
    """
    top = draw_title(canvas, chart)
    room = fit_labels(canvas, chart.series, _LONGEST_LABEL)
    level_width = max(canvas.width_of(s.marks[0], size=SMALL, bold=True) for s in chart.series) + 0.16
    level = canvas.start + room + 0.12
    start = level + level_width + 0.12
    most = max(s.values[0] or 0 for s in chart.series) or 1
    each = (canvas.end - _FIGURES - start) / most
    key = ((name, colour, "") for name, colour in zip(chart.keys, (CLAIMED, SHOWN), strict=True))
    draw_key(canvas, key, start, top + 0.085, sample=(0.22, 0.13), to_text=0.29, apart=0.3, edge=None)
    y = top + 0.3
    place, style = (canvas.start, y), RowStyle(_ROW, 0.06)
    for series, middle, bottom in draw_labels(canvas, chart.series, place, room, style):
        y = bottom
        look = find_swatch(series.group)
        canvas.box(level, middle - _PILL / 2, level_width, _PILL, fill=look.fill, edge=LINE, line=0.5)
        canvas.sign(level + level_width / 2, middle, series.marks[0], look.ink)
        _bars(canvas, series, start, middle, each)
    canvas.line([(start, top + 0.2), (start, y)], colour=QUIET, width=0.8)
    return y


def _bars(canvas: Canvas, series: Series, start: float, middle: float, each: float) -> None:
    whole, part = series.values
    for value, colour, thick in ((whole, CLAIMED, _BAR), (part, SHOWN, 0.5 * _BAR)):
        if value:
            canvas.box(start, middle - thick / 2, value * each, thick, fill=colour)
    end = start + (whole or 0) * each + 0.08
    figures = f"{series.marks[1]} / {series.marks[2]}"
    canvas.text(end, middle, figures, size=SMALL, colour=QUIET if whole is None else INK)
