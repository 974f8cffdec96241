"""What could not be read: rows kept out with their line, and cells that count as missing with what they held.

A line is a row as a spreadsheet counts it, headings being 1: a line break inside quotation marks begins no new one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.problems import CellRef, Problem, make_problem
from fatf_kit.npo.beneficiary_words import COLUMN, names_identity
from fatf_kit.npo.convert import code_reader, country, is_blank, parts_of
from fatf_kit.npo.facts import Facts, kind_of, line_sql, read_sql
from fatf_kit.npo.method import Method
from fatf_kit.npo.register import Register
from fatf_kit.npo.rows import DAMAGED, MISPLACED, TOO_LONG, TOO_MANY
from fatf_kit.npo.sql import literal

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ITEMS = {"list of known codes": "known code", "list of countries": "country"}
"""What one item of a list should have been."""
NAMELESS, DUPLICATE = "it has no register number", "its register number came before"
PLACES = ("row {0}", "row {0}, cell {1}")
"""How places in a register are told, for the catalogues."""
REASONS = (TOO_MANY, MISPLACED, DAMAGED, TOO_LONG, NAMELESS, DUPLICATE)
"""Every reason, for the catalogues."""
_SHOWN = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptOut:
    """How many rows were kept out, by reason, the most frequent first. The rows are in the view `rejected`."""

    reasons: tuple[tuple[str, int], ...]

    @property
    def count(self) -> int:
        """How many rows in all."""
        return sum(count for _, count in self.reasons)


def number_rows(facts: Facts) -> None:
    """Give rows without a register number that of their line, "line-17", where anything else is known of them.

    They are in the table `numbered`, because a register may withhold its numbers.
    """
    line = line_sql(facts.register, "rowid")
    facts.engine.execute(
        f"CREATE OR REPLACE TABLE numbered AS SELECT rowid AS row, {line} AS line FROM facts "
        "WHERE id IS NULL AND mask <> 0"
    )
    facts.engine.execute("UPDATE facts SET id = 'line-' || numbered.line FROM numbered WHERE facts.rowid = row")


def kept_out(facts: Facts) -> KeptOut:
    """Count every row that is not among the registered, and make the view `rejected`: one record for each of them.

    Its columns: line, cell (from 1, NULL where none), why, row (the text as far as it is kept, NULL where none).

    Raises:
        FatfKitError: the rows of the file are not those registered, rejected and blank.
    """
    rows, nameless = facts.register.rows, line_sql(facts.register, "rowid")
    first = f"{nameless} AS line, NULL::INTEGER AS cell, {literal(NAMELESS)} AS why, NULL::VARCHAR AS row"
    parts = [
        f"SELECT {first} FROM facts WHERE id IS NULL",
        f"SELECT line, NULL, {literal(DUPLICATE)}, id FROM dropped",
    ]
    if rows.rejects:
        columns = "{'line': 'BIGINT', 'cell': 'INTEGER', 'why': 'VARCHAR', 'row': 'VARCHAR'}"
        parts.append(
            f"SELECT * FROM read_csv({literal(str(rows.rejects))}, auto_detect = false, header = false, delim = ',', "
            f"quote = '\"', escape = '\"', columns = {columns}, parallel = false)"
        )
    facts.engine.execute(f"CREATE OR REPLACE VIEW rejected AS {' UNION ALL '.join(parts)}")
    counted = facts.engine.execute("SELECT why, count(*) FROM rejected GROUP BY why ORDER BY 2 DESC, 1").fetchall()
    out = KeptOut(reasons=tuple(counted))
    (registered,) = facts.engine.execute("SELECT count(*) FROM rated").fetchone() or (0,)
    if rows.total != registered + out.count + rows.blank:
        raise FatfKitError(
            f"{facts.register.name} has {rows.total} rows, but {registered} registered, {out.count} rejected and "
            f"{rows.blank} blank ones were found. The result would not be true, so it is refused. Please report it."
        )
    return out


def problems_of_rows(facts: Facts, out: KeptOut, method: Method) -> Iterator[Problem]:
    """Repeated headings, rows that go by their line, the first rows kept out and how many more, rows that are short."""
    name, rows = facts.register.name, facts.register.rows
    yield from problems_of_headings(facts.register)
    numbered, line = facts.engine.execute("SELECT count(*), min(line) FROM numbered").fetchone() or (0, None)
    if numbered:
        yield make_problem("npo-rows-numbered", CellRef(file=name), count=numbered, first=f"line-{line}")
    first = facts.engine.execute(f"SELECT line, cell, why FROM rejected ORDER BY line LIMIT {method.faults_shown}")
    for line, cell, why in first.fetchall():
        yield make_problem(
            "npo-row", CellRef(file=name, cell=f"row {line}, cell {cell}" if cell else f"row {line}"), why=why
        )
    if out.count > method.faults_shown:
        yield make_problem("npo-rows-more", CellRef(file=name), count=out.count - method.faults_shown)
    if rows.short:
        yield make_problem("npo-rows-short", CellRef(file=name, cell=f"row {rows.first_short}"), count=rows.short)


def problems_of_headings(register: Register) -> Iterator[Problem]:
    """Headings that stand more than once."""
    for heading in register.repeated:
        yield make_problem("npo-heading-twice", CellRef(file=register.name), heading=heading)


def problems_of_cells(facts: Facts, method: Method) -> Iterator[Problem]:
    """Values that could not be read, by column, the most frequent first; a second pass, only where there are any.

    Of a cell with a list only the items that could not be read are told.
    """
    if not facts.cells.faulty:
        return
    source, tests = facts.marked(facts.engine)
    source = source.replace("{read}", _again(facts))
    counts = ", ".join(f"count(*) FILTER (WHERE {test})" for test in tests.values())
    found = facts.engine.execute(f"SELECT {counts} FROM ({source})").fetchone() or ()
    told: set[tuple[str, str]] = set()
    for (name, test), count in zip(tests.items(), found, strict=True):
        column = _column_of(name, method)
        if not count:
            continue
        raw = facts.cells.raw(column)
        withraw = source.replace("SELECT line, ", f"SELECT line, {raw} AS raw, ", 1)
        unread = (
            f"SELECT raw, count(*) AS times, min(line) FROM ({withraw}) WHERE {test} GROUP BY raw ORDER BY 2 DESC, 1"
        )
        whole, heading = kind_of(column, method), _heading(column, facts)
        kind, one = ITEMS.get(whole, whole), _item_reader(column, facts, method)
        if one is None:
            values = facts.engine.execute(f"{unread} LIMIT {method.faults_shown}").fetchall()
            rest = count - sum(times for _, times, _ in values)
        else:
            values, rest = _items(facts.engine.execute(unread), one, method.faults_shown)
        for text, times, line in values:
            if (column, text) not in told:
                told.add((column, text))
                where = CellRef(file=facts.register.name, cell=f"row {line}")
                found_text = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
                yield make_problem("npo-value", where, found=found_text, column=heading, kind=kind, count=times)
        if rest:
            yield make_problem(
                "npo-values-more", CellRef(file=facts.register.name), count=rest, column=heading, kind=kind
            )


def _heading(column: str, facts: Facts) -> str:
    """What the register itself calls a column; its id where the mapping gives one value for all."""
    named = [heading for heading in facts.cells.fields[column].every_heading if heading in facts.register.header]
    return ", ".join(named) or column


def _item_reader(column: str, facts: Facts, method: Method) -> Callable[[str], list[str]] | None:
    """Gives the items of a list that cannot be read; None where the column holds no lists."""
    kind, source = method.columns[column], facts.cells.fields[column]
    if kind.type not in ("codes", "countries"):
        return None
    code = code_reader(kind, source.codes)

    def unread(text: str) -> list[str]:
        read = code if kind.type == "codes" else lambda part: country(source.codes.get(part, part))
        parts = dict.fromkeys(parts_of(text, source.separator))
        unknown = [part for part in parts if read(part) is None and not is_blank(part, method)]
        return [part for part in unknown if column != COLUMN or not names_identity(part, method)]

    return unread


def _items(
    found: DuckDBPyConnection, unread: Callable[[str], list[str]], most: int
) -> tuple[list[tuple[str, int, int]], int]:
    """The most frequent items with in how many rows and first in which, and how many rows have none of these."""
    times: Counter[str] = Counter()
    first: dict[str, int] = {}
    cells: Counter[tuple[str, ...]] = Counter()
    while rows := found.fetchmany(10_000):
        for text, count, line in rows:
            items = tuple(unread(text)) or (text,)
            cells[items] += count
            for item in items:
                times[item] += count
                first[item] = min(line, first.get(item, line))
    shown = sorted(times, key=lambda item: (-times[item], item))[:most]
    told = set(shown)
    rest = sum(count for items, count in cells.items() if told.isdisjoint(items))
    return [(item, times[item], first[item]) for item in shown], rest


def _again(facts: Facts) -> str:
    """The register a second time, each row with its number."""
    read = read_sql(facts.register, in_order=True)
    if facts.register.rows.numbered:
        return read
    return f"(SELECT *, {line_sql(facts.register, '(row_number() OVER () - 1)')} AS line FROM {read})"


def _column_of(name: str, method: Method) -> str:
    """The register's column behind a typed column."""
    if name in method.columns:
        return name
    if name == "good_works":
        return "purpose"
    return max((column for column in method.columns if name.endswith(f"_{column}")), key=len)


def disarmed(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
