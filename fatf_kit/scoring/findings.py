"""From results to findings: shortcomings, answers that are not shown, and unanswered requirements.

A shortcoming that is one in another Recommendation too is reported once, at its cause.

Source: FATF Methodology (2022), para. 45; the cascades are data, frameworks/root-causes.json, fatf-kit's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from fatf_kit.assessment.answers.audience import Audience, may_read
from fatf_kit.assessment.answers.model import Answer, ResponseSet
from fatf_kit.core.ratings import (
    ACHIEVEMENT_SCALE,
    Achievement,
    ComplianceRating,
    CriterionRating,
    FindingKind,
    Severity,
)
from fatf_kit.framework.catalog import get_unit_id, index_requirements
from fatf_kit.framework.model import CoreIssue, Criterion, Framework, walk
from fatf_kit.framework.vocabulary import Cascade, load_vocabulary
from fatf_kit.scoring.finding import Finding
from fatf_kit.scoring.model import AnyRequirement, Assessment, CriterionResult
from fatf_kit.scoring.policy import Policy


def derive_findings(
    framework: Framework,
    responses: ResponseSet,
    assessment: Assessment,
    policy: Policy,
    *,
    audience: Audience = Audience.ASSESSORS,
) -> tuple[Finding, ...]:
    """Findings in the order of the Methodology, numbered F-001 onwards.

    A requirement that falls short by its own answer gives a "shortcoming"; one of which less is shown than claimed
    gives an "undemonstrated", and it may give both, because they are closed by different work. Requirements that do not
    apply, or are met and shown, give none. Where agencies disagree and there is no decision, there is a "conflict".
    What people decided counts as the answer; a Recommendation decided not to apply gives no findings at all.

    Words of answers that are not for the audience are withheld: findings travel further than workbooks.
    """
    answers = {answer.requirement: answer for answer in responses.answers}
    index = index_requirements(framework)
    found: list[Finding] = []
    for unit in assessment.units:
        if unit.decided is ComplianceRating.NA:
            continue
        for result in unit.requirements:
            requirement = index[result.id]
            assert isinstance(requirement, Criterion | CoreIssue)
            found += (
                _finding(requirement, result, answers, kind, severity, _lost(result, policy), audience)
                for kind, severity in _kinds(result, policy)
            )
    numbered = [replace(finding, id=f"F-{number:03d}") for number, finding in enumerate(found, 1)]
    return with_cascades(numbered, load_vocabulary().cascades.get(framework.id, ()))


def _kinds(result: AnyRequirement, policy: Policy) -> Iterator[tuple[FindingKind, Severity | None]]:
    """Yield each finding that a result gives, with its severity; None where too little is known to say."""
    if result.conflict and result.decided is None:
        yield FindingKind.CONFLICT, None
    if result.claimed.rating is None and result.decided is None:
        yield FindingKind.UNANSWERED, None
        return
    if (severity := _severity(result.decided or result.claimed.rating, policy)) is not None:
        yield FindingKind.SHORTCOMING, severity
    if result.claimed.rating is None:
        return
    if not result.status.is_shown and result.shown.worst != result.claimed.rating:
        yield FindingKind.UNDEMONSTRATED, None


def _severity(rating: CriterionRating | Achievement | None, policy: Policy) -> Severity | None:
    if isinstance(rating, CriterionRating):
        return policy.severity.criterion.get(rating)
    return policy.severity.achievement.get(rating) if rating is not None else None


def _lost(result: AnyRequirement, policy: Policy) -> int:
    """Weight times missing credit, at the worst end of what counts."""
    if isinstance(result, CriterionResult):
        full = policy.credits[CriterionRating.MET]
        return result.weight * (full - policy.credits.get(result.counted.worst, full))
    top = policy.extents[ACHIEVEMENT_SCALE[-1]]
    return result.weight * 100 * (top - policy.extents[result.counted.worst]) // top


def _finding(
    requirement: Criterion | CoreIssue,
    result: AnyRequirement,
    answers: Mapping[str, Answer],
    kind: FindingKind,
    severity: Severity | None,
    lost: int,
    audience: Audience,
) -> Finding:
    given = [answers[node.id] for node, _ in walk(requirement) if node.id in answers]
    open_to_all = [answer for answer in given if may_read(audience, answer.confidentiality)]
    # What lacks proof is the claim; what falls short is what people decided, where they did.
    rating = result.decided or result.claimed.rating if kind is FindingKind.SHORTCOMING else result.claimed.rating
    return Finding(
        id="",
        requirement=requirement.id,
        unit=get_unit_id(requirement.id),
        kind=kind,
        severity=severity,
        rating=str(rating) if rating is not None else None,
        missing=join_sentences(answer.missing for answer in open_to_all),
        withheld=any((a.missing or a.action) and a not in open_to_all for a in given),
        status=result.status,
        points_lost=lost,
        affects=requirement.outcomes if isinstance(requirement, Criterion) else requirement.recommendations,
        root_causes=requirement.root_causes if isinstance(requirement, Criterion) else (),
        planned=tuple(dict.fromkeys(answer.action for answer in open_to_all if answer.action)),
        planned_due=max((a.action_due.isoformat() for a in open_to_all if a.action_due), default=""),
        agencies=result.agencies,
        refs=result.refs,
    )


def join_sentences(texts: Iterable[str]) -> str:
    """Return what several rows say, each once and as a sentence: other signs between them differ by language.

    >>> join_sentences(["No rule", "No data.", "", "No rule."])
    'No rule. No data.'
    """
    said = tuple(dict.fromkeys(text.rstrip(" .;") for text in texts if text))
    return f"{'. '.join(said)}." if said else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCascade:
    """A cascade that starts in one Recommendation: the criteria that fall short there, and those they affect."""

    cascade: Cascade
    unit: str
    found_in: tuple[str, ...]

    @property
    def touches(self) -> tuple[str, ...]:
        """The Recommendations that are affected."""
        return tuple(dict.fromkeys(map(get_unit_id, self.cascade.affected)))


def derive_cascades(findings: Iterable[Finding], cascades: Sequence[Cascade]) -> tuple[FoundCascade, ...]:
    """Each cascade once for every Recommendation in which it starts, in the order of `cascades`, then of the findings.

    `cascades` are those of the edition. Only shortcomings start one.
    """
    short = [finding for finding in findings if finding.kind is FindingKind.SHORTCOMING]
    found: list[FoundCascade] = []
    for cascade in cascades:
        by_unit: dict[str, list[str]] = {}
        for finding in short:
            if cascade.is_caused_by(finding.requirement):
                by_unit.setdefault(finding.unit, []).append(finding.requirement)
        found += (
            FoundCascade(cascade=cascade, unit=unit, found_in=tuple(dict.fromkeys(ids)))
            for unit, ids in by_unit.items()
        )
    return tuple(found)


def with_cascades(findings: Sequence[Finding], cascades: Sequence[Cascade]) -> tuple[Finding, ...]:
    """Return the findings, of which the first that starts a cascade in its Recommendation names what is affected."""
    touches: dict[str, tuple[str, ...]] = {}
    for found in derive_cascades(findings, cascades):
        first = found.found_in[0]
        touches[first] = tuple(dict.fromkeys((*touches.get(first, ()), *found.touches)))
    return tuple(
        replace(finding, touches=touches[finding.requirement])
        if finding.kind is FindingKind.SHORTCOMING and finding.requirement in touches
        else finding
        for finding in findings
    )
