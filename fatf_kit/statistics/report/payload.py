"""Figures and cases as JSON that others may rely on: frameworks/schema/statistics-1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Literal

from msgspec import Meta

from fatf_kit.core.json_shapes import Count, OutcomeId, RequirementId, Text
from fatf_kit.core.messages import Translator
from fatf_kit.core.problem_results import ProblemResult, list_problem_results
from fatf_kit.core.problems import Problem
from fatf_kit.core.resources import tool_version
from fatf_kit.framework.model import Framework
from fatf_kit.statistics.core_issues import find_core_issue_evidence
from fatf_kit.statistics.figures import (
    CountryFigure,
    NoFigureReason,
    Number,
    Statistics,
    StatisticsReturn,
)
from fatf_kit.statistics.indicators import IndicatorPoint, IndicatorResult, IndicatorResultRow, compute_indicators
from fatf_kit.statistics.model import YearKind
from fatf_kit.statistics.observation_texts import describe_observation, phrase_question
from fatf_kit.statistics.observations import Observation, ObservationKind, ObservationWeight
from fatf_kit.statistics.report.data import list_figures, round_value

Year = Annotated[int, Meta(ge=1980, le=2099)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnFile:
    """A workbook that was read, with its fingerprint, its agency, and the kind of its years."""

    name: Text
    sha256: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]
    agency: Text
    years: YearKind


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticsProvenance:
    """The program that made a result, the edition, the workbooks, and the moment in ISO 8601."""

    tool: Text
    edition: Text
    inputs: tuple[ReturnFile, ...]
    generated_at: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticsCountry:
    """The country that the workbooks name."""

    iso3: str | None
    name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticsCoverage:
    """The figures that are asked for and given, and the cases and risks."""

    asked: Count
    filled: Count
    cases: Count
    risks: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureResult:
    """A figure as agencies give it; 0 is a figure. `partial` says that an agency that was asked gave nothing."""

    line: Annotated[str, Meta(pattern=r"^[a-z0-9-]+/[a-z0-9-]+/[a-z0-9-]+$")]
    year: Year
    value: Number | None
    none: NoFigureReason | None
    partial: bool
    agencies: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorRowResult:
    """One row of an indicator through the years, and at its end all years together."""

    label: Text
    points: tuple[IndicatorPoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorJson:
    """An indicator with its values."""

    id: Text
    kind: Text
    outcomes: tuple[OutcomeId, ...]
    rows: tuple[IndicatorRowResult, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticsObservationResult:
    """An observation on figures, with the likely question from assessors, in English."""

    kind: ObservationKind
    weight: ObservationWeight
    line: str | None
    subject: str | None
    outcomes: tuple[OutcomeId, ...]
    years: tuple[Year, ...]
    agencies: tuple[Text, ...]
    text: Text
    question: Text
    cells: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoreIssueStatistics:
    """The tables with figures and the cases that support a core issue."""

    id: RequirementId
    tables: tuple[Text, ...]
    cases: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticsResult:
    """Figures and cases of a country. What agencies did not give is absent. Nothing in it is a rating."""

    schema: Literal["fatf-kit/statistics/1"]
    provenance: StatisticsProvenance
    country: StatisticsCountry
    years: tuple[Year, ...]
    currency: Annotated[str, Meta(pattern=r"^[A-Z]{3}$")] | None
    coverage: StatisticsCoverage
    figures: tuple[FigureResult, ...]
    indicators: tuple[IndicatorJson, ...]
    observations: tuple[StatisticsObservationResult, ...]
    core_issues: tuple[CoreIssueStatistics, ...]
    problems: tuple[ProblemResult, ...]


def make_statistics_result(
    statistics: Statistics,
    observations: Sequence[Observation],
    problems: Sequence[Problem],
    framework: Framework,
    *,
    generated_at: str,
) -> StatisticsResult:
    """Make the JSON value of figures and cases, its texts English whatever the language of the report."""
    t, evidence = Translator("en"), find_core_issue_evidence(statistics, framework.id)
    return StatisticsResult(
        schema="fatf-kit/statistics/1",
        provenance=StatisticsProvenance(
            tool=tool_version(),
            edition=framework.id,
            inputs=tuple(map(_make_file, statistics.returns)),
            generated_at=generated_at,
        ),
        country=StatisticsCountry(iso3=None, name=statistics.country),
        years=tuple(statistics.years),
        currency=statistics.currency,
        coverage=StatisticsCoverage(
            asked=len(statistics.requested) * len(statistics.years),
            filled=len(statistics.values),
            cases=len(statistics.cases),
            risks=len(statistics.risks),
        ),
        figures=tuple(map(_make_figure, list_figures(statistics))),
        indicators=tuple(map(_make_indicator, compute_indicators(statistics))),
        observations=tuple(_make_observation(observation, t) for observation in observations),
        core_issues=tuple(
            CoreIssueStatistics(id=issue, tables=found.tables, cases=found.cases) for issue, found in evidence.items()
        ),
        problems=list_problem_results(problems),
    )


def _make_file(returned: StatisticsReturn) -> ReturnFile:
    return ReturnFile(name=returned.file, sha256=returned.sha256, agency=returned.agency, years=returned.calendar[0])


def _make_figure(figure: CountryFigure) -> FigureResult:
    return FigureResult(
        line=figure.line,
        year=figure.year,
        value=figure.value,
        none=figure.none,
        partial=figure.is_partial,
        agencies=tuple(agency for agency, _ in figure.parts),
    )


def _make_indicator(result: IndicatorResult) -> IndicatorJson:
    indicator = result.indicator
    return IndicatorJson(
        id=indicator.id,
        kind=indicator.kind,
        outcomes=indicator.outcomes,
        rows=tuple(IndicatorRowResult(label=row.label, points=_list_points(row)) for row in result.rows),
    )


def _list_points(row: IndicatorResultRow) -> tuple[IndicatorPoint, ...]:
    return tuple(replace(point, value=round_value(point.value)) for point in (*row.points, row.overall))


def _make_observation(observation: Observation, t: Translator) -> StatisticsObservationResult:
    return StatisticsObservationResult(
        kind=observation.kind,
        weight=observation.weight,
        line=observation.line or None,
        subject=observation.subject or None,
        outcomes=observation.outcomes,
        years=observation.years,
        agencies=observation.agencies,
        text=describe_observation(observation, t),
        question=phrase_question(observation, t),
        cells=tuple(map(str, observation.refs)),
    )
