"""Charts of figures as data: funnels, courses over the years, cases against risk."""

from __future__ import annotations

from types import MappingProxyType

from fatf_kit.core.languages import label
from fatf_kit.core.messages import Translator
from fatf_kit.report.model import Chart, ChartKind, Series
from fatf_kit.statistics.figures import Statistics
from fatf_kit.statistics.indicators import IndicatorResult, IndicatorResultRow
from fatf_kit.statistics.line_selection import sum_over_years
from fatf_kit.statistics.model import Definitions, RiskLevel
from fatf_kit.statistics.observation_texts import format_number, format_years
from fatf_kit.statistics.risk_checks import sum_predicate_effort

_SHADES = MappingProxyType(
    {
        RiskLevel.HIGH: "fundamental",
        RiskLevel.MEDIUM_HIGH: "major",
        RiskLevel.MEDIUM: "moderate",
        RiskLevel.MEDIUM_LOW: "minor",
        RiskLevel.LOW: "minor",
    }
)
"""The palette runs from light to dark with severity; risk runs with it."""


def build_statistics_charts(
    statistics: Statistics, measured: tuple[IndicatorResult, ...], definitions: Definitions, t: Translator
) -> tuple[Chart, ...]:
    """The charts a gap report shows: both funnels, and predicates against risk. Those without figures are left out."""
    funnels = [one for one in measured if one.indicator.kind == "funnel" and one.is_known]
    charts = [build_funnel_chart(one, statistics, t) for one in funnels]
    effort = build_effort_chart(statistics, definitions, t)
    return (*charts, *([effort] if effort.series else []))


def label_indicator_row(row: IndicatorResultRow, measured: IndicatorResult, definitions: Definitions) -> str:
    """What a row of an indicator is called: its own label, what is counted or of what, or the indicator itself."""
    if row.label:
        return row.label
    if measured.indicator.kind == "level":
        return definitions.find(row.line)[1].label
    return measured.indicator.title


def build_funnel_chart(measured: IndicatorResult, statistics: Statistics, t: Translator) -> Chart:
    """Steps over all years, each with its share of the step before."""
    series, before = [], None
    for row in measured.rows:
        value = row.overall.value
        share = ""
        if value is not None and before:
            share = t("{share} % of the step before", share=format_number(round(100 * value / before), t))
        series.append(Series(label=row.label, values=(value,), marks=(format_number(value, t), share)))
        before = value
    return Chart(
        id=measured.indicator.id,
        kind=ChartKind.FUNNEL,
        title=_titled(measured.indicator.title, statistics, t),
        alt=". ".join(t("{name}: {text}", name=s.label, text=s.marks[0]) for s in series) + ".",
        keys=(),
        series=tuple(series),
    )


def build_trend_chart(
    measured: IndicatorResult, statistics: Statistics, definitions: Definitions, t: Translator
) -> Chart:
    """The values of an indicator through the years; what is not known is an en dash and no column."""
    percent = measured.indicator.kind in ("share", "proceeds")
    series = tuple(
        Series(
            label=label_indicator_row(row, measured, definitions),
            values=tuple(point.value for point in row.points),
            marks=tuple(_figure(point.value, t) for point in row.points),
        )
        for row in measured.rows
    )
    years = tuple(map(str, statistics.years))
    return Chart(
        id=measured.indicator.id,
        kind=ChartKind.TREND,
        title=measured.indicator.title,
        alt=" ".join(
            t("{name}: {text}", name=s.label, text=t.listed(map(" ".join, zip(years, s.marks, strict=True)))) + "."
            for s in series
        ),
        keys=years,
        series=series,
        unit="%" if percent else "",
    )


def build_effort_chart(statistics: Statistics, definitions: Definitions, t: Translator) -> Chart:
    """Predicate offences that the risk assessment rates or that have cases, the highest risk first, by cases within it.

    A bar is the laundering investigations of all years, the bar inside it the cases that ended in conviction.
    """
    effort = sum_predicate_effort(statistics, definitions)
    levels = {risk.item: risk.level for risk in statistics.risks if risk.is_threat}
    rows = [row for row in definitions.predicates if levels.get(row.id) or effort[row.id]]
    rows.sort(key=lambda row: (level.rank if (level := levels.get(row.id)) else 9, -(effort[row.id] or 0)))
    series = []
    for row in rows:
        level = levels.get(row.id)
        convicted = sum_over_years([f"ml-cases/{row.id}/convictions"], statistics, definitions)
        series.append(
            Series(
                label=row.label,
                values=(effort[row.id], convicted),
                marks=(
                    label("risk_level", level, t.language) if level else t("not rated"),
                    format_number(effort[row.id], t),
                    format_number(convicted, t),
                ),
                group=_SHADES[level] if level else "",
            )
        )
    if all(value is None for one in series for value in one.values):
        series = []
    return Chart(
        id="predicates-against-risk",
        kind=ChartKind.EFFORT,
        title=_titled(t("Laundering cases against the risk assessment"), statistics, t),
        alt=" ".join(
            t("{name}: {text}", name=f"{s.label} ({s.marks[0]})", text=f"{s.marks[1]} / {s.marks[2]}.") for s in series
        )
        or t("No figures by predicate offence were given."),
        keys=(t("investigations"), t("cases that ended in conviction")),
        series=tuple(series),
    )


def _figure(value: float | None, t: Translator) -> str:
    return format_number(None if value is None else round(value, 1), t)


def _titled(title: str, statistics: Statistics, t: Translator) -> str:
    return t.listed(filter(None, (title, format_years(statistics.years))))
