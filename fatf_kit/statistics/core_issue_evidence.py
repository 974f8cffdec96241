"""The figures and cases that support each core issue, for the report and for scoring."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.figures import Statistics


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
    filled = {line.partition("/")[0] for (line, _), value in statistics.values.items() if value.value is not None}
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
