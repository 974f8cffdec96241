"""The rules of the loader of CISO Assistant for a library, in our own words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

URN = re.compile(r"urn(:[\w-]+){3,4}:[\w.()\[\]:-]+")
REQUIRED = ("urn", "ref_id", "locale", "name", "version", "objects")
LONGEST = {"ref_id": 100, "urn": 255, "name": 200, "copyright": 4_096}
LANGUAGES = {"ar", "fr"}


def find_faults(library: Mapping[str, Any]) -> list[str]:
    """Every fault of a library."""
    faults = [f"{key} is missing" for key in REQUIRED if key not in library]
    framework = library["objects"]["framework"]
    nodes = framework["requirement_nodes"]
    objects = [library, framework, *framework["scores_definition"], *nodes]
    faults += _find_value_faults(library, framework)
    urns = [one["urn"].lower() for one in (library, framework, *nodes)]
    faults += [f"urn {one} twice" for one, times in Counter(urns).items() if times > 1]
    faults += [f"urn {one}" for one in urns if not URN.fullmatch(one)]
    faults += [f"ref_id {one} twice" for one, times in Counter(n["ref_id"] for n in nodes).items() if times > 1]
    faults += _find_node_faults(nodes)
    for one in objects:
        faults += [f"{key} is too long" for key, most in LONGEST.items() if len(str(one.get(key, ""))) > most]
        faults += [f"{key} is empty" for key, value in one.items() if value in ("", [], {}, None)]
        if set(one["translations"]) != LANGUAGES:
            faults.append(f"{one.get('urn', one.get('score'))} lacks a language")
        for texts in one["translations"].values():
            faults += [f"translation of {key}" for key, text in texts.items() if not text or key not in one]
    return faults


def _find_value_faults(library: Mapping[str, Any], framework: Mapping[str, Any]) -> Iterator[str]:
    if type(library["version"]) is not int:
        yield "version is not a whole number"
    if type(library["publication_date"]) is not date:
        yield "publication_date is not a date"
    low, high = framework["min_score"], framework["max_score"]
    if not 0 <= low < high:
        yield "scores"
    if [one["score"] for one in framework["scores_definition"]] != [*range(low, high + 1)]:
        yield "scores_definition"
    if "not the FATF Methodology" not in library["description"] or "Apache" not in library["copyright"]:
        yield "no notice or no licence"


def _find_node_faults(nodes: list[Mapping[str, Any]]) -> Iterator[str]:
    """Parents before children, one level apart; what is scored has a name, a text and a weight of at least 1."""
    seen: dict[str, int] = {}
    for node in nodes:
        parent = node.get("parent_urn")
        if (node["depth"] == 1) != (parent is None):
            yield f"{node['ref_id']}: depth"
        if parent is not None and seen.get(parent) != node["depth"] - 1:
            yield f"{node['ref_id']}: parent"
        if node["assessable"] and not (node.get("name") and node.get("description")):
            yield f"{node['ref_id']}: text"
        if node["assessable"] and not (type(node.get("weight")) is int and node["weight"] >= 1):
            yield f"{node['ref_id']}: weight"
        seen[node["urn"]] = node["depth"]
