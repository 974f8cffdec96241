"""Charts that Excel draws itself, each next to its small table, so that people can continue to use them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from fatf_kit.report.model import Chart, ChartKind, Document
from fatf_kit.report.palette import CLAIMED, LINE, SHOWN, find_swatch

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_NATIVE = (ChartKind.STACKED, ChartKind.BARS)
_WIDE, _ROW = 500, 18  # points on a screen: width of a chart, height of a row
_LEAST, _EACH, _MANY = 180, 26, 20
_LABELS, _VALUES = 30, 8  # letters: the widest column of names, the narrowest of values
_BESIDE = 14
"""Points on a screen between a table and its chart."""
_NAME = 24
"""Letters of a name on one line next to its bar."""
_PAPER = (1_045, 690)
"""The width of A4 in landscape between the margins below, in points on a screen."""
_HEIGHT = _ROW * 0.75
"""Of a row, in points on paper."""
_RESERVE = 1.45
"""Columns are wider on machines without Calibri, and so is what spans them."""
_MARGINS = {"left": 0.4, "right": 0.4, "top": 0.4, "bottom": 0.6}


def select_native_charts(document: Document) -> tuple[Chart, ...]:
    """Return the charts of a document that are bars of numbers; the others are pictures in charts/."""
    return tuple(chart for chart in document.page_charts() if chart.kind in _NATIVE and chart.series)


class ChartLooks(NamedTuple):
    """The formats of the cells of headings, of texts and whole numbers, and of decimals."""

    head: Any
    text: Any
    decimal: Any


class ChartSheetWriter:
    """A writer of charts one under another on a sheet, the table of each first and its bars to the side."""

    def __init__(self, book: Workbook, sheet: Any, charts: Sequence[Chart], looks: ChartLooks, *, rtl: bool) -> None:
        self._book, self._sheet, self._rtl = book, sheet, rtl
        self._head, self._text, self._decimal = looks
        self._next = 0
        self._tops: list[tuple[int, int]] = []
        # As narrow as their words, so that the chart next to them is printed large.
        self._labels = min(_LABELS, max(len(series.label) for chart in charts for series in chart.series) + 2)
        self._values = [_VALUES] * max(len(chart.keys) for chart in charts)
        for chart in charts:
            for n, key in enumerate(chart.keys):
                self._values[n] = max(self._values[n], *(len(word) + 2 for word in key.split()))
        sheet.set_column(0, 0, self._labels)
        for column, width in enumerate(self._values, 1):
            sheet.set_column(column, column, width)
        sheet.set_default_row(_HEIGHT)
        for chart in charts:
            self._add(chart)
        self._break_pages()

    def _add(self, chart: Chart) -> None:
        """Add one chart with its table."""
        top, last = self._next, self._next + len(chart.series)
        most = max(_lines(chart.title, self._labels), *map(_lines, chart.keys, self._values))
        self._sheet.set_row(top, _HEIGHT * most)
        self._sheet.write_string(top, 0, chart.title, self._head)
        for column, key in enumerate(chart.keys, 1):
            self._sheet.write_string(top, column, key, self._head)
        parts = any(value is not None and value % 1 for series in chart.series for value in series.values)
        look = self._decimal if parts else self._text
        for line, series in enumerate(chart.series, top + 1):
            self._sheet.set_row(line, _HEIGHT * _lines(series.label, self._labels))
            self._sheet.write_string(line, 0, series.label, self._text)
            for column, value in enumerate(series.values, 1):
                if value is not None:
                    self._sheet.write_number(line, column, value, look)
        height = max(_LEAST, _height([series.label for series in chart.series]))
        # A little into its row: a border on the edge would be printed on the page before as well.
        place = {"x_offset": _BESIDE, "y_offset": 3}
        self._sheet.insert_chart(top, len(chart.keys) + 1, self._drawn(chart, top, last, height), place)
        rows = max(len(chart.series) + 1, height // _ROW + 1)
        self._tops.append((top, top + rows))
        self._next = top + rows + 2

    def _break_pages(self) -> None:
        """Print as wide as the paper, a chart on one page with its table wherever a page has room for it."""
        wide = 7 * (self._labels + sum(self._values) + len(self._values)) + _BESIDE + _WIDE
        across, down = _PAPER
        scale = min(100, int(100 * across / (_RESERVE * wide)))
        room = 100 * down // scale // _ROW
        begun, breaks = 0, []
        for top, end in self._tops:
            if top > begun and end - begun > room:
                breaks.append(top)
                begun = top
        self._sheet.set_print_scale(scale)
        self._sheet.set_margins(**_MARGINS)
        self._sheet.set_h_pagebreaks(breaks)

    def _drawn(self, chart: Chart, top: int, last: int, height: int) -> Any:
        stacked = chart.kind is ChartKind.STACKED
        drawn = self._book.add_chart({"type": "bar", **({"subtype": "stacked"} if stacked else {})})
        name = self._sheet.get_name()
        for column, colour in enumerate(_colours(chart), 1):
            drawn.add_series(
                {
                    "name": [name, top, column],
                    "categories": [name, top + 1, 0, last, 0],
                    "values": [name, top + 1, column, last, column],
                    "fill": {"color": colour},
                    "border": {"color": LINE},
                    "gap": 40,
                }
            )
        drawn.set_title({"name": chart.title, "name_font": {"size": 12}, "overlay": False})
        drawn.set_legend({"position": "top"})
        drawn.set_size({"width": _WIDE, "height": height})
        # The first row on top; in right-to-left languages the bars start at the right.
        drawn.set_y_axis(
            {
                "reverse": True,
                "interval_unit": 1,  # every name, also where it takes two lines
                "num_font": {"size": 9 if len(chart.series) <= _MANY else 8},
                "crossing": "max" if self._rtl else None,
            }
        )
        whole = {"min": 0, "max": 100} if chart.unit == "%" else {}
        lines = {"visible": True, "line": {"color": LINE}}
        drawn.set_x_axis({**whole, "reverse": self._rtl, "major_gridlines": lines})
        return drawn


def _lines(text: str, letters: int) -> int:
    """Return how many lines a text takes in a column so many letters wide."""
    return max(1, math.ceil(len(text) / letters))


def _height(labels: Sequence[str]) -> int:
    """Return the height of a chart with these rows: with many of them it is no taller than its table."""
    rows = len(labels)
    airy = _EACH * sum(max(1, _lines(label, _NAME) * 0.6) for label in labels) + 90
    return int(airy) if rows <= _MANY else max(_EACH * _MANY + 90, _ROW * (rows + 1))


def _colours(chart: Chart) -> tuple[str, ...]:
    """Return one colour for each value of a series, as in the pictures."""
    if chart.kind is ChartKind.BARS:
        return (SHOWN,) if len(chart.keys) == 1 else (CLAIMED, SHOWN)
    return tuple(find_swatch(code).fill for code in chart.codes)
