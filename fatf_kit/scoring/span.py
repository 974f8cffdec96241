"""A range from the worst to the best that what is known allows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
"""A rating or an answer of one scale, or a trace. What is frozen may stand for what is wider."""


class RangeEnd(StrEnum):
    """An end of a range. What counts, sorts or colours takes the worst end unless it says otherwise."""

    WORST = "worst"
    BEST = "best"

    @property
    def other(self) -> RangeEnd:
        """The end across from this one."""
        return RangeEnd.BEST if self is RangeEnd.WORST else RangeEnd.WORST


@dataclass(frozen=True, slots=True, kw_only=True)
class Span(Generic[T_co]):
    """From worst to best; equal when nothing is open any more.

    >>> Span(worst="LC", best="LC").rating, Span(worst="PC", best="LC").rating
    ('LC', None)
    """

    worst: T_co
    best: T_co

    def at(self, case: RangeEnd) -> T_co:
        """Return the value at one end.

        >>> Span(worst="PC", best="LC").at(RangeEnd.WORST)
        'PC'
        """
        return self.worst if case is RangeEnd.WORST else self.best

    @property
    def rating(self) -> T_co | None:
        """The one value, or None while worst and best differ."""
        return self.worst if self.worst == self.best else None

    def describe(self, named: Callable[[T_co], str] = str) -> str:
        """Return the value, or both between which it lies; `named` gives each its name.

        >>> Span(worst="PC", best="LC").describe(), Span(worst="LC", best="LC").describe()
        ('PC – LC', 'LC')
        """
        return " – ".join(map(named, dict.fromkeys((self.worst, self.best))))


def in_order(first: T, second: T, rank_of: Callable[[T], int | None]) -> Span[T]:
    """Return the range between the results of the two ends, the worse one first.

    Agencies that differ on whether a requirement applies can turn the ends round, because one that does not apply
    leaves the sum. A value without a rank (not applicable) stays where it is.

    >>> in_order("PC", "NC", ["NC", "PC"].index)
    Span(worst='NC', best='PC')
    """
    ranks = rank_of(first), rank_of(second)
    if ranks[0] is not None and ranks[1] is not None and ranks[0] > ranks[1]:
        first, second = second, first
    return Span(worst=first, best=second)
