"""The engine that reads registers of any size: its limits, a register as a table of it, and its faults in words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from fatf_kit.core.errors import FatfKitError
from fatf_kit.npo.method.sql import literal
from fatf_kit.npo.register.file import Register

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_MEMORY = "600MB"


def connect(folder: Path) -> DuckDBPyConnection:
    """Return an engine that keeps to its memory and moves what is more to `folder`.

    Raises:
        FatfKitError: DuckDB is not installed.
    """
    try:
        import duckdb
    except ImportError:
        raise FatfKitError(
            "Registers of organisations need duckdb, which is not installed or does not exist for this system. Run the "
            "command on another computer."
        ) from None
    engine = duckdb.connect(config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"})
    engine.execute(f"SET memory_limit = '{_MEMORY}'; SET temp_directory = {literal(str(folder))}")
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


def run_sql(engine: DuckDBPyConnection, query: str, name: str) -> list[tuple[Any, ...]]:
    """Run a query over the file; a fault is reported without the engine's own words, which may quote the file.

    Raises:
        FatfKitError: the file cannot be read as a table, or memory and disk do not suffice.
    """
    import duckdb

    try:
        return engine.execute(query).fetchall()
    except (duckdb.IOException, duckdb.InvalidInputException) as fault:
        if "could not write" in str(fault).lower() or ".parquet" in str(fault):
            raise FatfKitError(
                "Temporary files cannot be written. Free space on the disk and run the command again."
            ) from fault
        raise FatfKitError(
            "{file} cannot be read as a table. Check its separator and its quotation marks.", file=name
        ) from fault
    except duckdb.OutOfMemoryException as fault:
        raise FatfKitError(
            "{file} needs more memory and temporary disk space than there is. Free some, or split the file.", file=name
        ) from fault


def save_rows(engine: DuckDBPyConnection, query: str, path: Path, name: str) -> str:
    """Write the rows of a query to a temporary file of the engine and return the file as a table function.

    The rows keep their order, and the number of each, from 0, is its `file_row_number`. A file takes less memory than a
    table, and the engine reads only the columns that a query names.

    Raises:
        FatfKitError: the rows cannot be read or written.
    """
    place = literal(str(path))
    run_sql(engine, f"COPY ({query}) TO {place} (FORMAT parquet, COMPRESSION snappy, PRESERVE_ORDER true)", name)
    return f"read_parquet({place}, file_row_number = true)"
