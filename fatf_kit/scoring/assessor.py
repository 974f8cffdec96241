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
from fatf_kit.scoring.compliance import ComplianceRollUp, rate_recommendation
from fatf_kit.scoring.criterion_reader import CriterionReader
from fatf_kit.scoring.effectiveness import EffectivenessRollUp, rate_outcome
from fatf_kit.scoring.evidence import EvidenceStatus, core_issue_evidence, worst_of_core_issue
from fatf_kit.scoring.margin import find_margin
from fatf_kit.scoring.model import (
    NO_MARGINS,
    Adjustments,
    AnyRequirement,
    Assessment,
    ComplianceTrace,
    CoreIssueResult,
    Coverage,
    CriterionResult,
    EffectivenessTrace,
    Margin,
    OutcomeResult,
    RecommendationResult,
    Trace,
)
from fatf_kit.scoring.policy import Policy
from fatf_kit.scoring.roll_up import RatedRequirement
from fatf_kit.scoring.settling import OpenUnit, find_settling_instruments, find_settling_requirements
from fatf_kit.scoring.span import RangeEnd, Span, in_order

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
    recommendations = tuple(book.rate_recommendation(r) for r in framework.recommendations)
    return Assessment(
        edition=framework.id,
        edition_digest=framework.digest,
        policy=policy.id,
        policy_digest=policy.digest,
        country=responses.country,
        cut_off=last_day,
        inputs=responses.inputs,
        recommendations=recommendations,
        outcomes=tuple(book.rate_outcome(o) for o in framework.outcomes),
        open=find_settling_instruments(
            [book.make_open_unit(r.id, r.criteria) for r in recommendations if not r.decided]
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
    recommendations = map(book.rate_recommendation, framework.recommendations)
    outcomes = map(book.rate_outcome, framework.outcomes)
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
            edition=framework.id,
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

    def rate_recommendation(self, unit: Recommendation) -> RecommendationResult:
        criteria = tuple(self._criterion(criterion) for criterion in unit.criteria)
        return RecommendationResult(criteria=criteria, **self._rate_unit(unit.id, criteria, ComplianceRating))

    def rate_outcome(self, unit: ImmediateOutcome) -> OutcomeResult:
        issues = tuple(self._core_issue(issue) for issue in unit.core_issues)
        return OutcomeResult(core_issues=issues, **self._rate_unit(unit.id, issues, EffectivenessRating))

    def make_open_unit(self, unit: str, requirements: Sequence[AnyRequirement]) -> OpenUnit:
        def rate(answers: Sequence[Any]) -> Trace[Any]:
            return rate_requirements(_pair(requirements, answers), self.reader.policy)

        return OpenUnit(id=unit, requirements=requirements, rate=rate)

    def _rate_unit(self, unit: str, requirements: Sequence[AnyRequirement], scale: type[V]) -> dict[str, Any]:
        """Return the fields that the result of a Recommendation and that of an outcome share.

        Roll-up is monotone, so worst answers give the worst rating and best answers the best.
        """
        open_unit = self.make_open_unit(unit, requirements)
        claimed, counted = [one.claimed for one in requirements], [one.counted for one in requirements]
        worst_claim, best_claim = (open_unit.rate([one.at(end) for one in claimed]) for end in RangeEnd)
        worst, best = (open_unit.rate([one.at(end) for one in counted]) for end in RangeEnd)
        decision, decided = self._decided(unit, scale)
        is_open = decided is None and not self.is_brief
        return {
            "id": unit,
            "claimed_traces": Span(worst=worst_claim, best=best_claim),
            "shown_traces": in_order(worst, best, lambda trace: trace.rating.rank),
            "coverage": _coverage(requirements),
            "decided": decided,
            "decision": decision,
            "margins": self._find_margins(requirements) if is_open else NO_MARGINS,
            "open": find_settling_requirements(open_unit) if is_open else (),
        }

    def _find_margins(self, requirements: Sequence[AnyRequirement]) -> Span[Margin | None]:
        """Return the margins at both ends; only one is searched for where both give one rating."""
        worst, best = (_pair(requirements, [one.counted.at(end) for one in requirements]) for end in RangeEnd)
        policy = self.reader.policy

        def find(rated: Sequence[RatedRequirement]) -> Margin | None:
            if _is_outcome(rated):
                return find_margin(rated, EffectivenessRollUp(policy))
            return find_margin(rated, ComplianceRollUp(policy))

        margin = find(worst)
        if rate_requirements(worst, policy).rating == rate_requirements(best, policy).rating:
            return Span(worst=margin, best=margin)
        return Span(worst=margin, best=find(best))

    def _decided(self, requirement: str, scale: type[V]) -> tuple[RecordedDecision | None, V | None]:
        """Return what people decided about a requirement, if anything."""
        decision, value = self.adjusted.decisions.get(requirement, (None, None))
        return (decision, value) if isinstance(value, scale) else (None, None)

    def _criterion(self, criterion: Criterion) -> CriterionResult:
        reading = self.reader.read(criterion)
        answers = [self.reader.answers[r.id] for r, _ in walk(criterion) if r.id in self.reader.answers]
        status, one = reading.evidence.status, reading.evidence.instrument
        later, over = EvidenceStatus.IN_FORCE_LATER, EvidenceStatus.NO_LONGER_IN_FORCE
        return CriterionResult(
            **self._describe(criterion, CriterionRating, answers),
            claimed=reading.claimed,
            shown=reading.shown,
            status=status,
            instrument=one,
            in_force_from=one.in_force_from if one and status is later else None,
            in_force_until=one.in_force_until if one and status is over else None,
            above_parts=reading.above_parts,
            parts=reading.parts,
            combine=criterion.combine,
            is_duty=criterion.is_duty,
        )

    def _describe(
        self, requirement: Criterion | CoreIssue, scale: type[V], answers: Sequence[Answer]
    ) -> dict[str, Any]:
        """Return the fields that the result of a criterion and that of a core issue share."""
        decision, decided = self._decided(requirement.id, scale)
        return {
            "id": requirement.id,
            "weighing": self.adjusted.weigh(requirement),
            "decided": decided,
            "decision": decision,
            "agencies": _agencies(answers),
            "conflict": any(answer.lowest is not None for answer in answers),
            "refs": tuple(answer.ref for answer in sorted(answers, key=lambda one: one.rating is None) if answer.ref),
        }

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
        described = self._describe(issue, Achievement, [answer] if answer else [])
        return CoreIssueResult(claimed=claimed, shown=shown, status=status, **described)


def rate_answers(requirements: Sequence[AnyRequirement], answers: Sequence[Span[Any]], policy: Policy) -> Span[Any]:
    """Return the range of a unit's rating, as `assess` finds it, if its requirements had these answers."""
    worst, best = (
        rate_requirements(_pair(requirements, [one.at(end) for one in answers]), policy).rating for end in RangeEnd
    )
    return in_order(worst, best, lambda rating: rating.rank)


def rate_requirements(rated: Sequence[RatedRequirement], policy: Policy) -> ComplianceTrace | EffectivenessTrace:
    """Return the rating of the unit that the requirements are of, with its trace."""
    return rate_outcome(rated, policy) if _is_outcome(rated) else rate_recommendation(rated, policy)


def _is_outcome(rated: Sequence[RatedRequirement]) -> bool:
    return isinstance(rated[0].rating, Achievement)


def _pair(requirements: Sequence[AnyRequirement], answers: Sequence[Any]) -> list[RatedRequirement]:
    """Return the requirements with these answers as the roll-up takes them."""
    return [
        RatedRequirement(one.id, answer, one.weight, isinstance(one, CriterionResult) and one.is_duty)
        for one, answer in zip(requirements, answers, strict=True)
    ]


def _agencies(answers: Sequence[Answer]) -> tuple[str, ...]:
    """Return everybody who contributed, whose answer is used first; who has nothing to add did not."""
    given = (one for answer in answers for one in (answer, *answer.agency_answers))
    return tuple(dict.fromkeys(one.agency for one in given if one.agency and not one.says_nothing))


def _coverage(results: Sequence[AnyRequirement]) -> Coverage:
    """Count the requirements that are answered: their claim is one answer; and those in which all of that is shown."""
    return Coverage(
        total=len(results),
        answered=sum(r.claimed.rating is not None for r in results),
        shown=sum(r.claimed.rating is not None and r.status.is_shown for r in results),
    )
