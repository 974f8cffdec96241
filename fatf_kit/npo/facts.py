"""The first step: one pass over the register into a narrow table of typed facts and factor levels.

The rows were counted before, and the engine has to find as many. A cell that cannot be read counts as missing, and what
it held is found in a second pass that only a faulty register needs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fatf_kit.core.errors import FatfKitError
from fatf_kit.npo import factors as rules
from fatf_kit.npo.beneficiaries import groups_reader
from fatf_kit.npo.cells import (
    FAULT,
    KINDS,
    NO,
    NO_DAY,
    NO_NUMBER,
    NOTHING,
    UNKNOWN,
    YES,
    Cells,
    Partly,
    Reader,
    joined_name,
)
from fatf_kit.npo.convert import code_reader, is_blank, items_of, parts_of
from fatf_kit.npo.levels import LATE, LevelGroup, group_levels
from fatf_kit.npo.mapping import ColumnMap
from fatf_kit.npo.method import Method
from fatf_kit.npo.register import Register
from fatf_kit.npo.scope import raises_sql, reason_sql
from fatf_kit.npo.settings import Settings
from fatf_kit.npo.sql import first_known, literal, quoted
from fatf_kit.npo.sums import sums_sql

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SAMPLE = 20_000
_MEMORY = "600MB"
BITS = 63
_SEGMENTS = ("legal_form", "region", "activity")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The narrow table `facts` of one register. `levels` are the factors it can inform, in the method's order.

    `groups` hold their levels, all but that of the late factor in a column of the table. `marked` gives the query of
    the typed columns with marks where something cannot be read, "{read}" for the file, and by column the test of one.
    """

    engine: DuckDBPyConnection
    register: Register
    cells: Cells
    levels: tuple[str, ...]
    groups: tuple[LevelGroup, ...]
    columns: tuple[str, ...]
    late: tuple[str, str] | None
    marked: Callable[[DuckDBPyConnection], tuple[str, Mapping[str, str]]]


def connect(folder: Path) -> DuckDBPyConnection:
    """An engine that keeps to its memory and spills into `folder`."""
    import duckdb

    engine = duckdb.connect(config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"})
    engine.execute(f"SET memory_limit = '{_MEMORY}'; SET temp_directory = {literal(str(folder))}")
    engine.execute("SET enable_progress_bar = false")
    return engine


def read_sql(register: Register, filled: Collection[str] = (), *, in_order: bool = False) -> str:
    """The register as a table function: every column a text named by its place; NULL where blank, "" if `filled`.

    Where rows are numbered in the file, `line` is their number. `in_order` reads in one thread, as has to be done where
    a cell holds a line break: several threads each begin in the middle of the file and look for the end of a row.
    """
    rows = register.rows
    how = f", force_not_null = [{quoted(sorted(filled))}]" if filled else ""
    how += ", parallel = false" if in_order or rows.line_breaks else ""
    columns = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(len(register.header)))
    columns += ", 'line': 'BIGINT'" if rows.numbered else ""
    place, delimiter = literal(str(rows.csv)), literal(register.delimiter)
    return (
        f"read_csv({place}, auto_detect = false, header = true, delim = {delimiter}, "
        f"quote = '\"', escape = '\"', columns = {{{columns}}}{how})"
    )


def line_sql(register: Register, row: str) -> str:
    """The number of a row in the file, where `row` gives its place among those read, from 0."""
    return "line" if register.rows.numbered else f"{row} + {2 + register.above}"


def sample(engine: DuckDBPyConnection, register: Register, headings: set[str]) -> dict[str, Counter[str]]:
    """How often each text stands in the first rows, by heading."""
    places = [(heading, f"c{place}") for place, heading in enumerate(register.header) if heading in headings]
    if not places:
        return {}
    names = ", ".join(name for _, name in places)
    rows = run_sql(engine, f"SELECT {names} FROM {read_sql(register)} LIMIT {SAMPLE}", register.name)
    columns = zip(*rows, strict=True) if rows else [() for _ in places]
    return {
        heading: Counter(text for text in texts if text) for (heading, _), texts in zip(places, columns, strict=True)
    }


def _sample_of(engine: DuckDBPyConnection, register: Register, text: str) -> Counter[str]:
    query = f"SELECT {text} FROM {read_sql(register)} LIMIT {SAMPLE}"
    return Counter(found for (found,) in run_sql(engine, query, register.name) if found)


def read_facts(
    engine: DuckDBPyConnection, register: Register, mapping: ColumnMap, method: Method, settings: Settings, as_of: date
) -> Facts:
    """Read the register into the table `facts`, in its own order: the row's place is `rowid`, and `line` its number.

    Raises:
        FatfKitError: the register cannot be read, or the engine found fewer rows or more than there are.
    """
    looked_up = {
        heading
        for column, source in mapping.fields.items()
        if method.columns[column].type not in ("id", "money", "date")
        for heading in source.headings
    }
    cells = Cells(
        method=method,
        engine=engine,
        header=register.header,
        fields=mapping.fields,
        samples=(samples := sample(engine, register, looked_up)),
        numbered=register.rows.numbered,
    )
    for column, source in mapping.fields.items():
        if source.join:
            samples[joined_name(column)] = _sample_of(engine, register, cells.raw(column))
    typed, _ = _typed(cells, method, settings, as_of)
    has = frozenset(column for column in mapping.fields if cells.has(column))
    late = rules.late_column(method)
    levels = {factor.id: rules.level_sql(factor, cells, settings, as_of) for factor in method.rated}
    known = {factor: sql for factor, sql in levels.items() if sql is not None}
    named = (late[0].id, late[1]) if late and late[1] in has else None
    groups = group_levels(method, known, named[0] if named else None)
    seen = sorted(column for column in has if column != "npo_id")
    scoped = ", ".join([*_scoped(method, has), *(f"{sql} AS {name}" for name, sql in cells.measured.items())])
    stored = [
        *(["line"] if register.rows.numbered else []),
        *_STORED,
        f"{_proof(method, has, as_of)} AS proof",
        f"{'p_countries' if 'operating_countries' in has else '0'} AS countries",
        *(["p_beneficiaries AS beneficiaries"] if "beneficiaries" in has else []),
        *(f"{f'p_{name} = {YES}' if name in has else 'false'} AS said_{name}" for name in yes_columns(method)),
        *(f"CAST({group.code(known)} AS UTINYINT) AS {group.column}" for group in groups if group.column != LATE),
        f"{_mask([_presence(column, typed, method) for column in seen])} AS mask",
        f"{reason_sql(method, settings, cells.texts['legal_form'].number)} AS reason",
    ]
    narrow = f"SELECT {', '.join(stored)} FROM (SELECT *, {scoped} FROM ({_source(cells, typed)}))"
    read = read_sql(register, filled={f"c{n}" for n in range(len(register.header))} & cells.filled)
    kept = f"SELECT *, {sums_sql(method, groups)} FROM ({narrow})".replace("{read}", read)
    run_sql(engine, f"CREATE TABLE facts AS {kept}", register.name)
    (count,) = engine.execute("SELECT count(*) FROM facts").fetchone() or (0,)
    if count != register.rows.read:
        raise FatfKitError(
            f"{register.name}: {count} of {register.rows.read} rows were read, so the result would not be true. "
            "Save the register again as CSV in UTF-8, and report it."
        )
    return Facts(
        engine=engine,
        register=register,
        cells=cells,
        levels=tuple(factor for group in groups for factor in group.factors),
        groups=groups,
        columns=tuple(seen),
        late=named,
        marked=lambda engine: _marked(replace(cells, engine=engine), settings, as_of),
    )


def _source(cells: Cells, typed: Mapping[str, str]) -> str:
    """The typed columns; "{read}" stands for the file."""
    before = "".join(f", {sql} AS {name}" for name, sql in cells.before.items())
    names = ["line"] if cells.numbered else []
    names += [f"{sql} AS p_{name}" for name, sql in typed.items()]
    return f"SELECT {', '.join(names)} FROM (SELECT *{before} FROM {{read}})"


def _marked(cells: Cells, settings: Settings, as_of: date) -> tuple[str, Mapping[str, str]]:
    again = replace(cells, mark=True, numbered=True, before={}, measured={}, filled=set(), faulty=set())
    typed, tests = _typed(again, cells.method, settings, as_of)
    return _source(again, typed), tests


def run_sql(engine: DuckDBPyConnection, query: str, name: str) -> list[tuple[Any, ...]]:
    """Run a pass over the file; what stops it is told without the engine's own words, which may quote the file.

    Raises:
        FatfKitError: the file cannot be read as a table, or memory and disk do not suffice.
    """
    import duckdb

    try:
        return engine.execute(query).fetchall()
    except (duckdb.IOException, duckdb.InvalidInputException) as fault:
        raise FatfKitError(f"{name} cannot be read as a table. Look at its separator and quotation marks.") from fault
    except duckdb.OutOfMemoryException as fault:
        raise FatfKitError(f"{name} needs more memory and temporary disk than there is.") from fault


def _typed(cells: Cells, method: Method, settings: Settings, as_of: date) -> tuple[dict[str, str], dict[str, str]]:
    """Expressions of the typed columns by name, and for each that may be faulty the test of a fault."""
    typed: dict[str, str] = {}
    faulty: dict[str, str] = {}
    for column in cells.fields:
        if not cells.has(column):
            continue
        kind = method.columns[column]
        if kind.type == "id":
            raw = cells.raw(column)  # to look for a space costs a part of taking it away
            typed[column] = f"CASE WHEN {raw} = '' OR contains({raw}, ' ') THEN nullif(trim({raw}), '') ELSE {raw} END"
        elif column in _SEGMENTS:
            typed[column] = cells.text(column)
        elif kind.type == "text":
            typed[column] = cells.lookup(column, lambda text: None if is_blank(text, method) else YES)
        elif kind.type in ("money", "share", "count"):
            typed[column], faulty[column] = cells.number(column), f"p_{column} = {NO_NUMBER}"
        elif kind.type == "date":
            typed[column], faulty[column] = cells.date(column), f"p_{column} = DATE '{NO_DAY}'"
        elif kind.type in ("yes_no", "code", "level"):
            typed[column], faulty[column] = cells.lookup(column, cells.reader(column)), f"p_{column} = {FAULT}"
    if cells.has("purpose"):
        typed["good_works"], faulty["good_works"] = cells.lookup("purpose", _purposes(cells)), f"p_good_works = {FAULT}"
    if cells.has("beneficiaries"):
        reader = groups_reader(cells.fields["beneficiaries"], method)
        typed["beneficiaries"], faulty["beneficiaries"] = (
            cells.lookup("beneficiaries", reader),
            f"p_beneficiaries = {FAULT}",
        )
    lists = {**rules.list_readers(method, settings, as_of, cells), **rules.segment_readers(settings, cells)}
    for name, (column, reader) in lists.items():
        typed[name] = cells.lookup(column, reader)
        if method.columns[column].type in ("codes", "countries") or column == "foreign_donors":
            faulty[name] = f"p_{name} = {FAULT}"
    if cells.has("operating_countries"):
        typed["abroad"] = cells.lookup("operating_countries", _abroad(cells, settings))
        typed["countries"] = cells.text("operating_countries")
    return typed, faulty


def yes_columns(method: Method) -> tuple[str, ...]:
    """The columns of which a yes is a feature of exposure by itself."""
    return tuple(feature.column for feature in method.screening.features if feature.test == "yes")


def _proof(method: Method, has: frozenset[str], as_of: date) -> str:
    """Whether source, office and date of a hard trigger are all known, the date no later than the day of the run."""
    tests = []
    for column in method.hard_trigger_proof:
        if column not in has:
            return "false"
        if method.columns[column].type == "date":
            tests.append(f"p_{column} > DATE '{NO_DAY}' AND p_{column} <= DATE '{as_of}'")
        else:
            tests.append(f"p_{column} = {YES}")
    return f"coalesce({' AND '.join(tests)}, false)"


def _purposes(cells: Cells) -> Reader:
    method, source = cells.method, cells.fields["purpose"]
    read = code_reader(method.columns["purpose"], source.codes)
    good = method.scope["good_works"]

    def purposes(text: str) -> int | None:
        whole = read(text)
        found = [whole] if whole is not None else items_of(text, read, method, source.separator)
        if any(code in good for code in found):
            return Partly(YES) if None in found else YES
        if None in found:
            return FAULT
        return NO if any(found) else None

    return purposes


def _abroad(cells: Cells, settings: Settings) -> Reader:
    from fatf_kit.npo.convert import country

    source = cells.fields["operating_countries"]

    def abroad(text: str) -> int | None:
        found = [country(source.codes.get(part, part)) for part in parts_of(text, source.separator)]
        if rules.abroad_among(found, settings.home_country):
            return YES
        return NO if found and set(found) == {settings.home_country} and settings.home_country else None

    return abroad


def _presence(column: str, typed: Mapping[str, str], method: Method) -> str:
    """The test of a typed column that shows whether a fact is known."""
    if column in _SEGMENTS:
        return f"p_{column} > 0"
    if column in typed:
        known = {"money": ">= 0", "share": ">= 0", "count": ">= 0", "date": "IS NOT NULL"}
        return f"p_{column} {known.get(method.columns[column].type, f'> {UNKNOWN}')}"
    if column == "purpose":
        return f"p_good_works > {UNKNOWN}"
    return next((f"p_{name} > {UNKNOWN}" for name in typed if name.endswith(f"_{column}")), "false")


def _scoped(method: Method, has: frozenset[str]) -> list[str]:
    """What scope, segments and money need."""

    def plain(column: str, unknown: object = UNKNOWN, name: str = "") -> str:
        return f"p_{name or column}" if column in has else str(unknown)

    income, spending = plain("total_income", NOTHING), plain("total_spending", NOTHING)
    share = plain("overseas_spend_share", NOTHING)
    spent_abroad = f"CASE WHEN {share} > 0 THEN {YES} WHEN {share} >= 0 THEN {NO} ELSE {UNKNOWN} END"
    abroad = first_known(plain("works_abroad"), plain("operating_countries", name="abroad"), spent_abroad)
    return [
        f"{plain('npo_id', 'NULL::VARCHAR')} AS id",
        f"{plain('status')} AS state",
        *(f"{plain(column, 0)} AS {column}" for column in _SEGMENTS),
        f"{raises_sql(method, has)} AS raises",
        f"{plain('purpose', name='good_works')} AS purpose",
        f"{plain('member_benefit')} AS member_benefit",
        f"{plain('public_body')} AS public_body",
        f"{plain('public_fundraising')} AS collects",
        f"{_amount(income)} AS income",
        f"{_amount(f'CASE WHEN {spending} >= 0 THEN {spending} ELSE {income} END')} AS money",
        f"CAST({abroad} AS UTINYINT) AS abroad",
    ]


def _amount(number: str) -> str:
    """Money for sums and middles, so NULL where not known."""
    return f"nullif(CAST({number} AS BIGINT), {NOTHING:.0f})"


_STORED = ("id", "state", *_SEGMENTS, "income", "money", "abroad")


def _mask(present: list[str]) -> str:
    """Which columns are known, one bit each."""
    kind = "UBIGINT" if len(present) <= BITS else "UHUGEINT"
    eights = []  # narrow numbers are quicker to put together
    for start in range(0, len(present), 8):
        bits = (f"CAST({test} AS UTINYINT) * {1 << n}::UTINYINT" for n, test in enumerate(present[start : start + 8]))
        eights.append(f"CAST({' | '.join(bits)} AS {kind}) * {1 << start}::{kind}")
    return f"CAST({' + '.join(eights) or '0'} AS {kind})"


def kind_of(column: str, method: Method) -> str:
    """What a cell of the column should have been, for a message."""
    return KINDS.get(method.columns[column].type, "text")
