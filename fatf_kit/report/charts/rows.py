"""Parts that several charts share: rows with their labels, and the key of coloured parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from fatf_kit.report.charts.canvas import Canvas
from fatf_kit.report.charts.style import LINE_HEIGHT, SMALL
from fatf_kit.report.model import Series
from fatf_kit.report.palette import QUIET, find_swatch

_SAMPLE = 0.33


def draw_labels(
    canvas: Canvas,
    series: Iterable[Series],
    place: tuple[float, float],
    label_width: float,
    *,
    size: float = SMALL,
    least: float | Callable[[Series], float],
    pad: float,
    is_balanced: bool = False,
    first: int = 0,
) -> Iterator[tuple[Series, float, float]]:
    """Write the label of each row; yield the row with its middle and where it ends.

    `place` is where the first row begins. A row is at least so high, the same for all or of each series, or as high as
    its label and a pad. What is drawn
    until the next row is asked for belongs to the mark of the row, whose number is its place from `first`.
    """
    x, y = place
    for row, one in enumerate(series, first):
        lines = (canvas.balance if is_balanced else canvas.wrap)(one.label, label_width, size=size)
        tall = len(lines) * size * LINE_HEIGHT
        height = max(least(one) if callable(least) else least, tall + pad)
        with canvas.mark(row):
            canvas.lines(x, y + height / 2 - tall / 2, lines, size=size)
            yield one, y + height / 2, y + height
        y += height


def draw_part_key(canvas: Canvas, parts: Iterable[tuple[str, str, str]], start: float, top: float) -> float:
    """Draw the key of parts, each with its name, code of a colour and hatch; return the middle of the last line."""
    x, y = start, top + 0.1
    for name, code, hatch in parts:
        width = _SAMPLE + canvas.width_of(name, size=SMALL)
        if x > start and x + width > canvas.end:
            x, y = start, y + 0.26
        canvas.box(x, y - 0.08, 0.26, 0.16, fill=find_swatch(code).fill, edge=QUIET, line=0.5, hatch=hatch)
        canvas.text(x + _SAMPLE, y, name, size=SMALL)
        x += width + 0.25
    return y
