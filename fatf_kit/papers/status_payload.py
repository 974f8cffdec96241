"""The state of an assessment folder as JSON that others may rely on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from fatf_kit.core.json_shapes import Count
from fatf_kit.papers.phase import Phase

if TYPE_CHECKING:
    from fatf_kit.papers.status import AgencyStatus, FolderStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusDate:
    """A date of the evaluation: the step, the day, and in how many days it comes; below 0 it is past."""

    step: str
    day: date
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderStep:
    """The next step of a person: a sentence, and the command or file for it; empty where there is none."""

    text: str
    place: str = ""

    @property
    def is_command(self) -> bool:
        """Whether `place` is a command to type."""
        return self.place.startswith("fatf-kit ")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedResult:
    """A workbook that an agency returned, with the day on which it was saved."""

    file: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyStatusResult:
    """The state of an agency. `asked` counts what it was asked, `leads` what it leads; days may be null."""

    id: str
    name: str
    asked: int
    leads: int
    has_template: bool
    sent: date | None
    due: date | None
    returned: tuple[ReturnedResult, ...]
    answered: int
    leads_unanswered: int
    shown: int
    to_correct: int
    undecided: int
    late: bool
    incomplete: bool
    days_late: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownUnits:
    """How many Recommendations and outcomes have a rating that evidence shows, out of all."""

    shown: int
    all: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusResult:
    """The state of an assessment folder. Counts are of requirements, of cells to correct and of questions to decide."""

    schema: Literal["fatf-kit/status/1"]
    day: date
    phase: Phase | None
    edition: str
    country: str
    asked: Count
    answered: Count
    shown: Count
    units: ShownUnits
    to_correct: Count
    undecided: Count
    bills_late: Count
    untranslated: Count
    agencies: tuple[AgencyStatusResult, ...]
    dates: tuple[StatusDate, ...]
    next: tuple[FolderStep, ...]


def make_status_result(status: FolderStatus) -> StatusResult:
    """Make the JSON value of a status."""
    facts = status.facts
    return StatusResult(
        schema="fatf-kit/status/1",
        day=facts.day,
        phase=status.phase,
        edition=status.edition,
        country=status.country,
        asked=facts.answers.requested,
        answered=facts.answers.answered,
        shown=facts.answers.shown,
        units=ShownUnits(shown=facts.ratings.total - facts.ratings.unresolved, all=facts.ratings.total),
        to_correct=facts.decisions.cells,
        undecided=facts.decisions.questions,
        bills_late=status.bills_late,
        untranslated=status.untranslated,
        agencies=tuple(map(_make_agency_result, status.agencies)),
        dates=status.dates,
        next=status.steps,
    )


def _make_agency_result(agency: AgencyStatus) -> AgencyStatusResult:
    fact = agency.fact
    return AgencyStatusResult(
        id=fact.agency,
        name=agency.name,
        asked=fact.requested,
        leads=fact.leads,
        has_template=agency.has_template,
        sent=agency.sent,
        due=fact.due,
        returned=tuple(ReturnedResult(file=file.name, day=file.day) for file in agency.returned),
        answered=fact.answered,
        leads_unanswered=fact.leads_unanswered,
        shown=fact.shown,
        to_correct=fact.to_correct,
        undecided=fact.questions,
        late=fact.is_overdue,
        incomplete=fact.is_incomplete,
        days_late=fact.days_late,
    )
