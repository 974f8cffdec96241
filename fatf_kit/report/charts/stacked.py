"""Bars made of parts: counts by severity or rating with their total, or parts with their own texts and a whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fatf_kit.core.ratings import Severity
from fatf_kit.report.charts.canvas import Canvas
from fatf_kit.report.charts.rows import RowStyle, draw_labels, draw_part, draw_part_key, draw_title, fit_labels
from fatf_kit.report.charts.style import SMALL, TEXT
from fatf_kit.report.model import Chart, Series
from fatf_kit.report.palette import INK, QUIET

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
    room = fit_labels(canvas, chart.series, _LONGEST_LABEL, size=size)
    start = canvas.start + room + 0.15
    most = max(sum(v or 0 for v in s.values) for s in chart.series)
    each = (canvas.end - _TOTAL - start) / (most or 1)
    parts = [(key, code, _hatch(code)) for key, code in zip(chart.keys, codes, strict=True)]
    top = draw_part_key(canvas, parts, start, draw_title(canvas, chart)) + (0.16 if canvas.compact else 0.2)
    least, pad = (_CLOSER_ROW, 0.05) if canvas.compact else (_ROW, 0.1)
    y, style = top, RowStyle(least, pad, size, is_balanced=True)
    labels = draw_labels(canvas, chart.series, (canvas.start, top), room, style)
    for row, (series, middle, bottom) in enumerate(labels):
        y = bottom
        end = _bar(canvas, row, zip(series.values, codes, strict=True), (start, middle, each))
        known = [v for v in series.values if v is not None]
        canvas.text(end + 0.1, middle, canvas.number(sum(known)) if known else "–", bold=True)
    canvas.line([(start, top), (start, y)], colour=QUIET, width=0.8)
    return y


def _bar(canvas: Canvas, row: int, parts: Iterable[tuple[float | None, str]], place: tuple[float, ...]) -> float:
    """Draw the parts of a bar, each a value and a code, at its start, middle and scale; return where it ends."""
    x, middle, each = place
    bar = _THIN_BAR if canvas.compact else _BAR
    above, above_size = x, SMALL if canvas.compact else SMALL - 1
    for part, (value, code) in enumerate(parts):
        if not value:
            continue
        width, figure = value * each, canvas.number(value)
        with canvas.mark(row, part):
            if not draw_part(canvas, code, _hatch(code), (x, middle, width, bar), figure, (0.05, 0.01)):
                # Too narrow for its figure, which is then above, clear of its neighbour's, with a line from its part.
                room = canvas.width_of(figure, size=SMALL, bold=True) + 0.05
                above = max(above, x + (width - room) / 2)
                edge, centre = middle - bar / 2, above + room / 2
                canvas.line([(x + width / 2, middle), (centre, edge - 0.02)], colour=INK, width=0.6)
                canvas.sign(centre, edge - 0.065, figure, size=above_size, bold=False)
                above += room
        x += width
    return x


def _hatch(code: str) -> str:
    """Return the hatch of a severity, because shades look alike in print; of ratings only what is open has one."""
    if not code:
        return _OPEN
    return _HATCHES[Severity(code).order] if code in list(Severity) else ""


_PARTS_BAR = 0.25
_LONGEST_PARTS_LABEL = 2.7

LOOKS = {
    "risk": (("low", ""), ("medium", "////"), ("high", ""), ("", "\\\\\\\\")),
    "subset": (("low", ""), ("high", ""), ("", "")),
    "costs": (("LC", ""), ("medium", "---"), ("", "////")),
}
"""Swatch and hatching of each part: low, medium, high and hidden bodies; below, at risk and unrated; or costs paid
once, those paid every year, and a count of those that are not known."""


def draw_parts(canvas: Canvas, chart: Chart) -> float:
    """Draw the chart and return where it ends.

    A series' values are the parts in the order of the keys; its marks the text of each part, then that of the whole.
    A bar is as long as its sum; a series without a sum shows its last mark only.
    """
    looks = LOOKS[chart.scale or "risk"]
    room = fit_labels(canvas, chart.series, _LONGEST_PARTS_LABEL, size=TEXT)
    start = canvas.start + room + 0.15
    ends = max(canvas.width_of(s.marks[-1], bold=True) for s in chart.series) + 0.2
    most = max(sum(v or 0 for v in s.values) for s in chart.series)
    each = (canvas.end - ends - start) / (most or 1)
    parts = [(key, *look) for key, look in zip(chart.keys, looks, strict=False)]
    y = top = draw_part_key(canvas, parts, canvas.start, draw_title(canvas, chart)) + 0.2
    place, style = (canvas.start, top), RowStyle(0.36, 0.1, TEXT, is_balanced=True)
    for series, middle, bottom in draw_labels(canvas, chart.series, place, room, style):
        y = bottom
        end = _draw_parts(canvas, series, looks, start, middle, each)
        canvas.text(end + 0.1, middle, series.marks[-1], bold=True)
    canvas.line([(start, top), (start, y)], colour=QUIET, width=0.8)
    return y


def _draw_parts(
    canvas: Canvas, series: Series, looks: Sequence[tuple[str, str]], x: float, middle: float, each: float
) -> float:
    for value, text, (code, hatch) in zip(series.values, series.marks, looks, strict=False):
        if value:
            draw_part(canvas, code, hatch, (x, middle, value * each, _PARTS_BAR), text, (0.06, 0.02))
            x += value * each
    return x
