"""Seats, tests and coverage of a training record, counted for an audience."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from fatf_kit.core.groups import group_pairs
from fatf_kit.framework.catalog import get_unit_id
from fatf_kit.training.model import AgencySeats, PaperResult, RatedOutcome, SexCounts, TrainingAudience, YearHalf
from fatf_kit.training.sheets import PeopleCount, TrainingRecord, TrainingSession, TrainingTest
from fatf_kit.training.withholding import FEWEST, choose_hidden, is_small, merge_agencies

_NEEDS = 3


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

    `seats`, `sexes` and the seats of each session in `seats_of` are None where they are withheld. `merged` counts
    agencies that are merged. `low_rated` and `needs` are empty for a partner: outcomes rated ME or LE, and those with
    open gaps and no session.
    """

    audience: TrainingAudience
    today: date
    sessions: tuple[TrainingSession, ...]
    seats_of: Mapping[str, int | None]
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
        return sum(one.days or 1 for one in self.sessions)

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
    agencies = _count_agencies(record)
    by_agency = {one.agency: one.seats for one in agencies}
    merged = choose_hidden(by_agency) if is_partner else frozenset()
    covered = _list_covered(held)
    sessions_on = {one.unit: one.sessions for one in covered}
    low = () if is_partner else [one for one in rated if one.is_low]
    low_rated = [CoveredUnit(unit=one.id, sessions=sessions_on.get(one.id, ()), rated=one) for one in low]
    needs = [one for one in low if one.findings and one.id not in sessions_on]
    return TrainingSummary(
        audience=audience,
        today=today,
        sessions=held,
        seats_of={name: None if name in hidden else seats for name, seats in by_session.items()},
        seats=_withhold(sexes.seats, is_partner=is_partner),
        sexes=None if is_partner and is_small(sexes) else sexes,
        agencies=merge_agencies(agencies, merged) if is_partner else agencies,
        merged=len(merged),
        tests=tuple(map(compare_tests, record.tests)),
        people=tuple(_count_people(record.people, is_partner=is_partner)),
        covered=covered,
        low_rated=tuple(low_rated),
        needs=tuple(sorted(needs, key=lambda one: (one.order, -one.findings))[:_NEEDS]),
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


def _withhold(people: int, *, is_partner: bool) -> int | None:
    """Return how many people a group has; None where a partner may not see it."""
    return None if is_partner and 0 < people < FEWEST else people


def _count_agencies(record: TrainingRecord) -> tuple[AgencySeats, ...]:
    """Return the agencies with participants, those with most seats first."""
    attendance = group_pairs((one.agency, one) for one in record.attendance if one.counts.seats)
    found = []
    for agency, own in attendance.items():
        sexes, sessions = sum((one.counts for one in own), SexCounts()), len({one.session for one in own})
        found.append(AgencySeats(agency=agency, sessions=sessions, seats=sexes.seats, sexes=sexes))
    return tuple(sorted(found, key=lambda one: -one.seats))


def _count_people(people: Iterable[PeopleCount], *, is_partner: bool) -> Iterator[HalfYearPeople]:
    halves = group_pairs(((one.year, one.half), one.people) for one in people)
    for year, half in sorted(halves, key=lambda one: (one[0], one[1] is YearHalf.SECOND)):
        counts = halves[year, half]
        total = _withhold(sum(counts), is_partner=is_partner)
        yield HalfYearPeople(year=year, half=half, people=total, agencies=len(counts))


def _list_covered(sessions: Iterable[TrainingSession]) -> tuple[CoveredUnit, ...]:
    """Return outcomes and Recommendations with a session, in the order of the Methodology, outcomes first."""
    units = ((one.id, dict.fromkeys(map(get_unit_id, one.units))) for one in sessions)
    found = group_pairs((unit, session) for session, own in units for unit in own)
    ordered = sorted(found, key=lambda unit: (unit.startswith("R."), int(unit.partition(".")[2])))
    return tuple(CoveredUnit(unit=unit, sessions=tuple(found[unit])) for unit in ordered)
