"""Several countries next to each other: the state of each, and what their gaps have in common. Pure counts.

A state has no answer, explanation or agency of its country. What countries have in common is counted without names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from fatf_kit.evaluation_calendar.timetable import Actor
from fatf_kit.outlook.model import LevelCounts, Outlook
from fatf_kit.published.listings import ListingStatus

HORIZON = 180
"""For how many days from today dates are listed; visits and meetings are listed without a limit."""

SHARED = 2
"""The least number of countries that have something in common."""


class Basis(StrEnum):
    """The source of a country's ratings."""

    ANSWERS = "own answers"
    PUBLISHED = "published ratings"


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewDate:
    """A day of one country: the step, a message, who acts, and in how many days it comes.

    `until` is the last day of a step with a span.
    """

    country: str
    day: date
    what: str
    by: Actor
    days: int
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanState:
    """The items of one kind of plan in the next cycle.

    Attributes:
        kind: The id of the kind of plan.
        name: Its name, a message.
        cycle: The month of the Plenary, "YYYY-MM".
        total: How many items it has, sub-items not counted.
        claimed: How many items have each status as the country claims; "" counts those without.
        unproven: How many are claimed without evidence.
        decided: The same as decided by the Plenaries.
        done: How many are decided as done.
        overdue: How many have a deadline before this cycle and are not decided as done.
        is_visit: Whether the visit before removal is in this cycle.
    """

    kind: str
    name: str
    cycle: str
    total: int
    claimed: Mapping[str, int]
    decided: Mapping[str, int]
    done: int
    overdue: int
    is_visit: bool
    unproven: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LateCounts:
    """How many workbooks, bills, actions of the own plan and items of plans are overdue.

    `actions` is None where the country has no plan of its own.
    """

    workbooks: int
    bills: int
    actions: int | None
    items: int

    @property
    def total(self) -> int:
        """All that is overdue."""
        return self.workbooks + self.bills + (self.actions or 0) + self.items


@dataclass(frozen=True, slots=True, kw_only=True)
class GapSets:
    """The Recommendations and core issues of one country that can have a gap, and those that have one.

    From answers, a Recommendation with an answer can have a gap, and has one where a criterion falls short. From
    published ratings, NC and PC, LE and ME count as gaps. `causes` are the shortcomings of each root cause.
    """

    edition: str
    basis: Basis
    looked_at: frozenset[str]
    gaps: frozenset[str]
    causes: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenNeed:
    """One need of assistance whose money is still to be found or agreed: its kind and partner, and nothing else.

    `kind` is an id, empty where it is open; `partner` is the name as the country typed it, empty without one.
    """

    kind: str
    partner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedNeeds:
    """The open needs of all countries of one kind, or with one partner: `name` is the id of the kind, or the partner.

    `unmatched` are those without a partner.
    """

    name: str
    countries: int
    needs: int
    unmatched: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryState:
    """One country on a day.

    `problem` says what of its folder could not be read; where that is all of it, everything else is empty. Rows of
    published ratings have no answers, dates, plans or late items: `requested` is 0 and `late` None.
    """

    name: str
    iso3: str = ""
    basis: Basis = Basis.ANSWERS
    problem: str = ""
    notice: str = ""
    edition: str = ""
    report: str = ""
    visit: tuple[date, date] | None = None
    requested: int = 0
    answered: int = 0
    agencies: int = 0
    standing: tuple[LevelCounts, LevelCounts] | None = None
    outlook: Outlook | None = None
    listing: ListingStatus | None = None
    plans: tuple[PlanState, ...] = ()
    late: LateCounts | None = None
    dates: tuple[OverviewDate, ...] = ()
    missions: tuple[OverviewDate, ...] = ()
    gaps: GapSets | None = None
    needs: tuple[OpenNeed, ...] = ()

    @property
    def share(self) -> float | None:
        """The part of the requirements that is answered; None where nothing is known of answers."""
        return self.answered / self.requested if self.requested else None

    @property
    def is_read(self) -> bool:
        """Whether anything is known of it."""
        return bool(self.edition)

    @property
    def next_date(self) -> OverviewDate | None:
        """The next date of its calendar; None where there is none."""
        return self.dates[0] if self.dates else None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommonGap:
    """A Recommendation, outcome or core issue with a gap in most of the countries that are looked at."""

    id: str
    edition: str
    basis: Basis
    countries: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CommonCause:
    """A root cause that several countries have, with the number of shortcomings in all of them."""

    id: str
    countries: int
    shortcomings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Several countries on a day, in the order in which they were named, with texts in one language."""

    today: date
    language: str
    countries: tuple[CountryState, ...]

    @property
    def dates(self) -> tuple[OverviewDate, ...]:
        """The dates of all countries in the next half-year, in order of time."""
        coming = _merge(one.dates for one in self.countries)
        return tuple(one for one in coming if one.days <= HORIZON)

    @property
    def missions(self) -> tuple[OverviewDate, ...]:
        """The coming visits and meetings of all countries, in order of time."""
        return _merge(one.missions for one in self.countries)

    def find_common_gaps(self) -> tuple[CommonGap, ...]:
        """Return the units and core issues with a gap in most countries, the most frequent first.

        Counted within one edition and one basis, over the countries that can have the gap. At least two have it.
        """
        looked_at: Counter[tuple[str, Basis, str]] = Counter()
        found: Counter[tuple[str, Basis, str]] = Counter()
        for one in _list_gap_sets(self.countries):
            looked_at.update((one.edition, one.basis, name) for name in one.looked_at)
            found.update((one.edition, one.basis, name) for name in one.gaps)
        common = []
        for key, count in found.items():
            (edition, basis, name), of = key, looked_at[key]
            if count >= SHARED and 2 * count > of:
                common.append(CommonGap(id=name, edition=edition, basis=basis, countries=count, of=of))
        common.sort(key=lambda one: (-one.countries, -one.countries / one.of, _order(one.id)))
        return tuple(common)

    def find_common_causes(self) -> tuple[CommonCause, ...]:
        """Return the root causes of at least two countries, the most frequent first."""
        countries: Counter[str] = Counter()
        shortcomings: Counter[str] = Counter()
        for one in _list_gap_sets(self.countries):
            countries.update(one.causes.keys())
            shortcomings.update(one.causes)
        common = (
            CommonCause(id=name, countries=count, shortcomings=shortcomings[name])
            for name, count in countries.items()
            if count >= SHARED
        )
        return tuple(sorted(common, key=lambda one: (-one.countries, -one.shortcomings, one.id)))

    def count_needs_by_kind(self) -> tuple[SharedNeeds, ...]:
        """Return the open needs of all countries by kind of assistance, the most frequent first."""
        return self._count_needs(lambda one: one.kind)

    def count_needs_by_partner(self) -> tuple[SharedNeeds, ...]:
        """Return the open needs of all countries by partner, without those that have none."""
        return tuple(one for one in self._count_needs(lambda one: one.partner) if one.name)

    def _count_needs(self, name_of: Callable[[OpenNeed], str]) -> tuple[SharedNeeds, ...]:
        found: dict[str, list[tuple[int, OpenNeed]]] = {}
        for at, country in enumerate(self.countries):
            for one in country.needs:
                found.setdefault(name_of(one), []).append((at, one))
        counted = (
            SharedNeeds(
                name=name,
                countries=len({at for at, _ in some}),
                needs=len(some),
                unmatched=sum(not one.partner for _, one in some),
            )
            for name, some in found.items()
        )
        return tuple(sorted(counted, key=lambda one: (-one.needs, -one.countries, one.name)))


def _list_gap_sets(countries: Sequence[CountryState]) -> list[GapSets]:
    return [one.gaps for one in countries if one.gaps is not None]


def _order(name: str) -> tuple[bool, list[int], str]:
    """Return the place of a unit or core issue: Recommendations first, then by number."""
    numbers = [int(part) for part in name.replace("/", ".").split(".") if part.isdigit()]
    return not name.startswith("R."), numbers, name


def _merge(dates: Iterable[tuple[OverviewDate, ...]]) -> tuple[OverviewDate, ...]:
    merged = (one for some in dates for one in some)
    return tuple(sorted(merged, key=lambda one: (one.day, one.country, one.what)))
