"""The working files: every row with its class and the reasons for it, and the rows that were kept out.

They name bodies by their number, so they are working papers and never part of a published report.
"""

from __future__ import annotations

import csv
import errno
import io
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from fatf_kit.core.files import write_through
from fatf_kit.core.messages import Translator
from fatf_kit.npo.classified_columns import CLASSIFIED_COLUMNS
from fatf_kit.npo.classify import (
    all_cells,
    changes,
    final_class_sql,
    fold_of,
    inherent_band,
    reasons_sql,
    residual_band,
)
from fatf_kit.npo.facts import Facts
from fatf_kit.npo.levels import Levels
from fatf_kit.npo.method import Method
from fatf_kit.npo.scope import REASONS, scope_of
from fatf_kit.npo.settings import Settings
from fatf_kit.npo.sql import literal, quoted, reachable

EXCEL_ROWS = 1_048_576
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_QUOTED = (",", '"', "\n", "\r")
_NUMBERS = frozenset(("line", "known_share", "threat", "vulnerability", "mitigation"))
_HUNDREDTHS = f"[{quoted(f'{n / 100:.2f}' for n in range(501))}]"
_NOWHERE = len(all_cells())
_INVESTIGATE = "CASE WHEN referred THEN 'referred' WHEN verify THEN 'to verify' END"
_BEFORE = 5
"""Columns that are told of every body: number, line, status, scope and its reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """The rows of `classified.csv`: the names of its columns, and a query that gives each row as a line of CSV."""

    columns: tuple[str, ...]
    query: str


def classified_lines(facts: Facts, method: Method, settings: Settings, t: Translator, *, safe: bool) -> Lines:
    """The rows of `classified.csv`, in the register's order.

    A row is put together as one text, because whatever is alike for many rows is then written once and looked up:
    names of classes, reasons, levels. `safe` puts an apostrophe before a number that a spreadsheet would take for a
    formula.
    """
    number = f"CASE WHEN {_formula('id')} THEN '''' || id ELSE id END" if safe else "id"
    fold, told, cells = fold_of(method, settings), changes(method, fold_of(method, settings), t), all_cells()
    overridden = [override.npo_id for override in settings.overrides]
    bands = [(residual_band(method, cell).value, inherent_band(method, cell) or "") for cell in cells]
    before = [
        _between_marks(number),
        "line",
        _standing(method),
    ]
    inside = [
        final_class_sql(method, fold, settings.overrides),
        _by_cell(bands),
        "CASE WHEN provisional THEN 'yes' END",
        _decimal("known", str(method.weight)),
        f"CASE WHEN cell IS NOT NULL AND tw > 0 THEN {_decimal('tnum', '(tw * 100)')} END",
        f"CASE WHEN cell IS NOT NULL AND vw2 > 0 THEN {_decimal('vs2', 'vw2')} END",
        f"CASE WHEN cell IS NOT NULL AND mw > 0 THEN {_decimal('ms', 'mw')} END",
        _INVESTIGATE,
        f"CASE WHEN id IN ({quoted(overridden)}) THEN 'yes' END" if overridden else "''",
        _reasons(reasons_sql(method, facts.groups, t)),
        _by_cell(told),
    ]
    blank = dict.fromkeys(CLASSIFIED_COLUMNS[_BEFORE:], "")
    outside = literal(",".join(blank.values()))
    # Investigators' also where R.8 does not apply.
    referred, verify = (
        literal(",".join({**blank, "investigate": text}.values())) for text in ("referred", "to verify")
    )
    other = f"CASE WHEN referred THEN {referred} WHEN verify THEN {verify} ELSE {outside} END"
    pieces = [
        *before,
        f"CASE WHEN reason = 0 THEN {_joined(inside)} ELSE {other} END",
        *(group.lookup(_levels) for group in facts.groups),
    ]
    order = " ORDER BY row" if _some_dropped(facts) else ""  # a join may change the order
    return Lines(
        columns=(*CLASSIFIED_COLUMNS, *facts.levels), query=f"SELECT {_joined(pieces)} AS text FROM rated{order}"
    )


def _standing(method: Method) -> str:
    """Status, scope and its reason."""
    states = ["", *(code.code for code in method.columns["status"].codes)]
    rows = [(state, scope_of(reason).value, reason if place else "")
            for state in states for place, reason in enumerate(REASONS)]  # fmt: skip
    return f"[{quoted(map(_csv_line, rows))}][state * {len(REASONS)} + reason + 1]"


def _by_cell(texts: Sequence[tuple[str, ...]]) -> str:
    """Texts that go with a cell, blank where there is none."""
    blank = [""] * len(texts[0])
    return f"[{quoted(map(_csv_line, [*texts, blank]))}][coalesce(cell, {_NOWHERE}) + 1]"


def _levels(found: Levels) -> str:
    return literal(",".join(str(level) if level else "" for level in found.values()))


def _reasons(words: str) -> str:
    """The reasons of a row between quotation marks."""
    return f"'\"' || nullif({words}, '') || '\"'"


def _joined(pieces: Iterable[str]) -> str:
    """Cells after one another; NULL is a blank one."""
    cells = ", ',', ".join(pieces)
    return f"concat({cells})"


def _between_marks(text: str) -> str:
    """A text of the register as a cell of CSV."""
    tests = " OR ".join(f"contains(id, {literal(mark)})" for mark in _QUOTED)
    return f"CASE WHEN {tests} THEN '\"' || replace({text}, '\"', '\"\"') || '\"' ELSE {text} END"


def _csv_line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()


def write_csv(facts: Facts, lines: Lines, path: Path, *, when: Callable[[], object]) -> Path:
    """Write the rows as UTF-8 CSV; `when` returns once the file may appear, and raises where it must not."""
    heading = '"' + _csv_line(lines.columns) + '"'

    def write(target: Path) -> None:
        with tempfile.TemporaryDirectory(prefix="fatf-kit-") as folder, _in_one_thread(facts):
            place = literal(str(reachable(target, Path(folder))))
            _copy(
                facts,
                f"COPY (SELECT text AS {heading} FROM ({lines.query})) TO {place} "
                "(FORMAT csv, HEADER true, QUOTE '', ESCAPE '', DELIMITER E'\\x1f', USE_TMP_FILE false)",
            )
            when()

    return write_through(path, write)


def write_rejected(facts: Facts, path: Path) -> Path:
    """Write the rows kept out as UTF-8 CSV: line, cell, why, and the row's text. Formulas are disarmed."""
    disarmed = f"CASE WHEN {_formula('row')} THEN {literal(chr(39))} || row ELSE row END"
    columns = f'line, cell AS "column", why AS reason, {disarmed} AS row'

    def write(target: Path) -> None:
        with tempfile.TemporaryDirectory(prefix="fatf-kit-") as folder:
            place = literal(str(reachable(target, Path(folder))))
            rows = f"SELECT {columns} FROM rejected ORDER BY line"
            _copy(facts, f"COPY ({rows}) TO {place} (FORMAT csv, HEADER true, USE_TMP_FILE false)")

    return write_through(path, write)


def _formula(text: str) -> str:
    """The test of a text that a spreadsheet would take for a formula."""
    return f"ascii({text}) IN ({', '.join(str(ord(mark)) for mark in _FORMULA)})"


@contextmanager
def _in_one_thread(facts: Facts) -> Iterator[None]:
    """One thread writes lines as they come; several keep all until their turn, and lose the order of some.

    The lines are CSV already, so the engine adds neither separators nor quotation marks.
    """
    (threads,) = facts.engine.execute("SELECT current_setting('threads')").fetchone() or (1,)
    facts.engine.execute("SET threads = 1")
    try:
        yield
    finally:
        facts.engine.execute(f"SET threads = {threads}")


def _copy(facts: Facts, statement: str) -> None:
    """Let the engine write.

    Raises:
        OSError: the system's own fault, such as a disk that is full.
    """
    import duckdb

    try:
        facts.engine.execute(statement)
    except duckdb.IOException as fault:  # its message holds the number of the system's own fault
        number = re.search(r'"errno":"(\d+)"', str(fault))
        code = int(number[1]) if number else errno.EIO
        raise OSError(code, os.strerror(code)) from fault


def write_xlsx(facts: Facts, lines: Lines, path: Path) -> Path:
    """Write the rows as a workbook; the caller has seen that they fit on a sheet. Texts stay texts."""
    from xlsxwriter import Workbook

    def write(target: Path) -> None:
        book = Workbook(str(target), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
        sheet = book.add_worksheet("classified")
        bold = book.add_format({"bold": True})
        for place, name in enumerate(lines.columns):
            sheet.write_string(0, place, name, bold)
        numbers = [name in _NUMBERS or name in facts.levels for name in lines.columns]
        row = 0
        for row, cells in enumerate(_rows(facts, lines), start=1):
            for place, (text, is_number) in enumerate(zip(cells, numbers, strict=True)):
                if text and is_number:
                    sheet.write_number(row, place, float(text))
                elif text:
                    sheet.write_string(row, place, text[:32_767])
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(row, 1), len(lines.columns) - 1)
        book.close()

    return write_through(path, write)


def _rows(facts: Facts, lines: Lines) -> Iterator[list[str]]:
    result = facts.engine.execute(lines.query)
    while found := result.fetchmany(10_000):
        yield from (next(csv.reader(io.StringIO(line, newline=""))) for (line,) in found)


def _decimal(above: str, below: str) -> str:
    """A quotient with two decimals, rounded half up; nothing the method scores is above 5."""
    return f"{_HUNDREDTHS}[(({above}) * 200 + {below}) // ({below} * 2) + 1]"


def _some_dropped(facts: Facts) -> bool:
    (count,) = facts.engine.execute("SELECT count(*) FROM dropped").fetchone() or (0,)
    return bool(count)
