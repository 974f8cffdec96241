"""Segments: what is counted in each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from fatf_kit.npo.classification import sector
from fatf_kit.npo.method.load import load_method
from fatf_kit.npo.method.settings import Settings
from fatf_kit.npo.model import ClassMoney, Override
from fatf_kit.npo.scales import RiskClass, Scope, SegmentKind
from tests.unit.npo.small_register import body, classify

LOW, MEDIUM, HIGH = RiskClass


def test_each_segment_counts_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Classes, bands and money; a body without a class counts as provisional, however much is known of it."""
    method = replace(load_method(), provisional_below=0.02, classified_from=0.0)
    monkeypatch.setattr(sector, "load_method", lambda: method)
    known = {"threat_area": "1", "cash_level": "2"}
    rows = [
        body("a", activity="relief", region="North", total_income="10", **known),
        body("b", activity="relief", region="South", total_income="30", **known),
        body("c", activity="relief", region="North", total_income="", threat_area="5", cash_level="5"),
        body("d", activity="health", region="North", total_income="200", cash_level="2"),
        body("e", activity="health", region="North", total_income="4000", purpose="commercial"),
    ]
    made, _ = classify(tmp_path, rows, as_shipped=True)
    relief, health = made.result.by(SegmentKind.ACTIVITY)
    assert tuple(
        (one.code, one.classes.low, one.classes.high, one.classes.unrated, one.classes.provisional)
        for one in (relief, health)
    ) == (("relief", 2, 1, 0, 0), ("health", 0, 0, 1, 1))
    assert (relief.classes.bands, health.classes.bands) == ((2, 0, 0, 0, 1), (0, 0, 0, 0, 0))
    assert ClassMoney(low=40, medium=0, high=0, unrated=0, known=2) == relief.money
    assert ClassMoney(low=0, medium=0, high=0, unrated=200, known=1) == health.money
    assert ClassMoney(low=40, medium=0, high=0, unrated=200, known=3) == made.result.money
    whole = made.result.classes
    assert (
        whole.low, whole.medium, whole.high, whole.unrated, whole.provisional, whole.bands,
    ) == (2, 0, 1, 1, 1, (2, 0, 0, 0, 1))  # fmt: skip
    assert [(s.code, s.classes.total) for s in made.result.by(SegmentKind.REGION)] == [("North", 3), ("South", 1)]


def test_more_regions_than_a_list_type_has(tmp_path: Path) -> None:
    """A column of many values is written as texts; its segments and the scope of its bodies are the same."""
    made, lines = classify(tmp_path, [body(f"b{n}", region=f"Village {n:04}") for n in range(1_001)])
    assert [line["scope"] for line in lines] == ["in"] * 1_001
    assert [one.code for one in made.result.by(SegmentKind.REGION)] == [f"Village {n:04}" for n in range(1_001)]


def test_spellings_of_one_text_are_one_segment(tmp_path: Path) -> None:
    """A region, form or activity is counted under its name however it is spelt, and decides scope."""
    shown = [body(f"a{n}", region="North", activity="relief", legal_form="trust") for n in range(3)]
    later = [
        body("b", region=" South ", activity="Health", legal_form="political_party"),
        body("c", region="South", activity="health", legal_form="Club"),
        body("d", region=" ", activity="n/a", legal_form="Guild "),
        body("e", region="North", activity="Bees ", legal_form="trust"),
    ]
    made, lines = classify(tmp_path, [*shown, *later])
    assert [line["scope"] for line in lines] == ["in", "in", "in", "out", "out", "in", "in"]
    assert [line["scope_reason"] for line in lines[3:5]] == ["party", "member_benefit"]
    groups = [g for g in made.result.groups if g.kind is SegmentKind.LEGAL_FORM]
    assert [(g.code, g.scope, g.count) for g in groups] == [
        ("Guild", "in", 1), ("club", "out", 1), ("political_party", "out", 1), ("trust", "in", 4),
    ]  # fmt: skip
    assert [(s.code, s.classes.total) for s in made.result.by(SegmentKind.REGION)] == [("North", 4), ("", 1)]


def test_thousands_of_regions(tmp_path: Path) -> None:
    """Every body is counted in its own region, however many there are."""
    rows = [body(f"a{n}", region=f"Town {n % 2100}", total_income=str(n)) for n in range(4200)]
    made, _ = classify(tmp_path, rows)
    regions = made.result.by(SegmentKind.REGION)
    assert sorted(f"Town {n}" for n in range(2100)) == [segment.code for segment in regions]
    assert {segment.classes.total for segment in regions} == {2}
    assert all(
        segment.money.unrated + segment.money.low == 2 * int(segment.code.split()[1]) + 2100 for segment in regions
    )


def test_groups_are_in_order_whatever_the_order_of_rows(tmp_path: Path) -> None:
    """The whole register first, then by kind, code, scope and class; each kind counts every body once."""
    threats = {"high": "5", "low": "1", "": ""}
    rows = [
        body(f"{n}{threat}{region}{purpose}", region=region, purpose=purpose, threat_area=threats[threat],
             cash_level="5" if threat else "", total_income=str(1 + 10 * (n % 2)))
        for n in range(2) for threat in threats for region in ("South", "North")
        for purpose in ("charitable", "commercial", "")
    ]  # fmt: skip
    made, _ = classify(tmp_path, rows)
    groups = made.result.groups
    for kind in (None, *SegmentKind):
        of_kind = [group for group in groups if group.kind is kind]
        assert (sum(group.count for group in of_kind), sum(group.money for group in of_kind)) == (36, 18 + 18 * 11)
    whole = [(group.scope, group.risk_class, group.count) for group in groups if group.kind is None]
    assert whole == [
        (Scope.IN, LOW, 4), (Scope.IN, HIGH, 4), (Scope.IN, None, 4), (Scope.OUT, None, 12),
        (Scope.UNDETERMINED, None, 12),
    ]  # fmt: skip
    kinds = (None, *SegmentKind)
    assert groups == tuple(sorted(groups, key=lambda group: (
        kinds.index(group.kind), group.code, group.scope, (LOW, MEDIUM, HIGH, None).index(group.risk_class)
    )))  # fmt: skip
    assert groups == classify(tmp_path, rows[::-1])[0].result.groups


def test_a_class_set_by_hand_counts_in_its_segment(tmp_path: Path) -> None:
    """The cell stays where it is, and the class goes where somebody put it; in the groups too."""
    override = Override(npo_id="a", risk_class=HIGH, reason="seen", office="NPO office", on=date(2026, 1, 1))
    rows = [body(name, activity="relief", threat_area="1", cash_level="2") for name in "ab"]
    made, _ = classify(tmp_path, rows, settings=Settings(overrides=(override,)))
    classes = made.result.by(SegmentKind.ACTIVITY)[0].classes
    assert ((classes.low, classes.medium, classes.high), classes.bands) == ((1, 0, 1), (2, 0, 0, 0, 0))
    assert [(group.risk_class, group.count) for group in made.result.groups[:2]] == [(LOW, 1), (HIGH, 1)]
    assert made.result.matrix[0][1] + made.result.matrix[0][2] == 2


def test_segments_of_size_are_called_by_their_part(tmp_path: Path) -> None:
    """Bodies without an income have no size; the others the number of their part."""
    rows = [body(f"{size}{n}", total_income=size) for size in ("", "100", "900000") for n in range(2)]
    made, _ = classify(tmp_path, rows)
    assert {one.code for one in made.result.by(SegmentKind.SIZE)} == {"", "1", "3"}
