"""The report on figures and cases: contradictions, effort against risk, indicators, figures of every outcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from fatf_kit.core.languages import label
from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import Problem
from fatf_kit.framework.model import Framework
from fatf_kit.report.model import (
    Document,
    DocumentTable,
    Figure,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Report,
    Section,
    TableCell,
    Tone,
    ValueKind,
)
from fatf_kit.report.problems_section import build_problems_section
from fatf_kit.report.results_table import ResultColumn, ResultsTable
from fatf_kit.scoring.report.traces import round_percent, strip_unit
from fatf_kit.statistics.checks import check_statistics
from fatf_kit.statistics.core_issues import CoreIssueEvidence, find_core_issue_evidence
from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.figures import Number, Risk, Statistics, StatisticsReturn
from fatf_kit.statistics.indicators import IndicatorResult, compute_indicators
from fatf_kit.statistics.line_selection import sum_over_years
from fatf_kit.statistics.model import Threshold
from fatf_kit.statistics.observation_texts import format_number, format_years
from fatf_kit.statistics.observations import Observation, ObservationWeight
from fatf_kit.statistics.report.blocks import build_statistics_blocks
from fatf_kit.statistics.report.charts import build_statistics_charts
from fatf_kit.statistics.report.data import build_statistics_payload, build_statistics_tables, declare_observations
from fatf_kit.statistics.report.indicators import build_indicator_section
from fatf_kit.statistics.risk_checks import sum_predicate_effort


def build_statistics_report(
    statistics: Statistics,
    problems: Sequence[Problem],
    framework: Framework,
    t: Translator,
    *,
    generated_at: str,
    notices: Sequence[str] = (),
) -> Report:
    """Return document, flat tables and JSON in the language of `framework`."""
    observations = check_statistics(statistics)
    results = compute_indicators(statistics, t.language)
    document = Document(
        id="statistics",
        title=t("{country}: statistics and cases", country=statistics.country or t("Country not named")),
        subtitle=t("Statistics of the agencies on the 11 Immediate Outcomes, and likely questions of assessors"),
        language=t.language,
        made_on=generated_at,
        facts=(
            (t("Years"), format_years(statistics.years)),
            (t("Currency"), statistics.currency or t("not given")),
            (t("Workbooks read"), str(len(statistics.returns))),
            (t("Edition"), framework.full_title),
            (t("Made on"), t.moment(generated_at)),
        ),
        notices=(*map(t, statistics.notices), *notices, phrase_figures_notice(t)),
        sections=(
            _build_overview(statistics, observations, results, t),
            _build_contradictions(observations, t),
            _build_risk(statistics, observations, t),
            build_indicator_section(results, statistics, t),
            _build_outcomes(statistics, framework, t),
            _build_core_issues(statistics, framework.id, t),
            build_problems_section(problems, t, about=t("Line"), command="fatf-kit statistics report"),
            _build_method(statistics, t),
        ),
    )
    return Report(
        document=document,
        tables=build_statistics_tables(statistics, observations, results, problems, t),
        payload=build_statistics_payload(statistics, observations, problems, framework, generated_at=generated_at),
    )


def _build_overview(
    statistics: Statistics, observations: Sequence[Observation], results: Sequence[IndicatorResult], t: Translator
) -> Section:
    requested, filled = len(statistics.requested) * len(statistics.years), len(statistics.values)
    weights = Counter(one.weight for one in observations)
    figures = (
        KeyFigure(
            value=t.percent(round_percent(filled, requested)) if requested else "–",
            label=t("of the cells are filled in"),
            detail=t("{n} of {of} cells", n=format_number(filled, t), of=format_number(requested, t)),
        ),
        KeyFigure(value=str(weights[ObservationWeight.WRONG]), label=t("statistics that cannot be correct")),
        KeyFigure(value=str(weights[ObservationWeight.ASK]), label=t("likely questions of assessors")),
        KeyFigure(value=str(len(statistics.cases)), label=t("cases")),
    )
    charts = build_statistics_charts(statistics, results, t)
    return Section(
        anchor="overview",
        title=t("Overview of the statistics"),
        blocks=(KeyFigures(figures=figures), *(Figure(chart=chart) for chart in charts)),
    )


def _build_contradictions(observations: Sequence[Observation], t: Translator) -> Section:
    found = [one for one in observations if not one.is_about_risk]
    caption = t("Statistics compared with each other and over the years")
    table = declare_observations(t).in_document(
        found, name="misfits-table", caption=caption, empty=t("None was found.")
    )
    return Section(anchor="misfits", title=t("Inconsistencies"), blocks=(table,))


def _build_risk(statistics: Statistics, observations: Sequence[Observation], t: Translator) -> Section:
    none = t("No national risk assessment was received, so effort cannot be compared with risk.")
    found = [one for one in observations if one.is_about_risk]
    caption = t("Effort that does not match the risk")
    least = load_definitions(t.language).thresholds["few_cases_per_year"]
    text = t(
        "Few cases means fewer than {n} a year. {source}", n=format_number(least.value, t), source=t(least.confidence)
    )
    return Section(
        anchor="risk",
        title=t("Effort compared with risk"),
        blocks=(
            _build_threats(statistics, t) if statistics.risks else Paragraph(text=none),
            declare_observations(t).in_document(found, name="risk-table", caption=caption, empty=t("None was found.")),
            Paragraph(text=text, tone=Tone.SMALL),
        ),
    )


def _build_threats(statistics: Statistics, t: Translator) -> DocumentTable:
    """Return the table of threats that are rated, the highest first, with what was done about their money."""
    effort = sum_predicate_effort(statistics)
    labels = {row.id: row.label for row in load_definitions(t.language).predicates}
    ranked = [
        (risk.level.rank, risk) for risk in statistics.risks if risk.is_threat and risk.item in labels and risk.level
    ]
    risks = [risk for _, risk in sorted(ranked, key=lambda one: one[0])]

    def add_currency(title: str) -> str:
        return f"{title} ({statistics.currency})" if statistics.currency else title

    def show_number(key: str, title: str, value: Callable[[Risk], Number | None]) -> ResultColumn[Risk]:
        def cell(risk: Risk) -> TableCell:
            return TableCell(text=format_number(value(risk), t), order=value(risk))

        return ResultColumn(key, title, cell, ValueKind.NUMBER, page=2)

    def level(risk: Risk) -> TableCell:
        text = label("risk_level", risk.level or "", t.language)
        return TableCell(text=text, order=-risk.level.rank if risk.level else None)

    def show_sum(key: str, title: str, line: str) -> ResultColumn[Risk]:
        return show_number(key, title, lambda risk: sum_over_years([line.format(risk.item)], statistics))

    table = ResultsTable[Risk](
        "threats",
        t(
            "Threats by the national risk assessment, and the action taken, {years}",
            years=format_years(statistics.years),
        ),
        (
            ResultColumn(
                "threat", t("Threat"), lambda risk: TableCell(text=labels[risk.item], detail=risk.why), page=5
            ),
            ResultColumn("level", t("Level"), level, page=2),
            show_number("proceeds", add_currency(t("Estimated proceeds a year")), lambda risk: risk.proceeds),
            show_number("investigations", t("Money laundering investigations"), lambda risk: effort[risk.item]),
            show_sum("convictions", t("Cases with a conviction"), "ml-cases/{}/convictions"),
            show_sum("confiscated", add_currency(t("Confiscated")), "property-by-predicate/{}/confiscated-amount"),
        ),
    )
    return table.in_document(risks)


def _build_outcomes(statistics: Statistics, framework: Framework, t: Translator) -> Section:
    """Return the section of figures by outcome: each table once, under the first outcome it belongs to."""
    tables, shown = load_definitions(t.language).tables, set[str]()
    sections = []
    for outcome in framework.outcomes:
        own = [one.id for one in tables.values() if outcome.id in one.outcomes]
        blocks = build_statistics_blocks(outcome.id, statistics, t, tables=[x for x in own if x not in shown])
        if again := [tables[x].title for x in own if x in shown]:
            note = Paragraph(text=t("See also, above: {tables}.", tables=t.points(again)), tone=Tone.SMALL)
            blocks = (*blocks, note)
        shown.update(own)
        nothing = (Paragraph(text=t("No statistics and no cases were received.")),)
        title = f"{outcome.id} {outcome.title}"
        sections.append(Section(anchor=f"figures-{outcome.id}", title=title, blocks=blocks or nothing))
    title = t("Statistics and cases by outcome")
    return Section(anchor="figures", title=title, sections=tuple(sections), break_before=True)


def _build_core_issues(statistics: Statistics, edition: str, t: Translator) -> Section:
    definitions = load_definitions(t.language)
    found = find_core_issue_evidence(statistics, edition)
    shown_by = definitions.shown_by.get(edition, {})
    names = {"figures": t("statistics"), "cases": t("cases"), "documents": t("documents"), "none": t("nothing needed")}
    none = CoreIssueEvidence()

    def list_tables(issue: str) -> str:
        return t.points(definitions.tables[x].title for x in found.get(issue, none).tables)

    def list_cases(issue: str) -> str:
        return t.listed(found.get(issue, none).cases)

    table = ResultsTable[str](
        "core-issues-table",
        t("Core issues and their evidence"),
        (
            ResultColumn("core_issue", t("Core issue"), strip_unit, ValueKind.ID, page=2),
            ResultColumn("by", t("Shown by"), lambda issue: t.listed(names[x] for x in shown_by[issue]), page=4),
            ResultColumn("tables", t("Statistics received"), list_tables, page=9),
            ResultColumn("cases", t("Cases received"), list_cases, ValueKind.ID, page=3),
        ),
    )
    text = t(
        "Statistics or cases were received for {n} of {of} core issues. Whether they demonstrate effectiveness is not "
        "assessed here.",
        n=len(found),
        of=len(shown_by),
    )
    return Section(
        anchor="core-issues",
        title=t("Evidence for each core issue"),
        blocks=(Paragraph(text=text), table.in_document(shown_by)),
    )


def _build_method(statistics: Statistics, t: Translator) -> Section:
    agencies = ResultsTable[StatisticsReturn](
        "agencies",
        t("Agencies, their years and their currency"),
        (
            ResultColumn("agency", t("Agency"), lambda one: one.agency, page=5),
            ResultColumn("years", t("Years"), lambda one: _describe_calendar(one, t), page=4),
            ResultColumn("currency", t("Currency"), lambda one: one.currency or t("not given"), ValueKind.ID, page=2),
            ResultColumn("file", t("File"), lambda one: one.file, ValueKind.ID, page=3),
        ),
    )
    thresholds = ResultsTable[Threshold](
        "thresholds",
        t("Thresholds of the checks"),
        (
            ResultColumn("meaning", t("Meaning"), lambda one: one.meaning, page=6),
            ResultColumn("value", t("Value"), lambda one: format_number(one.value, t), ValueKind.NUMBER, page=1),
            ResultColumn(
                "source", t("Source"), lambda one: TableCell(text=t(one.source), detail=t(one.confidence)), page=6
            ),
        ),
    )
    text = t(
        "A year is named by the calendar year in which it begins. A blank cell does not count as zero. Numbers that "
        "each agency counts separately are added up. If two agencies report the same fact differently, the first "
        "number is used and the difference is listed."
    )
    return Section(
        anchor="method",
        title=t("Method of counting and checking"),
        blocks=(
            agencies.in_document(statistics.returns),
            Paragraph(text=text, tone=Tone.SMALL),
            thresholds.in_document(load_definitions(t.language).thresholds.values()),
        ),
    )


def _describe_calendar(one: StatisticsReturn, t: Translator) -> str:
    if one.year_kind is None:
        return t("not stated; calendar years are assumed")
    name = label("year_kind", one.year_kind, t.language)
    return t("{years}, which begin in month {month}", years=name, month=one.year_starts) if one.year_starts else name


def phrase_figures_notice(t: Translator) -> str:
    """Return the notice on every page of a report on figures."""
    return t(
        "Indicative: statistics and cases as the agencies reported them. They lead to questions; no rating is derived "
        "from them."
    )
