"""Our own CSV form of the table: one row per report, read, and written so that a reader never meets half a file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.resources import data_folder
from fatf_kit.core.store import write_output
from fatf_kit.framework import list_editions
from fatf_kit.framework.page_rules import OUTCOMES, RECOMMENDATIONS
from fatf_kit.published.csv_rows import read_csv_rows
from fatf_kit.published.model import PublishedRating, PublishedReport, ReportType, find_scale

UNITS = RECOMMENDATIONS + OUTCOMES
COLUMNS = (
    *("jurisdiction", "iso3", "assessment_body", "report_type", "report_date", "methodology"),
    *UNITS,
    *("is_current", "report_url", "verified"),
)
"""The columns of the CSV form, in order."""

_MONTH = re.compile(r"(19|20)\d\d-(0[1-9]|1[0-2])")
_CODE = re.compile(r"[A-Z]{3}")
Place = Mapping[str, object]
"""The file and the line of a row, as facts of messages."""

_TRUTH = {"yes": True, "no": False}


@cache
def load_published() -> tuple[PublishedReport, ...]:
    """Return the bundled table, in its own order: by jurisdiction, then by date.

    Raises:
        FatfKitError: the bundled file is damaged.

    >>> len(load_published())
    707
    """
    return read_published(data_folder("frameworks") / "published" / "ratings.csv")


def read_published(path: Path) -> tuple[PublishedReport, ...]:
    """Return a table in our own CSV form, such as `published import` writes.

    A blank rating is absent from `ratings`; the text NA is the rating "not applicable".

    Raises:
        FatfKitError: the file cannot be read, lacks a column or holds a value that is not allowed; the message names
            the line. Nothing is read in part: a table of facts with holes would mislead.
    """
    rows = read_csv_rows(path, COLUMNS)
    return tuple(_report(row, {"file": path.name, "line": line}) for line, row in rows)


def _report(row: dict[str, Any], where: Place) -> PublishedReport:
    if None in row or None in row.values():
        raise FatfKitError(
            "Line {line} of {file} does not have as many cells as there are columns. Correct the row.", **where
        )
    edition = f"fatf-{row['methodology']}"
    _check(edition in list_editions(), where, "methodology", row, [e[5:] for e in list_editions()])
    _check(row["report_type"] in list(ReportType), where, "report_type", row, ReportType)
    _check(_MONTH.fullmatch(row["report_date"]), where, "report_date", row, ["2024-05"])
    _check(not row["iso3"] or _CODE.fullmatch(row["iso3"]), where, "iso3", row, ["IRQ"])
    _check(row["jurisdiction"], where, "jurisdiction", row, ["Iraq"])
    for column in ("is_current", "verified"):
        _check(row[column] in _TRUTH, where, column, row, _TRUTH)
    return PublishedReport(
        jurisdiction=row["jurisdiction"],
        iso3=row["iso3"],
        bodies=tuple(row["assessment_body"].split("/")) if row["assessment_body"] else (),
        report_type=ReportType(row["report_type"]),
        date=row["report_date"],
        edition=edition,
        ratings=MappingProxyType({unit: _rating(unit, row, where) for unit in UNITS if row[unit]}),
        is_current=_TRUTH[row["is_current"]],
        url=row["report_url"],
        verified=_TRUTH[row["verified"]],
    )


def _rating(unit: str, row: dict[str, Any], where: Place) -> PublishedRating:
    scale = find_scale(unit)
    _check(row[unit] in list(scale), where, unit, row, scale)
    return scale(row[unit])


def _check(holds: object, where: Place, column: str, row: dict[str, Any], allowed: Iterable[str]) -> None:
    if not holds:
        raise FatfKitError(
            "'{found}' in line {line} of {file}, column {column}, is not allowed. Write it like this: {names}.",
            **where,
            found=row[column][:40],
            column=column,
            names=tuple(allowed),
        )


def write_published(reports: Iterable[PublishedReport], path: str | Path) -> None:
    """Write the reports in the order given; `read_published` gives the same reports back.

    The file is written under a temporary name and then moved, so that an older file stays complete until the end.

    Raises:
        ValueError: a report was completed from another one; only what was published is a fact.
        FatfKitError: the file cannot be written.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from fatf_kit import find_report
    >>> with TemporaryDirectory() as folder:
    ...     write_published([find_report("IRQ", "MER")], Path(folder) / "ratings.csv")
    ...     (Path(folder) / "ratings.csv").read_text("utf-8").count("Iraq")
    2
    """
    rows = [make_row(report) for report in reports]
    table = io.StringIO(newline="")
    writer = csv.DictWriter(table, COLUMNS, restval="")
    writer.writeheader()
    writer.writerows(rows)
    write_output(Path(path), table.getvalue().encode(), force=True)


def make_row(report: PublishedReport) -> dict[str, str]:
    """Return a report as a row of the CSV form; a rating that is not given has no key.

    Raises:
        ValueError: the report was completed from another one.
    """
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
