"""Cascades are few, start at their cause and are reported there once; proliferation financing has none."""

from __future__ import annotations

from datetime import date

import pytest

from fatf_kit.assessment.answers.model import Answer, AnswerRating, ResponseSet
from fatf_kit.assessment.folder.model import RecordedDecision
from fatf_kit.core.ratings import Achievement, CriterionRating, FindingKind
from fatf_kit.framework import index_requirements, load_framework
from fatf_kit.framework.model import list_requirements
from fatf_kit.framework.vocabulary import load_vocabulary
from fatf_kit.scoring import load_policy
from fatf_kit.scoring.finding import Finding
from fatf_kit.scoring.findings import derive_cascades, derive_findings
from fatf_kit.scoring.model import Adjustments
from tests.proof import assess

EDITIONS = ("fatf-2013", "fatf-2022")
CASCADES = load_vocabulary().cascades
NOT_MET, PARTLY = CriterionRating.NOT_MET, CriterionRating.PARTLY_MET
PROLIFERATION = {
    "fatf-2013": ("R.2/2.4", "R.7/", "IO.11/"),
    "fatf-2022": ("R.1/1.5", "R.1/1.11", "R.1/1.15", "R.7/", "IO.11/"),
}
"""The beginnings of the ids of requirements on proliferation financing alone."""


def findings(edition: str, answers: dict[str, AnswerRating]) -> tuple[Finding, ...]:
    """The findings of a few answers."""
    framework = load_framework(edition)
    given = tuple(Answer(requirement=key, rating=rating) for key, rating in answers.items())
    responses = ResponseSet(edition=edition, answers=given)
    return derive_findings(framework, responses, assess(framework, responses, load_policy()), load_policy())


def worst(edition: str) -> tuple[Finding, ...]:
    """The findings where every criterion is not met and every core issue negligible."""
    everything: dict[str, AnswerRating] = {}
    for unit in load_framework(edition).units:
        low: AnswerRating = NOT_MET if unit.id.startswith("R.") else Achievement.NEGLIGIBLE
        everything |= {requirement.id: low for requirement in list_requirements(unit)}
    return findings(edition, everything)


def list_pairs(edition: str) -> set[tuple[str, str]]:
    """Each pair of a Recommendation with a cause and one that it affects."""
    return {
        (cause.partition("/")[0], affected.partition("/")[0])
        for cascade in CASCADES[edition]
        for cause in cascade.causes
        for affected in cascade.affected
    }


def test_only_real_cascades() -> None:
    """The direction is from the cause to the criteria that refer to it."""
    assert list_pairs("fatf-2022") == {
        ("R.3", "R.20"),
        ("R.5", "R.6"),
        ("R.5", "R.20"),
        ("R.10", "R.22"),
        ("R.24", "R.10"),
        ("R.25", "R.10"),
        ("R.26", "R.1"),
        ("R.28", "R.1"),
    }


@pytest.mark.parametrize("edition", EDITIONS)
def test_cascades_name_what_exists(edition: str) -> None:
    """Every cause and every affected criterion is in the edition, in which it means the same as in the other."""
    framework = load_framework(edition)
    known = {unit.id for unit in framework.units} | set(index_requirements(framework))
    assert {cascade.id for cascade in CASCADES[EDITIONS[0]]} == {cascade.id for cascade in CASCADES[edition]}
    assert {place for one in CASCADES[edition] for place in (*one.causes, *one.affected)} - known == set()


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_cascade_is_reported_once_in_the_recommendation_of_its_cause(edition: str) -> None:
    """With everything not met each pair of Recommendations is named by one finding, and nothing else is named."""
    touched = [(finding.unit, unit) for finding in worst(edition) for unit in finding.touches]
    assert sorted(list_pairs(edition)) == sorted(touched)


def test_the_risk_rows_affect_nothing() -> None:
    """Six rows of R.1 used to say that they weigh on R.2, R.8, R.10 and seven more."""
    assert {finding.touches for finding in worst("fatf-2022") if finding.unit == "R.1"} == {()}


def test_a_cascade_names_all_criteria_that_fall_short() -> None:
    """Two shortcomings in R.10 are one cascade; what is met or affected only starts none."""
    given: dict[str, AnswerRating] = {
        "R.10/10.2": NOT_MET,
        "R.10/10.5": PARTLY,
        "R.22/22.1": NOT_MET,
        "R.24/24.6": NOT_MET,
    }
    found = derive_cascades(findings("fatf-2022", given), CASCADES["fatf-2022"])
    assert [(one.unit, one.found_in, one.touches) for one in found] == [
        ("R.10", ("R.10/10.2", "R.10/10.5"), ("R.22",)),
        ("R.24", ("R.24/24.6",), ("R.10",)),
    ]


@pytest.mark.parametrize("edition", EDITIONS)
def test_proliferation_financing_has_no_cascade(edition: str) -> None:
    """With everything not met, no finding on it names another Recommendation, and no cascade reaches it."""
    about = [finding for finding in worst(edition) if finding.requirement.startswith(PROLIFERATION[edition])]
    assert "R.7" in {finding.unit for finding in about}
    assert {finding.touches for finding in about} == {()}
    affected = {place for cascade in CASCADES[edition] for place in cascade.affected}
    assert not [place for place in affected if place.startswith(PROLIFERATION[edition])]


@pytest.mark.parametrize("edition", EDITIONS)
def test_named_root_causes_are_true(edition: str) -> None:
    """Missing powers of investigators are no flaw of the offence; a duty that is missing is no missing assessment."""
    causes = {c.id: c.root_causes for r in load_framework(edition).recommendations for c in r.criteria}
    for criterion in ("R.31/31.1", "R.31/31.2", "R.37/37.8"):
        assert causes[criterion] == ()
    risk = {key for key, found in causes.items() if "risk-assessment" in found}
    own = ("R.1", "R.2", "R.8", "R.15", "R.24", "R.25")
    assert not [key for key in risk if key.partition("/")[0] not in own]
    assert not {"R.1/1.12", "R.10/10.13", "R.10/10.18", "R.26/26.5"} & risk
    assert {"R.5", "R.36", "R.4"} >= {key.partition("/")[0] for key, found in causes.items() if "tf-offence" in found}


def test_disagreement_is_a_finding_until_decided() -> None:
    """A conflict is told; a decision ends it and counts as the answer."""
    framework, policy = load_framework("fatf-2022"), load_policy()
    answer = Answer(requirement="R.9/9.1", rating=CriterionRating.MET, lowest=CriterionRating.NOT_MET)
    responses = ResponseSet(edition=framework.id, answers=(answer,))
    words = {"value": "partly met", "reason": "Agreed.", "decided_by": "An office"}
    decision = RecordedDecision(requirement="R.9/9.1", day=date(2026, 5, 3), **words)
    decided = Adjustments(decisions=(decision,))

    def kinds(adjustments: Adjustments) -> list[tuple[FindingKind, str | None]]:
        assessment = assess(framework, responses, policy, adjustments=adjustments)
        found = derive_findings(framework, responses, assessment, policy)
        return [(f.kind, f.rating) for f in found if f.unit == "R.9"]

    unproven = (FindingKind.UNDEMONSTRATED, "met")
    assert kinds(Adjustments()) == [(FindingKind.CONFLICT, "met"), unproven]
    assert kinds(decided) == [(FindingKind.SHORTCOMING, "partly met"), unproven]
