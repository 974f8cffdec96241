"""The least developed countries by the list of the UN, as a dated fact about a country.

FATF treats them in another way after a referral to the ICRG. The list and its source are data
(frameworks/published/least-developed.json).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property

from fatf_kit.core.json_files import load_value
from fatf_kit.core.resources import data_folder


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedExit:
    """The day on which a country was to leave the list, when the list was made."""

    iso3: str
    on: date
    source: str
    confidence: str


@dataclass(frozen=True, kw_only=True)
class LeastDeveloped:
    """The list on a day: ISO 3166-1 alpha-3 codes, and the countries that were to leave it."""

    as_of: date
    source: str
    confidence: str
    countries: frozenset[str]
    leaving: tuple[PlannedExit, ...]

    @cached_property
    def exits(self) -> Mapping[str, PlannedExit]:
        """The planned exits by country."""
        return {planned.iso3: planned for planned in self.leaving}

    def find_exit(self, iso3: str, on: date) -> PlannedExit | None:
        """Return the planned exit of a country that was due by a day; None where there is none."""
        planned = self.exits.get(iso3)
        return planned if planned and planned.on <= on else None

    def has(self, iso3: str, on: date) -> bool | None:
        """Return whether a country is on the list on a day; None where its exit was due by then, and is not recorded.

        >>> un_list = load_least_developed()
        >>> un_list.has("YEM", date(2026, 12, 1)), un_list.has("IRQ", date(2026, 12, 1))
        (True, False)
        >>> un_list.has("LAO", date(2026, 11, 23)), un_list.has("LAO", date(2026, 12, 1))
        (True, None)
        """
        if iso3 not in self.countries:
            return False
        return None if self.find_exit(iso3, on) else True


@cache
def load_least_developed() -> LeastDeveloped:
    """Return the list of the UN.

    Raises:
        FrameworkError: the bundled file is damaged.

    >>> len(load_least_developed().countries), load_least_developed().as_of
    (44, datetime.date(2024, 12, 13))
    """
    path = data_folder("frameworks") / "published" / "least-developed.json"
    page = load_value(path, dict, "least-developed.schema.json")
    leaving = (PlannedExit(**{**planned, "on": date.fromisoformat(planned["on"])}) for planned in page["leaving"])
    return LeastDeveloped(
        as_of=date.fromisoformat(page["as_of"]),
        source=page["source"],
        confidence=page["confidence"],
        countries=frozenset(page["countries"]),
        leaving=tuple(leaving),
    )
