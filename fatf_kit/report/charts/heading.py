"""The title of a picture, with its key next to it, or beneath it where there is no space."""

from __future__ import annotations

from fatf_kit.report.charts.canvas import Canvas
from fatf_kit.report.charts.style import LINE_HEIGHT, SMALL
from fatf_kit.report.model import Chart
from fatf_kit.report.palette import LINE, QUIET

_APART = 0.3
_BENEATH, _CLOSER = 0.14, 0.03
_SAMPLE = 0.3

HATCH = "////"
"""The pattern of an undecided rating."""


def draw_title(canvas: Canvas, chart: Chart) -> float:
    """Write the heading, with the unit of the figures, and return where the picture begins."""
    return _write(canvas, chart, canvas.width) + (_CLOSER if canvas.compact else _BENEATH)


def draw_title_with_key(canvas: Canvas, chart: Chart, width: float, height: float) -> tuple[float, float, float]:
    """Write the title and keep a space of that size free; return its start, its top, and where the picture begins."""
    if width <= canvas.width / 2:
        bottom = _write(canvas, chart, canvas.width - width - _APART)
        return canvas.end - width, canvas.margin, max(bottom, canvas.margin + height) + _BENEATH
    top = draw_title(canvas, chart)
    return canvas.start, top, top + height + _BENEATH


def draw_hatch_key(canvas: Canvas, chart: Chart, top: float) -> float:
    """Write the meaning of a hatch, where the chart has one; return where the picture goes on."""
    if not chart.hatch:
        return top
    lines = canvas.wrap(chart.hatch, canvas.width - _SAMPLE - 0.1, size=SMALL)
    middle = top + SMALL * LINE_HEIGHT / 2
    canvas.box(canvas.start, middle - 0.075, _SAMPLE, 0.15, fill=LINE, edge=QUIET, line=0.6, hatch=HATCH, stripe=QUIET)
    return canvas.lines(canvas.start + _SAMPLE + 0.1, top, lines, size=SMALL) + _BENEATH


def _write(canvas: Canvas, chart: Chart, width: float) -> float:
    """Write the message in large letters and the title beneath; the title alone where there is no message."""
    title = f"{chart.title} ({chart.unit})" if chart.unit else chart.title
    lines = canvas.wrap(chart.message or title, width, size=canvas.title_size, bold=True)
    if not chart.message:
        return canvas.lines(canvas.start, canvas.margin, lines, size=canvas.title_size, bold=True)
    with canvas.message():
        bottom = canvas.lines(canvas.start, canvas.margin, lines, size=canvas.title_size, bold=True)
    return canvas.lines(canvas.start, bottom, canvas.wrap(title, width), colour=QUIET)
