"""How a criterion reads with its parts: what is claimed, what of it is shown, and the worst that is still possible."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fatf_kit.framework.model import Criterion, Part
from fatf_kit.ratings import CRITERION_LADDER, CriterionRating
from fatf_kit.responses.model import Answer, Rating
from fatf_kit.responses.registers import Register
from fatf_kit.scoring.compliance import rate_combination
from fatf_kit.scoring.model import PartResult, Showing, Span
from fatf_kit.scoring.policy import Policy
from fatf_kit.scoring.shown import Proof, criterion_showing, in_agreement

_NA = CriterionRating.NOT_APPLICABLE
_OPEN = Span(worst=CriterionRating.NOT_MET, best=CriterionRating.MET)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A criterion or part as read.

    `floor` is the worst that is still possible where agencies disagree. `above_parts` is what its parts amount to at
    best, where the answer says more. `parts` are those that the answer is made of.
    """

    claimed: Span[CriterionRating]
    demonstrated: Span[CriterionRating]
    floor: CriterionRating
    showing: Showing
    in_force_from: date | None = None
    answered: bool = False
    above_parts: CriterionRating | None = None
    parts: tuple[PartResult, ...] = ()


_UNANSWERED = Reading(claimed=_OPEN, demonstrated=_OPEN, floor=_OPEN.worst, showing=Showing.UNANSWERED)


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionReader:
    """Reads criteria against the answers by requirement and what their citations rest on."""

    answers: Mapping[str, Answer]
    register: Register
    cut_off: date | None
    policy: Policy

    def read(self, node: Criterion | Part, above: tuple[Answer, ...], proof: Proof) -> Reading:
        """One criterion or part with everything below it. `above` are the answers of the rows it stands under."""
        answer = self.answers.get(node.id)
        context = (*in_agreement(answer), *above) if answer else above
        parts = [self.read(part, context, proof) for part in node.parts]
        below = self._from_parts(node, parts) if any(part.answered for part in parts) else _UNANSWERED
        if answer is None or not isinstance(answer.rating, CriterionRating):
            return below
        own = answer.rating
        showing, late = criterion_showing(context, own, self.register, self.cut_off, proof)
        shown = own if showing.counts else _shown_by_parts(own, below)
        return Reading(
            claimed=Span(worst=own, best=own),
            demonstrated=Span(worst=shown, best=shown),
            floor=_lower(shown, answer.lowest),
            showing=showing,
            in_force_from=late,
            answered=True,
            above_parts=_above_parts(own, below),
        )

    def _from_parts(self, node: Criterion | Part, parts: Sequence[Reading]) -> Reading:
        """What the parts amount to where at least one of them is answered."""
        showing, late = _worst_showing(parts)
        return Reading(
            claimed=self._combine(node, [part.claimed for part in parts]),
            demonstrated=self._combine(node, [part.demonstrated for part in parts]),
            floor=self._rate(node, [part.floor for part in parts]),
            showing=showing,
            in_force_from=late,
            answered=True,
            parts=tuple(
                PartResult(id=below.id, claimed_span=part.claimed, demonstrated_span=part.demonstrated)
                for below, part in zip(node.parts, parts, strict=True)
            ),
        )

    def _combine(self, node: Criterion | Part, spans: Sequence[Span[CriterionRating]]) -> Span[CriterionRating]:
        return Span(
            worst=self._rate(node, [span.worst for span in spans]), best=self._rate(node, [span.best for span in spans])
        )

    def _rate(self, node: Criterion | Part, ratings: Sequence[CriterionRating]) -> CriterionRating:
        by_part = {part.id: rating for part, rating in zip(node.parts, ratings, strict=True)}
        return rate_combination(node.combine, by_part, self.policy)


def _worst_showing(parts: Sequence[Reading]) -> tuple[Showing, date | None]:
    """The first part that is not shown says what is missing; open parts come last."""
    unshown = [part for part in parts if not part.showing.counts]
    unshown.sort(key=lambda part: part.showing is Showing.UNANSWERED)
    return (unshown[0].showing, unshown[0].in_force_from) if unshown else (Showing.SHOWN, None)


def _shown_by_parts(own: CriterionRating, below: Reading) -> CriterionRating:
    """What counts of an answer that is not shown itself: what its parts show, up to the answer."""
    shown = below.demonstrated.worst
    return CriterionRating.NOT_MET if _NA in (own, shown) else min(own, shown, key=_ladder)


def _ladder(rating: CriterionRating) -> int:
    return CRITERION_LADDER.index(rating)


def _lower(shown: CriterionRating, lowest: Rating | None) -> CriterionRating:
    """The worse of what is shown and the lowest answer given; "not applicable" is no worse than anything."""
    if not isinstance(lowest, CriterionRating) or lowest is _NA:
        return shown
    return lowest if shown is _NA else min(shown, lowest, key=_ladder)


def _above_parts(own: CriterionRating, below: Reading) -> CriterionRating | None:
    """What the parts support at best, where the answer says more."""
    best = below.claimed.best
    return best if _NA not in (own, best) and _ladder(own) > _ladder(best) else None
