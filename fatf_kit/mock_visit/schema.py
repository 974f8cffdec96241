"""The declaration of the workbook of a mock visit: a sheet of questions for each interview, and its cover."""

from __future__ import annotations

import re
from functools import partial

from fatf_kit.mock_visit.model import MockQuestionReason
from fatf_kit.spreadsheets.schema import BookSchema, CellKind, CoverField, SheetColumn, SheetTable, scale_choices

SCORES = scale_choices("mock_scores", "mock_score")
SPARE = "spare"
NAMES_MARK = "fatf-kit:agencies"
"""Marks the hidden sheet with the names of agencies by id and language, for the debrief."""

_PRINTED = CellKind.PRINTED
_KeptColumn = partial(SheetColumn, kind=_PRINTED, kept=True)

QUESTIONS = SheetTable(
    name="questions",
    unfilled=True,
    columns=(
        SheetColumn("id", "mock.id", kind=CellKind.ID, width=23, style="id part"),
        _KeptColumn(key="agency", heading="mock.agency", style="key", hidden=True),
        _KeptColumn(key="question", heading="mock.question", width=50, style="requirement"),
        SheetColumn("probe", "mock.probe", kind=_PRINTED, width=26, style="requirement part"),
        _KeptColumn(key="strong", heading="mock.strong", width=34, style="requirement part"),
        SheetColumn(
            "score", "mock.score", kind=CellKind.CHOICE, choices=SCORES, prompt="score", width=15, style="rating"
        ),
        SheetColumn("note", "mock.note", prompt="mock_note", width=42),
        _KeptColumn(key="spare", heading="mock.spare", style="key", hidden=True),
    ),
)
"""The questions of one interview, each core issue in a row above its own."""

FIELDS = (
    CoverField("country", "mock.field.country", kind=_PRINTED),
    CoverField("edition", "mock.field.edition", kind=_PRINTED),
    CoverField("outcome", "mock.field.outcome", kind=_PRINTED),
    CoverField("panel", "mock.field.panel", kind=_PRINTED),
    CoverField("assessors", "mock.field.assessors", prompt="assessors"),
    CoverField("officials", "mock.field.officials", kind=CellKind.COUNT, prompt="officials"),
)

ISSUE_ID = re.compile(r"IO\.\d{1,2}/\d{1,2}\.\d{1,2}")
"""The id of a core issue, which is in the row above its questions."""

_OWN = "|".join(why for why in MockQuestionReason if why is not MockQuestionReason.BANK)
_BANKED = r"(?:[a-z]+-\d{4}/)?Q\.\d{1,2}\.\d-\d"
_QUESTION_ID = re.compile(rf"({ISSUE_ID.pattern}):(?:{_BANKED}|({_OWN})-\d+)")


def read_id(text: str) -> tuple[str, MockQuestionReason] | None:
    """Return the core issue of a question and the reason for it, by its id; None for anything else.

    >>> read_id("IO.6/6.2:Q.6.2-1"), read_id("IO.6/6.2:conflict-1"), read_id("IO.6/6.2")
    (('IO.6/6.2', <MockQuestionReason.BANK: 'bank'>), ('IO.6/6.2', <MockQuestionReason.CONFLICT: 'conflict'>), None)
    """
    found = _QUESTION_ID.fullmatch(text)
    return (found[1], MockQuestionReason(found[2] or "bank")) if found else None


MOCK = BookSchema(
    kind="mock",
    what="a mock visit",
    command="fatf-kit mock template",
    tables=(QUESTIONS,),
    fields=FIELDS,
    hidden=(NAMES_MARK,),
    is_id=lambda text: bool(ISSUE_ID.fullmatch(text) or read_id(text)),
)
