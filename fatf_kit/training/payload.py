"""The training record as JSON that others may rely on: frameworks/schema/training-1."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from fatf_kit.core.json_shapes import Count, OutcomeId, Place, UnitId
from fatf_kit.training.counts import HalfYearPeople, MeanChange, TrainingSummary
from fatf_kit.training.model import AgencySeats, SexCounts, TrainingAudience, TrainingKind
from fatf_kit.training.sheets import TrainingSession

SessionId = Annotated[str, Meta(pattern=r"^T-[0-9]{2,4}$")]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionResult:
    """A session with its seats."""

    id: SessionId
    day: date | None
    days: Count | None
    subject: str
    kind: TrainingKind | None
    units: tuple[str, ...]
    seats: Count | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyResult:
    """The seats of an agency of the folder by its id, or of another body by its name; empty for merged agencies."""

    agency: str
    is_merged: bool
    seats: Count
    by_sex: SexCounts | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CoveredResult:
    """A Recommendation or outcome, and the sessions about it."""

    unit: UnitId
    sessions: tuple[SessionId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeOfMeans:
    """A test before and after a session: people, and their mean in per cent. `change` is in percentage points."""

    session: SessionId
    outcome: OutcomeId
    people_before: Count | None
    mean_before: float | None
    people_after: Count | None
    mean_after: float | None
    change: float | None
    same_number: bool
    is_before_withheld: bool
    is_after_withheld: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LowRatedResult:
    """An outcome with a low rating, and the sessions about it."""

    outcome: OutcomeId
    rating: str | None
    sessions: tuple[SessionId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingNeedResult:
    """An outcome that most needs training: its rating and its number of findings."""

    outcome: OutcomeId
    rating: str
    findings: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingResult:
    """The training record of an assessment folder. What is withheld from a partner is null.

    `low_rated` and `needs` are only in the copy of the government.
    """

    schema: Literal["fatf-kit/training/1"]
    day: date
    audience: TrainingAudience
    seats: Count | None
    by_sex: SexCounts | None
    sessions: tuple[SessionResult, ...]
    agencies: tuple[AgencyResult, ...]
    covered: tuple[CoveredResult, ...]
    tests: tuple[ChangeOfMeans, ...]
    people: tuple[HalfYearPeople, ...]
    low_rated: tuple[LowRatedResult, ...] | None
    needs: tuple[TrainingNeedResult, ...] | None


def make_training_result(summary: TrainingSummary) -> TrainingResult:
    """Make the JSON value of a summary; what is withheld is null."""
    low_rated = tuple(
        LowRatedResult(outcome=low.unit, rating=low.rated.rating if low.rated else None, sessions=low.sessions)
        for low in summary.low_rated
    )
    needs = tuple(
        TrainingNeedResult(outcome=need.id, rating=need.rating, findings=need.findings) for need in summary.needs
    )
    return TrainingResult(
        schema="fatf-kit/training/1",
        day=summary.today,
        audience=summary.audience,
        seats=summary.seats,
        by_sex=summary.sexes,
        sessions=tuple(_make_session(session, summary.seats_of[session.id]) for session in summary.sessions),
        agencies=tuple(map(_make_agency, summary.agencies)),
        covered=tuple(CoveredResult(unit=covered.unit, sessions=covered.sessions) for covered in summary.covered),
        tests=tuple(map(_make_test, summary.tests)),
        people=summary.people,
        low_rated=low_rated if summary.is_own else None,
        needs=needs if summary.is_own else None,
    )


def _make_session(session: TrainingSession, seats: int | None) -> SessionResult:
    return SessionResult(
        id=session.id,
        day=session.day,
        days=session.days,
        subject=session.subject,
        kind=session.kind,
        units=session.units,
        seats=seats,
    )


def _make_agency(agency: AgencySeats) -> AgencyResult:
    return AgencyResult(agency=agency.agency, is_merged=agency.is_merged, seats=agency.seats, by_sex=agency.sexes)


def _make_test(test: MeanChange) -> ChangeOfMeans:
    return ChangeOfMeans(
        session=test.session,
        outcome=test.outcome,
        people_before=test.before.people,
        mean_before=test.before.mean,
        people_after=test.after.people,
        mean_after=test.after.mean,
        change=test.change,
        same_number=test.has_same_number,
        is_before_withheld=test.is_before_withheld,
        is_after_withheld=test.is_after_withheld,
    )
