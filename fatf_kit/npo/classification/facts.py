"""From the register to one row of typed facts and levels for each row of it: the view `facts`.

The rows of the file were counted before, and the engine has to find as many. The queries are in
classification.sql.j2, in the order of the method.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from fatf_kit.core.errors import FatfKitError
from fatf_kit.npo.classification.readings import SEGMENTS, FieldReader, RegisterFields, open_fields, read_texts
from fatf_kit.npo.classification.sql import method_sql
from fatf_kit.npo.mapping.beneficiary_words import COLUMN as BENEFICIARIES
from fatf_kit.npo.mapping.column_map import ColumnMap
from fatf_kit.npo.method.factors import level_sql, size_sql
from fatf_kit.npo.method.load import Method
from fatf_kit.npo.method.scope import REASONS, raises_sql, reason_sql
from fatf_kit.npo.method.settings import Settings
from fatf_kit.npo.method.sql import literal, quoted
from fatf_kit.npo.register.engine import copy_in_order, explain_faults, read_sql
from fatf_kit.npo.register.file import Register

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_PARQUET = "FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE 40960"
"""A file takes less memory than a table, and the engine reads only the columns that a query names.

A group of rows is written by one thread; groups of this size keep all threads busy.
"""
MANY = 100_000
"""Rows from which on it is worth to write in two threads."""
DIMENSIONS = ("threat", "vulnerability", "mitigation")
_NEEDED = {
    **dict.fromkeys(("status", *SEGMENTS, "member_benefit", "operating_countries", BENEFICIARIES), "VARCHAR"),
    **dict.fromkeys(
        ("good_works", "public_body", "public_fundraising", "works_abroad", "named_abroad", "informal_channel"),
        "BOOLEAN",
    ),
    **dict.fromkeys(("total_income", "total_spending", "overseas_spend_share"), "DOUBLE"),
}
"""Columns that the queries name whether the register has them or not, with their types."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The view `facts` of one register: `levels` are the factors it can inform, `columns` the fields it has."""

    engine: DuckDBPyConnection
    register: Register
    fields: RegisterFields
    levels: tuple[str, ...]
    columns: tuple[str, ...]


def read_facts(
    engine: DuckDBPyConnection,
    register: Register,
    mapping: ColumnMap,
    method: Method,
    settings: Settings,
    as_of: date,
    folder: Path,
) -> Facts:
    """Read the register into the view `facts`, whose rows are in a file in `folder`.

    `line` is the number of a row in the register.

    Raises:
        FatfKitError: the register cannot be read, or the engine found fewer rows or more than there are.
    """
    fields = open_fields(register.header, mapping, method, settings, as_of)
    _load_register(engine, register, fields, folder)
    for reader in fields.readers:
        read_texts(engine, reader)
    engine.execute(f"CREATE TYPE scope_reason AS ENUM ({quoted(REASONS)})")
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
        uncontrolled=_uncontrolled_sql(method, fields, levels),
        yes_columns=[column for column in yes_columns(method) if fields.has(column)],
        levels=levels,
        names={factor.id: factor.name["en"] for factor in method.rated},
        dimensions={
            dimension: [factor for factor in method.rated if factor.dimension == dimension and factor.id in levels]
            for dimension in DIMENSIONS
        },
        triggers=[factor.id for factor in method.rated if factor.hard_trigger and factor.id in levels],
    )
    parts = [(folder / f"facts-{number}.parquet", _PARQUET) for number in range(1 if register.rows.read < MANY else 2)]
    with explain_faults(register.name):
        copy_in_order(engine, query, parts, register.last_line)
    engine.execute(f"CREATE VIEW facts AS SELECT * FROM read_parquet([{quoted(str(path) for path, _ in parts)}])")
    return Facts(engine=engine, register=register, fields=fields, levels=tuple(levels), columns=tuple(known))


def _load_register(engine: DuckDBPyConnection, register: Register, fields: RegisterFields, folder: Path) -> None:
    """Make the view `register`: for each row its number in the file, and its texts by field."""
    texts = ", ".join(f"{fields.raw_sql(column)} AS {column}" for column in fields.fields)
    texts += "" if fields.has("npo_id") else ", NULL::VARCHAR AS npo_id"
    texts += ", line" if register.rows.numbered else ""
    loaded = ["npo_id", *(reader.loaded for reader in fields.readers), *(["line"] if register.rows.numbered else [])]
    query = f"SELECT {', '.join(loaded)} FROM (SELECT {texts} FROM {read_sql(register)})"
    place = literal(str(folder / "register.parquet"))
    with explain_faults(register.name):
        engine.execute(f"COPY ({query}) TO {place} ({_PARQUET})")
    number = "" if register.rows.numbered else f"file_row_number + {2 + register.above} AS line, "
    engine.execute(f"CREATE VIEW register AS SELECT {number}* FROM read_parquet({place}, file_row_number = true)")
    ((count,),) = engine.execute("SELECT count(*) FROM register").fetchall()
    if count != register.rows.read:
        raise FatfKitError(
            "Rows of {file} read: {count} of {total}. The result would be wrong, so none was written. Save the "
            "register again as CSV in UTF-8, and report this error.",
            count=count,
            total=register.rows.read,
            file=register.name,
        )


def _income_cuts(engine: DuckDBPyConnection, fields: RegisterFields, method: Method) -> list[int]:
    """Return the incomes that part the register into parts of equal number, the lowest first.

    Bodies that all have the same income have no parts, so there is no cut.
    """
    reader = next((one for one in fields.readers if one.column == "total_income"), None)
    if reader is None:
        return []
    shares = [part / method.size_parts for part in range(1, method.size_parts)]
    ((cuts, has_parts),) = engine.execute(
        f"SELECT quantile_disc(CAST(total_income AS BIGINT), {shares}), max(total_income) > min(total_income) "
        f"FROM (SELECT {reader.typed['total_income']} "
        f"FROM register LEFT JOIN {reader.table} ON {reader.table}.text = register.total_income)"
    ).fetchall()
    return [cut for cut in cuts if cut is not None] if has_parts else []


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


def _uncontrolled_sql(method: Method, fields: RegisterFields, levels: Collection[str]) -> str:
    """Whether the answers say that money goes to a conflict area in cash or by hawala, without controls over it.

    An assessed level of the channel is used before the list of channels. What is not known meets no condition.
    """
    rule = method.uncontrolled
    areas = [f"{area.factor} >= {area.at_least}" for area in rule.areas if area.factor in levels]
    controls = [factor for factor in rule.controls.factors if factor in levels]
    if not areas or len(controls) < rule.controls.absent_from:
        return "false"
    assessed = next(factor.column for factor in method.rated if factor.id == rule.channel.factor)
    channel = [f"{assessed} >= {rule.channel.at_least}"] if assessed and fields.has(assessed) else []
    excused = f" AND NOT coalesce({rule.channel.unless}, false)" if fields.has(rule.channel.unless) else ""
    absent = " + ".join(f"coalesce(({factor} <= {rule.controls.absent_at})::INTEGER, 0)" for factor in controls)
    tests = (
        f"({' OR '.join(areas)})",
        f"coalesce({', '.join([*channel, f'informal_channel{excused}'])}, false)",
        f"{absent} >= {rule.controls.absent_from}",
        f"greatest({', '.join(controls)}) < {rule.controls.present_from}",
    )
    return f"coalesce({' AND '.join(tests)}, false)"


def _proof_sql(method: Method, fields: RegisterFields, as_of: date) -> str:
    """Whether source, office and date of a hard trigger are all known, the date no later than the day of the run."""
    tests: Mapping[str, str] = {
        column: f"{column} <= DATE '{as_of}'" if method.columns[column].type == "date" else column
        for column in method.hard_trigger_proof
    }
    return f"coalesce({' AND '.join(tests.values())}, false)" if all(map(fields.has, tests)) else "false"
