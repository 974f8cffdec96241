"""The working files: every row with its class and the reasons for it, and the rows that were kept out.

They name bodies by their number, so they are working papers and never part of a published report.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from fatf_kit.core.messages import Translator
from fatf_kit.core.store import write_output
from fatf_kit.npo.classification.facts import MANY, Facts
from fatf_kit.npo.classification.sql import method_sql
from fatf_kit.npo.method.factors import HIGHEST_LEVEL
from fatf_kit.npo.method.load import Method
from fatf_kit.npo.method.risk_matrix import reason_texts
from fatf_kit.npo.method.scope import SCOPE_SQL
from fatf_kit.npo.method.sql import literal
from fatf_kit.npo.register.engine import CSV, copy_in_order, raise_system_faults, write_csv
from fatf_kit.npo.register.file import reachable

CLASSIFIED_COLUMNS = (
    "npo_id",
    "line",
    "status",
    "scope",
    "scope_reason",
    "class",
    "band",
    "inherent_band",
    "provisional",
    "known_share",
    "threat",
    "vulnerability",
    "mitigation",
    "investigate",
    "override",
    "reasons",
    "would_lower",
    "would_raise",
)
"""The columns of `classified.csv`, before one column for each factor the register can inform ("T01" ... "M15").

`class` is low, medium, high, or blank (out of scope, undetermined, unrated, to be verified). `provisional` and
`override` are "yes" or blank; `investigate` is "referred" with a proven hard trigger, "to verify" with one that lacks
source, office or date, or blank, for every body, also one outside the definition. `threat`,
`vulnerability` and `mitigation` are between 1.00 and 5.00, or blank. Factor columns hold 1-5 or blank. Texts in
`reasons`, `would_lower` and `would_raise` are in the language asked for; all else is the same in every language. Rows
are in the register's order.
"""
EXCEL_ROWS = 1_048_576
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def classified_sql(facts: Facts, method: Method, t: Translator, *, safe: bool) -> str:
    """Return the query for the rows of `classified.csv`, in the register's order.

    `safe` puts an apostrophe before a number that a spreadsheet would take for a formula.
    """
    reasons = {
        factor.id: [literal(texts[level]) if level in texts else "NULL" for level in range(1, HIGHEST_LEVEL + 1)]
        for factor in method.rated
        if factor.id in facts.levels
        for texts in (reason_texts(factor, t),)
    }
    number = disarmed("id") if safe else "id"
    uncontrolled = literal(t("money is sent to a conflict area in cash or by hawala, and controls over it are absent"))
    return method_sql(
        "classified", method=method, number=number, scope=SCOPE_SQL, reasons=reasons, uncontrolled=uncontrolled
    )


def write_classified(facts: Facts, query: str, path: Path) -> Path:
    """Write the rows of `classified.csv` as UTF-8 CSV; reasons stand between quotation marks.

    Raises:
        FatfKitError: the file cannot be written.
    """
    options = f"{CSV}, FORCE_QUOTE (reasons)"

    def write(target: Path) -> None:
        with tempfile.TemporaryDirectory(prefix="fatf-kit-") as folder, raise_system_faults():
            rest = Path(folder) / "rest.csv"
            parts = [(reachable(target, Path(folder)), f"{options}, HEADER"), (rest, f"{options}, HEADER false")]
            wanted = parts if facts.register.rows.read >= MANY else parts[:1]
            copy_in_order(facts.engine, query, wanted, facts.register.last_line)
            if len(wanted) > 1:
                with target.open("ab") as whole, rest.open("rb") as rows:
                    shutil.copyfileobj(rows, whole)

    return write_output(path, write, force=True)


def unproven_sql(facts: Facts, method: Method, *, safe: bool) -> str:
    """Return the query for the rows of `to-verify.csv`: bodies with a claimed link that is not proven.

    A row says which factors claim the link, and which of source, office and date are missing; a date after the day of
    the run proves nothing. Bodies outside the definition have a row too.
    """
    triggers = [factor.id for factor in method.rated if factor.hard_trigger and factor.id in facts.levels]
    claims = [
        f"CASE WHEN {factor} >= {method.hard_trigger_from} THEN '{factor}=' || {factor} END" for factor in triggers
    ]
    missing = [
        f"CASE WHEN NOT has_{column} THEN '{column}' END" if column in facts.columns else f"'{column}'"
        for column in method.hard_trigger_proof
    ]
    late = "; ".join(column for column in method.hard_trigger_proof if method.columns[column].type == "date")
    return (
        f"SELECT {disarmed('id') if safe else 'id'} AS npo_id, line, {SCOPE_SQL} AS scope, class, "
        f"concat_ws('; ', {', '.join([*claims, 'NULL'])}) AS claims, "
        f"coalesce(nullif(concat_ws('; ', {', '.join(missing)}), ''), {literal(late)}) AS missing, "
        "'restricted' AS confidentiality "
        "FROM rated WHERE is_to_verify ORDER BY line"
    )


def write_rejected(facts: Facts, path: Path) -> Path:
    """Write the rows kept out as UTF-8 CSV: line, cell, why, and the row's text. Formulas are disarmed."""
    columns = f'line, cell AS "column", why AS reason, {disarmed("row")} AS row'
    return write_csv(facts.engine, f"SELECT {columns} FROM rejected ORDER BY line", path)


def disarmed(text: str) -> str:
    """Return a text with an apostrophe before what a spreadsheet would take for a formula."""
    signs = ", ".join(str(ord(sign)) for sign in _FORMULA_SIGNS)
    return f"CASE WHEN ascii({text}) IN ({signs}) THEN '''' || {text} ELSE {text} END"


def write_xlsx(facts: Facts, query: str, path: Path) -> Path:
    """Write the rows as a workbook; the caller has seen that they fit on a sheet. Texts stay texts."""
    from xlsxwriter import Workbook

    def write(target: Path) -> None:
        book = Workbook(str(target), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
        sheet = book.add_worksheet("classified")
        bold = book.add_format({"bold": True})
        row = 0
        result = facts.engine.execute(f"SELECT * FROM ({query}) ORDER BY line")
        columns = [str(column[0]) for column in result.description]
        for place, name in enumerate(columns):
            sheet.write_string(0, place, name, bold)
        while part := result.fetchmany(10_000):
            for cells in part:
                row += 1
                for place, value in enumerate(cells):
                    if isinstance(value, str):
                        sheet.write_string(row, place, value[:32_767])
                    elif value is not None:
                        sheet.write_number(row, place, float(value))
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(row, 1), len(columns) - 1)
        book.close()

    return write_output(path, write, force=True)
