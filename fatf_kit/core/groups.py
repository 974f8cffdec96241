"""Values are grouped by a key, and numbers by unbroken runs, in the order in which they come."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from itertools import groupby
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


def group_pairs(pairs: Iterable[tuple[Key, Value]]) -> dict[Key, list[Value]]:
    """Return the values of each key; keys and values keep their order.

    >>> group_pairs([("b", 1), ("a", 2), ("b", 1)])
    {'b': [1, 1], 'a': [2]}
    """
    found: dict[Key, list[Value]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


def split_runs(numbers: Iterable[int]) -> Iterator[list[int]]:
    """Yield each unbroken run of rising numbers.

    >>> list(split_runs([3, 4, 5, 9]))
    [[3, 4, 5], [9]]
    """
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        yield [number for _, number in run]
