"""An evaluation and what followed it, under one edition: the only stretch in which ratings may be chained."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fatf_kit.published.history import complete_outcomes, sort_by_date
from fatf_kit.published.model import PublishedReport, ReportKind


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationCycle:
    """One mutual evaluation of a jurisdiction and its follow-ups, oldest first, all under one edition.

    Outcomes that a follow-up does not rate are completed from the evaluation, see `complete_outcomes`. Never empty.
    """

    reports: tuple[PublishedReport, ...]

    @property
    def first(self) -> PublishedReport:
        """The evaluation."""
        return self.reports[0]

    @property
    def last(self) -> PublishedReport:
        """The newest state of the cycle; the evaluation itself where nothing followed."""
        return self.reports[-1]

    @property
    def followed(self) -> bool:
        """Whether any follow-up or summary came after the evaluation."""
        return len(self.reports) > 1


def find_cycles(reports: Iterable[PublishedReport]) -> tuple[EvaluationCycle, ...]:
    """Every cycle of every jurisdiction among the reports, by jurisdiction, then edition, then date.

    A second evaluation under the same edition opens a new cycle. Rows before the first evaluation of an edition are
    left out, because there is nothing to measure them from.

    >>> from fatf_kit.published.catalog import find_reports
    >>> [cycle.first.label for cycle in find_cycles(find_reports("Malaysia"))]
    ['MER 2015-09', 'MER 2025-12']
    """
    rows: dict[tuple[str, str], list[PublishedReport]] = {}
    for report in sort_by_date(reports):
        rows.setdefault((report.place, report.edition), []).append(report)
    cycles: list[EvaluationCycle] = []
    for key in sorted(rows):
        opened: list[list[PublishedReport]] = []
        for report in rows[key]:
            if report.kind is ReportKind.MER:
                opened.append([])
            if opened:
                opened[-1].append(complete_outcomes(report, rows[key]))
        cycles += (EvaluationCycle(reports=tuple(mine)) for mine in opened)
    return tuple(cycles)


def find_latest_cycles(reports: Iterable[PublishedReport], edition: str) -> tuple[EvaluationCycle, ...]:
    """The newest cycle under one edition of every jurisdiction that has one."""
    newest = {cycle.first.place: cycle for cycle in find_cycles(reports) if cycle.first.edition == edition}
    return tuple(newest.values())


def count_months(earlier: str, later: str) -> int:
    """Whole months from one month to another, both as "YYYY-MM".

    >>> months_between("2018-12", "2020-01")
    13
    """
    (year, month), (to_year, to_month) = (map(int, text.split("-")) for text in (earlier, later))
    return (to_year - year) * 12 + to_month - month
