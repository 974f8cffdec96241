"""The same answers under the other policies."""

from __future__ import annotations

from datetime import date

import pytest

from fatf_kit.assessment.answers.evidence import collect_evidence_facts
from fatf_kit.assessment.answers.model import Answer, ResponseSet
from fatf_kit.assessment.folder.model import RecordedDecision
from fatf_kit.core.ratings import ComplianceRating, CriterionRating
from fatf_kit.framework import load_framework
from fatf_kit.scoring import load_policy
from fatf_kit.scoring.model import Adjustments
from fatf_kit.scoring.sensitivity import compare_policies
from tests.proof import assess

EDITION = load_framework("fatf-2022")
GIVEN = {
    "R.17/17.1": CriterionRating.MET,
    "R.17/17.2": CriterionRating.MET,
    "R.17/17.3": CriterionRating.PARTLY_MET,
    "R.36/36.1": CriterionRating.NOT_MET,
    "R.36/36.2": CriterionRating.NOT_MET,
}
RESPONSES = ResponseSet(
    edition=EDITION.id,
    answers=tuple(Answer(requirement=key, rating=rating, citation="AML Act, art. 5") for key, rating in GIVEN.items()),
)
PROOF = load_policy().proof
FACTS = collect_evidence_facts(RESPONSES, core_issues={})


def test_the_other_two_policies() -> None:
    """Never the assessment's own; R.17 hangs on the stricter numbers, R.36 on none."""
    found = assess(EDITION, RESPONSES, load_policy())
    milder, stricter = compare_policies(EDITION, RESPONSES, found, proof=PROOF, facts=FACTS)
    assert (milder.policy, milder.changed) == ("milder-3", ())
    assert milder.digest == load_policy("milder-3").digest
    assert (stricter.policy, stricter.changed) == ("stricter-3", ("R.17",))
    assert ComplianceRating.PC is dict(stricter.ratings)["R.17"].rating
    assert ComplianceRating.NC is dict(stricter.ratings)["R.36"].rating


@pytest.mark.parametrize("policy", ["indicative-2", "indicative-3"])
def test_only_numbers_are_compared(policy: str) -> None:
    """A rating that the other rules of proof would change depends on the proof and not on the numbers."""
    own = load_policy(policy)
    others = compare_policies(EDITION, RESPONSES, assess(EDITION, RESPONSES, own), proof=own.proof, facts=FACTS)
    assert [one.policy.rpartition("-")[2] for one in others] == [policy.rpartition("-")[2]] * 2


def test_a_law_that_is_too_late_counts_under_no_policy() -> None:
    """The day up to which measures count is that of the assessment, or that of the answers where it has none."""
    late = tuple(
        Answer(
            requirement=f"R.17/17.{n}",
            rating=CriterionRating.MET,
            citation="AML Act, art. 5",
            in_force_from=date(2027, 6, 1),
        )
        for n in (1, 2, 3)
    )
    for answers_day, own_day in ((date(2027, 3, 19), None), (date(2028, 3, 19), date(2027, 3, 19))):
        given = ResponseSet(edition=EDITION.id, answers=late, cut_off=answers_day)
        facts = collect_evidence_facts(given, core_issues={})
        found = assess(EDITION, given, load_policy(), cut_off=own_day)
        before = [
            dict(one.ratings)["R.17"]
            for one in compare_policies(EDITION, given, found, proof=PROOF, facts=facts, cut_off=own_day)
        ]
        after = [
            dict(one.ratings)["R.17"]
            for one in compare_policies(EDITION, given, found, proof=PROOF, facts=facts, cut_off=date(2029, 1, 1))
        ]
        assert {one.rating for one in before} & {ComplianceRating.C} == set()
        assert {one.rating for one in after} == {ComplianceRating.C}


def test_decisions_hold_under_every_policy() -> None:
    """Decisions of people do not depend on the numbers."""
    lc = RecordedDecision(requirement="R.36", value="LC", reason="So", decided_by="Council", day=date(2026, 1, 1))
    own = Adjustments(decisions=(lc,))
    found = assess(EDITION, RESPONSES, load_policy(), adjustments=own)
    for one in compare_policies(EDITION, RESPONSES, found, proof=PROOF, facts=FACTS, adjustments=own):
        assert ComplianceRating.LC is dict(one.ratings)["R.36"].rating
        assert "R.36" not in one.changed
