"""The fields of a cover: each is the first filled cell behind its key or its label, in any language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from fatf_kit.core.languages import normalise
from fatf_kit.spreadsheets.schema import BookSchema, Field
from fatf_kit.spreadsheets.sheet import CellValue, Sheet

_LONGEST = 60  # characters of a label with spaces and invisible marks


class FieldPlace(NamedTuple):
    """Where a field stands: its value (row and column from 0), and the cells of its key and label."""

    field: Field
    row: int
    column: int
    named: frozenset[tuple[int, int]]


def find_fields(sheet: Sheet, schema: BookSchema) -> Sequence[FieldPlace]:
    """The fields on a sheet, in the order of its rows; none where it has too few of them to be a cover.

    Where nothing is filled in, the place is the cell behind the label.
    """
    found: list[FieldPlace] = []
    for row, cells in enumerate(sheet.grid):
        named = [(at, one) for at, value in enumerate(cells) if (one := _field_of(value, schema))]
        if named:
            field = named[0][1]
            labels = [at for at, one in named if one is field]
            after = range(labels[-1] + 1, len(cells))
            place = next((at for at in after if sheet.is_filled(row, at)), labels[-1] + 1)
            found.append(FieldPlace(field, row, place, frozenset((row, at) for at in labels)))
    return found if len({one.field for one in found}) >= schema.fewest_fields else ()


def _field_of(value: object, schema: BookSchema) -> Field | None:
    if not isinstance(value, str) or not value or len(value) >= _LONGEST:
        return None
    return _names(schema).get(normalise(value))


@cache
def _names(schema: BookSchema) -> Mapping[str, Field]:
    names = {normalise(label): field for field in schema.fields for label in field.labels}
    return {**names, **{field.key: field for field in schema.fields}}


def is_name(value: CellValue) -> bool:
    """Whether a value may be a name: a text with a letter in it, not a number or a date.

    >>> is_name("Ruritania"), is_name("2026-03-31"), is_name(12.0)
    (True, False, False)
    """
    return isinstance(value, str) and any(map(str.isalpha, value))
