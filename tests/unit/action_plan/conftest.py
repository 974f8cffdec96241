"""The made-up country's assessment, and the plan made from it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from fatf_kit import PlanResult, ScoringResult, plan_of
from tests.examples import score_example

RURITANIA = Path(__file__).parents[3] / "examples" / "ruritania" / "workbook" / "ruritania-2022.xlsx"
START = date(2026, 1, 4)


@pytest.fixture(scope="session")
def scored() -> ScoringResult:
    """The example scored."""
    return score_example("ruritania/workbook")


@pytest.fixture(scope="session")
def planned() -> PlanResult:
    """The example's plan, on the shortest way out of the referral lines."""
    return plan_of(RURITANIA, start=START, target="leave-icrg")


@pytest.fixture(scope="session")
def english_plan(planned: PlanResult) -> bytes:
    """The English workbook of the example's plan."""
    return planned.workbook()
