"""The public functions on what ratings would lead to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fatf_kit.core.errors import UnknownIdError
from fatf_kit.core.resources import CURRENT_EDITION
from fatf_kit.framework import load_framework
from fatf_kit.outlook import Outlook, Target, WhatIf, evaluate, find_smallest_sets, load_rules
from fatf_kit.outlook.model import LevelCounts, Ratings
from fatf_kit.outlook.referral import Facts
from fatf_kit.outlook.sources import (
    apply_fixes,
    collect_ratings,
    count_good_units,
    count_open_shortcomings,
    parse_ratings,
)
from fatf_kit.outlook.what_if import SETS_SHOWN
from fatf_kit.published.model import PublishedReport
from fatf_kit.workflows.scoring import ScoringResult

RatingSource = ScoringResult | PublishedReport | Mapping[str, str | None]
"""A source of ratings: scored workbooks, a published report, or texts by unit ("R.10": "LC"; None: not known)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedUnits:
    """Ratings, their edition, open shortcomings by unit (None: not known), facts about the country, and its code.

    `iso3` is the ISO 3166 code of the country; empty where it is not known. `standing` counts the Recommendations and
    outcomes at the better levels; None for sources other than an assessment.
    """

    ratings: Ratings
    edition: str
    shortcomings: Mapping[str, int] | None = None
    facts: Facts = field(default_factory=dict)
    iso3: str = ""
    standing: tuple[LevelCounts, LevelCounts] | None = None


def read_ratings_of(source: RatingSource, *, edition: str | None = None) -> RatedUnits:
    """Return the ratings of a source; `edition` is needed for a mapping, which does not say its own.

    Raises:
        UnknownIdError: no such edition or unit, or a text that is not a rating.
    """
    if isinstance(source, ScoringResult):
        shortcomings = count_open_shortcomings(source.findings)
        ratings = collect_ratings(source.assessment)
        return RatedUnits(
            ratings=ratings,
            edition=source.framework.id,
            shortcomings=shortcomings,
            facts=source.country_facts,
            iso3=source.iso3,
            standing=count_good_units(source.assessment),
        )
    if isinstance(source, PublishedReport):
        return RatedUnits(ratings=source.ratings, edition=source.edition, iso3=source.iso3)
    if edition is None:
        raise UnknownIdError("Name the edition of the ratings, like {edition}.", edition=CURRENT_EDITION)
    return RatedUnits(ratings=parse_ratings(load_framework(edition), source), edition=edition)


def outlook_of(source: RatingSource, *, edition: str | None = None) -> Outlook:
    """Test ratings against the thresholds of follow-up and referral; `edition` tests them against those of another.

    Raises:
        UnknownIdError: no such edition or unit, or a text that is not a rating.

    >>> from fatf_kit.published import find_report
    >>> outlook_of(find_report("Korea", "FUR")).follow_up
    <FollowUp.REGULAR: 'regular'>
    """
    given = read_ratings_of(source, edition=edition)
    return evaluate(load_rules(edition or given.edition), given.ratings)


def what_if(
    source: RatingSource,
    target: str,
    *,
    fix: Mapping[str, str] | None = None,
    edition: str | None = None,
    shown: int = SETS_SHOWN,
) -> WhatIf:
    """Return the smallest sets of upgrades that reach a target, "leave-icrg" or "regular".

    `fix` are re-ratings to assume beforehand, by unit; `shown` is the largest number of sets that are listed.

    Raises:
        UnknownIdError: no such target, edition or unit, or a text that is not a rating.

    >>> from fatf_kit.published import find_report
    >>> what_if(find_report("Korea", "MER"), "regular").sets_total
    8
    """
    if target not in list(Target):
        raise UnknownIdError("'{found}' is not a target. Allowed: {names}.", found=target, names=tuple(Target))
    given = read_ratings_of(source, edition=edition)
    ratings, _ = apply_fixes(load_framework(given.edition), given.ratings, fix or {})
    rules = load_rules(edition or given.edition)
    return find_smallest_sets(rules, ratings, Target(target), shown=shown, shortcomings=given.shortcomings)
