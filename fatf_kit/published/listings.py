"""FATF's lists as dated facts: who is listed, since when, and up to which Plenary that is known.

A listing is a fact apart from the ratings. It changes no rating and follows from none.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from fatf_kit.core.json_files import load_value
from fatf_kit.core.resources import data_folder
from fatf_kit.published.least_developed import PlannedExit, load_least_developed
from fatf_kit.published.listings_file import Listing, ListName, read_listings
from fatf_kit.published.loader import load_published

LISTS_VARIABLE = "FATF_KIT_LISTS"
"""Name of the environment variable with the path of a country's own table, used in place of the bundled one."""


class ListingState(StrEnum):
    """The state of a jurisdiction on FATF's lists."""

    LISTED = "listed"
    REMOVED = "removed"
    NOT_LISTED = "not-listed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingStatus:
    """The known listing of one jurisdiction on a day.

    Attributes:
        iso3: ISO 3166-1 alpha-3 code.
        standing: Listed, removed after an earlier listing, or on neither list.
        listing: The listing that is in force, else the last one; None where none is on record.
        as_of: Day up to which the table is complete.
        next_plenary: Month of the first Plenary after `as_of`, "YYYY-MM". It is never included.
        passed: Months of the Plenaries that have taken place between `as_of` and the day asked for, oldest first;
            empty while the table is up to date.
        listings: Every listing on record, the earliest first.
        is_least_developed: Whether it is a least developed country by the UN's list; None where that is not known.
        planned_exit: The exit from the UN's list that was due by the day asked for; None where none was.
    """

    iso3: str
    standing: ListingState
    listing: Listing | None
    as_of: date
    next_plenary: str
    passed: tuple[str, ...]
    listings: tuple[Listing, ...]
    is_least_developed: bool | None = None
    planned_exit: PlannedExit | None = None

    @property
    def is_listed(self) -> bool:
        """Whether the jurisdiction is on a list, as far as the table knows."""
        return self.standing is ListingState.LISTED

    @property
    def is_outdated(self) -> bool:
        """Whether a Plenary has taken place that the table does not include."""
        return bool(self.passed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plenaries:
    """The months in which FATF decides on its lists, and the last day of Plenaries whose days are known."""

    months: tuple[int, ...]
    last_days: Mapping[str, date]

    def first_after(self, day: date) -> str:
        """Return the month of the first Plenary after the month of `day`, "YYYY-MM"."""
        later = [month for month in self.months if month > day.month]
        return f"{day.year}-{later[0]:02}" if later else f"{day.year + 1}-{self.months[0]:02}"

    def passed(self, after: date, on: date) -> tuple[str, ...]:
        """Return the months of the Plenaries after `after` that are over on the day `on`, oldest first."""
        found: list[str] = []
        month = self.first_after(after)
        while self._is_over(month, on):
            found.append(month)
            month = self.first_after(date.fromisoformat(f"{month}-01"))
        return tuple(found)

    def _is_over(self, month: str, on: date) -> bool:
        known = self.last_days.get(month)
        return on > known if known else f"{on:%Y-%m}" > month


def find_listing(iso3: str, on: date, table: Sequence[Listing] | None = None) -> ListingStatus | None:
    """Return the state of a jurisdiction on FATF's lists and the UN's; None for a code that no published table has.

    Args:
        iso3: ISO 3166-1 alpha-3 code.
        on: The day of the question; Plenaries before it that the table does not include are named.
        table: The table to look in; None for the one in use.

    Raises:
        FatfKitError: the table in use cannot be read.

    >>> status = find_listing("IRQ", date(2026, 9, 1))
    >>> str(status.standing), status.listing.listed_since, status.next_plenary, status.passed
    ('listed', '2026-06-19', '2026-10', ())
    """
    listings = load_listings() if table is None else tuple(table)
    mine = sorted((one for one in listings if one.iso3 == iso3), key=lambda one: one.listed_since or "")
    un_list = load_least_developed()
    if not mine and iso3 not in un_list.countries and not any(report.iso3 == iso3 for report in load_published()):
        return None
    plenaries, as_of = load_plenaries(), find_latest_day(listings)
    in_force = [one for one in mine if one.is_in_force]
    last = max(mine, key=lambda one: one.removed_on or "", default=None)
    return ListingStatus(
        iso3=iso3,
        standing=ListingState.LISTED if in_force else ListingState.REMOVED if mine else ListingState.NOT_LISTED,
        listing=in_force[-1] if in_force else last,
        as_of=as_of,
        next_plenary=plenaries.first_after(as_of),
        passed=plenaries.passed(as_of, on),
        listings=tuple(mine),
        is_least_developed=un_list.has(iso3, on),
        planned_exit=un_list.find_exit(iso3, on),
    )


def list_in_force(table: Iterable[Listing]) -> tuple[Listing, ...]:
    """Return the listings in force, call for action first, then by code."""
    in_force = (one for one in table if one.is_in_force)
    return tuple(sorted(in_force, key=lambda one: (one.list is not ListName.CALL, one.iso3)))


def find_latest_day(table: Iterable[Listing]) -> date:
    """Return the day up to which a table is complete: the newest of its rows."""
    return max(one.as_of for one in table)


def load_listings() -> tuple[Listing, ...]:
    """Return the table in use: the file that FATF_KIT_LISTS names, else the bundled one.

    Raises:
        FatfKitError: the file cannot be read or has a fault.

    >>> [(one.list, one.listed_since) for one in load_listings() if one.iso3 == "IRQ"]
    [(<ListName.INCREASED: 'increased-monitoring'>, '2026-06-19')]
    """
    own = os.environ.get(LISTS_VARIABLE, "").strip()
    return _table(Path(own) if own else data_folder("frameworks") / "published" / "lists.csv")


@cache
def _table(path: Path) -> tuple[Listing, ...]:
    return read_listings(path)


@cache
def load_plenaries() -> Plenaries:
    """Return when FATF decides on its lists.

    Raises:
        FrameworkError: the bundled file is damaged.
    """
    return load_value(data_folder("frameworks") / "published" / "plenaries.json", Plenaries, "plenaries.schema.json")
