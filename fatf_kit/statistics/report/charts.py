"""Charts of figures as data: funnels, indicators over the years, cases against risk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from fatf_kit.core.languages import label
from fatf_kit.core.messages import Translator
from fatf_kit.report.model import Chart, ChartKind, Series
from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.figures import Statistics
from fatf_kit.statistics.indicators import IndicatorResult
from fatf_kit.statistics.model import FigureRow, RiskLevel
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
"""The palette goes from light to dark with severity, and here with risk."""


def build_statistics_charts(
    statistics: Statistics, results: Sequence[IndicatorResult], t: Translator
) -> tuple[Chart, ...]:
    """Return the charts of a gap report that have figures: the funnels, and predicates against risk."""
    funnels = [one for one in results if one.indicator.kind == "funnel" and one.is_known]
    charts = [build_funnel_chart(one, statistics, t) for one in funnels]
    effort = build_effort_chart(statistics, t)
    return (*charts, *([effort] if effort.series else []))


def build_funnel_chart(result: IndicatorResult, statistics: Statistics, t: Translator) -> Chart:
    """Return the chart of steps over all years, each with its share of the step before."""
    series: list[Series] = []
    shares: list[tuple[float, str]] = []
    before = None
    for row in result.rows:
        value, share = row.overall.value, ""
        if value is not None and before:
            number = format_number(round(100 * value / before), t)
            share = t("{share}% of the previous stage", share=number)
            shares.append((value / before, t("{name}: {text}", name=row.label, text=share)))
        marks = (format_number(value, t), share)
        series.append(Series(label=row.label, values=(value,), marks=marks))
        before = value
    return Chart(
        id=result.indicator.id,
        kind=ChartKind.FUNNEL,
        message=min(shares)[1] if shares else "",
        title=_add_years(result.indicator.title, statistics, t),
        alt=". ".join(t("{name}: {text}", name=s.label, text=s.marks[0]) for s in series) + ".",
        keys=(),
        series=tuple(series),
    )


def build_trend_chart(result: IndicatorResult, statistics: Statistics, t: Translator) -> Chart:
    """Return the chart of an indicator through the years; an unknown value is an en dash and no column."""
    indicator, years = result.indicator, tuple(map(str, statistics.years))
    series, texts = [], []
    for row in result.rows:
        values = tuple(point.value for point in row.points)
        rounded = (None if value is None else round(value, 1) for value in values)
        marks = tuple(format_number(value, t) for value in rounded)
        series.append(Series(label=row.label, values=values, marks=marks))
        by_year = t.listed(
            t("{text} ({place})", text=mark, place=year) for mark, year in zip(marks, years, strict=True)
        )
        texts.append(t("{name}: {text}", name=row.label, text=by_year) + ".")
    return Chart(
        id=indicator.id,
        kind=ChartKind.TREND,
        message=_describe_change(years, series, indicator.is_percentage, t),
        title=indicator.title,
        alt=" ".join(texts),
        keys=years,
        series=tuple(series),
        unit="%" if indicator.is_percentage else "",
    )


def build_effort_chart(statistics: Statistics, t: Translator) -> Chart:
    """Return the chart of predicate offences that are rated or have cases, the highest risk first.

    A bar is the laundering investigations of all years, the bar inside it the cases that ended in conviction.
    """
    effort = sum_predicate_effort(statistics)
    levels = {risk.item: risk.level for risk in statistics.risks if risk.is_threat and risk.level}
    ranks = {name: level.rank for name, level in levels.items()}
    predicates = load_definitions(t.language).predicates
    rows = [row for row in predicates if row.id in levels or effort[row.id]]
    rows.sort(key=lambda row: (ranks.get(row.id, len(RiskLevel)), -(effort[row.id] or 0)))
    series, texts = [], []
    for row in rows:
        level = levels.get(row.id)
        values = effort[row.id], statistics.sum_over_years(f"ml-cases/{row.id}/convictions")
        marks = tuple(format_number(value, t) for value in values)
        rating = label("risk_level", level, t.language) if level else t("not rated")
        group = _SHADES[level] if level else ""
        series.append(Series(label=row.label, values=values, marks=(rating, *marks), group=group))
        named = t("{text} ({place})", text=row.label, place=rating)
        texts.append(t("{name}: {text}", name=named, text=" / ".join(marks)))
    if all(value is None for one in series for value in one.values):
        series, texts = [], []
    return Chart(
        id="predicates-against-risk",
        kind=ChartKind.EFFORT,
        message=_count_untouched(rows, levels, statistics, t) if series else "",
        title=_add_years(t("Money laundering cases compared with the risk assessment"), statistics, t),
        alt=_describe_effort(texts, t),
        keys=(t("investigations"), t("cases with a conviction")),
        series=tuple(series),
    )


def _describe_change(years: Sequence[str], series: Sequence[Series], is_percentage: bool, t: Translator) -> str:
    """Return the largest change from the first known year to the last, in proportion; empty where none is known."""
    changes = []
    for one in series:
        known = [n for n, value in enumerate(one.values) if value is not None]
        before, after = (one.values[known[0]] or 0, one.values[known[-1]] or 0) if known else (0, 0)
        if before != after:
            changes.append((abs(after - before) / max(before, after), one, known[0], known[-1]))
    if not changes:
        return ""
    _, one, start, end = max(changes, key=lambda change: change[0])
    first, last = (t.percent(one.marks[n]) if is_percentage else one.marks[n] for n in (start, end))
    shown = {"start": years[start], "first": first, "end": years[end], "last": last}
    return t("{name}: {first} in {start}, {last} in {end}", name=one.label, **shown)


def _count_untouched(
    rows: Sequence[FigureRow], levels: Mapping[str, RiskLevel], statistics: Statistics, t: Translator
) -> str:
    """Return how many offences of high risk have no conviction; empty where none is of high risk."""
    high = [row.id for row in rows if levels.get(row.id) is RiskLevel.HIGH]
    without = sum(not statistics.sum_over_years(f"ml-cases/{one}/convictions") for one in high)
    if not high:
        return ""
    return t.plural(
        "{n} of the {of} offences of high risk has no case with a conviction",
        "{n} of the {of} offences of high risk have no case with a conviction",
        without,
        of=len(high),
    )


def _add_years(title: str, statistics: Statistics, t: Translator) -> str:
    return t.joined(filter(None, (title, format_years(statistics.years, t))))


def _describe_effort(texts: Sequence[str], t: Translator) -> str:
    """Describe the chart of effort in words: each offence with its risk and its two numbers."""
    if not texts:
        return t("No statistics by predicate offence were received.")
    return t("Investigations / cases with a conviction, by offence and its risk: {list}.", list=t.points(texts))
