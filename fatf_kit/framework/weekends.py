"""The days of the week on which a country does not work, with the source and how far it is confirmed.

The country's own page (`frameworks/countries/`) comes first, then Unicode CLDR by territory, then Saturday and Sunday.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from fatf_kit.framework.country_facts import has_country_page, load_country_page

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""Names of the days in settings and JSON, in the order in which `date.weekday` counts them."""

_SHORT = {day[:3]: number for number, day in enumerate(DAYS)}


class WeekendSource(StrEnum):
    """Where a weekend comes from."""

    SETTINGS = "own settings"
    COUNTRY = "country data of fatf-kit"
    CLDR = "Unicode CLDR"
    NOT_KNOWN = "country not known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weekend:
    """Days off as `date.weekday` counts them (Monday is 0). `confidence` is empty where the source states none."""

    days: frozenset[int] = frozenset({5, 6})
    source: WeekendSource = WeekendSource.NOT_KNOWN
    confidence: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the days in English, in order from Monday."""
        return tuple(DAYS[day] for day in sorted(self.days))


@cache
def find_weekend(country: str | None) -> Weekend:
    """The weekend of a country by its ISO 3166-1 alpha-3 code; Saturday and Sunday where it is not known.

    >>> weekend_of("IRQ").names, str(weekend_of("IRQ").source)
    (('friday', 'saturday'), 'country data of fatf-kit')
    >>> weekend_of("ISR").names, str(weekend_of("ISR").source), str(weekend_of("XRU").source)
    (('friday', 'saturday'), 'Unicode CLDR', 'country not known')
    """
    if country and has_country_page(country):
        found = load_country_page(country)["calendar"]["weekend"]
        days = frozenset(_SHORT[day] for day in found["days"])
        return Weekend(days=days, source=WeekendSource.COUNTRY, confidence=found["confidence"])
    return _weekend_in_cldr(country) if country else Weekend()


def _weekend_in_cldr(country: str) -> Weekend:
    from babel import Locale, UnknownLocaleError
    from babel.core import get_global

    aliases = get_global("territory_aliases")
    if country not in aliases:
        return Weekend()
    try:
        locale = Locale.parse(f"und_{aliases[country][0]}")
    except (UnknownLocaleError, ValueError):
        return Weekend()
    first, last = locale.weekend_start, locale.weekend_end
    days = frozenset(day % 7 for day in range(first, last + 1 if last >= first else last + 8))
    return Weekend(days=days, source=WeekendSource.CLDR)
