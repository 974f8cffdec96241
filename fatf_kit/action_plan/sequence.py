"""The least work that reaches a target in time, found exactly by branch and bound; it reports where it had to stop."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fatf_kit.action_plan.effects import Rerating, collect_gaps
from fatf_kit.action_plan.model import Action
from fatf_kit.action_plan.scheduling import Capacity, find_fastest_order, jobs_of, place_jobs
from fatf_kit.outlook.evaluate import find_worst_case, is_line_met
from fatf_kit.outlook.model import Rules, Target

NODES = 6000
"""Sets examined before the search gives up proving that none is smaller."""

TargetTest = Callable[[Sequence[Action]], bool]
"""Whether the target is reached when these actions are done. It must not turn false when actions are added."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionSet:
    """A set of actions in order of work. `in_time` False: it reaches the target, but not by the deadline."""

    actions: tuple[Action, ...]
    in_time: bool
    exact: bool

    @property
    def effort(self) -> int:
        """The person-days of the set."""
        return sum(action.effort for action in self.actions)


def make_target_test(rules: Rules, rerating: Rerating, target: Target) -> TargetTest:
    """Return the test whether no threshold of a target is met any more, in the worst case of what is open."""
    lines = [line for line in rules.lines if line.kind in target.kinds]

    def is_reached(actions: Sequence[Action]) -> bool:
        worst = find_worst_case(rerating.ratings(collect_gaps(actions)))
        return not any(is_line_met(line, worst) for line in lines)

    return is_reached


def find_least_work(
    actions: Sequence[Action], is_reached: TargetTest, capacity: Capacity, deadline: int | None, *, nodes: int = NODES
) -> ActionSet | None:
    """Return the set of least effort that reaches the target by the deadline, with all that its actions wait for.

    None where not even all actions together reach it. Where all together reach it but none by the deadline, the set is
    the least one without the deadline, and `in_time` is False.

    Args:
        actions: The actions to choose from; each may wait for others of them.
        is_reached: The target.
        capacity: Of the owners.
        deadline: Number of the last day on which an action may be over; None without one.
        nodes: Sets examined before the search stops; `exact` is False then.
    """
    if not is_reached(actions):
        return None
    unlimited = Capacity(default=len(actions) + 1)
    over = place_jobs(find_fastest_order(jobs_of(actions), unlimited)[0], unlimited)
    possible = [one for one in actions if deadline is None or over[one.id].end <= deadline]
    if is_reached(possible) and (found := _PathSearch(possible, is_reached, capacity, deadline, nodes).run()):
        return found
    late = _PathSearch(actions, is_reached, capacity, None, nodes).run()
    return ActionSet(actions=late.actions, in_time=False, exact=late.exact) if late else None


class _PathSearch:
    """Branch and bound over the actions, costliest first: each is left out, then taken, with what depends on it."""

    def __init__(
        self,
        actions: Sequence[Action],
        is_reached: TargetTest,
        capacity: Capacity,
        deadline: int | None,
        nodes: int,
    ) -> None:
        self._by_id = {action.id: action for action in actions}
        self._order = [one.id for one in sorted(actions, key=lambda action: (-action.effort, action.id))]
        self._needs = {name: self._closure(name) for name in self._by_id}
        self._blocks = {name: {other for other in self._by_id if name in self._needs[other]} for name in self._by_id}
        self._is_reached, self._capacity, self._deadline, self._left = is_reached, capacity, deadline, nodes
        self._exact = True
        self._best: tuple[int, int, tuple[Action, ...]] | None = None

    def run(self) -> ActionSet | None:
        """Return the set of least effort, then of fewest actions, in its order of work; None where none is in time."""
        kept = set(self._by_id)
        for name in self._order:  # a first set: all, without the costliest ones that are not needed
            if self._is_reached(self._some(kept - self._blocks[name])):
                kept -= self._blocks[name]
        self._offer(self._some(kept))
        self._branch(0, set(), set())
        if self._best is None:
            return None
        order, _ = find_fastest_order(jobs_of(self._best[2]), self._capacity)
        placed = place_jobs(order, self._capacity)
        actions = sorted(self._best[2], key=lambda action: (placed[action.id].start, action.id))
        return ActionSet(actions=tuple(actions), in_time=True, exact=self._exact)

    def _closure(self, name: str) -> set[str]:
        """Return an action and everything that it waits for."""
        found = {name}
        while new := {one for n in found for one in self._by_id[n].after if one in self._by_id} - found:
            found |= new
        return found

    def _some(self, names: set[str]) -> list[Action]:
        return [action for action in self._by_id.values() if action.id in names]

    def _branch(self, at: int, chosen: set[str], refused: set[str]) -> None:
        if self._left <= 0:
            self._exact = False
            return
        self._left -= 1
        taken = self._some(chosen)
        if self._best and sum(action.effort for action in taken) > self._best[0]:
            return
        if not self._is_reached(self._some(self._by_id.keys() - refused)):
            return
        if self._is_reached(taken):
            self._offer(taken)
            return
        while at < len(self._order) and self._order[at] in chosen | refused:
            at += 1
        if at == len(self._order):
            return
        name = self._order[at]
        if not self._blocks[name] & chosen:
            self._branch(at + 1, chosen, refused | self._blocks[name])
        if not self._needs[name] & refused:
            self._branch(at + 1, chosen | self._needs[name], refused)

    def _offer(self, actions: Sequence[Action]) -> None:
        """Keep a set that is in time and better than the best so far."""
        size = (sum(action.effort for action in actions), len(actions))
        if self._best is not None and size >= self._best[:2]:
            return
        if self._deadline is not None:
            order, exact = find_fastest_order(jobs_of(actions), self._capacity)
            if max((one.end for one in place_jobs(order, self._capacity).values()), default=0) > self._deadline:
                self._exact = self._exact and exact  # perhaps another order would have been in time
                return
        self._best = (*size, tuple(actions))
