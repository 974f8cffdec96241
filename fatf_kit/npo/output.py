"""The working files: every row with its class and the reasons for it, and the rows that were kept out.

They name bodies by their number, so they are working papers and never part of a published report.
"""

from __future__ import annotations

import errno
import os
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path

from fatf_kit.files import write_through
from fatf_kit.messages import Words
from fatf_kit.npo.classify import (
    all_cells,
    changes,
    final_class_sql,
    fold_of,
    indexed,
    inherent_band,
    reasons_sql,
    residual_band,
)
from fatf_kit.npo.facts import Facts
from fatf_kit.npo.method import Method
from fatf_kit.npo.model import CLASSIFIED_COLUMNS
from fatf_kit.npo.scope import REASONS, scope_of
from fatf_kit.npo.settings import Settings
from fatf_kit.npo.sql import literal, quoted, reachable

EXCEL_ROWS = 1_048_576
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def classified_sql(
    facts: Facts, method: Method, settings: Settings, t: Words, lines: Iterable[int], *, safe: bool
) -> str:
    """The rows of `classified.csv`, in the register's order.

    `lines` are the lines that the engine kept out, so that those of the others can be told. `safe` puts an apostrophe
    before a number that a spreadsheet would take for a formula.
    """
    fold = fold_of(method, settings)
    cells = all_cells()
    rejected = sorted(set(lines))
    source = "rated"
    if rejected:
        _note_rejected(facts, rejected)
        source = "rated ASOF LEFT JOIN passed ON rated.row >= passed.starts"
    told = changes(method, fold, t)
    number = f"CASE WHEN id[1] IN ({quoted(_FORMULA)}) THEN '''' || id ELSE id END" if safe else "id"
    overridden = [override.npo_id for override in settings.overrides]
    values = {
        "npo_id": number,
        "line": "row + 2" + (" + coalesce(passed.lines, 0)" if rejected else ""),
        "status": "coalesce(status, '')",
        "scope": indexed("reason", [scope_of(reason).value for reason in REASONS]),
        "scope_reason": indexed("reason", ["", *REASONS[1:]]),
        "class": final_class_sql(method, fold, settings.overrides),
        "band": indexed("cell", [residual_band(method, cell).value for cell in cells]),
        "inherent_band": indexed("cell", [inherent_band(method, cell).value for cell in cells]),
        "provisional": "CASE WHEN provisional THEN 'yes' END",
        "known_share": f"CASE WHEN reason = 0 THEN {_decimal('known', str(method.weight))} END",
        "threat": f"CASE WHEN cell IS NOT NULL THEN {_decimal('tnum', '(tw * 100)')} END",
        "vulnerability": f"CASE WHEN cell IS NOT NULL THEN {_decimal('vs2', 'vw2')} END",
        "mitigation": f"CASE WHEN cell IS NOT NULL AND mw > 0 THEN {_decimal('ms', 'mw')} END",
        "investigate": "CASE WHEN reason = 0 AND hard THEN 'yes' END",
        "override": f"CASE WHEN reason = 0 AND id IN ({quoted(overridden)}) THEN 'yes' END" if overridden else "NULL",
        "reasons": f"CASE WHEN reason = 0 THEN {reasons_sql(method, facts.levels, t)} END",
        "would_lower": indexed("cell", [lower for lower, _ in told]),
        "would_raise": indexed("cell", [raise_ for _, raise_ in told]),
    }
    columns = ", ".join(f'{values[name]} AS "{name}"' for name in CLASSIFIED_COLUMNS)
    levels = "".join(f", {factor}" for factor in facts.levels)
    order = " ORDER BY row" if rejected or _some_dropped(facts) else ""  # a join may change the order
    return f"SELECT {columns}{levels} FROM {source}{order}"


def write_csv(facts: Facts, query: str, path: Path) -> Path:
    """Write the rows as UTF-8 CSV."""
    import duckdb

    def write(target: Path) -> None:
        with tempfile.TemporaryDirectory(prefix="fatf-kit-") as folder:
            place = literal(str(reachable(target, Path(folder))))
            try:
                facts.engine.execute(f"COPY ({query}) TO {place} (FORMAT csv, HEADER true, USE_TMP_FILE false)")
            except duckdb.IOException as fault:  # its message holds the number of the system's own fault
                number = re.search(r'"errno":"(\d+)"', str(fault))
                code = int(number[1]) if number else errno.EIO
                raise OSError(code, os.strerror(code)) from fault

    return write_through(path, write)


def write_xlsx(facts: Facts, query: str, path: Path) -> Path:
    """Write the rows as a workbook; the caller has seen that they fit on a sheet. Texts stay texts."""
    from xlsxwriter import Workbook

    def write(target: Path) -> None:
        book = Workbook(str(target), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
        sheet = book.add_worksheet("classified")
        result = facts.engine.execute(query)
        bold = book.add_format({"bold": True})
        for place, (name, *_) in enumerate(result.description):
            sheet.write_string(0, place, name, bold)
        line = 0
        while rows := result.fetchmany(10_000):
            for row in rows:
                line += 1
                for place, value in enumerate(row):
                    if isinstance(value, str):
                        sheet.write_string(line, place, value[:32_767])
                    elif value is not None:
                        sheet.write_number(line, place, float(value))
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(line, 1), len(result.description) - 1)
        book.close()

    return write_through(path, write)


def _decimal(above: str, below: str) -> str:
    """A quotient with two decimals, rounded half up."""
    return f"CAST((({above}) * 200 + {below}) // ({below} * 2) AS DECIMAL(9, 0)) * CAST(0.01 AS DECIMAL(3, 2))"


def _note_rejected(facts: Facts, rejected: list[int]) -> None:
    """The table `passed`: from which row on how many lines had been kept out."""
    starts = [line - 2 - place for place, line in enumerate(rejected)]
    facts.engine.execute(
        "CREATE OR REPLACE TEMP TABLE passed AS SELECT starts, max(lines) AS lines FROM "
        f"(SELECT unnest({starts}) AS starts, unnest({list(range(1, len(starts) + 1))}) AS lines) GROUP BY starts"
    )


def _some_dropped(facts: Facts) -> bool:
    (count,) = facts.engine.execute("SELECT count(*) FROM dropped").fetchone() or (0,)
    return bool(count)
