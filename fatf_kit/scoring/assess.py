"""From answers to an Assessment: every criterion and core issue, claimed and demonstrated, rolled up with its trace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from fatf_kit.framework.model import (
    CoreIssue,
    Criterion,
    Framework,
    ImmediateOutcome,
    Recommendation,
    ShownBy,
    walk,
)
from fatf_kit.ratings import (
    ACHIEVEMENT_LADDER,
    Achievement,
    ComplianceRating,
    CriterionRating,
    EffectivenessRating,
)
from fatf_kit.responses.model import Answer, ResponseSet
from fatf_kit.responses.registers import register_of
from fatf_kit.scoring.adjust import Adjusted, Value
from fatf_kit.scoring.compliance import rate_recommendation
from fatf_kit.scoring.effectiveness import rate_outcome
from fatf_kit.scoring.margin import compliance_margin, effectiveness_margin
from fatf_kit.scoring.model import (
    Adjustments,
    Assessment,
    ComplianceTrace,
    CoreIssueResult,
    Coverage,
    CriterionResult,
    EffectivenessTrace,
    OutcomeResult,
    RecommendationResult,
    Showing,
    Span,
    ratings_of,
)
from fatf_kit.scoring.policy import Policy
from fatf_kit.scoring.reading import CriterionReader
from fatf_kit.scoring.shown import Proof, core_issue_showing, in_agreement
from fatf_kit.workspace.model import Decision

V = TypeVar("V", bound=Value)

_UNADJUSTED = Adjustments()

_OPEN_ISSUE = Span(worst=Achievement.NEGLIGIBLE, best=Achievement.VERY_LARGE)


def assess(
    framework: Framework,
    responses: ResponseSet,
    policy: Policy,
    *,
    cut_off: date | None = None,
    adjustments: Adjustments = _UNADJUSTED,
) -> Assessment:
    """The indicative ratings of all 40 Recommendations and 11 outcomes.

    Units that nobody answered keep the full span and no rating. `cut_off` overrides the date on the covers; with
    neither, dates of entry into force are not tested. `adjustments` are what the country sets beside the answers.

    Raises:
        FatfKitError: an adjustment that means nothing under this edition and policy.

    >>> from fatf_kit.framework import load_framework
    >>> from fatf_kit.scoring.policy import load_policy
    >>> blank = assess(load_framework("fatf-2022"), ResponseSet(edition="fatf-2022", answers=()), load_policy())
    >>> blank.by_id["R.10"].claimed_span
    Span(worst=<ComplianceRating.NC: 'NC'>, best=<ComplianceRating.C: 'C'>)
    """
    last_day = cut_off or responses.cut_off
    book = _Book(
        reader=CriterionReader(
            answers={answer.requirement: answer for answer in responses.answers},
            register=register_of(responses.evidence),
            cut_off=last_day,
            policy=policy,
        ),
        adjusted=Adjusted(framework, adjustments, policy),
        backed=responses.backed,
    )
    return Assessment(
        edition=framework.id,
        edition_digest=framework.digest,
        policy=policy.id,
        policy_digest=policy.digest,
        country=responses.country,
        cut_off=last_day,
        inputs=responses.inputs,
        recommendations=tuple(book.recommendation(r) for r in framework.recommendations),
        outcomes=tuple(book.outcome(o) for o in framework.outcomes),
        adjustments=adjustments,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Book:
    """The answers with what is needed to weigh them. `backed` are core issues that figures show."""

    reader: CriterionReader
    adjusted: Adjusted
    backed: frozenset[str]

    def recommendation(self, unit: Recommendation) -> RecommendationResult:
        criteria = tuple(self._criterion(criterion) for criterion in unit.criteria)
        used = self._rate_criteria(criteria, [c.used_span for c in criteria])
        possible = ratings_of(self._rate_criteria(criteria, [c.possible for c in criteria]))
        decision, decided = self._decided(unit.id, ComplianceRating)
        margin = None
        if decided is None and ratings_of(used).rating is not None:
            margin = compliance_margin([(c.id, c.used_span.worst, c.weight) for c in criteria], self.reader.policy)
        return RecommendationResult(
            id=unit.id,
            claimed_traces=self._rate_criteria(criteria, [c.claimed_span for c in criteria]),
            demonstrated_traces=self._rate_criteria(criteria, [c.demonstrated_span for c in criteria]),
            used_traces=used,
            possible=_unless_decided(decided, possible),
            criteria=criteria,
            coverage=_coverage(criteria),
            decided=decided,
            decision=decision,
            margin=margin,
        )

    def outcome(self, unit: ImmediateOutcome) -> OutcomeResult:
        issues = tuple(self._core_issue(issue) for issue in unit.core_issues)
        used = self._rate_issues(issues, [i.used_span for i in issues])
        possible = ratings_of(self._rate_issues(issues, [i.possible for i in issues]))
        decision, decided = self._decided(unit.id, EffectivenessRating)
        margin = None
        if decided is None and ratings_of(used).rating is not None:
            margin = effectiveness_margin([(i.id, i.used_span.worst, i.weight) for i in issues], self.reader.policy)
        return OutcomeResult(
            id=unit.id,
            claimed_traces=self._rate_issues(issues, [i.claimed_span for i in issues]),
            demonstrated_traces=self._rate_issues(issues, [i.demonstrated_span for i in issues]),
            used_traces=used,
            possible=_unless_decided(decided, possible),
            core_issues=issues,
            coverage=_coverage(issues),
            decided=decided,
            decision=decision,
            margin=margin,
        )

    def _rate_criteria(
        self, criteria: Sequence[CriterionResult], spans: Sequence[Span[CriterionRating]]
    ) -> Span[ComplianceTrace]:
        """Roll-up is monotone, so worst answers give the worst rating and best answers the best."""
        both = list(zip(criteria, spans, strict=True))
        return Span(
            worst=rate_recommendation([(c.id, span.worst, c.weight) for c, span in both], self.reader.policy),
            best=rate_recommendation([(c.id, span.best, c.weight) for c, span in both], self.reader.policy),
        )

    def _rate_issues(
        self, issues: Sequence[CoreIssueResult], spans: Sequence[Span[Achievement]]
    ) -> Span[EffectivenessTrace]:
        both = list(zip(issues, spans, strict=True))
        return Span(
            worst=rate_outcome([(span.worst, i.weight) for i, span in both], self.reader.policy),
            best=rate_outcome([(span.best, i.weight) for i, span in both], self.reader.policy),
        )

    def _decided(self, requirement: str, scale: type[V]) -> tuple[Decision | None, V | None]:
        """What people decided about a requirement, if anything."""
        decision, value = self.adjusted.decisions.get(requirement, (None, None))
        return (decision, value) if isinstance(value, scale) else (None, None)

    def _criterion(self, criterion: Criterion) -> CriterionResult:
        reading = self.reader.read(criterion, (), _proof(criterion))
        answers = [self.reader.answers[r.id] for r, _ in walk(criterion) if r.id in self.reader.answers]
        decision, decided = self._decided(criterion.id, CriterionRating)
        return CriterionResult(
            id=criterion.id,
            claimed_span=reading.claimed,
            demonstrated_span=reading.demonstrated,
            possible=_unless_decided(decided, Span(worst=reading.floor, best=reading.claimed.best)),
            showing=reading.showing,
            weighing=self.adjusted.weigh(criterion),
            decided=decided,
            decision=decision,
            in_force_from=reading.in_force_from,
            above_parts=reading.above_parts,
            parts=reading.parts,
            combine=criterion.combine,
            agencies=_agencies(answers),
            conflict=any(answer.lowest is not None for answer in answers),
            refs=tuple(answer.ref for answer in answers if answer.ref),
        )

    def _core_issue(self, issue: CoreIssue) -> CoreIssueResult:
        answer = self.reader.answers.get(issue.id)
        claimed = demonstrated = _OPEN_ISSUE
        showing = Showing.UNANSWERED
        lowest = answer.lowest if answer else None
        if answer and isinstance(answer.rating, Achievement):
            claimed = Span(worst=answer.rating, best=answer.rating)
            showing = core_issue_showing(in_agreement(answer), answer.rating, self.reader.register)
            if showing is Showing.NO_EVIDENCE and issue.id in self.backed:
                showing = Showing.SHOWN
            # Without evidence nothing is known: never silently the lowest, but anything from it up to the claim.
            demonstrated = claimed if showing.counts else Span(worst=Achievement.NEGLIGIBLE, best=answer.rating)
        floor = demonstrated.worst
        if isinstance(lowest, Achievement):
            floor = min(floor, lowest, key=ACHIEVEMENT_LADDER.index)
        decision, decided = self._decided(issue.id, Achievement)
        return CoreIssueResult(
            id=issue.id,
            claimed_span=claimed,
            demonstrated_span=demonstrated,
            possible=_unless_decided(decided, Span(worst=floor, best=claimed.best)),
            showing=showing,
            weighing=self.adjusted.weigh(issue),
            decided=decided,
            decision=decision,
            agencies=_agencies([answer] if answer else []),
            conflict=lowest is not None,
            refs=(answer.ref,) if answer and answer.ref else (),
        )


def _unless_decided(decided: V | None, span: Span[V]) -> Span[V]:
    """What a decision leaves open: nothing."""
    return span if decided is None else Span(worst=decided, best=decided)


def _proof(criterion: Criterion) -> Proof:
    return Proof(law_only=ShownBy.LAW in criterion.shown_by, document=ShownBy.DOCUMENT in criterion.shown_by)


def _agencies(answers: Sequence[Answer]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(answer.agency for answer in answers if answer.agency))


def _coverage(results: Sequence[CriterionResult] | Sequence[CoreIssueResult]) -> Coverage:
    """A requirement counts as answered when its answer is settled, as demonstrated when all of that is shown."""
    return Coverage(
        asked=len(results),
        answered=sum(r.claimed_span.rating is not None for r in results),
        demonstrated=sum(r.claimed_span.rating is not None and r.showing.counts for r in results),
    )
