"""The made-up country after its first assessment: plan, six months later, second assessment, what moved, follow-up."""

from __future__ import annotations

import json

from fatf_kit import compare, progress, progress_report
from fatf_kit.action_plan.progress import ActionState
from fatf_kit.comparison.model import MovementCause
from fatf_kit.core.messages import MADE_UP
from fatf_kit.core.resources import data_folder

HOME = data_folder("examples") / "ruritania-plan"
FIRST = data_folder("examples") / "ruritania" / "workbook" / "ruritania-2022.xlsx"
SOURCE = json.loads((HOME / "six-months.json").read_text(encoding="utf-8"))


def test_six_months_later() -> None:
    """Five actions are done and shown, one is done and not shown, and ratings have moved."""
    found, problems = progress(HOME / "plan-after-six-months.xlsx", today=SOURCE["today"])
    assert problems == ()
    assert (found.count(ActionState.DONE), found.count(ActionState.UNSHOWN)) == (5, 1)
    assert found.now.ratings != found.at_start.ratings


def test_second_assessment_matches_the_progress_of_the_plan() -> None:
    """The second assessment changes the same ratings as the progress of the plan."""
    found, _ = progress(HOME / "plan-after-six-months.xlsx", today=SOURCE["today"])
    moved = compare(FIRST, HOME / "second" / "ruritania-2022.xlsx")
    before, after = found.at_start.ratings, found.now.ratings
    assert {unit for unit in after if before[unit] != after[unit]} == {one.unit for one in moved.moved}
    assert {step.cause for one in moved.movements for step in one.steps} == {MovementCause.EVIDENCE}


def test_everything_says_that_it_is_made_up() -> None:
    """Pages and workbooks alike."""
    assert compare(FIRST, HOME / "second" / "ruritania-2022.xlsx").notices == (MADE_UP,)
    found, _ = progress(HOME / "plan-after-six-months.xlsx", today=SOURCE["today"])
    assert MADE_UP in progress_report(found).document.notices
