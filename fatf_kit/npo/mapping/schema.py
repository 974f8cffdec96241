"""The workbook on which a regulator says which column of the register holds what, declared.

Its tables are the columns of the register, the values of coded columns, and what is the same for the whole register.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache

from fatf_kit.core.languages import LANGUAGE_TAGS
from fatf_kit.core.local_names import LocalName, local_name
from fatf_kit.core.messages import Translator
from fatf_kit.core.national_words import base_language, choose_text
from fatf_kit.npo.method.load import load_method
from fatf_kit.npo.register.template_schema import choices_of
from fatf_kit.spreadsheets.schema import BookSchema, CellKind, Choices, SheetColumn, SheetTable

LISTED = ("code", "codes", "yes_no", "level")
"""Kinds of fields whose values come from a list."""
HOME = "home_country"
SHEET = "sheet"
FOR_ALL = ("raises_or_disburses", "purpose", "status", "works_abroad", "member_benefit", "public_body")
"""Fields that may have one value for the whole register, next to the home country."""
NOTHING = "-"
"""The choice for a value that gives no information."""


def _field_names(language: str) -> Mapping[str, str]:
    return {column.id: choose_text(column.name, language) for column in load_method().columns.values()}


def name_of_fact(fact: str) -> LocalName:
    """Return what a fact of the whole register is called in each language.

    >>> name_of_fact(HOME)
    'Home country'
    """
    if fact == HOME:
        return local_name(lambda language: Translator(language)("Home country"))
    return FIELDS.local_name(fact)


def _written_names(language: str) -> Mapping[str, str]:
    t = Translator(language)
    return {
        "dmy": t("day first"),
        "mdy": t("month first"),
        "percent": t("per cent"),
        "fraction": t("parts of one"),
        "1000": t("thousands"),
        "1000000": t("millions"),
    }


@cache
def country_names(language: str) -> Mapping[str, str]:
    """Return the names of all countries in a language by code, in the order of the names."""
    from babel import Locale

    from fatf_kit.npo.register.cell_values import country

    names = Locale.parse(LANGUAGE_TAGS[base_language(language)], sep="-").territories
    known = {code: str(name) for code, name in names.items() if len(code) == 2 and country(name) == code}
    return dict(sorted(known.items(), key=lambda pair: pair[1]))


def _value_names(field: str, language: str) -> Mapping[str, str]:
    """Return what the values of a field are called, by code; `NOTHING` stands for a value that gives no information."""
    column = load_method().columns[field]
    names = choices_of(column).labels(language)
    if column.type == "level":
        names = {code: f"{code} {name}" for code, name in names.items()}
    return {**names, NOTHING: Translator(language)("not known")}


@cache
def values_of(field: str) -> Choices:
    """Return the values of a field."""
    return Choices(f"npo_values_{field}", lambda language: _value_names(field, language))


def _listed(language: str) -> Iterator[tuple[str, str]]:
    """Yield the name of each field with a list, and of each of its values."""
    for column in load_method().columns.values():
        if column.type in LISTED:
            name = choose_text(column.name, language)
            yield from ((name, value) for value in values_of(column.id).labels(language).values())


FIELDS = Choices("npo_fields", _field_names)
WRITTEN = Choices("npo_written", _written_names)
COUNTRIES = Choices("npo_countries", country_names)
_WITH_VALUES = Choices("npo_listed_fields", lambda language: _numbered(name for name, _ in _listed(language)))
_VALUES = Choices("npo_listed_values", lambda language: _numbered(value for _, value in _listed(language)))


def _numbered(texts: Iterator[str]) -> Mapping[str, str]:
    return {str(number): text for number, text in enumerate(texts)}


def _list_for(key: str) -> str:
    """Return the values of the field that a cell names."""
    name = f"{{{key}}}"
    first, count = f"MATCH({name},{_WITH_VALUES.name},0)-1", f"COUNTIF({_WITH_VALUES.name},{name})"
    return f"OFFSET({_VALUES.name},{first},0,{count},1)"


_PRINTED, _CHOICE = CellKind.PRINTED, CellKind.CHOICE
_HEADING = SheetColumn(key="heading", heading="Column of the register", kind=CellKind.ID, width=30)

COLUMNS = SheetTable(
    name="columns",
    columns=(
        _HEADING,
        SheetColumn(key="profile", heading="What its values look like", kind=_PRINTED, width=34, style="requirement"),
        SheetColumn(key="samples", heading="Samples", kind=_PRINTED, width=36, style="requirement"),
        SheetColumn(key="field", heading="Field", kind=_CHOICE, choices=FIELDS, width=32, style="short text"),
        SheetColumn(key="also", heading="Second field", kind=_CHOICE, choices=FIELDS, width=28, style="short text"),
        SheetColumn(
            key="written", heading="How it is written", kind=_CHOICE, choices=WRITTEN, width=20, style="short text"
        ),
        SheetColumn(key="separator", heading="Sign between parts", width=16, style="short text"),
        SheetColumn(key="reason", heading="Why this is proposed", kind=_PRINTED, width=46, style="requirement"),
    ),
)
"""The columns of the register, each with its field; what people add beneath is a heading once more with a field."""

VALUES = SheetTable(
    name="values",
    is_sure=False,
    columns=(
        _HEADING,
        SheetColumn(key="value", heading="Value", kind=_PRINTED, kept=True, width=44, style="requirement"),
        SheetColumn(key="rows", heading="Rows looked at", kind=_PRINTED, width=14, style="count"),
        SheetColumn(key="field", heading="Field", kind=_PRINTED, width=30, style="requirement"),
        SheetColumn(key="code", heading="It means", list_from=_list_for("field"), width=30, style="short text"),
        SheetColumn(key="also", heading="Second field", kind=_PRINTED, width=30, style="requirement"),
        SheetColumn(
            key="also_code", heading="For the second field", list_from=_list_for("also"), width=30, style="short text"
        ),
    ),
)
"""Values of coded columns and what each means; the fields are formulas that repeat the sheet of columns."""


_VALUE = SheetColumn(key="value", heading="Value", width=36, style="field")


@cache
def _value_for_all(fact: str) -> SheetColumn | None:
    choices = COUNTRIES if fact == HOME else values_of(fact) if fact in FOR_ALL else None
    return replace(_VALUE, kind=_CHOICE, choices=choices) if choices else None


WHOLE = SheetTable(
    name="whole",
    is_sure=False,
    columns=(
        SheetColumn(key="fact", heading="Id", kind=CellKind.ID, width=26, hidden=True),
        SheetColumn(key="name", heading="Fact", kind=_PRINTED, width=44, style="requirement"),
        replace(_VALUE, column_of=_value_for_all),
        SheetColumn(key="reason", heading="Reason", width=70),
    ),
)
"""What is the same for every body of the register, and why."""

LISTS = (FIELDS, WRITTEN, COUNTRIES, _WITH_VALUES, _VALUES, *map(values_of, FOR_ALL))

MAPPING = BookSchema(
    kind="npo-mapping",
    what="a mapping of a register of non-profit organisations",
    command="fatf-kit npo map",
    tables=(COLUMNS, VALUES, WHOLE),
)
