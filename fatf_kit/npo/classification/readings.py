"""Each distinct text of a register is read once, and what it means is kept in a table of its own.

The table `read_<field>` has one row for each text that the register holds in that field: the text, the values that
follow from it, in how many rows it occurs, the first of them, and whether something in it cannot be read. A value that
is not known is NULL. Amounts and dates that are written plainly are read in SQL while the file is loaded, into the
column `plain_<field>`, so their table holds the other spellings only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import isfinite
from typing import TYPE_CHECKING

from fatf_kit.core.languages import normalise
from fatf_kit.npo.mapping.beneficiary_words import COLUMN as BENEFICIARIES
from fatf_kit.npo.mapping.beneficiary_words import names_identity
from fatf_kit.npo.mapping.column_map import ColumnMap, FieldSource
from fatf_kit.npo.method.factors import area_level, codes_level, count_places, country_level, list_column, places_abroad
from fatf_kit.npo.method.load import Factor, Method, RegisterColumn
from fatf_kit.npo.method.settings import Settings
from fatf_kit.npo.method.sql import literal, quoted
from fatf_kit.npo.register import cell_values as convert
from fatf_kit.npo.register.engine import add_rows, make_table

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SEGMENTS = ("legal_form", "region", "activity")
NUMBERS = ("money", "share", "count")
JOINED = ";"
"""Stands between several codes in one value."""
_LARGEST = 10**15
_FLOAT = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_BATCH = 10_000
_FEW = 1000
"""The most values that a type lists."""

Value = str | int | float | bool | None
Reader = Callable[[str], Value]
"""A text to its value; None where it says nothing or cannot be read."""
Unread = Callable[[str], Sequence[str]]
"""A text to what of it cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldReader:
    """How the texts of one field are read.

    `values` are by the name of the column that they give, each with its SQL type. `unread` lists what of a text cannot
    be read. `plain` is an SQL expression over the text that reads plain spellings, "" where every text is looked up.
    """

    column: str
    values: Mapping[str, tuple[str, Reader]]
    unread: Unread
    plain: str = ""

    @property
    def table(self) -> str:
        """The name of its table."""
        return f"read_{self.column}"

    @property
    def loaded(self) -> str:
        """The SQL that loads the text: all of it, or its plain value and the text where it has none."""
        if not self.plain:
            return self.column
        name = f"plain_{self.column}"
        return f"{self.plain} AS {name}, CASE WHEN {name} IS NULL THEN {self.column} END AS {self.column}"

    @property
    def typed(self) -> dict[str, str]:
        """Its values as SQL expressions with their names, by name."""
        typed = {name: f"{self.table}.{name}" for name in self.values}
        if self.plain:
            typed[self.column] = f"coalesce(register.plain_{self.column}, {typed[self.column]})"
        return {name: f"{expression} AS {name}" for name, expression in typed.items()}


@dataclass(slots=True, kw_only=True)
class RegisterFields:
    """The fields that a register has, their readers, and the places of the settings that it names."""

    method: Method
    fields: Mapping[str, FieldSource]
    header: Sequence[str]
    readers: list[FieldReader] = field(default_factory=list)
    places_met: set[str] = field(default_factory=set)

    def has(self, column: str) -> bool:
        """Return whether the register has the field."""
        return column in self.fields

    def raw_sql(self, column: str) -> str:
        """Return the text of a field in the columns c0, c1 … of the file, NULL where blank."""
        source = self.fields[column]
        if source.constant is not None:
            return literal(source.constant)
        place = {heading: f"c{n}" for n, heading in enumerate(self.header)}
        filled = [place[heading] for heading in source.headings if heading in place]
        first = f"coalesce({', '.join(filled)})" if len(filled) > 1 else "".join(filled) or "NULL::VARCHAR"
        if not source.join:
            return first
        parts = [
            f"CASE WHEN lower(trim({place[heading]})) IN ({quoted(self.method.yes)}) THEN {literal(code)} END"
            for heading, code in source.join.items()
            if heading in place
        ]
        return f"nullif(concat_ws({literal(source.separator or ';')}, {', '.join([first, *parts])}), '')"


def open_fields(
    header: Sequence[str], mapping: ColumnMap, method: Method, settings: Settings, as_of: date
) -> RegisterFields:
    """Return the fields of a register with a reader for each; a field whose headings the file lacks is left out."""
    fields = {
        column: source
        for column, source in mapping.fields.items()
        if source.constant is not None or any(heading in header for heading in source.every_heading)
    }
    made = RegisterFields(method=method, fields=fields, header=header)
    made.readers = [_reader(column, made, settings, as_of) for column in fields if column != "npo_id"]
    return made


def read_texts(engine: DuckDBPyConnection, reader: FieldReader) -> None:
    """Make the table of one field from the table `register`."""
    kinds = {name: kind for name, (kind, _) in reader.values.items()}
    columns = {"text": "VARCHAR", **kinds, "is_unread": "BOOLEAN", "rows": "BIGINT", "first_line": "BIGINT"}
    make_table(engine, reader.table, columns)
    with engine.cursor() as cursor:
        found = cursor.execute(
            f"SELECT {reader.column}, count(*), min(line) FROM register WHERE {reader.column} IS NOT NULL GROUP BY ALL"
        )
        while part := found.fetchmany(_BATCH):
            read = [
                (text, *(of(text) for _, of in reader.values.values()), bool(reader.unread(text)), rows, line)
                for text, rows, line in part
            ]
            add_rows(engine, reader.table, columns, read)
    for name, kind in kinds.items():
        if kind == "VARCHAR":
            _list_values(engine, reader.table, name)


def _list_values(engine: DuckDBPyConnection, table: str, column: str) -> None:
    """Give a column of few values the type that lists them, which the engine writes to a file much faster."""
    values = f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL ORDER BY ALL"
    ((count,),) = engine.execute(f"SELECT count(*) FROM ({values})").fetchall()
    if 0 < count <= _FEW:
        engine.execute(f"CREATE TYPE {table}_{column} AS ENUM ({values})")
        engine.execute(f"ALTER TABLE {table} ALTER COLUMN {column} TYPE {table}_{column}")


def _reader(column: str, made: RegisterFields, settings: Settings, as_of: date) -> FieldReader:
    method, source = made.method, made.fields[column]
    kind = method.columns[column]
    values: dict[str, tuple[str, Reader]] = {}
    unread: Unread = lambda _: ()  # noqa: E731 - the field is never at fault
    plain = ""
    if column in SEGMENTS:
        values[column] = "VARCHAR", _segment_reader(kind, source, method)
    elif kind.type == "text":
        values[column] = "BOOLEAN", lambda text: None if convert.is_blank(text, method) else True
    elif kind.type in NUMBERS:
        read = _number_reader(kind, source, method)
        values[column], unread = ("DOUBLE", read), _whole(read, method)
        plain = _plain_amount(column, source) if kind.type == "money" else ""
    elif kind.type == "date":
        day: Reader = lambda text: None if convert.is_blank(text, method) else convert.day(text, source.dates)  # noqa: E731
        values[column], unread = ("DATE", day), _whole(day, method)
        plain = f"CASE WHEN strlen({column}) = 10 AND instr({column}, '-') = 5 THEN TRY_CAST({column} AS DATE) END"
    elif kind.type in ("yes_no", "code", "level"):
        closed, unread = _closed_reader(kind, source, method)
        values[column] = {"yes_no": "BOOLEAN", "code": "VARCHAR", "level": "UTINYINT"}[kind.type], closed
    elif kind.type in ("codes", "countries"):
        unread = unread_items(column, source, method)
    if column == "purpose":
        values["good_works"] = "BOOLEAN", _one_of(column, method.scope["good_works"], source, method)
    elif column == BENEFICIARIES:
        values[column] = "VARCHAR", _groups_reader(source, method)
    elif column == "operating_countries":
        values["named_abroad"] = "BOOLEAN", _abroad_reader(source, settings)
        values[column] = "VARCHAR", lambda text: JOINED.join(dict.fromkeys(filter(None, _countries(text, source))))
    if column == method.uncontrolled.channel.column:
        values["informal_channel"] = "BOOLEAN", _one_of(column, method.uncontrolled.channel.codes, source, method)
    for factor in method.rated:
        for rule in factor.rules:
            name = list_column(factor, rule, column)
            if name and (rule["rule"] != "segment" or factor.id in settings.segment_factors):
                values[name] = "UTINYINT", _list_reader(factor, rule, column, made, settings, as_of)
    return FieldReader(column=column, values=values, unread=unread, plain=plain)


def _list_reader(
    factor: Factor, rule: Mapping[str, object], column: str, made: RegisterFields, settings: Settings, as_of: date
) -> Reader:
    """Return the level, or the number of places, that a list in one cell gives by one rule of a factor."""
    method, source = made.method, made.fields[column]
    kind = method.columns[column]

    def places(text: str) -> list[str | None]:
        if kind.type == "countries":
            return convert.items_of(text, lambda part: _country(part, source), method, source.separator)
        return [normalise(source.codes.get(part, part)) for part in convert.parts_of(text, source.separator)]

    if rule["rule"] == "codes":
        read = convert.code_reader(kind, source.codes)
        return lambda text: codes_level(rule, _codes(text, read, source, method), is_open=kind.open)
    if rule["rule"] == "steps":
        return lambda text: count_places(places(text))
    if rule["rule"] == "segment":
        regions = settings.segment_factors.get(factor.id, {})

        def region_level(text: str) -> int | None:
            made.places_met.update({normalise(text)} & set(regions))
            return regions.get(normalise(text))

        return region_level
    if rule["list"] == "countries":
        countries, home, watched = (
            settings.levels_of("countries", as_of),
            settings.home_country,
            method.screening.watched.countries,
        )
        return lambda text: country_level(rule, places(text), countries, home, watched)
    areas = settings.levels_of("areas", as_of)

    def area(text: str) -> int | None:
        found = places(text)
        made.places_met.update(place for place in found if areas and place in areas)
        return area_level(rule, found, areas)

    return area


def _whole(read: Reader, method: Method) -> Unread:
    """Return what lists a text that is one value if it cannot be read; a text that states nothing is known can be."""
    return lambda text: () if read(text) is not None or convert.is_blank(text, method) else (text,)


def unread_items(column: str, source: FieldSource, method: Method) -> Unread:
    """Return what gives the items of a list that cannot be read."""
    kind = method.columns[column]
    code = convert.code_reader(kind, source.codes)

    def unread(text: str) -> Sequence[str]:
        if kind.type == "codes" and (code(text) if column != BENEFICIARIES else code(text) or None) is not None:
            return ()
        read = code if kind.type == "codes" else lambda part: _country(part, source)
        parts = dict.fromkeys(convert.parts_of(text, source.separator))
        unknown = [part for part in parts if read(part) is None and not convert.is_blank(part, method)]
        return [part for part in unknown if column != BENEFICIARIES or not names_identity(part, method)]

    return unread


def _codes(text: str, read: Callable[[str], str | None], source: FieldSource, method: Method) -> list[str | None]:
    """Return the codes of a list in one cell, None for an item that cannot be read.

    A cell may be one code as a whole.
    """
    whole = read(text)
    return [whole] if whole is not None else convert.items_of(text, read, method, source.separator)


def _country(text: str, source: FieldSource) -> str | None:
    return convert.country(source.codes.get(text, text))


def _countries(text: str, source: FieldSource) -> list[str | None]:
    return [_country(part, source) for part in convert.parts_of(text, source.separator)]


def _segment_reader(kind: RegisterColumn, source: FieldSource, method: Method) -> Reader:
    """Return the code of an open list if the text is one, otherwise the register's own text; None where blank."""
    read = convert.code_reader(kind, source.codes)

    def segment(text: str) -> str | None:
        if not kind.codes:
            return text.strip(" ") or None
        code = read(text)
        return code or None if code is not None else None if convert.is_blank(text, method) else text.strip() or None

    return segment


def _number_reader(kind: RegisterColumn, source: FieldSource, method: Method) -> Reader:
    """Return a number of its kind: an amount, a whole number, or a share from 0 to 1."""
    unit = source.unit

    def number(text: str) -> float | None:
        if convert.is_blank(text, method):
            return None
        value = float(text) if _FLOAT.fullmatch(text) else None
        if kind.type == "share":
            if value is None or unit == "percent" or value > 1:
                return convert.share(text, unit if isinstance(unit, str) else None)
        elif value is None:
            value = convert.number(text)
        if value is not None and isinstance(unit, float | int):
            value *= unit
        is_sound = value is not None and 0 <= value <= _LARGEST and (kind.type != "count" or value.is_integer())
        return value if is_sound else None

    return number


def _plain_amount(column: str, source: FieldSource) -> str:
    """Return an amount without marks of thousands, in SQL.

    NULL for every other text and for an amount that is not sound.
    """
    amount = f"TRY_CAST({column} AS DOUBLE)"
    if isinstance(source.unit, float | int):
        amount += f" * {float(source.unit)!r}"
    return f"CASE WHEN {amount} BETWEEN 0 AND {_LARGEST} THEN {amount} END"


def _closed_reader(kind: RegisterColumn, source: FieldSource, method: Method) -> tuple[Reader, Unread]:
    """Yes and no as true and false, a level as its number, a code of a closed list as itself."""
    own = convert.code_reader(RegisterColumn(id="", type="", group="", name={}, help={}), source.codes)
    names = convert.code_reader(kind, source.codes)
    codes = {code.code: place for place, code in enumerate(kind.codes, start=1)}

    def meaning(text: str) -> str:
        """Return the text itself, or what the mapping says that it means; "" where it says nothing."""
        found = own(text)
        if found is None and source.codes:  # a cell with several values of which one gives the answer
            among = [own(part) for part in convert.parts_of(text, source.separator)]
            found = "yes" if "yes" in among else among[0] if len(among) > 1 else None
        return text if found is None else found

    def read(text: str) -> Value:
        meant = meaning(text)
        if kind.type == "yes_no":
            return convert.yes_no(meant, method) if meant else None
        code = names(meant) or (_integer(meant) if kind.type == "level" else None) if meant else None
        return None if code not in codes else codes[code] if kind.type == "level" else code

    def unread(text: str) -> Sequence[str]:
        meant = meaning(text)
        return () if meant == "" or read(text) is not None or convert.is_blank(meant, method) else (text,)

    return read, unread


def _integer(text: str) -> str | None:
    value = convert.number(text)
    return str(int(value)) if value is not None and isfinite(value) and value.is_integer() else None


def _one_of(column: str, wanted: Collection[str], source: FieldSource, method: Method) -> Reader:
    """Return whether a list has one of the wanted codes; None where an item that cannot be read may be one."""
    read = convert.code_reader(method.columns[column], source.codes)

    def has_one(text: str) -> bool | None:
        found = _codes(text, read, source, method)
        if any(code in wanted for code in found):
            return True
        return None if None in found or not any(found) else False

    return has_one


def _groups_reader(source: FieldSource, method: Method) -> Reader:
    """Return the groups of beneficiaries of a list; one by faith, descent, origin or opinion counts as not known."""
    own = convert.code_reader(method.columns[BENEFICIARIES], source.codes)

    def read(text: str) -> str | None:
        return "" if names_identity(text, method) else own(text)

    def groups(text: str) -> str | None:
        whole = read(text)
        found = [whole] if whole else convert.items_of(text, read, method, source.separator)
        return JOINED.join(sorted({code for code in found if code})) or None

    return groups


def _abroad_reader(source: FieldSource, settings: Settings) -> Reader:
    """Return whether a list of countries names one that is surely abroad."""
    home = settings.home_country

    def abroad(text: str) -> bool | None:
        found = _countries(text, source)
        if places_abroad(found, home):
            return True
        return False if home and found and set(found) == {home} else None

    return abroad
