"""The report on figures and cases: what does not fit, effort against risk, indicators, and every outcome's figures."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from fatf_kit.core.languages import label
from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import Problem
from fatf_kit.framework.model import Framework
from fatf_kit.report.model import (
    Block,
    Document,
    DocumentTable,
    Figure,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Report,
    Section,
    TableCell,
    TableColumn,
    TableRow,
    Tone,
)
from fatf_kit.report.problems_section import build_problems_section
from fatf_kit.scoring.report.traces import round_percent, strip_unit
from fatf_kit.statistics.checks import check_statistics
from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.figures import Statistics
from fatf_kit.statistics.indicators import compute_indicators
from fatf_kit.statistics.line_selection import sum_over_years
from fatf_kit.statistics.model import Definitions, YearKind
from fatf_kit.statistics.observation_texts import describe_observation, format_number, format_years, phrase_question
from fatf_kit.statistics.observations import AGAINST_RISK, Observation, ObservationWeight
from fatf_kit.statistics.report.blocks import build_statistics_blocks
from fatf_kit.statistics.report.charts import build_statistics_charts
from fatf_kit.statistics.report.data import build_statistics_payload, build_statistics_tables
from fatf_kit.statistics.report.indicators import build_indicator_section
from fatf_kit.statistics.risk_checks import sum_predicate_effort
from fatf_kit.statistics.shown import shown_core_issues


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticsInput:
    """Everything a report on figures is made from; the framework in the language of the report."""

    framework: Framework
    statistics: Statistics
    problems: tuple[Problem, ...]
    generated_at: str
    notices: tuple[str, ...] = ()


def build_statistics_report(given: StatisticsInput, t: Translator, *, tool: str) -> Report:
    """Document, flat tables and JSON in one language."""
    telling = _Telling(given, t)
    english = load_definitions()  # so that the JSON does not depend on the reader
    return Report(
        document=telling.document(),
        tables=build_statistics_tables(
            given.statistics, telling.observations, telling.measured, given.problems, telling.definitions, t
        ),
        payload=build_statistics_payload(
            given.statistics,
            telling.observations,
            compute_indicators(given.statistics, english),
            given.problems,
            given.framework,
            english,
            Translator("en"),
            tool=tool,
            generated_at=given.generated_at,
        ),
    )


class _Telling:
    """One report being told in one language."""

    def __init__(self, given: StatisticsInput, t: Translator) -> None:
        self.given, self.t = given, t
        self.statistics = given.statistics
        self.definitions: Definitions = load_definitions(t.language)
        self.observations = check_statistics(given.statistics, self.definitions)
        self.measured = compute_indicators(given.statistics, self.definitions)

    def document(self) -> Document:
        t = self.t
        country = self.statistics.country or t("Country not named")
        return Document(
            id="statistics",
            title=t("{country}: figures and cases", country=country),
            subtitle=t("What the figures of the agencies show for the 11 outcomes, and what assessors would ask"),
            language=t.language,
            facts=(
                (t("Years"), format_years(self.statistics.years)),
                (t("Currency"), self.statistics.currency or t("not given")),
                (t("Workbooks read"), str(len(self.statistics.returns))),
                (t("Edition"), self.given.framework.full_title),
                (t("Made on"), t.moment(self.given.generated_at)),
            ),
            notices=(*map(t, self.statistics.notices), *self.given.notices, phrase_figures_notice(t)),
            sections=(
                self._overview(),
                self._misfits(),
                self._risk(),
                build_indicator_section(self.measured, self.statistics, self.definitions, t),
                self._outcomes(),
                self._core_issues(),
                build_problems_section(self.given.problems, t, about=t("Line"), command="fatf-kit statistics report"),
                self._method(),
            ),
        )

    def _overview(self) -> Section:
        t, statistics = self.t, self.statistics
        asked = len(statistics.asked) * len(statistics.years)
        weights = Counter(one.weight for one in self.observations)
        figures = (
            KeyFigure(
                value=t.percent(round_percent(len(statistics.values), asked)) if asked else "–",
                label=t("of the cells asked for are filled in"),
                detail=t("{n} of {of} cells", n=format_number(len(statistics.values), t), of=format_number(asked, t)),
            ),
            KeyFigure(value=str(weights[ObservationWeight.WRONG]), label=t("figures that cannot be right")),
            KeyFigure(value=str(weights[ObservationWeight.ASK]), label=t("points assessors would ask about")),
            KeyFigure(value=str(len(statistics.cases)), label=t("cases")),
        )
        charts = build_statistics_charts(statistics, self.measured, self.definitions, t)
        return Section(
            anchor="overview",
            title=t("What the figures say"),
            blocks=(KeyFigures(figures=figures), *(Figure(chart=chart) for chart in charts)),
        )

    def _misfits(self) -> Section:
        t = self.t
        found = [one for one in self.observations if one.kind not in AGAINST_RISK]
        return Section(
            anchor="misfits",
            title=t("What does not fit"),
            blocks=(self._observed("misfits-table", t("Figures against each other and over the years"), found),),
        )

    def _observed(self, name: str, caption: str, found: list[Observation]) -> DocumentTable:
        t = self.t
        rows = tuple(
            TableRow(
                cells=(
                    TableCell(text=t(str(one.weight))),
                    TableCell(text=describe_observation(one, self.definitions, t)),
                    TableCell(text=phrase_question(one, self.definitions, t)),
                    TableCell(text=str(one.refs[0]) if one.refs else "", ltr=True),
                ),
                facets={"weight": (str(one.weight),)},
            )
            for one in found
        )
        return DocumentTable(
            id=name,
            caption=caption,
            columns=(
                TableColumn(title=t("Weight"), width=2),
                TableColumn(title=t("What strikes"), width=9),
                TableColumn(title=t("What assessors would ask"), width=5),
                TableColumn(title=t("Cell"), width=4),
            ),
            rows=rows,
            empty=t("Nothing strikes."),
        )

    def _risk(self) -> Section:
        t, statistics, definitions = self.t, self.statistics, self.definitions
        blocks: list[Block] = []
        if not statistics.risks:
            blocks.append(Paragraph(text=t("No national risk assessment was handed in, so effort is held to nothing.")))
        else:
            blocks.append(self._threats())
        found = [one for one in self.observations if one.kind in AGAINST_RISK]
        blocks.append(self._observed("risk-table", t("Where effort does not follow risk"), found))
        least = definitions.thresholds["few_cases_per_year"]
        text = t(
            "Few cases: fewer than {n} a year. {source}", n=format_number(least.value, t), source=t(least.confidence)
        )
        blocks.append(Paragraph(text=text, tone=Tone.SMALL))
        return Section(anchor="risk", title=t("Effort against risk"), blocks=tuple(blocks))

    def _threats(self) -> DocumentTable:
        """Threats that are rated, the highest first, with what was done about their money."""
        t, statistics, definitions = self.t, self.statistics, self.definitions
        effort = sum_predicate_effort(statistics, definitions)
        labels = {row.id: row.label for row in definitions.predicates}
        risks = [risk for risk in statistics.risks if risk.is_threat and risk.item in labels and risk.level]
        risks.sort(key=lambda risk: risk.level.rank if risk.level else 9)
        rows = []
        for risk in risks:
            numbers = [
                risk.proceeds,
                effort[risk.item],
                sum_over_years([f"ml-cases/{risk.item}/convictions"], statistics, definitions),
                sum_over_years([f"property-by-predicate/{risk.item}/confiscated-amount"], statistics, definitions),
            ]
            cells = (
                TableCell(text=labels[risk.item], detail=risk.why),
                TableCell(text=label("risk_level", risk.level, t.language) if risk.level else ""),
                *(TableCell(text=format_number(value, t)) for value in numbers),
            )
            rows.append(TableRow(cells=cells, facets={}))

        def money(title: str) -> str:
            return f"{title} ({statistics.currency})" if statistics.currency else title

        return DocumentTable(
            id="threats",
            caption=t("Threats as the national risk assessment rates them, and what was done, {years}",
                      years=format_years(statistics.years)),
            columns=(
                TableColumn(title=t("Threat"), width=5),
                TableColumn(title=t("Level"), width=2),
                TableColumn(title=money(t("Estimated proceeds a year")), width=2, number=True),
                TableColumn(title=t("Laundering investigations"), width=2, number=True),
                TableColumn(title=t("Ended in conviction"), width=2, number=True),
                TableColumn(title=money(t("Confiscated")), width=2, number=True),
            ),
            rows=tuple(rows),
        )  # fmt: skip

    def _outcomes(self) -> Section:
        """Each table once, under the first outcome it belongs to."""
        t, told = self.t, set()
        sections = []
        for outcome in self.given.framework.outcomes:
            mine = [one.id for one in self.definitions.tables.values() if outcome.id in one.outcomes]
            blocks = build_statistics_blocks(outcome.id, self.statistics, t, tables=[x for x in mine if x not in told])
            again = [self.definitions.tables[x].title for x in mine if x in told]
            told.update(mine)
            if again:
                note = Paragraph(text=t("See also, above: {tables}.", tables=t.points(again)), tone=Tone.SMALL)
                blocks = (*blocks, note)
            nothing = (Paragraph(text=t("No figures and no cases were given.")),)
            title = f"{outcome.id} {outcome.title}"
            sections.append(Section(anchor=f"figures-{outcome.id}", title=title, blocks=blocks or nothing))
        title = t("Figures and cases by outcome")
        return Section(anchor="figures", title=title, sections=tuple(sections), break_before=True)

    def _core_issues(self) -> Section:
        t, edition = self.t, self.given.framework.id
        shown = shown_core_issues(self.statistics, edition)
        ways = {"figures": t("figures"), "cases": t("cases"), "documents": t("documents"), "none": t("nothing needed")}
        rows = []
        for issue, by in self.definitions.shown_by.get(edition, {}).items():
            behind = shown.get(issue)
            rows.append(
                TableRow(
                    cells=(
                        TableCell(text=strip_unit(issue), ltr=True),
                        TableCell(text=t.listed(ways[way] for way in by)),
                        TableCell(
                            text=t.points(self.definitions.tables[x].title for x in behind.tables) if behind else ""
                        ),
                        TableCell(text=t.listed(behind.cases) if behind else "", ltr=True),
                    ),
                    facets={},
                )
            )
        return Section(
            anchor="core-issues",
            title=t("What stands behind each core issue"),
            blocks=(
                Paragraph(
                    text=t(
                        "{n} of {of} core issues have figures or cases behind them. That they are there says nothing "
                        "about what they show.",
                        n=len(shown),
                        of=len(rows),
                    )
                ),
                DocumentTable(
                    id="core-issues-table",
                    caption=t("Core issues and what shows them"),
                    columns=(
                        TableColumn(title=t("Core issue"), width=2),
                        TableColumn(title=t("Shown by"), width=4),
                        TableColumn(title=t("Figures given"), width=9),
                        TableColumn(title=t("Cases given"), width=3),
                    ),
                    rows=tuple(rows),
                ),
            ),
        )

    def _method(self) -> Section:
        t = self.t
        agencies = tuple(
            TableRow(
                cells=(
                    TableCell(text=one.agency),
                    TableCell(text=self._calendar(one.year_kind, one.year_starts)),
                    TableCell(text=one.currency or t("not given"), ltr=True),
                    TableCell(text=one.file, ltr=True),
                ),
                facets={},
            )
            for one in self.statistics.returns
        )
        thresholds = tuple(
            TableRow(
                cells=(
                    TableCell(text=one.meaning),
                    TableCell(text=format_number(one.value, t)),
                    TableCell(text=t(one.source), detail=t(one.confidence)),
                ),
                facets={},
            )
            for one in self.definitions.thresholds.values()
        )
        return Section(
            anchor="method",
            title=t("How this was counted and checked"),
            blocks=(
                DocumentTable(
                    id="agencies",
                    caption=t("Agencies, their years and their currency"),
                    columns=(
                        TableColumn(title=t("Agency"), width=5),
                        TableColumn(title=t("Years"), width=4),
                        TableColumn(title=t("Currency"), width=2),
                        TableColumn(title=t("File"), width=3),
                    ),
                    rows=agencies,
                ),
                Paragraph(
                    text=t(
                        "A year is named by the calendar year in which it begins. A blank is never taken for zero. "
                        "What each agency counts of its own is added up; where two tell the same fact and differ, the "
                        "first figure stands and the difference is a remark."
                    ),
                    tone=Tone.SMALL,
                ),
                DocumentTable(
                    id="thresholds",
                    caption=t("Numbers the checks go by"),
                    columns=(
                        TableColumn(title=t("What it is"), width=6),
                        TableColumn(title=t("Value"), width=1, number=True),
                        TableColumn(title=t("Source"), width=6),
                    ),
                    rows=thresholds,
                ),
            ),
        )

    def _calendar(self, kind: YearKind | None, starts: int | None) -> str:
        t = self.t
        if kind is None:
            return t("not said, taken for calendar years")
        name = label("year_kind", kind, t.language)
        return t("{years}, beginning in month {month}", years=name, month=starts) if starts else name


def phrase_figures_notice(t: Translator) -> str:
    """What stands on every page of a report on figures."""
    return t("Indicative: figures and cases as agencies gave them. They raise questions; no rating follows from them.")
