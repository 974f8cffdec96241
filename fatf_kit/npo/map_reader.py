"""Read the workbook of `npo map` as a mapping.

Names of fields and values are accepted in every shipped language, and as ids. A cell that cannot be used is a Problem.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from fatf_kit.errors import FatfKitError
from fatf_kit.locale import LANGUAGES, clean, normalise
from fatf_kit.messages import Words
from fatf_kit.npo.convert import country, yes_no
from fatf_kit.npo.map_workbook import (
    COLUMNS,
    FOR_ALL,
    HOME,
    NOTHING,
    SHEET,
    VALUES,
    WHOLE,
    codes_by_name,
    fields_by_name,
    written_names,
)
from fatf_kit.npo.mapping import ColumnMap, Field
from fatf_kit.npo.method import Method
from fatf_kit.problems import CellRef, Problem, make_problem
from fatf_kit.safety.ordinary import why_unfit
from fatf_kit.spreadsheets.files import open_sheets
from fatf_kit.spreadsheets.sheet import Sheet, flaw
from fatf_kit.workbook.beside import beside, over

_JOINED = ("codes", "countries")
_ENOUGH = 4
_SHOWN = ("field", "also")
"""Formulas on the sheet of values that only repeat what the sheet of columns says."""


@dataclass(slots=True, kw_only=True)
class _Found:
    """What was read so far. `fields` are by column of the register, `codes` by it, field and value."""

    method: Method
    names: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)
    sources: list[tuple[str, str, Mapping[str, object], CellRef]] = field(default_factory=list)
    codes: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    whole: dict[str, tuple[str, str, CellRef]] = field(default_factory=dict)
    home: str | None = None
    sheet: str | None = None


def is_workbook(path: Path) -> bool:
    """Whether a mapping is a workbook and not JSON, by its first bytes."""
    if why := why_unfit(path):
        raise FatfKitError(f"The mapping {path.name} cannot be read: {why}.")
    try:
        with path.open("rb") as file:
            return file.read(4) == b"PK\x03\x04"
    except OSError as fault:
        raise FatfKitError(f"The mapping {path.name} cannot be read: {fault.strerror}.") from fault


def read_map_workbook(path: Path, method: Method) -> tuple[ColumnMap | None, tuple[Problem, ...]]:
    """The mapping on a workbook and every cell that could not be used; None where it is not such a workbook."""
    sheets = open_sheets(path)
    if isinstance(sheets, Problem):
        return None, (sheets,)
    found = _Found(method=method, names=fields_by_name(method))
    by_kind = {name: _table(sheets, keys) for name, keys in (("c", COLUMNS), ("v", VALUES), ("w", WHOLE))}
    if by_kind["c"] is None:
        return None, (
            make_problem(
                "workbook-not-ours",
                CellRef(file=path.name),
                what="a mapping of a register of non-profit organisations",
                command="fatf-kit npo map",
            ),
        )
    for name, read in (("c", _read_column), ("v", _read_value), ("w", _read_whole)):
        table = by_kind[name]
        if table is None:
            continue
        sheet, head, at = table
        for row in range(head + 1, len(sheet.grid)):
            cells = _Row(sheet=sheet, row=row, at=at)
            found.problems += cells.flaws(_SHOWN if name == "v" else ())
            read(cells, found)
        found.problems += beside(sheet, range(max(at.values()) + 1))
    found.problems += over(sheets)
    return _mapping(found), tuple(found.problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One row of a table, by key."""

    sheet: Sheet
    row: int
    at: Mapping[str, int]

    def text(self, key: str) -> str:
        value = self.sheet.value(self.row, self.at[key]) if key in self.at else None
        return "" if value is None else clean(str(value))

    def ref(self, key: str) -> CellRef:
        return self.sheet.ref(self.row, self.at.get(key, 0))

    def flaws(self, besides: Collection[str]) -> list[Problem]:
        return [
            flaw(self.sheet.flaws[self.row, at], self.ref(key))
            for key, at in self.at.items()
            if (self.row, at) in self.sheet.flaws and key not in besides
        ]


def _table(sheets: list[Sheet], keys: Mapping[str, float]) -> tuple[Sheet, int, dict[str, int]] | None:
    """The sheet with all of the keys in one row, that row, and where each is."""
    for sheet in sheets:
        for number, row in enumerate(sheet.grid):
            at = {text: n for n, value in enumerate(row) if isinstance(value, str) and (text := value.strip()) in keys}
            if len(at) == len(keys) >= _ENOUGH:
                return sheet, number, at
    return None


def _read_column(cells: _Row, found: _Found) -> None:
    """The fields of one column of the register."""
    heading = cells.text("heading")
    for key in ("field", "also"):
        name = cells.text(key)
        if not name or name == NOTHING:
            continue
        if not heading:
            found.problems.append(make_problem("row-nameless", cells.ref(key), column="heading"))
            continue
        column = found.names.get(normalise(name))
        if column is None:
            found.problems.append(make_problem("npo-map-field", cells.ref(key), found=name))
            continue
        how = _how(cells, column, found) if key == "field" else {}
        found.sources.append((column, heading, how, cells.ref(key)))


def _how(cells: _Row, column: str, found: _Found) -> dict[str, object]:
    """How the values of a column are written."""
    made: dict[str, object] = {}
    if separator := cells.text("separator"):
        made["separator"] = separator
    said = cells.text("written")
    if not said:
        return made
    known = {normalise(name): code for language in LANGUAGES for code, name in written_names(Words(language)).items()}
    code = known.get(normalise(said), normalise(said))
    kind = found.method.columns[column].type
    if code in ("dmy", "mdy") and kind == "date":
        made["dates"] = code
    elif code in ("percent", "fraction") and kind == "share":
        made["unit"] = code
    elif kind == "money" and code.isdigit() and int(code) > 0:
        made["unit"] = float(code)
    else:
        found.problems.append(make_problem("npo-map-written", cells.ref("written"), found=said, column=column))
    return made


def _read_value(cells: _Row, found: _Found) -> None:
    """What one value of a column means for the fields it is taken for."""
    heading, value = cells.text("heading"), cells.text("value")
    columns = [column for column, of, _, _ in found.sources if of == heading]
    for key, place in (("code", 0), ("also_code", 1)):
        said = cells.text(key)
        if not said:
            continue
        if place >= len(columns):
            found.problems.append(make_problem("npo-map-code-alone", cells.ref(key), found=said, column=heading))
            continue
        column = found.method.columns[columns[place]]
        code = country(said) if column.type == "countries" else codes_by_name(column).get(normalise(said))
        if code is None:
            found.problems.append(make_problem("npo-map-code", cells.ref(key), found=said, column=column.id))
            continue
        found.codes.setdefault((heading, column.id), {})[value] = "" if code == NOTHING else code


def _read_whole(cells: _Row, found: _Found) -> None:
    """One value for the whole register."""
    fact, value, reason = cells.text("fact"), cells.text("value"), cells.text("reason")
    if not value:
        if reason and fact:
            found.problems.append(make_problem("npo-map-value", cells.ref("value"), column=fact))
        return
    if fact == SHEET:
        found.sheet = value
        return
    if not reason:
        found.problems.append(make_problem("npo-map-reason", cells.ref("reason"), column=fact))
        return
    if fact == HOME:
        found.home = country(value)
        if found.home is None:
            found.problems.append(make_problem("npo-map-code", cells.ref("value"), found=value, column=fact))
    elif fact in FOR_ALL:
        code = codes_by_name(found.method.columns[fact]).get(normalise(value))
        if code is None or code == NOTHING:
            found.problems.append(make_problem("npo-map-code", cells.ref("value"), found=value, column=fact))
        else:
            found.whole[fact] = (code, reason, cells.ref("value"))


def _mapping(found: _Found) -> ColumnMap:
    """The fields, with the columns that make up each."""
    fields: dict[str, Field] = {}
    for column, heading, how, where in found.sources:
        kind = found.method.columns[column].type
        codes = found.codes.get((heading, column), {})
        yes = [code for value, code in codes.items() if code and yes_no(value, found.method)]
        now = fields.get(column, Field())
        if kind in _JOINED and yes:
            fields[column] = replace(now, join=MappingProxyType({**now.join, heading: yes[0]}))
            continue
        if yes and kind != "yes_no":
            codes |= dict.fromkeys(found.method.yes, yes[0])
        for value, code in codes.items():
            if now.codes.get(value, code) != code:
                found.problems.append(make_problem("npo-map-twice", where, found=value, column=column))
        fields[column] = replace(
            now,
            headings=(*now.headings, heading),
            codes=MappingProxyType({**now.codes, **codes}),
            **how,  # type: ignore[arg-type]
        )
    for column, (code, reason, where) in found.whole.items():
        if column in fields:
            found.problems.append(make_problem("npo-map-both", where, column=column))
        else:
            fields[column] = Field(constant=code, because=reason)
    return ColumnMap(fields=MappingProxyType(fields), home_country=found.home, sheet=found.sheet)
