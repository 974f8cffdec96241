"""How a criterion reads with its parts: what is claimed, and the range that the proof on file allows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from fatf_kit.assessment.answers.evidence_facts import CitedInstrument, EvidenceFacts
from fatf_kit.assessment.answers.model import Answer, AnswerRating
from fatf_kit.core.ratings import CRITERION_SCALE, CriterionRating
from fatf_kit.framework.model import Criterion, Part, ShownBy
from fatf_kit.scoring.compliance import PartWeight, combine_parts
from fatf_kit.scoring.evidence import (
    Evidence,
    EvidenceStatus,
    best_of_criterion,
    criterion_evidence,
    worst_of_criterion,
)
from fatf_kit.scoring.model import PartResult
from fatf_kit.scoring.policy import Policy
from fatf_kit.scoring.proof import Proof
from fatf_kit.scoring.span import RangeEnd, Span, in_order

_NA = CriterionRating.NOT_APPLICABLE
_OPEN = Span(worst=CriterionRating.NOT_MET, best=CriterionRating.MET)


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionReading:
    """A criterion or part as read.

    `shown` counts the worst of conflicting answers at its worst end. `above_parts` is what its parts amount to at
    best, where the answer claims more. `parts` are those that the answer is made of.
    """

    claimed: Span[CriterionRating]
    shown: Span[CriterionRating]
    evidence: Evidence
    answered: bool = False
    above_parts: CriterionRating | None = None
    parts: tuple[PartResult, ...] = ()


_UNANSWERED = CriterionReading(claimed=_OPEN, shown=_OPEN, evidence=Evidence(status=EvidenceStatus.UNANSWERED))


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionReader:
    """Reads the criteria of an edition against the answers by requirement and the proof on file."""

    edition: str
    answers: Mapping[str, Answer]
    facts: EvidenceFacts
    cut_off: date | None
    policy: Policy
    weigh_part: Callable[[str], PartWeight]

    def read(self, criterion: Criterion) -> CriterionReading:
        """Read one criterion with everything below it."""
        return self._read(criterion, (), self.policy.proof.find_values(criterion, self.edition))

    def _read(self, node: Criterion | Part, above: tuple[str, ...], shown_by: tuple[ShownBy, ...]) -> CriterionReading:
        """Read a criterion or part that is shown by some kinds of proof, with everything below it.

        `above` are the ids of the rows it stands under: one article often serves all parts.
        """
        answer = self.answers.get(node.id)
        context = (node.id, *above) if answer else above
        rules = self.policy.proof
        parts = [self._read(part, context, rules.find_part_values(part, shown_by)) for part in node.parts]
        below = self._from_parts(node, parts) if any(part.answered for part in parts) else _UNANSWERED
        if answer is None:
            return below
        if not isinstance(answer.rating, CriterionRating):
            return replace(below, shown=replace(below.shown, worst=_lower(below.shown.worst, answer.lowest)))
        own = answer.rating
        cited = [one for key in context for one in self.facts.instruments.get(key, ())]
        has_reason = any(_has_reason(self.answers[key]) for key in context)
        tested, evidence = self._test(node, own, shown_by, cited, has_reason=has_reason)
        worst = _raise_to_parts(own, tested.worst, below)
        best = worst if _NA not in (worst, tested.best) and _rank(worst) > _rank(tested.best) else tested.best
        return CriterionReading(
            claimed=Span(worst=own, best=own),
            shown=Span(worst=_lower(worst, answer.lowest), best=best),
            evidence=evidence,
            answered=True,
            above_parts=_above_parts(own, below),
        )

    def _test(
        self,
        node: Criterion | Part,
        claim: CriterionRating,
        shown_by: tuple[ShownBy, ...],
        cited: Sequence[CitedInstrument],
        *,
        has_reason: bool,
    ) -> tuple[Span[CriterionRating], Evidence]:
        """Return the range that what is cited allows for a claim about the whole of a criterion or part.

        Where a part needs proof of its own, each part is tested by itself, and the ranges are combined. The evidence is
        then the first that leaves something open.
        """
        rules = self.policy.proof
        if claim is _NA or not rules.has_part_values(node):
            proof = Proof(shown_by=shown_by, rules=rules, do_courts_make_law=self.facts.do_courts_make_law)
            evidence = criterion_evidence(cited, claim, self.cut_off, proof, has_reason=has_reason)
            worst = worst_of_criterion(claim, evidence.status, rules)
            return Span(worst=worst, best=best_of_criterion(claim, evidence.status, cited)), evidence
        tested = [
            self._test(part, claim, rules.find_part_values(part, shown_by), cited, has_reason=has_reason)
            for part in node.parts
        ]
        weights = {part.id: self.weigh_part(part.id) for part in node.parts}
        combined = self._combine(node, [span for span, _ in tested], weights)
        whole = Span(worst=_at_most(combined.worst, claim), best=_at_most(combined.best, claim))
        gaps = [evidence for span, evidence in tested if span.worst is not claim]
        shown = next((evidence for span, evidence in tested if span.worst is claim), None)
        return whole, gaps[0] if whole.worst is not claim or shown is None else shown

    def _from_parts(self, node: Criterion | Part, parts: Sequence[CriterionReading]) -> CriterionReading:
        """Return what the parts amount to where at least one of them is answered."""
        weights = {part.id: self.weigh_part(part.id) for part in node.parts}
        return CriterionReading(
            claimed=self._combine(node, [part.claimed for part in parts], weights),
            shown=self._combine(node, [part.shown for part in parts], weights),
            evidence=_first_gap(parts),
            answered=True,
            parts=tuple(
                PartResult(id=below.id, claimed=part.claimed, shown=part.shown, weight=weights[below.id].value)
                for below, part in zip(node.parts, parts, strict=True)
            ),
        )

    def _combine(
        self, node: Criterion | Part, spans: Sequence[Span[CriterionRating]], weights: Mapping[str, PartWeight]
    ) -> Span[CriterionRating]:
        def combine(end: RangeEnd) -> CriterionRating:
            ratings = {part.id: span.at(end) for part, span in zip(node.parts, spans, strict=True)}
            return combine_parts(node.combine, ratings, self.policy, weights)

        return in_order(combine(RangeEnd.WORST), combine(RangeEnd.BEST), lambda rating: rating.rank)


def _has_reason(answer: Answer) -> bool:
    """Return whether the answer that is used, or one of another agency that agrees with it, is explained."""
    return any(one.explanation for one in (answer, *answer.agency_answers) if one.rating in (None, answer.rating))


def _first_gap(parts: Sequence[CriterionReading]) -> Evidence:
    """Return what is missing in the first part that is not shown, an unanswered part only where there is no other."""
    gaps = [part.evidence for part in parts if not part.evidence.status.is_shown]
    gaps.sort(key=lambda gap: gap.status is EvidenceStatus.UNANSWERED)
    return gaps[0] if gaps else Evidence(status=EvidenceStatus.SHOWN)


def _raise_to_parts(own: CriterionRating, worst: CriterionRating, below: CriterionReading) -> CriterionRating:
    """The worst case of an answer that is not shown itself is no worse than what its parts show, up to the answer."""
    by_parts = below.shown.worst
    if _NA in (own, worst, by_parts):
        return worst
    return max(worst, min(own, by_parts, key=_rank), key=_rank)


def _at_most(rating: CriterionRating, claim: CriterionRating) -> CriterionRating:
    return min(rating, claim, key=_rank)


def _rank(rating: CriterionRating) -> int:
    return CRITERION_SCALE.index(rating)


def _lower(worst: CriterionRating, lowest: AnswerRating | None) -> CriterionRating:
    """Return the worse of the worst case and the lowest answer given; "not applicable" is no worse than anything."""
    if not isinstance(lowest, CriterionRating) or lowest is _NA:
        return worst
    return lowest if worst is _NA else min(worst, lowest, key=_rank)


def _above_parts(own: CriterionRating, below: CriterionReading) -> CriterionRating | None:
    """Return what the parts support at best, where the answer claims more."""
    best = below.claimed.best
    return best if _NA not in (own, best) and _rank(own) > _rank(best) else None
