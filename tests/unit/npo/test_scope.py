"""Scope: what a country's settings leave out or let in, and the first limb where nobody says it outright."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.unit.npo.small_register import body, classify, settings


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ({}, ["", "public_body", "dormant", "dissolved", "", ""]),
        ({"public_bodies": "in"}, ["", "", "dormant", "dissolved", "", ""]),
        ({"excluded_legal_forms": ["foundation"]}, ["", "public_body", "dormant", "dissolved", "excluded_form", ""]),
        ({"minimum_income": 100}, ["", "public_body", "dormant", "dissolved", "", "below_minimum"]),
        ({"status": {"dormant": "in"}}, ["", "public_body", "", "dissolved", "", ""]),
    ],
)
def test_what_settings_change(tmp_path: Path, choices: dict[str, Any], expected: list[str]) -> None:
    """Each choice touches the bodies it names and no other; an income at the minimum is not below it."""
    rows = [
        body("in", total_income="100"),
        body("state", public_body="yes"),
        body("asleep", status="dormant"),
        body("gone", status="dissolved"),
        body("form", legal_form="foundation"),
        body("small", total_income="99"),
    ]
    _, lines = classify(tmp_path, rows, settings=settings(**choices))
    assert [line["scope_reason"] for line in lines] == expected


MONEY = ("donations_income", "total_income", "grants_paid", "total_spending")


@pytest.mark.full(keep_every=3)
@pytest.mark.parametrize(
    ("columns", "amounts", "expected"),
    [
        (MONEY, ("50", "100", "0", "100"), ""),
        (MONEY, ("0", "100", "50", "100"), ""),
        (MONEY, ("49", "100", "49", "100"), "not_raising"),
        (MONEY, ("", "100", "49", "100"), "raising_unknown"),
        (MONEY, ("49", "100", "49", ""), "raising_unknown"),
        (MONEY[:2], ("49", "100"), "raising_unknown"),
        (MONEY[:2], ("50", "100"), ""),
        (MONEY[2:], ("50", "100"), ""),
        (MONEY[:1], ("50",), "raising_unknown"),
        (MONEY[1:2], ("50",), "raising_unknown"),
        (("public_fundraising",), ("yes",), ""),
        (("public_fundraising",), ("no",), "raising_unknown"),
    ],
)
def test_the_first_limb_from_money(
    tmp_path: Path, columns: tuple[str, ...], amounts: tuple[str, ...], expected: str
) -> None:
    """Half of the money or a public collection is in; below half on both sides is out; one side alone is not known."""
    row = {"npo_id": "a", "status": "active", "purpose": "charitable", **dict(zip(columns, amounts, strict=True))}
    _, lines = classify(tmp_path, [row])
    assert [line["scope_reason"] for line in lines] == [expected]


def test_a_trigger_is_pulled_from_level_four_by_factors_that_are_triggers(tmp_path: Path) -> None:
    """Level 3 of a trigger does not pull it, nor does level 5 of a factor that is none."""
    rows = [
        body("four", screening_result="4", tf_reports="1"),
        body("three", screening_result="3", tf_reports="1"),
        body("other", screening_result="1", tf_reports="5"),
    ]
    _, lines = classify(tmp_path, rows)
    assert [line["investigate"] for line in lines] == ["to verify", "", ""]
