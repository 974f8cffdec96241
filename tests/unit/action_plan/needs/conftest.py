"""An assessment folder whose action-plan.xlsx is the made-up register."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from fatf_kit.action_plan.item_making import render_action_plan
from fatf_kit.action_plan.review import ItemReview, review_items
from fatf_kit.workflows.assessment_folder import init_assessment
from tests.unit.action_plan.needs.registers import REGISTER, TODAY


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder."""
    home = tmp_path_factory.mktemp("needs") / "home"
    workspace = init_assessment(home, country="IRQ", cut_off=date(2027, 3, 19))
    (home / "action-plan.xlsx").write_bytes(render_action_plan(REGISTER, workspace))
    return home


@pytest.fixture(scope="session")
def review(folder: Path) -> ItemReview:
    """Its items."""
    found = review_items(folder, today=TODAY)
    assert found.problems == ()
    return found
