"""Filled sheets of a rehearsal are read back: every filled cell is used, or a Problem says that it is not.

Sheets are known by what is on them. Rows may be sorted, columns moved, files saved by any office program.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from fatf_kit.assessment.answers.folder_files import list_workbooks
from fatf_kit.core.languages import clean
from fatf_kit.core.problems import CellRef, Problem, make_problem, quote_found
from fatf_kit.core.resources import CURRENT_EDITION
from fatf_kit.framework.loader import list_editions
from fatf_kit.mock_visit.model import MockAnswer, MockScore, MockSheets
from fatf_kit.mock_visit.schema import ISSUE_ID, MOCK, NAMES_MARK, QUESTIONS, SPARE, read_id
from fatf_kit.spreadsheets.files import parse_sheets
from fatf_kit.spreadsheets.formats.guard import check_file
from fatf_kit.spreadsheets.reader import FilledBook, read_sheets
from fatf_kit.spreadsheets.values import Record


def read_mock_sheets(paths: Iterable[Path]) -> tuple[MockSheets, tuple[Problem, ...]]:
    """Return everything that was scored, and every problem in the order of files and cells.

    Folders are searched for workbooks. The edition is that of the first stamp; files of another edition are Problems
    and are not used. Where two files score one question differently the first one counts.
    """
    problems: list[Problem] = []
    books = [(book, *_read_answers(book, problems)) for book in _read_books(paths, problems)]
    editions = (book.stamp.get("edition", "") for book, *_ in books)
    edition = next((one for one in editions if one in list_editions()), None)
    answers: dict[tuple[str, str], MockAnswer] = {}
    used: list[FilledBook] = []
    names: dict[str, Mapping[str, str]] = {}
    officials: dict[str, int] = {}
    notices: list[str] = []
    for book, own_names, count, own_answers in books:
        own_edition = book.stamp.get("edition", "")
        if own_edition and edition and own_edition != edition:
            facts = {"found": own_edition, "wanted": edition}
            problems.append(make_problem("edition-other", CellRef(file=book.file), **facts))
            continue
        used.append(book)
        problems += _add_answers(own_answers, answers)
        names = {**own_names, **names}
        if count:
            officials |= dict.fromkeys((answer.outcome for answer in own_answers), count)
        notices += filter(None, book.stamp.get("notices", "").split("\n"))
    sheets = MockSheets(
        edition=edition or CURRENT_EDITION,
        answers=tuple(answers.values()),
        files=tuple((book.file, book.sha256) for book in used),
        names=names,
        officials=officials,
        country=next((name for book in used if (name := book.text("country"))), ""),
        notices=tuple(dict.fromkeys(notices)),
    )
    return sheets, tuple(problems)


def _read_books(paths: Iterable[Path], problems: list[Problem]) -> Iterator[FilledBook]:
    """Yield the workbooks of a rehearsal, each once."""
    seen: dict[str, str] = {}
    for path in list_workbooks(paths, problems):
        checked = check_file(path)
        if isinstance(checked, Problem):
            problems.append(checked)
        elif first := seen.get(checked.sha256):
            problems.append(make_problem("copy-same", CellRef(file=checked.name), other=first))
        else:
            seen[checked.sha256] = checked.name
            sheets = parse_sheets(checked)
            book = sheets if isinstance(sheets, Problem) else read_sheets(checked, sheets, MOCK)
            if isinstance(book, Problem):
                problems.append(book)
            else:
                yield book


def _read_answers(
    book: FilledBook, problems: list[Problem]
) -> tuple[Mapping[str, Mapping[str, str]], int, tuple[MockAnswer, ...]]:
    """Return a workbook's names of agencies by id and language, count of officials, and answers; add its problems."""
    names: dict[str, dict[str, str]] = {}
    rows = book.hidden.get(NAMES_MARK, ())
    for agency, language, name in (row[:3] for row in rows if len(row) > 2):
        names.setdefault(agency, {})[language] = name
    found = [] if book.stamp else [make_problem("stamp-missing", CellRef(file=book.file))]
    answers: list[MockAnswer] = []
    for row in (Record(one, QUESTIONS) for one in book.rows.get(QUESTIONS.name, ())):
        answer, more = _read_answer(row, names, book.text("assessors"))
        found += more
        answers += [answer] if answer else []
    officials = book.cover().count("officials")
    problems += (*book.problems, *found)
    return names, officials or 0, tuple(answers)


def _read_answer(
    row: Record, names: Mapping[str, Mapping[str, str]], assessors: str
) -> tuple[MockAnswer | None, tuple[Problem, ...]]:
    """Return the answer in a row and its problems; None for a row without a question."""
    found, agency = read_id(row.id), row.text("agency")
    if found is None:
        return None, tuple(_report_row_without_question(row))
    issue, why = found
    if not agency or (names and agency not in names):
        return None, (make_problem("mock-agency", row.ref("agency"), issue),)
    problems = [replace(problem, requirement=issue) for problem in row.problems]
    if row.has("note") and not row.has("score"):
        problems.append(make_problem("mock-note", row.ref("note"), issue))
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


def _report_row_without_question(row: Record) -> Iterator[Problem]:
    """Yield what is lost in the row of a core issue, or in one with an unknown id."""
    if not ISSUE_ID.fullmatch(row.id):
        yield make_problem("mock-question", row.ref("id"), **quote_found(row.id))
        return
    for key in ("score", "note"):
        if row.has(key):
            yield make_problem("cell-unplaced", row.ref(key), row.id)


def _add_answers(found: Iterable[MockAnswer], answers: dict[tuple[str, str], MockAnswer]) -> Iterator[Problem]:
    """Add the answers of one file; a scored one replaces a blank one, but not another score."""
    for answer in found:
        key = answer.id, answer.agency
        first = answers.get(key)
        if first is None or (first.score is None and not first.note):
            answers[key] = answer
        elif (answer.score, answer.note) not in ((first.score, first.note), (None, "")):
            files = [one.ref and one.ref.file for one in (first, answer)]
            code = "id-duplicated" if files[0] and files[0] == files[1] else "copies-differ"
            yield make_problem(code, answer.ref, answer.core_issue, other=str(first.ref))
