"""Tables of a kind and fields of a cover are found on a sheet, wherever they were moved.

Columns are found by the hidden row of keys, and by the headings in any language where keys are gone. A row of keys or
headings may stand anywhere, and several times: people sort it along with the rows below it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from fatf_kit.core.languages import normalise
from fatf_kit.spreadsheets.marks import HEADING_BREAK, HEADING_BREAKS
from fatf_kit.spreadsheets.schema import BookSchema, CoverField, SheetTable
from fatf_kit.spreadsheets.sheet import SheetContent
from fatf_kit.spreadsheets.words import list_translations

_LONGEST = 90  # characters of a heading with spaces and invisible marks
_LONGEST_CELL = 2_000  # characters of a cell that holds a heading and more
_NEAR_THE_TOP = 60  # rows in which headings are looked for first


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTable:
    """A table on a sheet: where its columns are (from 0), by key.

    `heads` has the columns that each row names which looks like a head. `missing` are the columns read that no head
    names.
    """

    table: SheetTable
    columns: Mapping[str, int]
    heads: Mapping[int, Mapping[str, int]]
    missing: tuple[str, ...]


def find_tables(sheet: SheetContent, schema: BookSchema) -> list[tuple[SheetContent, FoundTable]]:
    """Find the tables of a kind that stand next to each other on a sheet, each with its part of the sheet."""
    parts = ((part, find_table(part, schema)) for part in divide_sheet(sheet, schema))
    return [(part, found) for part, found in parts if found is not None]


def find_table(sheet: SheetContent, schema: BookSchema) -> FoundTable | None:
    """Return the table of a kind that a sheet holds; None where no row looks like the head of one.

    The row that names most columns decides, a row of keys before one of headings.
    """
    heads = [
        head for number in _rows_with_words(sheet, schema) for head in _heads_in(number, sheet.grid[number], schema)
    ]
    by_key = _best(head for head in heads if head.by_key)
    headings = [head for head in heads if not head.by_key]
    by_heading = _best(head for head in headings if head.row < _NEAR_THE_TOP)
    best = by_key or by_heading or _best(headings)
    if best is None:
        return None
    if by_key and by_key.row:  # the headings over it, though most of them were changed
        heads += _heads_in(by_key.row - 1, sheet.grid[by_key.row - 1], schema, enough=1)
    columns = dict(best.columns)
    if by_heading and by_heading.table is best.table:
        taken = set(columns.values())
        columns |= {k: at for k, at in by_heading.columns.items() if k not in columns and at not in taken}
    order = [*best.table.by_key, *(key for key in columns if key not in best.table.by_key)]
    rows: dict[int, Mapping[str, int]] = {}
    for head in heads:
        if head.table is best.table and len(head.columns) > len(rows.get(head.row, ())):
            rows[head.row] = head.columns
    if by_key and by_heading and by_heading.row in rows:  # a heading typed over another names no column besides its key
        own = best.table.by_key
        rows[by_heading.row] = {k: at for k, at in rows[by_heading.row].items() if k in own or columns.get(k) == at}
    return FoundTable(
        table=best.table,
        columns={key: columns[key] for key in order if key in columns},
        heads=rows,
        missing=tuple(key for key in best.table.needed_keys if key not in columns),
    )


def divide_sheet(sheet: SheetContent, schema: BookSchema) -> Sequence[SheetContent]:
    """Divide a sheet on which tables stand next to each other into one part for each, with the addresses as they were.

    A part begins behind a blank column, with the column of its ids, or where the first heading comes again. Where
    nothing of this is so, the sheet stays whole: it would be a guess which columns belong together.
    """
    runs = [run for number in _rows_with_words(sheet, schema) for run in _runs_in(sheet.grid[number], schema)]
    bands: list[_Run] = []
    for run in sorted(runs, key=lambda run: run.first):
        if bands and run.first <= bands[-1].last:
            bands[-1] = bands[-1]._replace(last=max(bands[-1].last, run.last))
        else:
            bands.append(run)
    cuts = [0]
    for before, band in pairwise(bands):
        blank = next((at for at in range(band.first - 1, before.last, -1) if _is_blank(sheet, at)), None)
        if blank is not None or band.has_id_first or band.key == before.key:
            cuts.append(band.first if blank is None else blank + 1)
    if len(cuts) == 1:
        return [sheet]
    return [sheet.cut_out(first, last) for first, last in pairwise([*cuts, max(map(len, sheet.grid))])]


def _rows_with_words(sheet: SheetContent, schema: BookSchema) -> Iterator[int]:
    """Yield the numbers of rows in which a cell may name a column."""
    words = {text for text in sheet.distinct if isinstance(text, str) and _words_in(text, schema)}
    return (number for number, row in enumerate(sheet.grid) if not words.isdisjoint(row))


class _Run(NamedTuple):
    """Columns in which a row names those of one table, each once; the first of them has the key `key`."""

    first: int
    last: int
    key: str
    has_id_first: bool


def _runs_in(row: Sequence[object], schema: BookSchema) -> Iterator[_Run]:
    """Yield the runs of headings in a row that have enough of them for a table, and its id."""
    named: dict[tuple[SheetTable, bool], list[list[tuple[str, int]]]] = {}
    for at, value in enumerate(row):
        for word in _words_in(value, schema) if isinstance(value, str) and value else ():
            runs = named.setdefault((word.table, word.by_key), [[]])
            if any(key == word.key for key, _ in runs[-1]):
                runs.append([])
            runs[-1].append((word.key, at))
    is_row = _names_a_row(row, schema)
    found = [
        (len({at for _, at in run}), _Run(run[0][1], run[-1][1], run[0][0], has_id_first=run[0][0] == table.id))
        for (table, _), runs in named.items()
        for run in runs
        if len({at for _, at in run}) >= table.enough * (2 if is_row else 1)
        and (table.nameless or table.row_namer or any(key == table.id for key, _ in run))
    ]
    taken: list[_Run] = []
    for _, run in sorted(found, key=lambda pair: -pair[0]):
        if all(run.last < other.first or other.last < run.first for other in taken):
            taken.append(run)
    return iter(taken)


def _is_blank(sheet: SheetContent, column: int) -> bool:
    return not any(sheet.is_filled(row, column) for row in range(len(sheet.grid)))


class _Word(NamedTuple):
    """A key or a heading of a column."""

    table: SheetTable
    key: str
    by_key: bool


class _Head(NamedTuple):
    """A row that looks like the head of a table, by its keys or by its headings."""

    row: int
    table: SheetTable
    by_key: bool
    columns: Mapping[str, int]


def _best(heads: Iterator[_Head] | Sequence[_Head]) -> _Head | None:
    """Return the first of those with the most columns."""
    return max(heads, key=lambda head: (len(head.columns), -head.row), default=None)


def _heads_in(number: int, row: Sequence[object], schema: BookSchema, enough: int | None = None) -> Iterator[_Head]:
    """Yield what a row may be the head of; nothing where fewer than `enough` of its words belong together."""
    found: dict[tuple[SheetTable, bool], dict[str, int]] = {}
    for at, value in enumerate(row):
        for word in _words_in(value, schema) if isinstance(value, str) and value else ():
            found.setdefault((word.table, word.by_key), {}).setdefault(word.key, at)
    for (table, by_key), columns in found.items():
        named = len(set(columns.values()))
        least = enough or table.enough
        if named >= least and (named >= 2 * least or not _names_a_row(row, schema)):
            yield _Head(number, table, by_key, {**columns, **_dynamic(row, table, columns)})


def _names_a_row(row: Sequence[object], schema: BookSchema) -> bool:
    """Return whether a row has an id of ours, so that words of headings in it are answers."""
    return schema.is_id is not None and any(isinstance(value, str) and schema.is_id(value) for value in row)


def _dynamic(row: Sequence[object], table: SheetTable, columns: Mapping[str, int]) -> Mapping[str, int]:
    """Return columns whose headings are no words of ours."""
    if table.dynamic is None:
        return {}
    taken = set(columns.values())
    named = ((table.dynamic(str(value)), at) for at, value in enumerate(row) if value != "" and at not in taken)
    found: dict[str, int] = {}
    for key, at in named:
        if key is not None:
            found.setdefault(key, at)
    return found


def _words_in(text: str, schema: BookSchema) -> Sequence[_Word]:
    """Return the columns that a cell may name: by a key, or by a heading alone, on its own line or before a break."""
    if len(text) >= _LONGEST and (len(text) >= _LONGEST_CELL or not ("\n" in text or HEADING_BREAK in text)):
        return ()
    return _words_in_short(text, schema)


@lru_cache(maxsize=16_384)  # the same texts stand in every workbook of a kind
def _words_in_short(text: str, schema: BookSchema) -> Sequence[_Word]:
    by_key, by_heading = _vocabulary(schema)
    found = list(by_key.get(text.strip(), ()))
    for piece in HEADING_BREAKS.split(text):
        found += by_heading.get(normalise(piece), ()) if len(piece) < _LONGEST else ()
    return found


@cache
def _vocabulary(schema: BookSchema) -> tuple[Mapping[str, Sequence[_Word]], Mapping[str, Sequence[_Word]]]:
    """Return keys, and headings in every language, each with the columns that it names: of one table at most one."""
    by_key: dict[str, list[_Word]] = {}
    by_heading: dict[str, list[_Word]] = {}
    for table in schema.tables:
        headings: dict[str, set[str]] = {}
        for column in table.columns:
            by_key.setdefault(column.key, []).append(_Word(table, column.key, by_key=True))
            for text in list_translations(column.heading):
                headings.setdefault(normalise(text), set()).add(column.key)
        for text, keys in headings.items():
            if len(keys) == 1:
                by_heading.setdefault(text, []).append(_Word(table, next(iter(keys)), by_key=False))
    return by_key, by_heading


_LONGEST_LABEL = 60  # characters of a label with spaces and invisible marks


class FieldPlace(NamedTuple):
    """The place of a field: its value (row and column from 0), and the cells of its key and label."""

    field: CoverField
    row: int
    column: int
    named: frozenset[tuple[int, int]]


def find_fields(sheet: SheetContent, schema: BookSchema) -> Sequence[FieldPlace]:
    """Return the fields on a sheet, in the order of its rows; none where it has too few of them to be a cover.

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


def _field_of(value: object, schema: BookSchema) -> CoverField | None:
    if not isinstance(value, str) or not value or len(value) >= _LONGEST_LABEL:
        return None
    return _field_names(schema).get(normalise(value))


@cache
def _field_names(schema: BookSchema) -> Mapping[str, CoverField]:
    names = {normalise(label): field for field in schema.fields for label in field.labels}
    return {**names, **{field.key: field for field in schema.fields}}
