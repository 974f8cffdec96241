"""After the report: what is open, what to ask to be re-rated, what that would lead to, and what may go down.

Source: published ratings, and what the country takes over from its own report. A Recommendation is re-rated against the
standard in force at that time, so it can also go down.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from itertools import pairwise

from fatf_kit.core.groups import group_pairs
from fatf_kit.core.ratings import COMPLIANCE_SCALE, ComplianceRating
from fatf_kit.framework import list_editions, load_framework
from fatf_kit.framework.catalog import get_unit_id
from fatf_kit.framework.diff import EditionChange, diff_editions
from fatf_kit.framework.model import Framework
from fatf_kit.framework.page_rules import RECOMMENDATIONS
from fatf_kit.outlook import Outlook, Target, WhatIf, evaluate, find_smallest_sets
from fatf_kit.outlook.model import Ratings, Rules
from fatf_kit.published.history import PublishedChange, find_changes, sort_by_date
from fatf_kit.published.model import PublishedReport

SETS_COUNTED = 200
"""Smallest sets that are examined to count how often each Recommendation is in one."""


class AddressedState(StrEnum):
    """How far a shortcoming of the report has been dealt with, as the country reports."""

    YES = "addressed"
    PARTLY = "partly addressed"
    NO = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcoming:
    """One factor behind a rating, as pasted from the report; `requirement` is the criterion it names, if it does."""

    unit: str
    text: str
    requirement: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionAnswer:
    """The country's answer on one criterion since the report.

    `deficiency` is what the report found; `changed` what is different now, `citation` where that stands and `since`
    from when it is in force; None and empty where not given.
    """

    requirement: str
    deficiency: str = ""
    changed: str = ""
    citation: str = ""
    since: date | None = None
    addressed: AddressedState | None = None

    @property
    def is_ready(self) -> bool:
        """Whether assessors can check it: what changed, where it stands, and since when it is in force."""
        return bool(self.changed and self.citation and self.since)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReRatingRequest:
    """A re-rating asked for; `answers` are its criteria that the country has answered."""

    unit: str
    before: ComplianceRating
    after: ComplianceRating
    answers: tuple[CriterionAnswer, ...] = ()

    @property
    def not_ready(self) -> tuple[str, ...]:
        """Criteria reported as addressed that assessors could not check."""
        return tuple(a.requirement for a in self.answers if a.addressed is AddressedState.YES and not a.is_ready)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAssessment:
    """Criteria of a Recommendation that are new or other words in the present edition; `rating` is the one at stake."""

    unit: str
    rating: ComplianceRating
    new: tuple[str, ...]
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpAnswers:
    """The content of a country's follow-up workbook."""

    shortcomings: tuple[Shortcoming, ...] = ()
    answers: Mapping[str, CriterionAnswer] = field(default_factory=dict)
    requests: Mapping[str, ComplianceRating] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpCase:
    """The consequences of a published report and the country's answers to it.

    Attributes:
        report: The report that is followed up.
        outlook: What its ratings lead to.
        ways: The smallest sets of re-ratings for each target.
        technical: The smallest sets that clear every line that counts Recommendations, outcomes left aside: what
            re-ratings alone can do for regular follow-up.
        often: In how many of the technical sets each Recommendation stands, as far as they were looked at.
        open_units: Recommendations rated NC or PC, worst first.
        requests: Re-ratings asked for.
        granted: What the ratings would lead to if all of them were granted.
        shortcomings: Factors pasted from the report, by Recommendation.
        history: Later reports of the same round, each with what moved since the one before.
        anew: What the present edition asks anew, and could bring a rating down.
    """

    report: PublishedReport
    edition: str
    outlook: Outlook
    ways: tuple[WhatIf, ...]
    technical: WhatIf
    often: Mapping[str, int]
    open_units: tuple[str, ...]
    requests: tuple[ReRatingRequest, ...]
    granted: Outlook
    shortcomings: Mapping[str, tuple[Shortcoming, ...]]
    history: tuple[tuple[PublishedReport, tuple[PublishedChange, ...]], ...]
    anew: tuple[NewAssessment, ...]


def build_follow_up_case(
    report: PublishedReport, reports: Sequence[PublishedReport], rules: Rules, answers: FollowUpAnswers | None = None
) -> FollowUpCase:
    """Return what follows a report, with the country's answers since, if there are any.

    `reports` are all of the jurisdiction; those of the same edition not earlier than its evaluation make the history.
    """
    given = answers or FollowUpAnswers()
    ratings: Ratings = report.ratings
    counts = {unit: len(found) for unit, found in _by_unit(given.shortcomings).items()}
    ways = tuple(
        find_smallest_sets(rules, ratings, target, shown=SETS_COUNTED, shortcomings=counts or None) for target in Target
    )
    own = replace(rules, lines=tuple(one for one in rules.lines if one.counts[0].units <= set(RECOMMENDATIONS)))
    technical = find_smallest_sets(own, ratings, Target.REGULAR, shown=SETS_COUNTED, shortcomings=counts or None)
    requests = tuple(
        ReRatingRequest(
            unit=unit,
            before=ComplianceRating(str(ratings[unit])),
            after=after,
            answers=tuple(a for key, a in given.answers.items() if get_unit_id(key) == unit),
        )
        for unit, after in given.requests.items()
        if unit in ratings and str(ratings[unit]) != after
    )
    granted = {**ratings, **{request.unit: request.after for request in requests}}
    return FollowUpCase(
        report=report,
        edition=report.edition,
        outlook=evaluate(rules, ratings),
        ways=ways,
        technical=technical,
        often=_often(technical),
        open_units=find_open_units(report),
        requests=requests,
        granted=evaluate(rules, granted),
        shortcomings=_by_unit(given.shortcomings),
        history=_history(report, reports),
        anew=find_new_assessments(report),
    )


def find_open_units(report: PublishedReport) -> tuple[str, ...]:
    """Return recommendations rated NC or PC, worst first, then in order."""
    low = (ComplianceRating.NC, ComplianceRating.PC)
    found = [unit for unit in RECOMMENDATIONS if report.ratings.get(unit) in low]
    return tuple(sorted(found, key=lambda unit: (low.index(_rating(report, unit)), RECOMMENDATIONS.index(unit))))


def find_new_assessments(report: PublishedReport) -> tuple[NewAssessment, ...]:
    """Return Recommendations whose rating rests on criteria that are new or changed in the edition after the report's.

    Only ratings that can fall are returned. Empty where no edition follows on the report's.
    """
    new = next((f for f in map(load_framework, list_editions()) if f.predecessor == report.edition), None)
    if new is None:
        return ()
    moves = diff_editions(load_framework(report.edition), new)
    found = []
    for unit in RECOMMENDATIONS:
        rating = report.ratings.get(unit)
        mine = [one for one in moves if one.new and get_unit_id(one.new) == unit]
        added = tuple(one.new for one in mine if one.new and one.move is EditionChange.NEW)
        changed = tuple(one.new for one in mine if one.new and one.move is EditionChange.CHANGED)
        if rating in COMPLIANCE_SCALE[1:] and (added or changed):
            found.append(NewAssessment(unit=unit, rating=_rating(report, unit), new=added, changed=changed))
    return tuple(found)


def list_open_criteria(framework: Framework, report: PublishedReport) -> tuple[tuple[str, str], ...]:
    """Return the criteria of all Recommendations rated NC or PC, with their statements."""
    wanted = set(find_open_units(report))
    return tuple((c.id, c.statement) for r in framework.recommendations if r.id in wanted for c in r.criteria)


def _rating(report: PublishedReport, unit: str) -> ComplianceRating:
    return ComplianceRating(str(report.ratings[unit]))


def _often(way: WhatIf) -> Mapping[str, int]:
    return Counter(unit for steps in way.sets for unit in {step.unit for step in steps})


def _by_unit(shortcomings: Sequence[Shortcoming]) -> dict[str, tuple[Shortcoming, ...]]:
    groups = group_pairs((one.unit, one) for one in shortcomings)
    return {unit: tuple(found) for unit, found in groups.items()}


def _history(
    report: PublishedReport, reports: Sequence[PublishedReport]
) -> tuple[tuple[PublishedReport, tuple[PublishedChange, ...]], ...]:
    """Return reports of the same edition in order of time, each with what moved since the one before it."""
    same = [one for one in sort_by_date(reports) if one.edition == report.edition and one.place == report.place]
    changes = [(), *(find_changes(before, after) for before, after in pairwise(same))]
    return tuple(zip(same, changes, strict=False))
