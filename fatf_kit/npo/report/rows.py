"""The section accounts for each row of the register: classified, rejected and why, or blank. These are all rows."""

from __future__ import annotations

from operator import itemgetter

from fatf_kit.core.messages import Translator
from fatf_kit.npo.model import RegisterSummary
from fatf_kit.npo.report.figures import number_column
from fatf_kit.report.model import DocumentTable
from fatf_kit.report.results_table import ResultColumn, ResultsTable

_Line = tuple[str, int, str]
"""A kind of rows, their number, and the reasons where they are rejected."""


def rows_table(register: RegisterSummary, t: Translator) -> DocumentTable:
    """Return the rows of the file below its headings, as a table that adds up; reasons where rows are rejected."""
    lines = [
        (t("Rows classified"), register.registered, ""),
        (t("Rows rejected"), register.rejected, _reasons(register, t)),
        (t("Blank rows"), register.blank, ""),
        (t("All rows below the headings"), register.rows, ""),
    ]
    reasons = (ResultColumn[_Line]("reasons", t("Reasons"), itemgetter(2), page=10),)
    table = ResultsTable[_Line](
        "rows-table",
        t("Rows of the register"),
        (
            ResultColumn("rows", t("Rows"), itemgetter(0), page=8),
            number_column("number", t("Number"), itemgetter(1), t, page=3),
            *(reasons if register.rejected_reasons else ()),
        ),
    )
    return table.in_document(lines)


def _reasons(register: RegisterSummary, t: Translator) -> str:
    return t.points(
        t("{reason}: {n}", reason=t(part.code), n=t.number(part.count)) for part in register.rejected_reasons
    )
