"""One root cause, told once, shown where it weighs; proliferation financing stays among its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from fatf_kit.findings import Kind, derive_cascades, derive_findings
from fatf_kit.findings.cascades import is_about_proliferation, touched_by
from fatf_kit.findings.model import Finding
from fatf_kit.framework import load_framework
from fatf_kit.framework.model import requirements_of, walk
from fatf_kit.framework.vocabulary import Proliferation, load_vocabulary
from fatf_kit.ratings import Achievement, CriterionRating
from fatf_kit.responses.model import Answer, Rating, ResponseSet
from fatf_kit.scoring import load_policy
from fatf_kit.scoring.model import Adjustments
from fatf_kit.workspace.model import Decision
from tests.proof import assess

CAUSES = load_vocabulary().root_causes
PROLIFERATION = load_vocabulary().proliferation


def findings(edition: str, answers: dict[str, Rating]) -> tuple[Finding, ...]:
    """The findings of a few answers."""
    framework = load_framework(edition)
    given = tuple(Answer(requirement=key, rating=rating) for key, rating in answers.items())
    responses = ResponseSet(edition=edition, answers=given)
    return derive_findings(framework, responses, assess(framework, responses, load_policy()), load_policy())


def test_a_shortcoming_touches_where_its_cause_reaches() -> None:
    """R.35's gap is one of sanctions, which weighs on the supervisors' Recommendations; met criteria touch nothing."""
    found = {f.requirement: f for f in findings("fatf-2022", {"R.35/35.1": CriterionRating.NOT_MET})}
    assert "R.27" in found["R.35/35.1"].touches
    assert "R.35" not in found["R.35/35.1"].touches
    assert () == found["R.9/9.1"].touches


def test_one_cause_is_told_once() -> None:
    """Two shortcomings of one cause make one cascade that names both."""
    given: dict[str, Rating] = {"R.35/35.1": CriterionRating.NOT_MET, "R.8/8.4": CriterionRating.PARTLY_MET}
    (cascade,) = derive_cascades(findings("fatf-2022", given), CAUSES, PROLIFERATION["fatf-2022"])
    assert ("sanctions-regime", ("R.8/8.4", "R.35/35.1")) == (cascade.cause, cascade.found_in)


@pytest.mark.parametrize("edition", ["fatf-2013", "fatf-2022"])
def test_proliferation_never_leaves_its_own(edition: str) -> None:
    """With every criterion unmet and every issue negligible, no PF finding touches another Recommendation."""
    framework = load_framework(edition)
    everything: dict[str, Rating] = {}
    for unit in framework.units:
        worst: Rating = CriterionRating.NOT_MET if unit.id.startswith("R.") else Achievement.NEGLIGIBLE
        everything |= {requirement.id: worst for requirement in requirements_of(unit)}
    own = PROLIFERATION[edition]
    about = [f for f in findings(edition, everything) if is_about_proliferation(f.requirement, own)]
    assert {"R.7"} <= {f.unit for f in about}
    assert set() == {unit for f in about for unit in f.touches} - {"R.1", "R.2", "R.7", "R.15", "IO.11"}


@pytest.mark.parametrize("edition", ["fatf-2013", "fatf-2022"])
def test_proliferation_list_names_what_exists(edition: str) -> None:
    """Every unit and requirement in the list is in the edition."""
    framework = load_framework(edition)
    known = {unit.id for unit in framework.units}
    known |= {node.id for unit in framework.units for r in requirements_of(unit) for node, _ in walk(r)}
    assert set() == {*PROLIFERATION[edition].alone, *PROLIFERATION[edition].reach} - known


def test_disagreement_is_a_finding_until_decided() -> None:
    """A conflict is told; a decision ends it and counts as the answer."""
    framework, policy = load_framework("fatf-2022"), load_policy()
    answer = Answer(requirement="R.9/9.1", rating=CriterionRating.MET, lowest=CriterionRating.NOT_MET)
    responses = ResponseSet(edition=framework.id, answers=(answer,))
    decided = Adjustments(
        decisions=(
            Decision(
                requirement="R.9/9.1",
                value="partly met",
                reason="Agreed.",
                decided_by="An office",
                day=date(2026, 5, 3),
            ),
        )
    )

    def kinds(adjustments: Adjustments) -> list[tuple[Kind, str | None]]:
        assessment = assess(framework, responses, policy, adjustments=adjustments)
        found = derive_findings(framework, responses, assessment, policy)
        return [(f.kind, f.rating) for f in found if f.unit == "R.9"]

    assert [(Kind.CONFLICT, "met"), (Kind.UNDEMONSTRATED, "met")] == kinds(Adjustments())
    assert [(Kind.SHORTCOMING, "partly met"), (Kind.UNDEMONSTRATED, "met")] == kinds(decided)


def test_within_and_beyond_proliferation_financing() -> None:
    """What concerns it alone weighs only where it may be shown; a cause of its own keeps to there from anywhere."""
    (base,) = [f for f in findings("fatf-2022", {"R.35/35.1": CriterionRating.NOT_MET}) if f.requirement == "R.35/35.1"]
    cause = replace(
        next(iter(CAUSES.values())), recommendations=("R.1", "R.7", "R.10", "R.35"), proliferation_only=False
    )
    rules = Proliferation(alone=("R.7",), reach=("R.1", "R.7", "R.35"))
    about = replace(base, requirement="R.7/7.1", unit="R.7")
    own = replace(cause, proliferation_only=True)
    assert [("R.1", "R.7", "R.10"), ("R.1", "R.35"), ("R.1", "R.7")] == [
        touched_by(base, cause, rules),
        touched_by(about, cause, rules),
        touched_by(base, own, rules),
    ]
