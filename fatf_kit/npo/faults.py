"""What could not be read: rows kept out with their line, and cells that count as missing with what they held.

A line is a row as a spreadsheet counts it, headings being 1: a line break inside quotation marks begins no new one.
"""

from __future__ import annotations

import csv
import io
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fatf_kit.npo.convert import code_reader, country, is_blank, parts_of
from fatf_kit.npo.facts import Facts, kind_of, read_sql
from fatf_kit.npo.method import Method
from fatf_kit.problems import CellRef, Problem, make_problem

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ITEMS = {"list of known codes": "known code", "list of countries": "country"}
"""What one item of a list should have been."""
COLUMNS = ("line", "column", "reason", "row")
_SHOWN = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptOut:
    """Rows that were kept out. `broken` by line: column (from 1, 0 where none), why, the row's text.

    `nameless` are lines without a number, `duplicates` lines whose number had come before, with the number. `passed`
    are, in order, all lines that the engine gave no row for: those broken, and blank ones, which are not kept out.
    """

    broken: dict[int, tuple[int, str, str]]
    nameless: tuple[int, ...]
    duplicates: tuple[tuple[int, str], ...]
    passed: tuple[int, ...]

    @property
    def count(self) -> int:
        """How many rows in all."""
        return len(self.broken) + len(self.nameless) + len(self.duplicates)


def kept_out(facts: Facts) -> KeptOut:
    """Every row that is not among the registered."""
    engine = facts.engine
    broken: dict[int, tuple[int, str, str]] = {}
    for line, column, kind, text in engine.execute(
        "SELECT line, column_idx, error_type, csv_line FROM reject_errors ORDER BY line, column_idx"
    ).fetchall():
        broken.setdefault(line + facts.register.above, (column or 0, _WHY.get(str(kind), "it is damaged"), text or ""))
    lines = sorted({*broken, *facts.register.blank})
    nameless = engine.execute("SELECT rowid FROM facts WHERE id IS NULL ORDER BY rowid").fetchall()
    duplicates = engine.execute("SELECT row, id FROM dropped ORDER BY row").fetchall()
    return KeptOut(
        broken=broken,
        nameless=tuple(line_of(row, lines) for (row,) in nameless),
        duplicates=tuple((line_of(row, lines), number) for row, number in duplicates),
        passed=tuple(lines),
    )


_WHY = {
    "TOO MANY COLUMNS": "it has more cells than there are headings",
    "MISSING COLUMNS": "it has fewer cells than there are headings",
    "UNQUOTED VALUE": "a quotation mark is not closed",
    "INVALID ENCODING": "its characters are damaged",
    "INVALID UNICODE": "its characters are damaged",
    "LINE SIZE OVER MAXIMUM": "it is too long",
}
NAMELESS, DUPLICATE = "it has no register number", "its register number came before"
PLACES = ("row {0}", "row {0}, cell {1}")
"""How places in a register are told, for the catalogues."""
REASONS = (*dict.fromkeys(_WHY.values()), "it is damaged", NAMELESS, DUPLICATE)
"""Every reason, for the catalogues."""


def line_of(row: int, passed: Sequence[int]) -> int:
    """The line of the n-th row that was read (from 0), when these lines gave none; headings are the first that did.

    >>> line_of(0, []), line_of(1, [3]), line_of(5, [3, 4])
    (2, 4, 9)
    """
    line = row + 2
    return line + bisect_right(range(len(passed)), line, key=lambda place: passed[place] - place)


def problems_of_rows(facts: Facts, out: KeptOut, method: Method) -> Iterator[Problem]:
    """The first rows kept out, in the order of lines, and how many more."""
    rows = sorted(
        [(line, column, why) for line, (column, why, _) in out.broken.items()]
        + [(line, 0, NAMELESS) for line in out.nameless]
        + [(line, 0, DUPLICATE) for line, _ in out.duplicates]
    )
    for line, column, why in rows[: method.faults_shown]:
        place = f"row {line}, cell {column}" if column else f"row {line}"
        yield make_problem("npo-row", CellRef(file=facts.register.name, cell=place), why=why)
    if len(rows) > method.faults_shown:
        count = len(rows) - method.faults_shown
        yield make_problem("npo-rows-more", CellRef(file=facts.register.name), count=count)


def problems_of_cells(facts: Facts, out: KeptOut, method: Method) -> Iterator[Problem]:
    """Values that could not be read, by column, the most frequent first; a second pass, only where there are any.

    Of a cell with a list only the items that could not be read are told.
    """
    if not facts.cells.faulty:
        return
    source, tests = facts.marked(facts.engine)
    source = source.replace("{read}", f"(SELECT *, row_number() OVER () - 1 AS row FROM {_again(facts)})")
    source = source.replace("SELECT ", "SELECT row, ", 1)
    counts = ", ".join(f"count(*) FILTER (WHERE {test})" for test in tests.values())
    found = facts.engine.execute(f"SELECT {counts} FROM ({source})").fetchone() or ()
    told: set[tuple[str, str]] = set()
    for (name, test), count in zip(tests.items(), found, strict=True):
        column = _column_of(name, method)
        if not count:
            continue
        raw = facts.cells.raw(column)
        withraw = source.replace("SELECT row, ", f"SELECT row, {raw} AS raw, ", 1)
        unread = (
            f"SELECT raw, count(*) AS times, min(row) FROM ({withraw}) WHERE {test} GROUP BY raw ORDER BY 2 DESC, 1"
        )
        whole, heading = kind_of(column, method), _heading(column, facts)
        kind, one = ITEMS.get(whole, whole), _item_reader(column, facts, method)
        if one is None:
            values = facts.engine.execute(f"{unread} LIMIT {method.faults_shown}").fetchall()
            rest = count - sum(times for _, times, _ in values)
        else:
            values, rest = _items(facts.engine.execute(unread), one, method.faults_shown)
        for text, times, row in values:
            if (column, text) not in told:
                told.add((column, text))
                where = CellRef(file=facts.register.name, cell=f"row {line_of(row, out.passed)}")
                found_text = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
                yield make_problem("npo-value", where, found=found_text, column=heading, kind=kind, count=times)
        if rest:
            yield make_problem(
                "npo-values-more", CellRef(file=facts.register.name), count=rest, column=heading, kind=kind
            )


def _heading(column: str, facts: Facts) -> str:
    """What the register itself calls a column; its id where the mapping gives one value for all."""
    named = [heading for heading in facts.cells.fields[column].headings if heading in facts.register.header]
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
        return [part for part in parts if read(part) is None and not is_blank(part, method)]

    return unread


def _items(
    found: DuckDBPyConnection, unread: Callable[[str], list[str]], most: int
) -> tuple[list[tuple[str, int, int]], int]:
    """The most frequent items with in how many rows and first in which, and how many rows have none of these."""
    times: Counter[str] = Counter()
    first: dict[str, int] = {}
    cells: Counter[tuple[str, ...]] = Counter()
    while rows := found.fetchmany(10_000):
        for text, count, row in rows:
            items = tuple(unread(text)) or (text,)
            cells[items] += count
            for item in items:
                times[item] += count
                first[item] = min(row, first.get(item, row))
    shown = sorted(times, key=lambda item: (-times[item], item))[:most]
    told = set(shown)
    rest = sum(count for items, count in cells.items() if told.isdisjoint(items))
    return [(item, times[item], first[item]) for item in shown], rest


def _again(facts: Facts) -> str:
    return read_sql(facts.register, "ignore_errors = true, parallel = false")


def _column_of(name: str, method: Method) -> str:
    """The register's column behind a typed column."""
    if name in method.columns:
        return name
    if name == "good_works":
        return "purpose"
    return max((column for column in method.columns if name.endswith(f"_{column}")), key=len)


def rejected_csv(out: KeptOut) -> bytes:
    """The file of rows kept out: line, cell, why, and the row as far as the engine kept it. Formulas are disarmed."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    rows: list[tuple[int, int | str, str, str]]
    rows = [(line, column or "", why, disarmed(row)) for line, (column, why, row) in out.broken.items()]
    rows += [(line, "", NAMELESS, "") for line in out.nameless]
    rows += [(line, "", DUPLICATE, disarmed(number)) for line, number in out.duplicates]
    rows.sort()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8")


def disarmed(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
