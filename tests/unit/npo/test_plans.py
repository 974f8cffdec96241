"""Plans follow risk and fit the capacity."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fatf_kit.npo.model import CLASSIFIED_COLUMNS, ClassCounts
from fatf_kit.npo.plans import INSPECTION_LIST, list_inspections, load_plan_settings, plan_inspections, plan_outreach
from tests.unit.npo.made_up_sector import made_up_sector


def counts(low: int, medium: int, high: int) -> ClassCounts:
    """Rated bodies by class."""
    return ClassCounts(low=low, medium=medium, high=high, unrated=0, provisional=0, bands=(low, 0, medium, 0, high))


@given(st.integers(0, 9999), st.integers(0, 999), st.integers(0, 999), st.floats(0, 5000))
def test_a_plan_never_exceeds_its_capacity(low: int, medium: int, high: int, days: float) -> None:
    """High is served first; medium only when all of high fits; what is planned and left are all bodies."""
    plan = plan_inspections(counts(low, medium, high), load_plan_settings().with_capacity(days))
    first, second = plan.lines
    assert plan.days <= days + 1e-6
    assert (high, medium) == (first.planned + first.left, second.planned + second.left)
    assert not first.left or not second.planned
    assert (plan.days_short > 1e-9) == (sum(line.days_wanted for line in plan.lines) > days + 1e-9)


def test_outreach_reaches_every_class_in_its_measure() -> None:
    """High and medium by activity, low all at once; small groups for high."""
    plan = plan_outreach(made_up_sector(), load_plan_settings())
    assert [
        ("high", "relief", 28, 4),
        ("high", "health", 3, 2),
        ("medium", "relief", 55, 2),
        ("medium", "health", 22, 1),
    ] == [(str(line.rule.tier), line.activity, line.bodies, line.events) for line in plan.lines[:4]]
    assert [("low", None, 860, 1)] == [
        (str(line.rule.tier), line.activity, line.bodies, line.events) for line in plan.lines[4:]
    ]


ROWS = (
    ("a", "in", "low", "low", "1.00", "1.00", ""),
    ("b", "in", "medium", "medium", "2.10", "3.00", ""),
    ("c", "in", "high", "high", "4.00", "4.00", ""),
    ("d", "in", "medium", "medium", "3.40", "3.00", ""),
    ("e", "in", "high", "high", "4.90", "4.00", "yes"),
    ("f", "out", "", "", "", "", ""),
    ("g", "in", "high", "medium-high", "4.50", "2.00", ""),
    ("h", "undetermined", "", "", "", "", ""),
)


@pytest.fixture
def classified(tmp_path: Path) -> Path:
    """A classified register, with one body that investigators look at."""
    path = tmp_path / "classified.csv"
    with path.open("w", newline="", encoding="utf-8") as target:
        rows = csv.DictWriter(target, CLASSIFIED_COLUMNS, restval="")
        rows.writeheader()
        for row in ROWS:
            keys = ("npo_id", "scope", "class", "band", "threat", "vulnerability", "investigate")
            rows.writerow(dict(zip(keys, row, strict=True)))
    return path


def test_the_working_list_is_in_the_order_of_risk(classified: Path) -> None:
    """High before medium, by band and threat; no low, outside, undetermined or investigated body."""
    rows = list(list_inspections(classified, load_plan_settings().with_capacity(7)))
    at = INSPECTION_LIST.index
    assert ["c", "g", "d", "b"] == [row[at("npo_id")] for row in rows]
    assert ["yes", "yes", "yes", ""] == [row[at("fits")] for row in rows]
    assert ["1", "2", "3", "4"] == [row[at("place")] for row in rows]
