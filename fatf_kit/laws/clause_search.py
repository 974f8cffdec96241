"""The smallest sets of clauses that reach a target: exact, all counted, the first one listed.

Clauses that change no common Recommendation are independent. The sets of each group of dependent clauses are listed by
size, and the groups are joined by what they add to the counts of the thresholds, so no set of the whole is listed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations, product

from fatf_kit.core.errors import FatfKitError, UnknownIdError
from fatf_kit.core.ratings import COMPLIANCE_SCALE, ComplianceRating
from fatf_kit.framework.catalog import find_unit, get_unit_id
from fatf_kit.framework.model import Framework, Recommendation
from fatf_kit.framework.page_rules import RECOMMENDATIONS
from fatf_kit.laws.bills import Clause, ClauseSets, Scenario, UnitRating
from fatf_kit.laws.model import ClauseEffect
from fatf_kit.outlook.model import LineCount, Rating, Rules, Target
from fatf_kit.scoring.span import RangeEnd, Span

MOST_SETS = 6_000
"""Sets that are rated before the search stops."""

Vector = tuple[int, ...]
"""The number of units in each count of a target."""

Rate = Callable[[str, Iterable[ClauseEffect]], UnitRating]
"""Returns the rating of a Recommendation with some effects."""

_Sets = tuple[int, tuple[int, ...]]
"""How many smallest sets lead to certain counts, and the first of them, as the numbers of its clauses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseTarget:
    """A target as it was typed. It is reached when each threshold of `limits` has a count below its limit.

    `limits` are the counts with the ids of their thresholds. The id is empty where a Recommendation is to have a
    rating: then the count is of ratings below that.
    """

    text: str
    limits: tuple[tuple[str, LineCount], ...]

    def count(self, unit: str, rating: Rating) -> Vector:
        """Return what the rating of a unit adds to each count."""
        return tuple(int(unit in one.units and rating in one.ratings) for _, one in self.limits)

    def is_reached(self, counts: Vector) -> bool:
        """Return whether the counts of all units reach the target."""
        pairs = zip(self.limits, counts, strict=True)
        unmet = {name for (name, limit), value in pairs if value < limit.at_least}
        return unmet == {name for name, _ in self.limits}

    def concerns(self, unit: str) -> bool:
        """Return whether the rating of a unit matters for it."""
        return any(unit in one.units for _, one in self.limits)


def read_target(text: str, framework: Framework, rules: Rules) -> ClauseTarget:
    """Return the target typed as "regular", "leave-icrg", or a Recommendation with its rating, like "R.24=LC".

    Raises:
        UnknownIdError: no such target, unit or rating.
        FatfKitError: the unit is an outcome, whose level no law changes by itself.
    """
    if text in list(Target):
        lines = (line for line in rules.lines if line.kind in Target(text).kinds)
        limits = tuple((line.id, one) for line in lines for one in line.counts)
        return ClauseTarget(text=text, limits=limits)
    name, sign, wanted = (part.strip() for part in text.partition("="))
    unwanted = (ComplianceRating.NC, ComplianceRating.NA)
    reachable = [str(one) for one in ComplianceRating if one not in unwanted]
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
    lower = COMPLIANCE_SCALE[: COMPLIANCE_SCALE.index(rating)]
    limit = LineCount(ratings=frozenset(lower), of=(unit.id,), at_least=1)
    return ClauseTarget(text=f"{unit.id}={rating}", limits=(("", limit),))


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
    named = [{get_unit_id(one.requirement) for one in clause.effects} for clause in clauses]
    touches = [set(filter(target.concerns, units)) for units in named]
    moving = set().union(*touches)

    def count(chosen: Sequence[int], units: Iterable[str]) -> Vector:
        effects = [effect for at in chosen for effect in clauses[at].effects]
        return _add(target.count(unit, rate(unit, effects).counted.at(end)) for unit in units)

    unmoved = ((unit, one) for unit, one in start.units.items() if unit not in moving)
    fixed = _add(target.count(unit, one.counted.at(end)) for unit, one in unmoved)
    states: dict[Vector, _Sets] = {fixed: (1, ())}
    complete, left = len(clauses), MOST_SETS
    for members, units in sorted(_groups(touches), key=lambda group: len(group[0])):
        listed, size, left = _list_sets(members, partial(count, units=units), left)
        complete = complete if size == len(members) else min(complete, size)
        states = _join(states, listed)
    reached = [sets for counts, sets in states.items() if target.is_reached(counts)]
    least = min((len(first) for _, first in reached), default=len(clauses) + 1)
    # perhaps dropping one clause after the other finds a smaller set
    if complete < len(clauses) and complete < least:

        def is_reached(chosen: Sequence[int]) -> bool:
            return target.is_reached(_add((fixed, count(chosen, moving))))

        kept = tuple(range(len(clauses)))
        for at in reversed(kept) if is_reached(kept) else ():
            rest = tuple(one for one in kept if one != at)
            kept = rest if is_reached(rest) else kept
        if len(kept) < least and is_reached(kept):
            least, reached = len(kept), [(1, kept)]
    if not reached:
        met = whole.thresholds(worst=end is RangeEnd.WORST)
        remaining = tuple(dict.fromkeys(name for name, _ in target.limits if name in met))
        return ClauseSets(size=None, remaining=remaining, is_exact=complete == len(clauses))
    smallest = [(ways, first) for ways, first in reached if len(first) == least]
    return ClauseSets(
        size=least,
        total=sum(ways for ways, _ in smallest),
        first=tuple(clauses[at] for at in min(first for _, first in smallest)),
        is_exact=least <= complete,
    )


def _groups(touches: Sequence[set[str]]) -> list[tuple[list[int], Sequence[str]]]:
    """Return the clauses that depend on each other, by their numbers, with the Recommendations that they change."""
    groups: list[tuple[list[int], set[str]]] = []
    for at, units in enumerate(touches):
        if units:
            joined = [one for one in groups if one[1] & units]
            members = sorted((at, *(other for own, _ in joined for other in own)))
            apart = [one for one in groups if one not in joined]
            groups = [*apart, (members, units.union(*(more for _, more in joined)))]
    return [(members, sorted(units, key=RECOMMENDATIONS.index)) for members, units in groups]


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
            _keep_smallest(found, count(chosen), 1, chosen)
    return found, len(members), left


def _join(one: Mapping[Vector, _Sets], other: Mapping[Vector, _Sets]) -> dict[Vector, _Sets]:
    """Return the smallest sets of two groups together, by what both count."""
    found: dict[Vector, _Sets] = {}
    for (before, (ways, first)), (added, (more, then)) in product(one.items(), other.items()):
        _keep_smallest(found, _add((before, added)), ways * more, tuple(sorted(first + then)))
    return found


def _keep_smallest(found: dict[Vector, _Sets], counts: Vector, ways: int, first: tuple[int, ...]) -> None:
    """Keep the smallest sets with some counts; of one size their number, and the first of them."""
    known_ways, known = found.get(counts, (0, None))
    if known is None or len(first) < len(known):
        found[counts] = ways, first
    elif len(first) == len(known):
        found[counts] = known_ways + ways, min(known, first)


def _add(vectors: Iterable[Vector]) -> Vector:
    return tuple(map(sum, zip(*vectors, strict=True)))
