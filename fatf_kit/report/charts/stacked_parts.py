"""Bars made of parts, such as classes of risk, each part with its figure, and what the whole is at the end."""

from __future__ import annotations

from collections.abc import Sequence

from fatf_kit.report.charts.canvas import Canvas
from fatf_kit.report.charts.heading import draw_title
from fatf_kit.report.charts.rows import draw_labels, draw_part_key
from fatf_kit.report.charts.style import SMALL, TEXT
from fatf_kit.report.model import Chart, Series
from fatf_kit.report.palette import QUIET, find_swatch

_BAR = 0.25
_LONGEST_LABEL = 2.7

LOOKS = {
    "risk": (("low", ""), ("medium", "////"), ("high", ""), ("", ""), ("", "\\\\\\\\")),
    "subset": (("low", ""), ("high", ""), ("", "")),
    "costs": (("LC", ""), ("medium", "---"), ("", "////")),
}
"""Swatch and hatching of each part: low, medium, high, unrated and hidden bodies; below, at risk and unrated; or costs
paid once, those paid every year, and a count of those that are not known."""


def draw_parts(canvas: Canvas, chart: Chart) -> float:
    """Draw the chart and return where it ends.

    A series' values are the parts in the order of the keys; its marks the text of each part, then that of the whole.
    A bar is as long as its sum; a series without a sum shows its last mark only.
    """
    looks = LOOKS[chart.scale or "risk"]
    room = min(max(canvas.width_of(s.label) for s in chart.series), _LONGEST_LABEL)
    start = canvas.start + room + 0.15
    ends = max(canvas.width_of(s.marks[-1], bold=True) for s in chart.series) + 0.2
    most = max(sum(v or 0 for v in s.values) for s in chart.series)
    each = (canvas.end - ends - start) / (most or 1)
    parts = [(key, *look) for key, look in zip(chart.keys, looks, strict=False)]
    y = top = draw_part_key(canvas, parts, canvas.start, draw_title(canvas, chart)) + 0.2
    place = canvas.start, top
    for series, middle, bottom in draw_labels(
        canvas, chart.series, place, room, size=TEXT, least=0.36, pad=0.1, is_balanced=True
    ):
        y = bottom
        end = _bar(canvas, series, looks, start, middle, each)
        canvas.text(end + 0.1, middle, series.marks[-1], bold=True)
    canvas.line([(start, top), (start, y)], colour=QUIET, width=0.8)
    return y


def _bar(
    canvas: Canvas, series: Series, looks: Sequence[tuple[str, str]], x: float, middle: float, each: float
) -> float:
    for value, text, (code, hatch) in zip(series.values, series.marks, looks, strict=False):
        if not value:
            continue
        look, width = find_swatch(code), value * each
        canvas.box(x, middle - _BAR / 2, width, _BAR, fill=look.fill, edge=QUIET, line=0.5, hatch=hatch)
        room = canvas.width_of(text, size=SMALL, bold=True) + 0.06
        if text and room <= width:
            if hatch:
                canvas.box(x + (width - room) / 2, middle - _BAR / 2 + 0.02, room, _BAR - 0.04, fill=look.fill)
            canvas.text(x + width / 2, middle, text, size=SMALL, bold=True, colour=look.ink, align="middle")
        x += width
    return x
