"""Frames by agency: every answer with its agency, and how much each agency has answered."""

from __future__ import annotations

import pytest

from fatf_kit import frames
from fatf_kit.workflows.scoring import ScoringResult
from tests.examples import score_example


@pytest.fixture(scope="module")
def scored() -> ScoringResult:
    """The bundled assessment folder, with an assignment to agencies."""
    return score_example()


def test_restricted_answers_are_withheld(scored: ScoringResult) -> None:
    """A row stays, so that it is counted, but its rating, words and dates are for the government only."""
    shown = frames.answers_by_agency(scored)
    withheld = shown[shown["is_withheld"]]
    assert set(withheld["confidentiality"]) == {"restricted"}
    assert withheld[["rating", "explanation", "citation", "missing", "action"]].isna().all(axis=None)
    everything = frames.answers_by_agency(scored, audience="government")
    assert not everything["is_withheld"].any()
    assert everything.loc[withheld.index, "rating"].notna().any()
    assert len(everything) == len(shown)


def test_dates_are_datetimes(scored: ScoringResult) -> None:
    """Analysts can subtract them."""
    frame = frames.answers_by_agency(scored)
    assert str(frame["in_force_from"].max() - frame["in_force_from"].min()).endswith("days 00:00:00")
    assert frame.dtypes.astype(str)[["in_force_from", "action_due"]].tolist() == ["datetime64[ns]"] * 2


def test_coverage_adds_up(scored: ScoringResult) -> None:
    """Open is what was asked and is not answered; the sum is that of the agencies section in the report."""
    frame = frames.coverage_by_agency(scored)
    assert (frame["asked"] - frame["answered"] == frame["open"]).all()
    assert set(frame.groupby("agency")["asked"].sum()) == {167, 112, 156, 136, 187, 135, 13, 80}


def test_workbooks_without_a_folder_give_no_coverage() -> None:
    """Nothing says what an agency was asked; the columns and their types are there all the same."""
    scored = score_example("ruritania/workbook")
    frame = frames.coverage_by_agency(scored)
    assert (len(frame), str(frame["asked"].dtype)) == (0, "Int64")
    assert frames.answers_by_agency(scored)["agency"].isna().all()
