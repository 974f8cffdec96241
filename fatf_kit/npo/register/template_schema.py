"""The blank register as a workbook, declared: its columns, the dictionary and the factors of the country as a whole.

The register itself is read by other means, since it may be very large, and has no hidden keys: its columns are known
by their names.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from fatf_kit.core.languages import find_code, list_labels
from fatf_kit.core.national_words import choose_text
from fatf_kit.npo.method.load import Method, load_method
from fatf_kit.npo.method.load import RegisterColumn as Fact
from fatf_kit.spreadsheets.schema import YES_NO, BookSchema, CellKind, Choices, SheetColumn, SheetTable

YES_OR_NO = Choices("npo_yes_no", partial(list_labels, YES_NO), also=partial(find_code, YES_NO))
LEVELS = Choices("npo_levels", lambda _: {str(level): str(level) for level in range(1, 6)})

_PRINTED = CellKind.PRINTED
_KINDS = {
    "id": CellKind.ID,
    "date": CellKind.DATE,
    "money": CellKind.NUMBER,
    "share": CellKind.NUMBER,
    "count": CellKind.NUMBER,
    "yes_no": CellKind.CHOICES,
    "code": CellKind.CHOICES,
    "level": CellKind.CHOICES,
}
_CHOSEN = ("yes_no", "code")

DICTIONARY = SheetTable(
    name="dictionary",
    columns=(
        SheetColumn("id", "Column", kind=_PRINTED, width=26, style="id"),
        SheetColumn("name", "Name", kind=_PRINTED, width=38, style="requirement"),
        SheetColumn("group", "Group", kind=_PRINTED, width=18, style="requirement"),
        SheetColumn("kind", "Kind", kind=_PRINTED, width=20, style="requirement"),
        SheetColumn("help", "Help", kind=_PRINTED, width=44, style="requirement"),
        SheetColumn("allowed", "Allowed", kind=_PRINTED, width=70, style="requirement"),
        SheetColumn("informs", "Informs", kind=_PRINTED, width=18, style="requirement"),
    ),
)
"""Every field with its help."""

NATIONAL = SheetTable(
    name="national",
    columns=(
        SheetColumn("id", "Id", kind=CellKind.ID, width=10),
        SheetColumn("factor", "Factor", kind=_PRINTED, width=50, style="requirement"),
        SheetColumn("value", "Value", kind=CellKind.CHOICE, choices=LEVELS, width=12, style="rating"),
        SheetColumn("reason", "Reason", width=60),
        SheetColumn("allowed", "Allowed", kind=_PRINTED, width=80, style="requirement"),
    ),
    ids=lambda: [factor.id for factor in load_method().national],
)
"""Factors of the country as a whole."""

REGISTER = BookSchema(
    kind="npo-register",
    what="a register of non-profit organisations",
    command="fatf-kit npo template",
    tables=(NATIONAL,),
)


def register_table(method: Method) -> SheetTable:
    """Return the register: a column for each fact. Drop-downs let other texts pass, because its reader knows more."""
    return SheetTable(name="register", columns=tuple(map(_column, method.columns.values())))


def _column(fact: Fact) -> SheetColumn:
    kind = _KINDS.get(fact.type, CellKind.TEXT)
    choices = LEVELS if fact.type == "level" else choices_of(fact) if fact.type in _CHOSEN else None
    return SheetColumn(fact.id, fact.name, kind=kind, choices=choices, width=22)


def choices_of(fact: Fact) -> Choices:
    """Return what may be chosen for a fact, in words."""
    also = partial(find_code, YES_NO) if fact.type == YES_NO else None
    return Choices(f"npo_{fact.id}", lambda language: _labels(fact, language), also)


def _labels(fact: Fact, language: str) -> Mapping[str, str]:
    """Return the choices of a column in words, by code."""
    if fact.type == YES_NO:
        return list_labels(YES_NO, language)
    return {code.code: choose_text(code.name, language) for code in fact.codes}
