"""The section of indicators: each with its values, its limits and what assessors would ask next."""

from __future__ import annotations

from fatf_kit.core.messages import Translator
from fatf_kit.report.model import (
    Block,
    Bullets,
    DocumentTable,
    Figure,
    Paragraph,
    Section,
    TableCell,
    TableColumn,
    TableRow,
    Tone,
)
from fatf_kit.statistics.figures import Statistics
from fatf_kit.statistics.indicators import IndicatorPoint, IndicatorResult
from fatf_kit.statistics.model import Definitions
from fatf_kit.statistics.observation_texts import format_number
from fatf_kit.statistics.report.charts import build_trend_chart, label_indicator_row


def build_indicator_section(
    measured: tuple[IndicatorResult, ...], statistics: Statistics, definitions: Definitions, t: Translator
) -> Section:
    """Every indicator with figures, and the titles of those without."""
    lacking = t.points(one.indicator.title for one in measured if not one.is_known)
    blocks: list[Block] = [
        Paragraph(text=t("An indicator raises a question. None is a rating, and none is turned into one."))
    ]
    if lacking:
        blocks.append(Paragraph(text=t("Without figures so far: {titles}.", titles=lacking), tone=Tone.SMALL))
    return Section(
        anchor="indicators",
        title=t("Indicators"),
        blocks=tuple(blocks),
        sections=tuple(_indicator(one, statistics, definitions, t) for one in measured if one.is_known),
    )


def _indicator(one: IndicatorResult, statistics: Statistics, definitions: Definitions, t: Translator) -> Section:
    indicator = one.indicator
    chart: tuple[Block, ...] = ()
    if indicator.kind != "funnel" and len(statistics.years) >= definitions.limit("least_years"):
        chart = (Figure(chart=build_trend_chart(one, statistics, definitions, t)),)
    return Section(
        anchor=f"indicator-{indicator.id}",
        title=f"{indicator.title} ({t.listed(indicator.outcomes)})",
        blocks=(
            Paragraph(text=indicator.definition),
            *chart,
            _values(one, statistics, definitions, t),
            Bullets(
                items=(
                    t("Limits: {text}", text=indicator.limits),
                    t("What assessors would ask: {text}", text=indicator.asks),
                )
            ),
        ),
    )


def _values(one: IndicatorResult, statistics: Statistics, definitions: Definitions, t: Translator) -> DocumentTable:
    """Every value by year; where it is a share, the two figures beneath."""
    rows = tuple(
        TableRow(
            cells=(
                TableCell(text=label_indicator_row(row, one, definitions)),
                *(_point(point, one, t) for point in row.points),
                _point(row.overall, one, t),
            ),
            facets={},
        )
        for row in one.rows
    )
    return DocumentTable(
        id=f"indicator-{one.indicator.id}-table",
        caption=one.indicator.title + (" (%)" if one.indicator.kind in ("share", "proceeds") else ""),
        columns=(
            TableColumn(title=t("What"), width=4),
            *(TableColumn(title=str(year), width=2, number=True) for year in statistics.years),
            TableColumn(title=t("All years"), width=2, number=True),
        ),
        rows=rows,
    )


def _point(point: IndicatorPoint, one: IndicatorResult, t: Translator) -> TableCell:
    whole = one.indicator.kind in ("level", "funnel")
    text = format_number(point.value if whole or point.value is None else round(point.value, 1), t)
    detail = ""
    if point.value is not None and point.whole is not None:
        detail = f"{format_number(point.part, t)} / {format_number(point.whole, t)}"
    return TableCell(text=text, detail=detail)
