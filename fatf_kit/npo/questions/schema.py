"""The workbook of questions to non-profit organisations, declared: a column for each question of the method.

Answers are kept as text, for the register's own rules read them; lists only are behind drop-downs.
"""

from __future__ import annotations

from collections.abc import Mapping

from fatf_kit.core.messages import Translator
from fatf_kit.core.national_words import choose_text
from fatf_kit.npo.method.load import Method
from fatf_kit.npo.method.load import RegisterColumn as Fact
from fatf_kit.spreadsheets.schema import BookSchema, CellKind, Choices, SheetColumn, SheetTable

BODIES = "bodies"

_CHOSEN = {"yes_no": CellKind.CHOICE, "code": CellKind.CHOICE, "level": CellKind.CHOICE, "codes": CellKind.CHOICES}
_WIDTHS = {"codes": 30, "countries": 28, "texts": 28, "level": 32}
_WIDTH = 22
_made: dict[str, BookSchema] = {}


def questionnaire_schema(method: Method) -> BookSchema:
    """Return the workbook for the questions of a method.

    Questions on the definition are asked only where the scope of a body is open.
    """
    return _made.get(method.digest) or _made.setdefault(method.digest, _schema(method))


def bodies_table(method: Method) -> SheetTable:
    """Return its table: one row for each body that is asked."""
    return questionnaire_schema(method).tables[0]


def _schema(method: Method) -> BookSchema:
    asked = method.screening.asked
    scope = [name for name in method.screening.scope_asked if name not in asked]
    table = SheetTable(
        name=BODIES,
        unfilled=True,
        columns=(
            SheetColumn(key="npo_id", heading="Register number", kind=CellKind.ID, width=18),
            SheetColumn(key="reasons", heading="Why it is asked", kind=CellKind.PRINTED, width=40, style="requirement"),
            *(_question(method.columns[name], optional=True) for name in scope),
            *(_question(method.columns[name], optional=False) for name in asked),
        ),
    )
    return BookSchema(
        kind="npo-questions",
        what="questions to non-profit organisations",
        command="fatf-kit npo questionnaire",
        tables=(table,),
    )


def _question(fact: Fact, *, optional: bool) -> SheetColumn:
    kind = _CHOSEN.get(fact.type, CellKind.TEXT)
    return SheetColumn(
        key=fact.id,
        heading=fact.name,
        help=fact.help,
        kind=kind,
        choices=None if kind is CellKind.TEXT else choices_of(fact),
        width=_WIDTHS.get(fact.type, _WIDTH),
        style="short text",
        optional=optional,
    )


def choices_of(fact: Fact) -> Choices:
    """Return what may be chosen for a fact, in words."""
    return Choices(f"npo_{fact.id}", lambda language: _labels(fact, language))


def _labels(fact: Fact, language: str) -> Mapping[str, str]:
    """Return the choices of a column in words, by code."""
    if fact.type == "yes_no":
        t = Translator(language)
        return {"yes": t("yes"), "no": t("no")}
    return {code.code: choose_text(code.name, language) for code in fact.codes}
