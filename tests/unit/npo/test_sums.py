"""Sums packed into one number: the same as added up factor by factor."""

from __future__ import annotations

import random
from dataclasses import replace

import duckdb
import pytest

from fatf_kit.npo.levels import BASE, LATE, group_levels
from fatf_kit.npo.method import Method, load_method
from fatf_kit.npo.sums import HIGHEST, sums_read, sums_sql

METHOD = load_method()
LATER = "V12"


def summed(method: Method, known: list[str], bodies: list[dict[str, int]]) -> list[dict[str, int]]:
    """What the engine makes of the levels of some bodies."""
    groups = [group for group in group_levels(method, known, LATER) if group.column != LATE]
    rows = ", ".join(
        "(" + ", ".join(str(sum(BASE**n * body[f] for n, f in enumerate(group.factors))) for group in groups) + ")"
        for body in bodies
    )
    table = f"(VALUES {rows}) AS t({', '.join(group.column for group in groups)})"
    names = ("ts", "tw", "vs", "vw", "ms", "mw", "hard", HIGHEST)
    packed = f"SELECT {sums_sql(method, groups)} FROM {table}"  # noqa: S608 - our own text
    query = f"SELECT {', '.join(names)} FROM (SELECT *, {sums_read(method)} FROM ({packed}))"  # noqa: S608
    found = duckdb.connect().execute(query)
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def plainly(method: Method, body: dict[str, int]) -> dict[str, int]:
    """The same, factor by factor."""
    factors = [factor for factor in method.rated if factor.id in body]
    found: dict[str, int] = {}
    for dimension in ("threat", "vulnerability", "mitigation"):
        mine = [factor for factor in factors if factor.dimension == dimension]
        found[f"{dimension[0]}s"] = sum(factor.weight * body[factor.id] for factor in mine)
        found[f"{dimension[0]}w"] = sum(factor.weight for factor in mine if body[factor.id])
    found["hard"] = any(f.hard_trigger and body[f.id] >= method.hard_trigger_from for f in factors)
    found[HIGHEST] = max((body[f.id] for f in factors if f.dimension == "threat"), default=0)
    return found


@pytest.mark.parametrize("weight", [1, 2])
def test_sums_are_those_of_the_factors(weight: int) -> None:
    """Nothing known, everything at its highest and levels drawn by lot, also where weights are larger."""
    method = replace(METHOD, factors=tuple(replace(factor, weight=factor.weight * weight) for factor in METHOD.factors))
    known = [factor.id for factor in method.rated if factor.id != LATER]
    draw = random.Random(6)  # noqa: S311 - no secret
    bodies = [dict.fromkeys(known, level) for level in range(BASE)]
    bodies += [{factor: draw.choice((0, 0, 1, 2, 3, 4, 5)) for factor in known} for _ in range(200)]
    assert [plainly(method, body) for body in bodies] == summed(method, known, bodies)


def test_each_trigger_is_seen_alone() -> None:
    """One factor at its highest, all others unknown: hard for the triggers from their level on, and for no other."""
    known = [factor.id for factor in METHOD.rated if factor.id != LATER]
    bodies = [{**dict.fromkeys(known, 0), factor: level} for factor in known for level in (3, 4, 5)]
    assert [plainly(METHOD, body) for body in bodies] == summed(METHOD, known, bodies)
    assert {"T05", "T07", "T10"} == {
        factor for body, found in zip(bodies, summed(METHOD, known, bodies), strict=True) if found["hard"]
        for factor, level in body.items() if level
    }  # fmt: skip


def test_a_dimension_of_which_nothing_is_known_adds_nothing() -> None:
    """A register that tells one weakness and no more has sums of 0 beside it."""
    assert [
        {"ts": 0, "tw": 0, "vs": 400, "vw": 100, "ms": 0, "mw": 0, "hard": False, HIGHEST: 0}
    ] == summed(METHOD, ["V01"], [{"V01": 4}])  # fmt: skip
