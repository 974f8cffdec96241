"""The matrix of threat and vulnerability: five by five cells, each on the colour of its band, with its count."""

from __future__ import annotations

from fatf_kit.report.charts.canvas import Canvas
from fatf_kit.report.charts.rows import draw_key, draw_title, fit_labels
from fatf_kit.report.charts.style import LETTER, LINE_HEIGHT, TEXT
from fatf_kit.report.model import Chart, Series
from fatf_kit.report.palette import QUIET, find_swatch

_CELL = 0.58
_GAP = 0.05
_LONGEST_LABEL = 1.2
HIDDEN = "…"
"""Stands for a count that is not shown."""


def draw_matrix(canvas: Canvas, chart: Chart) -> float:
    """Draw the chart and return where it ends.

    Series are rows, highest last, drawn from the bottom up; a series' label is its step, its values are counts from
    the lowest column on (None: hidden), its marks the bands of its cells. Keys: what rows are, what columns are, then
    a code and a name for each band in turn.
    """
    rows_are, columns_are, *bands = chart.keys
    top = draw_title(canvas, chart)
    lines = canvas.wrap(rows_are, 1.6, bold=True)
    room = fit_labels(canvas, chart.series, _LONGEST_LABEL, size=TEXT, bold=True)
    steps = canvas.start + max(canvas.width_of(line, bold=True) for line in lines) + 0.15
    start = steps + room + 0.12
    columns = len(chart.series[0].values)
    width = min((canvas.end - start + _GAP) / columns, 1.35)
    y = top
    for number, series in reversed(list(enumerate(chart.series))):
        label = canvas.wrap(series.label, room, bold=True)
        height = max(_CELL, len(label) * TEXT * LINE_HEIGHT)
        with canvas.mark(number):
            canvas.lines(steps, y + (height - len(label) * TEXT * LINE_HEIGHT) / 2, label, bold=True)
            _cells(canvas, series, start, y, width, height)
        y += height + _GAP
    middle = top + (y - top - len(lines) * TEXT * LINE_HEIGHT) / 2
    canvas.lines(canvas.start, middle, lines, bold=True)
    for n in range(columns):
        canvas.text(start + n * width + (width - _GAP) / 2, y + 0.1, str(n + 1), bold=True, align="middle")
    canvas.text(start + columns * width / 2, y + 0.34, columns_are, bold=True, align="middle")
    key = ((name, find_swatch(code).fill, "") for code, name in zip(bands[::2], bands[1::2], strict=True))
    middle = draw_key(canvas, key, canvas.start, y + 0.71, sample=(0.3, 0.18), to_text=0.38, apart=0.24, step=0.27)
    return middle + 0.13


def _cells(canvas: Canvas, series: Series, start: float, y: float, width: float, height: float) -> None:
    for n, (value, band) in enumerate(zip(series.values, series.marks, strict=True)):
        look, x = find_swatch(band), start + n * width
        canvas.box(x, y, width - _GAP, height, fill=look.fill, edge=QUIET, line=0.6)
        figure = HIDDEN if value is None else canvas.number(round(value)) if value else "–"
        is_bold = bool(value) or value is None
        canvas.sign(x + (width - _GAP) / 2, y + height / 2, figure, look.ink, size=LETTER, bold=is_bold)
