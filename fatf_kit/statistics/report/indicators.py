"""The section of indicators: each with its values, its limits and what assessors would ask next."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fatf_kit.core.messages import Translator
from fatf_kit.report.model import Bullets, Figure, Paragraph, Section, TableCell, ValueKind
from fatf_kit.report.results_table import ResultColumn, ResultsTable
from fatf_kit.report.sections import make_note, make_section
from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.figures import Statistics
from fatf_kit.statistics.indicators import IndicatorPoint, IndicatorResult, IndicatorResultRow
from fatf_kit.statistics.model import Indicator
from fatf_kit.statistics.observation_texts import format_number
from fatf_kit.statistics.report.charts import build_trend_chart


def build_indicator_section(results: Sequence[IndicatorResult], statistics: Statistics, t: Translator) -> Section:
    """Return the section of every indicator with figures, and the titles of those without."""
    lacking = t.points(one.indicator.title for one in results if not one.is_known)
    notes = [make_note(t("No statistics yet: {titles}.", titles=lacking))] if lacking else []
    text = t("Indicators lead to questions. They are not ratings, and no rating is derived from them.")
    blocks = (Paragraph(text=text), *notes)
    sections = [_build_section(one, statistics, t) for one in results if one.is_known]
    return make_section("indicators", t("Indicators"), *blocks, sections=sections)


def _build_section(one: IndicatorResult, statistics: Statistics, t: Translator) -> Section:
    indicator = one.indicator
    is_long = len(statistics.years) >= load_definitions().limit("least_years")
    has_trend = is_long and indicator.kind != "funnel"
    limits = t("Limits: {text}", text=indicator.limits)
    asks = t("Likely question from assessors: {text}", text=indicator.asks)
    return make_section(
        f"indicator-{indicator.id}",
        f"{indicator.title} ({t.joined(indicator.outcomes)})",
        Paragraph(text=indicator.definition),
        *([Figure(chart=build_trend_chart(one, statistics, t))] if has_trend else []),
        _declare_values(indicator, statistics, t).in_document(one.rows),
        Bullets(items=(limits, asks)),
    )


def _declare_values(indicator: Indicator, statistics: Statistics, t: Translator) -> ResultsTable[IndicatorResultRow]:
    """Return the table of every value by year; below a share its two figures."""

    def show(title: str, find: Callable[[IndicatorResultRow], IndicatorPoint]) -> ResultColumn[IndicatorResultRow]:
        def cell(row: IndicatorResultRow) -> TableCell:
            return _show_point(find(row), indicator, t)

        return ResultColumn(title, title, cell, ValueKind.NUMBER, page=2)

    def show_year(number: int) -> ResultColumn[IndicatorResultRow]:
        return show(str(statistics.years[number]), lambda row: row.points[number])

    return ResultsTable(
        f"indicator-{indicator.id}-table",
        indicator.title + (" (%)" if indicator.is_percentage else ""),
        (
            ResultColumn("label", t("Item"), page=4),
            *map(show_year, range(len(statistics.years))),
            show(t("All years"), lambda row: row.overall),
        ),
    )


def _show_point(point: IndicatorPoint, indicator: Indicator, t: Translator) -> TableCell:
    value, detail = point.value, ""
    if value is not None and indicator.kind not in ("level", "funnel"):
        value = round(value, 1)
        detail = f"{format_number(point.part, t)} / {format_number(point.whole, t)}"
    return TableCell(text=format_number(value, t), detail=detail, order=value)
