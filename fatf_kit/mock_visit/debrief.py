"""What a rehearsal showed: readiness, contradictions, and what to rehearse again. Pure; no rating follows from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from fatf_kit.framework.model import Framework
from fatf_kit.mock_visit.model import Debrief, MockAnswer, MockFinding, MockScore, MockSheets, Readiness, ReadinessRule

_PRESSING = (MockScore.CONTRADICTS, MockScore.NO_ANSWER, MockScore.WEAK)
"""Scores that give a finding, the gravest first: a contradiction undoes what others have shown."""


def make_debrief(sheets: MockSheets, framework: Framework, measure: ReadinessRule) -> Debrief:
    """Readiness as a whole, by outcome, by agency and by core issue, and findings, contradictions first.

    Spare questions count only where they were scored. Outcomes and core issues are in the order of the Methodology,
    agencies in that of their first question.
    """
    order = {issue.id: n for n, issue in enumerate(i for o in framework.outcomes for i in o.core_issues)}
    answers = sorted(sheets.answers, key=lambda one: order.get(one.core_issue, len(order)))

    def grouped(key: Callable[[MockAnswer], str]) -> tuple[Readiness, ...]:
        names = dict.fromkeys(map(key, answers))
        return tuple(measure_readiness(name, (a for a in answers if key(a) == name), measure) for name in names)

    return Debrief(
        sheets=sheets,
        measure=measure,
        whole=measure_readiness("", answers, measure),
        outcomes=grouped(lambda answer: answer.outcome),
        agencies=grouped(lambda answer: answer.agency),
        core_issues=grouped(lambda answer: answer.core_issue),
        findings=list_mock_findings(answers),
    )


def measure_readiness(name: str, answers: Iterable[MockAnswer], measure: ReadinessRule) -> Readiness:
    """How ready a group of answers is: the best level whose conditions the scores keep; None without any score.

    >>> from fatf_kit.mock_visit.data import load_measure
    >>> readiness("fiu", (), load_measure()).level is None
    True
    """
    given = tuple(answers)
    counts = Counter(one.score for one in given if one.score is not None)
    total = sum(counts.values())
    good = sum(counts[score] for score in measure.good)
    against = sum(counts[score] for score in measure.contradicting)
    fitting = (
        level.id
        for level in measure.levels
        if 100 * good >= level.good_from * total
        and (level.contradictions_up_to is None or against <= level.contradictions_up_to)
    )
    return Readiness(
        id=name,
        asked=sum(one.score is not None or not one.spare for one in given),
        counts={score: counts[score] for score in MockScore},
        level=next(fitting, None) if total else None,
    )


def list_mock_findings(answers: Iterable[MockAnswer]) -> tuple[MockFinding, ...]:
    """A finding for each answer that contradicts the submission, was not there or was weak; numbered M-001 onwards.

    Contradictions come first; within one kind the order is that of the answers.
    """
    told = sorted(
        (a for a in answers if a.score in _PRESSING), key=lambda a: _PRESSING.index(a.score or MockScore.WEAK)
    )
    return tuple(
        MockFinding(
            id=f"M-{number:03d}",
            name=answer.id.partition(":")[2],
            requirement=answer.core_issue,
            unit=answer.outcome,
            agency=answer.agency,
            why=answer.why,
            score=answer.score or MockScore.WEAK,
            question=answer.text,
            strong=answer.strong,
            note=answer.note,
            ref=answer.ref,
        )
        for number, answer in enumerate(told, 1)
    )
