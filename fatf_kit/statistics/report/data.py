"""The same results as flat tables and as JSON (frameworks/schema/statistics-1.schema.json)."""

from __future__ import annotations

from collections.abc import Sequence

from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import Problem
from fatf_kit.framework.model import Framework
from fatf_kit.report.model import DataColumn, DataTable
from fatf_kit.scoring.report.payload import build_problems_payload
from fatf_kit.scoring.report.tables import problems_table
from fatf_kit.statistics.figures import CaseEntry, Statistics
from fatf_kit.statistics.indicators import IndicatorPoint, IndicatorResult
from fatf_kit.statistics.model import Definitions
from fatf_kit.statistics.observation_texts import describe_observation, phrase_question
from fatf_kit.statistics.observations import Observation
from fatf_kit.statistics.report.charts import label_indicator_row
from fatf_kit.statistics.shown import shown_core_issues

SCHEMA = "fatf-kit/statistics/1"


def build_statistics_tables(
    statistics: Statistics,
    observations: Sequence[Observation],
    measured: Sequence[IndicatorResult],
    problems: Sequence[Problem],
    definitions: Definitions,
    t: Translator,
) -> tuple[DataTable, ...]:
    """Figures, indicators, observations, cases and problems, one row each. A missing value is None, nought is 0."""
    return (
        _figures(statistics, definitions, t),
        _indicators(measured, definitions, t),
        _observations(observations, definitions, t),
        _cases(statistics, t),
        problems_table(problems, t, about=DataColumn(key="line", title=t("Line"), width=44)),
    )


def _figures(statistics: Statistics, definitions: Definitions, t: Translator) -> DataTable:
    rows = []
    for line in definitions.lines():
        table, row, measure = definitions.find(line)
        for year in statistics.years:
            if found := statistics.values.get((line, year)):
                rows.append(
                    (
                        table.id,
                        row.label,
                        measure.label,
                        str(measure.unit),
                        year,
                        found.value,
                        str(found.none) if found.none else None,
                        t.listed(agency for agency, _ in found.parts),
                        line,
                    )
                )
    return DataTable(
        key="figures",
        title=t("Figures"),
        columns=(
            DataColumn(key="table", title=t("Table"), width=22),
            DataColumn(key="row", title=t("Of what"), width=32),
            DataColumn(key="measure", title=t("What is counted"), width=34),
            DataColumn(key="unit", title=t("Unit of measure"), width=10),
            DataColumn(key="year", title=t("Year"), width=8),
            DataColumn(key="value", title=t("Value"), width=14),
            DataColumn(key="none", title=t("No figure because"), width=16),
            DataColumn(key="agencies", title=t("Agencies"), width=30),
            DataColumn(key="line", title=t("Line"), width=44),
        ),
        rows=tuple(rows),
    )


def _indicators(measured: Sequence[IndicatorResult], definitions: Definitions, t: Translator) -> DataTable:
    return DataTable(
        key="indicators",
        title=t("Indicators"),
        columns=(
            DataColumn(key="indicator", title=t("Indicator"), width=40),
            DataColumn(key="row", title=t("Of what"), width=32),
            DataColumn(key="year", title=t("Year"), width=8),
            DataColumn(key="value", title=t("Value"), width=12),
            DataColumn(key="part", title=t("Part"), width=12),
            DataColumn(key="whole", title=t("Whole"), width=12),
        ),
        rows=tuple(
            (
                one.indicator.title,
                label_indicator_row(row, one, definitions),
                p.year,
                _rounded(p.value),
                p.part,
                p.whole,
            )
            for one in measured
            for row in one.rows
            for p in (*row.points, row.overall)
        ),
    )


def _observations(observations: Sequence[Observation], definitions: Definitions, t: Translator) -> DataTable:
    return DataTable(
        key="observations",
        title=t("What strikes"),
        columns=(
            DataColumn(key="weight", title=t("Weight"), width=10),
            DataColumn(key="text", title=t("What strikes"), width=80),
            DataColumn(key="question", title=t("What assessors would ask"), width=50),
            DataColumn(key="outcomes", title=t("Outcomes"), width=14),
            DataColumn(key="cells", title=t("Cells"), width=50),
            DataColumn(key="kind", title=t("Kind"), width=16),
        ),
        rows=tuple(
            (
                t(str(one.weight)),
                describe_observation(one, definitions, t),
                phrase_question(one, definitions, t),
                ", ".join(one.outcomes),
                "; ".join(map(str, one.refs)),
                str(one.kind),
            )
            for one in observations
        ),
    )


def _cases(statistics: Statistics, t: Translator) -> DataTable:
    return DataTable(
        key="cases",
        title=t("Cases"),
        columns=(
            DataColumn(key="id", title=t("Case"), width=12),
            DataColumn(key="outcome", title=t("Outcome"), width=10),
            DataColumn(key="predicate", title=t("Predicate offence"), width=20),
            DataColumn(key="year", title=t("Year"), width=8),
            DataColumn(key="done", title=t("What was done"), width=60),
            DataColumn(key="result", title=t("Result"), width=50),
            DataColumn(key="shows", title=t("What it shows"), width=50),
            DataColumn(key="agency", title=t("Agency"), width=30),
        ),
        rows=tuple(
            (case.id, case.outcome or None, case.predicate, case.year, *_words(case), case.agency)
            for case in statistics.cases
        ),
    )


def _words(case: CaseEntry) -> tuple[str | None, str | None, str | None]:
    """The words of a case; none where they are restricted or seem to name a person."""
    if case.withheld or case.confidentiality == "restricted":
        return None, None, None
    return case.done or None, case.result or None, case.shows or None


def build_statistics_payload(
    statistics: Statistics,
    observations: Sequence[Observation],
    measured: Sequence[IndicatorResult],
    problems: Sequence[Problem],
    framework: Framework,
    definitions: Definitions,
    t: Translator,
    *,
    tool: str,
    generated_at: str,
) -> dict[str, object]:
    """Everything as plain values, its texts English whatever the language of the report."""
    return {
        "schema": SCHEMA,
        "provenance": {
            "tool": tool,
            "edition": framework.id,
            "inputs": [
                {"name": one.file, "sha256": one.sha256, "agency": one.agency, "years": str(one.calendar[0])}
                for one in statistics.returns
            ],
            "generated_at": generated_at,
        },
        "country": {"iso3": None, "name": statistics.country},
        "years": list(statistics.years),
        "currency": statistics.currency,
        "coverage": {
            "asked": len(statistics.asked) * len(statistics.years),
            "filled": len(statistics.values),
            "cases": len(statistics.cases),
            "risks": len(statistics.risks),
        },
        "figures": [
            {
                "line": line,
                "year": year,
                "value": value.value,
                "none": str(value.none) if value.none else None,
                "partial": value.partial,
                "agencies": [agency for agency, _ in value.parts],
            }
            for line in definitions.lines()
            for year in statistics.years
            if (value := statistics.values.get((line, year)))
        ],
        "indicators": [
            {
                "id": one.indicator.id,
                "kind": one.indicator.kind,
                "outcomes": list(one.indicator.outcomes),
                "rows": [
                    {
                        "label": label_indicator_row(row, one, definitions),
                        "points": [_point(p) for p in (*row.points, row.overall)],
                    }
                    for row in one.rows
                ],
            }
            for one in measured
        ],
        "observations": [
            {
                "kind": str(one.kind),
                "weight": str(one.weight),
                "line": one.line or None,
                "subject": one.subject or None,
                "outcomes": list(one.outcomes),
                "years": list(one.years),
                "agencies": list(one.agencies),
                "text": describe_observation(one, definitions, t),
                "question": phrase_question(one, definitions, t),
                "cells": [str(ref) for ref in one.refs],
            }
            for one in observations
        ],
        "core_issues": [
            {"id": issue, "tables": list(shown.tables), "cases": list(shown.cases)}
            for issue, shown in shown_core_issues(statistics, framework.id).items()
        ],
        "problems": build_problems_payload(problems),
    }


def _point(point: IndicatorPoint) -> dict[str, object]:
    return {"year": point.year, "value": _rounded(point.value), "part": point.part, "whole": point.whole}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
