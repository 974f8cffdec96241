"""The results on figures as declared tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import Problem
from fatf_kit.report.model import DataTable, ValueKind
from fatf_kit.report.problems_section import build_problems_sheet
from fatf_kit.report.results_table import ResultColumn, ResultsTable
from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.figures import CaseEntry, CountryFigure, Statistics
from fatf_kit.statistics.indicators import IndicatorPoint, IndicatorResult
from fatf_kit.statistics.observation_texts import describe_observation, phrase_question
from fatf_kit.statistics.observations import Observation

_ID, _COUNT, _NUMBER = ValueKind.ID, ValueKind.COUNT, ValueKind.NUMBER
_IndicatorValue = tuple[IndicatorResult, str, IndicatorPoint]
"""An indicator, the label of one of its rows, and a value."""


def build_statistics_tables(
    statistics: Statistics,
    observations: Sequence[Observation],
    results: Sequence[IndicatorResult],
    problems: Sequence[Problem],
    t: Translator,
) -> tuple[DataTable, ...]:
    """Return the sheets of figures, indicators, observations, cases and problems."""
    rows = ((one, row) for one in results for row in one.rows)
    points = [(one, row.label, point) for one, row in rows for point in (*row.points, row.overall)]
    return (
        _declare_figures(t).in_sheet(list_figures(statistics)),
        _declare_indicators(t).in_sheet(points),
        declare_observations(t).in_sheet(observations),
        _declare_cases(t).in_sheet(statistics.cases),
        build_problems_sheet(problems, t, about=t("Line"), key="line", width=44),
    )


def declare_observations(t: Translator) -> ResultsTable[Observation]:
    """Return the table of observations, for the report and as a sheet."""

    def describe(one: Observation) -> str:
        return describe_observation(one, t)

    def ask(one: Observation) -> str:
        return phrase_question(one, t)

    columns: tuple[ResultColumn[Observation], ...] = (
        ResultColumn("weight", t("Weight"), lambda one: t(str(one.weight)), sheet=10, page=2),
        ResultColumn("text", t("Observation"), describe, sheet=80, page=9),
        ResultColumn("question", t("Likely question from assessors"), ask, sheet=50, page=5),
        ResultColumn("outcomes", t("Outcomes"), sheet=14),
        ResultColumn("cells", t("Cells"), lambda one: "; ".join(map(str, one.refs)), sheet=50),
        ResultColumn("cell", t("Cell"), lambda one: one.refs[0] if one.refs else "", _ID, page=4),
        ResultColumn("kind", t("Kind"), sheet=16),
    )

    def facets(one: Observation) -> Mapping[str, tuple[str, ...]]:
        return {"weight": (str(one.weight),)}

    return ResultsTable("observations", t("Observations"), columns, facets)


def _declare_figures(t: Translator) -> ResultsTable[CountryFigure]:
    lines = load_definitions(t.language).lines

    def agencies(one: CountryFigure) -> str:
        return t.listed(name for name, _ in one.parts)

    return ResultsTable(
        "figures",
        t("Statistics"),
        (
            ResultColumn("table", t("Table"), lambda one: lines[one.line][0].id, sheet=22),
            ResultColumn("row", t("Item"), lambda one: lines[one.line][1].label, sheet=32),
            ResultColumn("measure", t("Measure"), lambda one: lines[one.line][2].label, sheet=34),
            ResultColumn("unit", t("Unit of measure"), lambda one: lines[one.line][2].unit, sheet=10),
            ResultColumn("year", t("Year"), kind=_COUNT, sheet=8),
            ResultColumn("value", t("Value"), kind=_NUMBER, sheet=14),
            ResultColumn("none", t("Reason for no value"), sheet=16),
            ResultColumn("agencies", t("Agencies"), agencies, sheet=30),
            ResultColumn("line", t("Line"), sheet=44),
        ),
    )


def _declare_indicators(t: Translator) -> ResultsTable[_IndicatorValue]:
    return ResultsTable(
        "indicators",
        t("Indicators"),
        (
            ResultColumn("indicator", t("Indicator"), lambda one: one[0].indicator.title, sheet=40),
            ResultColumn("row", t("Item"), lambda one: one[1], sheet=32),
            ResultColumn("year", t("Year"), lambda one: one[2].year, _COUNT, sheet=8),
            ResultColumn("value", t("Value"), lambda one: round_value(one[2].value), _NUMBER, sheet=12),
            ResultColumn("part", t("Part"), lambda one: one[2].part, _NUMBER, sheet=12),
            ResultColumn("whole", t("Whole"), lambda one: one[2].whole, _NUMBER, sheet=12),
        ),
    )


def _declare_cases(t: Translator) -> ResultsTable[CaseEntry]:
    """Return the table of cases, without the words of those that are restricted or seem to name a person."""

    def show(case: CaseEntry, text: str) -> str | None:
        return None if case.is_withheld or case.confidentiality == "restricted" else text or None

    return ResultsTable(
        "cases",
        t("Cases"),
        (
            ResultColumn("id", t("Case"), sheet=12),
            ResultColumn("outcome", t("Outcome"), sheet=10),
            ResultColumn("predicate", t("Predicate offence"), sheet=20),
            ResultColumn("year", t("Year"), kind=_COUNT, sheet=8),
            ResultColumn("done", t("Action taken"), lambda case: show(case, case.done), sheet=60),
            ResultColumn("result", t("Result"), lambda case: show(case, case.result), sheet=50),
            ResultColumn("shows", t("Significance"), lambda case: show(case, case.shows), sheet=50),
            ResultColumn("agency", t("Agency"), sheet=30),
        ),
    )


def list_figures(statistics: Statistics) -> list[CountryFigure]:
    """Return the country's figures in the order of the lines."""
    keys = ((line, year) for line in load_definitions().lines for year in statistics.years)
    return [statistics.values[key] for key in keys if key in statistics.values]


def round_value(value: float | None) -> float | None:
    """Round a value of an indicator to four places; None stays None."""
    return None if value is None else round(value, 4)
