"""Indicators worked out from the figures. Each raises a question; none is a rating or becomes one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fatf_kit.statistics.figures import Number, Statistics
from fatf_kit.statistics.line_selection import sum_in_year, sum_over_years
from fatf_kit.statistics.model import Definitions, Indicator, IndicatorRow


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorPoint:
    """One value: `part` of `whole`, each None where not known. `year` is None for all years together.

    `value` is what the indicator shows: a share in per cent, so many for every hundred, or the figure itself.
    """

    year: int | None
    part: Number | None
    whole: Number | None = None
    value: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorResultRow:
    """One row of an indicator through the years. `line` is the first line it is made of."""

    label: str
    line: str
    points: tuple[IndicatorPoint, ...]
    overall: IndicatorPoint


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorResult:
    """An indicator with its values."""

    indicator: Indicator
    rows: tuple[IndicatorResultRow, ...]

    @property
    def is_known(self) -> bool:
        """Whether there is any value at all."""
        return any(point.value is not None for row in self.rows for point in (*row.points, row.overall))


def compute_indicators(statistics: Statistics, definitions: Definitions) -> tuple[IndicatorResult, ...]:
    """Every indicator, in order; values are None where the figures are not there."""
    return tuple(
        IndicatorResult(indicator=one, rows=tuple(_rows(one, statistics, definitions)))
        for one in definitions.indicators
    )


def _rows(indicator: Indicator, statistics: Statistics, definitions: Definitions) -> Iterator[IndicatorResultRow]:
    for row in indicator.rows:
        points = tuple(_point(indicator, row, year, statistics, definitions) for year in statistics.years)
        yield IndicatorResultRow(
            label=row.label,
            line=row.part[0],
            points=points,
            overall=_overall(indicator, row, points, statistics, definitions),
        )


def _point(
    indicator: Indicator, row: IndicatorRow, year: int, statistics: Statistics, definitions: Definitions
) -> IndicatorPoint:
    part = sum_in_year(row.part, year, statistics, definitions)
    whole = sum_in_year(row.whole, year, statistics, definitions) if row.whole else None
    if indicator.kind == "proceeds":
        whole = sum_estimated_proceeds(statistics)
    return IndicatorPoint(year=year, part=part, whole=whole, value=_value(indicator, part, whole))


def _overall(
    indicator: Indicator,
    row: IndicatorRow,
    points: tuple[IndicatorPoint, ...],
    statistics: Statistics,
    definitions: Definitions,
) -> IndicatorPoint:
    """All years together, over those in which both are known. Times are not added up, so they have no overall value."""
    if indicator.kind == "level":
        return IndicatorPoint(year=None, part=None)
    if indicator.kind == "funnel":
        part = sum_over_years(row.part, statistics, definitions)
        return IndicatorPoint(year=None, part=part, value=part)
    known = [(p.part, p.whole) for p in points if p.part is not None and p.whole is not None]
    if not known:
        return IndicatorPoint(year=None, part=None)
    part, whole = sum(one for one, _ in known), sum(other for _, other in known)
    return IndicatorPoint(year=None, part=part, whole=whole, value=_value(indicator, part, whole))


def _value(indicator: Indicator, part: Number | None, whole: Number | None) -> float | None:
    if indicator.kind in ("level", "funnel"):
        return part
    if part is None or not whole:
        return None
    return (indicator.per if indicator.kind == "per" else 100) * part / whole


def sum_estimated_proceeds(statistics: Statistics) -> Number | None:
    """Proceeds of a year over all threats; None where the risk assessment estimates none."""
    given = [risk.proceeds for risk in statistics.risks if risk.is_threat and risk.proceeds is not None]
    return sum(given) if given else None
