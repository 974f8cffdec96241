"""The engine that reads registers of any size: its limits, a register as a table of it, and its faults in words."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.store import write_output
from fatf_kit.npo.method.sql import literal
from fatf_kit.npo.register.file import Register, reachable

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_MEMORY = "600MB"
CSV = "FORMAT csv, USE_TMP_FILE false"
"""How CSV is written; the caller moves the whole file to its place."""


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


def read_classified(path: Path, folder: Path) -> str:
    """Return a `classified.csv` as a table function, every column a text; `folder` is for a link to it."""
    place = literal(str(reachable(path, folder)))
    return f"read_csv({place}, all_varchar = true, header = true, delim = ',', quote = '\"', escape = '\"')"


@contextmanager
def explain_faults(name: str) -> Iterator[None]:
    """Within it a fault of the engine is reported without the engine's own words, which may quote the file.

    Raises:
        FatfKitError: the file cannot be read as a table, or memory and disk do not suffice.
    """
    import duckdb

    try:
        yield
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


def make_table(
    engine: DuckDBPyConnection, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]] = ()
) -> None:
    """Make a table, whose columns are given with their SQL types, and fill it with rows."""
    listed = ", ".join(f"{column} {kind}" for column, kind in columns.items())
    engine.execute(f"CREATE OR REPLACE TABLE {name} ({listed})")
    add_rows(engine, name, columns, rows)


def add_rows(engine: DuckDBPyConnection, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> None:
    """Add rows to a table whose columns are given with their SQL types."""
    values = [list(column) for column in zip(*rows, strict=True)]
    if values:
        listed = ", ".join(f"unnest(?::{kind}[])" for kind in columns.values())
        engine.execute(f"INSERT INTO {name} SELECT {listed}", values)


def copy_in_order(engine: DuckDBPyConnection, query: str, targets: Sequence[tuple[Path, str]], last_line: int) -> None:
    """Write the rows of a query, which are ordered by `line`, to files of about equal parts, each with its options.

    The engine keeps the order of a query with joins in one thread only, so each part is written by a thread of its own.
    """
    size = last_line // len(targets) + 1

    def write(number: int, path: Path, options: str) -> None:
        part = f"SELECT * FROM ({query}) WHERE line BETWEEN {number * size} AND {(number + 1) * size - 1}"
        with engine.cursor() as cursor:
            cursor.execute(f"COPY ({part}) TO {literal(str(path))} ({options}, PRESERVE_ORDER true)")

    with ThreadPoolExecutor() as pool:
        for done in [pool.submit(write, number, *target) for number, target in enumerate(targets)]:
            done.result()


def write_csv(engine: DuckDBPyConnection, query: str, path: Path) -> Path:
    """Write the rows of a query that orders them as UTF-8 CSV.

    Raises:
        FatfKitError: the file cannot be written.
    """

    def write(target: Path) -> None:
        with TemporaryDirectory(prefix="fatf-kit-") as folder, raise_system_faults():
            place = literal(str(reachable(target, Path(folder))))
            engine.execute(f"COPY ({query}) TO {place} ({CSV}, HEADER)")

    return write_output(path, write, force=True)


@contextmanager
def raise_system_faults() -> Iterator[None]:
    """Within it a fault of the engine while it writes is raised as that of the system, such as a disk that is full."""
    import duckdb

    try:
        yield
    except duckdb.IOException as fault:  # its message holds the number of the system's own fault
        number = re.search(r'"errno":"(\d+)"', str(fault))
        code = int(number[1]) if number else errno.EIO
        raise OSError(code, os.strerror(code)) from fault
