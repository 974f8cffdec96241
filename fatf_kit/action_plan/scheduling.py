"""The days on which each action is worked on. Pure, in whole working days counted from the start of the plan.

Three constraints always apply: an action begins after those it waits for, an owner never works on more actions at a
time than its capacity allows, and nothing begins before the start. Each action takes the earliest place that the ones
before it leave.

The order of work where a cut-off date is set is fatf-kit's own: work that can still count comes first, and evidence
work before long work. An action can count if it is over by the cut-off date when every owner works on it at once and
only the actions that it waits for delay it. What can count comes before what cannot. Among what can count, four orders
are tried: desk work first (evidence, answers, rehearsals), its shortest actions first; the same with its longest first,
which fills an owner's time better; the smallest path to the target first; and the least time to spare first. The order
is used with which that path is in time, then with which most desk work is over by the cut-off, then most actions; of
equal orders, the first one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
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


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkList:
    """The jobs to be placed.

    Attributes:
        jobs: Every action as a job, in order of effect per effort.
        path: The jobs of the path to the target in their fastest order; empty where no target is named.
        desk: Ids of desk work.
        deadline: Number of the last day that counts; None where nothing can be late.
        is_path_in_time: Whether the path alone is over by the deadline.
    """

    jobs: Sequence[Job]
    path: Sequence[Job] = ()
    desk: Collection[str] = ()
    deadline: int | None = None
    is_path_in_time: bool = True


def place_by_priority(work: WorkList, capacity: Capacity) -> dict[str, Placement]:
    """Place every job by the order of work; without a deadline the path comes first, then the rest.

    >>> law, proof = Job(id="law", owner="x", days=9), Job(id="proof", owner="x", days=2)
    >>> work = WorkList(jobs=(law, proof), desk={"proof"}, deadline=5)
    >>> place_by_priority(work, Capacity(default=1))["proof"].start
    0
    """
    everything = _join(work.path, order_jobs(work.jobs))
    if (deadline := work.deadline) is None:
        return place_jobs(everything, capacity)
    free = place_jobs(order_jobs(work.jobs), Capacity(default=len(work.jobs) + 1))
    countable = {name for name, one in free.items() if one.end <= deadline}
    rest = order_jobs([job for job in everything if job.id not in countable])

    def worth(placed: Mapping[str, Placement]) -> tuple[bool, int, int]:
        done = {name for name, one in placed.items() if one.end <= deadline}
        in_time = not work.is_path_in_time or all(job.id in done for job in work.path)
        return in_time, sum(name in done for name in work.desk), len(done)

    found = [place_jobs((*order_jobs(order), *rest), capacity) for order in _candidate_orders(work, countable)]
    return max(found, key=worth)  # the first of equals


def _candidate_orders(work: WorkList, countable: Collection[str]) -> tuple[tuple[Job, ...], ...]:
    """Return the orders that are tried with what can count."""
    jobs = [job for job in work.jobs if job.id in countable]
    path = [job for job in work.path if job.id in countable]
    desk = [job for job in jobs if job.id in work.desk]
    short, long = sorted(desk, key=lambda job: job.days), sorted(desk, key=lambda job: -job.days)
    lengths = measure_chains(jobs)
    tight = sorted(jobs, key=lambda job: -lengths[job.id])
    return _join(short, path, jobs), _join(long, path, jobs), _join(path, short, jobs), _join(path, tight)


def _join(*lists: Iterable[Job]) -> tuple[Job, ...]:
    """Return the lists one after another, each job once."""
    return tuple({job.id: job for jobs in lists for job in jobs}.values())


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
