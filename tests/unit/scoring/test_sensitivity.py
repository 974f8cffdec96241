"""The same answers under the other policies."""

from __future__ import annotations

from datetime import date

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
FACTS = collect_evidence_facts(RESPONSES, core_issues={})


def test_the_other_two_policies() -> None:
    """Never the assessment's own; R.17 hangs on the stricter numbers, R.36 on none."""
    milder, stricter = compare_policies(EDITION, RESPONSES, assess(EDITION, RESPONSES, load_policy()), facts=FACTS)
    assert (milder.policy, milder.changed) == ("milder-2", ())
    assert (stricter.policy, stricter.changed) == ("stricter-2", ("R.17",))
    assert ComplianceRating.PC is dict(stricter.ratings)["R.17"].rating
    assert ComplianceRating.NC is dict(stricter.ratings)["R.36"].rating


def test_decisions_hold_under_every_policy() -> None:
    """Decisions of people do not depend on the numbers."""
    lc = RecordedDecision(requirement="R.36", value="LC", reason="So", decided_by="Council", day=date(2026, 1, 1))
    own = Adjustments(decisions=(lc,))
    found = assess(EDITION, RESPONSES, load_policy(), adjustments=own)
    for one in compare_policies(EDITION, RESPONSES, found, facts=FACTS, adjustments=own):
        assert ComplianceRating.LC is dict(one.ratings)["R.36"].rating
        assert "R.36" not in one.changed
