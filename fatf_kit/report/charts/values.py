"""The values of a chart as a table: what each mark says, and the list that stands for the picture on a phone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fatf_kit.core.messages import Translator
from fatf_kit.report.charts.rating_scale import SCALES
from fatf_kit.report.model import Chart, ChartKind, Series
from fatf_kit.report.palette import RANGE

_NONE = "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartValues:
    """The headings of the values, and a row of values as texts for each series that is a mark of the chart."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def describe(self, row: int, t: Translator) -> tuple[str, ...]:
        """Return the values of a row, each after its heading."""
        return tuple(
            t("{name}: {text}", name=head, text=value) if head else value
            for head, value in zip(self.heads, self.rows[row], strict=True)
            if value
        )


def list_values(chart: Chart, t: Translator) -> ChartValues:
    """Return the values of a chart, written as the picture has them."""
    heads, write = _READ[chart.kind](chart, t)
    return ChartValues(heads=heads, rows=tuple(tuple(write(series)) for series in _list_marks(chart)))


def _list_marks(chart: Chart) -> tuple[Series, ...]:
    """Return the series that are marks; those that only name a day are none."""
    if chart.kind in (ChartKind.TIMELINE, ChartKind.HISTORY):
        return tuple(series for series in chart.series if len(series.values) > 1)
    return chart.series


_Write = Callable[[Series], tuple[str, ...]]
_Read = Callable[[Chart, Translator], tuple[tuple[str, ...], _Write]]


def _as_marks(chart: Chart, _: Translator) -> tuple[tuple[str, ...], _Write]:
    return chart.keys, lambda series: tuple(mark or _NONE for mark in series.marks[: len(chart.keys)])


def _as_ranks(chart: Chart, _: Translator) -> tuple[tuple[str, ...], _Write]:
    """Read two ranges of ranks, or one that is after an empty one where the chart has one key."""
    return chart.keys, lambda series: tuple(
        _name_range(chart, *pair) for pair in (series.values[:2], series.values[2:])[-len(chart.keys) :]
    )


def _name_range(chart: Chart, worst: float | None, best: float | None) -> str:
    if worst is None or best is None:
        return _NONE
    letters = SCALES[chart.scale or "compliance"]
    return RANGE.join(dict.fromkeys((letters[int(worst)], letters[int(best)])))


def _as_numbers(chart: Chart, t: Translator) -> tuple[tuple[str, ...], _Write]:
    def write(series: Series) -> tuple[str, ...]:
        return tuple(_NONE if value is None else t.number(round(value, 1)) for value in series.values)

    return chart.keys, write


def _as_shares(chart: Chart, t: Translator) -> tuple[tuple[str, ...], _Write]:
    """Read counts by rating, then own ratings, which have no heading."""
    heads, write = _as_numbers(chart, t)
    own = max((len(series.marks) for series in chart.series), default=0)
    return (*heads, *[""] * own), lambda series: (*write(series), *series.marks, *[""] * (own - len(series.marks)))


def _as_parts(chart: Chart, t: Translator) -> tuple[tuple[str, ...], _Write]:
    """Read the text of each part, then of the whole."""
    return (*chart.keys, t("All")), lambda series: (*series.marks[: len(chart.keys)], series.marks[-1])


def _as_cells(chart: Chart, t: Translator) -> tuple[tuple[str, ...], _Write]:
    columns = len(chart.series[0].values) if chart.series else 0
    heads = tuple(f"{chart.keys[1]} {n + 1}" for n in range(columns))
    return heads, lambda series: tuple("…" if value is None else t.number(value) for value in series.values)


def _as_steps(_chart: Chart, _: Translator) -> tuple[tuple[str, ...], _Write]:
    return ("", ""), lambda series: (*series.marks, "", "")[:2]


def _as_effort(chart: Chart, _: Translator) -> tuple[tuple[str, ...], _Write]:
    return ("", *chart.keys), lambda series: series.marks


def _as_times(chart: Chart, t: Translator) -> tuple[tuple[str, ...], _Write]:
    """Read the state, the owner, and the months in which an action begins and ends."""

    def month(place: float | None) -> str:
        return _NONE if place is None else chart.keys[min(int(place), len(chart.keys) - 1)]

    heads = ("", t("Owner"), t("Start"), t("Due"))
    return heads, lambda series: (*(*series.marks[1:], "", "")[:2], *map(month, series.values[:2]))


_READ: dict[ChartKind, _Read] = {
    ChartKind.RATING_MAP: _as_marks,
    ChartKind.OUTCOMES: _as_ranks,
    ChartKind.BARS: _as_numbers,
    ChartKind.STACKED: _as_numbers,
    ChartKind.SHARES: _as_shares,
    ChartKind.PARTS: _as_parts,
    ChartKind.MATRIX: _as_cells,
    ChartKind.FUNNEL: _as_steps,
    ChartKind.TREND: _as_marks,
    ChartKind.EFFORT: _as_effort,
    ChartKind.TIMELINE: _as_times,
    ChartKind.HISTORY: _as_numbers,
}
