"""Patterns of published ratings worldwide: the weakest units, the usual re-ratings, and how long they took."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from statistics import median

from fatf_kit.peer_comparison.peers import PeerMovement, count_good, count_movement, count_ratings
from fatf_kit.published.history import EvaluationCycle, count_months, find_changes, find_cycles, find_latest_cycles
from fatf_kit.published.loader import UNITS, load_published


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPattern:
    """One unit over all jurisdictions with a cycle under the edition.

    Attributes:
        unit: "R.15" or "IO.7".
        counts: Jurisdictions by rating in their newest state, best first, NA last.
        counts_at_mer: The same at the evaluation.
        rated: Jurisdictions with a rating on the ladder in the newest state.
        good: Of these, those at the two best levels.
        rated_at_mer: As `rated`, at the evaluation.
        good_at_mer: As `good`, at the evaluation.
        movement: From evaluation to newest state.
        upgrades: Cycles in which the unit rose above its rating at the evaluation, at any time.
        months: Median months from evaluation to the first report that shows it higher, over those upgrades only: units
            never upgraded are in no median. None where there is no upgrade.
    """

    unit: str
    counts: tuple[tuple[str, int], ...]
    counts_at_mer: tuple[tuple[str, int], ...]
    rated: int
    good: int
    rated_at_mer: int
    good_at_mer: int
    movement: PeerMovement
    upgrades: int
    months: float | None

    @property
    def share(self) -> float | None:
        """The part at the two best levels in the newest state; None where none is rated."""
        return self.good / self.rated if self.rated else None

    @property
    def share_at_mer(self) -> float | None:
        """The part at the two best levels at the evaluation; None where none was rated."""
        return self.good_at_mer / self.rated_at_mer if self.rated_at_mer else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReRatingCount:
    """The number of times a unit moved from one rating to another, from report to report within a cycle."""

    unit: str
    before: str
    after: str
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Patterns:
    """Worldwide patterns under one edition. `followed` cycles have at least one follow-up or summary."""

    edition: str
    jurisdictions: int
    cycles: int
    followed: int
    newest: str
    units: tuple[UnitPattern, ...]
    re_ratings: tuple[ReRatingCount, ...]

    def weakest(self, prefix: str) -> tuple[UnitPattern, ...]:
        """Return the units whose id begins with `prefix`, the lowest share first; unrated ones are left out."""
        mine = [unit for unit in self.units if unit.unit.startswith(prefix) and unit.rated]
        return tuple(sorted(mine, key=lambda unit: unit.good / unit.rated))


@cache
def find_patterns(edition: str) -> Patterns:
    """Count patterns over every jurisdiction of the table, under one edition; without weighing by income or size.

    >>> find_patterns("fatf-2013").weakest("IO.")[0].unit
    'IO.4'
    """
    table = load_published()
    cycles = [cycle for cycle in find_cycles(table) if cycle.first.edition == edition]
    latest = find_latest_cycles(table, edition)
    return Patterns(
        edition=edition,
        jurisdictions=len(latest),
        cycles=len(cycles),
        followed=sum(cycle.followed for cycle in cycles),
        newest=max((cycle.last.date for cycle in latest), default=""),
        units=tuple(_pattern(unit, cycles, latest) for unit in UNITS),
        re_ratings=tuple(_re_ratings(cycles)),
    )


def count_months_to_upgrade(unit: str, cycle: EvaluationCycle) -> int | None:
    """Return the months from the evaluation to the first report that rates a unit higher; None where none does."""
    start = cycle.first.ratings.get(unit)
    if start is None or start.rank is None:
        return None
    for report in cycle.reports[1:]:
        rating = report.ratings.get(unit)
        if rating is not None and rating.rank is not None and rating.rank > start.rank:
            return count_months(cycle.first.date, report.date)
    return None


def _pattern(unit: str, cycles: Iterable[EvaluationCycle], latest: Iterable[EvaluationCycle]) -> UnitPattern:
    now = count_ratings(unit, (cycle.last for cycle in latest))
    then = count_ratings(unit, (cycle.first for cycle in latest))
    waits = [months for cycle in cycles if (months := count_months_to_upgrade(unit, cycle)) is not None]
    (good, rated), (good_then, rated_then) = count_good(now), count_good(then)
    return UnitPattern(
        unit=unit,
        counts=now,
        counts_at_mer=then,
        rated=rated,
        good=good,
        rated_at_mer=rated_then,
        good_at_mer=good_then,
        movement=count_movement(unit, latest),
        upgrades=len(waits),
        months=float(median(waits)) if waits else None,
    )


def _re_ratings(cycles: Iterable[EvaluationCycle]) -> Iterator[ReRatingCount]:
    """Yield re-ratings, the most frequent first, then in the order of units."""
    found: Counter[tuple[str, str, str]] = Counter()
    for cycle in cycles:
        for earlier, later in zip(cycle.reports, cycle.reports[1:], strict=False):
            for change in find_changes(earlier, later):
                found[change.unit, str(change.before), str(change.after)] += 1
    order = sorted(found.items(), key=lambda entry: (-entry[1], UNITS.index(entry[0][0]), entry[0]))
    for (unit, before, after), times in order:
        yield ReRatingCount(unit=unit, before=before, after=after, times=times)
