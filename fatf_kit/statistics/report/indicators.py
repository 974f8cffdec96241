"""The section of indicators: each with its values, its limits and what assessors would ask next."""

from __future__ import annotations

from collections.abc import Sequence

from fatf_kit.core.messages import Translator
from fatf_kit.report.model import Block, Bullets, Figure, Paragraph, Section, TableCell, Tone, ValueKind
from fatf_kit.report.results_table import ResultColumn, ResultsTable
from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.figures import Statistics
from fatf_kit.statistics.indicators import IndicatorPoint, IndicatorResult, IndicatorResultRow
from fatf_kit.statistics.model import Indicator
from fatf_kit.statistics.observation_texts import format_number
from fatf_kit.statistics.report.charts import build_trend_chart


def build_indicator_section(results: Sequence[IndicatorResult], statistics: Statistics, t: Translator) -> Section:
    """Return the section of every indicator with figures, and the titles of those without."""
    lacking = t.points(one.indicator.title for one in results if not one.is_known)
    blocks: list[Block] = [
        Paragraph(text=t("Indicators lead to questions. They are not ratings, and no rating is derived from them."))
    ]
    if lacking:
        blocks.append(Paragraph(text=t("No statistics yet: {titles}.", titles=lacking), tone=Tone.SMALL))
    return Section(
        anchor="indicators",
        title=t("Indicators"),
        blocks=tuple(blocks),
        sections=tuple(_build_section(one, statistics, t) for one in results if one.is_known),
    )


def _build_section(one: IndicatorResult, statistics: Statistics, t: Translator) -> Section:
    indicator = one.indicator
    blocks: list[Block] = [Paragraph(text=indicator.definition)]
    if indicator.kind != "funnel" and len(statistics.years) >= load_definitions().limit("least_years"):
        blocks.append(Figure(chart=build_trend_chart(one, statistics, t)))
    limits = t("Limits: {text}", text=indicator.limits)
    asks = t("Likely question from assessors: {text}", text=indicator.asks)
    table = _declare_values(indicator, statistics, t).in_document(one.rows)
    return Section(
        anchor=f"indicator-{indicator.id}",
        title=f"{indicator.title} ({t.listed(indicator.outcomes)})",
        blocks=(
            *blocks,
            table,
            Bullets(items=(limits, asks)),
        ),
    )


def _declare_values(indicator: Indicator, statistics: Statistics, t: Translator) -> ResultsTable[IndicatorResultRow]:
    """Return the table of every value by year; below a share its two figures."""

    def show_year(number: int) -> ResultColumn[IndicatorResultRow]:
        return ResultColumn(
            str(statistics.years[number]),
            str(statistics.years[number]),
            lambda row: _show_point(row.points[number], indicator, t),
            ValueKind.NUMBER,
            page=2,
        )

    return ResultsTable(
        f"indicator-{indicator.id}-table",
        indicator.title + (" (%)" if indicator.is_percentage else ""),
        (
            ResultColumn("row", t("Item"), lambda row: row.label, page=4),
            *map(show_year, range(len(statistics.years))),
            ResultColumn(
                "overall",
                t("All years"),
                lambda row: _show_point(row.overall, indicator, t),
                ValueKind.NUMBER,
                page=2,
            ),
        ),
    )


def _show_point(point: IndicatorPoint, indicator: Indicator, t: Translator) -> TableCell:
    value, detail = point.value, ""
    if value is not None and indicator.kind not in ("level", "funnel"):
        value = round(value, 1)
        detail = f"{format_number(point.part, t)} / {format_number(point.whole, t)}"
    return TableCell(text=format_number(value, t), detail=detail, order=value)
