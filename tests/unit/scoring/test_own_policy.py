"""A country may write a policy of its own; one that contradicts itself is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fatf_kit.core.errors import FatfKitError, UnknownIdError
from fatf_kit.core.resources import data_folder
from fatf_kit.scoring import load_policy
from fatf_kit.scoring.policy import shipped_policies
from fatf_kit.scoring.proof import load_earlier_rules

SHIPPED = data_folder("frameworks") / "policies"
Change = Callable[[dict[str, Any]], object]


def write(folder: Path, change: Change) -> Path:
    """A copy of the default policy under an id of its own, changed."""
    data = json.loads((SHIPPED / "indicative-3.json").read_text(encoding="utf-8"))
    data["id"] = "ruritania-2026"
    change(data)
    path = folder / "own.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def test_two_generations_are_shipped() -> None:
    """The default with the two beside which it is read, and those before it, which give the results of that time."""
    names = ("indicative-2", "indicative-3", "milder-2", "milder-3", "stricter-2", "stricter-3")
    assert shipped_policies() == names
    assert load_policy().id == "indicative-3"
    assert {name for name in names if load_policy(name).proof == load_earlier_rules()} == {
        "indicative-2",
        "milder-2",
        "stricter-2",
    }
    assert {(policy.is_own, policy.file) for policy in map(load_policy, shipped_policies())} == {(False, "")}


def test_levels_are_read_from_the_best_to_the_worst(tmp_path: Path) -> None:
    """Whatever their order in the file: a rating is the first level whose numbers are reached."""

    def turn(data: dict[str, Any]) -> None:
        for scale in ("compliance", "effectiveness"):
            data[scale] = dict(reversed(data[scale].items()))

    policy = load_policy(write(tmp_path, turn))
    assert ([*policy.compliance], [*policy.effectiveness]) == (["LC", "PC"], ["HE", "SE", "ME"])


def test_own_policy_is_named_as_such(tmp_path: Path) -> None:
    """By id, by digest, and as the country's; a changed file is read again."""
    path = write(tmp_path, lambda data: data["credits"].update({"mostly met": 75}))
    first = load_policy(path)
    write(tmp_path, lambda data: data["credits"].update({"mostly met": 80}))
    assert (first.id, first.is_own, first.file) == ("ruritania-2026", True, "own.json")
    assert first.digest != load_policy(str(path)).digest


@pytest.mark.parametrize(
    ("place", "numbers", "message"),
    [
        (
            "credits",
            {"partly met": 80},
            "themselves. The values of 'credits' must rise from the worst answer to the best. Found: 0, 80, 70, 100.",
        ),
        ("extents", {"some": 3}, "The values of 'extents' must rise from the worst answer to the best. Found: "),
        (
            "compliance.LC",
            {"average_from": 20},
            "The average for LC (20) must not be lower than the average for PC (30).",
        ),
        ("compliance.PC", {"not_met_up_to": 5}, "LC must not allow a larger share of weak criteria than PC."),
        (
            "credits",
            {"met": 50, "mostly met": 40},
            "The average for LC (65) must not exceed the credit of a criterion that is met.",
        ),
        (
            "effectiveness.HE",
            {"average_from": 10},
            "The average for HE (10) must not be lower than the average for SE (55).",
        ),
        ("effectiveness.SE", {"negligible_up_to": 101}, "The scoring rules in own.json have errors (1). The first: "),
        ("effectiveness.ME", {"negligible_up_to": 0}, "themselves. SE must not allow more weak core issues than ME."),
        (
            "proof",
            {"one_level_below": ["no date", "wrong kind"]},
            "must be the nearest to shown. Add before the others: no article, law needed, unknown kind.",
        ),
        ("", {"id": "indicative-2"}, "have the id 'indicative-2' of scoring rules of fatf-kit"),
        ("", {"id": "../etc"}, "is not written in up to forty lowercase letters"),
        ("", {"id": "x" * 41}, "is not written in up to forty lowercase letters"),
    ],
)
def test_contradictions_are_refused(tmp_path: Path, place: str, numbers: dict[str, object], message: str) -> None:
    """Under such numbers a better answer could lower a rating, or nobody would know which policy was used."""

    def change(data: Any) -> None:
        for key in filter(None, place.split(".")):
            data = data[key]
        data.update(numbers)

    with pytest.raises(FatfKitError) as fault:
        load_policy(write(tmp_path, change))
    assert message in str(fault.value)


def test_a_copy_of_a_shipped_policy_is_that_policy(tmp_path: Path) -> None:
    """An unchanged copy in a country's folder is nothing of its own."""
    copy = tmp_path / "stricter-2.json"
    copy.write_bytes((SHIPPED / "stricter-2.json").read_bytes())
    assert load_policy("stricter-2") is load_policy(copy)


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d["credits"].update({"mostly met": 100, "partly met": 100}),
        lambda d: d["credits"].update({"mostly met": 0, "partly met": 0}),
        lambda d: d["compliance"]["LC"].update({"average_from": d["compliance"]["PC"]["average_from"]}),
        lambda d: d["compliance"]["LC"].update(
            {key: d["compliance"]["PC"][key] for key in ("partly_or_worse_up_to", "not_met_up_to")}
        ),
        lambda d: d["compliance"]["LC"].update({"average_from": d["credits"]["met"]}),
        lambda d: d["effectiveness"]["HE"].update({"average_from": d["effectiveness"]["SE"]["average_from"]}),
    ],
)
def test_numbers_may_be_equal(tmp_path: Path, change: Change) -> None:
    """Steps may fall together, as long as nothing falls back."""
    assert load_policy(write(tmp_path, change)).id == "ruritania-2026"


def test_an_own_policy_of_before_keeps_its_rules_of_proof(tmp_path: Path) -> None:
    """A file that says nothing about proof was written under the earlier rules, and its ratings do not move."""
    assert load_policy(write(tmp_path, lambda data: data.pop("proof"))).proof == load_earlier_rules()
    assert load_policy(write(tmp_path, dict.copy)).proof == load_policy().proof


def test_neither_an_id_nor_a_file(tmp_path: Path) -> None:
    """The message names those that are shipped."""
    with pytest.raises(UnknownIdError, match="milder-3, stricter-2, stricter-3"):
        load_policy(tmp_path / "none.json")


def test_one_fault_and_two(tmp_path: Path) -> None:
    """They are counted in words that agree."""

    def message(change: Change) -> str:
        with pytest.raises(FatfKitError) as fault:
            load_policy(write(tmp_path, change))
        return str(fault.value)

    assert "have errors (1). The first" in message(lambda d: d.update(id="../etc"))
    assert "have errors (2). The first" in message(lambda d: d.update(id="../etc", title=5))
