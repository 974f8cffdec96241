"""Counts by severity or rating: a bar for each group, with figures in its parts and the total after."""

from __future__ import annotations

from collections.abc import Sequence

from fatf_kit.core.ratings import Severity
from fatf_kit.report.charts.canvas import Canvas
from fatf_kit.report.charts.heading import draw_title
from fatf_kit.report.charts.style import LINE_HEIGHT, SMALL, TEXT
from fatf_kit.report.model import Chart
from fatf_kit.report.palette import INK, QUIET, find_swatch

_BAR, _THIN_BAR = 0.25, 0.17
_ROW, _CLOSER_ROW = 0.36, 0.255
_LONGEST_LABEL = 2.9
_TOTAL = 0.45
_SAMPLE = 0.33
_HATCHES = ("", "////", "---", "")
"""From the gravest to the least, so that neighbours differ in print too."""
_OPEN = "..."


def draw_stacked(canvas: Canvas, chart: Chart) -> float:
    """Returns where the picture ends; a series' values are counts in the order of the chart's codes."""
    codes = chart.codes or tuple(Severity)
    size = SMALL if canvas.compact else TEXT
    room = min(max(canvas.width_of(s.label, size=size) for s in chart.series), _LONGEST_LABEL)
    start = canvas.start + room + 0.15
    most = max(sum(v or 0 for v in s.values) for s in chart.series)
    each = (canvas.end - _TOTAL - start) / (most or 1)
    y = bars_top = _key(canvas, chart.keys, codes, start, draw_title(canvas, chart))
    for series in chart.series:
        lines = canvas.balance(series.label, room, size=size)
        tall = len(lines) * size * LINE_HEIGHT
        height = max(_CLOSER_ROW, tall + 0.05) if canvas.compact else max(_ROW, tall + 0.1)
        middle = y + height / 2
        canvas.lines(canvas.start, middle - tall / 2, lines, size=size)
        end = _bar(canvas, series.values, codes, start, middle, each)
        known = [v for v in series.values if v is not None]
        canvas.text(end + 0.1, middle, canvas.number(sum(known)) if known else "–", bold=True)
        y += height
    canvas.line([(start, bars_top), (start, y)], colour=QUIET, width=0.8)
    return y


def _bar(
    canvas: Canvas, values: Sequence[float | None], codes: Sequence[str], x: float, middle: float, each: float
) -> float:
    bar = _THIN_BAR if canvas.compact else _BAR
    above, above_size = x, SMALL if canvas.compact else SMALL - 1
    for value, code in zip(values, codes, strict=True):
        if not value:
            continue
        look, width, figure, hatch = find_swatch(code), value * each, canvas.number(value), _hatch(code)
        canvas.box(x, middle - bar / 2, width, bar, fill=look.fill, edge=QUIET, line=0.5, hatch=hatch)
        room = canvas.width_of(figure, size=SMALL, bold=True) + 0.05
        if room <= width:
            if hatch:
                canvas.box(x + (width - room) / 2, middle - bar / 2 + 0.01, room, bar - 0.02, fill=look.fill)
            canvas.text(x + width / 2, middle, figure, size=SMALL, bold=True, colour=look.ink, align="middle")
        else:
            # Too narrow for its figure, which then stands above, clear of its neighbour's.
            above = max(above, x + (width - room) / 2)
            canvas.text(above + room / 2, middle - bar / 2 - 0.06, figure, size=above_size, colour=INK, align="middle")
            above += room
        x += width
    return x


def _key(canvas: Canvas, keys: Sequence[str], codes: Sequence[str], start: float, top: float) -> float:
    x, y = start, top + 0.1
    for name, code in zip(keys, codes, strict=True):
        width = _SAMPLE + canvas.width_of(name, size=SMALL)
        if x > start and x + width > canvas.end:
            x, y = start, y + 0.26
        fill = find_swatch(code).fill
        canvas.box(x, y - 0.08, 0.26, 0.16, fill=fill, edge=QUIET, line=0.5, hatch=_hatch(code))
        canvas.text(x + _SAMPLE, y, name, size=SMALL)
        x += width + 0.25
    return y + (0.16 if canvas.compact else 0.2)


def _hatch(code: str) -> str:
    """By severity, so that shades that look alike in print differ; of ratings only what is open, white as NA is."""
    if not code:
        return _OPEN
    return _HATCHES[Severity(code).order] if code in list(Severity) else ""
