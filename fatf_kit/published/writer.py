"""The table in our own CSV form, written so that a reader never meets half a file."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable
from pathlib import Path

from fatf_kit.errors import FatfKitError
from fatf_kit.published.loader import COLUMNS
from fatf_kit.published.model import PublishedReport


def write_published(reports: Iterable[PublishedReport], path: Path) -> None:
    """Write the reports in the order given; `read_published` gives the same reports back.

    The file is written beside its final name and moved there, so that an older one stays whole until the end.

    Raises:
        ValueError: a report was completed from another one; only what was published is a fact.
        FatfKitError: the file cannot be written.
    """
    rows = [_row(report) for report in reports]
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with draft.open("w", encoding="utf-8", newline="") as lines:
            table = csv.DictWriter(lines, COLUMNS, restval="")
            table.writeheader()
            table.writerows(rows)
        os.replace(draft, path)
    except OSError as fault:
        draft.unlink(missing_ok=True)
        raise FatfKitError(
            f"{path} cannot be written: {fault.strerror}. Check the folder and that the file is closed."
        ) from fault


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
