"""The rules of OSCAL beyond the shape of a document: trestle accepts double ids, unknown words and missing statements.

Restated from the constraints of OSCAL 1.2.1.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

TOKEN = re.compile(r"[^\W\d][\w.\-]*")
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[45][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
PARTS = {
    "group": {"overview", "instruction"},
    "control": {"overview", "statement", "guidance", "example", "assessment-method"},
    "statement": {"item"},
    "item": {"item"},
}
"""Names of parts without a namespace, by what they are in."""

WORDS = {
    "relationship": {
        *("equivalent-to", "equal-to", "subset-of", "superset-of", "intersects-with", "no-relationship"),
    },
    "matching-rationale": {"syntactic", "semantic", "functional"},
    "method": {"human", "automation", "hybrid"},
    "state": {"satisfied", "not-satisfied"},
    "reason": {"pass", "fail", "other"},
}
KINDS_OF_ITEM = {"control", "statement"}
TARGETS = {"statement-id", "objective-id"}
METHODS = {"EXAMINE", "INTERVIEW", "TEST", "UNKNOWN"}


def walk(value: Any) -> Iterator[Mapping[str, Any]]:
    """Every object of a document, the outer ones first."""
    if isinstance(value, Mapping):
        yield value
        for inner in value.values():
            yield from walk(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from walk(inner)


def find_general_faults(document: Mapping[str, Any]) -> Iterator[str]:
    """Faults that any document may have: empty values, line breaks, double UUIDs, no notice, no licence."""
    ((kind, body),) = document.items()
    uuids = [one["uuid"] for one in walk(body) if "uuid" in one]
    yield from (f"uuid {one} twice" for one, times in Counter(uuids).items() if times > 1)
    yield from (f"uuid {one}" for one in uuids if not UUID.fullmatch(one))
    for one in walk(document):
        yield from (f"{key} is empty" for key, value in one.items() if value in ("", [], {}, None))
        for key in ("title", "value", "name", "id"):
            text = one.get(key)
            if isinstance(text, str) and (text != text.strip() or "\n" in text):
                yield f"{key} {text!r}"
        for key in ("last-modified", "start", "collected"):
            if key in one and not MOMENT.fullmatch(one[key]):
                yield f"{key} {one[key]}"
        for key, allowed in WORDS.items():
            if key in one and one[key] not in allowed:
                yield f"{key} {one[key]}"
        for method in one.get("methods", ()):
            if method not in METHODS:
                yield f"method {method}"
    metadata = body["metadata"]
    if metadata["oscal-version"] != "1.2.1":
        yield "oscal-version"
    if "not the FATF Methodology" not in metadata["remarks"]:
        yield f"{kind} has no notice"
    if not [link for link in metadata["links"] if link["rel"] == "license"]:
        yield f"{kind} has no licence"


def find_catalogue_faults(document: Mapping[str, Any]) -> list[str]:
    """Faults of a catalogue: double ids over groups, controls and parts, names of parts, missing statements."""
    catalogue = document["catalog"]
    places = [one["id"] for one in walk(catalogue["groups"]) if "id" in one]
    faults = [*find_general_faults(document)]
    faults += [f"id {one} twice" for one, times in Counter(places).items() if times > 1]
    faults += [f"id {one}" for one in places if not TOKEN.fullmatch(one)]
    for one in walk(catalogue["groups"]):
        kind = "control" if one.get("class") in ("criterion", "core-issue") else one.get("name") or "group"
        for part in one.get("parts", ()):
            if "id" not in part:
                faults.append("part without id")
            if "ns" not in part and part["name"] not in PARTS.get(kind, ()):
                faults.append(f"part {part['name']} in {kind}")
        if kind == "control":
            names = [(part["name"], part.get("class")) for part in one.get("parts", ())]
            if names[:3] != [("statement", None), ("statement", "lang-ar"), ("statement", "lang-fr")]:
                faults.append(f"{one['id']} lacks a statement in a language")
        if "groups" in one and "controls" in one:
            faults.append(f"{one['id']} has groups and controls")
    return faults


def list_controls(catalogue: Mapping[str, Any]) -> list[str]:
    """The ids of the controls of a catalogue."""
    groups = walk(catalogue["catalog"]["groups"])
    return [control["id"] for group in groups for control in group.get("controls", ())]


def list_statements(catalogue: Mapping[str, Any]) -> set[str]:
    """The ids of statements of a catalogue and of their items."""
    names = ("statement", "item")
    return {one["id"] for one in walk(catalogue["catalog"]["groups"]) if one.get("name") in names and "ns" not in one}


def find_mapping_faults(document: Mapping[str, Any], catalogues: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Faults of a mapping: unknown words and ids, and targets that are covered twice or not at all."""
    faults = [*find_general_faults(document)]
    for mapping in document["mapping-collection"]["mappings"]:
        for side in ("source", "target"):
            catalogue = catalogues[mapping[f"{side}-resource"]["href"]]
            known = {"control": set(list_controls(catalogue)), "statement": list_statements(catalogue)}
            items = [item for one in mapping["maps"] for item in one[f"{side}s"]]
            faults += [f"type {item['type']}" for item in items if item["type"] not in KINDS_OF_ITEM]
            faults += [
                f"id-ref {item['id-ref']}" for item in items if item["id-ref"] not in known.get(item["type"], ())
            ]
            gaps = [key for one in mapping[f"{side}-gap-summary"]["unmapped-controls"] for key in one["with-ids"]]
            faults += [f"gap {key}" for key in gaps if key not in known["control"]]
            if side == "target":
                covered = Counter([*gaps, *(item["id-ref"] for item in items)])
                faults += [f"{key} covered {covered[key]} times" for key in known["control"] if covered[key] != 1]
    return faults


def find_result_faults(document: Mapping[str, Any], catalogue: Mapping[str, Any]) -> list[str]:
    """Faults of assessment results: targets that the catalogue lacks, unknown types, links that lead nowhere."""
    faults = [*find_general_faults(document)]
    body = document["assessment-results"]
    numbers = {one["uuid"] for one in walk(body) if "uuid" in one}
    faults += [
        f"href {one['href']}" for one in walk(body) if one.get("href", "")[:1] == "#" and one["href"][1:] not in numbers
    ]
    controls, statements = set(list_controls(catalogue)), list_statements(catalogue)
    objectives = {one["id"] for one in walk(catalogue["catalog"]["groups"]) if one.get("name") == "objective"}
    for result in body["results"]:
        selections = result["reviewed-controls"]["control-selections"]
        selected = {one["control-id"] for part in selections for one in part.get("include-controls", ())}
        faults += [f"control-id {one}" for one in selected - controls]
        for finding in result.get("findings", ()):
            target = finding["target"]
            if target["type"] not in TARGETS:
                faults.append(f"type {target['type']}")
            known = {one for one in statements if one.endswith("_smt")}
            if target["target-id"] not in (known if target["type"] == "statement-id" else objectives):
                faults.append(f"target-id {target['target-id']}")
            faults += [
                f"observation {one['observation-uuid']}"
                for one in finding.get("related-observations", ())
                if one["observation-uuid"] not in numbers
            ]
    return faults
