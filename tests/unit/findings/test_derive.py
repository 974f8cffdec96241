"""Findings: what falls short, what is not shown, what nobody answered."""

from __future__ import annotations

from datetime import date

from fatf_kit.findings import Finding, Kind, Severity, derive_findings
from fatf_kit.framework import load_framework
from fatf_kit.ratings import Achievement, CriterionRating
from fatf_kit.responses.model import Answer, Confidentiality, EvidenceItem, EvidenceKind, ResponseSet
from fatf_kit.scoring import assess, load_policy

EDITION = load_framework("fatf-2022")


def findings(*answers: Answer) -> dict[str, Finding]:
    """The first finding of each requirement."""
    item = EvidenceItem(id="E-1", kind=EvidenceKind.CASE, title="A case")
    responses = ResponseSet(edition=EDITION.id, answers=answers, evidence=(item,), cut_off=date(2027, 3, 19))
    assessment = assess(EDITION, responses, load_policy())
    found = derive_findings(EDITION, responses, assessment, load_policy())
    first: dict[str, Finding] = {}
    for finding in found:
        first.setdefault(finding.requirement, finding)
    return first


def test_unanswered_everywhere() -> None:
    """One finding for each of 281 criteria and 58 core issues, numbered in order."""
    found = list(findings().values())
    assert (339, {Kind.UNANSWERED}, {None}) == (len(found), {f.kind for f in found}, {f.severity for f in found})
    assert ["F-001", "F-002", "F-003"] == [f.id for f in found[:3]]


def test_met_and_shown_gives_none() -> None:
    """Nothing is missing."""
    cited = Answer(
        requirement="R.1/1.1", rating=CriterionRating.MET, citation="AML Act, art. 1", in_force_from=date(2020, 1, 1)
    )
    assert "R.1/1.1" not in findings(cited)


def test_claimed_but_not_shown() -> None:
    """The cheapest kind to close."""
    finding = findings(Answer(requirement="R.1/1.1", rating=CriterionRating.MET))["R.1/1.1"]
    assert (Kind.UNDEMONSTRATED, Severity.MAJOR) == (finding.kind, finding.severity)


def test_shortcoming_keeps_the_countrys_words_and_action() -> None:
    """What is missing and what is planned are quoted from the answer."""
    given = Answer(
        requirement="R.1/1.1",
        rating=CriterionRating.PARTLY_MET,
        missing="The assessment is from 2017.",
        action="Update it.",
        action_due=date(2027, 1, 31),
        citation="AML Act, art. 1",
        in_force_from=date(2020, 1, 1),
    )
    finding = findings(given)["R.1/1.1"]
    assert (Kind.SHORTCOMING, Severity.MODERATE) == (finding.kind, finding.severity)
    assert ("The assessment is from 2017.", "Update it.", "2027-01-31") == (
        finding.missing,
        finding.planned,
        finding.planned_due,
    )


def test_core_issue_severity() -> None:
    """Negligible is fundamental, some is major, large is moderate."""
    issue = Answer(requirement="IO.6/6.1", rating=Achievement.NEGLIGIBLE)
    assert Severity.FUNDAMENTAL == findings(issue)["IO.6/6.1"].severity


def test_heavier_criteria_lose_more() -> None:
    """Order within a Recommendation follows weight times missing credit."""
    found = findings(
        Answer(requirement="R.1/1.1", rating=CriterionRating.NOT_MET),
        Answer(requirement="R.1/1.4", rating=CriterionRating.NOT_MET),
    )
    assert found["R.1/1.1"].points_lost > found["R.1/1.4"].points_lost


def test_short_and_not_shown_gives_two() -> None:
    """What falls short and what lacks proof are closed by different work."""
    responses = ResponseSet(
        edition=EDITION.id, answers=(Answer(requirement="R.1/1.1", rating=CriterionRating.MOSTLY_MET),)
    )
    assessment = assess(EDITION, responses, load_policy())
    found = [f for f in derive_findings(EDITION, responses, assessment, load_policy()) if f.requirement == "R.1/1.1"]
    assert [(Kind.SHORTCOMING, Severity.MINOR), (Kind.UNDEMONSTRATED, Severity.MAJOR)] == [
        (f.kind, f.severity) for f in found
    ]


def test_words_of_restricted_answers_are_withheld() -> None:
    """A finding says that something was left out, never what."""
    given = Answer(
        requirement="R.1/1.1",
        rating=CriterionRating.NOT_MET,
        missing="An informant said so.",
        action="Arrest him.",
        confidentiality=Confidentiality.RESTRICTED,
    )
    finding = findings(given)["R.1/1.1"]
    assert ("", "", True) == (finding.missing, finding.planned, finding.withheld)
