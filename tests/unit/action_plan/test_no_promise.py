"""A plan closes the gaps that the country named. It promises no rating, and its efforts are estimates."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fatf_kit import PlanResult, progress, progress_report
from fatf_kit.action_plan.book import describe_path, state_limits
from fatf_kit.action_plan.payload import make_plan_result
from fatf_kit.action_plan.schema import ACTIONS, RATINGS
from fatf_kit.core.json_files import make_json_value
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.messages import Translator
from fatf_kit.framework import load_framework

FILLED = Path(__file__).parents[3] / "examples" / "ruritania-plan" / "plan-after-six-months.xlsx"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_way_promises_nothing(language: str, planned: PlanResult) -> None:
    """It names the gaps that are closed, and that assessors find others."""
    t = Translator(language)
    text = describe_path(planned.plan, t)
    assert state_limits(t) in text
    assert "person-days" not in text
    assert "reached" not in text
    assert language == "en" or state_limits(t) != state_limits(Translator("en"))


def test_no_ratings_after_every_action(planned: PlanResult) -> None:
    """Neither in the workbook nor in JSON; the sheet of ratings has shown and claimed."""
    assert [column.key for column in RATINGS.columns] == ["unit", "title", "now", "claimed"]
    payload = make_json_value(make_plan_result(planned.plan, load_framework("fatf-2022"), Translator("en")))
    assert "ratings_after" not in json.dumps(payload)
    assert next(one.heading_in("en") for one in ACTIONS.columns if one.key == "effort").startswith("Your estimate")


def test_the_progress_report_states_no_person_days() -> None:
    """It counts actions, shows both ends and the claim, and promises nothing."""
    found, _ = progress(FILLED, today="2026-07-01")
    text = str(progress_report(found).document)
    assert "erson-days" not in text
    assert state_limits(Translator("en")) in text
    assert "Claimed" in text
    assert "is reached" not in text
