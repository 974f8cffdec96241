"""OSCAL files as compliance-trestle and our own checks judge them; trestle looks at their shape only."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from fatf_kit import export_frameworks, load_framework, score_published
from fatf_kit.core.errors import FatfKitError
from fatf_kit.framework.catalog import index_requirements
from fatf_kit.framework.export.editions import load_translated, make_edition_notices
from fatf_kit.framework.export.oscal import make_token
from fatf_kit.report.formats.oscal import render_oscal
from tests.examples import score_example
from tests.unit.open_data.oscal_rules import (
    find_catalogue_faults,
    find_mapping_faults,
    find_result_faults,
    list_controls,
    walk,
)

DAY = "2026-11-28"
OLD, NEW, MAPPING = "fatf-2013.catalog.json", "fatf-2022.catalog.json", "fatf-2013-to-fatf-2022.mapping.json"
RESULTS = "assessment.oscal.json"
Document = dict[str, Any]


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """The exported files and the result of the example."""
    report = score_example("ruritania/workbook").report(generated_at=DAY)
    return {**export_frameworks("oscal", day=DAY), RESULTS: render_oscal(report)}


@pytest.fixture(scope="module")
def documents(files: dict[str, bytes]) -> dict[str, Document]:
    """The same files, parsed."""
    return {name: json.loads(content) for name, content in files.items()}


def test_files_keep_our_own_checks(documents: dict[str, Document]) -> None:
    """Unique ids, known words, targets that exist, notices and licences."""
    assert sorted(documents) == sorted((OLD, NEW, MAPPING, RESULTS))
    assert find_catalogue_faults(documents[OLD]) == []
    assert find_catalogue_faults(documents[NEW]) == []
    assert find_mapping_faults(documents[MAPPING], documents) == []
    assert find_result_faults(documents[RESULTS], documents[NEW]) == []


@pytest.mark.full
def test_trestle_finds_every_file_valid(files: dict[str, bytes], tmp_path: Path) -> None:
    """The foreign validator takes all four files and makes a page of each control of the catalogue."""
    pytest.importorskip("trestle")

    def run(*words: str) -> str:
        command = [sys.executable, "-m", "trestle", *words]
        done = subprocess.run(command, cwd=tmp_path / "home", check=False, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    (tmp_path / "home").mkdir()
    run("init", "--local")
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
        run("import", "-f", str(tmp_path / name), "-o", name.partition(".")[0])
    assert run("validate", "-a").count("VALID: Model") == len(files)
    run("author", "catalog-generate", "-n", "fatf-2022", "-o", "pages")
    assert len([*(tmp_path / "home" / "pages").rglob("*.md")]) == 339


def test_ids_are_one_to_one() -> None:
    """No two requirements or units of an edition have the same token."""
    for edition in map(load_framework, ("fatf-2013", "fatf-2022")):
        keys = [*index_requirements(edition), *(unit.id for unit in edition.units)]
        assert len({make_token(key) for key in keys}) == len(keys)


def test_counts(documents: dict[str, Document]) -> None:
    """312 and 339 controls; each target once: 257 maps, 82 gaps, which are 24 new criteria and 58 core issues."""
    assert [len(list_controls(documents[name])) for name in (OLD, NEW)] == [312, 339]
    (mapping,) = documents[MAPPING]["mapping-collection"]["mappings"]
    gaps = mapping["target-gap-summary"]["unmapped-controls"][0]["with-ids"]
    assert (len(mapping["maps"]), len(gaps)) == (257, 82)
    relations = Counter((one["relationship"], len(one["sources"]) > 1) for one in mapping["maps"])
    assert relations == {
        ("equivalent-to", False): 201,
        ("intersects-with", False): 45,
        ("intersects-with", True): 11,
    }


def test_prose_is_that_of_the_edition(documents: dict[str, Document]) -> None:
    """A catalogue contains no sentence that is not a text of its pages, which are summaries in our own words."""
    edition = load_translated("fatf-2022")
    known: set[str] = set()
    for language in edition.languages.values():
        for requirement in index_requirements(language).values():
            given = requirement.guidance
            known |= {requirement.statement, given.ask, given.recommended_action, given.action, *given.evidence}
            known |= {*given.typical_shortcomings, *given.strong_signs, *given.weak_signs}
        known |= {outcome.statement for outcome in language.outcomes}
    prose = {one["prose"] for one in walk(documents[NEW]) if "prose" in one}
    assert prose - known == set()
    assert len(prose) > 5_000
    remarks = documents[NEW]["catalog"]["metadata"]["remarks"]
    assert all(notice in remarks for notice in make_edition_notices(edition).values())


def test_each_recommended_action_is_there_in_full_and_in_short(documents: dict[str, Document]) -> None:
    """In every language; a list that names the owner in a column of its own needs the short one."""
    edition = load_translated("fatf-2022")
    parts = {one["id"]: one["prose"] for one in walk(documents[NEW]) if one.get("name") == "guidance"}
    controls = set(list_controls(documents[NEW]))
    assert len(controls) == 339
    for language, texts in edition.languages.items():
        ending = "" if language == "en" else f"_{language}"
        by_token = {make_token(key): requirement for key, requirement in index_requirements(texts).items()}
        for token in controls:
            given = by_token[token].guidance
            assert parts[f"{token}_action.1{ending}"] == given.recommended_action
            assert parts[f"{token}_short-action.1{ending}"] == given.action


@pytest.mark.full
def test_the_same_day_gives_the_same_bytes(files: dict[str, bytes]) -> None:
    """The day is the only thing from outside; the number of a document follows its content."""
    assert export_frameworks("oscal", day=DAY).items() <= files.items()
    later = json.loads(export_frameworks("oscal", day="2026-11-29")[NEW])["catalog"]
    assert later["metadata"]["last-modified"] == "2026-11-29T00:00:00Z"
    assert later["uuid"] != json.loads(files[NEW])["catalog"]["uuid"]


def test_findings_have_four_levels_the_claim_and_the_range(documents: dict[str, Document]) -> None:
    """Properties have the levels that OSCAL cannot express; states follow the level that counts."""
    (result,) = documents[RESULTS]["assessment-results"]["results"]
    by_title = {one["title"]: one for one in result["findings"]}

    def read(key: str) -> tuple[str, str, dict[str, str]]:
        finding = by_title[key]
        status = finding["target"]["status"]
        names = ("level", "claimed", "shown", "range-low", "range-high")
        found = {one["name"]: one["value"] for one in finding["props"] if one["name"] in names}
        return status["state"], status["reason"], found

    mostly = dict.fromkeys(("level", "claimed", "shown", "range-low", "range-high"), "mostly met")
    assert read("R.1/1.1") == ("not-satisfied", "other", mostly)
    assert read("IO.1/1.1") == (
        "not-satisfied",
        "other",
        {"claimed": "large", "range-low": "some", "range-high": "large"},
    )
    states = Counter(
        (one["target"]["status"]["state"], next((p["value"] for p in one["props"] if p["name"] == "level"), "open"))
        for one in result["findings"]
        if one["target"]["type"] == "statement-id"
    )
    assert {state for state, level in states if level == "met"} == {"satisfied"}
    assert {level for state, level in states if state == "satisfied"} <= {"met", "very large"}
    assert "not applicable" not in {level for _, level in states}
    props = Counter(one["name"] for one in result["props"])
    assert len(result["findings"]) + props["unanswered"] + props["not-applicable"] == 339 + 51
    values = {one["name"]: one["value"] for one in result["props"]}
    assert (values["range-low.r.1"], values["claimed.r.1"], "rating.r.1" in values) == ("PC", "LC", False)


def test_each_rating_is_a_finding(documents: dict[str, Document]) -> None:
    """It points to its Recommendation or outcome in the catalogue and to the answers to all of its requirements."""
    report: Any = score_example("ruritania/workbook").report(generated_at=DAY).payload
    (result,) = documents[RESULTS]["assessment-results"]["results"]
    findings = {one["title"]: one for one in result["findings"] if one["target"]["type"] == "objective-id"}
    titles = {one["uuid"]: one["title"].removeprefix("Answer to ") for one in result["observations"]}
    units = [*report["recommendations"], *report["outcomes"]]
    assert len(units) == 51
    states = set()
    for unit in units:
        rating = unit["decided"] or unit["settled"]
        if unit["claimed"] is None or rating == "NA":
            assert unit["id"] not in findings
            continue
        finding = findings.pop(unit["id"])
        values = {one["name"]: one["value"] for one in finding["props"]}
        assert (values.get("rating"), values["claimed"]) == (rating, unit["claimed"])
        assert (values["range-low"], values["range-high"]) == (unit["shown"]["worst"], unit["shown"]["best"])
        assert finding["target"]["target-id"] == f"{unit['id'].lower()}_obj"
        state = finding["target"]["status"]["state"]
        assert (state == "satisfied") == (rating in ("C", "HE"))
        states.add(state)
        observed = {titles[one["observation-uuid"]] for one in finding.get("related-observations", ())}
        assert observed <= {part["id"] for part in unit.get("criteria") or unit["core_issues"]}
        assert observed
    assert (findings, states) == ({}, {"satisfied", "not-satisfied"})


def test_published_ratings_are_no_assessment_results() -> None:
    """They have no criteria to write findings on."""
    _, report = score_published("IRQ", generated_at=DAY)
    with pytest.raises(FatfKitError, match="only for filled workbooks"):
        render_oscal(report)


def _control(document: Document) -> Document:
    controls: list[Document] = document["catalog"]["groups"][0]["groups"][0]["controls"]
    return controls[0]


def _repeat_id(document: Document) -> None:
    document["catalog"]["groups"][0]["groups"][0]["controls"].append(deepcopy(_control(document)))


def _drop_statement(document: Document) -> None:
    del _control(document)["parts"][0]


def _rename_part(document: Document) -> None:
    _control(document)["parts"][0]["name"] = "text"


@pytest.mark.full(keep_every=3)
@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (_repeat_id, "id r.1_1.1 twice"),
        (_drop_statement, "r.1_1.1 lacks a statement in a language"),
        (_rename_part, "part text in control"),
    ],
)
def test_our_checks_find_what_trestle_accepts(
    documents: dict[str, Document], spoil: Callable[[Document], None], fault: str, tmp_path: Path
) -> None:
    """A spoilt catalogue is valid for trestle, and our checks name the fault."""
    catalog = pytest.importorskip("trestle.oscal.catalog")
    spoilt = deepcopy(documents[NEW])
    spoil(spoilt)
    assert fault in find_catalogue_faults(spoilt)
    path = tmp_path / NEW
    path.write_text(json.dumps(spoilt), encoding="utf-8")
    assert catalog.Catalog.oscal_read(path) is not None


def test_our_checks_find_wrong_words_and_targets(documents: dict[str, Document]) -> None:
    """An unknown relationship, an unknown source, and a finding about a control in place of its statement."""
    spoilt = deepcopy(documents[MAPPING])
    first = spoilt["mapping-collection"]["mappings"][0]["maps"][0]
    first["relationship"] = "same-as"
    first["sources"][0]["id-ref"] = "r.1_1.99"
    assert {"relationship same-as", "id-ref r.1_1.99"} == set(find_mapping_faults(spoilt, documents))
    results = deepcopy(documents[RESULTS])
    first, *_, last = results["assessment-results"]["results"][0]["findings"]
    first["target"]["target-id"], last["target"]["target-id"] = "r.1", "r.1_1.1"
    assert find_result_faults(results, documents[NEW]) == ["target-id r.1", "target-id r.1_1.1"]
