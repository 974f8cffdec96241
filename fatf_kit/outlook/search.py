"""The fewest steps that clear some thresholds, in how many ways, and the first of these ways; exact, by counts.

Lines only count, so Recommendations alike in rating and in the counts they stand in are interchangeable. The search
runs over how many of each kind move and how far. For every vector of counts that can be reached it keeps the least
number of steps and the number of ways.

The order of sets: fewest open shortcomings in the Recommendations that move, then fewest Recommendations, then by their
numbers, then by their steps. Adding the same other moves to two sets never turns their order around, so the first sets
of a whole are made of the first sets of its parts.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations, islice

from fatf_kit.core.ratings import COMPLIANCE_SCALE
from fatf_kit.framework.page_rules import RECOMMENDATIONS
from fatf_kit.outlook.model import Line, Rating

Vector = tuple[int, ...]
"""How many units each count has."""

StopCounts = tuple[int, ...]
"""How many units of a kind move to each of its stops."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitKind:
    """Recommendations of one rating that stand in the same counts, by number.

    `stops` are the ranks worth moving to: at any other, a unit counts as it did one level below, so a smaller set
    would do. `counted[rank]` says for every count whether a unit of that rank is in it.
    """

    units: tuple[str, ...]
    rank: int
    stops: tuple[int, ...]
    counted: tuple[Vector, ...]


@dataclass(slots=True)
class SearchState:
    """The cheapest way to a vector of counts: how many steps, in how many ways, and the choices that lead there."""

    cost: int
    ways: int = 0
    sources: list[tuple[Vector, StopCounts]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchStage:
    """Every vector of counts that this kind and those before it can amount to; the first stage has no kind."""

    kind: UnitKind | None
    states: Mapping[Vector, SearchState]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """The result: `steps` is the size of a smallest set, `total` how many there are, `goals` where they end up."""

    steps: int
    total: int
    goals: tuple[Vector, ...]
    stages: tuple[SearchStage, ...]


def find_fewest_steps(lines: Sequence[Line], ratings: Mapping[str, Rating]) -> SearchResult:
    """Return every smallest set of steps after which none of the lines holds; all lines must count Recommendations.

    Such a set always exists, because the two best ratings are counted by no line.
    """
    counts = tuple(dict.fromkeys((count.ratings, count.units) for line in lines for count in line.counts))
    limits = [[(counts.index((count.ratings, count.units)), count.at_least) for count in line.counts] for line in lines]
    stages = [SearchStage(kind=None, states={(0,) * len(counts): SearchState(0, 1)})]
    for kind in _kinds(counts, ratings):
        stages.append(SearchStage(kind=kind, states=_add(stages[-1].states, kind)))
    last = stages[-1].states
    clear = [v for v in last if not any(all(v[at] >= limit for at, limit in line) for line in limits)]
    steps = min(last[v].cost for v in clear)
    goals = tuple(v for v in clear if last[v].cost == steps)
    return SearchResult(steps=steps, total=sum(last[v].ways for v in goals), goals=goals, stages=tuple(stages))


def has_single_levels(found: SearchResult) -> bool:
    """Return whether each Recommendation rises one level only in every smallest set."""
    reached = set(found.goals)
    for stage in reversed(found.stages):
        if stage.kind is None:
            break
        sources = [source for vector in reached for source in stage.states[vector].sources]
        for _, plan in sources:
            if any(moved and stop - stage.kind.rank > 1 for stop, moved in zip(stage.kind.stops, plan, strict=True)):
                return False
        reached = {vector for vector, _ in sources}
    return True


def _kinds(
    counts: Sequence[tuple[frozenset[str], frozenset[str]]], ratings: Mapping[str, Rating]
) -> Iterator[UnitKind]:
    alike: defaultdict[tuple[int, tuple[Vector, ...]], list[str]] = defaultdict(list)
    for unit in RECOMMENDATIONS:
        rank = ratings[unit].rank
        if rank is None:
            continue  # NA stands on no ladder and is counted by no line
        counted = tuple(
            tuple(int(unit in units and rating in codes) for codes, units in counts) for rating in COMPLIANCE_SCALE
        )
        if any(counted[rank]):
            alike[rank, counted].append(unit)
    for (rank, counted), units in alike.items():
        stops = tuple(r for r in range(rank + 1, len(counted)) if counted[r] != counted[r - 1])
        yield UnitKind(units=tuple(units), rank=rank, stops=stops, counted=counted)


def _add(before: Mapping[Vector, SearchState], kind: UnitKind) -> dict[Vector, SearchState]:
    states: dict[Vector, SearchState] = {}
    for plan in _plans(len(kind.units), len(kind.stops)):
        added, cost, ways = _amount(kind, plan)
        for vector, state in before.items():
            total = tuple(map(int.__add__, vector, added))
            kept = states.setdefault(total, SearchState(state.cost + cost))
            if state.cost + cost < kept.cost:
                kept = states[total] = SearchState(state.cost + cost)
            if state.cost + cost == kept.cost:
                kept.ways += state.ways * ways
                kept.sources.append((vector, plan))
    return states


def _plans(units: int, stops: int) -> Iterator[StopCounts]:
    """Yield every way to share at most so many units among the stops.

    >>> list(_plans(2, 1))
    [(0,), (1,), (2,)]
    """
    if not stops:
        yield ()
        return
    for first in range(units + 1):
        for rest in _plans(units - first, stops - 1):
            yield (first, *rest)


def _amount(kind: UnitKind, plan: StopCounts) -> tuple[Vector, int, int]:
    """Return what a plan adds to the counts, its steps, and in how many ways units can be chosen for it."""
    left, ways, cost = len(kind.units), 1, 0
    added = [0] * len(kind.counted[0])
    for stop, moved in zip((*kind.stops, kind.rank), (*plan, len(kind.units) - sum(plan)), strict=True):
        ways *= math.comb(left, moved)
        left -= moved
        cost += moved * (stop - kind.rank)
        added = [a + moved * c for a, c in zip(added, kind.counted[stop], strict=True)]
    return tuple(added), cost, ways


UpgradeMove = tuple[int, int, int]
"""Place of the Recommendation, rank before, rank after."""

UpgradeMoves = tuple[UpgradeMove, ...]
"""The Recommendations that move, by place."""

_PLACE = {unit: place for place, unit in enumerate(RECOMMENDATIONS)}
_Key = tuple[int, int, tuple[int, ...], UpgradeMoves]


def list_first_sets(found: SearchResult, limit: int, shortcomings: Mapping[str, int]) -> list[UpgradeMoves]:
    """Return the first `limit` of the smallest sets; a Recommendation without an entry has no open shortcoming."""
    weights = [shortcomings.get(unit, 0) for unit in RECOMMENDATIONS]

    def key(moves: UpgradeMoves) -> _Key:
        return sum(weights[place] for place, _, _ in moves), len(moves), tuple(place for place, _, _ in moves), moves

    @cache
    def up_to(stage: int, vector: Vector) -> list[UpgradeMoves]:
        kind = found.stages[stage].kind
        if kind is None:
            return [()]
        together: list[UpgradeMoves] = []
        for before, plan in found.stages[stage].states[vector].sources:
            together += _joined(up_to(stage - 1, before), of_kind(stage, plan))
        return heapq.nsmallest(limit, together, key)

    @cache
    def of_kind(stage: int, plan: StopCounts) -> list[UpgradeMoves]:
        kind = found.stages[stage].kind
        return list(islice(_choices(kind, plan, weights), limit)) if kind else []

    def _joined(earlier: list[UpgradeMoves], later: list[UpgradeMoves]) -> Iterator[UpgradeMoves]:
        """Yield pairs that may be among the first: of a pair further on, `limit` others stand before it."""
        for i, moves in enumerate(earlier):
            for more in later[: limit // (i + 1)]:
                yield tuple(sorted(moves + more))

    last = len(found.stages) - 1
    return heapq.nsmallest(limit, (moves for goal in found.goals for moves in up_to(last, goal)), key)


def _choices(kind: UnitKind, plan: StopCounts, weights: list[int]) -> Iterator[UpgradeMoves]:
    """Yield every way to choose units of a kind for a plan, in order: which move at all, then which move further."""
    places = sorted((_PLACE[unit] for unit in kind.units), key=lambda place: (weights[place], place))
    for chosen in _subsets(places, sum(plan), weights):
        for ends in _further(sorted(chosen), kind.stops, plan):
            yield tuple(sorted((place, kind.rank, stop) for place, stop in ends))


def _further(places: list[int], stops: tuple[int, ...], plan: StopCounts) -> Iterator[list[tuple[int, int]]]:
    """Yield every way to share the places among the stops, those that go further by their numbers."""
    if len(stops) <= 1:
        yield [(place, stop) for stop in stops for place in places]
        return
    for going_on in combinations(places, len(places) - plan[0]):
        staying = [(place, stops[0]) for place in places if place not in going_on]
        for rest in _further(list(going_on), stops[1:], plan[1:]):
            yield staying + rest


def _subsets(places: list[int], size: int, weights: list[int]) -> Iterator[list[int]]:
    """Yield subsets of places sorted by weight and number, lightest first, equal ones by their numbers.

    Best first: a subset is followed by those in which one member gives way to its neighbour, which are never before it.
    """

    def entry(at: tuple[int, ...]) -> tuple[int, list[int], tuple[int, ...]]:
        chosen = [places[i] for i in at]
        return sum(weights[place] for place in chosen), sorted(chosen), at

    waiting = [entry(tuple(range(size)))]
    known = {waiting[0][2]}
    while waiting:
        _, chosen, at = heapq.heappop(waiting)
        yield chosen
        for position, index in enumerate(at):
            following = index + 1
            if following < len(places) and (position + 1 == size or at[position + 1] != following):
                moved = (*at[:position], following, *at[position + 1 :])
                if moved not in known:
                    known.add(moved)
                    heapq.heappush(waiting, entry(moved))
