"""The priority after a referral: missing facts stay unknown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fatf_kit.core.resources import data_folder
from fatf_kit.outlook import load_rules
from fatf_kit.outlook.referral import Facts, prioritise
from fatf_kit.outlook.rules import read_rules

NEITHER: Facts = {"fatf_member": False, "high_income": False, "broad_money_usd_bn": 3}


@pytest.mark.parametrize(
    ("facts", "first"),
    [
        ({}, None),
        ({"fatf_member": True}, True),
        ({"fatf_member": "yes"}, True),
        (NEITHER, False),
        ({**NEITHER, "broad_money_usd_bn": 10}, False),
        ({**NEITHER, "broad_money_usd_bn": "10.5"}, True),
        ({**NEITHER, "high_income": True}, None),
        ({**NEITHER, "high_income": True, "banks": 2}, False),
        ({**NEITHER, "high_income": True, "banks": 3}, True),
        ({**NEITHER, "fatf_member": "perhaps"}, None),
        ({**NEITHER, "fatf_member": "No"}, False),
        ({**NEITHER, "fatf_member": "false"}, False),
        ({"fatf_member": "True"}, True),
        ({**NEITHER, "broad_money_usd_bn": 0}, False),
        ({**NEITHER, "broad_money_usd_bn": 0.5}, False),
        ({**NEITHER, "broad_money_usd_bn": -1}, None),
        ({**NEITHER, "broad_money_usd_bn": True}, None),
        ({**NEITHER, "broad_money_usd_bn": float("nan")}, None),
        ({"banks": 9, "least_developed": False}, None),
    ],
)
def test_fifth_round(facts: Facts, first: bool | None) -> None:
    """Membership, income with more than two banks, or broad money above ten billion."""
    rules = load_rules("fatf-2022").prioritisation
    assert rules is not None
    assert first is prioritise(rules, facts).first


def test_least_developed_are_left_out() -> None:
    """Said apart, because FATF may agree otherwise."""
    rules = load_rules("fatf-2022").prioritisation
    assert rules is not None
    assert [
        prioritise(rules, facts).left_out for facts in ({"least_developed": True}, {"least_developed": False}, {})
    ] == [True, False, None]


def test_missing_facts_are_requested() -> None:
    """Every fact that is not known, in the order of the rules."""
    rules = load_rules("fatf-2022").prioritisation
    assert rules is not None
    assert [fact.id for fact in prioritise(rules, {**NEITHER}).missing] == ["banks", "least_developed"]


def test_fourth_round() -> None:
    """A limit is inside."""
    rules = load_rules("fatf-2013").prioritisation
    assert rules is not None
    assert [prioritise(rules, {"financial_sector_usd_bn": n}).first for n in (5, 4.9)] == [True, False]


def test_a_condition_about_no_fact_is_a_fault(tmp_path: Path) -> None:
    """It could never be known."""
    data = json.loads((data_folder("frameworks") / "fatf-2022" / "follow-up.json").read_text(encoding="utf-8"))
    data["prioritisation"]["facts"] = data["prioritisation"]["facts"][1:]
    path = tmp_path / "mine" / "follow-up.json"
    path.parent.mkdir()
    path.write_text(json.dumps(data), encoding="utf-8")
    assert ["'fatf_member' is no fact" in problem.message for problem in read_rules(path)[1]] == [True]
