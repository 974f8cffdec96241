"""The debrief of a rehearsal: readiness, contradictions, and what to rehearse again. No rating follows from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from fatf_kit.core.groups import group_pairs
from fatf_kit.framework.model import Framework
from fatf_kit.mock_visit.model import Debrief, MockAnswer, MockFinding, MockScore, MockSheets, Readiness, ReadinessRule

_PRESSING = (MockScore.CONTRADICTS, MockScore.NO_ANSWER, MockScore.WEAK)
"""Scores that give a finding, the gravest first: a contradiction undoes what others have shown."""


def make_debrief(sheets: MockSheets, framework: Framework, rule: ReadinessRule) -> Debrief:
    """Return readiness as a whole, by outcome, by agency and by core issue, and findings, contradictions first.

    Spare questions count only where they were scored. Outcomes and core issues are in the order of the Methodology,
    agencies in that of their first question.
    """
    issues = (issue.id for outcome in framework.outcomes for issue in outcome.core_issues)
    order = {issue: place for place, issue in enumerate(issues)}
    answers = sorted(sheets.answers, key=lambda one: order.get(one.core_issue, len(order)))

    def group(key: Callable[[MockAnswer], str]) -> tuple[Readiness, ...]:
        groups = group_pairs((key(answer), answer) for answer in answers)
        return tuple(measure_readiness(name, own, rule) for name, own in groups.items())

    return Debrief(
        sheets=sheets,
        rule=rule,
        whole=measure_readiness("", answers, rule),
        outcomes=group(lambda answer: answer.outcome),
        agencies=group(lambda answer: answer.agency),
        core_issues=group(lambda answer: answer.core_issue),
        findings=list_mock_findings(answers),
    )


def measure_readiness(name: str, answers: Iterable[MockAnswer], rule: ReadinessRule) -> Readiness:
    """Return how ready a group of answers is: the best level whose conditions the scores meet; None without a score.

    >>> from fatf_kit.mock_visit.data import load_readiness_rule
    >>> measure_readiness("fiu", (), load_readiness_rule()).level is None
    True
    """
    given = tuple(answers)
    counts = Counter(one.score for one in given if one.score is not None)
    total = sum(counts.values())
    good = sum(counts[score] for score in rule.good)
    against = sum(counts[score] for score in rule.contradicting)
    fitting = (
        level.id
        for level in rule.levels
        if 100 * good >= level.good_from * total
        and (level.contradictions_up_to is None or against <= level.contradictions_up_to)
    )
    return Readiness(
        id=name,
        questions=sum(one.score is not None or not one.spare for one in given),
        scored=total,
        counts={score: counts[score] for score in MockScore},
        level=next(fitting, None) if total else None,
    )


def list_mock_findings(answers: Iterable[MockAnswer]) -> tuple[MockFinding, ...]:
    """Return a finding for each answer that contradicts the submission, is missing or is weak, from M-001 onwards.

    Contradictions come first; within one score the order is that of the answers.
    """
    given = list(answers)
    found = ((score, answer) for score in _PRESSING for answer in given if answer.score is score)
    return tuple(
        MockFinding(
            id=f"M-{number:03d}",
            question_id=answer.id,
            requirement=answer.core_issue,
            unit=answer.outcome,
            agency=answer.agency,
            why=answer.why,
            score=score,
            question=answer.text,
            note=answer.note,
            strong=answer.strong,
            place=str(answer.ref) if answer.ref else None,
        )
        for number, (score, answer) in enumerate(found, 1)
    )
