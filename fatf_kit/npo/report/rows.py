"""The section accounts for each row of the register: classified, rejected and why, or blank. These are all rows."""

from __future__ import annotations

from fatf_kit.core.messages import Translator
from fatf_kit.npo.model import RegisterSummary
from fatf_kit.report.model import DocumentTable, TableCell, TableColumn, TableRow


def rows_table(register: RegisterSummary, t: Translator) -> DocumentTable:
    """Return the rows of the file below its headings, as a table that adds up; reasons where rows are rejected."""
    lines = [
        (t("Rows classified"), register.registered, ""),
        (t("Rows rejected"), register.rejected, _reasons(register, t)),
        (t("Blank rows"), register.blank, ""),
        (t("All rows below the headings"), register.rows, ""),
    ]
    columns = (TableColumn(title=t("Rows"), width=8), TableColumn(title=t("Number"), width=3, number=True))
    told = (TableColumn(title=t("Reasons"), width=10),) if register.rejected_reasons else ()
    width = len(columns) + len(told)
    return DocumentTable(
        id="rows-table",
        caption=t("Rows of the register"),
        columns=(*columns, *told),
        rows=tuple(
            TableRow(
                cells=(TableCell(text=name), TableCell(text=t.number(count)), TableCell(text=reasons))[:width],
                facets={},
            )
            for name, count, reasons in lines
        ),
    )


def _reasons(register: RegisterSummary, t: Translator) -> str:
    return t.points(
        t("{reason}: {n}", reason=t(part.code), n=t.number(part.count)) for part in register.rejected_reasons
    )
