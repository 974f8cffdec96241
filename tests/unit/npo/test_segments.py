"""Segments: what is counted in each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from fatf_kit.npo.classification import sector
from fatf_kit.npo.method.load import load_method
from fatf_kit.npo.method.scales import RiskClass, Scope, SegmentKind
from fatf_kit.npo.method.settings import Settings
from fatf_kit.npo.model import ClassMoney, Override
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
    assert [(g.scope, g.activity, g.legal_form, g.region, g.count) for g in made.result.groups] == [
        ("in", "", "Guild", "", 1), ("in", "Bees", "trust", "North", 1), ("in", "relief", "trust", "North", 3),
        ("out", "health", "club", "South", 1), ("out", "health", "political_party", "South", 1),
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


def test_groups_stand_in_order_whatever_the_order_of_rows(tmp_path: Path) -> None:
    """Scope, class, activity, form, region, size, and whether it works abroad, what is not known last."""
    threats = {"high": "5", "low": "1", "": ""}
    rows = [
        body(f"{n}{threat}{region}{abroad}", region=region, works_abroad=abroad, threat_area=threats[threat],
             cash_level="5" if threat else "", total_income=str(1 + 10 * (n % 2)))
        for n in range(2) for threat in threats for region in ("South", "North") for abroad in ("", "yes", "no")
    ]  # fmt: skip
    made, _ = classify(tmp_path, rows)
    groups = made.result.groups
    assert (sum(group.count for group in groups), sum(group.money for group in groups)) == (36, 18 + 18 * 11)
    assert ({LOW, HIGH, None}, {"1", "3"}, {None, False, True}) <= (
        {group.risk_class for group in groups}, {group.size for group in groups}, {group.foreign for group in groups},
    )  # fmt: skip
    assert groups == tuple(
        sorted(
            groups,
            key=lambda group: (
                (HIGH, LOW, MEDIUM, None).index(group.risk_class), group.region, group.size,
                (False, True, None).index(group.foreign),
            ),
        )
    )  # fmt: skip
    assert made.result.groups == classify(tmp_path, rows[::-1])[0].result.groups


def test_a_class_set_by_hand_counts_in_its_segment(tmp_path: Path) -> None:
    """The cell stays where it is, and the class goes where somebody put it; in the groups too."""
    override = Override(npo_id="a", risk_class=HIGH, reason="seen", office="NPO office", on=date(2026, 1, 1))
    rows = [body(name, activity="relief", threat_area="1", cash_level="2") for name in "ab"]
    made, _ = classify(tmp_path, rows, settings=Settings(overrides=(override,)))
    classes = made.result.by(SegmentKind.ACTIVITY)[0].classes
    assert ((classes.low, classes.medium, classes.high), classes.bands) == ((1, 0, 1), (2, 0, 0, 0, 0))
    assert [(group.risk_class, group.count) for group in made.result.groups] == [(HIGH, 1), (LOW, 1)]
    assert made.result.matrix[0][1] + made.result.matrix[0][2] == 2


def test_groups_stand_by_size_and_then_by_what_is_known_of_work_abroad(tmp_path: Path) -> None:
    """No size before the first part, nothing known after no and yes; segments of size are called alike."""
    rows = [
        body(f"{size}{abroad}{purpose}{n}", total_income=size, works_abroad=abroad, purpose=purpose)
        for size in ("", "100", "900000")
        for abroad in ("yes", "", "no")
        for purpose in ("charitable", "commercial")
        for n in range(2)
    ]
    made, _ = classify(tmp_path, rows)
    out = [(group.size, group.foreign, group.count) for group in made.result.groups if group.scope is Scope.OUT]
    assert [(size, abroad, 2) for size in ("", "1", "3") for abroad in (False, True, None)] == out
    assert {one.code for one in made.result.by(SegmentKind.SIZE)} == {"", "1", "3"}
