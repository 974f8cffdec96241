"""One row of the published table: a report and the ratings that stood when it came out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePosixPath

from fatf_kit.core.ratings import ComplianceRating, EffectivenessRating

PublishedRating = ComplianceRating | EffectivenessRating
"""Technical compliance for "R.1" to "R.40", effectiveness for "IO.1" to "IO.11"."""

PUBLISHED_SCHEMA = "fatf-kit/published/1"
"""The schema of the JSON of a report on published ratings."""


CONSOLIDATED = "consolidated ratings"
"""The source of a row that names no report: FATF's page "Consolidated assessment ratings"."""


class ReportKind(StrEnum):
    """The kind of a row: an evaluation, one follow-up to it, or the state after all of them."""

    MER = "MER"
    FUR = "FUR"
    SUMMARY = "SUMMARY"


class ReportType(StrEnum):
    """The type of a report as FATF writes it.

    A FUAR is a follow-up assessment: the one kind of follow-up that rates outcomes anew. Summaries are no reports
    of their own; they add the follow-ups of a round up.

    >>> ReportType("FUAR").kind
    <ReportKind.FUR: 'FUR'>
    """

    MER = "MER"
    FUR = "FUR"
    FUAR = "FUAR"
    SUMMARY = "MER+FUR(s)"
    SUMMARY_WITH_FUAR = "MER+FUR(s)+FUAR"

    @property
    def kind(self) -> ReportKind:
        """The kind that the type belongs to."""
        return _KIND[self]


_KIND = {
    ReportType.MER: ReportKind.MER,
    ReportType.FUR: ReportKind.FUR,
    ReportType.FUAR: ReportKind.FUR,
    ReportType.SUMMARY: ReportKind.SUMMARY,
    ReportType.SUMMARY_WITH_FUAR: ReportKind.SUMMARY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedReport:
    """One published report, or one summary of several.

    Attributes:
        jurisdiction: Name as FATF writes it.
        iso3: ISO 3166-1 alpha-3 code; "" where the name could not be matched on import.
        bodies: Who assessed or followed up ("FATF", "APG"), in the order given; empty where not given.
        report_type: MER, FUR, FUAR or a summary; `kind` puts it into one of three.
        date: Month of publication as "YYYY-MM", so that text order is time order.
        edition: Methodology behind the ratings, "fatf-2013" or "fatf-2022".
        ratings: By unit, "R.1" … "R.40" and "IO.1" … "IO.11". A unit that is absent was not given in that report;
            the rating NA is given and means "not applicable".
        is_current: The table says that this row is its jurisdiction's newest state.
        url: Address of the report; "" where none is known.
        verified: The table says that the row was checked; see frameworks/published/README.md.
        completed_from: None for a row as published. Otherwise the earlier report, like "MER 2018-12", whose outcome
            ratings were filled in by `complete_outcomes`.
    """

    jurisdiction: str
    iso3: str
    bodies: tuple[str, ...]
    report_type: ReportType
    date: str
    edition: str
    ratings: Mapping[str, PublishedRating] = field(hash=False)
    is_current: bool
    url: str = ""
    verified: bool = False
    completed_from: str | None = None

    @property
    def kind(self) -> ReportKind:
        """MER, FUR or SUMMARY."""
        return self.report_type.kind

    @property
    def place(self) -> str:
        """The key that all reports of one jurisdiction share: its code, or its name where it has none."""
        return self.iso3 or self.jurisdiction

    @property
    def source(self) -> str:
        """The source of the row: the page of the report that it names, else FATF's consolidated table alone.

        With code, type, month and edition it tells all bundled rows apart. The Isle of Man and Moldova each have two
        summaries of one month that differ in one rating.
        """
        return PurePosixPath(self.url).stem.casefold() if self.url else CONSOLIDATED

    @property
    def label(self) -> str:
        """Type and month, like "MER 2024-05"."""
        return f"{self.report_type} {self.date}"


def find_scale(unit: str) -> type[ComplianceRating | EffectivenessRating]:
    """Return the scale a unit is rated on.

    >>> find_scale("IO.3").__name__
    'EffectivenessRating'
    """
    return EffectivenessRating if unit.startswith("IO.") else ComplianceRating
