"""Ratings without an instrument or a provision of it: its repeal, suspension or annulment before the cut-off date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from fatf_kit.assessment.answers.evidence_facts import CitedInstrument
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.ratings import CRITERION_SCALE, CriterionRating
from fatf_kit.framework.catalog import get_enclosing_id
from fatf_kit.framework.model import walk
from fatf_kit.laws.articles import covers, read_article_keys
from fatf_kit.laws.bill_effects import RatingBasis
from fatf_kit.laws.bills import Scenario, UnitRating
from fatf_kit.laws.model import Instrument
from fatf_kit.laws.schema import find_instrument_id
from fatf_kit.scoring import assess
from fatf_kit.scoring.evidence import EvidenceStatus, Proof, criterion_evidence
from fatf_kit.scoring.model import CriterionResult
from fatf_kit.scoring.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class LostProof:
    """One criterion that the instrument or provision proves today.

    `before` and `after` are the answers that count. `others` are the provisions and documents that show it still; with
    none, the criterion has lost its proof. `is_decided` says that a decision of people keeps its answer.
    """

    requirement: str
    before: Span[CriterionRating]
    after: Span[CriterionRating]
    status: EvidenceStatus
    others: tuple[str, ...]
    is_decided: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RepealEffects:
    """The effects of the end of an instrument, or of one article of it, before the cut-off date."""

    instrument: Instrument
    article: str
    cut_off: date | None
    now: Scenario
    after: Scenario
    criteria: tuple[LostProof, ...]

    @property
    def moved(self) -> tuple[str, ...]:
        """The Recommendations whose rating changes."""
        return self.now.moves_to(self.after)

    @property
    def unproven(self) -> tuple[LostProof, ...]:
        """The criteria that nothing else shows."""
        return tuple(one for one in self.criteria if not one.others)


def work_out_repeal(basis: RatingBasis, instrument: Instrument, article: str, country: str | None) -> RepealEffects:
    """Return the ratings and the proof without an instrument; with an article, without that article only.

    Raises:
        FatfKitError: the article cannot be read, or the instrument is not law yet.
    """
    if instrument.status.is_proposed_law:
        raise FatfKitError("{id} is not law yet, so that it proves nothing. Name an instrument.", id=instrument.id)
    keys = read_article_keys(article, country)
    if article and not keys:
        raise FatfKitError("'{found}' is not an article. Write it like 'art. 12'.", found=article)

    def ends(fact: CitedInstrument) -> bool:
        if find_instrument_id(fact.law) != instrument.id:
            return False
        own = read_article_keys(fact.law[len(instrument.id) :] or fact.article, country)
        return not keys or (bool(own) and all(any(covers(key, one) for key in keys) for one in own))

    ended = {
        requirement: tuple(filter(ends, cited))
        for requirement, cited in basis.proof.instruments.items()
        if any(map(ends, cited))
    }
    left = {name: _end(cited, ended.get(name, ()), basis) for name, cited in basis.proof.instruments.items()}
    after = assess(
        basis.framework,
        basis.responses,
        basis.policy,
        facts=replace(basis.proof, instruments=left),
        cut_off=basis.cut_off,
        adjustments=basis.now.adjustments,
    )
    units = {one.id: UnitRating(claimed=one.claimed, counted=one.counted) for one in after.recommendations}
    touched = {get_enclosing_id(name) for name in ended}
    results: Mapping[str, CriterionResult] = {one.id: one for unit in after.recommendations for one in unit.criteria}
    return RepealEffects(
        instrument=instrument,
        article=article,
        cut_off=basis.cut_off,
        now=basis.make_scenario({}),
        after=basis.make_scenario(units),
        criteria=tuple(
            LostProof(
                requirement=name,
                before=before.counted,
                after=results[name].counted,
                status=results[name].status,
                others=_others(name, left, ended, basis),
                is_decided=before.decided is not None,
            )
            for name, before in basis.results.items()
            if name in touched and _needs_proof(name, basis) and _shown_by(name, ended, basis)
        ),
    )


def _end(
    cited: tuple[CitedInstrument, ...], ended: tuple[CitedInstrument, ...], basis: RatingBasis
) -> tuple[CitedInstrument, ...]:
    """Return facts of which some end on the day before the cut-off; without a cut-off date these are left out."""
    if basis.cut_off is None:
        return tuple(one for one in cited if one not in ended)
    last = basis.cut_off - timedelta(days=1)
    return tuple(
        replace(one, in_force_until=min(one.in_force_until or last, last)) if one in ended else one for one in cited
    )


def _needs_proof(criterion: str, basis: RatingBasis) -> bool:
    """Return whether some answer to the criterion or to a part of it is one that has to be shown."""
    answers = (basis.answers.get(one.id) for one, _ in walk(basis.criteria[criterion][1]))
    return any(one and one.rating in CRITERION_SCALE[1:] for one in answers)


def _others(
    criterion: str,
    left: Mapping[str, tuple[CitedInstrument, ...]],
    ended: Mapping[str, tuple[CitedInstrument, ...]],
    basis: RatingBasis,
) -> tuple[str, ...]:
    """Return what shows the criterion, and each of its parts that loses proof, without the facts that end."""
    needed = [name for name in ended if get_enclosing_id(name) == criterion]
    shown = [
        _shown_by(criterion, {name: left.get(name, ()), criterion: left.get(criterion, ())}, basis) for name in needed
    ]
    return tuple(dict.fromkeys(one for found in shown for one in found)) if all(shown) else ()


def _shown_by(criterion: str, facts: Mapping[str, tuple[CitedInstrument, ...]], basis: RatingBasis) -> tuple[str, ...]:
    """Return the names of the facts that alone show the criterion or a part of it."""
    proof = Proof(shown_by=basis.criteria[criterion][1].shown_by)
    return tuple(
        dict.fromkeys(
            one.law or one.label
            for name, cited in facts.items()
            if get_enclosing_id(name) == criterion
            for one in cited
            if criterion_evidence([one], CriterionRating.MET, basis.cut_off, proof, has_reason=False).status.is_shown
        )
    )
