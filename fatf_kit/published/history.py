"""The reports of one jurisdiction in time: which is newest, what stands from earlier, what moved.

A cycle is an evaluation and what followed it under one edition: the only stretch in which ratings may be chained.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from types import MappingProxyType

from fatf_kit.framework.page_rules import OUTCOMES
from fatf_kit.published.loader import UNITS
from fatf_kit.published.model import PublishedRating, PublishedReport, ReportKind, ReportType

_KINDS = (ReportKind.MER, ReportKind.FUR, ReportKind.SUMMARY)


def sort_by_date(reports: Iterable[PublishedReport]) -> tuple[PublishedReport, ...]:
    """Return the reports from oldest to newest.

    Within a month the older edition comes first, then MER, follow-up, summary. Between rows alike in all of that the
    one marked current comes last, and otherwise they keep the table's order.
    """
    return tuple(sorted(reports, key=_age))


def _age(report: PublishedReport) -> tuple[str, str, int, bool]:
    return report.date, report.edition, _KINDS.index(report.kind), report.is_current


def find_newest(reports: Iterable[PublishedReport]) -> PublishedReport:
    """Return the report whose ratings stand: the last one of `sort_by_date`.

    Raises:
        ValueError: there are no reports.
    """
    ordered = sort_by_date(reports)
    if not ordered:
        raise ValueError("no reports")
    return ordered[-1]


def mark_current(reports: Iterable[PublishedReport]) -> tuple[PublishedReport, ...]:
    """Return the same reports, exactly one of each jurisdiction marked as its newest state."""
    rows = tuple(reports)
    places: dict[str, list[int]] = {}
    for position, report in enumerate(rows):
        places.setdefault(report.place, []).append(position)
    unmarked = tuple(replace(report, is_current=False) for report in rows)
    current = {max(mine, key=lambda position: (_age(unmarked[position]), position)) for mine in places.values()}
    return tuple(replace(report, is_current=position in current) for position, report in enumerate(unmarked))


def complete_outcomes(report: PublishedReport, reports: Iterable[PublishedReport]) -> PublishedReport:
    """Return the report with the outcome ratings it does not give, as they stand from earlier in the same round.

    A follow-up report looks at technical compliance only, so effectiveness stays as the evaluation rated it. The
    missing outcomes are taken from the newest MER of the same edition that is not later than the report, or from a
    follow-up assessment (FUAR) after that MER, because it rates outcomes anew. `completed_from` names the source. A
    report that lacks nothing, a MER, and a report without such a source come back unchanged.

    `reports` may hold other jurisdictions too; they are left aside.
    """
    missing = [outcome for outcome in OUTCOMES if outcome not in report.ratings]
    if not missing or report.kind is ReportKind.MER:
        return report
    for earlier in reversed(sort_by_date(reports)):
        if earlier.place != report.place or earlier.edition != report.edition or earlier.date > report.date:
            continue
        is_whole = all(outcome in earlier.ratings for outcome in OUTCOMES)
        if is_whole and earlier.report_type in (ReportType.MER, ReportType.FUAR):
            ratings = {**report.ratings, **{outcome: earlier.ratings[outcome] for outcome in missing}}
            return replace(report, ratings=MappingProxyType(ratings), completed_from=earlier.label)
        if earlier.kind is ReportKind.MER:
            break  # before it lies another round
    return report


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedChange:
    """A rating that moved between two reports."""

    unit: str
    before: PublishedRating
    after: PublishedRating


def find_changes(earlier: PublishedReport, later: PublishedReport) -> tuple[PublishedChange, ...]:
    """Return the ratings that moved, Recommendations first. A unit that only one of the two gives did not move.

    Across two editions the ratings are measured differently; the caller has to say so.
    """
    return tuple(
        PublishedChange(unit=unit, before=earlier.ratings[unit], after=later.ratings[unit])
        for unit in UNITS
        if unit in earlier.ratings and unit in later.ratings and earlier.ratings[unit] != later.ratings[unit]
    )


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
    """Return every cycle of every jurisdiction among the reports, by jurisdiction, then edition, then date.

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
    """Return the newest cycle under one edition of every jurisdiction that has one."""
    newest = {cycle.first.place: cycle for cycle in find_cycles(reports) if cycle.first.edition == edition}
    return tuple(newest.values())


def count_months(earlier: str, later: str) -> int:
    """Return whole months from one month to another, both as "YYYY-MM".

    >>> count_months("2018-12", "2020-01")
    13
    """
    (year, month), (to_year, to_month) = (map(int, text.split("-")) for text in (earlier, later))
    return (to_year - year) * 12 + to_month - month
