"""One or two figures for each unit: small bars in columns, with the figures next to each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from fatf_kit.report.charts.canvas import Canvas
from fatf_kit.report.charts.rows import RowStyle, draw_labels, draw_title, fit_labels
from fatf_kit.report.charts.style import LINE_HEIGHT, SMALL
from fatf_kit.report.model import Chart, Series
from fatf_kit.report.palette import CLAIMED, INK, LINE, QUIET, SHOWN

_ROW = 0.205
_BAR = 0.13
_PER_COLUMN = 20
_BETWEEN = 0.32
_FIGURE = 0.3
_LONGEST_HEAD = 0.7
_LABEL_SHARE = 0.25
_APART = 0.1
_FULL = 100.0
_COLOURS = {1: (SHOWN,), 2: (CLAIMED, SHOWN)}
_UNIT = re.compile(r"(R|IO|RI)\.\d+$")


def draw_bars(canvas: Canvas, chart: Chart) -> float:
    """Draw the chart and return where it ends; a series has one or two values, of a hundred where the unit is "%"."""
    top = draw_title(canvas, chart)
    columns = _columns(chart.series)
    width = (canvas.width + _BETWEEN) / len(columns) - _BETWEEN
    full = _FULL if chart.unit == "%" else max((v or 0 for s in chart.series for v in s.values), default=0) or 1
    firsts = accumulate((len(series) for series in columns), initial=0)
    lefts = (canvas.start + n * (width + _BETWEEN) for n in range(len(columns)))
    return max(
        _column(canvas, chart.keys, series, first, (left, top, width), full)
        for left, first, series in zip(lefts, firsts, columns, strict=False)
    )


def _columns(series: Sequence[Series]) -> list[list[Series]]:
    """Return the columns: one ends when it is full, or where another kind of unit begins: "R." and "IO." do not mix."""
    columns: list[list[Series]] = []
    for one in series:
        if not columns or len(columns[-1]) == _PER_COLUMN or _kind(columns[-1][-1]) != _kind(one):
            columns.append([])
        columns[-1].append(one)
    return columns


def _kind(series: Series) -> str:
    """Return either "R" or "IO"; nothing for what is no unit of the Methodology."""
    found = _UNIT.match(series.label)
    return found[1] if found else ""


def _column(
    canvas: Canvas,
    keys: Sequence[str],
    series: Sequence[Series],
    first: int,
    place: tuple[float, float, float],
    full: float,
) -> float:
    """Draw a column at its start, top and width; return where it ends."""
    left, top, width = place
    room = fit_labels(canvas, series, _LABEL_SHARE * width)
    widths = [min(max(canvas.width_of(key, size=SMALL), _FIGURE), _LONGEST_HEAD) + _APART for key in keys]
    figure_width = canvas.width_of("100", size=SMALL)
    bar_start = left + room + 0.1
    bar_width = width - room - 0.1 - sum(widths)
    y = _draw_heads(canvas, keys, widths, left + width, top)
    for one, middle, bottom in draw_labels(canvas, series, (left, y), room, RowStyle(_ROW, 0.04), first=first):
        y = bottom
        _bar(canvas, one.values, (bar_start, middle, bar_width), full)
        end = left + width
        for value, size in reversed(list(zip(one.values, widths, strict=True))):
            figure = "–" if value is None else canvas.number(round(value, 1))
            canvas.figure(end, middle, figure, figure_width, INK if value else QUIET)
            end -= size
    return y


def _draw_heads(canvas: Canvas, heads: Sequence[str], widths: Sequence[float], end: float, top: float) -> float:
    """Draw the head of each figure over a strip of its bar's colour, as a key; return where the bars begin."""
    wrapped = [canvas.wrap(head, width - _APART, size=SMALL) for head, width in zip(heads, widths, strict=True)]
    bottom = top + max(len(lines) for lines in wrapped) * SMALL * LINE_HEIGHT
    columns = list(zip(wrapped, widths, _COLOURS[len(heads)], strict=True))
    for lines, width, colour in reversed(columns):
        canvas.lines(end, bottom - len(lines) * SMALL * LINE_HEIGHT, lines, size=SMALL, align="end")
        canvas.box(end - width + _APART, bottom + 0.02, width - _APART, 0.06, fill=colour)
        end -= width
    return bottom + 0.14


def _bar(canvas: Canvas, values: Sequence[float | None], place: tuple[float, ...], full: float) -> None:
    """Draw the bars of a row at their start, middle and greatest width."""
    x, middle, width = place
    canvas.box(x, middle - _BAR / 2, width, _BAR, fill="#ffffff", edge=LINE, line=0.5)
    for value, colour, thick in zip(values, _COLOURS[len(values)], (_BAR, 0.55 * _BAR), strict=False):
        if value:
            canvas.box(x, middle - thick / 2, width * min(value, full) / full, thick, fill=colour)
