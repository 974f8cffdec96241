"""The training record, declared: sessions, participants as counts, tests, distinct people. It names no person.

A seat is one person in one session. Counts are None where nothing was entered; texts are empty likewise.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import ClassVar

from fatf_kit.assessment.folder.model import Agency
from fatf_kit.core.errors import UnknownIdError
from fatf_kit.core.languages import normalise
from fatf_kit.core.problems import quote_found
from fatf_kit.framework import Framework
from fatf_kit.framework.catalog import find_unit, index_requirements, make_id_hint, match_requirement
from fatf_kit.spreadsheets.declared_rows import DeclaredRow, refer_to
from fatf_kit.spreadsheets.declared_sheets import DeclaredSheet, col, sheet_row
from fatf_kit.spreadsheets.schema import CellKind, Choices, message_choices
from fatf_kit.spreadsheets.writer import RowValues
from fatf_kit.training.model import PaperResult, SexCounts, TrainingKind, YearHalf

OUTCOMES = tuple(f"IO.{number}" for number in range(1, 12))

_OUTCOME = re.compile(r"(?:io|ri)\s*\.?\s*(\d{1,2})", re.IGNORECASE)
_ID_FORM = re.compile(r"T-(\d{1,4})", re.IGNORECASE)


def _find_outcome(text: str) -> str | None:
    number = _OUTCOME.fullmatch(normalise(text))
    name = f"IO.{int(number[1])}" if number else ""
    return name if name in OUTCOMES else None


_KIND_CHOICES = message_choices("training_kinds", lambda: TrainingKind)
_HALF_CHOICES = message_choices("training_halves", lambda: YearHalf)
_OUTCOME_CHOICES = Choices("training_outcomes", lambda _: {name: name for name in OUTCOMES}, also=_find_outcome)


def choose_agencies(agencies: Iterable[Agency]) -> Choices:
    """Return the agencies of a folder as choices with their names in each language; other names may be typed."""
    known = tuple(agencies)

    def name_agencies(language: str) -> dict[str, str]:
        return {agency.id: agency.name(language) for agency in known}

    return Choices("training_agencies", name_agencies, is_open=True)


def find_session_id(text: str) -> str:
    """Return the id of a session from a text; empty where it is none.

    >>> find_session_id("t-1"), find_session_id("T-012"), find_session_id("1")
    ('T-01', 'T-12', '')
    """
    number = _ID_FORM.fullmatch(normalise(text))
    return name_session(int(number[1])) if number else ""


def name_session(number: int) -> str:
    """Return the id of the session with a number."""
    return f"T-{number:02}"


def _read_session_id(row: DeclaredRow[ReadingContext], key: str) -> str | None:
    if name := find_session_id(row.cells.id):
        return name
    row.report("training-unnumbered", key, **quote_found(row.cells.id))
    return None


def _read_units(row: DeclaredRow[ReadingContext], key: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_find_units(row, key)))


def _find_units(row: DeclaredRow[ReadingContext], key: str) -> Iterator[str]:
    framework = row.context.framework
    for text in row.cells.items(key):
        if known := match_requirement(framework, text):
            yield known.id
            continue
        try:
            yield find_unit(framework, text).id
        except UnknownIdError:
            ids = (*(unit.id for unit in framework.units), *index_requirements(framework))
            row.report("id-unknown", key, **quote_found(text), edition=framework.id, **make_id_hint(text, ids))


_find_session = refer_to("sessions", "training-session", find_session_id)


@sheet_row
class TrainingSession:
    """One session. `id` is like "T-01"; `units` are outcomes, Recommendations or requirements in them.

    `place` is a town, or says that the session was remote.
    """

    id: str = col("No.", 8, read=_read_session_id)
    day: date | None = col("Date", 13, required="training-undated")
    days: int | None = col("Days", 8, kind=CellKind.COUNT)
    place: str = col("Place, or remote", 18, multiline=True)
    subject: str = col("Subject", 36, multiline=True)
    kind: TrainingKind | None = col("Kind", 18, choices=_KIND_CHOICES)
    units: tuple[str, ...] = col("Outcomes and Recommendations", 22, style="ids", read=_read_units)
    language: str = col("Language", style="short text", multiline=True)
    organiser: str = col("Organised by", 24, multiline=True)
    partner: str = col("Partner", 24, multiline=True)
    material: str = col("Material", 24, folded=True, multiline=True)
    note: str = col("Notes", 34, folded=True, multiline=True)


@sheet_row
class Attendance:
    """The participants of one agency in one session. `agency` is its id in the assessment folder, else its name.

    `total` is what was entered as the total; where nothing else was, all participants count as not stated.
    """

    session: str = col("Session", 10, style="short text", required="row-nameless", read=_find_session)
    agency: str = col("Agency", 40, required="row-nameless")
    women: int | None = col("Women", 12)
    men: int | None = col("Men", 12)
    not_stated: int | None = col("Not stated", 12)
    total: int | None = col("Total, if it was counted")

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


@sheet_row
class TrainingTest:
    """The tests on one outcome before and after one session."""

    session: str = col("Session", 10, style="short text", required="row-nameless", read=_find_session)
    outcome: str = col("Outcome", 11, choices=_OUTCOME_CHOICES, required="row-nameless")
    before_people: ClassVar[int] = col("People tested before", 13)
    before_mean: ClassVar[float] = col("Mean before, in per cent", 13)
    after_people: ClassVar[int] = col("People tested after", 13)
    after_mean: ClassVar[float] = col("Mean after, in per cent", 13)
    before_questions: ClassVar[tuple[str, ...]] = col("Questions before", 36)
    after_questions: ClassVar[tuple[str, ...]] = col("Questions after", 36)
    before: PaperResult = PaperResult()
    after: PaperResult = PaperResult()


@sheet_row
class PeopleCount:
    """How many different people of an agency took part in sessions of a half-year, as the agency counted them."""

    year: int = col("Year", 10, kind=CellKind.COUNT, required="row-nameless")
    half: YearHalf = col("Half-year", 16, choices=_HALF_CHOICES, required="row-nameless")
    agency: str = col("Agency", 40, required="row-nameless")
    people: int = col("Different people", 16, kind=CellKind.COUNT, required="row-nameless")


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
        return {session.id: session for session in self.sessions}

    def count_seats(self, session: str) -> SexCounts:
        """Return the participants of a session."""
        return sum((seats.counts for seats in self.attendance if seats.session == session), SexCounts())


@dataclass(frozen=True, kw_only=True)
class ReadingContext:
    """The edition, the agencies of the folder and the day with which cells are compared.

    `questions` are the ids of the bank of questions, and `record` is what was read so far.
    """

    framework: Framework
    agencies: tuple[Agency, ...] = ()
    today: date
    questions: Collection[str] = field(default=frozenset())
    record: TrainingRecord = TrainingRecord()


def _check_session(row: DeclaredRow[ReadingContext], session: TrainingSession) -> TrainingSession:
    today = row.context.today
    if session.day and session.day > today:
        row.report("training-future", "day", session=session.id, day=session.day, today=today)
    return session


def _check_attendance(row: DeclaredRow[ReadingContext], attendance: Attendance) -> Attendance:
    added = attendance.counts.seats
    if attendance.is_by_sex and attendance.total not in (None, added):
        row.report("training-sum", "total", total=attendance.total, added=added)
    return attendance


def _check_test(row: DeclaredRow[ReadingContext], test: TrainingTest) -> TrainingTest:
    before, after = _read_paper(row, "before"), _read_paper(row, "after")
    if not any(map(row.cells.has, ("before_people", "before_mean", "after_people", "after_mean"))):
        row.report_blank("before_people", "training-numbers")
    seats = row.context.record.count_seats(test.session).seats
    for key, paper in (("before_people", before), ("after_people", after)):
        if seats and paper.is_taken and (paper.people or 0) > seats:
            row.report("training-more-tests", key, tested=paper.people, seats=seats)
    first, second = before.questions, after.questions
    if first and second and (len(first) != len(second) or set(first) & set(second)):
        row.report("training-papers", "after_questions", first=len(first), second=len(second))
    return replace(test, before=before, after=after)


def _read_paper(row: DeclaredRow[ReadingContext], side: str) -> PaperResult:
    """Return the test of one side as it was entered; what is unusable is None."""
    people, mean, cells = f"{side}_people", f"{side}_mean", row.cells
    if cells.has(people) != cells.has(mean):
        row.report_blank(mean if cells.has(people) else people, "training-numbers")
    value = cells.number(mean)
    if value is not None and value > 100:
        row.report("training-share", mean, **quote_found(cells.text(mean)))
        value = None
    elif value is not None and 0 < value < 1:
        row.report("training-fraction", mean, **quote_found(cells.text(mean)))
    questions = cells.items(f"{side}_questions")
    for name in questions:
        if name not in row.context.questions:
            row.report("training-question", f"{side}_questions", **quote_found(name))
    return PaperResult(people=cells.count(people), mean=value, questions=questions)


def _list_paper_cells(test: TrainingTest) -> RowValues:
    return {
        "before_people": test.before.people,
        "before_mean": test.before.mean,
        "after_people": test.after.people,
        "after_mean": test.after.mean,
        "before_questions": ", ".join(test.before.questions),
        "after_questions": ", ".join(test.after.questions),
    }


def _check_people(row: DeclaredRow[ReadingContext], count: PeopleCount) -> PeopleCount | None:
    if not date.min.year <= count.year < date.max.year:
        row.report("count-unknown", "year", **quote_found(count.year), column=row.cells.columns["year"].local_name)
        return None
    seats = _count_seats(row.context.record, count)
    if count.people > seats:
        agency = choose_agencies(row.context.agencies).name_typed(count.agency)
        row.report("training-people", "people", people=count.people, seats=seats, agency=agency)
    return count


def _count_seats(record: TrainingRecord, count: PeopleCount) -> int:
    """Return the seats of an agency in sessions of the half-year, and in those without a date."""
    half = count.year, count.half
    days = {session.id: session.day for session in record.sessions}
    halves = {name: (day.year, YearHalf.of(day)) if day else half for name, day in days.items()}
    rows = (row for row in record.attendance if normalise(row.agency) == normalise(count.agency))
    return sum(row.counts.seats for row in rows if halves[row.session] == half)


SESSIONS = DeclaredSheet(
    name="sessions",
    row_type=TrainingSession,
    title="Sessions",
    about="One row for each session. Its number, like T-01, never changes. One date: the first day.",
    tab="#2E7D6B",
    unique=("id",),
    twice="training-twice",
    fact="session",
    check=_check_session,
)
PARTICIPANTS = DeclaredSheet(
    name="participants",
    row_type=Attendance,
    title="Participants",
    about="One row for each session and agency. A person in three sessions is counted three times: these are "
    "seats. Choose the agency from the list, or type the name of another body.",
    unique=("agency", "session"),
    twice="training-agency-twice",
    is_folded=True,
    check=_check_attendance,
)
TESTS = DeclaredSheet(
    name="tests",
    row_type=TrainingTest,
    title="Tests",
    about="One row for each session and outcome: how many people were tested before and after, and their mean "
    "from 0 to 100. '{command}' writes two papers with different questions of equal kind.",
    facts={"command": "fatf-kit training template --test IO.3"},
    tab="#B7791F",
    check=_check_test,
    cells=_list_paper_cells,
)
PEOPLE = DeclaredSheet(
    name="people",
    row_type=PeopleCount,
    title="Different people",
    about="Ask each agency once in a half-year how many different people participated. Ask for the number only.",
    tab="#5B6B79",
    unique=("agency", "year", "half"),
    twice="training-people-twice",
    is_folded=True,
    check=_check_people,
)
