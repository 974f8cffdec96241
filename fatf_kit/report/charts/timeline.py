"""A plan over time: a bar for each action from its beginning to its end, months above, marks for days that matter."""

from __future__ import annotations

from collections.abc import Sequence

from fatf_kit.report.charts.canvas import Canvas
from fatf_kit.report.charts.rows import RowStyle, draw_day, draw_key, draw_labels, draw_title
from fatf_kit.report.charts.style import LINE_HEIGHT, SMALL
from fatf_kit.report.model import Chart, Series
from fatf_kit.report.palette import INK, LINE, QUIET, find_swatch

MARK = "mark"
"""The group of series that stand for one day: their value is where a line is drawn."""

_LABELS = 0.36
_OWNERS, _GAP = 0.14, 0.12
"""The share of the width for owners, and the gap between two columns."""
_ROW = 0.24
_BAR = 0.15
_PAD = 0.05
_LEAST = 0.03
_HAIR = 0.006
_KEY = 0.14
_STYLES = {
    "done": "C",
    "under way": "LC",
    "not started": "NA",
    "done without evidence": "PC",
    "overdue": "NC",
    "blocked": "PC",
}
_HATCHED = ("blocked",)


def draw_timeline(canvas: Canvas, chart: Chart) -> float:
    """Draw the chart and return where it ends.

    `chart.keys` are the months from the first; values are begin and end in months from there. `marks` of a series are
    the state of its action, as a code that sets the colour and as a word for the key, and its owner, where it has one.
    """
    top = draw_title(canvas, chart)
    bars = [one for one in chart.series if one.group != MARK]
    marks = [one for one in chart.series if one.group == MARK]
    top = _key(canvas, bars, top)
    owners = _OWNERS * canvas.width if any(map(get_owner, bars)) else 0
    left = canvas.start + _LABELS * canvas.width + owners
    scale = (canvas.end - left) / max(len(chart.keys), 1)
    top = _months(canvas, chart.keys, left, scale, top)
    place, room = (canvas.start, top), left - canvas.start - owners - 0.15

    def least(one: Series) -> float:
        return max(_ROW, len(_wrap_owner(canvas, one, owners)) * SMALL * LINE_HEIGHT + _PAD)

    rows = list(draw_labels(canvas, bars, place, room, RowStyle(least, _PAD)))
    y = rows[-1][2] if rows else top
    for month in range(len(chart.keys) + 1):
        canvas.box(left + month * scale, top, _HAIR, y - top, fill=LINE)
    for number, (one, middle, _) in enumerate(rows):
        with canvas.mark(number):
            lines = _wrap_owner(canvas, one, owners)
            canvas.lines(left - owners, middle - len(lines) * SMALL * LINE_HEIGHT / 2, lines, size=SMALL)
            _bar(canvas, one, left, scale, middle)
    return _marks(canvas, marks, left, scale, top, y)


def get_owner(one: Series) -> str:
    """Return the owner of the action of a series; empty where it has none."""
    return one.marks[2] if len(one.marks) > 2 else ""


def _wrap_owner(canvas: Canvas, one: Series, width: float) -> tuple[str, ...]:
    owner = get_owner(one)
    return canvas.wrap(owner, width - _GAP, size=SMALL) if owner else ()


def _key(canvas: Canvas, bars: Sequence[Series], top: float) -> float:
    """Draw the states that occur, each with its colour; return where the key ends."""
    states = dict.fromkeys(one.marks[:2] for one in bars if len(one.marks) > 1)
    parts = ((word, *_find_look(code)) for code, word in states)
    step = SMALL * LINE_HEIGHT + 0.06
    middle, size = top + _KEY / 2, (_KEY, _KEY)
    last = draw_key(canvas, parts, canvas.start, middle, sample=size, to_text=_KEY + 0.08, step=step)
    return last + _KEY / 2 + 0.14


def _find_look(code: str) -> tuple[str, str]:
    """Return the fill and the hatch of a state."""
    return find_swatch(_STYLES.get(code)).fill, "////" if code in _HATCHED else ""


def _months(canvas: Canvas, keys: Sequence[str], left: float, scale: float, top: float) -> float:
    """Write the names of months above, as many as have room; return where they end."""
    widest = max((canvas.width_of(key, size=SMALL) for key in keys), default=0) + 0.1
    every = max(1, -int(-widest // scale))
    for number in range(0, len(keys), every):
        if left + number * scale + widest - 0.1 <= canvas.end + 0.01:
            middle = top + SMALL * LINE_HEIGHT / 2
            canvas.text(left + number * scale, middle, keys[number], size=SMALL, colour=QUIET)
    return top + SMALL * LINE_HEIGHT + 0.05


def _bar(canvas: Canvas, one: Series, left: float, scale: float, middle: float) -> None:
    begin, end = one.values[:2]
    if begin is None or end is None:
        return
    width = max((end - begin) * scale, _LEAST)
    fill, hatch = _find_look(one.marks[0])
    x, y = left + begin * scale, middle - _BAR / 2
    canvas.box(x, y, width, _BAR, fill=fill, edge=QUIET, line=0.5, hatch=hatch)


def _marks(canvas: Canvas, marks: Sequence[Series], left: float, scale: float, top: float, bottom: float) -> float:
    """Draw a line down the picture for each day that matters, with its name beneath; return where they end."""
    y = bottom
    for one in marks:
        at = one.values[0]
        if at is None:
            continue
        x = left + at * scale
        y += SMALL * LINE_HEIGHT + 0.03
        canvas.line([(x, top - 0.04), (x, y - SMALL * LINE_HEIGHT / 2 - 0.03)], colour=INK, width=1.2)
        draw_day(canvas, one.label, x, y, 0.05)
    return y + 0.1
