"""The sentences on what changed since the last run, and since the last published ratings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from fatf_kit import ScoringResult
from fatf_kit.core.messages import Translator
from fatf_kit.papers.report_input import Background, EarlierRatings, PaperInput
from fatf_kit.papers.verdict import describe_changes
from fatf_kit.published import find_report
from fatf_kit.scoring.span import Span
from tests.examples import score_example

T = Translator("en")


@pytest.fixture(scope="module")
def scored() -> ScoringResult:
    """The example country."""
    return score_example()


@pytest.fixture(scope="module")
def given(scored: ScoringResult) -> PaperInput:
    """The input of its report, without anything around it."""
    return replace(scored.paper_input(generated_at="2026-11-28"), background=Background())


def earlier(given: PaperInput, **changed: Span[str]) -> PaperInput:
    """The same with an earlier run, in which some ratings were others."""
    units = given.assessment.units
    same = {one.id: Span(worst=str(one.counted.worst), best=str(one.counted.best)) for one in units}
    ratings = {unit: changed.get(unit.replace(".", ""), span) for unit, span in same.items()}
    run = EarlierRatings(day=date(2026, 10, 1), ratings=ratings)
    return replace(given, background=Background(earlier=run))


def test_unknown_changes_are_left_out_or_named(given: PaperInput) -> None:
    """Loose workbooks have no history; a folder without an earlier day says so."""
    assert describe_changes(given, T) == ()
    found = describe_changes(replace(given, background=Background(has_history=True)), T)
    assert found == ("Since the last run: the history of this folder has no result of an earlier day.",)


def test_ratings_rise_by_their_worst_end_first(given: PaperInput) -> None:
    """R.1 is PC to LC now, which is more than from NC to LC."""
    same = earlier(given)
    assert describe_changes(same, T) == ("Since the last run (1 October 2026): no rating changed.",)
    before = {"R1": ("NC", "LC"), "R2": ("PC", "PC"), "R4": ("LC", "C")}
    moved = earlier(given, **{unit: Span(worst=worst, best=best) for unit, (worst, best) in before.items()})
    assert describe_changes(moved, T)[0] == (
        "Since the last run (1 October 2026): 2 ratings rose: R.1 (NC – LC → PC – LC) and R.2 (PC → LC); "
        "1 rating fell: R.4 (LC – C → PC)."
    )
    arabic = describe_changes(moved, Translator("ar"))[0]
    assert "\u2066NC – LC → PC – LC\u2069" in arabic, "the arrow points from the rating before to the one after"
    assert arabic.count("→") == arabic.count("\u2066") == 3


def test_published_ratings_are_compared_at_the_end_that_is_certain(given: PaperInput) -> None:
    """Higher only where the worst case is higher, lower only where the best case is lower."""
    report = find_report("IRQ", "MER")
    ratings = {unit: report.ratings[unit] for unit in ("R.4", "R.5", "R.15", "R.16")}
    counted = {unit.id: unit.counted.describe() for unit in given.assessment.units}
    assert {unit: (str(rating), counted[unit]) for unit, rating in ratings.items()} == {
        "R.4": ("LC", "PC"),
        "R.5": ("PC", "LC"),
        "R.15": ("NC", "NC – PC"),
        "R.16": ("C", "PC – LC"),
    }
    known = Background(published=replace(report, ratings=ratings))
    assert describe_changes(replace(given, background=known), T)[0] == (
        "Since the last published ratings (MER 2024-05): 1 rating is higher even in the worst case; "
        "2 are lower even in the best case: R.4 and R.16."
    )
