"""What figures and cases say about each core issue, as the facts that scoring tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fatf_kit.assessment.answers.evidence_facts import CoreIssueFacts
from fatf_kit.statistics.checks import check_statistics
from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.figures import NoFigureReason, Statistics
from fatf_kit.statistics.model import Definitions, FigureTable
from fatf_kit.statistics.observations import Observation, ObservationKind, ObservationWeight
from fatf_kit.statistics.shown import shown_core_issues


def build_core_issue_facts(statistics: Statistics | None, edition: str) -> Mapping[str, CoreIssueFacts]:
    """Facts about every core issue of an edition; without statistics they say only what is asked.

    A table is filled for a year where each of its measures has an answer in some row: a number, or "not applicable".
    The years asked are those of the workbooks. A contradiction is open where figures of a table that feeds the core
    issue cannot be right, or where two authorities count the same thing differently and their years do not explain it.
    """
    definitions = load_definitions()
    filled: frozenset[str] = frozenset()
    contradictions: dict[str, list[str]] = {}
    cases: dict[str, tuple[str, ...]] = {}
    if statistics is not None:
        filled = frozenset(table.id for table in definitions.tables.values() if _is_filled(table, statistics))
        for one in check_statistics(statistics, definitions):
            if one.weight is ObservationWeight.WRONG or one.kind is ObservationKind.BETWEEN:
                for table in _tables_of(one, definitions):
                    contradictions.setdefault(table, []).append(one.comparison or f"{one.kind}/{one.line}")
        cases = {issue: shown.cases for issue, shown in shown_core_issues(statistics, edition).items()}
    found = {}
    for issue, shown_by in definitions.shown_by.get(edition, {}).items():
        asked = tuple(table.id for table in definitions.tables.values() if issue in table.feeds.get(edition, ()))
        found[issue] = CoreIssueFacts(
            tables_asked=asked,
            tables_filled=tuple(table for table in asked if table in filled),
            contradictions=tuple(dict.fromkeys(one for table in asked for one in contradictions.get(table, ()))),
            cases=cases.get(issue, ()),
            are_cases_expected="cases" in shown_by,
        )
    return found


def _is_filled(table: FigureTable, statistics: Statistics) -> bool:
    """Whether every measure has an answer in some row, in every year asked."""
    lines = [line for line in statistics.asked if line.partition("/")[0] == table.id]
    by_measure: dict[str, list[str]] = {}
    for line in lines:
        by_measure.setdefault(line.rpartition("/")[2], []).append(line)
    return bool(lines) and all(
        any(_is_answered(statistics, line, year) for line in same)
        for same in by_measure.values()
        for year in statistics.years
    )


def _is_answered(statistics: Statistics, line: str, year: int) -> bool:
    value = statistics.values.get((line, year))
    return value is not None and (value.value is not None or value.none is NoFigureReason.NOT_APPLICABLE)


def _tables_of(one: Observation, definitions: Definitions) -> Iterator[str]:
    """The tables whose figures an observation is about."""
    for line in dict.fromkeys((one.line, one.other)):
        table = line.partition("/")[0]
        if table in definitions.tables:
            yield table
