"""training.xlsx is read into a record: every filled cell is used, or a Problem says that it is not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from fatf_kit.assessment.folder.model import Agency
from fatf_kit.core.errors import UnknownIdError
from fatf_kit.core.languages import normalise
from fatf_kit.core.local_names import local_name
from fatf_kit.core.problems import CellRef, Problem, quote_found
from fatf_kit.framework import Framework
from fatf_kit.framework.catalog import find_unit, index_requirements, make_id_hint, match_requirement
from fatf_kit.spreadsheets.kept_books import RowReader
from fatf_kit.spreadsheets.reader import FilledBook, read_book
from fatf_kit.spreadsheets.values import Record
from fatf_kit.training.model import (
    Attendance,
    PaperResult,
    PeopleCount,
    TrainingRecord,
    TrainingSession,
    TrainingTest,
    YearHalf,
)
from fatf_kit.training.schema import choose_agencies, find_session_id, make_training_schema


@dataclass(frozen=True, kw_only=True)
class ReadingContext:
    """The edition, the agencies of the folder and the day with which cells are compared.

    `questions` are the ids of the bank of questions.
    """

    framework: Framework
    agencies: tuple[Agency, ...] = ()
    today: date
    questions: Collection[str] = field(default=frozenset())


def read_record(path: Path, context: ReadingContext) -> tuple[TrainingRecord, tuple[Problem, ...]]:
    """Return the record in a workbook, and every problem in the order of its sheets.

    A workbook that cannot be read gives an empty record and its problems.
    """
    book, problems = read_book(path, make_training_schema(choose_agencies(context.agencies)))
    if book is None:
        return TrainingRecord(), problems
    return _RecordReader(book, context).read()


class _RecordReader(RowReader):
    def __init__(self, book: FilledBook, context: ReadingContext) -> None:
        super().__init__(book)
        self._context = context
        self._agencies = choose_agencies(context.agencies)
        self._sessions: dict[str, TrainingSession] = {}
        self._places: dict[str, CellRef] = {}
        self._rows_of: dict[tuple[object, ...], Record] = {}

    def read(self) -> tuple[TrainingRecord, tuple[Problem, ...]]:
        records = self.book.records
        record = TrainingRecord(
            sessions=tuple(self._read_sessions(records("sessions"))),
            attendance=tuple(self._read_attendance(records("participants"))),
            file=self.book.file,
        )
        self._check_empty(record)
        tests = tuple(self._read_tests(records("tests"), record))
        people = tuple(self._read_people(records("people"), record))
        return replace(record, tests=tests, people=people), (*self.book.problems, *self.problems)

    def _read_sessions(self, rows: Iterable[Record]) -> Iterator[TrainingSession]:
        for row in rows:
            name, ref = find_session_id(row.id), row.ref("id")
            if not name:
                self.report("training-unnumbered", ref, **quote_found(row.id))
            elif name in self._sessions:
                self.report("training-twice", ref, session=name, other=str(self._places[name]))
            else:
                self._sessions[name], self._places[name] = self._read_session(name, row), ref
                yield self._sessions[name]

    def _read_session(self, name: str, row: Record) -> TrainingSession:
        day, today = row.date("day"), self._context.today
        if not row.has("day"):
            self.report("training-undated", row.ref("day"), session=name)
        elif day and day > today:
            self.report("training-future", row.ref("day"), session=name, day=day, today=today)
        return row.make(TrainingSession, id=name, units=tuple(dict.fromkeys(self._read_units(row))))

    def _read_units(self, row: Record) -> Iterator[str]:
        framework = self._context.framework
        for found in row.items("units"):
            if known := match_requirement(framework, found):
                yield known.id
                continue
            try:
                yield find_unit(framework, found).id
            except UnknownIdError:
                ids = (*(unit.id for unit in framework.units), *index_requirements(framework))
                facts = {**quote_found(found), "edition": framework.id, **make_id_hint(found, ids)}
                self.report("id-unknown", row.ref("units"), **facts)

    def _find_session(self, row: Record) -> str:
        """Return the session that a row names; empty, with a problem, where it names none of the record."""
        text = row.text("session")
        name = find_session_id(text)
        if not text:
            self.report_blank(row, "session")
        elif name not in self._sessions:
            self.report("training-session", row.ref("session"), **quote_found(text))
        return name if name in self._sessions else ""

    def _find_agency(self, row: Record) -> str:
        """Return the id of the agency that a row names, else the name of another body; empty where there is none."""
        text = row.text("agency")
        if not text:
            self.report_blank(row, "agency")
        return self._agencies.code_of(text) or text

    def _is_again(self, row: Record, agency: str, group: tuple[object, ...], code: str, **facts: object) -> bool:
        """Return whether an earlier row has the same agency in a group, such as a session, and report it."""
        first = self._rows_of.setdefault((*group, normalise(agency)), row)
        if first is not row:
            facts = {"agency": self._name(agency), **facts, "other": str(first.ref("agency"))}
            self.report(code, row.ref("agency"), **facts)
        return first is not row

    def _read_attendance(self, rows: Iterable[Record]) -> Iterator[Attendance]:
        for row in rows:
            session, agency = self._find_session(row), self._find_agency(row)
            if not (session and agency):
                continue
            if self._is_again(row, agency, (session,), "training-agency-twice", session=session):
                continue
            one = row.make(Attendance, session=session, agency=agency)
            added = one.counts.seats
            if one.is_by_sex and one.total not in (None, added):
                self.report("training-sum", row.ref("total"), total=one.total, added=added)
            yield one

    def _check_empty(self, record: TrainingRecord) -> None:
        for one in record.sessions:
            is_held = one.day is None or one.day <= self._context.today
            if is_held and not record.count_seats(one.id).seats:
                self.report("training-empty", self._places[one.id], session=one.id)

    def _read_tests(self, rows: Iterable[Record], record: TrainingRecord) -> Iterator[TrainingTest]:
        for row in rows:
            session, outcome = self._find_session(row), row.choice("outcome")
            if not row.has("outcome"):
                self.report_blank(row, "outcome")
            if not session or not outcome:
                continue
            before, after = (self._read_paper(row, side) for side in ("before", "after"))
            keys = ("before_people", "before_mean", "after_people", "after_mean")
            if not any(map(row.has, keys)):
                self.report_blank(row, "before_people", "training-numbers")
            seats = record.count_seats(session).seats
            for key, paper in (("before_people", before), ("after_people", after)):
                if seats and paper.is_taken and (paper.people or 0) > seats:
                    self.report("training-more-tests", row.ref(key), tested=paper.people, seats=seats)
            first, second = before.questions, after.questions
            if first and second and (len(first) != len(second) or set(first) & set(second)):
                facts = {"first": len(first), "second": len(second)}
                self.report("training-papers", row.ref("after_questions"), **facts)
            yield TrainingTest(session=session, outcome=outcome, before=before, after=after)

    def _read_paper(self, row: Record, side: str) -> PaperResult:
        """Return the test of one side as it was entered; what is unusable is None."""
        people, mean = f"{side}_people", f"{side}_mean"
        if row.has(people) != row.has(mean):
            self.report_blank(row, mean if row.has(people) else people, "training-numbers")
        value = row.number(mean)
        if value is not None and value > 100:
            self.report("training-share", row.ref(mean), **quote_found(row.text(mean)))
            value = None
        elif value is not None and 0 < value < 1:
            self.report("training-fraction", row.ref(mean), **quote_found(row.text(mean)))
        questions = row.items(f"{side}_questions")
        for one in questions:
            if one not in self._context.questions:
                self.report("training-question", row.ref(f"{side}_questions"), **quote_found(one))
        return PaperResult(people=row.count(people), mean=value, questions=questions)

    def _read_people(self, rows: Iterable[Record], record: TrainingRecord) -> Iterator[PeopleCount]:
        for row in rows:
            agency, year, people = self._find_agency(row), row.count("year"), row.count("people")
            half = row.choice("half")
            for key in ("year", "half", "people"):
                if not row.has(key):
                    self.report_blank(row, key)
            if not agency or year is None or half is None or people is None:
                continue
            if not date.min.year <= year < date.max.year:
                facts = {**quote_found(year), "column": row.columns["year"].local_name}
                self.report("count-unknown", row.ref("year"), **facts)
                continue
            if self._is_again(row, agency, (year, half), "training-people-twice"):
                continue
            one = PeopleCount(year=year, half=YearHalf(half), agency=agency, people=people)
            seats = _count_seats(record, one)
            if people > seats:
                counts = {"people": people, "seats": seats}
                self.report("training-people", row.ref("people"), **counts, agency=self._name(agency))
            yield one

    def _name(self, agency: str) -> str:
        """Return the name of an agency of the folder in each language; of another body the name as it was typed."""
        known = next((one for one in self._context.agencies if one.id == agency), None)
        return local_name(known.name) if known else agency


def _count_seats(record: TrainingRecord, people: PeopleCount) -> int:
    """Return the seats of an agency in sessions of the half-year, and in those without a date."""
    half = people.year, people.half
    days = {one.id: one.day for one in record.sessions}
    halves = {name: (day.year, YearHalf.of(day)) if day else half for name, day in days.items()}
    own = (one for one in record.attendance if normalise(one.agency) == normalise(people.agency))
    return sum(one.counts.seats for one in own if halves[one.session] == half)
