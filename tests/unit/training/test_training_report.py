"""The report for a partner and for the government: which words and numbers each has."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from fatf_kit.core.json_files import check_json
from fatf_kit.core.messages import Translator
from fatf_kit.framework import load_framework
from fatf_kit.report.formats.html import render_document
from fatf_kit.report.model import Report
from fatf_kit.training.counts import summarise_training
from fatf_kit.training.model import PaperResult, TrainingAudience
from fatf_kit.training.report import build_training_report
from fatf_kit.training.report_tables import TrainingImprint
from fatf_kit.training.sheets import Attendance, TrainingRecord
from tests.unit.training.records import AGENCIES, RECORD, TODAY
from tests.unit.training.test_counts import GOVERNMENT, PARTNER, RATED


def _report(record: TrainingRecord, audience: TrainingAudience, language: str = "en") -> Report:
    imprint = TrainingImprint(
        framework=load_framework("fatf-2022", language),
        country="Ruritania",
        generated_at=str(TODAY),
        agencies={one.id: one.name(language) for one in AGENCIES},
    )
    summary = summarise_training(record, today=TODAY, audience=audience, rated=RATED)
    return build_training_report(summary, imprint, Translator(language))


def _page(report: Report) -> str:
    return render_document(report.document).decode("utf-8")


def test_a_partner_gets_no_rating_and_no_small_group() -> None:
    """Neither in the page nor in a sheet nor in the JSON."""
    made = _report(RECORD, PARTNER)
    whole = _page(made) + json.dumps(made.payload) + str(made.tables)
    assert "other agencies" in whole
    for absent in ("Museum of Coins", "Outcomes rated", "Next needs", "Two rooms", '"LE"'):
        assert absent not in whole
    assert [table.key for table in made.tables] == ["sessions", "agencies", "covered", "tests"]
    assert {"women", "men"}.isdisjoint(column.key for column in made.tables[1].columns)


def test_the_government_gets_its_ratings_and_three_needs() -> None:
    """With a banner on every page."""
    made = _report(RECORD, GOVERNMENT)
    page = _page(made)
    assert "Museum of Coins" in page
    assert made.document.banner
    assert [one["outcome"] for one in made.payload["needs"]] == ["IO.5", "IO.7", "IO.10"]  # type: ignore[attr-defined]
    assert {"women", "men", "not_stated"} <= {column.key for column in made.tables[1].columns}


@pytest.mark.parametrize("audience", TrainingAudience)
@pytest.mark.parametrize("record", [RECORD, TrainingRecord()], ids=["filled", "empty"])
def test_the_json_keeps_its_schema(record: TrainingRecord, audience: TrainingAudience) -> None:
    """Also without any session."""
    assert check_json(_report(record, audience).payload, "training-1.schema.json", "payload") == ()


def test_seats_are_explained_and_an_effect_is_not_claimed() -> None:
    """With n, the change in points, and the words on what it does not show."""
    page = _page(_report(RECORD, PARTNER))
    assert "a person who attended three sessions counts as three seats" in page
    assert "n = 20" in page
    assert "+21.5" in page
    assert "does not prove an effect" in page


def test_a_withheld_mean_is_not_shown() -> None:
    """Neither it nor the number of people, in any form."""
    few = replace(RECORD.tests[0], before=PaperResult(people=4, mean=43.25))
    made = _report(replace(RECORD, tests=(few,)), GOVERNMENT)
    whole = _page(made) + json.dumps(made.payload) + str(made.tables)
    assert "43.25" not in whole
    assert "n = 4" not in whole
    assert "Averages of groups of fewer than 5 people are not shown" in whole


def test_zero_states_are_reported() -> None:
    """No session; no participants; no test; no outcome."""
    assert "No training session has been recorded yet." in _page(_report(TrainingRecord(), PARTNER))
    bare = TrainingRecord(sessions=(replace(RECORD.sessions[0], units=()),))
    page = _page(_report(bare, PARTNER))
    for text in (
        "No participants have been entered yet.",
        "No session names an outcome.",
        "No test has been recorded.",
    ):
        assert text in page
    few = TrainingRecord(sessions=RECORD.sessions, attendance=(Attendance(session="T-01", agency="bank", women=3),))
    assert "fewer than 5" in _page(_report(few, PARTNER))
