"""Which core issues figures and cases stand behind, as a table for the report and one of the facts of scoring."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.figures import Statistics


@dataclass(frozen=True, slots=True, kw_only=True)
class CoreIssueEvidence:
    """What stands behind one core issue: ids of tables with figures, and of cases."""

    tables: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()


def shown_core_issues(statistics: Statistics, edition: str) -> Mapping[str, CoreIssueEvidence]:
    """Core issues of an edition that have figures or cases behind them; others are absent.

    A table stands behind the core issues that it feeds as soon as one number in it is given; zero is one. A case
    stands behind the core issues it names, and where it names none, behind those of its outcome that cases can show.
    A case that lacks its result or its lesson stands behind nothing.
    """
    definitions = load_definitions()
    shown_by = definitions.shown_by.get(edition, {})
    filled = {line.partition("/")[0] for (line, _), value in statistics.values.items() if value.value is not None}
    tables: dict[str, list[str]] = {}
    for table in definitions.tables.values():
        if table.id in filled:
            for issue in table.feeds.get(edition, ()):
                tables.setdefault(issue, []).append(table.id)
    cases: dict[str, list[str]] = {}
    for case in statistics.cases:
        if case.done and case.result and case.shows:
            fitting = [i for i, by in shown_by.items() if i.startswith(f"{case.outcome}/") and "cases" in by]
            for issue in case.core_issues or fitting:
                if issue in shown_by:
                    cases.setdefault(issue, []).append(case.id)
    return {
        issue: CoreIssueEvidence(tables=tuple(tables.get(issue, ())), cases=tuple(cases.get(issue, ())))
        for issue in shown_by
        if issue in tables or issue in cases
    }
