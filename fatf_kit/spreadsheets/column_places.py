"""The places of the columns of a table in some of its rows: below a second head they are where that head names them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from operator import itemgetter

from fatf_kit.spreadsheets.rows import TableAddress
from fatf_kit.spreadsheets.schema import CellKind, SheetTable
from fatf_kit.spreadsheets.sheet import SheetContent, format_column


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnPlaces:
    """The columns of a table in some rows, each from 0: by key, and those that people fill in, printed, unread ones.

    `id` is the column of the ids, None where there is none. `keys` are those of the values of a row, `read` has the key
    of each column that is read, `typed_keys` those that people fill in.
    """

    by_key: Mapping[str, int]
    at: TableAddress
    id: int | None
    keys: tuple[str, ...]
    read: Mapping[int, str]
    typed: frozenset[int]
    typed_keys: frozenset[str]
    printed: frozenset[int]
    unread: frozenset[int]


def place_columns(sheet: SheetContent, table: SheetTable, columns: Mapping[str, int]) -> ColumnPlaces:
    """Make the places of columns from their numbers by key."""
    ordered = dict(sorted(columns.items(), key=itemgetter(1)))
    declared = {key: table.by_key[key] for key in columns if key in table.by_key}
    keys = (*table.value_keys, *(key for key in columns if key not in declared))
    printed = {key for key, column in declared.items() if column.kind is CellKind.PRINTED}
    ids = {key for key, column in declared.items() if column.kind is CellKind.ID}
    typed = columns.keys() - printed - ids
    return ColumnPlaces(
        by_key=columns,
        at=TableAddress(sheet.file, sheet.title, {key: format_column(column) for key, column in ordered.items()}),
        id=columns.get(table.id),
        keys=keys,
        read={columns[key]: key for key in (table.id, *keys) if key in columns},
        typed=frozenset(columns[key] for key in typed),
        typed_keys=frozenset(typed),
        printed=frozenset(columns[key] for key in printed),
        unread=frozenset(columns[key] for key, column in declared.items() if column.unread),
    )


def follow_head(places: ColumnPlaces, sheet: SheetContent, table: SheetTable, head: Mapping[str, int]) -> ColumnPlaces:
    """Return the same places below a head that names no column elsewhere, else the places that it names."""
    return places if head.items() <= places.by_key.items() else place_columns(sheet, table, head)
