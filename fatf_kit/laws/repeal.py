"""Ratings without an instrument or a provision of it: its repeal, suspension or annulment before the cut-off date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from fatf_kit.assessment.answers.evidence_facts import CitedInstrument
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.ratings import CriterionRating
from fatf_kit.framework.catalog import get_enclosing_id
from fatf_kit.laws.articles import ArticleKey, covers, read_article_keys
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
        return tuple(one for one in self.criteria if one.is_lost)


def work_out_repeal(basis: RatingBasis, instrument: Instrument, article: str, country: str | None) -> RepealEffects:
    """Return the ratings and the proof without an instrument; with an article, without that article only.

    Raises:
        FatfKitError: the article cannot be read, or the instrument is not law yet.
    """
    if instrument.status.is_proposed_law:
        raise FatfKitError("{id} is not law yet, so that it proves nothing. Name an instrument.", id=instrument.id)
    end = _End(instrument.id, read_article_keys(article, country), country)
    if article and not end.keys:
        raise FatfKitError("'{found}' is not an article. Write it like 'art. 12'.", found=article)
    ended = {name: end.find_ended(cited) for name, cited in basis.proof.instruments.items()}
    left = {name: _end(cited, ended[name], basis.cut_off) for name, cited in basis.proof.instruments.items()}
    after = assess(
        basis.framework,
        basis.responses,
        basis.policy,
        facts=replace(basis.proof, instruments=left),
        cut_off=basis.cut_off,
        adjustments=basis.now.adjustments,
    )
    touched = {get_enclosing_id(name) for name, facts in ended.items() if facts}
    before = [one for one in basis.results.values() if one.id in touched]
    results = {one.id: one for unit in after.recommendations for one in unit.criteria}
    criteria = [_compare(one, results[one.id], _shown_by(one.id, left, basis)) for one in before]
    units = {one.id: UnitRating(claimed=one.claimed, counted=one.counted) for one in after.recommendations}
    return RepealEffects(
        instrument=instrument,
        article=article,
        cut_off=basis.cut_off,
        now=basis.make_scenario({}),
        after=basis.make_scenario(units),
        criteria=tuple(one for one in criteria if one.is_lost or one.others),
    )


def _compare(before: CriterionResult, after: CriterionResult, others: tuple[str, ...]) -> LostProof:
    is_lost = (before.status, before.shown) != (after.status, after.shown)
    return LostProof(
        requirement=before.id,
        before=before.counted,
        after=after.counted,
        status=after.status,
        is_lost=is_lost,
        others=others if before.status is EvidenceStatus.SHOWN and not is_lost else (),
        is_decided=before.decided is not None,
    )


@dataclass(frozen=True, slots=True)
class _End:
    """The end of an instrument, or of the articles in `keys`."""

    instrument: str
    keys: tuple[ArticleKey, ...]
    country: str | None

    def find_ended(self, cited: Sequence[CitedInstrument]) -> tuple[CitedInstrument, ...]:
        """Return the facts about one answer that end."""
        own = (one for one in cited if find_instrument_id(one.law) == self.instrument)
        return tuple(one for one in own if self._ends(one.law[len(self.instrument) :] or one.article))

    def _ends(self, articles: str) -> bool:
        """Return whether all of some articles end; all of an instrument does."""
        own = read_article_keys(articles, self.country)
        if not self.keys or not own:
            return not self.keys
        return all(any(covers(key, one) for key in self.keys) for one in own)


def _end(
    cited: tuple[CitedInstrument, ...], ended: tuple[CitedInstrument, ...], cut_off: date | None
) -> tuple[CitedInstrument, ...]:
    """Return facts of which some end on the day before the cut-off; without a cut-off date these are left out."""
    if cut_off is None:
        return tuple(one for one in cited if one not in ended)
    last = cut_off - timedelta(days=1)
    return tuple(
        replace(one, in_force_until=min(one.in_force_until or last, last)) if one in ended else one for one in cited
    )


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
