"""The facts around an assessment, as far as its folder and the published table know them."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from fatf_kit import ScoringResult, plan_of, score
from fatf_kit.core.resources import data_folder
from fatf_kit.papers.report_input import Background
from fatf_kit.report.formats.json import render_json
from fatf_kit.workflows.background import collect_background
from tests.examples import score_example

RURITANIA = data_folder("examples") / "ruritania"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with a history of three runs and a plan."""
    home = tmp_path_factory.mktemp("folder") / "ruritania"
    shutil.copytree(RURITANIA, home, ignore=shutil.ignore_patterns("libreoffice", "workbook", "mock", "*.py"))
    payload = json.loads(render_json(score_example().report(generated_at="2026-10-01")))
    (home / "history").mkdir()
    for day in ("2026-09-01", "2026-10-01", "2026-11-28"):
        payload["provenance"]["generated_at"] = f"{day}T10:00:00+00:00"
        (home / "history" / f"{day} 10-00-00Z assessment.json").write_text(json.dumps(payload), encoding="utf-8")
    (home / "history" / "2026-11-02 10-00-00Z assessment.json").write_text("{}", encoding="utf-8")
    (home / "plans").mkdir()
    plan = plan_of(home, start="2026-11-22")
    (home / "plans" / "plan.xlsx").write_bytes(plan.workbook())
    (home / "plans" / "zzz.xlsx").write_bytes(b"no plan")
    return home


@pytest.fixture(scope="module")
def scored(folder: Path) -> ScoringResult:
    """That folder scored."""
    return score(folder)


def background(scored: ScoringResult, today: date = date(2026, 11, 28)) -> Background:
    """The facts around an assessment on a day."""
    return collect_background(scored.framework.id, scored.iso3, scored.workspace, today)


@pytest.mark.full
def test_the_earlier_run_is_of_an_earlier_day(scored: ScoringResult) -> None:
    """Reports of one day say the same however often they are made; what is no result is passed over."""
    found = background(scored).earlier
    assert found is not None
    assert found.day == date(2026, 10, 1)
    assert found.ratings["R.1"].describe() == "PC – LC"
    assert background(scored, date(2026, 9, 1)).earlier is None


def test_dates_and_plan_are_those_of_the_folder(scored: ScoringResult) -> None:
    """The visit and the submissions by the timetable, and a day for each gap in the newest plan that can be read."""
    found, schedule = background(scored), scored.schedule
    assert schedule is not None
    assert schedule.visit == date(2027, 3, 1)
    assert [one.day < schedule.visit for one in schedule.submissions] == [True, True]
    assert "R.15/15.4" in found.plan_dues
    assert min(found.plan_dues.values()) == date(
        2026, 11, 30
    )  # a planned day that passed before the plan does not lead


def test_a_country_of_the_table_has_its_ratings_and_its_body(scored: ScoringResult) -> None:
    """Outcomes with another content are left out; an unknown country is compared with all jurisdictions."""
    loose = replace(scored, folder=None, assessment=replace(scored.assessment, country="Iraq"))
    found = background(loose)
    assert found.published is not None
    assert found.peers is not None
    assert (found.published.label, found.peers.group) == ("MER 2024-05", "MENAFATF")
    assert str(found.published.ratings["R.15"]) == "NC"
    unknown = background(scored)
    assert unknown.published is None
    assert unknown.peers is not None
    assert unknown.peers.group == ""
    assert "R.15" in unknown.peers.counts
