"""How few steps clear some lines, and in how many ways: exact, by counts instead of by sets.

Lines only count, so Recommendations alike in rating and in the counts they stand in are interchangeable. The search
runs over how many of each kind move and how far. For every vector of counts that can be reached it keeps the least
number of steps and the number of ways; the sets themselves are never written out here.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

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
    """Every smallest set of steps after which none of the lines holds; all lines must count Recommendations.

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
    """Whether each Recommendation rises one level only in every smallest set."""
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
    """Every way to share at most so many units among the stops.

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
    """What a plan adds to the counts, how many steps it takes and in how many ways units can be chosen for it."""
    left, ways, cost = len(kind.units), 1, 0
    added = [0] * len(kind.counted[0])
    for stop, moved in zip((*kind.stops, kind.rank), (*plan, len(kind.units) - sum(plan)), strict=True):
        ways *= math.comb(left, moved)
        left -= moved
        cost += moved * (stop - kind.rank)
        added = [a + moved * c for a, c in zip(added, kind.counted[stop], strict=True)]
    return tuple(added), cost, ways
