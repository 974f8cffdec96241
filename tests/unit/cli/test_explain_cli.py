"""`fatf-kit explain`: words, JSON by its schema, exit codes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from fatf_kit import explain
from fatf_kit.core.errors import UnknownIdError
from fatf_kit.core.resources import data_folder
from fatf_kit.scoring.model import RecommendationResult
from tests.examples import score_example
from tests.unit.cli.commands import WORKBOOK, invoke, json_of


def test_every_sum_can_be_repeated_by_hand() -> None:
    """The products of the criteria add up to the sum below them, for every settled Recommendation."""
    scored = score_example("ruritania/workbook")
    for unit in scored.assessment.recommendations:
        text = explain(scored, unit.id).text
        products = re.findall(r"counts as “[a-z ]+”: (\d+) × (\d+) = (\d+)\.", text)
        assert all(int(a) * int(b) == int(product) for a, b, product in products)
        if unit.resolved is not None and unit.resolved != "NA" and "not settled between" not in text:
            total = sum(int(product) for _, _, product in products)
            assert f"Sum of credit × weight: {total:,}." in text


def test_words_name_what_decides() -> None:
    """Answer, what is missing, weight with reason, limit, ceiling, margin, policy and cell."""
    text = invoke("explain", WORKBOOK, "r6").stdout
    for piece in (
        "6.4: answered “partly met”, counts as “partly met”: 35 × 5 = 175.",
        "Weight 5: ",
        "In force only from 1 June 2027; it would count if it were in force by the cut-off date.",
        " must be at least 65 × 21 = 1,365 (not fulfilled); P must be at most 25%",
        "Before ceilings: PC.",
        "To reach LC, raise criteria by at least 4 levels in total, for example",
        "Scoring rules: Standard rules (indicative-3)",
        "R.6!C38",
    ):
        assert piece in text


def test_one_criterion_alone() -> None:
    """Only its own lines, with the calculation of its Recommendation."""
    text = invoke("explain", WORKBOOK, "R.6/6.4").stdout
    assert "6.4: answered" in text
    assert "6.2: answered" not in text
    assert "Sum of credit" in text


def test_unknown_id_and_unreadable_path(tmp_path: Path) -> None:
    """The message says what is wrong, in one line."""
    with pytest.raises(UnknownIdError, match=r"R\.99"):
        explain(WORKBOOK, "R.99")
    empty = invoke("explain", tmp_path, "R.1")
    assert "no rating can be explained" in str(empty.exception)


def test_own_policy_is_named(tmp_path: Path) -> None:
    """A country's policy stands in the words, and a warning on standard error."""
    data = json.loads((data_folder("frameworks") / "policies" / "milder-2.json").read_text(encoding="utf-8"))
    path = tmp_path / "own.json"
    path.write_text(json.dumps(data | {"id": "ruritania-2026"}), encoding="utf-8")
    result = invoke("explain", WORKBOOK, "R.6", "--policy", str(path))
    assert "(ruritania-2026)" in result.stdout
    assert "The scoring rules ruritania-2026 were not written by fatf-kit." in result.stderr


def test_margin_in_json_is_the_one_of_the_assessment() -> None:
    """One home: the same sets, counted once."""
    unit = score_example("ruritania/workbook").assessment.by_id["R.38"]
    assert isinstance(unit, RecommendationResult)
    assert unit.margins.worst is not None
    margin = json_of("explain", WORKBOOK, "R.38")["result"]["margin"]["worst"]
    assert (unit.margins.worst.sets_total, [list(one) for one in unit.margins.worst.sets]) == (
        margin["sets_total"],
        margin["up"],
    )
