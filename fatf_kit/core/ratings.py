"""The closed vocabularies of a mutual evaluation.

Scales are in order from worst to best; "not applicable" is on none of them, because it is neither good nor bad. A
missing answer is `None`, never one of these values.

Source: FATF Methodology (2022), paras 42 and 72.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from functools import cached_property


class Rating(StrEnum):
    """A word of a scale. Members are declared from worst to best, and "not applicable" after them."""

    @cached_property
    def rank(self) -> int | None:
        """Place on the scale, 0 the worst; None for "not applicable"."""
        return None if self.name in ("NOT_APPLICABLE", "NA") else list(type(self)).index(self)


class CriterionRating(Rating):
    """How far one criterion, or a part of it, is met.

    >>> CriterionRating("mostly met").rank, CriterionRating.NOT_APPLICABLE.rank
    (2, None)
    """

    NOT_MET = "not met"
    PARTLY_MET = "partly met"
    MOSTLY_MET = "mostly met"
    MET = "met"
    NOT_APPLICABLE = "not applicable"

    def is_below(self, other: CriterionRating) -> bool:
        """Return whether this is a lower answer; "not applicable" is neither lower nor higher than another.

        >>> CriterionRating.NOT_MET.is_below(CriterionRating.MET), CriterionRating.MET.is_below(CriterionRating("met"))
        (True, False)
        """
        return self.rank is not None and other.rank is not None and self.rank < other.rank


class ComplianceRating(Rating):
    """Technical compliance with one Recommendation.

    >>> ComplianceRating("NA").rank is None
    True
    """

    NC = "NC"
    PC = "PC"
    LC = "LC"
    C = "C"
    NA = "NA"


class Achievement(Rating):
    """To what extent one core issue is achieved.

    >>> Achievement("very large").rank
    3
    """

    NEGLIGIBLE = "negligible"
    SOME = "some"
    LARGE = "large"
    VERY_LARGE = "very large"


class EffectivenessRating(Rating):
    """Level of effectiveness on one Immediate Outcome.

    >>> EffectivenessRating.SE.rank
    2
    """

    LE = "LE"
    ME = "ME"
    SE = "SE"
    HE = "HE"


CRITERION_SCALE = tuple(one for one in CriterionRating if one.rank is not None)
COMPLIANCE_SCALE = tuple(one for one in ComplianceRating if one.rank is not None)
ACHIEVEMENT_SCALE = tuple(Achievement)
EFFECTIVENESS_SCALE = tuple(EffectivenessRating)


def find_lowest(ratings: Iterable[CriterionRating | Achievement | None]) -> CriterionRating | Achievement | None:
    """Return the lowest of some answers; "not applicable" only if no other is given, None if none is.

    >>> find_lowest([CriterionRating.NOT_APPLICABLE, None, CriterionRating.MET, CriterionRating.PARTLY_MET])
    <CriterionRating.PARTLY_MET: 'partly met'>
    """
    given = [rating for rating in ratings if rating is not None]
    ranked = [(rating.rank, rating) for rating in given if rating.rank is not None]
    return min(ranked, key=lambda pair: pair[0])[1] if ranked else next(iter(given), None)


def is_good(rank: int | None) -> bool:
    """Return whether a rating, by its place on its scale, is in the upper half: C and LC, or HE and SE.

    >>> is_good(ComplianceRating.LC.rank), is_good(EffectivenessRating.ME.rank), is_good(ComplianceRating.NA.rank)
    (True, False, False)
    """
    return rank is not None and rank >= _GOOD_RANK


_GOOD_RANK = 2


class FindingKind(StrEnum):
    """The cause of a finding. UNDEMONSTRATED is first in reports: it is the cheapest to close before the visit."""

    UNDEMONSTRATED = "undemonstrated"
    SHORTCOMING = "shortcoming"
    UNANSWERED = "unanswered"
    CONFLICT = "conflict"

    @property
    def label(self) -> str:
        """The label for readers. The values stay, because workbooks and results have them.

        >>> FindingKind.UNDEMONSTRATED.label, FindingKind.CONFLICT.label
        ('to be shown', 'conflict')
        """
        return "to be shown" if self is FindingKind.UNDEMONSTRATED else self.value


class Severity(StrEnum):
    """The severity of a shortcoming, from worst to least. "fundamental" belongs to outcomes only.

    Source: the words are those of FATF Methodology (2022), paras 42 and 72; which answer gets which is the policy's.
    """

    FUNDAMENTAL = "fundamental"
    MAJOR = "major"
    MODERATE = "moderate"
    MINOR = "minor"

    @property
    def order(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)
