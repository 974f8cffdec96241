"""Effort against risk: a row for each threat, its level in a cell, then a bar for all cases and one within for some."""

from __future__ import annotations

from fatf_kit.report.charts.canvas import Canvas
from fatf_kit.report.charts.heading import draw_title
from fatf_kit.report.charts.style import LINE_HEIGHT, SMALL
from fatf_kit.report.model import Chart, Series
from fatf_kit.report.palette import CLAIMED, INK, LINE, QUIET, SHOWN, find_swatch

_ROW = 0.27
_BAR = 0.16
_PILL = 0.2
_LONGEST_LABEL = 3.0
_FIGURES = 0.95


def draw_effort(canvas: Canvas, chart: Chart) -> float:
    """Returns where the picture ends.

    A series has two values, of which the second is part of the first; its marks are the level in words and both figures
    as they are written, its group the swatch of the level.
    """
    top = draw_title(canvas, chart)
    room = min(max(canvas.width_of(s.label, size=SMALL) for s in chart.series), _LONGEST_LABEL)
    level_width = max(canvas.width_of(s.marks[0], size=SMALL, bold=True) for s in chart.series) + 0.16
    level = canvas.start + room + 0.12
    start = level + level_width + 0.12
    most = max(s.values[0] or 0 for s in chart.series) or 1
    each = (canvas.end - _FIGURES - start) / most
    y = _key(canvas, chart.keys, start, top)
    for series in chart.series:
        lines = canvas.wrap(series.label, room, size=SMALL)
        height = max(_ROW, len(lines) * SMALL * LINE_HEIGHT + 0.06)
        middle = y + height / 2
        canvas.lines(canvas.start, middle - len(lines) * SMALL * LINE_HEIGHT / 2, lines, size=SMALL)
        look = find_swatch(series.group)
        canvas.box(level, middle - _PILL / 2, level_width, _PILL, fill=look.fill, edge=LINE, line=0.5)
        canvas.text(
            level + level_width / 2, middle, series.marks[0], size=SMALL, bold=True, colour=look.ink, align="middle"
        )
        _bars(canvas, series, start, middle, each)
        y += height
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


def _key(canvas: Canvas, keys: tuple[str, ...], start: float, top: float) -> float:
    x = start
    for name, colour in zip(keys, (CLAIMED, SHOWN), strict=True):
        canvas.box(x, top + 0.02, 0.22, 0.13, fill=colour)
        canvas.text(x + 0.29, top + 0.085, name, size=SMALL)
        x += 0.29 + canvas.width_of(name, size=SMALL) + 0.3
    return top + 0.3
