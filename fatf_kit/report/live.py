"""The parts of a document that only a page has, because a reader acts on them there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Stepper:
    """A unit whose rating a reader of a page can change: its codes from worst to best, and where it lies today.

    `worst` and `best` differ while the rating is open. A code that is not among `codes`, such as NA, stays. `code` is
    the id of the unit as people read it; the id itself where none is given.
    """

    unit: str
    title: str
    codes: tuple[str, ...]
    worst: str
    best: str
    code: str = ""

    def __post_init__(self) -> None:
        """Take the id as the code where none is given."""
        object.__setattr__(self, "code", self.code or self.unit)


@dataclass(frozen=True, slots=True, kw_only=True)
class ThresholdTest:
    """A threshold as a page tests it: it is met when each count, as ratings, units and limit, reaches its limit."""

    kind: str
    test: str
    counts: tuple[tuple[tuple[str, ...], tuple[str, ...], int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfPanel:
    """Steppers with the thresholds that their ratings are tested against; only a page has it.

    `follow_up`, `referral` and `met`, which is about one threshold, are words by case: "no" where none is met even in
    the worst case, "yes" where one is met even in the best case, "open" in between.
    """

    id: str
    caption: str
    steppers: tuple[Stepper, ...]
    thresholds: tuple[ThresholdTest, ...]
    follow_up: Mapping[str, str]
    referral: Mapping[str, str]
    met: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitNote:
    """A note on a unit that a page shows at every mark of it: id and title, then its state line by line."""

    title: str
    lines: tuple[str, ...] = ()
