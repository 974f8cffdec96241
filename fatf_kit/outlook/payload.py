"""Outlook and what-if as JSON that others may rely on: frameworks/schema/outlook-1 and what-if-1.

Ranges run from the best case to the worst. Earlier files of results lack some keys; these may be absent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from fatf_kit.core.json_shapes import ABSENT, Absent, Count, Place, RatingShift, Text, UnitId
from fatf_kit.core.ratings import Severity
from fatf_kit.outlook.actions import ActionRules, KeyAction
from fatf_kit.outlook.model import (
    CountResult,
    FollowUp,
    LevelCounts,
    LineKind,
    LineResult,
    Outlook,
    Rating,
    Target,
    UpgradePath,
    WhatIf,
)
from fatf_kit.outlook.referral import Facts, ObservationPeriod, Prioritisation, Priority, prioritise
from fatf_kit.published.least_developed import load_least_developed
from fatf_kit.published.listing_status import ListingResult, make_listing_result
from fatf_kit.published.listings import ListingStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How many Recommendations are at C or LC and how many outcomes at HE or SE."""

    recommendations: LevelCounts
    outcomes: LevelCounts


@dataclass(frozen=True, slots=True, kw_only=True)
class ThresholdCount:
    """The units with one of some ratings, counted against a limit."""

    ratings: tuple[Text, ...]
    value: Count
    limit: Place
    value_range: tuple[Count, Count]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThresholdCase:
    """The value of each count of a threshold in one case, and whether the threshold is met."""

    values: tuple[Count, ...]
    met: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ThresholdResult:
    """A threshold against the ratings. `best_case` has all that is open shown, `worst_case` nothing of it."""

    id: Text
    kind: LineKind
    test: Text
    value: Count
    limit: Place
    holds: bool | None
    distance: Place
    value_range: tuple[Count, Count]
    best_case: ThresholdCase | Absent = ABSENT
    worst_case: ThresholdCase | Absent = ABSENT
    counts: tuple[ThresholdCount, ...]
    confidence: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class FactResult:
    """A fact about the country that decides who is reviewed first; null where it is not known."""

    id: str
    question: str
    value: bool | float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeastDevelopedList:
    """The list of the UN that was used."""

    as_of: date
    source: str
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservationPeriodResult:
    """The usual observation period in months, and whether it may be longer; null where that is not known."""

    months: int
    may_be_longer: bool | None
    source: str
    confidence: str
    least_developed: LeastDevelopedList


@dataclass(frozen=True, slots=True, kw_only=True)
class PrioritisationResult:
    """The answer to who is reviewed first after referral, by facts about the country; null while unknown facts decide.

    `decided_by` is "listing" where the country is on a list already, so that no fact is asked for. `observation` is
    absent where an edition says nothing about it.
    """

    decided_by: Literal["facts", "listing"] | Absent = ABSENT
    first: bool | None
    left_out: bool | None
    facts: tuple[FactResult, ...]
    source: str
    confidence: str
    observation: ObservationPeriodResult | Absent = ABSENT


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlookResult:
    """The indicative outlook of ratings by the thresholds of an edition.

    A settled answer has both ends of its range alike. `listing` is null where the country is not in the published
    tables, `standing` where the ratings are not those of an assessment. `prioritisation` is absent where an edition
    says nothing about it.
    """

    schema: Literal["fatf-kit/outlook/1"]
    edition: Text
    ratings_edition: Text
    provisional: bool
    open: tuple[UnitId, ...]
    follow_up: FollowUp | None
    follow_up_range: tuple[FollowUp, FollowUp]
    icrg_referral: bool | None
    icrg_referral_range: tuple[bool, bool]
    lines: tuple[ThresholdResult, ...]
    notes: tuple[Text, ...]
    sources: tuple[Text, ...]
    listing: ListingResult | Absent | None = ABSENT
    standing: Standing | Absent | None = ABSENT
    prioritisation: PrioritisationResult | Absent = ABSENT


@dataclass(frozen=True, slots=True, kw_only=True)
class WorstCase:
    """The smallest sets at the worst end of the ratings that are open."""

    reachable: bool
    held_by: tuple[Text, ...]
    steps: Count | None
    sets: tuple[tuple[RatingShift, ...], ...]
    sets_total: Count
    sets_shown: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfResult:
    """The smallest sets of re-ratings that reach a target.

    Each set has as many rises of one level as `steps` says; a Recommendation that rises two levels has two. `steps` is
    null where re-ratings alone do not reach the target. `sets` are those of the best end of ratings that are open.
    """

    schema: Literal["fatf-kit/what-if/1"]
    edition: Text
    ratings_edition: Text
    provisional: bool
    open: tuple[UnitId, ...]
    target: Target
    fixed: tuple[RatingShift, ...]
    reachable: bool
    reason: Text
    held_by: tuple[Text, ...]
    steps: Count | None
    steps_worst_case: Count | None
    sets: tuple[tuple[RatingShift, ...], ...]
    sets_total: Count
    sets_shown: Count
    worst_case: WorstCase | Absent = ABSENT
    ranked_by: Literal["open shortcomings", "number"]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyActionResult:
    """A candidate. `serves` are outcomes that call for an action and that the unit belongs to.

    `settled` is false where it depends on open answers. A key is null where only ratings are known.
    """

    id: Annotated[str, Meta(pattern="^K-[0-9]{2,}$")]
    addresses: UnitId
    outcome: str | None
    serves: tuple[UnitId, ...]
    requirement: str | None
    finding: str | None
    unshown: bool
    severity: Severity | None
    points_lost: Count
    shared_root_cause: Count
    lines: tuple[Text, ...]
    settled: bool
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyActionsResult:
    """Candidates for key recommended actions, the most pressing first."""

    edition: Text
    by_analogy: bool
    candidates: tuple[KeyActionResult, ...]
    notes: tuple[Text, ...]
    source: Text
    confidence: Text


def make_outlook_result(
    outlook: Outlook,
    ratings_edition: str,
    facts: Facts | None = None,
    listing: ListingStatus | None = None,
    standing: tuple[LevelCounts, LevelCounts] | None = None,
) -> OutlookResult:
    """Make the JSON value of an outlook. `ratings_edition` is that of the ratings.

    `facts` are about the country; those that are not given are null and asked for. `listing` is how the country stands
    on FATF's lists, None where the country is not known. `standing` is that of the Recommendations and of the outcomes,
    None where the ratings are not those of an assessment.
    """
    rules, follow_up, referral = outlook.rules, outlook.follow_up_span, outlook.referral_span
    return OutlookResult(
        schema="fatf-kit/outlook/1",
        edition=rules.edition,
        ratings_edition=ratings_edition,
        provisional=rules.provisional,
        open=outlook.open_units,
        follow_up=outlook.follow_up,
        follow_up_range=(follow_up.best, follow_up.worst),
        icrg_referral=outlook.icrg_referral,
        icrg_referral_range=(referral.best, referral.worst),
        lines=tuple(map(_make_threshold, outlook.lines)),
        notes=tuple(collect_notes(rules.provisional_because, rules.notes)),
        sources=rules.sources,
        listing=make_listing_result(listing) if listing else None,
        standing=make_standing(standing) if standing else None,
        prioritisation=_prioritise(rules.prioritisation, facts or {}, listing) if rules.prioritisation else ABSENT,
    )


def make_standing(standing: tuple[LevelCounts, LevelCounts]) -> Standing:
    """Name the counts of the Recommendations and of the outcomes."""
    return Standing(recommendations=standing[0], outcomes=standing[1])


def make_what_if_result(
    found: WhatIf, ratings_edition: str, fixed: Sequence[tuple[str, Rating | None, Rating]], reason: str
) -> WhatIfResult:
    """Make the JSON value of the smallest sets at both ends of open ratings.

    `fixed` are re-ratings that were assumed beforehand, `reason` is the result in a sentence.
    """
    best, worst = found.ends.best, found.ends.worst
    return WhatIfResult(
        schema="fatf-kit/what-if/1",
        edition=found.rules.edition,
        ratings_edition=ratings_edition,
        provisional=found.rules.provisional,
        open=found.open_units,
        target=found.target,
        fixed=tuple(RatingShift(id=unit, from_=before, to=after) for unit, before, after in fixed),
        reachable=best.reachable,
        reason=reason,
        held_by=best.held_by,
        steps=best.steps,
        steps_worst_case=worst.steps,
        sets=_list_sets(best),
        sets_total=best.sets_total,
        sets_shown=len(best.sets),
        worst_case=WorstCase(
            reachable=worst.reachable,
            held_by=worst.held_by,
            steps=worst.steps,
            sets=_list_sets(worst),
            sets_total=worst.sets_total,
            sets_shown=len(worst.sets),
        ),
        ranked_by="open shortcomings" if found.ranked_by_shortcomings else "number",
    )


def _list_sets(path: UpgradePath) -> tuple[tuple[RatingShift, ...], ...]:
    return tuple(
        tuple(RatingShift(id=step.unit, from_=step.before, to=step.after) for step in steps) for steps in path.sets
    )


def make_key_actions(rules: ActionRules, chosen: Sequence[tuple[KeyAction, str]]) -> KeyActionsResult:
    """Make the JSON value of candidates for key recommended actions, the most pressing first, each with its wording."""
    return KeyActionsResult(
        edition=rules.edition,
        by_analogy=rules.by_analogy,
        candidates=tuple(_make_action(f"K-{number:02d}", *pair) for number, pair in enumerate(chosen, 1)),
        notes=rules.notes,
        source=rules.source,
        confidence=rules.confidence,
    )


def _make_action(name: str, action: KeyAction, text: str) -> KeyActionResult:
    return KeyActionResult(
        id=name,
        addresses=action.addresses,
        outcome=action.outcome,
        serves=action.serves,
        requirement=action.requirement,
        finding=action.finding,
        unshown=action.unshown,
        severity=action.severity,
        points_lost=action.points_lost,
        shared_root_cause=action.shared_root_cause,
        lines=action.lines,
        settled=action.is_certain,
        text=text,
    )


def collect_notes(because: str, notes: Sequence[str]) -> list[str]:
    """Return the notes that belong to every result: whether it is provisional, and what referral does not mean."""
    return [*([because] if because else []), *notes]


def _prioritise(rules: Prioritisation, facts: Facts, listing: ListingStatus | None) -> PrioritisationResult:
    found = prioritise(rules, facts, listing)
    return PrioritisationResult(
        decided_by="listing" if found.is_listed else "facts",
        first=found.first,
        left_out=found.left_out,
        facts=tuple(FactResult(id=fact.id, question=fact.question, value=value) for fact, value in found.values),
        source=rules.source,
        confidence=rules.confidence,
        observation=_make_observation(rules.observation, found) if rules.observation else ABSENT,
    )


def _make_observation(rules: ObservationPeriod, found: Priority) -> ObservationPeriodResult:
    un_list = load_least_developed()
    return ObservationPeriodResult(
        months=rules.months,
        may_be_longer=found.may_observe_longer,
        source=rules.source,
        confidence=rules.confidence,
        least_developed=LeastDevelopedList(as_of=un_list.as_of, source=un_list.source, confidence=un_list.confidence),
    )


def _make_threshold(result: LineResult) -> ThresholdResult:
    return ThresholdResult(
        id=result.line.id,
        kind=result.line.kind,
        test=result.line.test,
        value=result.value,
        limit=result.limit,
        holds=result.holds,
        distance=result.distance,
        value_range=result.value_range,
        best_case=ThresholdCase(values=result.at_ends.best, met=result.met.best),
        worst_case=ThresholdCase(values=result.at_ends.worst, met=result.met.worst),
        counts=tuple(map(_make_count, result.counts)),
        confidence=result.line.confidence,
    )


def _make_count(result: CountResult) -> ThresholdCount:
    return ThresholdCount(
        ratings=tuple(sorted(result.count.ratings, key=_SCALES.index)),
        value=result.low,
        limit=result.count.at_least,
        value_range=(result.low, result.high),
    )


_SCALES = ("NC", "PC", "LE", "ME")
