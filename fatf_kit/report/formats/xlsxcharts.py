"""Charts that Excel draws itself, each beside the small table it is drawn from, so that people can go on with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fatf_kit.findings.model import Severity
from fatf_kit.report.model import Chart, ChartKind, Document
from fatf_kit.report.palette import CLAIMED, LINE, SHOWN, swatch

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_NATIVE = (ChartKind.STACKED, ChartKind.BARS)
_WIDE, _ROW = 720, 20  # points on a screen: width of a chart, height of a row
_LEAST, _EACH = 180, 26


def native_charts(document: Document) -> tuple[Chart, ...]:
    """The charts of a document that are bars of numbers; the others are pictures beside the report."""
    return tuple(chart for chart in document.charts() if chart.kind in _NATIVE and chart.series)


class NativeCharts:
    """Writes charts one under another on a sheet, the table of each first and its bars to the side."""

    def __init__(self, book: Workbook, sheet: Any, *, rtl: bool, head: Any, text: Any) -> None:
        self._book, self._sheet, self._rtl, self._head, self._text = book, sheet, rtl, head, text
        self._next = 0
        sheet.set_column(0, 0, 40)
        sheet.set_column(1, 12, 12)

    def add(self, chart: Chart) -> None:
        """One chart with its table."""
        top, last = self._next, self._next + len(chart.series)
        self._sheet.write_string(top, 0, chart.title, self._head)
        for column, key in enumerate(chart.keys, 1):
            self._sheet.write_string(top, column, key, self._head)
        for line, series in enumerate(chart.series, top + 1):
            self._sheet.write_string(line, 0, series.label, self._text)
            for column, value in enumerate(series.values, 1):
                if value is not None:
                    self._sheet.write_number(line, column, value, self._text)
        height = max(_LEAST, _EACH * len(chart.series) + 90)
        self._sheet.insert_chart(top, len(chart.keys) + 2, self._drawn(chart, top, last, height))
        self._next = top + max(len(chart.series) + 1, height // _ROW + 1) + 2

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
        drawn.set_y_axis({"reverse": True, "num_font": {"size": 9}, "crossing": "max" if self._rtl else None})
        whole = {"min": 0, "max": 100} if chart.unit == "%" else {}
        drawn.set_x_axis({**whole, "reverse": self._rtl, "major_gridlines": {"visible": True, "line": {"color": LINE}}})
        return drawn


def _colours(chart: Chart) -> tuple[str, ...]:
    """One colour for each value of a series, as in the pictures."""
    if chart.kind is ChartKind.BARS:
        return (SHOWN,) if len(chart.keys) == 1 else (CLAIMED, SHOWN)
    return tuple(swatch(code).fill for code in chart.codes or tuple(Severity))
