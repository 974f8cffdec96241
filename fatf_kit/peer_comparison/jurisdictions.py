"""The jurisdictions of a comparison, one row each: report, number of better ratings, and listings by FATF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from fatf_kit.core.messages import Translator
from fatf_kit.peer_comparison.peers import PeerComparison
from fatf_kit.published.listing_status import describe_events
from fatf_kit.published.listings import ListingStatus, find_listing
from fatf_kit.published.model import PublishedReport
from fatf_kit.report.results_table import COUNT, DATE, ResultColumn, ResultsTable


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedJurisdiction:
    """The report of a jurisdiction that is compared, and its listings by FATF up to a day."""

    report: PublishedReport
    listing: ListingStatus | None

    @property
    def recommendations(self) -> int:
        """The number of Recommendations rated C or LC."""
        return self._count_good("R.")

    @property
    def outcomes(self) -> int:
        """The number of outcomes rated HE or SE."""
        return self._count_good("IO.")

    def name(self, t: Translator) -> str:
        """Return the name in the reader's language."""
        return t.country(self.report.iso3, self.report.jurisdiction)

    def describe(self, t: Translator) -> str:
        """Return when it was listed and removed."""
        return describe_events(self.listing, t)

    def _count_good(self, prefix: str) -> int:
        ratings = (rating for unit, rating in self.report.ratings.items() if unit.startswith(prefix))
        return sum((rating.rank or 0) >= 2 for rating in ratings)


def list_jurisdictions(found: PeerComparison, on: date) -> tuple[ComparedJurisdiction, ...]:
    """Return the jurisdiction that is compared, then its peers in the order of codes."""
    reports = (found.own, *map(found.state, found.peers))
    return tuple(ComparedJurisdiction(report=one, listing=find_listing(one.iso3, on)) for one in reports)


def jurisdictions_table(t: Translator) -> ResultsTable[ComparedJurisdiction]:
    """Return the table of jurisdictions, for the page and the sheet."""
    return ResultsTable[ComparedJurisdiction](
        "peer_listings",
        t("Jurisdictions compared, and FATF's lists"),
        (
            ResultColumn("jurisdiction", t("Jurisdiction"), lambda one: one.name(t), sheet=28, page=4),
            ResultColumn("type", t("Report"), lambda one: one.report.report_type, sheet=12, page=2),
            ResultColumn("date", t("Month"), lambda one: one.report.date, DATE, sheet=10, page=2),
            ResultColumn("recommendations", t("C or LC"), kind=COUNT, sheet=10, page=2),
            ResultColumn("outcomes", t("HE or SE"), kind=COUNT, sheet=10, page=2),
            ResultColumn("listings", t("On FATF's lists"), lambda one: one.describe(t), sheet=50, page=8),
        ),
    )


def list_rows(found: Iterable[ComparedJurisdiction], t: Translator) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the table that a terminal shows, headings first."""
    yield t("Jurisdiction"), t("Report"), t("C or LC"), t("HE or SE"), t("On FATF's lists")
    for one in found:
        counts = str(one.recommendations), str(one.outcomes)
        yield one.name(t), one.report.label, *counts, one.describe(t)
