"""The days on which each action is worked on. Pure, in whole working days counted from the start of the plan.

Three constraints always apply: an action begins after those it waits for, an owner never works on more actions at a
time than its capacity allows, and nothing begins before the start. Each action takes the earliest place that the ones
before it leave.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import permutations

from fatf_kit.action_plan.model import Action, Slot
from fatf_kit.core.errors import FatfKitError
from fatf_kit.evaluation_calendar.working_days import WorkingWeek

EXACT_UP_TO = 7
"""Up to this many jobs every order is tried (5040); more are placed by their longest chain, which is reported."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A piece of work to be placed; `days` are working days."""

    id: str
    owner: str
    days: int
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """The first and the last day of work, counted from 0."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """How many jobs an owner works on at a time; `default` for owners not named."""

    default: int
    own: Mapping[str, int] = field(default_factory=dict)

    def of(self, owner: str) -> int:
        """Return the number for one owner."""
        return self.own.get(owner, self.default)


def jobs_of(actions: Iterable[Action]) -> tuple[Job, ...]:
    """Return the actions as jobs to be placed."""
    return tuple(Job(id=action.id, owner=action.owner, days=action.days, after=action.after) for action in actions)


def place_jobs(jobs: Iterable[Job], capacity: Capacity) -> dict[str, Placement]:
    """Place each job, in the order given, as early as possible.

    A job must come after those that it waits for. One that it waits for and that is not given counts as done.

    >>> jobs = [Job(id="law", owner="x", days=3), Job(id="use", owner="x", days=2, after=("law",))]
    >>> place_jobs(jobs, Capacity(default=1))["use"]
    Placement(start=3, end=4)
    """
    found: dict[str, Placement] = {}
    busy: dict[str, list[Placement]] = {}
    for job in jobs:
        earliest = max((found[name].end + 1 for name in job.after if name in found), default=0)
        theirs = busy.setdefault(job.owner, [])
        start = _find_start(earliest, job.days, theirs, capacity.of(job.owner))
        found[job.id] = Placement(start=start, end=start + max(job.days, 1) - 1)
        theirs.append(found[job.id])
    return found


def _find_start(earliest: int, days: int, busy: Sequence[Placement], most: int) -> int:
    """Return the first day from which the owner has capacity for so many days."""
    for start in sorted({earliest, *(one.end + 1 for one in busy if one.end >= earliest)}):
        overlapping = [one for one in busy if one.start < start + max(days, 1) and one.end >= start]
        fullest = {start, *(one.start for one in overlapping if one.start > start)}
        if all(sum(one.start <= day <= one.end for one in overlapping) < most for day in fullest):
            return start
    raise AssertionError("after the last busy day there is always capacity")


def find_fastest_order(jobs: Sequence[Job], capacity: Capacity) -> tuple[tuple[Job, ...], bool]:
    """Return an order in which the jobs are over soonest, and whether none can be sooner.

    Exact for up to EXACT_UP_TO jobs: among all orders, placing at the earliest gives a timetable of the least length.
    """
    lengths = measure_chains(jobs)
    by_chain = order_jobs(sorted(jobs, key=lambda job: -lengths[job.id]))
    if len(jobs) > EXACT_UP_TO:
        unlimited = Capacity(default=len(jobs) + 1)
        return by_chain, _measure(by_chain, capacity)[0] == _measure(by_chain, unlimited)[0]
    orders = (order for order in permutations(by_chain) if order == order_jobs(order))
    return min(orders, key=lambda order: _measure(order, capacity)), True


def _measure(jobs: Sequence[Job], capacity: Capacity) -> tuple[int, int]:
    """Return when the last job is over, then the sum over all jobs, so that nothing waits without need."""
    ends = [placement.end for placement in place_jobs(jobs, capacity).values()]
    return max(ends, default=0), sum(ends)


def order_jobs(jobs: Sequence[Job]) -> tuple[Job, ...]:
    """Return the same jobs, in the order given as far as their dependencies allow.

    Raises:
        FatfKitError: some jobs wait for each other.
    """
    waiting, done = list(jobs), list[Job]()
    while waiting:
        left = {job.id for job in waiting}
        ready = next((job for job in waiting if left.isdisjoint(job.after)), None)
        if ready is None:
            raise FatfKitError(
                "These actions depend on each other: {names}. Delete one of them from the column 'Depends on'.",
                names=tuple(sorted(left)),
            )
        waiting.remove(ready)
        done.append(ready)
    return tuple(done)


def measure_chains(jobs: Sequence[Job]) -> Mapping[str, int]:
    """Return the working days from the beginning of each job to the end of the longest chain that waits for it."""
    found: dict[str, int] = {}
    for job in reversed(order_jobs(jobs)):
        found[job.id] = job.days + max((found[other.id] for other in jobs if job.id in other.after), default=0)
    return found


def find_longest_chain(jobs: Sequence[Job]) -> tuple[str, ...]:
    """Return the chain of jobs that takes longest one after another: it decides when everything is over."""
    reach: dict[str, tuple[int, tuple[str, ...]]] = {}
    for job in order_jobs(jobs):
        before = max((reach[name] for name in job.after if name in reach), key=lambda one: one[0], default=(0, ()))
        reach[job.id] = (before[0] + job.days, (*before[1], job.id))
    return max(reach.values(), key=lambda one: one[0], default=(0, ()))[1]


class WorkingDays:
    """Working days by their number from the start of the plan, and back."""

    def __init__(self, start: date, week: WorkingWeek) -> None:
        self._week = week
        self._days = [week.on_or_after(start)]

    def day(self, number: int) -> date:
        """Return the day with a number."""
        while len(self._days) <= number:
            self._days.append(self._week.add(self._days[-1], 1))
        return self._days[number]

    def last_number(self, cut_off: date | None) -> int | None:
        """Return the number of the last working day that counts; -1 where none is left, None without a cut-off."""
        if cut_off is None:
            return None
        number = 0
        while self.day(number) <= cut_off:
            number += 1
        return number - 1

    def slots(self, placed: Mapping[str, Placement], cut_off: date | None) -> dict[str, Slot]:
        """Return dates for numbers; an action that is over after the cut-off is late."""
        dates = {name: (self.day(one.start), self.day(one.end)) for name, one in placed.items()}
        return {
            name: Slot(start=start, due=due, late=cut_off is not None and due > cut_off)
            for name, (start, due) in dates.items()
        }
