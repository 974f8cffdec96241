"""Groups under five are not shown to a partner.

Agencies are merged, other counts are withheld, and so is the next smallest count wherever a withheld one could be
calculated from a total.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from fatf_kit.training.model import AgencySeats, SexCounts

FEWEST = 5
"""Fewer people than this could be recognised. Source: fatf-kit's own, as in tables of official statistics."""

K = TypeVar("K")


def choose_hidden(counts: Mapping[K, int]) -> frozenset[K]:
    """Return the groups that are not shown: those under five, and as many more that none can be calculated.

    The hidden groups together have at least five, unless all groups together have fewer. An empty group is no group.

    >>> sorted(choose_hidden({"a": 30, "b": 3, "c": 7, "d": 0})), sorted(choose_hidden({"a": 30, "b": 3, "c": 2}))
    (['b', 'c'], ['b', 'c'])
    >>> choose_hidden({"a": 30, "b": 5})
    frozenset()
    """
    ordered = sorted((key for key in counts if counts[key]), key=lambda key: counts[key])
    hidden = [key for key in ordered if counts[key] < FEWEST]
    if not hidden:
        return frozenset()
    for key in ordered[len(hidden) :]:
        if len(hidden) > 1 and sum(counts[one] for one in hidden) >= FEWEST:
            break
        hidden.append(key)
    return frozenset(hidden)


def is_small(sexes: SexCounts) -> bool:
    """Return whether a count by sex is of a group that is not shown."""
    return any(0 < count < FEWEST for count in (sexes.women, sexes.men, sexes.not_stated))


def merge_agencies(agencies: Iterable[AgencySeats], merged: frozenset[str]) -> tuple[AgencySeats, ...]:
    """Return the agencies without counts by sex, the merged ones as the last row; none where they are under five."""
    listed = tuple(agencies)
    shown = tuple(replace(one, sexes=None) for one in listed if one.agency not in merged)
    rest = sum(one.seats for one in listed if one.agency in merged)
    others = AgencySeats(agency="", sessions=0, seats=rest)
    return (*shown, others) if rest >= FEWEST else shown
