"""What became of each row of the register: classified, rejected and why, or blank. The three make up all rows."""

from __future__ import annotations

from fatf_kit.core.messages import Translator
from fatf_kit.npo.model import RegisterSummary
from fatf_kit.report.model import Cell, Column, Row, Table


def rows_table(register: RegisterSummary, t: Translator) -> Table:
    """The rows of the file below its headings, as a table that adds up; reasons where rows are rejected."""
    lines = [
        (t("Rows classified"), register.registered, ""),
        (t("Rows rejected"), register.rejected, _reasons(register, t)),
        (t("Blank rows"), register.blank, ""),
        (t("All rows below the headings"), register.rows, ""),
    ]
    columns = (Column(title=t("Rows"), width=8), Column(title=t("Number"), width=3, number=True))
    told = (Column(title=t("Reasons"), width=10),) if register.rejected_reasons else ()
    width = len(columns) + len(told)
    return Table(
        id="rows-table",
        caption=t("Rows of the register"),
        columns=(*columns, *told),
        rows=tuple(
            Row(cells=(Cell(text=name), Cell(text=t.number(count)), Cell(text=reasons))[:width], facets={})
            for name, count, reasons in lines
        ),
    )


def _reasons(register: RegisterSummary, t: Translator) -> str:
    return t.points(
        t("{reason}: {n}", reason=t(part.code), n=t.number(part.count)) for part in register.rejected_reasons
    )
