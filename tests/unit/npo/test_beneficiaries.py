"""Whom bodies help: columns of yes and no and lists become one field that is counted and never scored."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from fatf_kit.npo.functions import npo_check, npo_classify, npo_map
from fatf_kit.npo.mapping.matching import propose_mapping
from fatf_kit.npo.mapping.profile import profile_column
from fatf_kit.npo.method.load import load_method
from fatf_kit.npo.model import SectorResult
from fatf_kit.npo.register.refusals import RegisterRefusedError
from tests.unit.npo.small_register import AS_OF, body, write
from tests.unit.npo.test_map import CHARITABLE, columns_of, mapping_on, propose_fields

METHOD = load_method()


def counts(result: SectorResult) -> dict[str, int]:
    """The counted groups."""
    return {part.code: part.count for part in result.beneficiaries}


def test_fifteen_columns_of_one_register_become_one_field() -> None:
    """Australia's register has a column for each group; those by descent, origin or orientation are left out."""
    made = propose_fields(columns_of("australia"))
    assert sum(proposal.field == "beneficiaries" for proposal in made.proposals) == 15
    for heading in ("Ethnic_Groups", "Migrants_Refugees_or_Asylum_Seekers", "Aboriginal_or_TSI"):
        assert made.left[heading] == "identity"
    assert made.of("Gay_Lesbian_Bisexual") == ()


@pytest.mark.parametrize(
    ("register", "heading", "left_out", "groups"),
    [
        ("england-wales", "who_the_charity_helps", ["People of a particular ethnic or racial origin"], 4),
        ("scotland", "Beneficiaries", ["'People of a particular ethnic or racial origin'"], 3),
        ("new-zealand", "MainBeneficiary", ["Religious groups"], 3),
        ("northern-ireland", "Who the charity helps", ["Ethnic minorities"], 2),
    ],
)
def test_a_list_of_groups_is_read_without_those_by_faith_or_descent(
    register: str, heading: str, left_out: list[str], groups: int
) -> None:
    """Their values get no code, and the reason of the proposal says so."""
    (proposal,) = propose_fields(columns_of(register)).of(heading)
    assert (proposal.field, proposal.reason) == ("beneficiaries", "groups")
    assert [text for text, code in proposal.codes.items() if code == ""] == left_out
    assert len({code for code in proposal.codes.values() if code}) == groups


def test_groups_are_counted_and_no_class_changes(tmp_path: Path) -> None:
    """Columns of yes and no count together with each body once a group; the classes are the same without them."""
    answers = ({"Children": "Y", "Aged_Persons": "Y"}, {"Children": "Y"}, {"Youth": "Y"}, {"Ethnic_Groups": "Y"})
    names = ("Children", "Youth", "Aged_Persons", "Ethnic_Groups")
    rows = [
        {**body(f"n{n}", **CHARITABLE), **{name: yes.get(name, "N") for name in names}} for n, yes in enumerate(answers)
    ]
    register = write(tmp_path / "r.csv", rows)
    npo_map(register, tmp_path / "map.xlsx")
    joined = dict(mapping_on(tmp_path / "map.xlsx").fields["beneficiaries"].join)
    assert joined == {"Children": "children", "Youth": "children", "Aged_Persons": "older_people"}
    made = npo_classify(register, tmp_path / "out", mapping=tmp_path / "map.xlsx", as_of=AS_OF).result
    assert counts(made) == {"children": 3, "older_people": 1, "": 1}
    bare = write(tmp_path / "bare.csv", [{key: text for key, text in row.items() if key not in names} for row in rows])
    without = npo_classify(bare, tmp_path / "bare", as_of=AS_OF).result
    assert (made.classes, made.matrix) == (without.classes, without.matrix)
    assert without.beneficiaries == ()


def test_a_group_by_faith_is_no_fault_and_an_unknown_one_is(tmp_path: Path) -> None:
    """The first counts as not known; the second is reported with its text, and the rest of the cell counts."""
    beneficiaries = ("children; women", "Religious groups", "children; Martians", "")
    rows = [body(f"n{n}", beneficiaries=text, **CHARITABLE) for n, text in enumerate(beneficiaries)]
    made = npo_classify(write(tmp_path / "r.csv", rows), tmp_path / "out", as_of=AS_OF).result
    assert counts(made) == {"children": 2, "women": 1, "": 2}
    assert [dict(problem.facts)["found"] for problem in made.problems if "found" in dict(problem.facts)] == ["Martians"]


def test_a_mapping_never_takes_a_group_by_faith(tmp_path: Path) -> None:
    """Such a column among the beneficiaries is refused by name."""
    rows = [{**body("a", **CHARITABLE), "Muslim_Youth": "Y", "Youth": "Y"}]
    fields = {name: {"from": name} for name in rows[0] if name not in ("Muslim_Youth", "Youth")}
    mapping = {**fields, "beneficiaries": {"join": {"Muslim_Youth": "children", "Youth": "children"}}}
    (tmp_path / "m.json").write_text(json.dumps({"schema": "fatf-kit/npo-mapping/1", "columns": mapping}))
    register = write(tmp_path / "r.csv", rows)
    (problem,) = npo_check(register, mapping=tmp_path / "m.json")
    assert (problem.code, dict(problem.facts)["heading"]) == ("npo-identity", "Muslim_Youth")
    with pytest.raises(RegisterRefusedError):
        npo_classify(register, tmp_path / "out", mapping=tmp_path / "m.json", as_of=AS_OF)


@pytest.mark.parametrize("heading", ["People with a disability", "Beneficiaries: disability"])
def test_a_group_of_beneficiaries_is_no_trait_of_persons(heading: str, tmp_path: Path) -> None:
    """A column that says whether a body helps a group does not keep the register from being read."""
    register = write(tmp_path / "r.csv", [{**body("a", **CHARITABLE), heading: "yes"}])
    assert npo_check(register) == ()


@pytest.mark.parametrize("heading", ["Other", "Community", "Public", "Number of children", "Women led"])
def test_a_heading_that_may_be_of_another_field_is_left(heading: str) -> None:
    """A word that names a group among others, or alone says too little, is not taken."""
    texts = Counter({"Y": 3, "N": 3})
    made = propose_mapping(
        [profile_column(name, texts, 6, METHOD) for name in (heading, "Youth", "Aged persons")], METHOD
    )
    assert [proposal.heading for proposal in made.proposals] == ["Youth", "Aged persons"]
