"""Ratings from report to report: a column for each report along the years, with lines for days that matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fatf_kit.report.charts.canvas import Canvas
from fatf_kit.report.charts.rows import draw_day, draw_part_key, draw_title
from fatf_kit.report.charts.style import LINE_HEIGHT, SMALL
from fatf_kit.report.charts.timeline import MARK
from fatf_kit.report.model import Chart, Series
from fatf_kit.report.palette import INK, LINE, QUIET, find_swatch

_COLUMN, _STEP = 0.46, 0.8
"""The width of a column, and the least distance of the middles of two."""
_HEIGHT = 2.6
_CLEAR = 0.04
"""How far a line stays from the column of a report of the same month."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Axis:
    """Time in years, and places in inches: true to scale where two reports are far enough apart."""

    times: tuple[float, ...]
    places: tuple[float, ...]
    scale: float
    step: float

    def find_place(self, time: float) -> float:
        """Return the place of a day: between the columns of the reports before and after it, and never on one."""
        earlier = [n for n, one in enumerate(self.times) if one <= time]
        if not earlier:
            return min(self.places[0] - (self.times[0] - time) * self.scale, self.places[0] - self._clear)
        n = earlier[-1]
        since = time - self.times[n]
        if n + 1 == len(self.times):
            return self.places[n] + max(since * self.scale, self._clear)
        room = self.places[n + 1] - self.places[n]
        there = since / (self.times[n + 1] - self.times[n]) * room
        return self.places[n] + min(max(there, self._clear), room - self._clear)

    @property
    def column(self) -> float:
        """The width of a column."""
        return min(_COLUMN, self.step * 0.8)

    @property
    def _clear(self) -> float:
        return self.column / 2 + _CLEAR


def draw_history(canvas: Canvas, chart: Chart) -> float:
    """Draw the chart and return where it ends.

    A series' values are counts in the order of the chart's codes, and its first mark is its month or day in ISO 8601.
    Series of the group `MARK` are days: a line with the label. The reports are in the order of time, and the days too.
    """
    reports = [one for one in chart.series if one.group != MARK]
    days = [one for one in chart.series if one.group == MARK]
    parts = [(key, code, "") for key, code in zip(chart.keys, chart.codes, strict=True)]
    top = draw_part_key(canvas, parts, canvas.start, draw_title(canvas, chart)) + 0.2
    axis = _lay_out(canvas, reports, days)
    foot = top + len(days) * SMALL * LINE_HEIGHT + (0.08 if days else 0) + _HEIGHT
    most = max((sum(value or 0 for value in one.values) for one in reports), default=0) or 1
    bottom = foot
    for row, one in enumerate(reports):
        with canvas.mark(row):
            lines = canvas.wrap(one.label, axis.step - 0.06, size=SMALL)
            end = canvas.lines(axis.places[row], foot + 0.05, lines, size=SMALL, align="middle")
            bottom = max(bottom, end)
        _column(canvas, row, one, chart.codes, (axis.places[row], foot, axis.column, _HEIGHT / most))
    canvas.line([(canvas.start, foot), (canvas.end, foot)], colour=LINE, width=0.8)
    _days(canvas, days, axis, top, foot)
    return bottom


def _lay_out(canvas: Canvas, reports: Sequence[Series], days: Sequence[Series]) -> _Axis:
    """Return the places of the reports: to scale, then moved apart where columns would touch."""
    times = [_read_time(one) for one in reports]
    all_times = [*times, *map(_read_time, days)]
    step = min(_STEP, canvas.width / max(len(reports), 1))
    first, last = canvas.start + step / 2, canvas.end - step / 2
    begin, end = min(all_times), max(all_times)
    scale = (last - first) / (end - begin or 1)
    places = [first + (time - begin) * scale for time in times]
    for n in range(1, len(places)):
        places[n] = max(places[n], places[n - 1] + step)
    for n in reversed(range(len(places))):
        places[n] = min(places[n], places[n + 1] - step if n + 1 < len(places) else last)
    return _Axis(times=tuple(times), places=tuple(places), scale=scale, step=step)


def _read_time(one: Series) -> float:
    """Return a month or day in years; a month counts from its middle."""
    year, month, *day = (int(part) for part in one.marks[0].split("-"))
    return year + (month - 1) / 12 + ((day[0] - 1) / 31 if day else 0.5) / 12


def _column(
    canvas: Canvas, row: int, one: Series, codes: Sequence[str], place: tuple[float, float, float, float]
) -> None:
    """Draw the parts of a column from the lowest rating at its foot, each with its figure where there is room."""
    middle, y, width, each = place
    for part in reversed(range(len(codes))):
        value = one.values[part]
        if not value:
            continue
        look, height = find_swatch(codes[part]), value * each
        y -= height
        with canvas.mark(row, part):
            canvas.box(middle - width / 2, y, width, height, fill=look.fill, edge=QUIET, line=0.5)
            if height >= SMALL * 1.05 / 72:
                canvas.sign(middle, y + height / 2, canvas.number(value), look.ink)


def _days(canvas: Canvas, days: Sequence[Series], axis: _Axis, top: float, foot: float) -> None:
    """Draw a line for each day, with its text above in a row of its own, so that texts do not overlap."""
    for row, one in enumerate(days):
        x = min(max(axis.find_place(_read_time(one)), canvas.start + 0.02), canvas.end - 0.02)
        y = top + (row + 0.5) * SMALL * LINE_HEIGHT
        canvas.line([(x, y - 0.06), (x, foot)], colour=INK, width=1.4)
        draw_day(canvas, one.label, x, y, 0.06)
