"""The report on figures and cases: contradictions, effort against risk, indicators, figures of every outcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from fatf_kit.core.json_files import make_json_value
from fatf_kit.core.languages import label
from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import Problem
from fatf_kit.framework.model import Framework
from fatf_kit.report.model import Document, DocumentTable, Figure, Paragraph, Report, Section, TableCell, ValueKind
from fatf_kit.report.problems_section import build_problems_section
from fatf_kit.report.results_table import ResultColumn, ResultsTable
from fatf_kit.report.sections import make_key_figures, make_note, make_section
from fatf_kit.scoring.report.traces import round_percent, strip_unit
from fatf_kit.spreadsheets.words import load_words
from fatf_kit.statistics.checks import check_statistics
from fatf_kit.statistics.core_issues import CoreIssueEvidence, find_core_issue_evidence
from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.figures import Number, Risk, Statistics, StatisticsReturn
from fatf_kit.statistics.indicators import IndicatorResult, compute_indicators
from fatf_kit.statistics.model import Threshold, YearKind
from fatf_kit.statistics.observation_texts import format_number, format_years
from fatf_kit.statistics.observations import Observation, ObservationWeight
from fatf_kit.statistics.report.blocks import build_statistics_blocks
from fatf_kit.statistics.report.charts import build_statistics_charts
from fatf_kit.statistics.report.data import build_statistics_tables, declare_observations
from fatf_kit.statistics.report.indicators import build_indicator_section
from fatf_kit.statistics.report.payload import make_statistics_result
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
    country = statistics.country or t("Country not named")
    document = Document(
        id="statistics",
        title=t("{country}: statistics and cases", country=country),
        subtitle=t("Statistics of the agencies on the 11 Immediate Outcomes, and likely questions of assessors"),
        language=t.language,
        made_on=generated_at,
        facts=(
            (t("Years"), format_years(statistics.years, t)),
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
    payload = make_json_value(
        make_statistics_result(statistics, observations, problems, framework, generated_at=generated_at)
    )
    tables = build_statistics_tables(statistics, observations, results, problems, t)
    return Report(document=document, tables=tables, payload=payload)


def _build_overview(
    statistics: Statistics, observations: Sequence[Observation], results: Sequence[IndicatorResult], t: Translator
) -> Section:
    requested, filled = len(statistics.requested) * len(statistics.years), len(statistics.values)
    share = t.percent(round_percent(filled, requested)) if requested else "–"
    cells = t("{n} of {of} cells", n=format_number(filled, t), of=format_number(requested, t))
    weights = Counter(one.weight for one in observations)
    figures = make_key_figures(
        (
            (share, t("of the cells are filled in"), cells),
            (str(weights[ObservationWeight.WRONG]), t("statistics that cannot be correct")),
            (str(weights[ObservationWeight.ASK]), t("likely questions of assessors")),
            (str(len(statistics.cases)), t("cases")),
        )
    )
    charts = (Figure(chart=chart) for chart in build_statistics_charts(statistics, results, t))
    return make_section("overview", t("Overview of the statistics"), figures, *charts)


def _show_observations(
    name: str, caption: str, observations: Sequence[Observation], t: Translator, *, are_about_risk: bool
) -> DocumentTable:
    found = [one for one in observations if one.is_about_risk is are_about_risk]
    table, none = declare_observations(t), t("None was found.")
    return table.in_document(found, name=name, caption=caption, empty=none)


def _build_contradictions(observations: Sequence[Observation], t: Translator) -> Section:
    caption = t("Statistics compared with each other and over the years")
    table = _show_observations("misfits-table", caption, observations, t, are_about_risk=False)
    return make_section("misfits", t("Inconsistencies"), table)


def _build_risk(statistics: Statistics, observations: Sequence[Observation], t: Translator) -> Section:
    none = t("No national risk assessment was received, so effort cannot be compared with risk.")
    least = load_definitions(t.language).thresholds["few_cases_per_year"]
    facts = {"n": format_number(least.value, t), "source": t(least.confidence)}
    caption = t("Effort that does not match the risk")
    return make_section(
        "risk",
        t("Effort compared with risk"),
        _build_threats(statistics, t) if statistics.risks else Paragraph(text=none),
        _show_observations("risk-table", caption, observations, t, are_about_risk=True),
        make_note(t("“Few cases” means fewer than {n} a year (source: {source}).", **facts)),
    )


def _build_threats(statistics: Statistics, t: Translator) -> DocumentTable:
    """Return the table of threats that are rated, the highest first, with what was done about their money."""
    effort = sum_predicate_effort(statistics)
    labels = {row.id: row.label for row in load_definitions(t.language).predicates}
    threats = (risk for risk in statistics.risks if risk.is_threat and risk.item in labels)
    ranked = [(risk.level.rank, risk) for risk in threats if risk.level]
    risks = [risk for _, risk in sorted(ranked, key=lambda one: one[0])]
    currency = f" ({statistics.currency})" if statistics.currency else ""

    def show_number(key: str, title: str, value: Callable[[Risk], Number | None]) -> ResultColumn[Risk]:
        def cell(risk: Risk) -> TableCell:
            return TableCell(text=format_number(value(risk), t), order=value(risk))

        return ResultColumn(key, title, cell, ValueKind.NUMBER, page=2)

    def name(risk: Risk) -> TableCell:
        return TableCell(text=labels[risk.item], detail=risk.why)

    def level(risk: Risk) -> TableCell:
        text = label("risk_level", risk.level or "", t.language)
        return TableCell(text=text, order=-risk.level.rank if risk.level else None)

    def show_sum(key: str, title: str, line: str) -> ResultColumn[Risk]:
        add = statistics.sum_over_years
        return show_number(key, title, lambda risk: add(line.format(risk.item)))

    proceeds, confiscated = t("Estimated proceeds a year") + currency, t("Confiscated") + currency
    columns = (
        ResultColumn("threat", t("Threat"), name, page=5),
        ResultColumn("level", t("Level"), level, page=2),
        show_number("proceeds", proceeds, lambda risk: risk.proceeds),
        show_number("investigations", t("Money laundering investigations"), lambda risk: effort[risk.item]),
        show_sum("convictions", t("Cases with a conviction"), "ml-cases/{}/convictions"),
        show_sum("confiscated", confiscated, "property-by-predicate/{}/confiscated-amount"),
    )
    years = format_years(statistics.years, t)
    caption = t("Threats by the national risk assessment, and the action taken, {years}", years=years)
    return ResultsTable("threats", caption, columns).in_document(risks)


def _build_outcomes(statistics: Statistics, framework: Framework, t: Translator) -> Section:
    """Return the section of figures by outcome: each table once, under the first outcome it belongs to."""
    tables, shown = load_definitions(t.language).tables, set[str]()
    sections = []
    for outcome in framework.outcomes:
        own = [one.id for one in tables.values() if outcome.id in one.outcomes]
        new = [name for name in own if name not in shown]
        blocks = build_statistics_blocks(outcome.id, statistics, t, tables=new)
        if again := [tables[x].title for x in own if x in shown]:
            blocks = (*blocks, make_note(t("See also, above: {tables}.", tables=t.points(again))))
        shown.update(own)
        blocks = blocks or (Paragraph(text=t("No statistics and no cases were received.")),)
        title = f"{outcome.id} {outcome.title}"
        sections.append(make_section(f"figures-{outcome.id}", title, *blocks))
    title = t("Statistics and cases by outcome")
    return make_section("figures", title, sections=sections, break_before=True)


def _build_core_issues(statistics: Statistics, edition: str, t: Translator) -> Section:
    definitions = load_definitions(t.language)
    found = find_core_issue_evidence(statistics, edition)
    shown_by = definitions.shown_by.get(edition, {})
    names = {"figures": t("statistics"), "cases": t("cases"), "documents": t("documents")}
    names["none"] = t("nothing needed")
    none = CoreIssueEvidence()

    def list_tables(issue: str) -> str:
        return t.points(definitions.tables[x].title for x in found.get(issue, none).tables)

    def list_cases(issue: str) -> str:
        return t.listed(found.get(issue, none).cases)

    def list_proof(issue: str) -> str:
        return t.listed(names[one] for one in shown_by[issue])

    columns = (
        ResultColumn("core_issue", t("Core issue"), strip_unit, ValueKind.ID, page=2),
        ResultColumn("by", t("Shown by"), list_proof, page=4),
        ResultColumn("tables", t("Statistics received"), list_tables, page=9),
        ResultColumn("cases", t("Cases received"), list_cases, ValueKind.ID, page=3),
    )
    table = ResultsTable("core-issues-table", t("Core issues and their evidence"), columns)
    if len(found) == len(shown_by):
        received = t("Statistics or cases were received for every core issue ({n}).", n=len(found))
    else:
        received = t("Statistics or cases were received for {n} of {of} core issues.", n=len(found), of=len(shown_by))
    text = " ".join((received, t("Whether they demonstrate effectiveness is not assessed here.")))
    title = t("Evidence for each core issue")
    return make_section("core-issues", title, Paragraph(text=text), table.in_document(shown_by))


def _build_method(statistics: Statistics, t: Translator) -> Section:
    def currency(one: StatisticsReturn) -> str:
        return one.currency or t("not given")

    agencies = ResultsTable[StatisticsReturn](
        "agencies",
        t("Agencies, their years and their currency"),
        (
            ResultColumn("agency", t("Agency"), page=5),
            ResultColumn("years", t("Years"), lambda one: _describe_calendar(one, t), page=4),
            ResultColumn("currency", t("Currency"), currency, ValueKind.ID, page=2),
            ResultColumn("contact", load_words(t.language)["statistics.cover.contact"], page=4),
            ResultColumn("file", t("File"), kind=ValueKind.ID, page=3),
        ),
    )

    def value(one: Threshold) -> str:
        return format_number(one.value, t)

    def source(one: Threshold) -> TableCell:
        return TableCell(text=t(one.source), detail=t(one.confidence))

    thresholds = ResultsTable[Threshold](
        "thresholds",
        t("Thresholds of the checks"),
        (
            ResultColumn("meaning", t("Meaning"), page=6),
            ResultColumn("value", t("Value"), value, ValueKind.NUMBER, page=1),
            ResultColumn("source", t("Source"), source, page=6),
        ),
    )
    text = t(
        "A year is named by the calendar year in which it begins. A blank cell does not count as zero. Numbers that "
        "each agency counts separately are added up. If two agencies report the same fact differently, the first "
        "number is used and the difference is listed."
    )
    return make_section(
        "method",
        t("Method of counting and checking"),
        agencies.in_document(statistics.returns),
        make_note(text),
        thresholds.in_document(load_definitions(t.language).thresholds.values()),
    )


def _describe_calendar(one: StatisticsReturn, t: Translator) -> str:
    if one.year_kind is None:
        return t("not stated; calendar years are assumed")
    name, month = label("year_kind", one.year_kind, t.language), one.year_starts
    if month and one.year_kind is YearKind.FISCAL:  # its label says that they begin in another month
        name = t("fiscal years")
    return t("{years}, which begin in {month}", years=name, month=t.month_name(month)) if month else name


def phrase_figures_notice(t: Translator) -> str:
    """Return the notice on every page of a report on figures."""
    return t(
        "Indicative: statistics and cases as the agencies reported them. They lead to questions; no rating is derived "
        "from them."
    )
