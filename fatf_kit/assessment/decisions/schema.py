"""decisions.xlsx, declared: what is to be decided, printed next to what people decide."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from fatf_kit.spreadsheets.schema import BookSchema, CellKind, SheetColumn, SheetTable, code_choices, scale_choices

_ID = re.compile(r"(R|IO)\.\d{1,2}(/\d{1,2}\.\d{1,2}(\([a-z]+\))*)?", re.IGNORECASE)
_PRINTED = CellKind.PRINTED

SCALES = {
    "criterion": scale_choices("decided_criterion", "criterion"),
    "achievement": scale_choices("decided_achievement", "achievement"),
    "compliance": code_choices("decided_compliance", "compliance"),
    "effectiveness": code_choices("decided_effectiveness", "effectiveness"),
}
"""The values that may be decided, by the scale of a requirement."""


def scale_of_decision(requirement: str) -> str:
    """Return the scale on which a requirement, or a whole unit, is decided.

    >>> scale_of_decision("R.10"), scale_of_decision("IO.6/6.2")
    ('compliance', 'achievement')
    """
    if "/" in requirement:
        return "criterion" if requirement.startswith("R.") else "achievement"
    return "compliance" if requirement.startswith("R.") else "effectiveness"


_DECIDED = SheetColumn(key="decided", heading="decision.decided", prompt="decided", width=15, style="rating")


@cache
def _decided_in(name: str) -> SheetColumn | None:
    """Return the column of decisions in a row, with the list of its scale; None where its id has another form."""
    plain = "".join(name.split()).upper()
    if not _ID.fullmatch(plain):
        return None
    return replace(_DECIDED, kind=CellKind.CHOICE, choices=SCALES[scale_of_decision(plain)])


ROWS = SheetTable(
    name="decisions",
    nameless=True,
    in_problems=True,
    columns=(
        SheetColumn(key="requirement", heading="decision.requirement", kind=CellKind.ID, width=13),
        SheetColumn(
            key="question", heading="decision.question", kind=_PRINTED, kept=True, width=44, style="requirement"
        ),
        SheetColumn(key="said", heading="decision.said", kind=_PRINTED, kept=True, width=38, style="said"),
        SheetColumn(
            key="indicative", heading="decision.indicative", kind=_PRINTED, kept=True, width=13, style="said short"
        ),
        replace(_DECIDED, column_of=_decided_in),
        SheetColumn(key="reason", heading="decision.reason", prompt="reason", width=36),
        SheetColumn(key="decided_by", heading="decision.decided_by", prompt="decided_by", width=20),
        SheetColumn(key="day", heading="decision.day", kind=CellKind.DATE, prompt="day", width=12),
    ),
)

TYPED = tuple(column.key for column in ROWS.columns[4:])
"""Columns that people fill in: a decision needs all of them."""

PREFILLED = ("question", "said", "indicative")

DECISION_BOOK = BookSchema(
    kind="decisions",
    what="the decisions of an assessment folder",
    command="fatf-kit score",
    tables=(ROWS,),
    is_id=lambda text: _ID.fullmatch(text) is not None,
)
