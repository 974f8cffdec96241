"""The 40 Recommendations in their groups; each cell shows its rating, split where there are two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count, groupby

from fatf_kit.report.charts.canvas import Canvas
from fatf_kit.report.charts.rows import HATCH, draw_hatch_key, draw_title, draw_title_with_key
from fatf_kit.report.charts.style import LETTER, LINE_HEIGHT, SMALL, fade_colour
from fatf_kit.report.model import Chart, Series
from fatf_kit.report.palette import LINE, QUIET, RANGE, find_hatch_colour, find_swatch

_PER_ROW = 15
_GAP = 0.2
_CELL_GAP = 0.05
_HALF = 0.3
_KEY_HALF = 0.22
_LONGEST_HEADING = 2.6
"""A group's heading may be wider than its few cells, up to here; beyond, it takes more lines."""

_OPEN = "–"


def draw_rating_map(canvas: Canvas, chart: Chart) -> float:
    """Draw the chart and return where it ends. A series' marks are in the order of the chart's keys."""
    pitch = (canvas.width + _CELL_GAP) / _PER_ROW
    top = draw_hatch_key(canvas, chart, _title(canvas, chart))
    groups = [(name, tuple(series)) for name, series in groupby(chart.series, key=lambda s: s.group)]
    numbers = count()
    for row in _rows(canvas, groups, pitch):
        headings = [canvas.balance(name, width, size=SMALL, bold=True) for name, _, width in row]
        cells_top = top + max(len(lines) for lines in headings) * SMALL * LINE_HEIGHT + 0.05
        bottom, x = cells_top, canvas.start
        for lines, (_, series, width) in zip(headings, row, strict=True):
            heading_top = cells_top - 0.05 - len(lines) * SMALL * LINE_HEIGHT
            canvas.lines(x, heading_top, lines, size=SMALL, bold=True)
            bottom = max(bottom, _cells(canvas, series, numbers, (x, cells_top, pitch), len(chart.keys)))
            x += width + _GAP
        top = bottom + 0.16
    return top - 0.16


_Block = tuple[str, tuple[Series, ...], float]
"""The heading, the series and the width of a group."""
_Place = tuple[float, float, float]
"""The start and the top of the cells of a group, and the distance from one cell to the next."""


def _rows(canvas: Canvas, groups: Sequence[tuple[str, tuple[Series, ...]]], pitch: float) -> list[list[_Block]]:
    rows: list[list[_Block]] = []
    left = 0.0
    for name, series in groups:
        width = min(len(series), _PER_ROW) * pitch - _CELL_GAP
        while width < _LONGEST_HEADING and len(canvas.wrap(name, width, size=SMALL, bold=True)) > 2:
            width += 0.1
        if not rows or width > left:
            rows.append([])
            left = canvas.width + 0.001
        rows[-1].append((name, series, width))
        left -= width + _GAP
    return rows


def _cells(canvas: Canvas, series: Sequence[Series], numbers: Iterator[int], place: _Place, halves: int) -> float:
    left, top, pitch = place
    width = pitch - _CELL_GAP
    for start in range(0, len(series), _PER_ROW):
        line = series[start : start + _PER_ROW]
        labels = [canvas.wrap(s.label, width, size=SMALL) for s in line]
        rated = top + max(len(label) for label in labels) * SMALL * LINE_HEIGHT + 0.01
        for n, (one, label) in enumerate(zip(line, labels, strict=True)):
            x = left + n * pitch
            label_top = rated - 0.01 - len(label) * SMALL * LINE_HEIGHT
            with canvas.mark(next(numbers)):
                canvas.lines(x + width / 2, label_top, label, size=SMALL, colour=QUIET, align="middle")
                _marks(canvas, one.marks, x, rated, width, halves)
        top = rated + (2 if halves == 2 else 1.3) * _HALF + 0.1
    return top - 0.1


def _marks(canvas: Canvas, marks: Sequence[str], x: float, y: float, width: float, halves: int) -> None:
    height, size = (_HALF, LETTER) if halves == 2 else (1.3 * _HALF, LETTER + 2)
    middle = x + width / 2
    for n, mark in enumerate(marks[:halves]):
        look, stripes = find_swatch(mark), find_hatch_colour(mark)
        place, hatch = (x, y + n * height, width, height), HATCH if stripes else ""
        canvas.box(*place, fill=look.fill, edge=QUIET, line=0.6, hatch=hatch, stripe=stripes or QUIET)
        words = mark.replace(RANGE, "–") or _OPEN
        fitting = _fitting_size(canvas, words, width - 0.04, size)
        canvas.sign(middle, y + (n + 0.5) * height, words, look.ink, size=fitting)


def _fitting_size(canvas: Canvas, text: str, width: float, size: float) -> float:
    """Return the largest type size, up to `size`, in which a text is no wider than that."""
    while size > SMALL - 2 and canvas.width_of(text, size=size, bold=True) > width:
        size -= 0.5
    return size


def _title(canvas: Canvas, chart: Chart) -> float:
    """Draw the title and a cell with words in its halves as a key; return where the picture begins."""
    if len(chart.keys) < 2:
        return draw_title(canvas, chart)
    width = max(canvas.width_of(key, size=SMALL) for key in chart.keys) + 0.24
    x, y, top = draw_title_with_key(canvas, chart, width, len(chart.keys) * _KEY_HALF)
    for key in chart.keys:
        canvas.box(x, y, width, _KEY_HALF, fill=fade_colour(LINE, 0.3), edge=QUIET, line=0.6)
        canvas.sign(x + width / 2, y + _KEY_HALF / 2, key, bold=False)
        y += _KEY_HALF
    return top
