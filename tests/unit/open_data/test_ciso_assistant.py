"""Libraries of CISO Assistant, whose loader's rules are restated as our own checks."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

import pytest
import yaml

from fatf_kit import export_frameworks
from fatf_kit.framework.export.ciso_assistant import RatedSide, build_library, name_library, render_yaml
from fatf_kit.framework.export.editions import load_translated
from tests.unit.open_data.ciso_rules import find_faults

DAY = date(2026, 11, 28)
EXPECTED = {
    "fatf-2013-compliance.yaml": (40, 257),
    "fatf-2013-effectiveness.yaml": (11, 55),
    "fatf-2022-compliance.yaml": (40, 281),
    "fatf-2022-effectiveness.yaml": (11, 58),
}
"""Recommendations or outcomes, and criteria or core issues."""


@pytest.fixture(scope="module")
def libraries() -> dict[str, Any]:
    """The libraries as a reader of YAML sees them."""
    return {name: yaml.safe_load(content) for name, content in export_frameworks("ciso-assistant", day=DAY).items()}


def test_libraries_keep_the_rules_of_the_loader(libraries: dict[str, Any]) -> None:
    """Every requirement is one scored node below its unit, in three languages."""
    assert list(libraries) == list(EXPECTED)
    for name, library in libraries.items():
        assert find_faults(library) == [], name
        nodes = library["objects"]["framework"]["requirement_nodes"]
        scored = sum(node["assessable"] for node in nodes)
        assert (len(nodes) - scored, scored) == EXPECTED[name]


def test_yaml_gives_the_same_data_back(libraries: dict[str, Any]) -> None:
    """No text becomes a number, a date or a truth value."""
    for edition in ("fatf-2013", "fatf-2022"):
        for side in RatedSide:
            assert libraries[name_library(edition, side)] == build_library(load_translated(edition), side, DAY)


def test_texts_that_yaml_reads_as_something_else_stay_texts() -> None:
    """The words and signs that have a meaning in YAML."""
    odd = [
        "no",
        "10.10",
        "1.0",
        "2026-11-28",
        "null",
        "~",
        "- a",
        "a: b",
        "#x",
        "'",
        '"',
        "\\",
        "a\nb",
        " a ",
        "&a",
        "*a",
    ]
    data = {"texts": odd, "inner": {"key": "yes", "number": 3, "truth": True}}
    assert yaml.safe_load(render_yaml(data)) == data


def test_parts_are_lines_of_the_description(libraries: dict[str, Any]) -> None:
    """As nodes of their own they would change averages."""
    nodes = libraries["fatf-2022-compliance.yaml"]["objects"]["framework"]["requirement_nodes"]
    node = next(one for one in nodes if one["ref_id"] == "R.10/10.2")
    assert [line[:3] for line in node["description"].splitlines()[1:]] == ["(a)", "(b)", "(c)", "(d)", "(e)"]
    assert len(node["translations"]["ar"]["description"].splitlines()) == 6
    assert node["urn"] == "urn:fatf-kit:risk:req_node:fatf-2022-compliance:r.10-10.2"


def test_scores_are_the_levels_from_worst_to_best(libraries: dict[str, Any]) -> None:
    """The two scales, without "not applicable"."""
    names = {
        name: [one["name"] for one in library["objects"]["framework"]["scores_definition"]]
        for name, library in libraries.items()
    }
    assert names["fatf-2022-compliance.yaml"] == ["not met", "partly met", "mostly met", "met"]
    assert [name.split()[0].lower() for name in names["fatf-2022-effectiveness.yaml"]] == [
        *("negligible", "some", "large", "very"),
    ]


def test_scores_are_translated(libraries: dict[str, Any]) -> None:
    """A respondent clicks their names, in the words that workbooks and reports have for them."""
    for name, library in libraries.items():
        for score in library["objects"]["framework"]["scores_definition"]:
            translated = [score["translations"][language] for language in ("ar", "fr")]
            for field in ("name", "description"):
                assert len({score[field], *(texts[field] for texts in translated)}) == 3, (name, score)
    (*_, best) = libraries["fatf-2022-compliance.yaml"]["objects"]["framework"]["scores_definition"]
    assert [best["translations"][language]["name"] for language in ("ar", "fr")] == ["مستوفى", "rempli"]


def test_our_checks_find_faults(libraries: dict[str, Any]) -> None:
    """A slash in a URN, a child before its parent, a text for a version, a missing language."""
    spoilt = deepcopy(libraries["fatf-2022-effectiveness.yaml"])
    nodes = spoilt["objects"]["framework"]["requirement_nodes"]
    nodes[0], nodes[1] = nodes[1], nodes[0]
    nodes[3]["urn"] += "/x"
    nodes[4]["ref_id"] = nodes[5]["ref_id"]
    del nodes[6]["translations"]["ar"]
    spoilt["version"] = "1.0"
    found = set(find_faults(spoilt))
    assert {f"{nodes[0]['ref_id']}: parent", f"urn {nodes[3]['urn']}", f"ref_id {nodes[5]['ref_id']} twice"} <= found
    assert {"version is not a whole number", f"{nodes[6]['urn']} lacks a language"} <= found
