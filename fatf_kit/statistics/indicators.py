"""Indicators are computed from the figures. Each raises a question; none is a rating or becomes one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.figures import Number, Statistics
from fatf_kit.statistics.model import Indicator, IndicatorRow


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorPoint:
    """One value: `part` of `whole`, each None where not known. `year` is None for all years together.

    `value` is what the indicator shows: a share in per cent, a number for every hundred, or the figure itself.
    """

    year: int | None = None
    value: float | None = None
    part: Number | None = None
    whole: Number | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorResultRow:
    """One row of an indicator through the years; `label` is its own, what its line counts, or the indicator's title."""

    label: str
    points: tuple[IndicatorPoint, ...]
    overall: IndicatorPoint


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorResult:
    """An indicator with its values."""

    indicator: Indicator
    rows: tuple[IndicatorResultRow, ...]

    @property
    def is_known(self) -> bool:
        """Whether it has any value at all."""
        points = (point for row in self.rows for point in (*row.points, row.overall))
        return any(point.value is not None for point in points)


def compute_indicators(statistics: Statistics, language: str = "en") -> tuple[IndicatorResult, ...]:
    """Return every indicator, in order and in a language; values are None where the figures are missing."""
    found = []
    for one in load_definitions(language).indicators:
        rows = tuple(_compute_row(one, row, statistics, language) for row in one.rows)
        found.append(IndicatorResult(indicator=one, rows=rows))
    return tuple(found)


def _compute_row(indicator: Indicator, row: IndicatorRow, statistics: Statistics, language: str) -> IndicatorResultRow:
    label = row.label or indicator.title
    if indicator.kind == "level":
        label = row.label or load_definitions(language).lines[row.part[0]][1].label
    points = []
    for year in statistics.years:
        part = statistics.sum_in_year(row.part, year)
        whole = statistics.sum_in_year(row.whole, year)
        if indicator.kind == "proceeds":
            whole = sum_estimated_proceeds(statistics)
        value = _compute_value(indicator, part, whole)
        points.append(IndicatorPoint(year=year, part=part, whole=whole, value=value))
    overall = _compute_overall(indicator, row, points, statistics)
    return IndicatorResultRow(label=label, points=tuple(points), overall=overall)


def _compute_overall(
    indicator: Indicator, row: IndicatorRow, points: Sequence[IndicatorPoint], statistics: Statistics
) -> IndicatorPoint:
    """Return the value of the years in which part and whole are known. Times are not added up and have none."""
    if indicator.kind == "funnel":
        total = statistics.sum_over_years(*row.part)
        return IndicatorPoint(part=total, value=total)
    known = [(p.part, p.whole) for p in points if p.part is not None and p.whole is not None]
    if indicator.kind == "level" or not known:
        return IndicatorPoint()
    part, whole = (sum(values) for values in zip(*known, strict=True))
    return IndicatorPoint(part=part, whole=whole, value=_compute_value(indicator, part, whole))


def _compute_value(indicator: Indicator, part: Number | None, whole: Number | None) -> float | None:
    if indicator.kind in ("level", "funnel"):
        return part
    if part is None or not whole:
        return None
    return indicator.per * part / whole


def sum_estimated_proceeds(statistics: Statistics) -> Number | None:
    """Return the proceeds of a year over all threats; None where the risk assessment estimates none."""
    threats = (risk.proceeds for risk in statistics.risks if risk.is_threat)
    given = [proceeds for proceeds in threats if proceeds is not None]
    return sum(given) if given else None
