"""One decision for all rows that are left blank: the lead agency's answer is recorded for each of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fatf_kit.assessment.decisions.reader import DecisionBook
from fatf_kit.assessment.decisions.schema import BULK_IDLE, TYPED, is_bulk
from fatf_kit.assessment.folder.model import OpenQuestion, RecordedDecision
from fatf_kit.spreadsheets.values import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkDecision:
    """The decision that the lead agencies' answers apply in all blank rows, or in those that change nothing."""

    only_idle: bool
    reason: str
    decided_by: str
    day: date


def read_bulk_decision(book: DecisionBook) -> BulkDecision | None:
    """Return the first complete decision for all blank rows; None where there is none."""
    row = find_bulk_row(book)
    day = row.date("day") if row else None
    if row is None or day is None:
        return None
    is_idle = row.choice("decided") == BULK_IDLE
    return BulkDecision(only_idle=is_idle, reason=row.lines("reason"), decided_by=row.lines("decided_by"), day=day)


def find_bulk_row(book: DecisionBook) -> Record | None:
    """Return the row of that decision."""
    return next((row for row in book.rows if is_bulk(row.id) and _is_complete(row)), None)


def _is_complete(row: Record) -> bool:
    return bool(row.choice("decided") and row.date("day") and row.text("reason") and row.text("decided_by"))


def list_bulk_questions(
    questions: Iterable[OpenQuestion], book: DecisionBook, *, only_idle: bool
) -> tuple[OpenQuestion, ...]:
    """Return the open questions that such a decision answers.

    The lead agency has answered them, and their rows are blank.
    """
    touched = {row.id for row in book.rows if any(row.has(key) for key in TYPED)}
    return tuple(
        one
        for one in questions
        if not one.is_decided
        and one.lead_answer is not None
        and one.requirement not in touched
        and (not only_idle or one.is_idle)
    )


def record_bulk_decision(
    bulk: BulkDecision, questions: Iterable[OpenQuestion], book: DecisionBook
) -> tuple[RecordedDecision, ...]:
    """Return a decision of its own for each question that the decision answers."""
    return tuple(
        RecordedDecision(
            requirement=one.requirement,
            value=one.lead_answer or "",
            reason=bulk.reason,
            decided_by=bulk.decided_by,
            day=bulk.day,
        )
        for one in list_bulk_questions(questions, book, only_idle=bulk.only_idle)
    )
