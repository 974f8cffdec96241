"""Seats, tests and coverage of a training record, counted for an audience."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from fatf_kit.framework.catalog import get_unit_id
from fatf_kit.training.model import (
    AgencySeats,
    PaperResult,
    PeopleCount,
    RatedOutcome,
    SexCounts,
    TrainingAudience,
    TrainingRecord,
    TrainingSession,
    TrainingTest,
    YearHalf,
)
from fatf_kit.training.withholding import FEWEST, choose_hidden, is_small, merge_agencies

_NEEDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionSeats:
    """A session with its seats; None where they are withheld."""

    session: TrainingSession
    seats: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeanChange:
    """The tests on an outcome before and after a session, without those of fewer than five people.

    `change` is in percentage points, None where one side is missing or withheld. `has_same_number` says that as many
    people took the second test as the first; only then may the change be read as one of the same people.
    """

    session: str
    outcome: str
    before: PaperResult
    after: PaperResult
    is_before_withheld: bool
    is_after_withheld: bool
    change: float | None
    has_same_number: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HalfYearPeople:
    """Different people of a half-year; None where withheld. `agencies` are how many counted them."""

    year: int
    half: YearHalf
    people: int | None
    agencies: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CoveredUnit:
    """A Recommendation or outcome, the sessions on it, and the country's own view of it, None for a partner."""

    unit: str
    sessions: tuple[str, ...]
    rated: RatedOutcome | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingSummary:
    """A training record as one audience may read it.

    `seats` and `sexes` are None where they are withheld. `merged` counts agencies that are merged. `low_rated` and
    `needs` are empty for a partner: outcomes rated ME or LE, and those with open gaps and no session.
    """

    audience: TrainingAudience
    today: date
    sessions: tuple[SessionSeats, ...]
    seats: int | None
    sexes: SexCounts | None
    agencies: tuple[AgencySeats, ...]
    merged: int
    tests: tuple[MeanChange, ...]
    people: tuple[HalfYearPeople, ...]
    covered: tuple[CoveredUnit, ...]
    low_rated: tuple[CoveredUnit, ...] = ()
    needs: tuple[RatedOutcome, ...] = ()

    @property
    def is_own(self) -> bool:
        """Whether it is the copy of the government."""
        return self.audience is TrainingAudience.GOVERNMENT

    @property
    def days(self) -> int:
        """The days of all sessions; one without a number of days counts as one day."""
        return sum(one.session.days or 1 for one in self.sessions)

    @property
    def covered_outcomes(self) -> tuple[str, ...]:
        """The outcomes with a session."""
        return tuple(one.unit for one in self.covered if one.unit.startswith("IO."))


def summarise_training(
    record: TrainingRecord,
    *,
    today: date,
    audience: TrainingAudience,
    rated: Iterable[RatedOutcome] = (),
) -> TrainingSummary:
    """Return what an audience may read of the sessions held up to a day. `rated` is used for the government only."""
    held = tuple(one for one in record.sessions if one.day is None or one.day <= today)
    names = {one.id for one in held}
    record = replace(
        record,
        sessions=held,
        attendance=tuple(one for one in record.attendance if one.session in names),
        tests=tuple(one for one in record.tests if one.session in names),
        people=tuple(one for one in record.people if _begin(one) <= today),
    )
    is_partner = audience is TrainingAudience.PARTNER
    sexes = sum((one.counts for one in record.attendance), SexCounts())
    by_session = {one.id: record.count_seats(one.id).seats for one in held}
    hidden = choose_hidden(by_session) if is_partner else frozenset()
    agencies = tuple(_count_agencies(record))
    merged = choose_hidden({one.agency: one.seats for one in agencies}) if is_partner else frozenset()
    covered = _list_covered(held)
    own = () if is_partner else tuple(rated)
    sessions_on = {one.unit: one.sessions for one in covered}
    return TrainingSummary(
        audience=audience,
        today=today,
        sessions=tuple(
            SessionSeats(session=one, seats=None if one.id in hidden else by_session[one.id]) for one in held
        ),
        seats=None if is_partner and 0 < sexes.seats < FEWEST else sexes.seats,
        sexes=None if is_partner and is_small(sexes) else sexes,
        agencies=merge_agencies(agencies, merged) if is_partner else agencies,
        merged=len(merged),
        tests=tuple(compare_tests(one) for one in record.tests),
        people=tuple(_count_people(record.people, is_partner=is_partner)),
        covered=covered,
        low_rated=tuple(
            CoveredUnit(unit=one.id, sessions=sessions_on.get(one.id, ()), rated=one) for one in own if one.is_low
        ),
        needs=tuple(
            sorted(
                (one for one in own if one.is_low and one.findings and one.id not in sessions_on),
                key=lambda one: (one.order, -one.findings),
            )[:_NEEDS]
        ),
    )


def compare_tests(test: TrainingTest) -> MeanChange:
    """Return the two tests with their change; a test of fewer than five people is withheld.

    A test without its number of people or without its mean counts as not taken.

    >>> before, after = PaperResult(people=20, mean=48.5), PaperResult(people=18, mean=70)
    >>> made = compare_tests(TrainingTest(session="T-01", outcome="IO.3", before=before, after=after))
    >>> made.change, made.has_same_number
    (21.5, False)
    """
    hidden = tuple(one.is_taken and (one.people or 0) < FEWEST for one in (test.before, test.after))
    before, after = (
        paper if paper.is_taken and not is_hidden else PaperResult(questions=paper.questions)
        for paper, is_hidden in zip((test.before, test.after), hidden, strict=True)
    )
    is_known = before.mean is not None and after.mean is not None
    return MeanChange(
        session=test.session,
        outcome=test.outcome,
        before=before,
        after=after,
        is_before_withheld=hidden[0],
        is_after_withheld=hidden[1],
        change=round((after.mean or 0) - (before.mean or 0), 1) if is_known else None,
        has_same_number=is_known and before.people == after.people,
    )


def _begin(one: PeopleCount) -> date:
    return date(one.year, 1 if one.half is YearHalf.FIRST else 7, 1)


def _count_agencies(record: TrainingRecord) -> Iterator[AgencySeats]:
    """Yield the agencies with participants, those with most seats first."""
    counts: dict[str, SexCounts] = {}
    sessions: dict[str, set[str]] = {}
    for one in record.attendance:
        if one.counts.seats:
            counts[one.agency] = counts.get(one.agency, SexCounts()) + one.counts
            sessions.setdefault(one.agency, set()).add(one.session)
    for agency in sorted(counts, key=lambda one: -counts[one].seats):
        sexes = counts[agency]
        yield AgencySeats(agency=agency, sessions=len(sessions[agency]), seats=sexes.seats, sexes=sexes)


def _count_people(people: Iterable[PeopleCount], *, is_partner: bool) -> Iterator[HalfYearPeople]:
    halves: dict[tuple[int, YearHalf], list[int]] = {}
    for one in people:
        halves.setdefault((one.year, one.half), []).append(one.people)
    for year, half in sorted(halves, key=lambda key: (key[0], key[1] is YearHalf.SECOND)):
        counts = halves[year, half]
        total = sum(counts)
        yield HalfYearPeople(
            year=year, half=half, people=None if is_partner and total < FEWEST else total, agencies=len(counts)
        )


def _list_covered(sessions: Iterable[TrainingSession]) -> tuple[CoveredUnit, ...]:
    """Return outcomes and Recommendations with a session, in the order of the Methodology, outcomes first."""
    found: dict[str, list[str]] = {}
    for one in sessions:
        for unit in dict.fromkeys(map(get_unit_id, one.units)):
            found.setdefault(unit, []).append(one.id)
    ordered = sorted(found, key=lambda unit: (unit.startswith("R."), int(unit.partition(".")[2])))
    return tuple(CoveredUnit(unit=unit, sessions=tuple(found[unit])) for unit in ordered)
