"""The outcomes on a scale of four ratings as columns, from worst to best: the claim above, what is shown beneath."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fatf_kit.core.ratings import COMPLIANCE_SCALE, EFFECTIVENESS_SCALE
from fatf_kit.report.charts.canvas import Canvas
from fatf_kit.report.charts.rows import HATCH, draw_hatch_key, draw_title, draw_title_with_key
from fatf_kit.report.charts.style import LINE_HEIGHT, SMALL, TEXT, fade_colour
from fatf_kit.report.model import Chart
from fatf_kit.report.palette import INK, SHOWN, find_swatch

_PILL = 0.46
"""Width of the marker of one rating."""

_HEAD = 0.26
_KEY = 0.21
_KEY_GAP = 0.1
_LONGEST_LABEL = 2.6
_STRIPE = fade_colour(SHOWN, 0.72)

SCALES = {
    "compliance": tuple(str(rating) for rating in COMPLIANCE_SCALE),
    "effectiveness": tuple(str(rating) for rating in EFFECTIVENESS_SCALE),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingScale:
    """The scale of a chart: its letters, where its columns start and how wide each is."""

    letters: tuple[str, ...]
    start: float
    column: float

    def centre(self, rank: float) -> float:
        """Return the middle of a rating's column."""
        return self.start + (rank + 0.5) * self.column


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleRow:
    """One row: its label in lines, its upper edge and its height."""

    label: tuple[str, ...]
    top: float
    height: float


def _draw_scale(
    canvas: Canvas, name: str, labels: Sequence[str], top: float, height: float
) -> tuple[RatingScale, tuple[ScaleRow, ...]]:
    """Draw heads, bands and labels; return the scale and its rows, which are at least `height` high."""
    letters = SCALES[name]
    room = min(max(canvas.width_of(label, bold=True) for label in labels), _LONGEST_LABEL)
    start = canvas.start + room + 0.15
    scale = RatingScale(letters=letters, start=start, column=(canvas.end - start) / len(letters))
    scale_rows: list[ScaleRow] = []
    y = top + _HEAD + 0.03
    for label in labels:
        lines = canvas.wrap(label, room, bold=True)
        scale_rows.append(ScaleRow(label=lines, top=y, height=max(height, len(lines) * TEXT * LINE_HEIGHT + 0.06)))
        y += scale_rows[-1].height
    for rank, letter in enumerate(letters):
        look = find_swatch(letter)
        x = scale.start + rank * scale.column
        canvas.box(x, top, scale.column, y - top, fill=look.fill, strength=0.2)
        canvas.box(x, top, scale.column, _HEAD, fill=look.fill)
        canvas.sign(scale.centre(rank), top + _HEAD / 2, letter, look.ink, size=TEXT)
    for n, scale_row in enumerate(scale_rows):
        if n:
            ends = [(canvas.start, scale_row.top), (canvas.end, scale_row.top)]
            canvas.line(ends, colour="#ffffff", width=1.2)
        text_top = scale_row.top + (scale_row.height - len(scale_row.label) * TEXT * LINE_HEIGHT) / 2
        with canvas.mark(n):
            canvas.lines(canvas.start, text_top, scale_row.label, bold=True)
    return scale, tuple(scale_rows)


def _draw_key_and_title(canvas: Canvas, chart: Chart) -> float:
    """Draw the title, and the two markers with their meaning inside; return where the scale begins."""
    if len(chart.keys) < 2:
        return draw_title(canvas, chart)
    widths = [canvas.width_of(key, size=SMALL, bold=True) + 0.3 for key in chart.keys]
    x, y, top = draw_title_with_key(canvas, chart, sum(widths) + _KEY_GAP, _KEY)
    for key, width, solid in zip(chart.keys, widths, (False, True), strict=True):
        _draw_pill(canvas, (x, y, width, _KEY), solid=solid)
        canvas.sign(x + width / 2, y + _KEY / 2, key, _ink(solid))
        x += width + _KEY_GAP
    return draw_hatch_key(canvas, chart, top)


def _draw_span(canvas: Canvas, scale: RatingScale, ends: Sequence[float | None], y: float, *, solid: bool) -> None:
    """Draw a marker with letters on one rating, or a bar with letters at both ends; nothing where an end is missing."""
    (worst, best), height = ends, _LANE
    if worst is None or best is None:
        return
    left, right = scale.centre(worst), scale.centre(best)
    hatch = HATCH if worst != best and solid else ""
    place = left - _PILL / 2, y - height / 2, right - left + _PILL, height
    _draw_pill(canvas, place, solid=solid, hatch=hatch)
    for rank in sorted({worst, best}):
        canvas.sign(scale.centre(rank), y, scale.letters[int(rank)], _ink(solid))


def _draw_pill(canvas: Canvas, place: tuple[float, float, float, float], *, solid: bool, hatch: str = "") -> None:
    """Draw a marker: hollow for what is claimed, solid for what is shown, hatched while that is open."""
    fill = SHOWN if solid else "#ffffff"
    canvas.box(*place, fill=fill, edge=SHOWN, line=1.3, round_=True, hatch=hatch, stripe=_STRIPE)


def _ink(solid: bool) -> str:
    return "#ffffff" if solid else INK


_LANE = 0.18
_ROW = 0.32
_ROW_OF_TWO = 0.48


def draw_outcomes(canvas: Canvas, chart: Chart) -> float:
    """Draw the chart and return where it ends.

    A series' values are the ranks between which the claim lies, worst and best, then the same of what is shown.
    """
    both = len(chart.keys) > 1
    top = _draw_key_and_title(canvas, chart)
    labels, height = [one.label for one in chart.series], _ROW_OF_TWO if both else _ROW
    scale, scale_rows = _draw_scale(canvas, chart.scale or "effectiveness", labels, top, height)
    for row, (series, scale_row) in enumerate(zip(chart.series, scale_rows, strict=True)):
        middle = scale_row.top + scale_row.height / 2
        off = 0.112 if both else 0.0
        with canvas.mark(row):
            _draw_span(canvas, scale, series.values[:2], middle - off, solid=False)
            _draw_span(canvas, scale, series.values[2:], middle + off, solid=True)
    return scale_rows[-1].top + scale_rows[-1].height
