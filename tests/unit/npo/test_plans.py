"""Plans follow risk and fit the capacity."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fatf_kit.core.errors import FatfKitError
from fatf_kit.npo.classification.output import CLASSIFIED_COLUMNS
from fatf_kit.npo.measures.catalogue import Tier
from fatf_kit.npo.measures.plans import (
    InspectionRule,
    load_plan_settings,
    plan_inspections,
    plan_outreach,
    write_inspections,
)
from fatf_kit.npo.model import ClassCounts
from tests.unit.npo.made_up_sector import group, made_up_sector
from tests.unit.npo.small_register import read


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


@pytest.mark.parametrize("days", [0, 0.5, 1, 1_000_000])
def test_a_capacity_is_any_number_of_days(days: float) -> None:
    """From none to more than any authority has; none given keeps the one that is shipped."""
    shipped = load_plan_settings()
    assert (shipped.with_capacity(days).inspection.days_a_year, shipped.with_capacity(None)) == (days, shipped)


@pytest.mark.parametrize("days", [-0.5, 1_000_000.5, float("nan")])
def test_a_capacity_that_is_none_is_refused(days: float) -> None:
    """Below zero, beyond all authorities, and what is no number."""
    with pytest.raises(FatfKitError, match="Write a number from 0 to 1,000,000"):
        load_plan_settings().with_capacity(days)


def test_what_fits_a_capacity() -> None:
    """Of 4 high bodies at three days 3 fit in ten, no medium one takes the rest; in 14 days all 4 and 2 more."""

    def plan(days: float) -> list[tuple[int, int, float, float]]:
        lines = plan_inspections(counts(9, 5, 4), load_plan_settings().with_capacity(days)).lines
        return [(line.planned, line.left, line.days, line.days_wanted) for line in lines]

    assert plan(10) == [(3, 1, 9, 12), (0, 5, 0, 5)]
    assert plan(14) == [(4, 0, 12, 12), (2, 3, 2, 5)]
    short = [plan_inspections(counts(9, 5, 4), load_plan_settings().with_capacity(days)) for days in (10, 17, 20)]
    assert [(one.days, one.days_short) for one in short] == [(9, 7), (17, 0), (17, 0)]


def test_a_visit_every_other_year_takes_half_its_days() -> None:
    """Two days each second year are one day a year."""
    assert InspectionRule(tier=Tier.MEDIUM, action="inspection", days_each=2, times_a_year=0.5).days_for_one == 1


def test_no_outreach_to_a_class_without_bodies() -> None:
    """Neither by activity nor as a whole; the largest activity comes first, whatever its name."""
    plan = plan_outreach(made_up_sector((group(9, "high"), group(5, "high", activity="z"))), load_plan_settings())
    assert [(line.activity, line.bodies) for line in plan.lines] == [("relief", 9), ("z", 5)]
    larger = plan_outreach(made_up_sector((group(5, "high"), group(5, "medium"), group(9, "high", activity="z"))),
                           load_plan_settings())  # fmt: skip
    assert [line.activity for line in larger.lines] == ["z", "relief", "relief"]


def test_outreach_reaches_every_class_in_its_measure() -> None:
    """High and medium by activity, low all at once; small groups for high; events times days of work."""
    plan = plan_outreach(made_up_sector(), load_plan_settings())
    assert [(str(line.rule.tier), line.activity, line.bodies, line.events, line.days) for line in plan.lines] == [
        ("high", "relief", 28, 4, 8),
        ("high", "health", 3, 2, 4),
        ("medium", "relief", 55, 2, 4),
        ("medium", "health", 22, 1, 2),
        ("low", None, 860, 1, 5),
    ]
    assert plan.days == 23


def listed(path: Path, *rows: tuple[str, ...], days: float = 99) -> list[tuple[str, str]]:
    """Ids in the order of work, and whether they fit; rows are id, class, band, threat, vulnerability, and more."""
    keys = ("npo_id", "class", "band", "threat", "vulnerability", "scope", "investigate")
    with path.open("w", newline="", encoding="utf-8") as target:
        made = csv.DictWriter(target, CLASSIFIED_COLUMNS, restval="")
        made.writeheader()
        made.writerows({**dict(zip(keys, row, strict=False)), "line": line} for line, row in enumerate(rows, start=2))
    found = read(write_inspections(path, path.with_name("i.csv"), load_plan_settings().with_capacity(days)))
    assert [row["place"] for row in found] == [str(place) for place in range(1, len(found) + 1)]
    return [(row["npo_id"], row["fits"]) for row in found]


def test_the_working_list_is_in_the_order_of_risk(tmp_path: Path) -> None:
    """High before medium, by band and threat; no low, outside, undetermined or investigated body."""
    rows = (
        ("a", "low", "low", "1.00", "1.00", "in"),
        ("b", "medium", "medium", "2.10", "3.00", "in"),
        ("c", "high", "high", "4.00", "4.00", "in"),
        ("d", "medium", "medium", "3.40", "3.00", "in"),
        ("e", "high", "high", "4.90", "4.00", "in", "yes"),
        ("f", "", "", "", "", "out"),
        ("g", "high", "medium-high", "4.50", "2.00", "in"),
        ("h", "", "", "", "", "undetermined"),
    )
    assert listed(tmp_path / "c.csv", *rows, days=7) == [("c", "yes"), ("g", "yes"), ("d", "yes"), ("b", "")]


def test_the_order_of_work_within_a_class(tmp_path: Path) -> None:
    """Band, threat, vulnerability, then the order of the register; what is not known comes last."""
    found = listed(
        tmp_path / "c.csv",
        ("z", "high", "high", "4.00", "3.00"),
        ("y", "high", "high", "4.00", "3.00"),
        ("exposed", "high", "high", "4.00", "3.50"),
        ("no band", "high", "", "5.00", "5.00"),
        ("lowest band", "high", "medium-low", "1.00", "1.00"),
        ("no threat", "high", "medium", "", "5.00"),
        ("least threat", "high", "medium", "1.00", ""),
        ("least exposed", "high", "medium", "1.00", "1.00"),
    )
    ids = ["exposed", "z", "y", "least exposed", "least threat", "no threat", "lowest band", "no band"]
    assert ids == [npo for npo, _ in found]


def test_no_smaller_visit_is_squeezed_in(tmp_path: Path) -> None:
    """The second of two high bodies fits in three days that are left; after one that does not, a medium one waits."""
    rows = [("a", "high", "high", "4", "4"), ("b", "high", "high", "3", "3"), ("c", "medium", "medium", "2", "2")]
    assert listed(tmp_path / "c.csv", *rows, days=6) == [("a", "yes"), ("b", "yes"), ("c", "")]
    assert listed(tmp_path / "c.csv", *rows, days=5) == [("a", "yes"), ("b", ""), ("c", "")]
