"""Ratings among jurisdictions: a full bar for each unit, best ratings first, and own ratings after."""

from __future__ import annotations

from collections.abc import Sequence

from fatf_kit.report.charts.canvas import Canvas
from fatf_kit.report.charts.rows import RowStyle, draw_key, draw_labels, draw_title, fit_labels
from fatf_kit.report.charts.style import LINE_HEIGHT, SMALL
from fatf_kit.report.model import Chart, Series
from fatf_kit.report.palette import LINE, QUIET, find_swatch

_ROW = 0.235
_BAR = 0.17
_PER_COLUMN = 20
_BETWEEN = 0.35
_PILL = 0.34
_LABEL_SHARE = 0.3
_APART = 0.1


def draw_shares(canvas: Canvas, chart: Chart) -> float:
    """Draw the chart and return where it ends; a series' values are counts in the order of `keys`, which are ratings.

    The marks of a series, if it has any, are ratings shown after its bar.
    """
    ratings = ((name, find_swatch(name).fill, "") for name in chart.keys)
    middle = draw_title(canvas, chart) + 0.08
    top = draw_key(canvas, ratings, canvas.start, middle, sample=(0.24, 0.16), to_text=0.3, apart=0.2) + 0.2
    columns = [chart.series[n : n + _PER_COLUMN] for n in range(0, len(chart.series), _PER_COLUMN)]
    width = (canvas.width + _BETWEEN) / len(columns) - _BETWEEN
    lefts = [canvas.start + n * (width + _BETWEEN) for n in range(len(columns))]
    return max(
        _column(canvas, chart.keys, series, n * _PER_COLUMN, (lefts[n], top, width)) for n, series in enumerate(columns)
    )


def _column(
    canvas: Canvas, keys: Sequence[str], series: Sequence[Series], first: int, place: tuple[float, float, float]
) -> float:
    """Draw a column at its start, top and width; return where it ends."""
    left, top, width = place
    room = fit_labels(canvas, series, _LABEL_SHARE * width)
    pills = max(len(one.marks) for one in series)
    pill = pills * _PILL + _APART if pills else 0.0
    start = left + room + _APART
    length = width - room - _APART - pill
    y = top
    for one, middle, bottom in draw_labels(canvas, series, (left, top), room, RowStyle(_ROW, 0.04), first=first):
        y = bottom
        _bar(canvas, keys, one.values, start, middle, length)
        for n, mark in enumerate(one.marks):
            _mark(canvas, mark, left + width - (pills - n) * _PILL, middle)
    return y


def _bar(
    canvas: Canvas, keys: Sequence[str], values: Sequence[float | None], x: float, middle: float, length: float
) -> None:
    total = sum(value or 0 for value in values)
    if not total:
        canvas.box(x, middle - _BAR / 2, length, _BAR, fill="#ffffff", edge=LINE, line=0.5)
        return
    for code, value in zip(keys, values, strict=True):
        if not value:
            continue
        look, part, figure = find_swatch(code), length * value / total, canvas.number(value)
        canvas.box(x, middle - _BAR / 2, part, _BAR, fill=look.fill, edge=QUIET, line=0.4)
        if canvas.width_of(figure, size=SMALL - 1) + 0.04 <= part:
            canvas.sign(x + part / 2, middle, figure, look.ink, size=SMALL - 1, bold=False)
        x += part


def _mark(canvas: Canvas, code: str, x: float, middle: float) -> None:
    look, height = find_swatch(code), SMALL * LINE_HEIGHT + 0.03
    y = middle - height / 2
    canvas.box(x, y, _PILL, height, fill=look.fill, edge=QUIET, line=0.6, round_=True)
    canvas.sign(x + _PILL / 2, middle, code or "–", look.ink, size=SMALL - 0.5)
