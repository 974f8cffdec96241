"""Read the workbook of `npo map` as a mapping.

Names of fields and values are accepted in every shipped language, and as ids. A cell that cannot be used is a Problem.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.file_limits import refusal_reason
from fatf_kit.core.languages import normalise
from fatf_kit.core.problems import CellRef, Problem, make_problem, quote_found
from fatf_kit.npo.mapping.column_map import ColumnMap, FieldSource
from fatf_kit.npo.mapping.schema import (
    COLUMNS,
    FIELDS,
    FOR_ALL,
    HOME,
    MAPPING,
    NOTHING,
    SHEET,
    VALUES,
    WHOLE,
    WRITTEN,
    name_of_fact,
    values_of,
)
from fatf_kit.npo.method.load import Method
from fatf_kit.npo.register.cell_values import country, yes_no
from fatf_kit.spreadsheets.reader import read_book
from fatf_kit.spreadsheets.values import Record

_JOINED = ("codes", "countries")


@dataclass(slots=True, kw_only=True)
class _MappingAnswers:
    """The answers read so far. `fields` are by column of the register, `codes` by it, field and value."""

    method: Method
    problems: list[Problem] = field(default_factory=list)
    sources: list[tuple[str, str, Mapping[str, object], CellRef]] = field(default_factory=list)
    codes: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    whole: dict[str, tuple[str, str, CellRef]] = field(default_factory=dict)
    home: str | None = None
    sheet: str | None = None

    def report(self, code: str, where: CellRef, **facts: Any) -> None:
        """Add a Problem of a cell."""
        self.problems.append(make_problem(code, where, **facts))


def is_workbook(path: Path) -> bool:
    """Return whether a mapping is a workbook and not JSON, by its first bytes."""
    if why := refusal_reason(path):
        raise FatfKitError("The mapping {file} cannot be read: {why}.", file=path.name, why=why)
    try:
        with path.open("rb") as file:
            return file.read(4) == b"PK\x03\x04"
    except OSError as fault:
        raise FatfKitError("The mapping {file} cannot be read: {why}.", file=path.name, why=fault.strerror) from fault


def read_map_workbook(path: Path, method: Method) -> tuple[ColumnMap | None, tuple[Problem, ...]]:
    """Return the mapping on a workbook and every cell that could not be used; None where it is not such a workbook."""
    book, problems = read_book(path, MAPPING)
    if book is None:
        return None, problems
    found = _MappingAnswers(method=method, problems=book.problems)
    for table, read in ((COLUMNS, _read_column), (VALUES, _read_value), (WHOLE, _read_whole)):
        for row in book.rows.get(table.name, ()):
            read(Record(row, table), found)
    return _mapping(found), tuple(found.problems)


def _read_column(row: Record, found: _MappingAnswers) -> None:
    """The fields of one column of the register."""
    heading = row.id
    for key in ("written", "separator"):
        if row.has(key) and not row.text("field"):
            found.report("npo-map-unused", row.ref(key), found=row.text(key))
    for key in ("field", "also"):
        name = row.text(key)
        if not name or name == NOTHING:
            continue
        column = FIELDS.code_of(name)
        if column is None:
            found.report("npo-map-field", row.ref(key), found=name)
            continue
        how = _how(row, column, found) if key == "field" else {}
        found.sources.append((column, heading, how, row.ref(key)))


def _how(row: Record, column: str, found: _MappingAnswers) -> dict[str, object]:
    """Return how the values of a column are written."""
    made: dict[str, object] = {}
    if separator := row.text("separator"):
        made["separator"] = separator
    said = row.text("written")
    if not said:
        return made
    code = WRITTEN.code_of(said) or normalise(said)
    kind = found.method.columns[column].type
    if code in ("dmy", "mdy") and kind == "date":
        made["dates"] = code
    elif code in ("percent", "fraction") and kind == "share":
        made["unit"] = code
    elif kind == "money" and code.isdigit() and int(code) > 0:
        made["unit"] = float(code)
    else:
        found.report("npo-map-written", row.ref("written"), found=said, column=FIELDS.local_name(column))
    return made


def _read_value(row: Record, found: _MappingAnswers) -> None:
    """Read the meaning of one value of a column for the fields it is taken for."""
    heading, value = row.id, row.text("value")
    columns = [column for column, of, _, _ in found.sources if of == heading]
    for key, place in (("code", 0), ("also_code", 1)):
        said = row.text(key)
        if not said:
            continue
        if place >= len(columns):
            found.report("npo-map-code-alone", row.ref(key), found=said, column=heading)
            continue
        column = found.method.columns[columns[place]]
        code = country(said) if column.type == "countries" else values_of(column.id).code_of(said)
        if code is None:
            found.report("npo-map-code", row.ref(key), found=said, column=FIELDS.local_name(column.id))
            continue
        found.codes.setdefault((heading, column.id), {})[value] = "" if code == NOTHING else code


def _read_whole(row: Record, found: _MappingAnswers) -> None:
    """One value for the whole register."""
    fact, value, reason = row.id, row.text("value"), row.text("reason")
    if not value:
        if reason and fact:
            found.report("npo-map-value", row.ref("value"), column=name_of_fact(fact))
    elif fact == SHEET:
        found.sheet = value
    elif not reason:
        found.report("npo-map-reason", row.ref("reason"), column=name_of_fact(fact))
    elif fact != HOME and fact not in FOR_ALL:
        found.report("npo-map-fact", row.row.ref.place, **quote_found(fact))
    else:
        code = country(value) if fact == HOME else values_of(fact).code_of(value)
        if code is None or code == NOTHING:
            found.report("npo-map-code", row.ref("value"), found=value, column=name_of_fact(fact))
        elif fact == HOME:
            found.home = code
        else:
            found.whole[fact] = (code, reason, row.ref("value"))


def _mapping(found: _MappingAnswers) -> ColumnMap:
    """Return the fields, with the columns that make up each."""
    fields: dict[str, FieldSource] = {}
    for column, heading, how, where in found.sources:
        kind = found.method.columns[column].type
        codes = found.codes.get((heading, column), {})
        yes = [code for value, code in codes.items() if code and yes_no(value, found.method)]
        now = fields.get(column, FieldSource())
        if kind in _JOINED and yes:
            fields[column] = replace(now, join=MappingProxyType({**now.join, heading: yes[0]}))
            continue
        if yes and kind != "yes_no":
            codes |= dict.fromkeys(found.method.yes, yes[0])
        for value, code in codes.items():
            if now.codes.get(value, code) != code:
                found.report("npo-map-twice", where, found=value, column=FIELDS.local_name(column))
        fields[column] = replace(
            now,
            headings=(*now.headings, heading),
            codes=MappingProxyType({**now.codes, **codes}),
            **how,  # type: ignore[arg-type]
        )
    for column, (code, reason, where) in found.whole.items():
        if column in fields:
            found.report("npo-map-both", where, column=FIELDS.local_name(column))
        else:
            fields[column] = FieldSource(constant=code, because=reason)
    return ColumnMap(fields=MappingProxyType(fields), home_country=found.home, sheet=found.sheet)
