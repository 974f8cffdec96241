"""decisions.xlsx, declared: what is to be decided, printed next to what people decide."""

from __future__ import annotations

import re

from fatf_kit.spreadsheets.schema import BookSchema, CellKind, Choices, Column, Table, code_choices, scale_choices

_ID = re.compile(r"(R|IO)\.\d{1,2}(/\d{1,2}\.\d{1,2}(\([a-z]+\))*)?", re.IGNORECASE)
_PRINTED = CellKind.PRINTED

SCALES = {
    "criterion": scale_choices("decided_criterion", "criterion"),
    "achievement": scale_choices("decided_achievement", "achievement"),
    "compliance": code_choices("decided_compliance", "compliance"),
    "effectiveness": code_choices("decided_effectiveness", "effectiveness"),
}
"""What may be decided, by the scale of a requirement."""


def scale_of_decision(requirement: str) -> str:
    """The scale on which a requirement, or a whole unit, is decided.

    >>> scale_of_decision("R.10"), scale_of_decision("IO.6/6.2")
    ('compliance', 'achievement')
    """
    if "/" in requirement:
        return "criterion" if requirement.startswith("R.") else "achievement"
    return "compliance" if requirement.startswith("R.") else "effectiveness"


def _choices_of(name: str) -> Choices | None:
    """The list for a row; None where its id has not the form of one."""
    plain = "".join(name.split()).upper()
    return SCALES[scale_of_decision(plain)] if _ID.fullmatch(plain) else None


ROWS = Table(
    name="decisions",
    nameless=True,
    in_problems=True,
    columns=(
        Column(key="requirement", heading="decision.requirement", kind=CellKind.ID, width=13),
        Column(key="question", heading="decision.question", kind=_PRINTED, kept=True, width=44, style="requirement"),
        Column(key="said", heading="decision.said", kind=_PRINTED, kept=True, width=38, style="said"),
        Column(key="indicative", heading="decision.indicative", kind=_PRINTED, kept=True, width=13, style="said short"),
        Column(
            key="decided",
            heading="decision.decided",
            kind=CellKind.CHOICE,
            choices_of=_choices_of,
            prompt="decided",
            width=15,
            style="rating",
        ),
        Column(key="reason", heading="decision.reason", prompt="reason", width=36),
        Column(key="decided_by", heading="decision.decided_by", prompt="decided_by", width=20),
        Column(key="day", heading="decision.day", kind=CellKind.DATE, prompt="day", width=12),
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
