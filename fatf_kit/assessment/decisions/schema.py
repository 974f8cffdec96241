"""decisions.xlsx, declared: what is to be decided, printed next to what people decide."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache
from zlib import crc32

from fatf_kit.core.languages import normalise
from fatf_kit.framework.requirement_ids import list_all_ids
from fatf_kit.spreadsheets.schema import (
    BookSchema,
    CellKind,
    Choices,
    SheetColumn,
    SheetTable,
    code_choices,
    scale_choices,
)
from fatf_kit.spreadsheets.words import load_words, translate_word

_ID = re.compile(r"(R|IO)\.\d{1,2}(/\d{1,2}\.\d{1,2}(\([a-z]+\))*)?", re.IGNORECASE)
_PRINTED = CellKind.PRINTED

SCALES = {
    "criterion": scale_choices("decided_criterion", "criterion"),
    "achievement": scale_choices("decided_achievement", "achievement"),
    "compliance": code_choices("decided_compliance", "compliance"),
    "effectiveness": code_choices("decided_effectiveness", "effectiveness"),
}
"""The values that may be decided, by the scale of a requirement."""

BULK_IDLE, BULK_ALL = "idle", "all"
"""The rows to which a decision on all blank rows applies: those that change nothing, or every one."""

BULK = Choices(
    "decided_bulk",
    lambda language: {code: load_words(language)[f"decision.bulk.{code}"] for code in (BULK_IDLE, BULK_ALL)},
)
"""The decisions on all blank rows at once."""

SEPARATOR = " | "
"""Stands between the names of two files; no file of Windows can have it in its name."""


def scale_of_decision(requirement: str) -> str:
    """Return the scale on which a requirement, or a whole unit, is decided.

    >>> scale_of_decision("R.10"), scale_of_decision("IO.6/6.2")
    ('compliance', 'achievement')
    """
    if "/" in requirement:
        return "criterion" if requirement.startswith("R.") else "achievement"
    return "compliance" if requirement.startswith("R.") else "effectiveness"


def is_bulk(name: str) -> bool:
    """Return whether an id is that of the row for all blank rows, in any language.

    >>> is_bulk("All rows"), is_bulk("R.10")
    (True, False)
    """
    return normalise(name) in _list_bulk_names()


@cache
def _list_bulk_names() -> frozenset[str]:
    return frozenset(map(normalise, translate_word("decision.bulk")))


_DECIDED = SheetColumn("decided", "decision.decided", prompt="decided", width=14, style="rating")
_TYPED_AFTER = (
    SheetColumn("reason", "decision.reason", prompt="reason", width=30),
    SheetColumn("decided_by", "decision.decided_by", prompt="decided_by", width=17),
    SheetColumn("day", "decision.day", kind=CellKind.DATE, prompt="day", width=11),
)


@cache
def _decided_in(name: str) -> SheetColumn | None:
    """Return the column of decisions in a row, with the list of its scale; None where its id has another form."""
    if is_bulk(name):
        return replace(_DECIDED, kind=CellKind.CHOICE, choices=BULK, prompt="bulk")
    plain = "".join(name.split()).upper()
    if not _ID.fullmatch(plain):
        return None
    return replace(_DECIDED, kind=CellKind.CHOICE, choices=SCALES[scale_of_decision(plain)])


@lru_cache(maxsize=1_024)  # asked of every text on a sheet without a table
def choose_file(name: str) -> SheetColumn | None:
    """Return the column of decisions in a row of copies, with the names of both; None where its id has another form."""
    files = name.split(SEPARATOR)
    if len(files) != 2:
        return None
    labels = {file: file for file in files}
    choices = Choices(f"copies_{crc32(name.encode()):08x}", lambda _: labels)
    return replace(_DECIDED, kind=CellKind.CHOICE, choices=choices, prompt="copy", width=28)


def _printed(key: str, *, width: float, style: str, heading: str = "", optional: bool = False) -> SheetColumn:
    """Return a column that is printed and read back, so that its text is kept when its question is gone."""
    heading = heading or f"decision.{key}"
    return SheetColumn(key, heading, kind=_PRINTED, kept=True, width=width, style=style, optional=optional)


ROWS = SheetTable(
    name="decisions",
    ids=list_all_ids,
    nameless=True,
    in_problems=True,
    columns=(
        SheetColumn("requirement", "decision.requirement", kind=CellKind.ID, width=12),
        _printed("question", width=34, style="requirement"),
        _printed("said", width=52, style="said"),
        _printed("effect", width=26, style="requirement", optional=True),
        _printed("indicative", width=12, style="said short"),
        replace(_DECIDED, column_of=_decided_in),
        *_TYPED_AFTER,
    ),
)

COPIES = SheetTable(
    name="copies",
    nameless=True,
    columns=(
        SheetColumn("files", "decision.files", kind=CellKind.ID, width=36, style="id files"),
        _printed("agency", width=26, style="requirement", heading="cover.agency"),
        _printed("difference", width=52, style="said"),
        replace(_DECIDED, column_of=choose_file, width=28),
        *_TYPED_AFTER,
    ),
)

TYPED = ("decided", *(column.key for column in _TYPED_AFTER))
"""Columns that people fill in: a decision needs all of them."""

PREFILLED = tuple(column.key for column in ROWS.columns if column.kind is _PRINTED)

DECISION_BOOK = BookSchema(
    kind="decisions",
    what="the decisions of an assessment folder",
    command="fatf-kit score",
    layout=2,
    tables=(ROWS, COPIES),
    is_id=lambda text: _ID.fullmatch(text) is not None or is_bulk(text) or choose_file(text) is not None,
)
