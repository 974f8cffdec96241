"""From results to findings: one for every criterion and core issue that is not settled at the top."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from fatf_kit.findings.model import Finding, Kind, Severity
from fatf_kit.framework.catalog import index_of, unit_of
from fatf_kit.framework.model import CoreIssue, Criterion, Framework, walk
from fatf_kit.ratings import ACHIEVEMENT_LADDER, Achievement, CriterionRating
from fatf_kit.responses.model import Answer, ResponseSet
from fatf_kit.scoring.model import Assessment, CoreIssueResult, CriterionResult, Showing
from fatf_kit.scoring.policy import Policy

_PROVEN = (Showing.SHOWN, Showing.NOT_NEEDED)


def derive_findings(
    framework: Framework, responses: ResponseSet, assessment: Assessment, policy: Policy
) -> tuple[Finding, ...]:
    """Findings in the order of the Methodology, numbered F-001 onwards.

    A criterion that is claimed well but not shown is "undemonstrated"; one that falls short by its own answer is a
    "shortcoming", whatever is shown of it. Requirements that do not apply, or are met and shown, give none.
    """
    answers = {answer.requirement: answer for answer in responses.answers}
    index = index_of(framework)
    found: list[Finding] = []
    for recommendation in assessment.recommendations:
        for criterion in recommendation.criteria:
            requirement = index[criterion.id]
            assert isinstance(requirement, Criterion)
            found += _of_criterion(requirement, criterion, answers, policy)
    for outcome in assessment.outcomes:
        for issue in outcome.core_issues:
            requirement = index[issue.id]
            assert isinstance(requirement, CoreIssue)
            found += _of_core_issue(requirement, issue, answers, policy)
    return tuple(replace(finding, id=f"F-{number:03d}") for number, finding in enumerate(found, 1))


def _of_criterion(
    requirement: Criterion, result: CriterionResult, answers: Mapping[str, Answer], policy: Policy
) -> Iterator[Finding]:
    claimed, shown = result.claimed, result.demonstrated_span.worst
    if claimed is CriterionRating.NOT_APPLICABLE and result.showing in _PROVEN:
        return
    if claimed is CriterionRating.MET and result.showing in _PROVEN:
        return
    if claimed is None:
        kind, severity = Kind.UNANSWERED, None
    elif claimed in policy.criterion_severity:
        kind, severity = Kind.SHORTCOMING, Severity(policy.criterion_severity[claimed])
    else:
        kind, severity = Kind.UNDEMONSTRATED, Severity(policy.criterion_severity[shown])
    lost = result.weight * (policy.credits[CriterionRating.MET] - policy.credits.get(shown, 0))
    yield _finding(requirement, result, answers, kind, severity, claimed, lost, requirement.outcomes)


def _of_core_issue(
    requirement: CoreIssue, result: CoreIssueResult, answers: Mapping[str, Answer], policy: Policy
) -> Iterator[Finding]:
    claimed, shown = result.claimed, result.demonstrated_span.worst
    if claimed is Achievement.VERY_LARGE and result.showing in _PROVEN:
        return
    if claimed is None:
        kind, severity = Kind.UNANSWERED, None
    elif result.showing in _PROVEN:
        kind, severity = Kind.SHORTCOMING, Severity(policy.achievement_severity[claimed])
    else:
        kind, severity = Kind.UNDEMONSTRATED, None
    full = policy.extents[ACHIEVEMENT_LADDER[-1]]
    lost = result.weight * 100 * (full - policy.extents[shown]) // full
    yield _finding(requirement, result, answers, kind, severity, claimed, lost, requirement.recommendations)


def _finding(
    requirement: Criterion | CoreIssue,
    result: CriterionResult | CoreIssueResult,
    answers: Mapping[str, Answer],
    kind: Kind,
    severity: Severity | None,
    rating: str | None,
    lost: int,
    affects: tuple[str, ...],
) -> Finding:
    given = [answers[node.id] for node, _ in walk(requirement) if node.id in answers]
    return Finding(
        id="",
        requirement=requirement.id,
        unit=unit_of(requirement.id),
        kind=kind,
        severity=severity,
        rating=str(rating) if rating is not None else None,
        missing=" ".join(answer.missing for answer in given if answer.missing),
        showing=result.showing,
        points_lost=lost,
        affects=affects,
        root_causes=requirement.root_causes if isinstance(requirement, Criterion) else (),
        planned=" ".join(answer.action for answer in given if answer.action),
        planned_due=next((answer.action_due.isoformat() for answer in given if answer.action_due), ""),
        agencies=result.agencies,
        refs=result.refs,
    )
