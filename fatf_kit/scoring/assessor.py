"""From answers to an Assessment: every criterion and core issue, its claim and its range, rolled up with its trace."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from fatf_kit.assessment.answers.evidence_facts import EvidenceFacts
from fatf_kit.assessment.answers.model import Answer, ResponseSet
from fatf_kit.assessment.folder.model import RecordedDecision, WeightChange
from fatf_kit.core.ratings import (
    ACHIEVEMENT_SCALE,
    Achievement,
    ComplianceRating,
    CriterionRating,
    EffectivenessRating,
)
from fatf_kit.framework.model import CoreIssue, Criterion, Framework, ImmediateOutcome, Recommendation, walk
from fatf_kit.scoring.adjust import AdjustedRules, Value
from fatf_kit.scoring.compliance import RatedCriterion, rate_recommendation
from fatf_kit.scoring.criterion_reader import CriterionReader
from fatf_kit.scoring.effectiveness import RatedCoreIssue, rate_outcome
from fatf_kit.scoring.evidence import EvidenceStatus, Proof, core_issue_evidence, worst_of_core_issue
from fatf_kit.scoring.margin import compliance_margin, effectiveness_margin
from fatf_kit.scoring.model import (
    NO_MARGINS,
    Adjustments,
    Assessment,
    ComplianceTrace,
    CoreIssueResult,
    Coverage,
    CriterionResult,
    EffectivenessTrace,
    Margin,
    OutcomeResult,
    RecommendationResult,
)
from fatf_kit.scoring.policy import Policy
from fatf_kit.scoring.settling import OpenUnit, find_settling_instruments, find_settling_requirements
from fatf_kit.scoring.span import Span, in_order

V = TypeVar("V", bound=Value)

_UNADJUSTED = Adjustments()
_NO_PROOF = EvidenceFacts()

_OPEN_ISSUE = Span(worst=Achievement.NEGLIGIBLE, best=Achievement.VERY_LARGE)


def assess(
    framework: Framework,
    responses: ResponseSet,
    policy: Policy,
    *,
    facts: EvidenceFacts = _NO_PROOF,
    cut_off: date | None = None,
    weights: Iterable[WeightChange] = (),
    adjustments: Adjustments = _UNADJUSTED,
) -> Assessment:
    """Return the indicative ratings of all 40 Recommendations and 11 outcomes.

    `facts` is the evidence on file; without it no answer counts as shown. A unit without answers keeps the full range
    and no rating. `cut_off` overrides the date on the covers; with neither, dates of entry into force are not tested.
    `weights` are weights of criteria and core issues that the country sets, each with a reason; `adjustments` contains
    such weights too, with the country's decisions and the materiality of its sectors.

    Raises:
        FatfKitError: an adjustment is not possible under this edition and policy.

    >>> from fatf_kit.framework import load_framework
    >>> from fatf_kit.scoring.policy import load_policy
    >>> blank = assess(load_framework("fatf-2022"), ResponseSet(edition="fatf-2022", answers=()), load_policy())
    >>> blank.by_id["R.10"].claimed
    Span(worst=<ComplianceRating.NC: 'NC'>, best=<ComplianceRating.C: 'C'>)

    A country that gives a criterion more weight gives the reason:

    >>> from fatf_kit import WeightChange
    >>> change = WeightChange(requirement="R.24/24.6", weight=5, reason="Most large cases ran through companies.")
    >>> weighed = assess(
    ...     load_framework("fatf-2022"), ResponseSet(edition="fatf-2022", answers=()), load_policy(), weights=[change]
    ... )
    >>> next(one.weight for one in weighed.by_id["R.24"].criteria if one.id == "R.24/24.6")
    5
    """
    adjustments = replace(adjustments, weights=(*adjustments.weights, *weights))
    last_day = cut_off or responses.cut_off
    book = _make_assessor(framework, responses, policy, facts, last_day, adjustments)
    recommendations = tuple(book.recommendation(r) for r in framework.recommendations)
    return Assessment(
        edition=framework.id,
        edition_digest=framework.digest,
        policy=policy.id,
        policy_digest=policy.digest,
        country=responses.country,
        cut_off=last_day,
        inputs=responses.inputs,
        recommendations=recommendations,
        outcomes=tuple(book.outcome(o) for o in framework.outcomes),
        open=find_settling_instruments(
            [book.open_recommendation(r.id, r.criteria) for r in recommendations if not r.decided]
        ),
        adjustments=adjustments,
    )


def rate_units(
    framework: Framework,
    responses: ResponseSet,
    policy: Policy,
    *,
    facts: EvidenceFacts,
    cut_off: date | None,
    adjustments: Adjustments,
) -> tuple[tuple[str, Span[ComplianceRating] | Span[EffectivenessRating]], ...]:
    """Return the id and the rating of each unit as `assess` finds it, without what else `assess` finds.

    Raises:
        FatfKitError: an adjustment is not possible under this edition and policy.
    """
    last_day = cut_off or responses.cut_off
    book = _make_assessor(framework, responses, policy, facts, last_day, adjustments, is_brief=True)
    recommendations = map(book.recommendation, framework.recommendations)
    outcomes = map(book.outcome, framework.outcomes)
    return (*((unit.id, unit.counted) for unit in recommendations), *((unit.id, unit.counted) for unit in outcomes))


def _make_assessor(
    framework: Framework,
    responses: ResponseSet,
    policy: Policy,
    facts: EvidenceFacts,
    cut_off: date | None,
    adjustments: Adjustments,
    *,
    is_brief: bool = False,
) -> _UnitAssessor:
    adjusted = AdjustedRules(framework, adjustments, policy)
    return _UnitAssessor(
        reader=CriterionReader(
            answers={answer.requirement: answer for answer in responses.answers},
            facts=facts,
            cut_off=cut_off,
            policy=policy,
            weigh_part=adjusted.weigh_part,
        ),
        adjusted=adjusted,
        is_brief=is_brief,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _UnitAssessor:
    """The answers with what is needed to weigh them. A brief one leaves margins and settling requirements empty."""

    reader: CriterionReader
    adjusted: AdjustedRules
    is_brief: bool

    def recommendation(self, unit: Recommendation) -> RecommendationResult:
        criteria = tuple(self._criterion(criterion) for criterion in unit.criteria)
        decision, decided = self._decided(unit.id, ComplianceRating)
        is_open = decided is None and not self.is_brief
        open_unit = self.open_recommendation(unit.id, criteria)
        return RecommendationResult(
            id=unit.id,
            claimed_traces=Span(
                worst=self._rate_criteria(criteria, [c.claimed.worst for c in criteria]),
                best=self._rate_criteria(criteria, [c.claimed.best for c in criteria]),
            ),
            shown_traces=in_order(
                self._rate_criteria(criteria, [c.counted.worst for c in criteria]),
                self._rate_criteria(criteria, [c.counted.best for c in criteria]),
                lambda trace: trace.rating.rank,
            ),
            criteria=criteria,
            coverage=_coverage(criteria),
            decided=decided,
            decision=decision,
            margins=self._compliance_margins(criteria) if is_open else NO_MARGINS,
            open=find_settling_requirements(open_unit) if is_open else (),
        )

    def outcome(self, unit: ImmediateOutcome) -> OutcomeResult:
        issues = tuple(self._core_issue(issue) for issue in unit.core_issues)
        decision, decided = self._decided(unit.id, EffectivenessRating)
        is_open = decided is None and not self.is_brief
        open_unit = OpenUnit(id=unit.id, requirements=issues, rate=lambda extents: self._rate_issues(issues, extents))
        return OutcomeResult(
            id=unit.id,
            claimed_traces=Span(
                worst=self._rate_issues(issues, [i.claimed.worst for i in issues]),
                best=self._rate_issues(issues, [i.claimed.best for i in issues]),
            ),
            shown_traces=in_order(
                self._rate_issues(issues, [i.counted.worst for i in issues]),
                self._rate_issues(issues, [i.counted.best for i in issues]),
                lambda trace: trace.rating.rank,
            ),
            core_issues=issues,
            coverage=_coverage(issues),
            decided=decided,
            decision=decision,
            margins=self._effectiveness_margins(issues) if is_open else NO_MARGINS,
            open=find_settling_requirements(open_unit) if is_open else (),
        )

    def open_recommendation(self, unit: str, criteria: Sequence[CriterionResult]) -> OpenUnit:
        return OpenUnit(id=unit, requirements=criteria, rate=lambda ratings: self._rate_criteria(criteria, ratings))

    def _compliance_margins(self, criteria: Sequence[CriterionResult]) -> Span[Margin | None]:
        worst = compliance_margin(_rated(criteria, [c.counted.worst for c in criteria]), self.reader.policy)
        ends = [
            self._rate_criteria(criteria, [getattr(c.counted, e) for c in criteria]).rating for e in ("worst", "best")
        ]
        if ends[0] == ends[1]:
            return Span(worst=worst, best=worst)
        best = compliance_margin(_rated(criteria, [c.counted.best for c in criteria]), self.reader.policy)
        return Span(worst=worst, best=best)

    def _effectiveness_margins(self, issues: Sequence[CoreIssueResult]) -> Span[Margin | None]:
        worst = effectiveness_margin(_extents(issues, [i.counted.worst for i in issues]), self.reader.policy)
        ends = [self._rate_issues(issues, [getattr(i.counted, e) for i in issues]).rating for e in ("worst", "best")]
        if ends[0] == ends[1]:
            return Span(worst=worst, best=worst)
        best = effectiveness_margin(_extents(issues, [i.counted.best for i in issues]), self.reader.policy)
        return Span(worst=worst, best=best)

    def _rate_criteria(
        self, criteria: Sequence[CriterionResult], ratings: Sequence[CriterionRating]
    ) -> ComplianceTrace:
        """Roll-up is monotone, so worst answers give the worst rating and best answers the best."""
        return rate_recommendation(_rated(criteria, ratings), self.reader.policy)

    def _rate_issues(self, issues: Sequence[CoreIssueResult], extents: Sequence[Achievement]) -> EffectivenessTrace:
        return rate_outcome(_extents(issues, extents), self.reader.policy)

    def _decided(self, requirement: str, scale: type[V]) -> tuple[RecordedDecision | None, V | None]:
        """Return what people decided about a requirement, if anything."""
        decision, value = self.adjusted.decisions.get(requirement, (None, None))
        return (decision, value) if isinstance(value, scale) else (None, None)

    def _criterion(self, criterion: Criterion) -> CriterionResult:
        reading = self.reader.read(criterion, (), Proof(shown_by=criterion.shown_by))
        answers = [self.reader.answers[r.id] for r, _ in walk(criterion) if r.id in self.reader.answers]
        decision, decided = self._decided(criterion.id, CriterionRating)
        status, one = reading.evidence.status, reading.evidence.instrument
        return CriterionResult(
            id=criterion.id,
            claimed=reading.claimed,
            shown=reading.shown,
            status=status,
            weighing=self.adjusted.weigh(criterion),
            decided=decided,
            decision=decision,
            instrument=one,
            in_force_from=one.in_force_from if one and status is EvidenceStatus.IN_FORCE_LATER else None,
            in_force_until=one.in_force_until if one and status is EvidenceStatus.NO_LONGER_IN_FORCE else None,
            above_parts=reading.above_parts,
            parts=reading.parts,
            combine=criterion.combine,
            is_duty=criterion.is_duty,
            agencies=_agencies(answers),
            conflict=any(answer.lowest is not None for answer in answers),
            refs=tuple(answer.ref for answer in sorted(answers, key=lambda one: one.rating is None) if answer.ref),
        )

    def _core_issue(self, issue: CoreIssue) -> CoreIssueResult:
        answer = self.reader.answers.get(issue.id)
        claimed = shown = _OPEN_ISSUE
        status = EvidenceStatus.UNANSWERED
        lowest = answer.lowest if answer else None
        if answer and isinstance(answer.rating, Achievement):
            claimed = Span(worst=answer.rating, best=answer.rating)
            status = core_issue_evidence(self.reader.facts.core_issues.get(issue.id), answer.rating).status
            worst = worst_of_core_issue(answer.rating, status)
            if isinstance(lowest, Achievement):
                worst = min(worst, lowest, key=ACHIEVEMENT_SCALE.index)
            shown = Span(worst=worst, best=answer.rating)
        decision, decided = self._decided(issue.id, Achievement)
        return CoreIssueResult(
            id=issue.id,
            claimed=claimed,
            shown=shown,
            status=status,
            weighing=self.adjusted.weigh(issue),
            decided=decided,
            decision=decision,
            agencies=_agencies([answer] if answer else []),
            conflict=lowest is not None,
            refs=(answer.ref,) if answer and answer.ref else (),
        )


def rate_answers(
    requirements: Sequence[CriterionResult] | Sequence[CoreIssueResult], answers: Sequence[Span[Any]], policy: Policy
) -> Span[Any]:
    """Return the range of a unit's rating, as `assess` finds it, if its requirements had these answers."""

    def rate(values: list[Any]) -> Any:
        rated = zip(requirements, values, strict=True)
        if isinstance(requirements[0], CoreIssueResult):
            return rate_outcome([RatedCoreIssue(one.id, value, one.weight) for one, value in rated], policy).rating
        criteria = [RatedCriterion(one.id, value, one.weight, one.is_duty) for one, value in rated]  # type: ignore[attr-defined]
        return rate_recommendation(criteria, policy).rating

    return in_order(
        rate([one.worst for one in answers]), rate([one.best for one in answers]), lambda rating: rating.rank
    )


def _rated(criteria: Sequence[CriterionResult], ratings: Sequence[CriterionRating]) -> list[RatedCriterion]:
    return [
        RatedCriterion(one.id, rating, one.weight, one.is_duty) for one, rating in zip(criteria, ratings, strict=True)
    ]


def _extents(issues: Sequence[CoreIssueResult], extents: Sequence[Achievement]) -> list[RatedCoreIssue]:
    return [RatedCoreIssue(one.id, extent, one.weight) for one, extent in zip(issues, extents, strict=True)]


def _agencies(answers: Sequence[Answer]) -> tuple[str, ...]:
    """Return everybody who contributed, whose answer is used first; who has nothing to add did not."""
    given = (one for answer in answers for one in (answer, *answer.agency_answers))
    return tuple(dict.fromkeys(one.agency for one in given if one.agency and not one.says_nothing))


def _coverage(results: Sequence[CriterionResult] | Sequence[CoreIssueResult]) -> Coverage:
    """Return a requirement counts as answered when its claim is one answer, as shown when all of that is shown."""
    return Coverage(
        total=len(results),
        answered=sum(r.claimed.rating is not None for r in results),
        shown=sum(r.claimed.rating is not None and r.status.is_shown for r in results),
    )
