"""Ratings without an instrument or a provision of it: its repeal, suspension or annulment before the cut-off date."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from fatf_kit.assessment.answers.evidence_facts import CitedInstrument
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.ratings import CriterionRating
from fatf_kit.framework.catalog import get_enclosing_id
from fatf_kit.laws.articles import covers, read_article_keys
from fatf_kit.laws.bill_effects import ClauseRater, Facts, RatingBasis
from fatf_kit.laws.bills import Scenario
from fatf_kit.laws.legal_basis import list_falling
from fatf_kit.laws.model import Instrument, find_instrument_id
from fatf_kit.scoring.evidence import EvidenceStatus, criterion_evidence
from fatf_kit.scoring.model import CriterionResult
from fatf_kit.scoring.proof import Proof
from fatf_kit.scoring.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class LostProof:
    """One criterion that the instrument or provision proves today.

    `before` and `after` are the answers that count, `status` is the state of its proof afterwards. `others` are the
    provisions and documents that show it still; empty where it `is_lost`. `is_decided` says that a decision of people
    keeps its answer.
    """

    requirement: str
    before: Span[CriterionRating]
    after: Span[CriterionRating]
    status: EvidenceStatus
    is_lost: bool
    others: tuple[str, ...]
    is_decided: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RepealEffects:
    """The effects of the end of an instrument, or of one article of it, before the cut-off date.

    `along` are the instruments that fall with it, because they are made under it.
    """

    instrument: Instrument
    article: str
    along: tuple[Instrument, ...]
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
        return tuple(one for one in self.criteria if one.is_lost)


def work_out_repeal(basis: RatingBasis, instrument: Instrument, article: str, country: str | None) -> RepealEffects:
    """Return the ratings and the proof without an instrument; with an article, without that article only.

    What is made under the instrument falls with it. A claim that rested on what falls alone falls too, so that the best
    case falls; the agencies' claims stay on record. With an article, what is made under the instrument stays.

    Raises:
        FatfKitError: the article cannot be read, or the instrument is not law yet.
    """
    if instrument.status.is_proposed_law:
        raise FatfKitError("{id} is not law yet, so that it proves nothing. Name an instrument.", id=instrument.id)
    keys = read_article_keys(article, country)
    if article and not keys:
        raise FatfKitError("'{found}' is not an article. Write it like 'art. 12'.", found=article)

    along = () if keys else list_falling(basis.register, instrument.id)
    fallen = {instrument.id, *(act.id for act in along)}

    def ends(fact: CitedInstrument) -> bool:
        """Return whether all articles that a fact is about end; all of what falls do without an article."""
        own = read_article_keys(fact.law[len(instrument.id) :] or fact.article, country)
        is_within = all(any(covers(key, one) for key in keys) for one in own)
        return find_instrument_id(fact.law) in fallen and (not keys or (bool(own) and is_within))

    cut_off, facts = basis.now.cut_off, basis.proof.instruments
    left = {name: tuple(_end(fact, cut_off) if ends(fact) else fact for fact in cited) for name, cited in facts.items()}
    touched = {get_enclosing_id(name) for name, cited in facts.items() if any(map(ends, cited))}
    rater = ClauseRater(basis, facts=left)
    before = [one for one in basis.results.values() if one.id in touched]
    compared = [_compare(one, rater.read(one.id, frozenset()), left, basis) for one in before]
    return RepealEffects(
        instrument=instrument,
        article=article,
        along=along,
        cut_off=cut_off,
        now=basis.make_scenario({}),
        after=rater.scenario(()),
        criteria=tuple(one for one in compared if one.is_lost or one.others),
    )


def _end(fact: CitedInstrument, cut_off: date | None) -> CitedInstrument:
    """Return a fact that falls; its last day is the day before the cut-off where that is known."""
    if cut_off is None:
        return replace(fact, is_fallen=True)
    last = cut_off - timedelta(days=1)
    return replace(fact, is_fallen=True, in_force_until=min(fact.in_force_until or last, last))


def _compare(before: CriterionResult, after: CriterionResult, facts: Facts, basis: RatingBasis) -> LostProof:
    is_lost = (before.status, before.shown) != (after.status, after.shown)
    is_shown = before.status is EvidenceStatus.SHOWN and not is_lost
    return LostProof(
        requirement=before.id,
        before=before.counted,
        after=after.counted,
        status=after.status,
        is_lost=is_lost,
        others=_shown_by(before.id, facts, basis) if is_shown else (),
        is_decided=before.decided is not None,
    )


def _shown_by(criterion: str, facts: Facts, basis: RatingBasis) -> tuple[str, ...]:
    """Return the names of the facts that alone show the criterion or a part of it."""
    rules, courts = basis.policy.proof, basis.proof.do_courts_make_law
    values = rules.list_values(basis.criteria[criterion][1], basis.framework.id)

    def is_enough(name: str, fact: CitedInstrument) -> bool:
        proof = Proof(shown_by=values[name], rules=rules, do_courts_make_law=courts)
        met, cut_off = CriterionRating.MET, basis.now.cut_off
        return criterion_evidence([fact], met, cut_off, proof, has_reason=False).status.is_shown

    enough = (fact for name in values for fact in facts.get(name, ()) if is_enough(name, fact))
    return tuple(dict.fromkeys(one.law or one.label for one in enough))
