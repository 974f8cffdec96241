"""Findings of a mock visit become actions next to those of the assessment, with their source and without effect."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from fatf_kit import PlanResult, mock_debrief, plan_of, progress
from fatf_kit.action_plan.actions import derive_mock_visit_actions
from fatf_kit.action_plan.efforts import load_efforts
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.store import write_file
from fatf_kit.evaluation_calendar.settings import PlanSettings
from fatf_kit.framework import load_framework
from fatf_kit.mock_visit.model import MockScore
from tests.unit.action_plan.conftest import RURITANIA, START

SHEETS = RURITANIA.parents[1] / "mock" / "sheets"


@pytest.fixture(scope="module")
def with_mock() -> PlanResult:
    """The example's plan with its scored mock visit."""
    return plan_of(RURITANIA, start=START, target="leave-icrg", mock=SHEETS)


@pytest.mark.full
def test_every_finding_is_answered_once(with_mock: PlanResult) -> None:
    """By its agency, under its core issue, by work that its score asks for."""
    found = mock_debrief(SHEETS).found.findings
    made = [action for action in with_mock.plan.actions if action.mock]
    assert Counter(finding.id for finding in found) == Counter(name for action in made for name in action.mock)
    by_id = {finding.id: finding for finding in found}
    for action in made:
        mine = [by_id[name] for name in action.mock]
        assert {finding.agency for finding in mine} == {action.owner}
        assert {load_efforts().by_mock_score[finding.score] for finding in mine} == {action.kind}
        assert {*action.concerns} == {finding.requirement for finding in mine} == {*action.missing}
    assert {finding.score for finding in found} == {MockScore.CONTRADICTS, MockScore.NO_ANSWER, MockScore.WEAK}


def test_nothing_of_the_assessment_moves(with_mock: PlanResult, planned: PlanResult) -> None:
    """Same actions, effects, ratings and shortest way; what the mock visit proposes comes after."""
    before, after = planned.plan, with_mock.plan
    count = len(before.actions)
    assert before.actions == after.actions[:count]
    assert {bool(action.mock) for action in after.actions[count:]} == {True}
    assert (before.claimed, before.way) == (after.claimed, after.way)
    assert {after.effects[action.id].points for action in after.actions[count:]} == {0}


def test_the_workbook_names_the_source(with_mock: PlanResult, tmp_path: Path) -> None:
    """And what it concerns is read back, in any language, without a problem."""
    path = write_file(tmp_path / "plan.xlsx", with_mock.workbook("fr"))
    found, problems = progress(path, today=START)
    assert problems == ()
    made = {action.id: action.concerns for action in with_mock.plan.actions if action.mock}
    assert made == {one.action.id: one.action.concerns for one in found.book.actions if one.action.concerns}


def test_a_folder_brings_its_own_mock_visit(tmp_path: Path) -> None:
    """The scored sheets in its mock/ count without an option."""
    shutil.copytree(RURITANIA.parents[1], tmp_path / "home", ignore=shutil.ignore_patterns("mock"))
    shutil.copytree(SHEETS, tmp_path / "home" / "mock")
    assert any(action.mock for action in plan_of(tmp_path / "home", start=START).plan.actions)


def test_another_edition_is_refused() -> None:
    """Core issues would mean something else."""
    found = mock_debrief(SHEETS).found
    other = replace(found, sheets=replace(found.sheets, edition="fatf-2013"))
    with pytest.raises(FatfKitError, match="fatf-2013"):
        derive_mock_visit_actions(other, load_framework("fatf-2022"), load_efforts(), PlanSettings())
