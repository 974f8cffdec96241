"""The Methodology that a report follows, inferred where a table does not state it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from fatf_kit.published.loader import load_published
from fatf_kit.published.model import PublishedReport, ReportKind


def infer_editions(reports: Iterable[PublishedReport]) -> tuple[tuple[PublishedReport, ...], int]:
    """Return the reports with an `edition` each, and how many got the newer one by their date alone.

    A report that the bundled table has too takes its edition from there. Another MER belongs to the newer edition
    when it is dated no earlier than the first MER of that edition in the bundled table and its jurisdiction has an
    earlier MER; both together, because first-time evaluations of the older round still came out late. Follow-ups and
    summaries belong to the newest MER that is not later than they are.

    Source: fatf-kit's own; a test holds the rule against every row of the bundled table.
    """
    table = load_published()
    known = {(r.place, r.report_type, r.date): r.edition for r in table}
    older, newer = min(known.values()), max(known.values())
    start = min(r.date for r in table if r.kind is ReportKind.MER and r.edition == newer)
    rounds: dict[str, dict[str, str]] = {}
    for report in table:
        if report.kind is ReportKind.MER:
            rounds.setdefault(report.place, {})[report.date] = report.edition

    reports = tuple(reports)
    for report in sorted(reports, key=lambda r: r.date):
        if report.kind is ReportKind.MER:
            mine = rounds.setdefault(report.place, {})
            follows = report.date >= start and any(date < report.date for date in mine)
            mine[report.date] = report.edition or mine.get(report.date) or (newer if follows else older)

    done: list[PublishedReport] = []
    guessed = 0
    for report in reports:
        if not report.edition:
            mine = rounds.get(report.place, {})
            earlier = [date for date in mine if date <= report.date]
            same = known.get((report.place, report.report_type, report.date))
            edition = same or (mine[max(earlier)] if earlier else older)
            guessed += edition == newer and not same
            done.append(replace(report, edition=edition))
        else:
            done.append(report)
    return tuple(done), guessed
