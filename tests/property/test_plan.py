"""Schedules and shortest ways against brute force, and constraints that always hold."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, combinations, pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fatf_kit.action_plan.model import Action, Stage
from fatf_kit.action_plan.scheduling import (
    Capacity,
    Job,
    Placement,
    find_fastest_order,
    find_longest_chain,
    jobs_of,
    order_jobs,
    place_jobs,
)
from fatf_kit.action_plan.sequence import find_least_work

OWNERS = ("fiu", "bank")


@st.composite
def jobs(draw: st.DrawFn, most: int = 12, longest: int = 6) -> tuple[Job, ...]:
    """Jobs that wait only for earlier ones."""
    made: list[Job] = []
    for number in range(draw(st.integers(1, most))):
        after = draw(st.lists(st.sampled_from([job.id for job in made]), max_size=2, unique=True)) if made else []
        made.append(
            Job(
                id=f"J{number}",
                owner=draw(st.sampled_from(OWNERS)),
                days=draw(st.integers(1, longest)),
                after=tuple(after),
            )
        )
    return tuple(draw(st.permutations(made)))


CAPACITIES = st.builds(
    lambda default, fiu: Capacity(default=default, own={"fiu": fiu}), st.integers(1, 3), st.integers(1, 3)
)


def _faults(found: Sequence[Job], placed: dict[str, Placement], capacity: Capacity) -> list[str]:
    """Every constraint that a timetable breaks."""
    said = [f"{job.id} is not placed" for job in found if job.id not in placed]
    for job in found:
        slot = placed[job.id]
        if slot.start < 0 or slot.end - slot.start + 1 != job.days:
            said.append(f"{job.id} has the wrong length")
        said += [f"{job.id} does not wait for {name}" for name in job.after if placed[name].end >= slot.start]
    for day in range(max(slot.end for slot in placed.values()) + 1):
        for owner in OWNERS:
            busy = sum(placed[job.id].start <= day <= placed[job.id].end for job in found if job.owner == owner)
            if busy > capacity.of(owner):
                said.append(f"{owner} works on {busy} on day {day}")
    return said


@settings(deadline=None)
@given(found=jobs(), capacity=CAPACITIES)
def test_no_constraint_is_ever_broken(found: tuple[Job, ...], capacity: Capacity) -> None:
    """Waiting, capacity and length hold for any order, and for the fastest one."""
    assert _faults(found, place_jobs(order_jobs(found), capacity), capacity) == []
    order, _ = find_fastest_order(found, capacity)
    assert _faults(found, place_jobs(order, capacity), capacity) == []


@settings(max_examples=40, deadline=None)
@given(found=jobs(most=4, longest=3), capacity=CAPACITIES)
def test_no_timetable_is_shorter(found: tuple[Job, ...], capacity: Capacity) -> None:
    """Every way to choose first days by brute force: none is over sooner than the fastest order."""
    order, exact = find_fastest_order(found, capacity)
    length = max(slot.end for slot in place_jobs(order, capacity).values())
    assert exact
    for starts in product(range(length), repeat=len(found)):
        placed = {job.id: Placement(start=s, end=s + job.days - 1) for job, s in zip(found, starts, strict=True)}
        if max(slot.end for slot in placed.values()) < length:
            assert _faults(found, placed, capacity)


@given(found=jobs())
def test_the_longest_chain_is_a_chain(found: tuple[Job, ...]) -> None:
    """Each job of it waits for the one before, and no pair that waits takes longer."""
    names = {job.id: job for job in found}
    told = find_longest_chain(found)
    assert all(one in names[other].after for one, other in pairwise(told))
    length = sum(names[name].days for name in told)
    assert all(names[name].days + job.days <= length for job in found for name in job.after)


def _action(number: int, effort: int, after: tuple[str, ...], owner: str, days: int) -> Action:
    return Action(
        id=f"A{number}",
        kind="law",
        cause="",
        closes=(),
        owner=owner,
        owner_is_role=False,
        after=after,
        effort=effort,
        stages=(Stage(id="work", days=days),),
    )


@st.composite
def problems(draw: st.DrawFn) -> tuple[tuple[Action, ...], dict[str, int], int, int | None]:
    """Actions with what each is worth, what is needed together, and perhaps a deadline."""
    actions: list[Action] = []
    for number in range(draw(st.integers(1, 6))):
        known = [action.id for action in actions]
        after = draw(st.lists(st.sampled_from(known), max_size=1)) if known else []
        effort, days = draw(st.integers(1, 9)), draw(st.integers(1, 5))
        actions.append(_action(number, effort, tuple(after), draw(st.sampled_from(OWNERS)), days))
    worth = {action.id: draw(st.integers(0, 4)) for action in actions}
    return tuple(actions), worth, draw(st.integers(0, 10)), draw(st.sampled_from([None, 4, 8, 12]))


@pytest.mark.full
@settings(max_examples=150, deadline=None)
@given(given=problems())
def test_no_set_takes_less_work(given: tuple[tuple[Action, ...], dict[str, int], int, int | None]) -> None:
    """All subsets by brute force: the set found takes the least effort of those that wait, are in time and suffice."""
    actions, worth, needed, deadline = given
    capacity = Capacity(default=1)

    def reached(some: Sequence[Action]) -> bool:
        return sum(worth[action.id] for action in some) >= needed

    def allowed(some: Sequence[Action]) -> bool:
        names = {action.id for action in some}
        if not reached(some) or any(set(action.after) - names for action in some):
            return False
        if deadline is None:
            return True
        order, _ = find_fastest_order(jobs_of(some), capacity)
        return max((slot.end for slot in place_jobs(order, capacity).values()), default=0) <= deadline

    subsets = chain.from_iterable(combinations(actions, size) for size in range(len(actions) + 1))
    best = min((sum(a.effort for a in some) for some in subsets if allowed(some)), default=None)
    found = find_least_work(actions, reached, capacity, deadline)
    if best is None:
        assert found is None or not found.in_time
    else:
        assert found is not None
        assert (best, True, True) == (found.effort, found.in_time, found.exact)
        assert allowed(found.actions)
