"""A column or field is declared once and spread over what data lists, such as languages; each is found by its role.

A workbook names in its stamp the languages for which it has columns. One that was written before a language was added
therefore lacks nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.messages import name_language
from fatf_kit.spreadsheets.schema import BookSchema, CoverField, SheetColumn
from fatf_kit.spreadsheets.words import WorkbookText, translate_text

Declared = TypeVar("Declared", SheetColumn, CoverField)
Value = TypeVar("Value")

STAMPED = "languages"
"""The fact of a stamp that names the languages of the columns."""

_UNSTAMPED = ("en", "ar", "fr")
"""The languages of a workbook without that fact: it was written when fatf-kit had no others."""


def spread_languages(declared: Declared) -> tuple[Declared, ...]:
    """Make a column or field for each shipped language, in their order, from the one that says what they share.

    Its key becomes their role. In its heading or label "{language}" is replaced by the name of the language.

    >>> [column.key for column in spread_languages(SheetColumn("title", "Title in {language}"))][:2]
    ['title_en', 'title_ar']
    >>> spread_languages(SheetColumn("title", "Title in {language}"))[1].heading_in("fr")
    'Titre en arabe'
    """
    return tuple(_make_member(declared, language, "language", name_language) for language in LANGUAGES)


def spread_key(role: str, member: str) -> str:
    """Return the key of the column or field of a role for a member, such as a language.

    >>> spread_key("name", "ar")
    'name_ar'
    """
    return f"{role}_{member}"


def find_spread(columns: Iterable[Declared], role: str) -> dict[str, Declared]:
    """Find the columns or fields of a role, by member."""
    return {column.member: column for column in columns if column.role == role}


def fill_spread(role: str, values: Mapping[str, Value]) -> dict[str, Value]:
    """Return values by language under the keys of a role, as a row or a cover is written.

    >>> fill_spread("name", {"en": "Police", "fr": "Police nationale"})
    {'name_en': 'Police', 'name_fr': 'Police nationale'}
    """
    return {spread_key(role, member): value for member, value in values.items()}


def stamp_languages(schema: BookSchema) -> dict[str, str]:
    """Return the fact of a stamp on the languages of the columns; nothing where it goes without saying."""
    columns = [column for table in schema.tables for column in table.columns if column.role]
    fields = [field for field in schema.fields if field.role]
    languages = dict.fromkeys((*(column.member for column in columns), *(field.member for field in fields)))
    return {} if languages.keys() <= set(_UNSTAMPED) else {STAMPED: " ".join(languages)}


def list_unknown_languages(stamp: Mapping[str, str]) -> tuple[str, ...]:
    """Return the languages of the columns of a workbook that this version of fatf-kit does not have.

    >>> list_unknown_languages({"languages": "en ar fr xx"}), list_unknown_languages({})
    (('xx',), ())
    """
    return tuple(language for language in stamp.get(STAMPED, "").split() if language not in LANGUAGES)


def is_newer(column: SheetColumn, stamp: Mapping[str, str]) -> bool:
    """Return whether a column is for a language that fatf-kit did not have when a workbook with a stamp was written."""
    languages = stamp[STAMPED].split() if STAMPED in stamp else _UNSTAMPED
    return bool(column.role) and column.member not in languages


def _make_member(declared: Declared, member: str, fact: str, name_member: Callable[[str, str], str]) -> Declared:
    """Make the column or field of one member, whose name is a fact of the heading."""
    key, role = spread_key(declared.key, member), declared.key
    if isinstance(declared, SheetColumn):
        heading = _fill(declared.heading, member, fact, name_member)
        return replace(declared, key=key, heading=heading, role=role, member=member)
    label = _fill(declared.label, member, fact, name_member)
    return replace(declared, key=key, label=label, role=role, member=member)


def _fill(text: WorkbookText, member: str, fact: str, name_member: Callable[[str, str], str]) -> WorkbookText:
    return lambda language: translate_text(text, language).format_map({fact: name_member(member, language)})
