"""The priority after a referral: missing facts stay unknown."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from fatf_kit.core.json_files import check_json, make_json_value
from fatf_kit.core.messages import Translator
from fatf_kit.core.resources import data_folder
from fatf_kit.outlook import evaluate, load_rules
from fatf_kit.outlook.payload import make_outlook_result
from fatf_kit.outlook.referral import Facts, Priority, prioritise
from fatf_kit.outlook.report import describe_priority
from fatf_kit.outlook.rules import read_rules
from fatf_kit.published.least_developed import load_least_developed
from fatf_kit.published.listings import find_listing

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


ON = date(2026, 12, 1)


def _prioritise(iso3: str, facts: Facts, on: date = ON, edition: str = "fatf-2022") -> Priority:
    rules = load_rules(edition).prioritisation
    assert rules is not None
    return prioritise(rules, facts, find_listing(iso3, on))


def test_the_list_of_the_un_has_a_date_and_a_source() -> None:
    """Countries that were to leave it are on it; on that day it becomes unknown whether they are."""
    un_list = load_least_developed()
    assert (un_list.as_of, len(un_list.countries), un_list.confidence) == (date(2024, 12, 13), 44, "secondary source")
    assert set(un_list.exits) <= un_list.countries
    assert all(planned.source and planned.confidence and planned.on > un_list.as_of for planned in un_list.leaving)
    for planned in un_list.leaving:
        days = planned.on - timedelta(days=1), planned.on
        assert [un_list.has(planned.iso3, day) for day in days] == [True, None]
    assert {"YEM", "SDN", "MRT", "SOM", "DJI"} <= un_list.countries
    assert un_list.countries.isdisjoint({"VUT", "BTN", "STP", "IRQ"})


@pytest.mark.parametrize(
    ("iso3", "facts", "longer"),
    [
        ("MRT", {}, True),
        ("ERI", {}, True),  # no report of it is published
        ("MRT", {"least_developed": "no"}, False),  # the country knows better
        ("JPN", {}, False),
        ("JPN", {"least_developed": True}, True),
        ("BGD", {}, None),  # it was to leave the list in November 2026
        ("BGD", {"least_developed": True}, True),
        ("XRU", {}, None),
        ("HTI", {}, False),  # it is listed already, so its observation period is over
    ],
)
def test_a_least_developed_country_may_be_observed_longer(iso3: str, facts: Facts, longer: bool | None) -> None:
    """The UN's list says which countries are, where the country does not; what is not known stays unknown."""
    found = _prioritise(iso3, facts)
    assert found.may_observe_longer is longer
    assert ("least_developed" in [fact.id for fact in found.missing]) is (longer is None)


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_the_observation_period_is_described(language: str) -> None:
    """The usual length, that it may be longer, and how sure that is; only where it concerns the country."""
    t = Translator(language)
    texts = {name: describe_priority(_prioritise(name, {}), t) for name in ("MRT", "BGD", "JPN", "XRU")}
    assert t.day(date(2024, 12, 13)) in texts["MRT"]
    for word in (t("low"), t("announced by the FATF in October 2024, secondary source"), "12"):
        assert word in texts["MRT"]
    assert t.day(date(2026, 11, 24)) in texts["BGD"]
    assert t("low") not in texts["BGD"]
    assert texts["JPN"] == texts["XRU"]


def test_the_observation_period_is_in_the_payload() -> None:
    """With the list that decides, and nothing in an edition that does not state it."""
    outlook = evaluate(load_rules("fatf-2022"), {})
    found = make_json_value(make_outlook_result(outlook, "fatf-2022", {}, find_listing("MRT", ON)))
    check_json(found, "outlook-1.schema.json", "outlook")
    assert found["prioritisation"]["observation"] == {
        "months": 12,
        "may_be_longer": True,
        "source": "announced by the FATF in October 2024, secondary source",
        "confidence": "low",
        "least_developed": {
            "as_of": "2024-12-13",
            "source": load_least_developed().source,
            "confidence": "secondary source",
        },
    }
    rules = load_rules("fatf-2013")
    earlier = make_json_value(make_outlook_result(evaluate(rules, {}), "fatf-2013", {}, find_listing("MRT", ON)))
    assert "observation" not in earlier["prioritisation"]


def test_the_longer_period_depends_on_a_fact_of_the_rules(tmp_path: Path) -> None:
    """A condition about another fact could never be known."""
    data = json.loads((data_folder("frameworks") / "fatf-2022" / "follow-up.json").read_text(encoding="utf-8"))
    data["prioritisation"]["observation"]["longer_if_any"] = [[{"fact": "poor", "be": True}]]
    path = tmp_path / "mine" / "follow-up.json"
    path.parent.mkdir()
    path.write_text(json.dumps(data), encoding="utf-8")
    assert ["'poor' is no fact" in problem.message for problem in read_rules(path)[1]] == [True]


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
