"""Charts as pictures. A chart's numbers and words are its own; here is only how they look."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Literal, get_args

from fatf_kit.core.languages import remove_unreadable
from fatf_kit.report.charts.bars import draw_bars
from fatf_kit.report.charts.canvas import Canvas, use_own_settings
from fatf_kit.report.charts.effort import draw_effort
from fatf_kit.report.charts.funnel import draw_funnel
from fatf_kit.report.charts.history import draw_history
from fatf_kit.report.charts.matrix import draw_matrix
from fatf_kit.report.charts.rating_map import draw_rating_map
from fatf_kit.report.charts.rating_scale import draw_outcomes
from fatf_kit.report.charts.rows import draw_title
from fatf_kit.report.charts.shares import draw_shares
from fatf_kit.report.charts.stacked import draw_parts, draw_stacked
from fatf_kit.report.charts.style import LINE_HEIGHT, TEXT, get_font_family, make_drawable
from fatf_kit.report.charts.timeline import draw_timeline
from fatf_kit.report.charts.trend import draw_trend
from fatf_kit.report.model import Chart, ChartKind, Series
from fatf_kit.report.palette import LINE

__all__ = ["Form", "describe_chart", "draw_chart", "get_font_family"]

Form = Literal["svg", "png", "outlines"]

_DRAW = {
    ChartKind.RATING_MAP: draw_rating_map,
    ChartKind.OUTCOMES: draw_outcomes,
    ChartKind.BARS: draw_bars,
    ChartKind.STACKED: draw_stacked,
    ChartKind.TIMELINE: draw_timeline,
    ChartKind.SHARES: draw_shares,
    ChartKind.MATRIX: draw_matrix,
    ChartKind.PARTS: draw_parts,
    ChartKind.FUNNEL: draw_funnel,
    ChartKind.TREND: draw_trend,
    ChartKind.EFFORT: draw_effort,
    ChartKind.HISTORY: draw_history,
}


def draw_chart(chart: Chart, *, language: str = "en", form: Form = "svg") -> bytes:
    """Return a chart as a picture as high as it needs to be; the same chart gives the same bytes.

    It is 9 inches wide, and 8 where the chart is compact.

    Args:
        chart: What is drawn. Without series the picture says what `chart.alt` says.
        language: Sets the font, and for languages written from right to left turns the whole picture around, the
            scale included: it starts at the right.
        form: "svg" gives UTF-8 text that begins with `<svg`, can be put into a page as it is, and has the headings
            and `chart.alt` as its label; text is text, and each series a group of the class "point". "png" has 200
            dots per inch. "outlines" is an SVG whose letters are shapes, for a PDF that has its own words for the
            picture: Arabic letters of a picture have no codes there that PDF/UA accepts.

    Returns:
        The bytes of the picture.

    Raises:
        ValueError: for any other form.
    """
    if form not in get_args(Form):
        raise ValueError(f"A chart can be drawn as 'svg', 'png' or 'outlines', not as {form!r}.")
    return _drawn(_readable(chart), language, form)


def describe_chart(chart: Chart) -> str:
    """Return in words what a chart shows: its message, its title, and its values."""
    return ". ".join(filter(None, (chart.message, chart.title, chart.alt)))


def _readable(chart: Chart) -> Chart:
    """Return the same chart without signs that no picture may hold."""

    def clean(row: Series) -> Series:
        marks = tuple(map(_clean, row.marks))
        return replace(row, label=_clean(row.label), group=_clean(row.group), marks=marks)

    return replace(
        chart,
        title=_clean(chart.title),
        message=_clean(chart.message),
        alt=remove_unreadable(chart.alt),
        keys=tuple(map(_clean, chart.keys)),
        unit=_clean(chart.unit),
        series=tuple(map(clean, chart.series)),
    )


def _clean(text: str) -> str:
    return make_drawable(remove_unreadable(text))


@lru_cache(maxsize=32)  # a page, a document and a file show the same picture
def _drawn(chart: Chart, language: str, form: Form) -> bytes:
    with use_own_settings(has_text=form == "svg"):
        canvas = Canvas(language, compact=chart.compact)
        bottom = _DRAW[chart.kind](canvas, chart) if chart.series else _say_so(canvas, chart)
        return canvas.finish(bottom + canvas.margin, form, name=chart.id, alt=describe_chart(chart))


def _say_so(canvas: Canvas, chart: Chart) -> float:
    top = draw_title(canvas, chart)
    lines = canvas.wrap(chart.alt, canvas.width - 0.4)
    bottom = top + 0.4 + len(lines) * TEXT * LINE_HEIGHT
    canvas.box(canvas.start, top, canvas.width, bottom - top, fill="#ffffff", edge=LINE)
    canvas.lines(canvas.start + 0.2, top + 0.2, lines)
    return bottom
