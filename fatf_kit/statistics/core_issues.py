"""The figures and cases that support each core issue, for the report and as the facts that scoring tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fatf_kit.assessment.answers.evidence_facts import CoreIssueFacts
from fatf_kit.statistics.checks import check_statistics
from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.figures import NoFigureReason, Statistics
from fatf_kit.statistics.observations import ObservationKind, ObservationWeight


@dataclass(frozen=True, slots=True, kw_only=True)
class CoreIssueEvidence:
    """Support for one core issue: ids of tables with figures, and of cases."""

    tables: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()


def find_core_issue_evidence(statistics: Statistics, edition: str) -> Mapping[str, CoreIssueEvidence]:
    """Return the core issues of an edition that figures or cases support; others are absent.

    A table supports the core issues that it feeds as soon as one number in it is given; zero is one. A case supports
    the core issues it names, and where it names none, those of its outcome that cases can show. A case without its
    result or its lesson supports none.
    """
    definitions = load_definitions()
    known = (one.line for one in statistics.values.values() if one.value is not None)
    filled = {line.partition("/")[0] for line in known}
    whole = [case for case in statistics.cases if case.done and case.result and case.shows]
    found = {}
    for issue, shown_by in definitions.shown_by.get(edition, {}).items():
        outcome = issue.partition("/")[0]
        tables = (one for one in definitions.tables.values() if issue in one.feeds.get(edition, ()))
        evidence = CoreIssueEvidence(
            tables=tuple(table.id for table in tables if table.id in filled),
            cases=tuple(
                case.id
                for case in whole
                if issue in case.core_issues
                or (not case.core_issues and case.outcome == outcome and "cases" in shown_by)
            ),
        )
        if evidence != CoreIssueEvidence():
            found[issue] = evidence
    return found


def build_core_issue_facts(statistics: Statistics | None, edition: str) -> Mapping[str, CoreIssueFacts]:
    """Return facts about every core issue of an edition; without statistics they only name the tables asked for.

    A table is filled for a year where each of its measures has an answer in some row: a number, or "not applicable".
    The years asked are those of the workbooks. A contradiction is open where figures of a table that feeds the core
    issue cannot be right, or where two authorities count the same thing differently and their years do not explain it.
    """
    definitions = load_definitions()
    filled: set[str] = set()
    contradictions: dict[str, list[str]] = {}
    evidence: Mapping[str, CoreIssueEvidence] = {}
    if statistics is not None:
        filled = {table for table in definitions.tables if _is_filled(table, statistics)}
        for one in check_statistics(statistics):
            if one.weight is ObservationWeight.WRONG or one.kind is ObservationKind.BETWEEN:
                name = one.comparison or f"{one.kind}/{one.line}"
                for table in {line.partition("/")[0] for line in (one.line, one.other)}:
                    contradictions.setdefault(table, []).append(name)
        evidence = find_core_issue_evidence(statistics, edition)
    found = {}
    for issue, shown_by in definitions.shown_by.get(edition, {}).items():
        tables = definitions.tables.values()
        requested = tuple(one.id for one in tables if issue in one.feeds.get(edition, ()))
        named = (one for table in requested for one in contradictions.get(table, ()))
        found[issue] = CoreIssueFacts(
            tables_requested=requested,
            tables_filled=tuple(table for table in requested if table in filled),
            contradictions=tuple(dict.fromkeys(named)),
            cases=evidence[issue].cases if issue in evidence else (),
            are_cases_expected="cases" in shown_by,
        )
    return found


def _is_filled(table: str, statistics: Statistics) -> bool:
    """Return whether every measure has an answer in some row, in every year asked."""
    lines = (line.split("/") for line in statistics.requested)
    requested = {measure for name, _, measure in lines if name == table}
    wanted = {(measure, year) for measure in requested for year in statistics.years}
    own = (one for one in statistics.values.values() if one.line.partition("/")[0] == table)
    answered = {
        (one.line.rpartition("/")[2], one.year)
        for one in own
        if one.value is not None or one.none is NoFigureReason.NOT_APPLICABLE
    }
    return bool(wanted) and wanted <= answered
