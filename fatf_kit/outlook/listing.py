"""The first of very many sets, in a stable order, without writing out the rest.

The order of sets: fewest open shortcomings in the Recommendations that move, then fewest Recommendations, then by their
numbers, then by their steps. Adding the same other moves to two sets never turns their order around, so the first sets
of a whole are made of the first sets of its parts.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import combinations, islice

from fatf_kit.framework.page_rules import RECOMMENDATIONS
from fatf_kit.outlook.search import SearchResult, StopCounts, UnitKind, Vector

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
