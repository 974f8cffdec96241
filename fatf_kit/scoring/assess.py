"""From answers to an Assessment: every criterion and core issue, claimed and demonstrated, rolled up with its trace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from fatf_kit.framework.model import (
    CoreIssue,
    Criterion,
    Framework,
    ImmediateOutcome,
    Part,
    Recommendation,
    ShownBy,
    walk,
)
from fatf_kit.ratings import (
    ACHIEVEMENT_LADDER,
    CRITERION_LADDER,
    Achievement,
    ComplianceRating,
    CriterionRating,
    EffectivenessRating,
)
from fatf_kit.responses.model import Answer, Rating, ResponseSet
from fatf_kit.responses.registers import Register, register_of
from fatf_kit.scoring.adjust import Adjusted, Value
from fatf_kit.scoring.compliance import combine_parts, rate_recommendation
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
    PartResult,
    RecommendationResult,
    Showing,
    Span,
)
from fatf_kit.scoring.policy import Policy
from fatf_kit.scoring.shown import Proof, core_issue_showing, criterion_showing
from fatf_kit.workspace.model import Decision

V = TypeVar("V", bound=Value)

_UNADJUSTED = Adjustments()

_OPEN = Span(worst=CriterionRating.NOT_MET, best=CriterionRating.MET)
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
        answers={answer.requirement: answer for answer in responses.answers},
        register=register_of(responses.evidence),
        cut_off=last_day,
        policy=policy,
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


class _Book:
    """The answers with what is needed to weigh them."""

    def __init__(
        self,
        *,
        answers: Mapping[str, Answer],
        register: Register,
        cut_off: date | None,
        policy: Policy,
        adjusted: Adjusted,
        backed: frozenset[str],
    ) -> None:
        self._backed = backed
        self._answers = answers
        self._register = register
        self._cut_off = cut_off
        self._policy = policy
        self._adjusted = adjusted

    def recommendation(self, unit: Recommendation) -> RecommendationResult:
        criteria = tuple(self._criterion(criterion, _proof(unit, criterion)) for criterion in unit.criteria)
        claimed = self._rate_criteria(criteria, [c.claimed_span for c in criteria])
        demonstrated = self._rate_criteria(criteria, [c.demonstrated_span for c in criteria])
        used = self._rate_criteria(criteria, [c.used_span for c in criteria])
        possible = self._rate_criteria(criteria, [c.possible for c in criteria])
        decision, decided = self._decided(unit.id, ComplianceRating)
        settled = decided is None and used.worst.rating == used.best.rating
        return RecommendationResult(
            id=unit.id,
            claimed_span=Span(worst=claimed.worst.rating, best=claimed.best.rating),
            demonstrated_span=Span(worst=demonstrated.worst.rating, best=demonstrated.best.rating),
            claimed_traces=claimed,
            demonstrated_traces=demonstrated,
            used_traces=used,
            possible=Span(worst=decided or possible.worst.rating, best=decided or possible.best.rating),
            criteria=criteria,
            coverage=_coverage(criteria),
            decided=decided,
            decision=decision,
            margin=compliance_margin([(c.id, c.used_span.worst, c.weight) for c in criteria], self._policy)
            if settled
            else None,
        )

    def outcome(self, unit: ImmediateOutcome) -> OutcomeResult:
        issues = tuple(self._core_issue(issue) for issue in unit.core_issues)
        claimed = self._rate_issues(issues, [i.claimed_span for i in issues])
        demonstrated = self._rate_issues(issues, [i.demonstrated_span for i in issues])
        used = self._rate_issues(issues, [i.used_span for i in issues])
        possible = self._rate_issues(issues, [i.possible for i in issues])
        decision, decided = self._decided(unit.id, EffectivenessRating)
        settled = decided is None and used.worst.rating == used.best.rating
        return OutcomeResult(
            id=unit.id,
            claimed_span=Span(worst=claimed.worst.rating, best=claimed.best.rating),
            demonstrated_span=Span(worst=demonstrated.worst.rating, best=demonstrated.best.rating),
            claimed_traces=claimed,
            demonstrated_traces=demonstrated,
            used_traces=used,
            possible=Span(worst=decided or possible.worst.rating, best=decided or possible.best.rating),
            core_issues=issues,
            coverage=_coverage(issues),
            decided=decided,
            decision=decision,
            margin=effectiveness_margin([(i.id, i.used_span.worst, i.weight) for i in issues], self._policy)
            if settled
            else None,
        )

    def _rate_criteria(
        self, criteria: Sequence[CriterionResult], spans: Sequence[Span[CriterionRating]]
    ) -> Span[ComplianceTrace]:
        """Roll-up is monotone, so worst answers give the worst rating and best answers the best."""
        both = list(zip(criteria, spans, strict=True))
        return Span(
            worst=rate_recommendation([(c.id, span.worst, c.weight) for c, span in both], self._policy),
            best=rate_recommendation([(c.id, span.best, c.weight) for c, span in both], self._policy),
        )

    def _rate_issues(
        self, issues: Sequence[CoreIssueResult], spans: Sequence[Span[Achievement]]
    ) -> Span[EffectivenessTrace]:
        both = list(zip(issues, spans, strict=True))
        return Span(
            worst=rate_outcome([(span.worst, i.weight) for i, span in both], self._policy),
            best=rate_outcome([(span.best, i.weight) for i, span in both], self._policy),
        )

    def _decided(self, requirement: str, scale: type[V]) -> tuple[Decision | None, V | None]:
        """What people decided about a requirement, if anything."""
        decision, value = self._adjusted.decisions.get(requirement, (None, None))
        return (decision, value) if isinstance(value, scale) else (None, None)

    def _criterion(self, criterion: Criterion, proof: Proof) -> CriterionResult:
        tree = self._read(criterion, (), proof)
        answers = [self._answers[r.id] for r, _ in walk(criterion) if r.id in self._answers]
        above = None
        if tree.own is not None and tree.parts is not None and _better(tree.own, tree.parts.best):
            above = tree.parts.best
        decision, decided = self._decided(criterion.id, CriterionRating)
        return CriterionResult(
            id=criterion.id,
            claimed_span=tree.claimed,
            demonstrated_span=tree.demonstrated,
            possible=Span(worst=decided or tree.floor, best=decided or tree.claimed.best),
            showing=tree.showing,
            weighing=self._adjusted.weigh(criterion),
            decided=decided,
            decision=decision,
            in_force_from=tree.in_force_from,
            above_parts=above,
            parts=tree.made_of,
            combine=criterion.combine,
            agencies=_agencies(answers),
            conflict=any(answer.lowest is not None for answer in answers),
            refs=tuple(answer.ref for answer in answers if answer.ref),
        )

    def _read(self, node: Criterion | Part, above: tuple[Answer, ...], proof: Proof) -> _Reading:
        """One criterion or part with everything below it. `above` are the answers of the rows it stands under."""
        answer = self._answers.get(node.id)
        context = (*_in_agreement(answer), *above) if answer else above
        parts = [self._read(part, context, proof) for part in node.parts]
        claimed = demonstrated = None
        floor = CriterionRating.NOT_MET
        if parts and any(part.answered for part in parts):
            claimed = self._combine(node, [part.claimed for part in parts])
            demonstrated = self._combine(node, [part.demonstrated for part in parts])
            floor = combine_parts([part.floor for part in parts], node.combine, self._policy)
        own = answer.rating if answer and isinstance(answer.rating, CriterionRating) else None
        if own is None:
            if claimed is None or demonstrated is None:
                return _Reading(claimed=_OPEN, demonstrated=_OPEN, floor=floor, showing=Showing.UNANSWERED)
            showing, late = _worst_showing(parts)
            return _Reading(
                claimed=claimed,
                demonstrated=demonstrated,
                floor=floor,
                showing=showing,
                in_force_from=late,
                answered=True,
                made_of=tuple(
                    PartResult(id=below.id, claimed_span=part.claimed, demonstrated_span=part.demonstrated)
                    for below, part in zip(node.parts, parts, strict=True)
                ),
            )
        showing, late = criterion_showing(context, own, self._register, self._cut_off, proof)
        shown = own if showing in _COUNTS else CriterionRating.NOT_MET
        if showing not in _COUNTS and demonstrated is not None and demonstrated.worst is not _NA:
            # What the parts show still counts, up to the criterion's own answer.
            shown = min(own, demonstrated.worst, key=_ladder) if own is not _NA else shown
        return _Reading(
            claimed=Span(worst=own, best=own),
            demonstrated=Span(worst=shown, best=shown),
            floor=_lower(shown, answer.lowest if answer else None),
            showing=showing,
            in_force_from=late,
            answered=True,
            own=own,
            parts=claimed,
        )

    def _combine(self, node: Criterion | Part, spans: Sequence[Span[CriterionRating]]) -> Span[CriterionRating]:
        return Span(
            worst=combine_parts([span.worst for span in spans], node.combine, self._policy),
            best=combine_parts([span.best for span in spans], node.combine, self._policy),
        )

    def _core_issue(self, issue: CoreIssue) -> CoreIssueResult:
        answer = self._answers.get(issue.id)
        claimed = demonstrated = _OPEN_ISSUE
        showing = Showing.UNANSWERED
        lowest = answer.lowest if answer else None
        if answer and isinstance(answer.rating, Achievement):
            claimed = Span(worst=answer.rating, best=answer.rating)
            showing = core_issue_showing(_in_agreement(answer), answer.rating, self._register)
            if showing is Showing.NO_EVIDENCE and issue.id in self._backed:
                showing = Showing.SHOWN
            # Without evidence nothing is known: never silently the lowest, but anything from it up to the claim.
            shown = showing in _COUNTS
            demonstrated = claimed if shown else Span(worst=Achievement.NEGLIGIBLE, best=answer.rating)
        floor = demonstrated.worst
        if isinstance(lowest, Achievement):
            floor = min(floor, lowest, key=ACHIEVEMENT_LADDER.index)
        decision, decided = self._decided(issue.id, Achievement)
        return CoreIssueResult(
            id=issue.id,
            claimed_span=claimed,
            demonstrated_span=demonstrated,
            possible=Span(worst=decided or floor, best=decided or claimed.best),
            showing=showing,
            weighing=self._adjusted.weigh(issue),
            decided=decided,
            decision=decision,
            agencies=_agencies([answer] if answer else []),
            conflict=lowest is not None,
            refs=(answer.ref,) if answer and answer.ref else (),
        )


_NA = CriterionRating.NOT_APPLICABLE
_COUNTS = (Showing.SHOWN, Showing.NOT_NEEDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """A criterion or part as read. `parts` is what its parts amount to, None where none is answered.

    `floor` is the worst that is still possible where agencies disagree.
    """

    claimed: Span[CriterionRating]
    demonstrated: Span[CriterionRating]
    floor: CriterionRating
    showing: Showing
    in_force_from: date | None = None
    answered: bool = False
    own: CriterionRating | None = None
    parts: Span[CriterionRating] | None = None
    made_of: tuple[PartResult, ...] = ()


def _proof(unit: Recommendation, criterion: Criterion) -> Proof:
    basis = unit.legal_basis
    in_law = basis is not None and basis.instrument == "law" and criterion.id in (basis.criteria or (criterion.id,))
    return Proof(law_only=in_law, document=criterion.shown_by is ShownBy.DOCUMENT)


def _in_agreement(answer: Answer) -> tuple[Answer, ...]:
    """The answer that stands and those of other agencies that do not contradict it: what one can show, shows it."""
    return answer, *(v for v in answer.voices if v.agency != answer.agency and v.rating in (None, answer.rating))


def _worst_showing(parts: Sequence[_Reading]) -> tuple[Showing, date | None]:
    """The first part that is not shown says what is missing; open parts come last."""
    unshown = [part for part in parts if part.showing not in _COUNTS]
    unshown.sort(key=lambda part: part.showing is Showing.UNANSWERED)
    return (unshown[0].showing, unshown[0].in_force_from) if unshown else (Showing.SHOWN, None)


def _ladder(rating: CriterionRating) -> int:
    return CRITERION_LADDER.index(rating)


def _lower(shown: CriterionRating, lowest: Rating | None) -> CriterionRating:
    """The worse of what is shown and the lowest answer given; "not applicable" is no worse than anything."""
    if not isinstance(lowest, CriterionRating) or lowest is _NA:
        return shown
    return lowest if shown is _NA else min(shown, lowest, key=_ladder)


def _better(own: CriterionRating, than: CriterionRating) -> bool:
    return own is not _NA and than is not _NA and _ladder(own) > _ladder(than)


def _agencies(answers: Sequence[Answer]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(answer.agency for answer in answers if answer.agency))


def _coverage(results: Sequence[CriterionResult] | Sequence[CoreIssueResult]) -> Coverage:
    """A requirement counts as answered when its answer is settled, as demonstrated when all of that is shown."""
    return Coverage(
        asked=len(results),
        answered=sum(r.claimed_span.rating is not None for r in results),
        demonstrated=sum(r.claimed_span.rating is not None and r.showing in _COUNTS for r in results),
    )
