"""Work that fits before the cut-off date and counts comes first."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from fatf_kit import PlanResult, plan_of
from fatf_kit.action_plan.efforts import load_efforts
from fatf_kit.action_plan.model import Action
from fatf_kit.action_plan.scheduling import Capacity, Job, WorkList, place_by_priority
from fatf_kit.core.ratings import FindingKind

EXAMPLE = Path(__file__).parents[3] / "examples" / "ruritania"
START = date(2026, 11, 27)


def _evidence(planned: PlanResult) -> list[Action]:
    kinds = load_efforts().kinds
    return [one for one in planned.plan.actions if kinds[one.kind].closes == {FindingKind.UNDEMONSTRATED}]


@pytest.mark.parametrize("target", ["regular", pytest.param(None, marks=pytest.mark.full)])
def test_no_evidence_task_starts_after_the_cut_off(target: str | None) -> None:
    """Evidence work used to queue behind long work that cannot count any more: 20 of 33 tasks began too late."""
    planned = plan_of(EXAMPLE, start=START, target=target)
    plan, tasks = planned.plan, _evidence(planned)
    assert plan.cut_off == date(2027, 3, 19)
    assert len(tasks) > 30
    assert [one.id for one in tasks if plan.slots[one.id].start > date(2027, 3, 19)] == []
    assert [one.id for one in tasks if one.effort <= 3 and plan.slots[one.id].late] == []
    assert plan_of(EXAMPLE, start=START, target=target).plan.slots == plan.slots


def test_evidence_goes_before_long_work_that_cannot_count() -> None:
    """The law would come first by its effect, and would end after the last day that counts."""
    law, proof = Job(id="law", owner="x", days=90), Job(id="proof", owner="x", days=3)
    placed = place_by_priority(WorkList(jobs=(law, proof), desk={"proof"}, deadline=80), Capacity(default=1))
    assert (placed["proof"].start, placed["law"].start) == (0, 3)


def test_a_way_that_is_in_time_stays_in_time() -> None:
    """Evidence waits where it would make the shortest way to the target late."""
    law, proof = Job(id="law", owner="x", days=79), Job(id="proof", owner="x", days=3)
    work = WorkList(jobs=(law, proof), path=(law,), desk={"proof"}, deadline=78)
    placed = place_by_priority(work, Capacity(default=1))
    assert (placed["law"].start, placed["proof"].start) == (0, 79)


def test_long_evidence_work_goes_first_where_more_fits_then() -> None:
    """Two owners' days in parallel: three short tasks fit beside the long one only if it begins at once."""
    long = Job(id="long", owner="x", days=9)
    short = tuple(Job(id=f"s{n}", owner="x", days=3) for n in range(3))
    work = WorkList(jobs=(*short, long), desk={"long", "s0", "s1", "s2"}, deadline=8)
    placed = place_by_priority(work, Capacity(default=2))
    assert max(one.end for one in placed.values()) == 8
