"""Ratings with some clauses of bills, calculated by the rules of scoring, and compared with those of today.

The answer of a clause replaces the answer to its criterion or part, and the clause is its proof. What comes into force
after the cut-off date moves the claim and the best end of a range, and never the worst end. Of several clauses about
one criterion or part the best answer counts, unless one of them lowers the answer of today: then the lowest counts.

Source: fatf-kit's own. Outcomes are never calculated from laws.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property

from fatf_kit.assessment.answers.evidence_facts import CitedInstrument, EvidenceFacts
from fatf_kit.assessment.answers.model import Answer, EvidenceKind, ResponseSet
from fatf_kit.core.groups import group_pairs
from fatf_kit.core.ratings import CriterionRating
from fatf_kit.framework.catalog import get_enclosing_id, get_unit_id
from fatf_kit.framework.model import Criterion, Framework, Recommendation, walk
from fatf_kit.laws.bills import AnswerChange, Bill, BillEffects, Clause, Scenario, UnitRating
from fatf_kit.laws.clause_search import ClauseTarget, find_smallest_clause_sets
from fatf_kit.laws.legal_basis import find_start, list_acts
from fatf_kit.laws.model import ClauseEffect, InstrumentStatus, LawRegister, find_instrument_id
from fatf_kit.outlook.evaluate import evaluate
from fatf_kit.outlook.model import Rules
from fatf_kit.outlook.sources import collect_ratings
from fatf_kit.scoring import Assessment, assess
from fatf_kit.scoring.assessor import rate_answers
from fatf_kit.scoring.model import CriterionResult
from fatf_kit.scoring.policy import Policy
from fatf_kit.scoring.span import Span

_NO_REGISTER = LawRegister()


@dataclass(frozen=True, kw_only=True)
class RatingBasis:
    """Everything from which the ratings of today are calculated, and these; `register` is that of laws."""

    framework: Framework
    responses: ResponseSet
    policy: Policy
    proof: EvidenceFacts
    now: Assessment
    rules: Rules
    register: LawRegister = _NO_REGISTER

    @cached_property
    def answers(self) -> Mapping[str, Answer]:
        """The answers by requirement."""
        return {one.requirement: one for one in self.responses.answers}

    @cached_property
    def criteria(self) -> Mapping[str, tuple[Recommendation, Criterion]]:
        """Every criterion with its Recommendation, by id."""
        units = self.framework.recommendations
        return {one.id: (unit, one) for unit in units for one in unit.criteria}

    @cached_property
    def results(self) -> Mapping[str, CriterionResult]:
        """The results of today, by criterion."""
        return {one.id: one for unit in self.now.recommendations for one in unit.criteria}

    def make_scenario(self, units: Mapping[str, UnitRating]) -> Scenario:
        """Return the scenario in which these units have these ratings, and all others those of today."""
        ratings = {
            unit.id: units.get(unit.id) or UnitRating(claimed=unit.claimed, counted=unit.counted)
            for unit in self.now.units
        }
        changed = {name: one.counted for name, one in units.items()}
        outlook = evaluate(self.rules, {**collect_ratings(self.now), **changed})
        return Scenario(units=ratings, outlook=outlook)


Facts = Mapping[str, tuple[CitedInstrument, ...]]
"""The instruments on file, by criterion or part."""


class ClauseRater:
    """The ratings with any set of clauses, and with other `facts` on file.

    Each criterion is rated once for each set of its own changes, and not again without any. By default the facts are
    those of today; an adopted instrument among the bills has the day that was given for it.
    """

    def __init__(self, basis: RatingBasis, bills: Sequence[Bill] = (), facts: Facts | None = None) -> None:
        self._basis, self._bills = basis, {one.id: one for one in bills}
        self._units = {one.id: one for one in basis.now.recommendations}
        self._rate_once, self.read = cache(self._rate), cache(self._read)
        self._span_once = cache(self._find_spans)
        today = basis.proof.instruments
        days = self._find_given_days()
        self._facts = facts or {name: tuple(self._bring(fact, days) for fact in own) for name, own in today.items()}
        self._changed = {name for name, cited in self._facts.items() if cited != today[name]}

    def _find_given_days(self) -> Mapping[str, date]:
        """Return the days that were given for adopted instruments, by id."""
        return {
            name: bill.commencement
            for name, bill in self._bills.items()
            if bill.is_date_given and bill.commencement and bill.instrument.status is InstrumentStatus.ADOPTED
        }

    def _bring(self, fact: CitedInstrument, days: Mapping[str, date]) -> CitedInstrument:
        """Return a fact about an adopted instrument, or one made under it, with the day that was given for it."""
        name, register = find_instrument_id(fact.law), self._basis.register
        if name in days:
            return replace(fact, in_force_from=days[name])
        instrument = register.by_id.get(name)
        if instrument is None or days.keys().isdisjoint(act.id for act in list_acts(register, instrument)):
            return fact
        provision = next(
            (provision for provision in register.provisions_of.get(name, ()) if provision.id == fact.law), None
        )
        start = find_start(register, instrument, provision, cited=fact.in_force_from, days=days)
        return replace(fact, in_force_from=start)

    def scenario(self, clauses: Iterable[Clause]) -> Scenario:
        """Return the ratings of all units with some clauses, and the thresholds that these lead to."""
        effects = [effect for clause in clauses for effect in clause.effects]
        touched = (*(one.requirement for one in effects), *self._changed)
        units = [unit for unit in dict.fromkeys(map(get_unit_id, touched)) if unit[:2] == "R."]
        return self._basis.make_scenario({unit: self.rate(unit, effects) for unit in units})

    def rate(self, unit: str, effects: Iterable[ClauseEffect]) -> UnitRating:
        """Return the rating of one Recommendation with some effects; those on others are passed over."""
        own = frozenset(one for one in effects if get_unit_id(one.requirement) == unit)
        return self._rate_once(unit, own)

    def _rate(self, unit: str, effects: frozenset[ClauseEffect]) -> UnitRating:
        now, policy = self._units[unit], self._basis.policy
        own = group_pairs((get_enclosing_id(effect.requirement), effect) for effect in effects)
        spans = [self._span_once(one.id, frozenset(own.get(one.id, ()))) for one in now.criteria]
        both = zip(*spans, strict=True)
        claimed, counted = (rate_answers(now.criteria, ends, policy) for ends in both)
        return UnitRating(claimed=claimed, counted=counted if now.decided is None else now.counted)

    def _find_spans(
        self, criterion: str, effects: frozenset[ClauseEffect]
    ) -> tuple[Span[CriterionRating], Span[CriterionRating]]:
        """Return what is claimed for one criterion with some effects, and the range that counts."""
        in_time = frozenset(one for one in effects if self._bills[one.bill].is_in_time)
        at_best = frozenset(one for one in effects if one in in_time or not self.is_lower(one))
        worst, best = (self.read(criterion, one).counted for one in (in_time, at_best))
        return self.read(criterion, effects).claimed, Span(worst=worst.worst, best=best.best)

    def _read(self, name: str, effects: frozenset[ClauseEffect]) -> CriterionResult:
        """Return the result of one criterion with some effects on it or on its parts."""
        given, (unit, criterion) = self._basis, self._basis.criteria[name]
        ids = [one.id for one, _ in walk(criterion)]
        if not effects and self._changed.isdisjoint(ids):
            return given.results[name]
        answers = {one: given.answers[one] for one in ids if one in given.answers}
        facts = {one: self._facts.get(one, ()) for one in ids}
        for one, own in group_pairs((effect.requirement, effect) for effect in effects).items():
            decisive = self._choose(own)
            answers[one], facts[one] = self._apply(decisive, answers.get(one), facts.get(one, ()))
        adjusted, alone = given.now.adjustments, replace(unit, criteria=(criterion,))
        weights = tuple(one for one in adjusted.weights if one.requirement == name)
        decisions = tuple(one for one in adjusted.decisions if one.requirement == name)
        found = assess(
            replace(given.framework, recommendations=(alone,), outcomes=()),
            ResponseSet(edition=given.responses.edition, answers=tuple(answers.values())),
            given.policy,
            facts=replace(given.proof, instruments=facts, core_issues={}),
            cut_off=given.now.cut_off,
            # sectors stay: they concern parts of criteria
            adjustments=replace(adjusted, weights=weights, decisions=decisions),
        )
        return found.recommendations[0].criteria[0]

    def _choose(self, effects: Sequence[ClauseEffect]) -> list[ClauseEffect]:
        """Return the effects on one criterion or part that decide its answer."""
        lowering = [one for one in effects if self.is_lower(one)]
        ratings = [one.rating for one in lowering or effects]
        decisive = min(ratings, key=_rank) if lowering else max(ratings, key=_rank)
        chosen = (one for one in effects if one.rating is decisive)
        return sorted(chosen, key=lambda one: (one.bill, one.clause))

    def _apply(
        self, effects: Sequence[ClauseEffect], answer: Answer | None, facts: tuple[CitedInstrument, ...]
    ) -> tuple[Answer, tuple[CitedInstrument, ...]]:
        """Return the answer of a clause with its proof; what proves the answer of today proves no better one."""
        first, now = effects[0], answer or Answer(effects[0].requirement, None)
        made = now._replace(rating=first.rating, explanation=first.note or first.clause)
        made = made._replace(lowest=None, agency_answers=())
        is_better = now.rating is None or _rank(first.rating) > _rank(now.rating)
        return made, (*(() if is_better else facts), *(self._fact(one) for one in effects))

    def _fact(self, effect: ClauseEffect) -> CitedInstrument:
        bill = self._bills[effect.bill]
        return CitedInstrument(
            label=bill.instrument.title(""),
            kind=bill.instrument.kind or EvidenceKind.LAW,
            article=effect.clause,
            in_force_from=bill.commencement,
            law=f"{effect.bill} {effect.clause}",
        )

    def answer_now(self, requirement: str) -> CriterionRating | None:
        """Return the answer of today to a criterion or part, also as its parts amount to; None while it is open."""
        answer, result = self._basis.answers.get(requirement), self._basis.results.get(requirement)
        if answer is not None and isinstance(answer.rating, CriterionRating):
            return answer.rating
        return result.claimed.rating if result else None

    def is_lower(self, effect: ClauseEffect) -> bool:
        """Return whether a clause would lower the answer of today."""
        now = self.answer_now(effect.requirement)
        return now is not None and effect.rating.is_below(now)


def _rank(rating: object) -> int:
    """Return the place of an answer; "not applicable" counts nowhere, like the top of the scale."""
    rank = rating.rank if isinstance(rating, CriterionRating) else None
    return len(CriterionRating) if rank is None else rank


def work_out_bills(
    basis: RatingBasis, bills: Sequence[Bill], *, dropped: Sequence[Clause] = (), target: ClauseTarget | None = None
) -> BillEffects:
    """Return the ratings and thresholds now, with the bills, and without each clause.

    `dropped` are clauses to leave out beforehand; `target` is what the smallest sets of the other clauses are to reach.
    """
    rater = ClauseRater(basis, bills)
    clauses = [clause for bill in bills for clause in bill.clauses]
    kept = [clause for clause in clauses if clause not in dropped]
    now, whole, with_kept = basis.make_scenario({}), rater.scenario(clauses), rater.scenario(kept)
    changes = tuple(
        AnswerChange(
            clause=clause,
            effect=effect,
            now=rater.answer_now(effect.requirement),
            is_lower=rater.is_lower(effect),
            is_decided=basis.results[get_enclosing_id(effect.requirement)].decided is not None,
        )
        for clause in clauses
        for effect in clause.effects
    )
    touched = {get_unit_id(one.effect.requirement) for one in changes}
    decided = [one.id for one in basis.now.recommendations if one.id in touched and one.decided]
    alone = bills if len(bills) > 1 else ()
    rest = [(one, [other for other in kept if other is not one]) for one in kept]
    sets = None
    if target:
        sets = find_smallest_clause_sets(rater.rate, rater.scenario(()), with_kept, kept, target)
    by_requirement = group_pairs((one.effect.requirement, one.clause.bill) for one in changes)
    return BillEffects(
        edition=basis.framework.id,
        cut_off=basis.now.cut_off,
        bills=tuple(bills),
        dropped=tuple(dropped),
        now=now,
        whole=whole,
        kept=with_kept,
        apart=tuple((one, ClauseRater(basis, [one]).scenario(one.clauses)) for one in alone),
        without=tuple((one, rater.scenario(others)) for one, others in rest),
        changes=changes,
        decided_units=tuple(decided),
        shared=tuple(name for name, named in by_requirement.items() if len({*named}) > 1),
        outcomes=tuple(_list_outcomes(basis.framework, now.moves_to(with_kept, whole))),
        target=target.text if target else "",
        sets=sets,
    )


def _list_outcomes(framework: Framework, moved: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the outcomes behind which Recommendations that move are, with these."""
    for one in framework.outcomes:
        behind = {*one.primary_recommendations, *one.element_recommendations}
        if units := tuple(unit for unit in moved if unit in behind):
            yield one.id, units
