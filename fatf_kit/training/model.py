"""The training record as frozen values: sessions, participants as counts, tests, distinct people. It names no person.

A seat is one person in one session. Counts are None where nothing was entered; texts are empty likewise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property


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
class TrainingSession:
    """One session. `id` is like "T-01"; `units` are outcomes, Recommendations or requirements in them.

    `place` is a town, or says that the session was remote.
    """

    id: str
    day: date | None = None
    days: int | None = None
    place: str = ""
    subject: str = ""
    kind: TrainingKind | None = None
    units: tuple[str, ...] = ()
    language: str = ""
    organiser: str = ""
    partner: str = ""
    material: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """The participants of one agency in one session. `agency` is its id in the assessment folder, else its name.

    `total` is what was entered as the total; where nothing else was, all participants count as not stated.
    """

    session: str
    agency: str
    women: int | None = None
    men: int | None = None
    not_stated: int | None = None
    total: int | None = None

    @property
    def is_by_sex(self) -> bool:
        """Whether a count by sex was entered."""
        return (self.women, self.men, self.not_stated) != (None, None, None)

    @property
    def counts(self) -> SexCounts:
        """The participants as they are counted."""
        if not self.is_by_sex:
            return SexCounts(not_stated=self.total or 0)
        return SexCounts(women=self.women or 0, men=self.men or 0, not_stated=self.not_stated or 0)


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
class TrainingTest:
    """The tests on one outcome before and after one session."""

    session: str
    outcome: str
    before: PaperResult = PaperResult()
    after: PaperResult = PaperResult()


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleCount:
    """How many different people of an agency took part in sessions of a half-year, as the agency counted them."""

    year: int
    half: YearHalf
    agency: str
    people: int


@dataclass(frozen=True, kw_only=True)
class TrainingRecord:
    """A training record. `file` is the name of its workbook, empty where there is none."""

    sessions: tuple[TrainingSession, ...] = ()
    attendance: tuple[Attendance, ...] = ()
    tests: tuple[TrainingTest, ...] = ()
    people: tuple[PeopleCount, ...] = ()
    file: str = ""

    @cached_property
    def by_id(self) -> Mapping[str, TrainingSession]:
        """Its sessions by their ids."""
        return {one.id: one for one in self.sessions}

    def count_seats(self, session: str) -> SexCounts:
        """Return the participants of a session."""
        return sum((one.counts for one in self.attendance if one.session == session), SexCounts())


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
