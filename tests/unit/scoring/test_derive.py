"""Findings: what falls short, what is not shown, what nobody answered."""

from __future__ import annotations

from datetime import date

from fatf_kit.assessment.answers.model import Answer, Confidentiality, EvidenceItem, EvidenceKind, ResponseSet
from fatf_kit.assessment.folder.model import RecordedDecision
from fatf_kit.core.ratings import Achievement, CriterionRating, FindingKind, Severity
from fatf_kit.framework import load_framework
from fatf_kit.scoring import load_policy
from fatf_kit.scoring.finding import Finding
from fatf_kit.scoring.findings import derive_findings
from fatf_kit.scoring.model import Adjustments
from tests.proof import assess

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
    assert (len(found), {f.kind for f in found}, {f.severity for f in found}) == (339, {FindingKind.UNANSWERED}, {None})
    assert [f.id for f in found[:3]] == ["F-001", "F-002", "F-003"]


def test_met_and_shown_gives_none() -> None:
    """Nothing is missing."""
    cited = Answer(
        requirement="R.1/1.1", rating=CriterionRating.MET, citation="AML Act, art. 1", in_force_from=date(2020, 1, 1)
    )
    assert "R.1/1.1" not in findings(cited)


def test_claimed_but_not_shown() -> None:
    """The cheapest kind to close."""
    finding = findings(Answer(requirement="R.1/1.1", rating=CriterionRating.MET))["R.1/1.1"]
    assert (finding.kind, finding.severity) == (FindingKind.UNDEMONSTRATED, None)


def test_shortcoming_keeps_the_countrys_words_and_action() -> None:
    """The gap and the planned action are quoted from the answer."""
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
    assert (finding.kind, finding.severity) == (FindingKind.SHORTCOMING, Severity.MODERATE)
    assert (
        finding.missing,
        finding.planned,
        finding.planned_due,
    ) == ("The assessment is from 2017.", ("Update it.",), "2027-01-31")


def test_core_issue_severity() -> None:
    """Negligible is fundamental, some is major, large is moderate."""
    issue = Answer(requirement="IO.6/6.1", rating=Achievement.NEGLIGIBLE)
    assert findings(issue)["IO.6/6.1"].severity == Severity.FUNDAMENTAL


def test_heavier_criteria_lose_more() -> None:
    """Order within a Recommendation follows weight times missing credit."""
    found = findings(
        Answer(requirement="R.1/1.1", rating=CriterionRating.NOT_MET),
        Answer(requirement="R.1/1.4", rating=CriterionRating.NOT_MET),
    )
    assert found["R.1/1.1"].points_lost > found["R.1/1.4"].points_lost


def test_short_and_not_shown_gives_two() -> None:
    """A shortcoming and a lack of evidence are closed by different work."""
    responses = ResponseSet(
        edition=EDITION.id, answers=(Answer(requirement="R.1/1.1", rating=CriterionRating.MOSTLY_MET),)
    )
    assessment = assess(EDITION, responses, load_policy())
    found = [f for f in derive_findings(EDITION, responses, assessment, load_policy()) if f.requirement == "R.1/1.1"]
    assert [(f.kind, f.severity) for f in found] == [
        (FindingKind.SHORTCOMING, Severity.MINOR),
        (FindingKind.UNDEMONSTRATED, None),
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
    assert (finding.missing, finding.planned, finding.withheld) == ("", (), True)


def derived(*answers: Answer, decisions: tuple[tuple[str, str], ...] = ()) -> list[Finding]:
    """All findings, with decisions of people."""
    responses = ResponseSet(edition=EDITION.id, answers=answers)
    decided = tuple(
        RecordedDecision(requirement=name, value=value, reason="So", decided_by="Council", day=date(2026, 1, 1))
        for name, value in decisions
    )
    found = assess(EDITION, responses, load_policy(), adjustments=Adjustments(decisions=decided))
    return list(derive_findings(EDITION, responses, found, load_policy()))


def test_points_lost() -> None:
    """Weight times what is missing of the credit; a core issue the share of its extent, in hundredths."""
    cited = {"citation": "AML Act, art. 1", "in_force_from": date(2020, 1, 1)}
    found = {
        f.requirement: f.points_lost
        for f in derived(
            Answer(requirement="R.36/36.1", rating=CriterionRating.MOSTLY_MET, **cited),  # type: ignore[arg-type]
            Answer(requirement="R.36/36.2", rating=CriterionRating.NOT_MET),
            Answer(requirement="IO.2/2.1", rating=Achievement.NEGLIGIBLE),
        )
    }
    index = {c.id: c.weight.value for r in EDITION.recommendations for c in r.criteria}
    lost = 100 - load_policy().credits[CriterionRating.MOSTLY_MET]
    assert index["R.36/36.1"] * lost == found["R.36/36.1"]
    assert index["R.36/36.2"] * 100 == found["R.36/36.2"]
    assert found["IO.2/2.1"] == 300


def test_extents_lose_thirds() -> None:
    """Of the highest extent's three points some has one and large two, and 2.1 weighs three."""
    some = Answer(requirement="IO.2/2.1", rating=Achievement.SOME, evidence=("E-1",))
    large = Answer(requirement="IO.2/2.2", rating=Achievement.LARGE, evidence=("E-1",))
    found = findings(some, large)
    assert (found["IO.2/2.1"].points_lost, found["IO.2/2.2"].points_lost) == (200, 100)


def test_a_unit_decided_as_not_applicable_has_no_findings() -> None:
    """Whatever its criteria say."""
    answer = Answer(requirement="R.36/36.1", rating=CriterionRating.NOT_MET)
    assert [f for f in derived(answer, decisions=(("R.36", "NA"),)) if f.unit == "R.36"] == []


def test_a_decision_without_any_answer() -> None:
    """The shortcoming is reported; there is no claim that could lack evidence."""
    found = derived(decisions=(("R.36/36.1", "partly met"), ("R.36/36.2", "met")))
    assert [(f.requirement, f.kind, f.rating) for f in found if f.unit == "R.36"] == [
        ("R.36/36.1", FindingKind.SHORTCOMING, "partly met")
    ]


def test_words_that_are_not_for_the_reader() -> None:
    """Withheld as soon as one answer with a text is not for the audience; the latest day of the others is told."""
    secret = Confidentiality.RESTRICTED

    def first(*answers: Answer) -> Finding:
        return next(f for f in derived(*answers) if f.requirement == "R.5/5.2")

    def part(letter: str, **fields: object) -> Answer:
        return Answer(requirement=f"R.5/5.2({letter})", rating=CriterionRating.NOT_MET, **fields)  # type: ignore[arg-type]

    open_to_all = part("a", missing="A law.", action="Write it.", action_due=date(2027, 1, 1))
    assert not first(open_to_all, part("b", confidentiality=secret)).withheld
    assert first(open_to_all, part("b", confidentiality=secret, missing="More.")).withheld
    assert first(open_to_all, part("b", confidentiality=secret, action="More.")).withheld
    later = part("b", action="Enact it.", action_due=date(2027, 6, 1))
    assert first(open_to_all, later).planned_due == "2027-06-01"


def test_one_shown_alternative_is_proof() -> None:
    """Of 24.13 one alternative is met and shown: that another is not shown takes nothing away."""
    shown = Answer(requirement="R.24/24.13(a)", rating=CriterionRating.MET, citation="Companies Act, art. 5")
    bare = Answer(requirement="R.24/24.13(b)", rating=CriterionRating.MET)
    assert [f for f in derived(shown, bare) if f.requirement == "R.24/24.13"] == []
