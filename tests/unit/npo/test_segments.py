"""Segments: what is counted in each, and the class that stands for it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fatf_kit.npo import sector
from fatf_kit.npo.method import load_method
from fatf_kit.npo.model import Money, RiskClass, SegmentKind
from fatf_kit.npo.segments import middle_class
from tests.unit.npo.small_register import body, classify

LOW, MEDIUM, HIGH = RiskClass


@pytest.mark.parametrize(
    ("parts", "at", "expected"),
    [
        ((2, 2, 0), 0.5, LOW),
        ((1, 3, 0), 0.5, MEDIUM),
        ((0, 0, 1), 0.5, HIGH),
        ((8, 0, 2), 0.8, LOW),
        ((7, 1, 2), 0.8, MEDIUM),
        ((7, 0, 3), 0.8, HIGH),
        ((0, 0, 0), 0.5, None),
    ],
)
def test_the_class_of_the_middle_body(parts: tuple[int, int, int], at: float, expected: RiskClass | None) -> None:
    """The lowest class by which the part asked for is reached; none where there is nothing."""
    assert expected is middle_class(dict(zip(RiskClass, parts, strict=True)), at)


def test_each_segment_counts_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Classes, bands and money; a body without a class counts as provisional, however much is known of it."""
    method = replace(load_method(), provisional_below=0.02)
    monkeypatch.setattr(sector, "load_method", lambda: method)
    known = {"threat_area": "1", "cash_level": "2"}
    rows = [
        body("a", activity="relief", region="North", total_income="10", **known),
        body("b", activity="relief", region="South", total_income="30", **known),
        body("c", activity="relief", region="North", total_income="", threat_area="5", cash_level="5"),
        body("d", activity="health", region="North", total_income="200", cash_level="2"),
        body("e", activity="health", region="North", total_income="4000", purpose="commercial"),
    ]
    made, _ = classify(tmp_path, rows)
    relief, health = made.result.by(SegmentKind.ACTIVITY)
    assert (("relief", 2, 1, 0, 0), ("health", 0, 0, 1, 1)) == tuple(
        (one.code, one.classes.low, one.classes.high, one.classes.unrated, one.classes.provisional)
        for one in (relief, health)
    )
    assert ((2, 0, 0, 0, 1), (0, 0, 0, 0, 0)) == (relief.classes.bands, health.classes.bands)
    assert Money(low=40, medium=0, high=0, unrated=0, known=2) == relief.money
    assert Money(low=0, medium=0, high=0, unrated=200, known=1) == health.money
    assert (LOW, LOW, None, None) == (relief.by_count, relief.by_money, health.by_count, health.by_money)
    assert Money(low=40, medium=0, high=0, unrated=200, known=3) == made.result.money
    whole = made.result.classes
    assert (2, 0, 1, 1, 1, (2, 0, 0, 0, 1)) == (
        whole.low, whole.medium, whole.high, whole.unrated, whole.provisional, whole.bands,
    )  # fmt: skip
    assert [("North", 3), ("South", 1)] == [(s.code, s.classes.total) for s in made.result.by(SegmentKind.REGION)]
