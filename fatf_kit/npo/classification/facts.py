"""From the register to one row of typed facts and levels for each row of it: the table `facts`.

The rows of the file were counted before, and the engine has to find as many. The queries are in
classification.sql.j2, in the order of the method.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fatf_kit.core.errors import FatfKitError
from fatf_kit.npo.classification.readings import SEGMENTS, FieldReader, RegisterFields, open_fields, read_texts
from fatf_kit.npo.classification.sql import literal, method_sql
from fatf_kit.npo.mapping.beneficiary_words import COLUMN as BENEFICIARIES
from fatf_kit.npo.mapping.column_map import ColumnMap
from fatf_kit.npo.method.factors import level_sql, size_sql
from fatf_kit.npo.method.load import Method
from fatf_kit.npo.method.scope import raises_sql, reason_sql
from fatf_kit.npo.method.settings import Settings
from fatf_kit.npo.register.file import Register

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_MEMORY = "600MB"
DIMENSIONS = ("threat", "vulnerability", "mitigation")
_NEEDED = {
    **dict.fromkeys(("status", *SEGMENTS, "member_benefit", "operating_countries", BENEFICIARIES), "VARCHAR"),
    **dict.fromkeys(("good_works", "public_body", "public_fundraising", "works_abroad", "named_abroad"), "BOOLEAN"),
    **dict.fromkeys(("total_income", "total_spending", "overseas_spend_share"), "DOUBLE"),
}
"""Columns that the queries name whether the register has them or not, with their types."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The table `facts` of one register: `levels` are the factors it can inform, `columns` the fields it has."""

    engine: DuckDBPyConnection
    register: Register
    fields: RegisterFields
    levels: tuple[str, ...]
    columns: tuple[str, ...]


_DISK_FULL = "Temporary files cannot be written. Free space on the disk and run the command again."


def connect(folder: Path) -> DuckDBPyConnection:
    """Return an engine that keeps to its memory and moves what is more to `folder`; so does its database `disk`.

    Raises:
        FatfKitError: nothing can be written to the folder.
    """
    import duckdb

    engine = duckdb.connect(config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"})
    engine.execute(f"SET memory_limit = '{_MEMORY}'; SET temp_directory = {literal(str(folder))}")
    try:
        engine.execute(f"ATTACH {literal(str(folder / 'register.duckdb'))} AS disk")
    except duckdb.IOException as fault:
        raise FatfKitError(_DISK_FULL) from fault
    # The left side of a join is the large one in all our queries, and the engine cannot know it.
    engine.execute("SET disabled_optimizers = 'build_side_probe_side'")
    engine.execute("SET enable_progress_bar = false")
    return engine


def read_sql(register: Register) -> str:
    """Return the register as a table function: every column a text named by its place, c0, c1 …, NULL where blank.

    Where rows are numbered in the file, `line` is their number. A file with line breaks in cells is read in one thread:
    several threads would each begin in the middle of the file and look for the end of a row.
    """
    rows = register.rows
    columns = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(len(register.header)))
    columns += ", 'line': 'BIGINT'" if rows.numbered else ""
    place, delimiter = literal(str(rows.csv)), literal(register.delimiter)
    return (
        f"read_csv({place}, auto_detect = false, header = true, delim = {delimiter}, "
        f"quote = '\"', escape = '\"', columns = {{{columns}}}, parallel = {str(not rows.line_breaks).lower()})"
    )


def read_facts(
    engine: DuckDBPyConnection, register: Register, mapping: ColumnMap, method: Method, settings: Settings, as_of: date
) -> Facts:
    """Read the register into the table `facts`; `line` is the number of a row in the file.

    Raises:
        FatfKitError: the register cannot be read, or the engine found fewer rows or more than there are.
    """
    fields = open_fields(register.header, mapping, method, settings, as_of)
    _load_register(engine, register, fields)
    for reader in fields.readers:
        read_texts(engine, reader)
    cuts = _income_cuts(engine, fields, method)
    levels = {
        factor.id: sql
        for factor in method.rated
        if (sql := level_sql(factor, fields.has, settings, as_of, cuts)) is not None
    }
    typed = {name: sql for reader in fields.readers for name, sql in reader.typed.items()}
    typed |= {name: f"NULL::{kind} AS {name}" for name, kind in _NEEDED.items() if name not in typed}
    known = {reader.column: _is_known(reader) for reader in sorted(fields.readers, key=lambda one: one.column)}
    query = method_sql(
        "facts",
        method=method,
        readers=fields.readers,
        typed=typed.values(),
        known=known,
        any_known=f"({' OR '.join(f'has_{column}' for column in known) or 'false'})",
        raises=raises_sql(method, fields.fields),
        reason=reason_sql(method, settings),
        size=size_sql(cuts),
        proof=_proof_sql(method, fields, as_of),
        yes_columns=[column for column in yes_columns(method) if fields.has(column)],
        levels=levels,
        names={factor.id: factor.name["en"] for factor in method.rated},
        dimensions={
            dimension: [factor for factor in method.rated if factor.dimension == dimension and factor.id in levels]
            for dimension in DIMENSIONS
        },
        triggers=[factor.id for factor in method.rated if factor.hard_trigger and factor.id in levels],
    )
    run_sql(engine, query, register.name)
    engine.execute("DROP VIEW register; DROP TABLE disk.file_rows")
    return Facts(engine=engine, register=register, fields=fields, levels=tuple(levels), columns=tuple(known))


def _load_register(engine: DuckDBPyConnection, register: Register, fields: RegisterFields) -> None:
    """Make the view `register`: for each row its number in the file, and its texts by field."""
    texts = ", ".join(f"{fields.raw_sql(column)} AS {column}" for column in fields.fields)
    texts += "" if fields.has("npo_id") else ", NULL::VARCHAR AS npo_id"
    texts += ", line" if register.rows.numbered else ""
    run_sql(engine, f"CREATE TABLE disk.file_rows AS SELECT {texts} FROM {read_sql(register)}", register.name)
    number = "" if register.rows.numbered else f"rowid + {2 + register.above} AS line, "
    engine.execute(f"CREATE VIEW register AS SELECT {number}* FROM disk.file_rows")
    ((count,),) = engine.execute("SELECT count(*) FROM disk.file_rows").fetchall()
    if count != register.rows.read:
        raise FatfKitError(
            f"{register.name}: {count} of {register.rows.read} rows were read, so the result would not be true. "
            "Save the register again as CSV in UTF-8, and report it."
        )


def run_sql(engine: DuckDBPyConnection, query: str, name: str) -> list[tuple[Any, ...]]:
    """Run a query over the file; a fault is reported without the engine's own words, which may quote the file.

    Raises:
        FatfKitError: the file cannot be read as a table, or memory and disk do not suffice.
    """
    import duckdb

    try:
        return engine.execute(query).fetchall()
    except (duckdb.IOException, duckdb.InvalidInputException) as fault:
        if "could not write" in str(fault).lower():
            raise FatfKitError(_DISK_FULL) from fault
        raise FatfKitError(f"{name} cannot be read as a table. Look at its separator and quotation marks.") from fault
    except duckdb.OutOfMemoryException as fault:
        raise FatfKitError(f"{name} needs more memory and temporary disk than there is.") from fault


def _income_cuts(engine: DuckDBPyConnection, fields: RegisterFields, method: Method) -> list[int]:
    """Return the incomes that part the register into parts of equal number, the lowest first."""
    reader = next((one for one in fields.readers if one.column == "total_income"), None)
    if reader is None:
        return []
    shares = [part / method.size_parts for part in range(1, method.size_parts)]
    ((cuts,),) = engine.execute(
        f"SELECT quantile_disc(CAST(total_income AS BIGINT), {shares}) FROM (SELECT {reader.typed['total_income']} "
        f"FROM register LEFT JOIN {reader.table} ON {reader.table}.text = {reader.text})"
    ).fetchall()
    return [cut for cut in cuts or [] if cut is not None]


def _is_known(reader: FieldReader) -> str:
    """The test that something is known of a field: by its own value, or by the first level that follows from a list."""
    lists = [name for name in reader.values if name.endswith(f"_{reader.column}")]
    if reader.column in reader.values and reader.column != "operating_countries":
        lists = [reader.column]
    name = next(iter(lists or reader.values), "")
    return f"{name} IS NOT NULL" if name else "false"


def yes_columns(method: Method) -> tuple[str, ...]:
    """Return the columns of which a yes is a feature of exposure by itself."""
    return tuple(feature.column for feature in method.screening.features if feature.test == "yes")


def _proof_sql(method: Method, fields: RegisterFields, as_of: date) -> str:
    """Whether source, office and date of a hard trigger are all known, the date no later than the day of the run."""
    tests: Mapping[str, str] = {
        column: f"{column} <= DATE '{as_of}'" if method.columns[column].type == "date" else column
        for column in method.hard_trigger_proof
    }
    return f"coalesce({' AND '.join(tests.values())}, false)" if all(map(fields.has, tests)) else "false"
