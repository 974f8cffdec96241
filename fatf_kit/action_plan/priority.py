"""The order of work where a cut-off date is set: work that can still count first, and evidence work before long work.

Source: fatf-kit's own. An action can count if it is over by the cut-off date when every owner works on it at once and
only the actions that it waits for delay it. What can count comes before what cannot. Among what can count, four orders
are tried: desk work first (evidence, answers, rehearsals), its shortest actions first; the same with its longest first,
which fills an owner's time better; the smallest path to the target first; and the least time to spare first. The order
is used with which that path is in time, then with which most desk work is over by the cut-off, then most actions; of
equal orders, the first one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from fatf_kit.action_plan.scheduling import Capacity, Job, Placement, measure_chains, order_jobs, place_jobs


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
    """Place every job by the rule of this module; without a deadline the path comes first, then the rest.

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
