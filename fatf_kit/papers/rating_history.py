"""The picture of a jurisdiction's ratings from report to report, with its listings by FATF."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from fatf_kit.core.messages import Translator
from fatf_kit.framework.page_rules import RECOMMENDATIONS
from fatf_kit.published.history import sort_by_date
from fatf_kit.published.listing_status import list_events
from fatf_kit.published.listings import ListingStatus
from fatf_kit.published.model import PublishedReport, ReportKind
from fatf_kit.report.charts.timeline import MARK
from fatf_kit.report.model import Chart, ChartKind, Series

_CODES = ("C", "LC", "PC", "NC", "NA")


def build_history_chart(
    reports: Sequence[PublishedReport], listing: ListingStatus | None, t: Translator
) -> Chart | None:
    """Return how many Recommendations have each rating in each report, with marks for listing and removal.

    A summary is a column only where no report has its date. None where there is neither a second report nor a mark.
    """
    shown = _choose(reports)
    events = list_events(listing, t)
    if len(shown) + len(events) < 2 or not shown:
        return None
    editions = {report.edition for report in shown}
    columns = [_make_column(report, len(editions) > 1, t) for report in shown]
    marks = [Series(label=event.text, values=(), marks=(event.day,), group=MARK) for event in events]
    texts = []
    for column in columns:
        counts = zip(_CODES, column.values, strict=True)
        text = t.listed(f"{int(number or 0)} {code}" for code, number in counts)
        texts.append(t("{name}: {text}", name=column.label, text=text))
    return Chart(
        id="rating-history",
        kind=ChartKind.HISTORY,
        title=t("Recommendations by rating in each report, and FATF's lists"),
        alt=t.points((*texts, *(event.text for event in events))),
        keys=_CODES,
        codes=_CODES,
        series=(*columns, *marks),
    )


def _choose(reports: Sequence[PublishedReport]) -> list[PublishedReport]:
    """Return the reports in order of time, without summaries of a month that a report has too."""
    dates = {report.date for report in reports if report.kind is not ReportKind.SUMMARY}
    ordered = [r for r in sort_by_date(reports) if r.kind is not ReportKind.SUMMARY or r.date not in dates]
    last_summaries = {r.date: r for r in ordered if r.kind is ReportKind.SUMMARY}
    return [r for r in ordered if r.kind is not ReportKind.SUMMARY or last_summaries[r.date] is r]


def _make_column(report: PublishedReport, with_edition: bool, t: Translator) -> Series:
    found = Counter(str(report.ratings[unit]) for unit in RECOMMENDATIONS if unit in report.ratings)
    kind = t("State") if report.kind is ReportKind.SUMMARY else str(report.report_type)
    label = f"{kind} {t.month(report.date)}"
    if with_edition:
        year = report.edition.rpartition("-")[2]
        label = f"{label} ({year})"
    return Series(label=label, values=tuple(found[code] for code in _CODES), marks=(report.date,))
