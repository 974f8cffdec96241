"""The workbook of the training record, declared: four sheets that one person keeps. No column has names of persons."""

from __future__ import annotations

import re
from collections.abc import Iterable

from fatf_kit.assessment.folder.model import Agency
from fatf_kit.core.languages import normalise
from fatf_kit.spreadsheets.schema import (
    BookSchema,
    CellKind,
    Choices,
    SheetColumn,
    SheetTable,
    make_numbered_table,
    message_choices,
)
from fatf_kit.training.model import TrainingKind, YearHalf

_CHOICE, _DATE, _COUNT = CellKind.CHOICE, CellKind.DATE, CellKind.COUNT
_WHOLE, _MEAN, _IDS = CellKind.WHOLE, CellKind.NUMBER, CellKind.IDS

OUTCOMES = tuple(f"IO.{number}" for number in range(1, 12))

_OUTCOME = re.compile(r"(?:io|ri)\s*\.?\s*(\d{1,2})", re.IGNORECASE)


def _find_outcome(text: str) -> str | None:
    found = _OUTCOME.fullmatch(normalise(text))
    name = f"IO.{int(found[1])}" if found else ""
    return name if name in OUTCOMES else None


KIND_CHOICES = message_choices("training_kinds", lambda: TrainingKind)
HALF_CHOICES = message_choices("training_halves", lambda: YearHalf)
OUTCOME_CHOICES = Choices("training_outcomes", lambda _: {one: one for one in OUTCOMES}, also=_find_outcome)

SESSIONS = SheetTable(
    name="sessions",
    columns=(
        SheetColumn("id", "No.", kind=CellKind.ID, width=8),
        SheetColumn("day", "Date", kind=_DATE, width=13),
        SheetColumn("days", "Days", kind=_COUNT, width=8),
        SheetColumn("place", "Place, or remote", width=18, multiline=True),
        SheetColumn("subject", "Subject", width=36, multiline=True),
        SheetColumn("kind", "Kind", kind=_CHOICE, choices=KIND_CHOICES, width=18),
        SheetColumn("units", "Outcomes and Recommendations", kind=_IDS, width=22, style="ids"),
        SheetColumn("language", "Language", width=14, style="short text", multiline=True),
        SheetColumn("organiser", "Organised by", width=24, multiline=True),
        SheetColumn("partner", "Partner", width=24, multiline=True),
        SheetColumn("material", "Material", width=24, folded=True, multiline=True),
        SheetColumn("note", "Notes", width=34, folded=True, multiline=True),
    ),
)
"""One row for each session. Numbers for the next sessions are printed in advance."""

OUTCOME = SheetColumn("outcome", "Outcome", kind=_CHOICE, choices=OUTCOME_CHOICES, width=11)

AGENCY_NAMES = "training_agencies"
"""The defined name of the agencies of the folder, behind the drop-downs; other names may be typed."""


def choose_agencies(agencies: Iterable[Agency]) -> Choices:
    """Return the agencies of a folder as choices with their names in each language."""
    known = tuple(agencies)
    return Choices(AGENCY_NAMES, lambda language: {one.id: one.name(language) for one in known}, is_open=True)


def make_training_schema(agencies: Choices) -> BookSchema:
    """Return the kind of workbook for the agencies of a folder."""
    session = SheetColumn("session", "Session", width=10, style="short text")
    agency = SheetColumn(
        "agency",
        "Agency",
        width=40,
        choices=agencies if agencies.labels("en") else None,
        list_from=AGENCY_NAMES if agencies.labels("en") else "",
    )
    participants = make_numbered_table(
        "participants",
        session,
        agency,
        SheetColumn("women", "Women", kind=_WHOLE, width=12),
        SheetColumn("men", "Men", kind=_WHOLE, width=12),
        SheetColumn("not_stated", "Not stated", kind=_WHOLE, width=12),
        SheetColumn("total", "Total, if it was counted", kind=_WHOLE, width=14),
    )
    tests = make_numbered_table(
        "tests",
        session,
        OUTCOME,
        SheetColumn("before_people", "People tested before", kind=_WHOLE, width=13),
        SheetColumn("before_mean", "Mean before, in per cent", kind=_MEAN, width=13),
        SheetColumn("after_people", "People tested after", kind=_WHOLE, width=13),
        SheetColumn("after_mean", "Mean after, in per cent", kind=_MEAN, width=13),
        SheetColumn("before_questions", "Questions before", kind=_IDS, width=36),
        SheetColumn("after_questions", "Questions after", kind=_IDS, width=36),
    )
    people = make_numbered_table(
        "people",
        SheetColumn("year", "Year", kind=_COUNT, width=10),
        SheetColumn("half", "Half-year", kind=_CHOICE, choices=HALF_CHOICES, width=16),
        agency,
        SheetColumn("people", "Different people", kind=_COUNT, width=16),
    )
    return BookSchema(
        kind="training",
        what="a training record",
        command="fatf-kit training template",
        tables=(SESSIONS, participants, tests, people),
    )


_ID_FORM = re.compile(r"T-(\d{1,4})", re.IGNORECASE)


def find_session_id(text: str) -> str:
    """Return the id of a session from a text; empty where it is none.

    >>> find_session_id("t-1"), find_session_id("T-012"), find_session_id("1")
    ('T-01', 'T-12', '')
    """
    found = _ID_FORM.fullmatch(normalise(text))
    return name_session(int(found[1])) if found else ""


def name_session(number: int) -> str:
    """Return the id of the session with a number."""
    return f"T-{number:02}"
