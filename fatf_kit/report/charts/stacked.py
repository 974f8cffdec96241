"""Counts by severity or rating: a bar for each group, with figures in its parts and the total after."""

from __future__ import annotations

from collections.abc import Sequence

from fatf_kit.core.ratings import Severity
from fatf_kit.report.charts.canvas import Canvas
from fatf_kit.report.charts.heading import draw_title
from fatf_kit.report.charts.rows import draw_labels, draw_part_key
from fatf_kit.report.charts.style import SMALL, TEXT
from fatf_kit.report.model import Chart
from fatf_kit.report.palette import INK, QUIET, find_swatch

_BAR, _THIN_BAR = 0.25, 0.17
_ROW, _CLOSER_ROW = 0.4, 0.285
_LONGEST_LABEL = 2.9
_TOTAL = 0.45
_HATCHES = ("", "////", "---", "")
"""From the gravest to the least, so that neighbours differ in print too."""
_OPEN = "..."


def draw_stacked(canvas: Canvas, chart: Chart) -> float:
    """Draw the chart and return where it ends; a series' values are counts in the order of the chart's codes."""
    codes = chart.codes
    size = SMALL if canvas.compact else TEXT
    room = min(max(canvas.width_of(s.label, size=size) for s in chart.series), _LONGEST_LABEL)
    start = canvas.start + room + 0.15
    most = max(sum(v or 0 for v in s.values) for s in chart.series)
    each = (canvas.end - _TOTAL - start) / (most or 1)
    parts = [(key, code, _hatch(code)) for key, code in zip(chart.keys, codes, strict=True)]
    top = draw_part_key(canvas, parts, start, draw_title(canvas, chart)) + (0.16 if canvas.compact else 0.2)
    least, pad = (_CLOSER_ROW, 0.05) if canvas.compact else (_ROW, 0.1)
    y, place = top, (canvas.start, top)
    labels = draw_labels(canvas, chart.series, place, room, size=size, least=least, pad=pad, is_balanced=True)
    for row, (series, middle, bottom) in enumerate(labels):
        y = bottom
        end = _bar(canvas, row, series.values, codes, start, middle, each)
        known = [v for v in series.values if v is not None]
        canvas.text(end + 0.1, middle, canvas.number(sum(known)) if known else "–", bold=True)
    canvas.line([(start, top), (start, y)], colour=QUIET, width=0.8)
    return y


def _bar(
    canvas: Canvas, row: int, values: Sequence[float | None], codes: Sequence[str], x: float, middle: float, each: float
) -> float:
    bar = _THIN_BAR if canvas.compact else _BAR
    above, above_size = x, SMALL if canvas.compact else SMALL - 1
    for part, (value, code) in enumerate(zip(values, codes, strict=True)):
        if not value:
            continue
        width, figure = value * each, canvas.number(value)
        room = canvas.width_of(figure, size=SMALL, bold=True) + 0.05
        with canvas.mark(row, part):
            _part(canvas, code, (x, middle, width, bar), (figure, room))
            if room > width:
                # Too narrow for its figure, which is then above, clear of its neighbour's, with a line from its part.
                above = max(above, x + (width - room) / 2)
                edge, centre = middle - bar / 2, above + room / 2
                canvas.line([(x + width / 2, middle), (centre, edge - 0.02)], colour=INK, width=0.6)
                canvas.text(centre, edge - 0.065, figure, size=above_size, colour=INK, align="middle")
                above += room
        x += width
    return x


def _part(canvas: Canvas, code: str, place: tuple[float, float, float, float], figure: tuple[str, float]) -> None:
    """Draw one part of a bar at its start, middle, width and height, with its figure where there is room."""
    (x, middle, width, height), (text, room) = place, figure
    look, hatch = find_swatch(code), _hatch(code)
    canvas.box(x, middle - height / 2, width, height, fill=look.fill, edge=QUIET, line=0.5, hatch=hatch)
    if room <= width:
        if hatch:
            canvas.box(x + (width - room) / 2, middle - height / 2 + 0.01, room, height - 0.02, fill=look.fill)
        canvas.text(x + width / 2, middle, text, size=SMALL, bold=True, colour=look.ink, align="middle")


def _hatch(code: str) -> str:
    """Return the hatch of a severity, because shades look alike in print; of ratings only what is open has one."""
    if not code:
        return _OPEN
    return _HATCHES[Severity(code).order] if code in list(Severity) else ""
