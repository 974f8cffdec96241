"""Scores of bodies: the SQL of the method against the same sums factor by factor in Python."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path

from fatf_kit.npo.method.load import load_method
from tests.unit.npo.small_register import body, classify

METHOD = load_method()
ASSESSED = [factor for factor in METHOD.rated if factor.column]


def two_decimals(above: int, below: int) -> str:
    """A quotient, rounded half up."""
    hundredths = (above * 200 + below) // (below * 2)
    return f"{hundredths // 100}.{hundredths % 100:02}"


def scores(levels: Mapping[str, int]) -> dict[str, str]:
    """The scores of a body from the levels of its factors; blank where none of a dimension is known."""
    found, known = {}, 0
    for dimension in ("threat", "vulnerability", "mitigation"):
        mine = [factor for factor in ASSESSED if factor.dimension == dimension and factor.id in levels]
        total, weight = sum(f.hundredths * levels[f.id] for f in mine), sum(f.hundredths for f in mine)
        known += weight
        if dimension == "threat" and mine:
            top = METHOD.highest_per_cent
            total = top * weight * max(levels[f.id] for f in mine) + (100 - top) * total
            weight *= 100
        found[dimension] = two_decimals(total, weight) if weight else ""
    return {"known_share": two_decimals(known, METHOD.hundredths), **found}


def test_scores_are_those_of_the_factors(tmp_path: Path) -> None:
    """Nothing known of a dimension, everything at its highest, and levels drawn by lot, of bodies with a class."""
    draw = random.Random(6)  # noqa: S311 - no secret
    assessed = [{factor.id: level for factor in ASSESSED} for level in (1, 5)]
    assessed += [
        {factor.id: level for factor in ASSESSED if (level := draw.choice((0, 0, 1, 2, 3, 4, 5)))} for _ in range(150)
    ]
    columns = {factor.id: str(factor.column) for factor in ASSESSED}
    empty = dict.fromkeys(columns.values(), "")
    rows = [
        body(str(n), **{**empty, **{columns[factor]: str(level) for factor, level in levels.items()}})
        for n, levels in enumerate(assessed)
    ]
    _, lines = classify(tmp_path, rows)
    rated = [(line, scores(levels)) for line, levels in zip(lines, assessed, strict=True) if line["band"]]
    assert len(rated) > 20
    assert [{key: line[key] for key in expected} for line, expected in rated] == [expected for _, expected in rated]
    triggers = {factor.id for factor in ASSESSED if factor.hard_trigger}
    pulled = [any(levels.get(name, 0) >= METHOD.hard_trigger_from for name in triggers) for levels in assessed]
    assert [bool(line["investigate"]) for line in lines] == pulled
