"""The smallest sets of clauses that reach a target: exact, all counted, the first one listed.

Clauses that change no common Recommendation are independent. The sets of each group of dependent clauses are listed by
size, and the groups are joined by what they add to the counts of the thresholds, so no set of the whole is listed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations

from fatf_kit.core.errors import FatfKitError, UnknownIdError
from fatf_kit.core.ratings import ComplianceRating
from fatf_kit.framework.catalog import find_unit, get_unit_id
from fatf_kit.framework.model import Framework, Recommendation
from fatf_kit.framework.page_rules import RECOMMENDATIONS
from fatf_kit.laws.bills import Clause, ClauseSets, Scenario, UnitRating
from fatf_kit.laws.model import ClauseEffect
from fatf_kit.outlook.model import Line, Rating, Rules, Target
from fatf_kit.scoring.span import RangeEnd, Span

MOST_SETS = 6_000
"""Sets that are rated before the search stops."""

Vector = tuple[int, ...]
"""The number of units in each count of a target."""

Rate = Callable[[str, Iterable[ClauseEffect]], UnitRating]
"""Returns the rating of a Recommendation with some effects."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseTarget:
    """A target as it was typed: thresholds none of which may be met, or a rating that one Recommendation reaches."""

    text: str
    lines: tuple[Line, ...] = ()
    unit: str = ""
    rating: ComplianceRating | None = None

    def count(self, unit: str, rating: Rating) -> Vector:
        """Return what the rating of a unit adds to each count."""
        if self.rating is not None:
            rank = rating.rank
            is_reached = rank is None or rank >= (self.rating.rank or 0)
            return (int(unit == self.unit and is_reached),)
        return tuple(int(unit in one.units and rating in one.ratings) for line in self.lines for one in line.counts)

    def is_reached(self, counts: Vector) -> bool:
        """Return whether the counts of all units reach the target."""
        if self.rating is not None:
            return counts == (1,)
        place = 0
        for line in self.lines:
            own = counts[place : place + len(line.counts)]
            if all(value >= one.at_least for value, one in zip(own, line.counts, strict=True)):
                return False
            place += len(own)
        return True

    def concerns(self, unit: str) -> bool:
        """Return whether the rating of a unit matters for it."""
        return unit == self.unit or any(unit in one.units for line in self.lines for one in line.counts)


def read_target(text: str, framework: Framework, rules: Rules) -> ClauseTarget:
    """Return the target typed as "regular", "leave-icrg", or a Recommendation with its rating, like "R.24=LC".

    Raises:
        UnknownIdError: no such target, unit or rating.
        FatfKitError: the unit is an outcome, whose level no law changes by itself.
    """
    if text in list(Target):
        return ClauseTarget(text=text, lines=tuple(one for one in rules.lines if one.kind in Target(text).kinds))
    name, sign, wanted = (part.strip() for part in text.partition("="))
    reachable = [str(one) for one in ComplianceRating if one not in (ComplianceRating.NC, ComplianceRating.NA)]
    if not sign or wanted.upper() not in reachable:
        raise UnknownIdError(
            "'{found}' is not a target. Allowed: {names}, or a Recommendation with {ratings}, like R.24=LC.",
            found=text,
            names=tuple(Target),
            ratings=tuple(reachable),
        )
    unit = find_unit(framework, name)
    if not isinstance(unit, Recommendation):
        raise FatfKitError("{unit} is an outcome. A law alone changes no outcome; name a Recommendation.", unit=unit.id)
    rating = ComplianceRating(wanted.upper())
    return ClauseTarget(text=f"{unit.id}={rating}", unit=unit.id, rating=rating)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sets:
    """The smallest sets that lead to certain counts: their size, their number, and the first by number of clause."""

    size: int
    ways: int
    first: tuple[int, ...]


def find_smallest_clause_sets(
    rate: Rate, start: Scenario, whole: Scenario, clauses: Sequence[Clause], target: ClauseTarget
) -> Span[ClauseSets]:
    """Return the smallest sets of clauses that reach a target, from both ends of the ratings.

    `start` is without any of the clauses, `whole` with all of them. At the worst end nothing that is open is shown, at
    the best end all of it.
    """
    worst, best = (_search(rate, start, whole, clauses, target, end) for end in RangeEnd)
    return Span(worst=worst, best=best)


def _search(
    rate: Rate, start: Scenario, whole: Scenario, clauses: Sequence[Clause], target: ClauseTarget, end: RangeEnd
) -> ClauseSets:
    touches = {
        at: {unit for one in clause.effects if target.concerns(unit := get_unit_id(one.requirement))}
        for at, clause in enumerate(clauses)
    }
    moving = set().union(*touches.values())
    fixed = [target.count(unit, one.counted.at(end)) for unit, one in start.units.items() if unit not in moving]
    states = {_add(fixed): _Sets(size=0, ways=1, first=())}

    def count(chosen: Sequence[int], units: Iterable[str]) -> Vector:
        effects = [effect for at in chosen for effect in clauses[at].effects]
        return _add([target.count(unit, rate(unit, effects).counted.at(end)) for unit in units])

    complete, left = len(clauses), MOST_SETS
    for members, units in sorted(_groups(touches), key=lambda group: len(group[0])):
        listed, size, left = _list_sets(members, partial(count, units=units), left)
        complete = complete if size == len(members) else min(complete, size)
        states = _join(states, listed)
    reached = [sets for counts, sets in states.items() if target.is_reached(counts)]
    least = min((sets.size for sets in reached), default=len(clauses) + 1)
    if least > complete:  # not proven: perhaps a smaller set is found by dropping one clause after the other

        def is_reached(chosen: Sequence[int]) -> bool:
            return target.is_reached(_add([*fixed, *([count(chosen, moving)] if moving else [])]))

        kept = list(range(len(clauses)))
        for at in reversed(kept[:]) if is_reached(kept) else ():
            kept = rest if is_reached(rest := [one for one in kept if one != at]) else kept
        if len(kept) < least and is_reached(kept):
            first = tuple(clauses[at] for at in kept)
            return ClauseSets(size=len(kept), total=1, first=first, is_exact=complete == len(clauses))
    if not reached:
        remaining = tuple(one.id for one in target.lines if one.id in whole.thresholds(worst=end is RangeEnd.WORST))
        return ClauseSets(size=None, remaining=remaining, is_exact=complete == len(clauses))
    smallest = [sets for sets in reached if sets.size == least]
    return ClauseSets(
        size=least,
        total=sum(sets.ways for sets in smallest),
        first=tuple(clauses[at] for at in min(sets.first for sets in smallest)),
        is_exact=least <= complete,
    )


def _groups(touches: Mapping[int, set[str]]) -> Iterator[tuple[list[int], Sequence[str]]]:
    """Yield the clauses that depend on each other, by their numbers, with the Recommendations that they change."""
    groups: list[tuple[set[int], set[str]]] = []
    for at, units in touches.items():
        if not units:
            continue
        joined = ({at}, set(units))
        for group in [one for one in groups if one[1] & joined[1]]:
            groups.remove(group)
            joined = (joined[0] | group[0], joined[1] | group[1])
        groups.append(joined)
    for members, units in groups:
        yield sorted(members), sorted(units, key=RECOMMENDATIONS.index)


def _list_sets(
    members: Sequence[int], count: Callable[[Sequence[int]], Vector], left: int
) -> tuple[dict[Vector, _Sets], int, int]:
    """Return the smallest sets of one group by what they count, up to which size all were rated, and how many may be.

    At most `left` sets are rated, and the empty one.
    """
    found: dict[Vector, _Sets] = {}
    for size in range(len(members) + 1):
        for chosen in combinations(members, size):
            if left == 0 and size:
                return found, size - 1, 0
            left -= 1 if size else 0
            _keep_smallest(found, count(chosen), _Sets(size=size, ways=1, first=chosen))
    return found, len(members), left


def _join(one: Mapping[Vector, _Sets], other: Mapping[Vector, _Sets]) -> dict[Vector, _Sets]:
    """Return the smallest sets of two groups together, by what both count."""
    found: dict[Vector, _Sets] = {}
    for before, sets in one.items():
        for added, more in other.items():
            first = tuple(sorted(sets.first + more.first))
            both = _Sets(size=sets.size + more.size, ways=sets.ways * more.ways, first=first)
            _keep_smallest(found, _add((before, added)), both)
    return found


def _keep_smallest(found: dict[Vector, _Sets], counts: Vector, sets: _Sets) -> None:
    """Keep the smallest sets with some counts; of one size their number, and the first of them."""
    known = found.get(counts)
    if known is None or sets.size < known.size:
        found[counts] = sets
    elif sets.size == known.size:
        found[counts] = _Sets(size=sets.size, ways=known.ways + sets.ways, first=min(known.first, sets.first))


def _add(vectors: Iterable[Vector]) -> Vector:
    return tuple(map(sum, zip(*vectors, strict=True)))
