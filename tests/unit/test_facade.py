"""The verbs as functions: what they take, and what they say to what they cannot take."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import fatf_kit
from fatf_kit.errors import FatfKitError
from fatf_kit.resources import data_folder

FILLED = data_folder("examples") / "ruritania" / "workbook"


def test_the_verbs_can_be_seen() -> None:
    """A notebook completes them."""
    assert set(fatf_kit.__all__) <= set(dir(fatf_kit))


@pytest.mark.parametrize(
    "paths", [FILLED, str(FILLED), [FILLED], iter([str(FILLED)])], ids=lambda one: type(one).__name__
)
def test_score_takes_one_path_or_many(paths: Path | str | list[Path]) -> None:
    """A text is one path, not its letters; a cut-off date may be text."""
    scored = fatf_kit.score(paths, cut_off="2027-03-19")
    assert (1, date(2027, 3, 19)) == (len(scored.responses.inputs), scored.assessment.cut_off)


@pytest.mark.parametrize("text", ["2027-W12-5", "20270319", "19.3.2027", "2027-02-30", ""])
def test_a_bad_cut_off_date_is_told(text: str) -> None:
    """Before anything is read."""
    with pytest.raises(FatfKitError, match="year-month-day"):
        fatf_kit.score("no-such-folder", cut_off=text)


@pytest.mark.parametrize("text", ["", "yesterday", "2026-13-01"])
def test_a_bad_moment_is_told(text: str) -> None:
    """What is printed on every page has to be a date."""
    with pytest.raises(FatfKitError, match="generated_at"):
        fatf_kit.score_published("IRQ", generated_at=text)
    with pytest.raises(FatfKitError, match="generated_at"):
        fatf_kit.score(FILLED).report(generated_at=text)
