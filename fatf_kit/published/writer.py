"""The table in our own CSV form, written so that a reader never meets half a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from fatf_kit.core.files import write_file
from fatf_kit.published.loader import COLUMNS
from fatf_kit.published.model import PublishedReport


def write_published(reports: Iterable[PublishedReport], path: Path) -> None:
    """Write the reports in the order given; `read_published` gives the same reports back.

    The file is written under a temporary name and then moved, so that an older file stays complete until the end.

    Raises:
        ValueError: a report was completed from another one; only what was published is a fact.
        FatfKitError: the file cannot be written.
    """
    rows = [_row(report) for report in reports]
    table = io.StringIO(newline="")
    writer = csv.DictWriter(table, COLUMNS, restval="")
    writer.writeheader()
    writer.writerows(rows)
    write_file(path, table.getvalue().encode())


def _row(report: PublishedReport) -> dict[str, str]:
    if report.completed_from:
        raise ValueError(
            f"{report.label} of {report.place} was completed from {report.completed_from}; write it as published."
        )
    return {
        "jurisdiction": report.jurisdiction,
        "iso3": report.iso3,
        "assessment_body": "/".join(report.bodies),
        "report_type": report.report_type,
        "report_date": report.date,
        "methodology": report.edition.removeprefix("fatf-"),
        **report.ratings,
        "is_current": "yes" if report.is_current else "no",
        "report_url": report.url,
        "verified": "yes" if report.verified else "no",
    }
