"""The editions hold what the Methodologies hold: every id, in order, and nothing else."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from fatf_kit.core.errors import UnknownIdError
from fatf_kit.core.resources import data_folder
from fatf_kit.framework import (
    find_requirement,
    find_unit,
    index_requirements,
    list_editions,
    load_framework,
    read_framework,
)
from fatf_kit.framework.diff import EditionChange, diff_editions
from fatf_kit.framework.loader import is_recorded
from fatf_kit.framework.model import CombinationRule, Criterion, Framework, Part, ShownBy, list_requirements, walk

DATA = Path(__file__).resolve().parents[2] / "data"
EDITIONS = list_editions()


@pytest.fixture(params=EDITIONS)
def edition(request: pytest.FixtureRequest) -> Framework:
    """Each shipped edition in turn."""
    return load_framework(request.param)


@pytest.fixture
def counts(edition: Framework) -> Any:
    """Return counts that were made without the loader."""
    return json.loads((DATA / "counts.json").read_text())[edition.id]


def test_every_id_in_order(edition: Framework) -> None:
    """No id is missing, extra or out of order, parts at every depth included."""
    expected = (DATA / f"ids-{edition.id}.txt").read_text().split()
    assert list(index_requirements(edition)) == expected


def test_counts_of_criteria(edition: Framework, counts: Any) -> None:
    """As many criteria in each Recommendation as the Methodology numbers."""
    assert counts["criteria"] == {r.id.partition(".")[2]: len(r.criteria) for r in edition.recommendations}
    assert counts["total_criteria"] == sum(len(r.criteria) for r in edition.recommendations)


def test_counts_of_core_issues(edition: Framework, counts: Any) -> None:
    """As many core issues in each outcome as the Methodology numbers."""
    assert counts["core_issues"] == {o.id.partition(".")[2]: len(o.core_issues) for o in edition.outcomes}
    assert counts["total_core_issues"] == sum(len(o.core_issues) for o in edition.outcomes)


def test_counts_of_parts(edition: Framework, counts: Any) -> None:
    """Lettered and nested parts are all there."""
    parts = sum(depth > 0 for r in edition.recommendations for c in r.criteria for _, depth in walk(c))
    assert counts["parts"] == parts


def test_counts_of_information_and_factors() -> None:
    """Example information and specific factors of the 2013 outcomes are complete."""
    counts = json.loads((DATA / "counts.json").read_text())["fatf-2013"]
    outcomes = load_framework("fatf-2013").outcomes
    for key in ("example_information", "specific_factors"):
        assert counts[key] == {o.id.partition(".")[2]: len(getattr(o, key)) for o in outcomes}


def test_pending_revision_is_kept_apart() -> None:
    """The revised R.16 has its 28 criteria and is not part of the edition."""
    edition = load_framework("fatf-2022")
    counts = json.loads((DATA / "counts.json").read_text())["fatf-2022"]
    pending = edition.revisions["R.16"]
    assert counts["pending_r16_criteria"] == len(pending.criteria)
    assert len(find_unit(edition, "R.16").criteria) == 18  # type: ignore[union-attr]


def test_shipped_editions_have_no_fault() -> None:
    """Every shipped edition keeps to its schema and rules."""
    for name in list_editions():
        assert read_framework(data_folder("frameworks") / name)[1] == ()


def test_every_requirement_can_be_worked_from(edition: Framework) -> None:
    """Statement, question, evidence and remedy everywhere; shortcomings for criteria, signs for core issues."""
    for unit in edition.units:
        for top in list_requirements(unit):
            for requirement, _ in walk(top):
                guidance = requirement.guidance
                lacking = [
                    name
                    for name, value in (
                        ("statement", requirement.statement),
                        ("ask", guidance.ask),
                        ("evidence", guidance.evidence),
                        ("recommended_action", guidance.recommended_action),
                        ("signs", guidance.typical_shortcomings or (guidance.strong_signs and guidance.weak_signs)),
                    )
                    if not value
                ]
                assert lacking == [], requirement.id


def test_statements_are_readable(edition: Framework) -> None:
    """Half of the statements stay under 45 words, none passes 90."""
    lengths = sorted(len(requirement.statement.split()) for requirement in index_requirements(edition).values())
    assert lengths[len(lengths) // 2] < 45
    assert lengths[-1] <= 90


def test_every_top_requirement_has_a_lead_and_weights_have_reasons(edition: Framework) -> None:
    """Roles come from the one list; anything but an ordinary weight says why."""
    roles = {role["id"] for role in json.loads((data_folder("frameworks") / "roles.json").read_text())["roles"]}
    causes = json.loads((data_folder("frameworks") / "root-causes.json").read_text())["root_causes"]
    known_causes = {cause["id"] for cause in causes}
    tables = set(json.loads((data_folder("frameworks") / "statistics.json").read_text())["tables"])
    for unit in edition.units:
        for top in list_requirements(unit):
            assert {top.lead, *top.supporting} <= roles, top.id
            assert (top.weight.value != 2) == bool(top.weight.reason), top.id
            assert set(getattr(top, "root_causes", ())) <= known_causes, top.id
            assert set(getattr(top, "tables", ())) <= tables, top.id


def test_alternatives_are_marked() -> None:
    """The parts of a criterion with "one or more of" are alternatives."""
    edition = load_framework("fatf-2022")
    nodes = {key: r for key, r in index_requirements(edition).items() if isinstance(r, Criterion | Part)}
    alternatives = [key for key, r in nodes.items() if r.combine.how is CombinationRule.ANY]
    assert "R.24/24.13" in alternatives
    assert "R.32/32.2" in alternatives
    assert "R.10/10.9" not in alternatives


def test_every_part_is_combined_once(edition: Framework) -> None:
    """Each criterion and part with parts combines them all, those without combine nothing."""
    for requirement in index_requirements(edition).values():
        if isinstance(requirement, Criterion | Part):
            assert Counter(part.id for part in requirement.parts) == Counter(requirement.combine.leaves)


def test_the_duty_itself_is_marked(edition: Framework) -> None:
    """Without these three criteria their Recommendation has no content."""
    duties = [c.id for r in edition.recommendations for c in r.criteria if c.is_duty]
    assert duties == ["R.3/3.1", "R.5/5.1", "R.20/20.1"]


def test_a_principle_in_law_goes_with_a_legal_basis(edition: Framework) -> None:
    """The Recommendations whose preventive measure must be in law have a criterion for its principle."""
    with_principle = {r.id for r in edition.recommendations for c in r.criteria if ShownBy.PRINCIPLE in c.shown_by}
    bases = {r.id: r.legal_basis.instrument for r in edition.recommendations if r.legal_basis}
    assert with_principle == {name for name, basis in bases.items() if basis == "law"}
    assert with_principle == {"R.10", "R.11", "R.20", "R.21"}


def test_ids_never_look_numeric(edition: Framework) -> None:
    """No id can be read as a number by a spreadsheet or a data frame."""
    for key in index_requirements(edition):
        with pytest.raises(ValueError, match="could not convert"):
            float(key)


def test_fingerprint_is_the_same_in_every_language() -> None:
    """Translations do not change what is asked."""
    assert load_framework("fatf-2022").digest == load_framework("fatf-2022", "ar").digest


@pytest.mark.parametrize(
    ("typed", "expected"), [("r10", "R.10"), ("R. 10", "R.10"), ("io6", "IO.6"), ("IO.11", "IO.11")]
)
def test_units_are_found_however_typed(typed: str, expected: str) -> None:
    """A unit is found whatever its case, dots and spaces."""
    assert find_unit(load_framework("fatf-2022"), typed).id == expected


def test_requirements_are_found_without_their_unit() -> None:
    """A number that only one requirement has is enough; 1.11 and 11.1 are not mixed up."""
    edition = load_framework("fatf-2022")
    assert find_requirement(edition, "10.7(b)").id == "R.10/10.7(b)"
    assert find_requirement(edition, "R.1/1.11").id == "R.1/1.11"


def test_shared_number_needs_the_whole_id() -> None:
    """Criterion 5.2 and core issue 5.2 share a number."""
    with pytest.raises(UnknownIdError, match=r"R\.5/5\.2, IO\.5/5\.2"):
        find_requirement(load_framework("fatf-2022"), "5.2")


@pytest.mark.parametrize("wrong", ["R.41", "R.10/10.99", "IO.12"])
def test_unknown_ids_get_a_hint(wrong: str) -> None:
    """The message names what was probably meant."""
    finder = find_requirement if "/" in wrong else find_unit
    with pytest.raises(UnknownIdError, match="Did you mean"):
        finder(load_framework("fatf-2022"), wrong)


def test_diff_counts_what_is_new_and_changed() -> None:
    """22 new criteria and 80 changed or new, as counted in the reference."""
    counts = json.loads((DATA / "counts.json").read_text())["fatf-2022"]
    moves = Counter(
        d.move
        for d in diff_editions(load_framework("fatf-2013"), load_framework("fatf-2022"))
        if d.new and "R." in d.new
    )
    assert counts["changed_or_new"] == moves[EditionChange.NEW] + moves[EditionChange.CHANGED]


def test_every_predecessor_exists() -> None:
    """A 2022 criterion never points at a 2013 requirement that does not exist."""
    old = index_requirements(load_framework("fatf-2013"))
    for recommendation in load_framework("fatf-2022").recommendations:
        for criterion in recommendation.criteria:
            assert set(criterion.predecessors) <= set(old), criterion.id


def test_pages_that_differ_from_what_is_recorded_are_held_to_their_schemas(tmp_path: Path) -> None:
    """Only recorded pages are loaded without asking the schemas; a changed letter, or no record, and they are asked."""
    folder = tmp_path / "fatf-2013"
    shutil.copytree(data_folder("frameworks") / "fatf-2013", folder)
    assert not is_recorded(folder)
    shutil.copy(data_folder("frameworks") / "versions.json", tmp_path)
    assert is_recorded(folder)
    page = folder / "recommendations" / "R.02.json"
    page.write_text(page.read_text(encoding="utf-8").replace("R.2", "R.2 ", 1), encoding="utf-8")
    assert not is_recorded(folder)
    (tmp_path / "versions.json").write_text("[", encoding="utf-8")
    assert not is_recorded(folder)
