"""The effects of bills and of the end of a law as JSON: frameworks/schema/laws-what-if-1 and laws-without-1."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from fatf_kit.core.json_shapes import Count, RatingCode, RequirementId, Text, UnitId
from fatf_kit.core.ratings import CriterionRating
from fatf_kit.framework.catalog import get_unit_id
from fatf_kit.laws.bills import AnswerChange, Bill, BillEffects, ClauseSets, Scenario
from fatf_kit.laws.lists_payload import InstrumentId
from fatf_kit.laws.model import InstrumentStatus
from fatf_kit.laws.repeal import LostProof, RepealEffects
from fatf_kit.outlook.model import FollowUp
from fatf_kit.scoring.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingPair:
    """The rating of a unit by the answers, and the range that counts by decisions and the proof on file."""

    claimed: Span[RatingCode]
    counted: Span[RatingCode]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioResult:
    """The ratings of some units under some clauses, and what all ratings lead to."""

    units: Mapping[UnitId, RatingPair]
    follow_up: Span[FollowUp]
    icrg_referral: Span[bool]
    thresholds: Mapping[str, Span[bool]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseResult:
    """A clause, and whether an answer is linked with it; what one that is not linked changes is not known."""

    clause: Text
    heading: str
    is_linked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerChangeResult:
    """The change of one answer by a clause. `now` is null where the criterion is not answered."""

    clause: Text
    requirement: RequirementId
    now: CriterionRating | None
    then: CriterionRating
    lowers: bool
    decided: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BillResult:
    """A bill with its clauses and the answers that they change."""

    id: InstrumentId
    title: Text
    status: InstrumentStatus
    in_force_from: date | None
    in_time: bool
    clauses: tuple[ClauseResult, ...]
    changes: tuple[AnswerChangeResult, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BillScenario:
    """The result of one bill alone."""

    bill: InstrumentId
    result: ScenarioResult


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseScenario:
    """The result without one clause."""

    clause: Text
    result: ScenarioResult


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeLinks:
    """An outcome, and the Recommendations of the bill that it depends on. Its level is not calculated."""

    id: UnitId
    recommendations: tuple[UnitId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseSetsResult:
    """The smallest sets of clauses that reach a target.

    `size` is null where none reaches it, and `exact` is false where the search stopped early.
    """

    size: Count | None
    sets_total: Count
    first: tuple[Text, ...]
    remaining: tuple[Text, ...]
    exact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetResult:
    """The smallest sets of clauses that reach a target, at both ends of the ratings."""

    target: Text
    worst: ClauseSetsResult
    best: ClauseSetsResult


@dataclass(frozen=True, slots=True, kw_only=True)
class BillEffectsResult:
    """The indicative effects of bills.

    `with_all` is with every clause of the bills, `with` without those in `dropped`; an entry of `without` is `with`
    after one more clause is dropped. Units are those that a clause concerns.
    """

    schema: Literal["fatf-kit/laws-what-if/1"]
    edition: Text
    cut_off: date | None
    bills: tuple[BillResult, ...]
    dropped: tuple[Text, ...]
    now: ScenarioResult
    with_all: ScenarioResult
    with_: ScenarioResult
    apart: tuple[BillScenario, ...]
    without: tuple[ClauseScenario, ...]
    decided_units: tuple[UnitId, ...]
    several_bills: tuple[RequirementId, ...]
    outcomes: tuple[OutcomeLinks, ...]
    target: TargetResult | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RepealResult:
    """The indicative effects of the end of a law or article.

    Units are those that move. `along` are the instruments that fall with it, because they are made under it.
    `criteria` are those that it proves today.
    """

    schema: Literal["fatf-kit/laws-without/1"]
    edition: Text
    cut_off: date | None
    instrument: InstrumentId
    title: Text
    article: str
    along: tuple[InstrumentId, ...]
    now: ScenarioResult
    without: ScenarioResult
    criteria: tuple[LostProof, ...]


def make_bill_result(found: BillEffects) -> BillEffectsResult:
    """Make the JSON value of the effects of bills, with the ratings of every Recommendation that a clause concerns."""
    changed = {*found.moved, *(get_unit_id(change.effect.requirement) for change in found.changes)}
    units = [unit for unit in found.now.units if unit in changed]
    sets, target = found.sets, None
    if sets:
        target = TargetResult(target=found.target, worst=_make_sets(sets.worst), best=_make_sets(sets.best))
    return BillEffectsResult(
        schema="fatf-kit/laws-what-if/1",
        edition=found.edition,
        cut_off=found.cut_off,
        bills=tuple(_make_bill(bill, found) for bill in found.bills),
        dropped=tuple(clause.id for clause in found.dropped),
        now=_make_scenario(found.now, units),
        with_all=_make_scenario(found.whole, units),
        with_=_make_scenario(found.kept, units),
        apart=tuple(
            BillScenario(bill=bill.id, result=_make_scenario(scenario, units)) for bill, scenario in found.apart
        ),
        without=tuple(
            ClauseScenario(clause=clause.id, result=_make_scenario(scenario, units))
            for clause, scenario in found.without
        ),
        decided_units=found.decided_units,
        several_bills=found.shared,
        outcomes=tuple(OutcomeLinks(id=name, recommendations=linked) for name, linked in found.outcomes),
        target=target,
    )


def make_repeal_result(found: RepealEffects) -> RepealResult:
    """Make the JSON value of the end of an instrument or article, with the ratings of the units that move."""
    return RepealResult(
        schema="fatf-kit/laws-without/1",
        edition=found.now.outlook.rules.edition,
        cut_off=found.cut_off,
        instrument=found.instrument.id,
        title=found.instrument.title("en"),
        article=found.article,
        along=tuple(act.id for act in found.along),
        now=_make_scenario(found.now, found.moved),
        without=_make_scenario(found.after, found.moved),
        criteria=found.criteria,
    )


def _make_bill(bill: Bill, found: BillEffects) -> BillResult:
    return BillResult(
        id=bill.id,
        title=bill.instrument.title("en"),
        status=bill.instrument.status,
        in_force_from=bill.commencement,
        in_time=bill.is_in_time,
        clauses=tuple(
            ClauseResult(clause=clause.label, heading=clause.heading, is_linked=clause.is_linked)
            for clause in bill.clauses
        ),
        changes=tuple(_make_change(change) for change in found.changes if change.clause.bill == bill.id),
    )


def _make_change(change: AnswerChange) -> AnswerChangeResult:
    return AnswerChangeResult(
        clause=change.clause.label,
        requirement=change.effect.requirement,
        now=change.now,
        then=change.effect.rating,
        lowers=change.is_lower,
        decided=change.is_decided,
    )


def _make_scenario(scenario: Scenario, units: Iterable[str]) -> ScenarioResult:
    ratings = {unit: scenario.units[unit] for unit in units}
    return ScenarioResult(
        units={unit: RatingPair(claimed=pair.claimed, counted=pair.counted) for unit, pair in ratings.items()},
        follow_up=scenario.outlook.follow_up_span,
        icrg_referral=scenario.outlook.referral_span,
        thresholds={line.line.id: line.met for line in scenario.outlook.lines},
    )


def _make_sets(sets: ClauseSets) -> ClauseSetsResult:
    return ClauseSetsResult(
        size=sets.size,
        sets_total=sets.total,
        first=tuple(clause.id for clause in sets.first),
        remaining=sets.remaining,
        exact=sets.is_exact,
    )
