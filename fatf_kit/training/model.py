"""Values that the training record counts and compares; its rows are in `sheets`. They name no person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class TrainingKind(StrEnum):
    """The kind of a training session."""

    LECTURE = "lecture"
    WORKSHOP = "workshop"
    MOCK_INTERVIEW = "mock interview"
    TABLE_TOP = "table-top exercise"
    ON_THE_JOB = "on the job"


class YearHalf(StrEnum):
    """The half of a year for which an agency counts distinct people."""

    FIRST = "first half"
    SECOND = "second half"

    @classmethod
    def of(cls, day: date) -> YearHalf:
        """Return the half in which a day is."""
        return cls.FIRST if day.month <= 6 else cls.SECOND


class TrainingAudience(StrEnum):
    """The readers of the report: a partner who gives money or experts, or the country's own government."""

    PARTNER = "partner"
    GOVERNMENT = "government"


@dataclass(frozen=True, slots=True, kw_only=True)
class SexCounts:
    """Seats of women, of men, and of people whose sex was not stated."""

    women: int = 0
    men: int = 0
    not_stated: int = 0

    @property
    def seats(self) -> int:
        """All of them."""
        return self.women + self.men + self.not_stated

    def __add__(self, other: SexCounts) -> SexCounts:
        """Return the sum of each count."""
        return SexCounts(
            women=self.women + other.women,
            men=self.men + other.men,
            not_stated=self.not_stated + other.not_stated,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencySeats:
    """The seats of an agency; `agency` is empty for the agencies that are merged, `sexes` None where withheld."""

    agency: str
    sessions: int
    seats: int
    sexes: SexCounts | None = None

    @property
    def is_merged(self) -> bool:
        """Whether it is the row of the agencies that are merged."""
        return not self.agency


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperResult:
    """The result of a test: people who took it, and their mean in per cent. `questions` are ids of the bank."""

    people: int | None = None
    mean: float | None = None
    questions: tuple[str, ...] = ()

    @property
    def is_taken(self) -> bool:
        """Whether it has both numbers."""
        return self.people is not None and self.mean is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedOutcome:
    """An outcome in the country's own assessment: its indicative rating or range, and its findings.

    `order` sorts outcomes, the lowest ratings first; `is_low` says that it is rated ME or LE, in the worst case.
    """

    id: str
    rating: str
    findings: int
    order: int
    is_low: bool
