"""Parts that several charts share: titles, keys, rows with their labels, parts of bars, and days that matter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from fatf_kit.report.charts.canvas import Canvas
from fatf_kit.report.charts.style import LINE_HEIGHT, SMALL
from fatf_kit.report.model import Chart, Series
from fatf_kit.report.palette import LINE, QUIET, find_swatch

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
    place = canvas.start, middle - 0.075, _SAMPLE, 0.15
    canvas.box(*place, fill=LINE, edge=QUIET, line=0.6, hatch=HATCH, stripe=QUIET)
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


class RowStyle(NamedTuple):
    """The style of rows with labels: a row is at least so high, or as high as its label and a pad.

    `least` is the same for all rows or a function of the series; a balanced label has lines about equally long.
    """

    least: float | Callable[[Series], float]
    pad: float
    size: float = SMALL
    is_balanced: bool = False


def draw_labels(
    canvas: Canvas,
    series: Iterable[Series],
    place: tuple[float, float],
    label_width: float,
    style: RowStyle,
    *,
    first: int = 0,
) -> Iterator[tuple[Series, float, float]]:
    """Write the label of each row; yield the row with its middle and where it ends.

    `place` is where the first row begins. What is drawn until the next row is asked for belongs to the mark of the row,
    whose number is its place from `first`.
    """
    x, y = place
    least, size = style.least, style.size
    for row, one in enumerate(series, first):
        lines = (canvas.balance if style.is_balanced else canvas.wrap)(one.label, label_width, size=size)
        tall = len(lines) * size * LINE_HEIGHT
        height = max(least(one) if callable(least) else least, tall + style.pad)
        with canvas.mark(row):
            canvas.lines(x, y + height / 2 - tall / 2, lines, size=size)
            yield one, y + height / 2, y + height
        y += height


def fit_labels(
    canvas: Canvas, series: Iterable[Series], longest: float, *, size: float = SMALL, bold: bool = False
) -> float:
    """Return the width of a column of labels: that of the widest label, at most `longest`."""
    return min(max(canvas.width_of(one.label, size=size, bold=bold) for one in series), longest)


def draw_key(
    canvas: Canvas,
    parts: Iterable[tuple[str, str, str]],
    start: float,
    middle: float,
    *,
    sample: tuple[float, float] = (0.26, 0.16),
    to_text: float = 0.33,
    apart: float = 0.25,
    step: float = 0.26,
    edge: str | None = QUIET,
) -> float:
    """Draw a key of parts, each with its name, fill and hatch; return the middle of the last line.

    `sample` is the size of a sample, `to_text` where its name begins, and `step` the height of a line.
    """
    x, y = start, middle
    width, height = sample
    for name, fill, hatch in parts:
        room = to_text + canvas.width_of(name, size=SMALL)
        if x > start and x + room > canvas.end:
            x, y = start, y + step
        canvas.box(x, y - height / 2, width, height, fill=fill, edge=edge, line=0.5, hatch=hatch)
        canvas.text(x + to_text, y, name, size=SMALL)
        x += room + apart
    return y


def draw_part_key(canvas: Canvas, parts: Iterable[tuple[str, str, str]], start: float, top: float) -> float:
    """Draw the key of parts, each with its name, code of a colour and hatch; return the middle of the last line."""
    looks = ((name, find_swatch(code).fill, hatch) for name, code, hatch in parts)
    return draw_key(canvas, looks, start, top + 0.1)


def draw_part(
    canvas: Canvas,
    code: str,
    hatch: str,
    place: tuple[float, float, float, float],
    text: str,
    pads: tuple[float, float],
) -> bool:
    """Draw a part of a bar at its start, middle, width and height; return whether its text fits into it.

    `pads` are added to the width of the text, and kept free at the edges of the ground that it has on a hatch.
    """
    x, middle, width, height = place
    look, top = find_swatch(code), middle - height / 2
    needed = canvas.width_of(text, size=SMALL, bold=True) + pads[0]
    canvas.box(x, top, width, height, fill=look.fill, edge=QUIET, line=0.5, hatch=hatch)
    if not text or needed > width:
        return False
    if hatch:
        canvas.box(x + (width - needed) / 2, top + pads[1], needed, height - 2 * pads[1], fill=look.fill)
    canvas.sign(x + width / 2, middle, text, look.ink)
    return True


def draw_day(canvas: Canvas, label: str, x: float, y: float, gap: float) -> None:
    """Write the name of a day next to its line, on the other side where the picture ends."""
    near_end = x + canvas.width_of(label, size=SMALL) + 0.1 > canvas.end
    canvas.text(x - gap if near_end else x + gap, y, label, size=SMALL, align="end" if near_end else "start")
