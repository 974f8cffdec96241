"""Which work comes first where a cut-off date is set: work that can still count, and evidence work before long work.

Source: fatf-kit's own. An action can count if it is over by the cut-off date when every owner works on it at once and
only the actions that it waits for delay it. What can count comes before what cannot. Among what can count, four orders
are tried: desk work first (evidence, answers, rehearsals), its shortest actions first; the same with its longest first,
which fills an owner's time better; the shortest way to the target first; and the least time to spare first. The order
is used with which the shortest way is in time, then with which most desk work is over by the cut-off, then most
actions; of equal orders, the first one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from fatf_kit.action_plan.scheduling import Capacity, Job, Placement, order_jobs, place_jobs


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkList:
    """What is to be placed.

    Attributes:
        jobs: Every action as a job, in order of effect per effort.
        way: The jobs of the shortest way in their fastest order; empty where no target is named.
        desk: Ids of desk work.
        deadline: Number of the last day that counts; None where nothing can be late.
        is_way_in_time: Whether the way alone is over by the deadline.
    """

    jobs: Sequence[Job]
    way: Sequence[Job] = ()
    desk: Collection[str] = ()
    deadline: int | None = None
    is_way_in_time: bool = True


def place_by_priority(work: WorkList, capacity: Capacity) -> dict[str, Placement]:
    """The place of every job by the rule of this module; without a deadline the way comes first, then the rest.

    >>> law, proof = Job(id="law", owner="x", days=9), Job(id="proof", owner="x", days=2)
    >>> work = Work(jobs=(law, proof), desk={"proof"}, deadline=5)
    >>> place_by_priority(work, Capacity(default=1))["proof"].start
    0
    """
    if work.deadline is None:
        return place_jobs(_joined(work.way, order_jobs(work.jobs)), capacity)
    countable = _countable(work.jobs, work.deadline)
    rest = [job for job in _joined(work.way, order_jobs(work.jobs)) if job.id not in countable]
    found = [place_jobs((*order_jobs(order), *order_jobs(rest)), capacity) for order in _orders(work, countable)]
    return max(found, key=lambda placed: _worth(placed, work))  # the first of equals


def _countable(jobs: Sequence[Job], deadline: int) -> frozenset[str]:
    """The jobs that can be over by the deadline where no owner has a limit."""
    free = place_jobs(order_jobs(jobs), Capacity(default=len(jobs) + 1))
    return frozenset(name for name, one in free.items() if one.end <= deadline)


def _orders(work: WorkList, countable: Collection[str]) -> tuple[tuple[Job, ...], ...]:
    """The orders that are tried with what can count."""
    jobs = [job for job in work.jobs if job.id in countable]
    way = [job for job in work.way if job.id in countable]
    desk = sorted((job for job in jobs if job.id in work.desk), key=lambda job: job.days)
    tails = _tails(jobs)
    tight = sorted(jobs, key=lambda job: -tails[job.id])
    long = sorted(desk, key=lambda job: -job.days)
    return _joined(desk, way, jobs), _joined(long, way, jobs), _joined(way, desk, jobs), _joined(way, tight)


def _tails(jobs: Sequence[Job]) -> Mapping[str, int]:
    """Working days from the beginning of each job to the end of the longest chain that waits for it."""
    found: dict[str, int] = {}
    for job in reversed(order_jobs(jobs)):
        found[job.id] = job.days + max((found[other.id] for other in jobs if job.id in other.after), default=0)
    return found


def _joined(*lists: Iterable[Job]) -> tuple[Job, ...]:
    """The lists one after another, each job once."""
    return tuple({job.id: job for jobs in lists for job in jobs}.values())


def _worth(placed: Mapping[str, Placement], work: WorkList) -> tuple[bool, int, int]:
    assert work.deadline is not None  # noqa: S101 - asked by the caller
    done = {name for name, one in placed.items() if one.end <= work.deadline}
    in_time = not work.is_way_in_time or all(job.id in done for job in work.way)
    return in_time, sum(name in done for name in work.desk), len(done)
