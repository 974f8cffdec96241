"""Properties of every register, tested with random ones; FATF_KIT_EXAMPLES=5 tries five times as many."""

from __future__ import annotations

import csv
import random
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fatf_kit.npo.functions import npo_classify
from fatf_kit.npo.measures.plans import load_plan_settings, plan_outreach, write_inspections
from fatf_kit.npo.method.load import Factor, load_method
from fatf_kit.npo.scales import RiskClass
from tests.property.amount import MANY
from tests.unit.npo.small_register import AS_OF, body, read, write

METHOD = load_method()
PLANS = load_plan_settings()
FACTORS = [factor for factor in METHOD.rated if factor.column]
LEVELS = st.one_of(st.none(), st.integers(1, 5))
BODIES = st.fixed_dictionaries({factor.id: LEVELS for factor in FACTORS})


def _classes(bodies: list[dict[str, int | None]]) -> list[RiskClass | None]:
    """The class of each body in one register."""
    rows = [
        body(str(n), **{str(f.column): str(levels[f.id] or "") for f in FACTORS}) for n, levels in enumerate(bodies)
    ]
    with TemporaryDirectory() as folder:
        npo_classify(write(Path(folder) / "r.csv", rows), folder, as_of=AS_OF)
        return [RiskClass(line["class"]) if line["class"] else None for line in read(Path(folder) / "classified.csv")]


CASES = st.lists(st.tuples(BODIES, st.sampled_from(FACTORS)), min_size=5, max_size=5)
"""Bodies, each with a factor that is then varied: five in one register, because reading it takes longer than rating."""


def _ranks(cases: list[tuple[dict[str, int | None], Factor]], values: list[int | None]) -> list[list[int | None]]:
    """For each case the rank of the class of its body with each value of its factor, all in one register."""
    found = iter(_classes([{**levels, factor.id: value} for levels, factor in cases for value in values]))
    return [
        [None if risk_class is None else risk_class.rank for risk_class in islice(found, len(values))] for _ in cases
    ]


@settings(max_examples=2 * MANY, deadline=None)
@given(CASES)
def test_more_threat_never_lowers_and_better_control_never_raises(
    cases: list[tuple[dict[str, int | None], Factor]],
) -> None:
    """Along the five levels of one factor the class only rises, or for controls only falls."""
    for (_, factor), found in zip(cases, _ranks(cases, [1, 2, 3, 4, 5]), strict=True):
        ranks = [rank for rank in found if rank is not None]
        assert ranks == sorted(ranks, reverse=factor.dimension == "mitigation"), factor.id


@settings(max_examples=2 * MANY, deadline=None)
@given(CASES)
def test_unknown_is_never_better_or_worse_than_every_value(
    cases: list[tuple[dict[str, int | None], Factor]],
) -> None:
    """The class without a fact lies between the best and the worst that the fact could make it."""
    for (_, factor), (unknown, *known) in zip(cases, _ranks(cases, [None, 1, 2, 3, 4, 5]), strict=True):
        if unknown is not None:
            ranks = [rank for rank in known if rank is not None]
            assert min(ranks) <= unknown <= max(ranks), factor.id


@settings(max_examples=2 * MANY, deadline=None)
@given(
    st.lists(
        st.tuples(BODIES, st.sets(st.sampled_from([factor.id for factor in FACTORS]), max_size=12)),
        min_size=1,
        max_size=12,
    )
)
def test_what_cannot_be_read_counts_as_what_is_not_there(
    bodies: list[tuple[dict[str, int | None], set[str]]],
) -> None:
    """A register with gibberish in some cells gives every body the class that it has with these cells blank."""
    blank, gibberish = [], []
    for n, (levels, spoilt) in enumerate(bodies):
        facts = {str(f.column): str(levels[f.id] or "") for f in FACTORS}
        blank.append(body(str(n), **{**facts, **{str(f.column): "" for f in FACTORS if f.id in spoilt}}))
        gibberish.append(body(str(n), **{**facts, **{str(f.column): "gibberish" for f in FACTORS if f.id in spoilt}}))
    with TemporaryDirectory() as folder:
        found = []
        for name, rows in (("blank", blank), ("gibberish", gibberish)):
            npo_classify(write(Path(folder) / f"{name}.csv", rows), Path(folder) / name, as_of=AS_OF)
            found.append((Path(folder) / name / "classified.csv").read_bytes())
    assert found[0] == found[1]


OUTSIDE = st.sampled_from([
    {"purpose": "commercial"}, {"raises_or_disburses": "no"}, {"status": "dissolved"}, {"public_body": "yes"},
    {"purpose": ""}, {"raises_or_disburses": ""}, {"purpose": "gibberish"},
])  # fmt: skip


@pytest.mark.full
@settings(max_examples=2 * MANY, deadline=None)
@given(st.lists(st.tuples(BODIES, OUTSIDE), min_size=1, max_size=12))
def test_bodies_out_of_scope_have_no_class_and_no_effect_on_others(
    outside: list[tuple[dict[str, int | None], dict[str, str]]],
) -> None:
    """Bodies out of scope have no class, no outreach and no visit, and do not change the results of the others."""
    known = [body(f"in{n}", foreign_exposure=str(n), cash_level=str(n)) for n in range(1, 6)]
    rows = [
        body(str(n), **{str(f.column): str(levels[f.id] or "") for f in FACTORS}, **facts)
        for n, (levels, facts) in enumerate(outside)
    ]
    rows = [{**{key: "" for row in (*rows, *known) for key in row}, **row} for row in (*known, *rows)]
    with TemporaryDirectory() as name:
        folder = Path(name)
        alone = npo_classify(write(folder / "a.csv", rows[:5]), folder / "a", as_of=AS_OF).result
        made = npo_classify(write(folder / "b.csv", rows), folder / "b", as_of=AS_OF).result
        lines = read(folder / "b" / "classified.csv")
        assert read(folder / "a" / "classified.csv") == lines[:5]
        listed = write_inspections(folder / "b" / "classified.csv", folder / "inspections.csv", PLANS)
        visits = {row["npo_id"] for row in read(listed)}
    assert {(line["class"], line["reasons"], line["would_raise"]) for line in lines[5:]} == {("", "", "")}
    assert visits <= {row["npo_id"] for row in known}
    assert (alone.classes, alone.segments) == (made.classes, made.segments)
    assert plan_outreach(alone, PLANS) == plan_outreach(made, PLANS)


@pytest.mark.full
@settings(max_examples=2 * MANY, deadline=None)
@given(st.lists(BODIES, min_size=1, max_size=24), st.randoms(use_true_random=False))
def test_order_of_rows_changes_nothing(bodies: list[dict[str, int | None]], chance: random.Random) -> None:
    """A shuffled register gives every body the same class."""
    places = list(range(len(bodies)))
    chance.shuffle(places)
    before, after = _classes(bodies), _classes([bodies[place] for place in places])
    assert [before[place] for place in places] == after


@settings(max_examples=2 * MANY, deadline=None)
@given(st.lists(st.tuples(BODIES, st.sampled_from(["charitable", "commercial", ""])), min_size=1, max_size=24))
def test_classes_add_up_to_in_scope(bodies: list[tuple[dict[str, int | None], str]]) -> None:
    """Classes and unrated sum to in scope, the three scopes to registered, and the file says the same."""
    rows = [
        body(str(n), purpose=purpose, **{str(f.column): str(levels[f.id] or "") for f in FACTORS})
        for n, (levels, purpose) in enumerate(bodies)
    ]
    with TemporaryDirectory() as folder:
        made = npo_classify(write(Path(folder) / "r.csv", rows), folder, as_of=AS_OF).result
        lines = read(Path(folder) / "classified.csv")
    counts = made.register
    assert counts.registered == counts.in_scope + counts.out_of_scope + counts.undetermined == len(rows)
    assert counts.in_scope == made.classes.total == sum(line["scope"] == "in" for line in lines)
    assert made.classes.total - made.classes.unrated == sum(made.classes.bands) == sum(map(sum, made.matrix))
    assert {name: sum(line["class"] == name for line in lines) for name in ("high", "medium", "low")} == {
        "high": made.classes.high,
        "medium": made.classes.medium,
        "low": made.classes.low,
    }
    assert {""} >= {line["class"] for line in lines if line["scope"] != "in"}


def test_classified_columns_are_those_promised() -> None:
    """The head of the working file is the fixed columns and then factors in the method's order."""
    from fatf_kit.npo.classification.output import CLASSIFIED_COLUMNS

    with TemporaryDirectory() as folder:
        npo_classify(write(Path(folder) / "r.csv", [body("a", works_abroad="no", cash_level="2")]), folder, as_of=AS_OF)
        with (Path(folder) / "classified.csv").open(encoding="utf-8", newline="") as file:
            head = next(csv.reader(file))
    assert head == [*CLASSIFIED_COLUMNS, "T02", "V02", "V04"]
