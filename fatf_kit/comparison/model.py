"""Movements of ratings between two assessments of one country, each taken apart in steps by cause."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class MovementCause(StrEnum):
    """Why a rating moved, in the order in which steps are taken."""

    EDITION = "edition"
    ANSWERS = "answers"
    EVIDENCE = "evidence"
    DECISIONS = "decisions"
    WEIGHTS = "weights"
    POLICY = "policy"
    PUBLISHED = "published"
    """One rating is that of assessors, the other is worked out from answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementChange:
    """A requirement that stands otherwise than before; empty texts where it was, or is, not there.

    `before` and `after` are what counts, "open" aside; `claimed` what the country says before and after.
    """

    requirement: str
    cause: MovementCause
    before: str
    after: str
    claimed: tuple[str, str]
    was: tuple[str, ...] = ()
    """Its ids in the earlier edition, where that is another."""
    law: tuple[str, str] = ("", "")
    """The provision of the register of laws that decided before, and after; empty where there was none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementStep:
    """The effect of one cause on a rating; `requirements` are those that it concerns."""

    cause: MovementCause
    before: str
    after: str
    requirements: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitMovement:
    """One unit: its rating before and after, and the steps between, at the end of the range that is compared.

    Where the earlier result was made by the earlier method, `before` is what its answers give by the present one, and
    `before_by_method` the rating that it had: a difference between these two is no progress.
    """

    unit: str
    before: str
    after: str
    steps: tuple[MovementStep, ...]
    changes: tuple[RequirementChange, ...] = ()
    before_by_method: str = ""
    other_end: tuple[str, str] = ("", "")
    """The ratings before and after at the other end of the range."""

    @property
    def moved(self) -> bool:
        """Whether the rating is another one, at either end."""
        return self.before != self.after or self.other_end[0] != self.other_end[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentComparison:
    """All movements, in the order of the Methodology; units in which nothing changed are left out.

    `facts` are edition, policy and cut-off date before and after. `not_comparable` names units that mean something else
    in the two editions. `notices` stand on the workbooks and go on into every report. `is_earlier_method` says that the
    first result was made by the earlier method. `published` names the published reports, such as "MER 2024-05", whose
    ratings are compared, before and after; "" for a result worked out from answers.
    """

    country: str
    facts: Mapping[str, tuple[str, str]]
    movements: tuple[UnitMovement, ...]
    not_comparable: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    is_earlier_method: bool = False
    published: tuple[str, str] = ("", "")

    @property
    def moved(self) -> tuple[UnitMovement, ...]:
        """Units whose rating is another one."""
        return tuple(one for one in self.movements if one.moved)
