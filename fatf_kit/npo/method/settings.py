"""A country's own choices: places of raised risk with their dates, thresholds, national factors, fold, overrides.

Source: fatf-kit's own, frameworks/schema/npo-settings.schema.json.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from fatf_kit.core.problems import Problem
from fatf_kit.npo.model import Decision, NationalFactor, Override
from fatf_kit.npo.survey import Survey


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPlace:
    """A country or area on the list, its level 3 to 5, its source, and the days from and to which it is on the list."""

    name: str
    level: int
    source: str = ""
    since: date | None = None
    until: date | None = None

    def holds(self, on: date) -> bool:
        """Return whether it is on the list on a day."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryChoices:
    """The words of the mapping about the country. A list is None where it is missing or is not checked.

    `unchecked` has the places of each list that is not checked, by the name of its table: they are not used.
    """

    countries: tuple[ListedPlace, ...] | None = None
    areas: tuple[ListedPlace, ...] | None = None
    national: tuple[NationalFactor, ...] = ()
    unchecked: Mapping[str, tuple[ListedPlace, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedTotal:
    """A stated total, and the parts that should add up to it; without parts it is compared with the register."""

    what: str
    stated: int
    parts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The choices; every one has a default, so that an empty file is a valid one.

    `countries` and `areas` are None where the country has given no list: then nothing is known of such places, which
    is not the same as an empty list. `segment_factors` maps a factor to regions and their levels. `problems` are what
    could not be used of the sheet of national factors. `stated` is what the mapping states for the whole register:
    fact, value and reason.
    """

    home_country: str | None = None
    currency: str = ""
    fold: str | None = None
    minimum_income: float | None = None
    status: Mapping[str, str] = field(default_factory=dict)
    public_bodies: str | None = None
    excluded_legal_forms: tuple[str, ...] = ()
    countries: tuple[ListedPlace, ...] | None = None
    areas: tuple[ListedPlace, ...] | None = None
    segment_factors: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    national: tuple[NationalFactor, ...] = ()
    overrides: tuple[Override, ...] = ()
    decision: Decision | None = None
    stated_totals: tuple[StatedTotal, ...] = ()
    surveys: tuple[Survey, ...] = ()
    notices: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    stated: tuple[tuple[str, str, str], ...] = ()

    def levels_of(self, kind: Literal["countries", "areas"], on: date) -> dict[str, int] | None:
        """Return the levels of the countries or areas on a day, the highest of each; None where there is no list."""
        places: tuple[ListedPlace, ...] | None = getattr(self, kind)
        if places is None:
            return None
        found: dict[str, int] = {}
        for place in places:
            if place.holds(on):
                found[place.name] = max(place.level, found.get(place.name, place.level))
        return found

    def places_not_in(self, met: Collection[str], on: date) -> list[str]:
        """Return areas and regions that no row names: a slip of spelling would pass for a place without threat."""
        named = [*(self.levels_of("areas", on) or {})]
        named += [region for values in self.segment_factors.values() for region in values]
        return [place for place in dict.fromkeys(named) if place not in met]
