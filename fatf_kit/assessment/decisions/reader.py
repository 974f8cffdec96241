"""decisions.xlsx read: what people decided, row by row, and what of it cannot be used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fatf_kit.assessment.answers.model import CopyDecision
from fatf_kit.assessment.decisions.schema import COPIES, DECISION_BOOK, ROWS, SEPARATOR, TYPED, choose_file, is_bulk
from fatf_kit.assessment.folder.assignment import find_meant_place
from fatf_kit.assessment.folder.model import DECISIONS, RecordedDecision
from fatf_kit.core.problems import PART_NOT_DECIDED, CellRef, Problem, hint, make_problem, quote_found
from fatf_kit.framework.catalog import index_requirements, make_id_hint
from fatf_kit.framework.model import Framework, Part
from fatf_kit.spreadsheets.reader import read_book
from fatf_kit.spreadsheets.rows import FilledRow, RowRef, TableAddress
from fatf_kit.spreadsheets.schema import SheetTable
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.spreadsheets.values import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionBook:
    """The workbook as found: every row into which people wrote something.

    `copies` are the rows on two copies of one workbook. `is_readable` is False where not all of it can be read, so that
    it must not be written over.
    """

    rows: tuple[Record, ...] = ()
    copies: tuple[Record, ...] = ()
    is_readable: bool = True
    exists: bool = False
    problems: tuple[Problem, ...] = ()


def read_decision_book(path: Path) -> DecisionBook:
    """Return every row that people filled in; an absent file is no fault."""
    if not path.exists():
        return DecisionBook()
    book, problems = read_book(path, DECISION_BOOK)
    rows = book.rows.get(ROWS.name) if book else None
    is_readable = rows is not None and not any(problem.code == "sheet-columns" for problem in problems)
    if not is_readable:
        problems = (*problems, make_problem("decisions-kept", CellRef(file=path.name)))
    copies = book.rows.get(COPIES.name, ()) if book else ()
    return DecisionBook(
        rows=tuple(Record(row, ROWS) for row in rows or ()),
        copies=tuple(Record(row, COPIES) for row in copies),
        is_readable=is_readable,
        exists=True,
        problems=problems,
    )


def make_row(requirement: str, values: Mapping[str, CellValue]) -> Record:
    """Return a row to write as if people had filled it in: values by the keys of its columns."""
    place = RowRef(TableAddress(DECISIONS, "", {"requirement": "A"}), 1, "A", "A")
    return Record(FilledRow(requirement, tuple(values), tuple(values.values()), place), ROWS)


def parse_decisions(
    book: DecisionBook, framework: Framework
) -> tuple[tuple[RecordedDecision, ...], tuple[Problem, ...]]:
    """Return the decisions that can be used, and a Problem for each row that cannot."""
    problems = list(book.problems)
    found: dict[str, tuple[RecordedDecision, CellRef]] = {}
    for row in book.rows:
        if is_bulk(row.id):
            if _is_complete(row, COPIES, None, problems):
                problems += row.problems
            continue
        decision = _decision(row, framework, problems)
        if decision is None:
            continue
        first, place = found.setdefault(decision.requirement, (decision, row.ref("requirement")))
        if first != decision:
            problems.append(make_problem("decision-twice", row.ref("requirement"), decision.requirement, place=place))
    return tuple(decision for decision, _ in found.values()), tuple(problems)


def parse_copy_decisions(book: DecisionBook) -> tuple[tuple[CopyDecision, ...], tuple[Problem, ...]]:
    """Return the decisions on copies that can be used, and a Problem for each row that cannot."""
    found: list[CopyDecision] = []
    problems: list[Problem] = []
    for row in book.copies:
        if choose_file(row.id) is None:
            problems.append(make_problem("id-missing", row.row.ref.place))
            continue
        if not _is_complete(row, COPIES, None, problems):
            continue
        problems += row.problems
        files, valid = row.id.split(SEPARATOR), row.choice("decided")
        if valid in files and row.date("day") is not None:
            found.append(CopyDecision(valid=valid, other=next(file for file in files if file != valid)))
    return tuple(found), tuple(problems)


def _is_complete(row: Record, table: SheetTable, name: str | None, problems: list[Problem]) -> bool:
    """Return whether a row has everything that a decision needs; add a Problem where it has not."""
    lacking = [key for key in TYPED if not row.text(key)]
    if lacking:
        named = table.list_headings(lacking)
        problems.append(make_problem("decision-incomplete", row.ref(lacking[0]), name, lacking=named))
    return not lacking


def _decision(row: Record, framework: Framework, problems: list[Problem]) -> RecordedDecision | None:
    """Return the decision in a row; None, with a Problem, where it cannot be used."""
    index = index_requirements(framework)
    places = {*index, *(unit.id for unit in framework.units)}
    name = find_meant_place(row.id, framework, places)
    if not name:
        problems.append(make_problem("id-missing", row.row.ref.place))
        return None
    is_part = isinstance(index.get(name), Part)
    if is_part or name not in places:
        known = hint(None, PART_NOT_DECIDED) if is_part else make_id_hint(name, places)
        facts = {**quote_found(name), "edition": framework.id, **known}
        problems.append(make_problem("id-unknown", row.ref("requirement"), **facts))
        return None
    if not _is_complete(row, ROWS, name, problems):
        return None
    problems += row.problems
    value, day = row.choice("decided"), row.date("day")
    if value is None or day is None:
        return None
    return RecordedDecision(
        requirement=name, value=value, reason=row.lines("reason"), decided_by=row.lines("decided_by"), day=day
    )
