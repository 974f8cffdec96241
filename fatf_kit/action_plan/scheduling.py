"""When each action is worked on. Pure, in whole working days counted from the start of the plan.

Three constraints always hold: an action begins after those it waits for, an owner never works on more actions at a time
than it can, and nothing begins before the start. Each action takes the earliest place that the ones before it leave.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from fatf_kit.action_plan.model import Slot
from fatf_kit.core.errors import FatfKitError
from fatf_kit.evaluation_calendar.working_days import WorkingWeek

EXACT_UP_TO = 7
"""So many jobs are tried in every order (5040); more are placed by their longest chain, and that is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Something to be placed; `days` are working days."""

    id: str
    owner: str
    days: int
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """First and last day of work, counted from 0."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """How many jobs an owner works on at a time; `default` for owners not named."""

    default: int
    own: Mapping[str, int] = field(default_factory=dict)

    def of(self, owner: str) -> int:
        """The number for one owner."""
        return self.own.get(owner, self.default)


def place_jobs(
    jobs: Sequence[Job], capacity: Capacity, placed: Mapping[str, Placement] | None = None
) -> dict[str, Placement]:
    """Each job in the order given at its earliest place; `placed` are jobs that have theirs already.

    Jobs that a job waits for must stand before it. What it waits for and is nowhere counts as done.

    >>> jobs = [Job(id="law", owner="x", days=3), Job(id="use", owner="x", days=2, after=("law",))]
    >>> place(jobs, Capacity(default=1))["use"]
    Placed(start=3, end=4)
    """
    found = dict(placed or {})
    busy: dict[str, list[tuple[int, int]]] = {}
    owners = {job.id: job.owner for job in jobs}
    for name, slot in found.items():
        if name in owners:
            busy.setdefault(owners[name], []).append((slot.start, slot.end))
    for job in jobs:
        if job.id in found:
            continue
        earliest = max((found[name].end + 1 for name in job.after if name in found), default=0)
        mine = busy.setdefault(job.owner, [])
        start = _earliest(earliest, job.days, mine, capacity.of(job.owner))
        end = start + max(job.days, 1) - 1
        found[job.id] = Placement(start=start, end=end)
        mine.append((start, end))
    return found


def _earliest(start: int, days: int, busy: Sequence[tuple[int, int]], most: int) -> int:
    """The first day from which the owner has room for so many days."""
    for candidate in sorted({start, *(end + 1 for _, end in busy if end + 1 > start)}):
        last = candidate + max(days, 1) - 1
        over = [(a, b) for a, b in busy if a <= last and b >= candidate]
        days_to_look = {candidate, *(a for a, _ in over if a > candidate)}
        if all(sum(a <= day <= b for a, b in over) < most for day in days_to_look):
            return candidate
    raise AssertionError("after the last busy day there is always room")


def find_fastest_order(jobs: Sequence[Job], capacity: Capacity) -> tuple[tuple[Job, ...], bool]:
    """An order in which the jobs are over soonest, and whether none can be sooner.

    Exact for up to EXACT_UP_TO jobs: among all orders, placing at the earliest gives a timetable of the least length.
    """
    by_chain = order_jobs(sorted(jobs, key=lambda job: -_tail(job, jobs)))
    if len(jobs) > EXACT_UP_TO:
        return by_chain, _is_bound(by_chain, capacity)
    best, shortest = by_chain, _length(by_chain, capacity)
    for order in _orders(by_chain):
        if (length := _length(order, capacity)) < shortest:
            best, shortest = order, length
    return best, True


def _length(jobs: Sequence[Job], capacity: Capacity) -> tuple[int, int]:
    """When the last job is over, then the sum over all jobs, so that nothing waits without need."""
    slots = place_jobs(jobs, capacity).values()
    return max((slot.end for slot in slots), default=0), sum(slot.end for slot in slots)


def _is_bound(jobs: Sequence[Job], capacity: Capacity) -> bool:
    """Whether the timetable is as short as without any limit of capacity, and so cannot be shorter."""
    free = Capacity(default=len(jobs) + 1)
    return _length(jobs, capacity)[0] == _length(jobs, free)[0]


def _orders(jobs: Sequence[Job]) -> Iterator[tuple[Job, ...]]:
    """Every order in which each job stands after those it waits for."""
    if not jobs:
        yield ()
        return
    left = {job.id for job in jobs}
    for job in jobs:
        if not left & set(job.after):
            for rest in _orders([other for other in jobs if other is not job]):
                yield (job, *rest)


def order_jobs(jobs: Sequence[Job]) -> tuple[Job, ...]:
    """The same jobs, in the order given as far as what each waits for allows.

    Raises:
        FatfKitError: jobs that wait for each other.
    """
    waiting, done = list(jobs), list[Job]()
    while waiting:
        left = {job.id for job in waiting}
        ready = next((job for job in waiting if not left & set(job.after)), None)
        if ready is None:
            names = ", ".join(sorted(left))
            raise FatfKitError(f"Some actions wait for each other: {names}. Take one out of the column 'after'.")
        waiting.remove(ready)
        done.append(ready)
    return tuple(done)


def _tail(job: Job, jobs: Sequence[Job]) -> int:
    """Working days from the beginning of a job to the end of the longest chain that waits for it."""
    return job.days + max((_tail(other, jobs) for other in jobs if job.id in other.after), default=0)


class WorkingDays:
    """Working days by their number from the start of the plan, and back."""

    def __init__(self, start: date, week: WorkingWeek) -> None:
        self._week = week
        self._days = [week.on_or_after(start)]

    def day(self, number: int) -> date:
        """The day with a number."""
        while len(self._days) <= number:
            self._days.append(self._week.add(self._days[-1], 1))
        return self._days[number]

    def number(self, day: date) -> int:
        """The number of a day, or of the first working day after it; 0 for what lies before the start."""
        number = 0
        while self.day(number) < day:
            number += 1
        return number

    def slots(self, placed: Mapping[str, Placement], cut_off: date | None) -> dict[str, Slot]:
        """Dates for numbers; what is over after the cut-off is late."""
        return {
            name: Slot(
                start=self.day(one.start),
                due=self.day(one.end),
                late=cut_off is not None and self.day(one.end) > cut_off,
            )
            for name, one in placed.items()
        }


def find_longest_chain(jobs: Iterable[Job]) -> tuple[str, ...]:
    """The chain of jobs that takes longest, one after another: what decides when everything is over."""
    ordered = order_jobs(list(jobs))
    reach: dict[str, tuple[int, tuple[str, ...]]] = {}
    for job in ordered:
        before = max((reach[name] for name in job.after if name in reach), key=lambda one: one[0], default=(0, ()))
        reach[job.id] = (before[0] + job.days, (*before[1], job.id))
    return max(reach.values(), key=lambda one: one[0], default=(0, ()))[1]
