"""The reports of one jurisdiction in time: which is newest, what stands from earlier, what moved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from types import MappingProxyType

from fatf_kit.framework.page_rules import OUTCOMES
from fatf_kit.published.loader import UNITS
from fatf_kit.published.model import PublishedRating, PublishedReport, ReportKind, ReportType

_KINDS = (ReportKind.MER, ReportKind.FUR, ReportKind.SUMMARY)


def sort_by_date(reports: Iterable[PublishedReport]) -> tuple[PublishedReport, ...]:
    """The reports from oldest to newest.

    Within a month the older edition comes first, then MER, follow-up, summary. Between rows alike in all of that the
    one marked current comes last, and otherwise they keep the table's order.
    """
    return tuple(sorted(reports, key=_age))


def _age(report: PublishedReport) -> tuple[str, str, int, bool]:
    return report.date, report.edition, _KINDS.index(report.kind), report.is_current


def find_newest(reports: Iterable[PublishedReport]) -> PublishedReport:
    """The report whose ratings stand: the last one of `sort_by_date`.

    Raises:
        ValueError: there are no reports.
    """
    ordered = sort_by_date(reports)
    if not ordered:
        raise ValueError("no reports")
    return ordered[-1]


def mark_current(reports: Iterable[PublishedReport]) -> tuple[PublishedReport, ...]:
    """The same reports, exactly one of each jurisdiction marked as its newest state."""
    rows = tuple(reports)
    places: dict[str, list[int]] = {}
    for position, report in enumerate(rows):
        places.setdefault(report.place, []).append(position)
    unmarked = tuple(replace(report, is_current=False) for report in rows)
    current = {max(mine, key=lambda position: (_age(unmarked[position]), position)) for mine in places.values()}
    return tuple(replace(report, is_current=position in current) for position, report in enumerate(unmarked))


def complete_outcomes(report: PublishedReport, reports: Iterable[PublishedReport]) -> PublishedReport:
    """The report with the outcome ratings it does not give, as they stand from earlier in the same round.

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
        if earlier.report_type in (ReportType.MER, ReportType.FUAR) and all(o in earlier.ratings for o in OUTCOMES):
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
    """What moved, Recommendations first. A unit that only one of the two gives did not move.

    Across two editions the ratings are measured differently; the caller has to say so.
    """
    return tuple(
        PublishedChange(unit=unit, before=earlier.ratings[unit], after=later.ratings[unit])
        for unit in UNITS
        if unit in earlier.ratings and unit in later.ratings and earlier.ratings[unit] != later.ratings[unit]
    )
