"""The least work that reaches a target in time: exact by branch and bound, and honest where it had to stop."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fatf_kit.action_plan.effects import Rerating, collect_gaps
from fatf_kit.action_plan.model import Action
from fatf_kit.action_plan.scheduling import Capacity, Job, find_fastest_order, place_jobs
from fatf_kit.outlook.evaluate import find_worst_case, is_line_met
from fatf_kit.outlook.model import Ratings, Rules, Target

NODES = 6000
"""Sets looked at before the search gives up proving that none is smaller."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionSet:
    """A set of actions in order of work. `in_time` False: it reaches the target, but not by the deadline."""

    actions: tuple[Action, ...]
    in_time: bool
    exact: bool

    @property
    def effort(self) -> int:
        """Person-days of the set."""
        return sum(action.effort for action in self.actions)


def make_target_test(rules: Rules, rerating: Rerating, target: Target) -> Callable[[Sequence[Action]], bool]:
    """Whether no line of the target holds any more when these actions are done, in the worst case of what is open."""
    lines = [line for line in rules.lines if line.kind in target.kinds]

    def reached(actions: Sequence[Action]) -> bool:
        ratings: Ratings = rerating.ratings(collect_gaps(actions))
        worst = find_worst_case(ratings)
        return not any(is_line_met(line, worst) for line in lines)

    return reached


def find_least_work(
    actions: Sequence[Action],
    reached: Callable[[Sequence[Action]], bool],
    jobs: Callable[[Sequence[Action]], Sequence[Job]],
    capacity: Capacity,
    deadline: int | None,
    *,
    nodes: int = NODES,
) -> ActionSet | None:
    """The set of least effort that reaches the target, with everything that its actions wait for, done by the deadline.

    None where not even all actions together reach it. Where all together reach it but none by the deadline, the set is
    the least one without the deadline, and `in_time` is False. `reached` must not turn false when actions are added.

    Args:
        actions: What may be done; each may wait for others of them.
        reached: The target.
        jobs: The same actions as jobs to be placed.
        capacity: Of the owners.
        deadline: Number of the last day on which an action may be over; None without one.
        nodes: Sets looked at before the search stops; `exact` is False then.
    """
    if not reached(actions):
        return None
    possible = _possible(actions, jobs, deadline)
    if reached(possible) and (found := _Search(possible, reached, jobs, capacity, deadline, nodes).best()):
        return found
    late = _Search(actions, reached, jobs, capacity, None, nodes).best()
    return ActionSet(actions=late.actions, in_time=False, exact=late.exact) if late else None


def _possible(
    actions: Sequence[Action], jobs: Callable[[Sequence[Action]], Sequence[Job]], deadline: int | None
) -> tuple[Action, ...]:
    """Without those that cannot be over by the deadline even if every owner had all the capacity in the world."""
    if deadline is None:
        return tuple(actions)
    order, _ = find_fastest_order(jobs(actions), free := Capacity(default=len(actions) + 1))
    over = place_jobs(order, free)
    return tuple(action for action in actions if over[action.id].end <= deadline)


class _Search:
    def __init__(
        self,
        actions: Sequence[Action],
        reached: Callable[[Sequence[Action]], bool],
        jobs: Callable[[Sequence[Action]], Sequence[Job]],
        capacity: Capacity,
        deadline: int | None,
        nodes: int,
    ) -> None:
        self._by_id = {action.id: action for action in actions}
        self._order = sorted(actions, key=lambda action: (-action.effort, action.id))
        self._reached, self._jobs, self._capacity = reached, jobs, capacity
        self._deadline, self._left = deadline, nodes
        self._exact = True
        self._best: tuple[int, int, tuple[Action, ...]] | None = None

    def best(self) -> ActionSet | None:
        """The set of least effort, then of fewest actions, in its order of work; None where none is in time."""
        self._offer(self._thinned())
        self._branch(0, frozenset(), frozenset())
        if self._best is None:
            return None
        order, _ = find_fastest_order(self._jobs(self._best[2]), self._capacity)
        placed = place_jobs(order, self._capacity)
        actions = sorted(self._best[2], key=lambda action: (placed[action.id].start, action.id))
        return ActionSet(actions=tuple(actions), in_time=True, exact=self._exact)

    def _thinned(self) -> tuple[Action, ...]:
        """A first set: all, without the costliest ones that are not needed."""
        kept = dict(self._by_id)
        for action in self._order:
            without = {name: one for name, one in kept.items() if name not in self._dependants(action.id, kept)}
            if self._reached(tuple(without.values())):
                kept = without
        return tuple(kept.values())

    def _dependants(self, name: str, among: dict[str, Action]) -> set[str]:
        """An action and everything that waits for it."""
        found = {name}
        while more := {a.id for a in among.values() if a.id not in found and found & set(a.after)}:
            found |= more
        return found

    def _needs(self, name: str) -> frozenset[str]:
        """An action and everything that it waits for."""
        found, new = {name}, {name}
        while new:
            new = {one for n in new for one in self._by_id[n].after if one in self._by_id} - found
            found |= new
        return frozenset(found)

    def _branch(self, at: int, chosen: frozenset[str], refused: frozenset[str]) -> None:
        if self._left <= 0:
            self._exact = False
            return
        self._left -= 1
        if self._effort(chosen) >= (self._best[0] + 1 if self._best else 10**12):
            return
        open_ = [action for action in self._by_id.values() if action.id not in refused]
        if not self._reached(open_):
            return
        taken = [action for action in self._by_id.values() if action.id in chosen]
        if self._reached(taken):
            self._offer(taken)
            return
        while at < len(self._order) and self._order[at].id in chosen | refused:
            at += 1
        if at == len(self._order):
            return
        name = self._order[at].id
        gone = refused | frozenset(self._dependants(name, self._by_id))
        if not gone & chosen:
            self._branch(at + 1, chosen, gone)
        needed = chosen | self._needs(name)
        if not needed & refused:
            self._branch(at + 1, needed, refused)

    def _effort(self, names: frozenset[str]) -> int:
        return sum(self._by_id[name].effort for name in names)

    def _offer(self, actions: Sequence[Action]) -> None:
        """Keep a set that is better than the best so far and in time."""
        size = (sum(action.effort for action in actions), len(actions))
        if self._best is not None and size >= self._best[:2]:
            return
        if self._deadline is not None:
            order, exact = find_fastest_order(self._jobs(actions), self._capacity)
            if max((one.end for one in place_jobs(order, self._capacity).values()), default=0) > self._deadline:
                self._exact = self._exact and exact  # perhaps another order would have been in time
                return
        self._best = (*size, tuple(actions))
