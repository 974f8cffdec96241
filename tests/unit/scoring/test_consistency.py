"""Levels that need an explanation: only ratings that are known count."""

from __future__ import annotations

from fatf_kit.assessment.answers.model import Answer, EvidenceItem, EvidenceKind, ResponseSet
from fatf_kit.core.ratings import Achievement, ComplianceRating, CriterionRating
from fatf_kit.framework import load_framework
from fatf_kit.scoring import load_policy
from fatf_kit.scoring.checks import consistency_notes
from tests.proof import assess

EDITION = load_framework("fatf-2022")


def test_open_and_not_applicable_recommendations_are_not_counted() -> None:
    """Of those behind IO.2 one is NC, one NA, and the rest are open: one rating is known."""
    outcome = next(unit for unit in EDITION.outcomes if unit.id == "IO.2")
    first, second = outcome.primary_recommendations[:2]
    criteria = {unit.id: unit.criteria for unit in EDITION.recommendations}
    answers = [Answer(requirement=c.id, rating=CriterionRating.NOT_MET) for c in criteria[first]]
    answers += [
        Answer(requirement=c.id, rating=CriterionRating.NOT_APPLICABLE, explanation="There are none.")
        for c in criteria[second]
    ]
    answers += [
        Answer(requirement=issue.id, rating=Achievement.LARGE, evidence=("E-1",)) for issue in outcome.core_issues
    ]
    item = EvidenceItem(id="E-1", kind=EvidenceKind.STATISTICS, title="Figures")
    responses = ResponseSet(edition=EDITION.id, answers=tuple(answers), evidence=(item,))
    (note,) = consistency_notes(EDITION, assess(EDITION, responses, load_policy()))
    assert ("IO.2", ((first, ComplianceRating.NC),), 1) == (note.outcome, note.against, note.known)
