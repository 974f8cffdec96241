"""One filled workbook of a mock visit: how each question was answered, and what of it cannot be used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from fatf_kit.core.languages import clean
from fatf_kit.core.problems import CellRef, Problem, make_problem, quote_found
from fatf_kit.mock_visit.model import MockAnswer, MockScore
from fatf_kit.mock_visit.schema import ISSUE_ID, MOCK, NAMES_MARK, QUESTIONS, SPARE, read_id
from fatf_kit.spreadsheets.files import parse_sheets
from fatf_kit.spreadsheets.formats.guard import CheckedFile
from fatf_kit.spreadsheets.reader import FilledBook, read_sheets
from fatf_kit.spreadsheets.values import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledFile:
    """One file as read. `names` are those of agencies by id and language, `officials` how many took part."""

    book: FilledBook
    names: Mapping[str, Mapping[str, str]]
    answers: tuple[MockAnswer, ...]
    officials: int | None
    problems: tuple[Problem, ...]

    @property
    def edition(self) -> str:
        """The edition by its stamp; empty where the stamp is gone."""
        return self.book.stamp.get("edition", "")

    @property
    def notices(self) -> tuple[str, ...]:
        """What the assessment says on every page."""
        return tuple(filter(None, self.book.stamp.get("notices", "").split("\n")))

    @property
    def outcomes(self) -> frozenset[str]:
        """The outcomes that its questions belong to."""
        return frozenset(answer.outcome for answer in self.answers)


def read_file(file: CheckedFile) -> FilledFile | Problem:
    """Everything in one file; the Problem where it cannot be read or is no workbook of a mock visit."""
    sheets = parse_sheets(file)
    book = sheets if isinstance(sheets, Problem) else read_sheets(file, sheets, MOCK)
    if isinstance(book, Problem):
        return book
    names: dict[str, dict[str, str]] = {}
    for agency, language, name in (row[:3] for row in book.hidden.get(NAMES_MARK, ()) if len(row) > 2):
        names.setdefault(agency, {})[language] = name
    assessors = book.text("assessors")
    problems: list[Problem] = [] if book.stamp else [make_problem("stamp-missing", CellRef(file=file.name))]
    answers: list[MockAnswer] = []
    for row in (Record(one, QUESTIONS) for one in book.rows.get(QUESTIONS.name, ())):
        answer, found = _answer(row, names, assessors)
        problems += found
        answers += [answer] if answer else []
    officials = book.cover().count("officials")
    return FilledFile(
        book=book,
        names=names,
        answers=tuple(answers),
        officials=officials,
        problems=(*book.problems, *problems),
    )


def _answer(
    row: Record, names: Mapping[str, Mapping[str, str]], assessors: str
) -> tuple[MockAnswer | None, tuple[Problem, ...]]:
    """How a question was answered; None, where something is lost with a Problem, for a row that has no question."""
    found, agency = read_id(row.id), row.text("agency")
    if found is None:
        return None, tuple(_no_question(row))
    issue, why = found
    if not agency or (names and agency not in names):
        return None, (make_problem("mock-agency", row.ref("agency"), issue),)
    problems = [replace(problem, requirement=issue) for problem in row.problems]
    if row.has("note") and not row.has("score"):
        problems.append(make_problem("mock-note", row.ref("note"), issue))
    if row.text("spare") not in ("", SPARE):
        problems.append(make_problem("cell-locked", row.ref("spare"), issue))
    score = row.choice("score")
    answer = MockAnswer(
        id=row.id,
        agency=agency,
        core_issue=issue,
        why=why,
        text=clean(row.lines("question").split("\n")[0]),
        strong=row.text("strong"),
        score=MockScore(score) if score else None,
        note=row.lines("note"),
        spare=row.text("spare") == SPARE,
        assessors=assessors,
        ref=row.ref("score"),
    )
    return answer, tuple(problems)


def _no_question(row: Record) -> Iterator[Problem]:
    """What is lost in a row that holds a core issue, or an id that is none of ours."""
    if not ISSUE_ID.fullmatch(row.id):
        yield make_problem("mock-question", row.ref("id"), **quote_found(row.id))
        return
    for key in ("agency", "score", "note", "spare"):
        if row.has(key):
            yield make_problem("cell-stray", row.ref(key), row.id)
